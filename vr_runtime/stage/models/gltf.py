"""Owns the reading of an author's own models: any ordinary binary glTF 2.0 file, as numbers.

Knows no renderer and trusts no number of the file. What it gives stands still, in metres, z up: all
places of its nodes are already in the vertices. Shipped places are read by `glb`, by stricter rules
of their own. (Khronos Group, glTF 2.0, section 3.)
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.api.stage import Vec
from vr_runtime.language import _
from vr_runtime.stage.own import OwnFile, Refused, unread

MOST_TRIANGLES = 500_000
MOST_PARTS = 400
"""Pieces with a surface of their own: each is drawn by itself."""
MOST_NODES, DEEPEST = 5_000, 64
MOST_JSON_BYTES = 16_000_000
FARTHEST_M = 20_000.0
"""No corner lies farther from the model's middle."""
READ = frozenset(
    {
        "KHR_materials_unlit",
        "KHR_mesh_quantization",
        "KHR_materials_emissive_strength",
        "KHR_materials_specular",
        "KHR_materials_ior",
    }
)
"""Extensions without which a file is shown rightly enough, though it says it needs them."""
_TYPES = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
_LOOSE = (KeyError, IndexError, TypeError, ValueError, OverflowError, AttributeError, struct.error)
"""What Python raises where a file says what cannot be."""
Numbers = NDArray[np.float64]
Alpha = Literal["OPAQUE", "MASK", "BLEND"]


@dataclass(frozen=True)
class Surface:
    """How one part takes light; colours are linear, 0 to 1."""

    colour: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    picture: int | None = None
    """Which of the model's pictures it shows, sRGB."""
    rough: int | None = None
    """Which picture says how rough (green) and how much of metal (blue) it is."""
    roughness: float = 1.0
    metallic: float = 1.0
    emissive: tuple[float, float, float] = (0.0, 0.0, 0.0)
    alpha: Alpha = "OPAQUE"
    cutoff: float = 0.5
    two_sided: bool = False
    unlit: bool = False


@dataclass(frozen=True)
class Part:
    """Triangles with one surface."""

    vertices: NDArray[np.float32]
    """(N, 3) in metres."""
    normals: NDArray[np.float32]
    uv: NDArray[np.float32]
    """(N, 2), from the top left corner of the picture."""
    colours: NDArray[np.float32]
    """(N, 3), linear."""
    indices: NDArray[np.uint32]
    surface: Surface


@dataclass(frozen=True)
class Model:
    """What a file shows."""

    parts: tuple[Part, ...]
    pictures: tuple[bytes, ...]
    """PNG, JPEG or WebP, as they lie in the file."""


def extent(file: OwnFile) -> tuple[Vec, Vec]:
    """The model's lowest and highest corner, in metres, from what its file says of itself.

    Reads no geometry: it is for whoever must know at once whether a model is a place.

    Raises:
        Refused: it is no model that can be read.
    """
    try:
        with file.path.open("rb") as source:
            start = source.read(20)
            long = _json_bytes(file.name, start)
            document = _document(file.name, source.read(long))
    except OSError as error:
        raise unread(file.name, error.strerror or str(error)) from error
    opened = _Opened(file.name, document, memoryview(b""))
    try:
        return opened.extent()
    except _LOOSE as error:
        raise _damaged(file.name) from error


def read(name: str, data: bytes) -> Model:
    """The model in the bytes of a file that the scenario calls `name`.

    Raises:
        Refused: it is damaged, too large, or made of what is not read here.
    """
    long = _json_bytes(name, data[:20])
    document = _document(name, data[20 : 20 + long])
    opened = _Opened(name, document, _binary(data, 20 + long))
    try:
        parts = tuple(opened.parts())
        pictures = tuple(opened.pictures())
    except _LOOSE as error:
        raise _damaged(name) from error
    if not parts:
        raise unread(name, _("it has no faces that could be shown"))
    return Model(parts, pictures)


def _damaged(name: str) -> Refused:
    return unread(name, _("it is damaged"), _("export it once more"))


def _json_bytes(name: str, start: bytes) -> int:
    if len(start) < 20 or struct.unpack_from("<4sI", start) != (b"glTF", 2):
        raise unread(name, _("it is no binary glTF 2.0 file"), _("export it as glTF Binary (.glb)"))
    long, kind = struct.unpack_from("<I4s", start, 12)
    if kind != b"JSON" or long > MOST_JSON_BYTES:
        raise _damaged(name)
    return int(long)


def _document(name: str, text: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _damaged(name) from error
    if not isinstance(document, dict):
        raise _damaged(name)
    needed = document.get("extensionsRequired", [])
    foreign = sorted(str(each) for each in needed if each not in READ)
    if foreign:
        told = _("it needs {what}, which is not read").format(what=", ".join(foreign))
        raise unread(name, told, _("export it without compression and without extensions"))
    if document.get("skins"):
        told = _("it has a skeleton, which is not moved here")
        raise unread(name, told, _("apply its pose, and export it without skinning"))
    return MappingProxyType(document)


def _binary(data: bytes, at: int) -> memoryview:
    if len(data) < at + 8:
        return memoryview(b"")
    (long,) = struct.unpack_from("<I", data, at)
    return memoryview(data)[at + 8 : at + 8 + long]


class _Opened:
    """One file on its way into numbers. What it says wrongly ends in an exception of `_LOOSE`."""

    def __init__(self, name: str, document: Mapping[str, Any], data: memoryview) -> None:
        self._name = name
        self._document = document
        self._data = data

    def _all(self, what: str) -> list[Any]:
        found = self._document.get(what, [])
        if not isinstance(found, list):
            raise TypeError(what)
        return found

    def placed(self) -> Iterator[tuple[dict[str, Any], Numbers]]:
        """Each mesh of the scene with where it stands, a matrix of 4 by 4, y up."""
        nodes = self._all("nodes")
        scenes = self._all("scenes")
        if scenes:
            first = scenes[_index(self._document.get("scene", 0), scenes)]
            waiting = [(number, np.eye(4), 0) for number in first.get("nodes", [])]
        else:
            waiting = [(number, np.eye(4), 0) for number in range(len(nodes))]
        seen = 0
        while waiting:
            number, above, depth = waiting.pop()
            seen += 1
            if seen > MOST_NODES or depth > DEEPEST:
                told = _("it has more than {n} nodes, or they hang too deep")
                raise unread(self._name, told.format(n=MOST_NODES), _("join its objects"))
            node = nodes[_index(number, nodes)]
            here = above @ _stands(node)
            if not np.isfinite(here).all():
                raise ValueError("a node stands nowhere")
            meshes = self._all("meshes")
            if "mesh" in node:
                yield meshes[_index(node["mesh"], meshes)], here
            waiting += [(child, here, depth + 1) for child in node.get("children", [])]

    def extent(self) -> tuple[Vec, Vec]:
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        accessors = self._all("accessors")
        for mesh, stands in self.placed():
            for primitive in mesh["primitives"]:
                told = accessors[_index(primitive["attributes"]["POSITION"], accessors)]
                ends = np.asarray([told["min"], told["max"]], dtype=np.float64).reshape(2, 3)
                if told.get("normalized"):
                    ends = ends / float(np.iinfo(_TYPES[told["componentType"]]).max)
                corners = np.asarray([[ends[x][0], ends[y][1], ends[z][2]]
                                      for x in (0, 1) for y in (0, 1) for z in (0, 1)])  # fmt: skip
                there = _upright(corners @ stands[:3, :3].T + stands[:3, 3])
                low, high = np.minimum(low, there.min(0)), np.maximum(high, there.max(0))
        if not np.isfinite([low, high]).all():
            raise ValueError("no extent")
        return _vec(low), _vec(high)

    def parts(self) -> Iterator[Part]:
        triangles = count = 0
        for mesh, stands in self.placed():
            for primitive in mesh["primitives"]:
                part = self._part(primitive, stands)
                if part is None:
                    continue
                triangles += len(part.indices) // 3
                count += 1
                if triangles > MOST_TRIANGLES or count > MOST_PARTS:
                    told = _("it has more than {n} triangles, or more than {parts} parts")
                    told = told.format(n=MOST_TRIANGLES, parts=MOST_PARTS)
                    raise unread(self._name, told, _("make it simpler, and join its objects"))
                yield part

    def _part(self, primitive: dict[str, Any], stands: Numbers) -> Part | None:
        mode = primitive.get("mode", 4)
        if mode not in (4, 5, 6):
            return None  # points and lines have no faces
        if "KHR_draco_mesh_compression" in primitive.get("extensions", {}):
            told = _("it needs {what}, which is not read").format(what="Draco")
            raise unread(self._name, told, _("export it without compression"))
        found = primitive["attributes"]
        place = self._numbers(found["POSITION"], 3)
        count = len(place)
        if count > 3 * MOST_TRIANGLES:
            raise ValueError("too many corners")
        rows = (
            self._numbers(primitive["indices"], 1)[:, 0].astype(np.int64)
            if "indices" in primitive
            else np.arange(count, dtype=np.int64)
        )
        rows = _triangles(rows, mode)
        if not len(rows):
            return None
        if rows.min() < 0 or rows.max() >= count:
            raise IndexError("a corner that is not there")
        place = place @ stands[:3, :3].T + stands[:3, 3]
        if not np.isfinite(place).all() or np.abs(place).max() > FARTHEST_M:
            raise ValueError("a corner that lies nowhere")
        if np.linalg.det(stands[:3, :3]) < 0.0:
            rows = rows.reshape(-1, 3)[:, ::-1].reshape(-1)  # mirrored: seen from the other side
        place = _upright(place)
        if "NORMAL" in found:
            turned = np.linalg.pinv(stands[:3, :3]).T
            normals = _unit(_upright(self._sized(found["NORMAL"], 3, count) @ turned.T))
        else:
            # without normals its faces are flat, each with corners of its own
            place, normals = _flat(place[rows])
            found = {
                key: self._sized(at, None, count)[rows]
                for key, at in found.items()
                if key in ("TEXCOORD_0", "COLOR_0")
            }
            count, rows = len(place), np.arange(len(place), dtype=np.int64)
        uv = self._given(found, "TEXCOORD_0", 2, count, 0.0)
        return Part(
            place.astype(np.float32),
            normals.astype(np.float32),
            uv.astype(np.float32),
            np.clip(self._given(found, "COLOR_0", 3, count, 1.0), 0.0, 1.0).astype(np.float32),
            rows.astype(np.uint32),
            self._surface(primitive.get("material")),
        )

    def _given(
        self, found: Mapping[str, Any], key: str, wide: int, count: int, other: float
    ) -> Numbers:
        at = found.get(key)
        if at is None:
            return np.full((count, wide), other)
        told = at if isinstance(at, np.ndarray) else self._sized(at, None, count)
        if told.shape[1] < wide or not np.isfinite(told).all():
            raise ValueError(key)
        return np.asarray(told[:, :wide])

    def _sized(self, accessor: Any, wide: int | None, count: int) -> Numbers:
        told = self._numbers(accessor, wide)
        if len(told) != count:
            raise ValueError("columns of different lengths")
        return told

    def _numbers(self, accessor: Any, wide: int | None) -> Numbers:
        """An accessor as rows of numbers; what is normalised becomes 0 to 1, or -1 to 1."""
        accessors, views = self._all("accessors"), self._all("bufferViews")
        told = accessors[_index(accessor, accessors)]
        columns = _WIDTHS[told["type"]]
        if "sparse" in told or (wide is not None and columns != wide):
            raise ValueError("not read")
        view = views[_index(told["bufferView"], views)]
        if _whole(view.get("buffer", 0)) != 0 or "uri" in self._all("buffers")[0]:
            told_so = _("it refers to other files")
            raise unread(self._name, told_so, _("export it as glTF Binary (.glb)"))
        kind = np.dtype(_TYPES[told["componentType"]])
        count = _whole(told["count"])
        stride = _whole(view.get("byteStride", kind.itemsize * columns))
        first = _whole(view.get("byteOffset", 0))
        start = first + _whole(told.get("byteOffset", 0))
        end = start + (count - 1) * stride + kind.itemsize * columns
        last = min(len(self._data), first + _whole(view["byteLength"]))
        if count < 1 or stride < kind.itemsize or end > last:
            raise ValueError("beyond the end of the file")
        rows = np.ndarray(
            (count, columns), kind, self._data, offset=start, strides=(stride, kind.itemsize)
        )
        numbers = rows.astype(np.float64)
        if told.get("normalized") and kind.kind in "iu":
            numbers = np.maximum(numbers / np.iinfo(kind).max, -1.0)
        return numbers

    def _surface(self, number: Any) -> Surface:
        if number is None:
            return Surface(metallic=0.0)
        materials = self._all("materials")
        told = materials[_index(number, materials)]
        body = told.get("pbrMetallicRoughness", {})
        extras = told.get("extensions", {})
        strong = extras.get("KHR_materials_emissive_strength", {}).get("emissiveStrength", 1.0)
        glow = [
            min(1.0, _share(part) * float(strong)) for part in told.get("emissiveFactor", (0, 0, 0))
        ]
        alpha = told.get("alphaMode", "OPAQUE")
        if alpha not in ("OPAQUE", "MASK", "BLEND"):
            raise ValueError(alpha)
        red, green, blue, solid = (_share(p) for p in body.get("baseColorFactor", (1, 1, 1, 1)))
        glow_red, glow_green, glow_blue = glow
        return Surface(
            (red, green, blue, solid),
            self._picture(body.get("baseColorTexture")),
            self._picture(body.get("metallicRoughnessTexture")),
            _share(body.get("roughnessFactor", 1.0)),
            _share(body.get("metallicFactor", 1.0)),
            (glow_red, glow_green, glow_blue),
            alpha,
            _share(told.get("alphaCutoff", 0.5)),
            bool(told.get("doubleSided", False)),
            "KHR_materials_unlit" in extras,
        )

    def _picture(self, told: Any) -> int | None:
        if told is None:
            return None
        textures, images = self._all("textures"), self._all("images")
        texture = textures[_index(told["index"], textures)]
        webp = texture.get("extensions", {}).get("EXT_texture_webp", {})
        source = texture.get("source", webp.get("source"))
        return None if source is None else _index(source, images)

    def pictures(self) -> Iterator[bytes]:
        views = self._all("bufferViews")
        for image in self._all("images"):
            if "bufferView" not in image:
                told = _("its pictures lie in other files")
                raise unread(self._name, told, _("export it as glTF Binary (.glb)"))
            view = views[_index(image["bufferView"], views)]
            start, long = _whole(view.get("byteOffset", 0)), _whole(view["byteLength"])
            if start + long > len(self._data):
                raise ValueError("beyond the end of the file")
            yield bytes(self._data[start : start + long])


def _index(number: Any, among: list[Any]) -> int:
    at = _whole(number)
    if at >= len(among):
        raise IndexError(number)
    return at


def _whole(number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 1 << 32:
        raise ValueError(number)
    return number


def _share(number: Any) -> float:
    told = float(number)
    if not math.isfinite(told):
        raise ValueError(number)
    return min(1.0, max(0.0, told))


def _stands(node: Mapping[str, Any]) -> Numbers:
    """A node's own matrix."""
    if "matrix" in node:
        return np.asarray(node["matrix"], dtype=np.float64).reshape(4, 4).T
    x, y, z, w = np.asarray(node.get("rotation", (0, 0, 0, 1)), dtype=np.float64)
    turn = np.asarray(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    made = np.eye(4)
    made[:3, :3] = turn * np.asarray(node.get("scale", (1, 1, 1)), dtype=np.float64).reshape(3)
    made[:3, 3] = np.asarray(node.get("translation", (0, 0, 0)), dtype=np.float64).reshape(3)
    return made


def _upright(rows: Numbers) -> Numbers:
    """From y up to z up."""
    return np.stack([rows[:, 0], -rows[:, 2], rows[:, 1]], axis=1)


def _triangles(rows: NDArray[np.int64], mode: int) -> NDArray[np.int64]:
    """Strips (5) and fans (6) as triangles of their own."""
    if mode == 4:
        return rows[: len(rows) // 3 * 3]
    if len(rows) < 3:
        return rows[:0]
    if mode == 6:
        fan = [(rows[0], a, b) for a, b in pairwise(rows[1:])]
        return np.asarray(fan, dtype=np.int64).reshape(-1)
    strip = np.stack([rows[:-2], rows[1:-1], rows[2:]], axis=1)
    strip[1::2] = strip[1::2][:, [1, 0, 2]]
    return strip.reshape(-1)


def _flat(corners: Numbers) -> tuple[Numbers, Numbers]:
    faces = corners.reshape(-1, 3, 3)
    normals = _unit(np.cross(faces[:, 1] - faces[:, 0], faces[:, 2] - faces[:, 0]))
    return corners, np.repeat(normals, 3, axis=0)


def _unit(rows: Numbers) -> Numbers:
    long = np.linalg.norm(rows, axis=1, keepdims=True)
    if not np.isfinite(long).all():
        raise ValueError("a direction that leads nowhere")
    return np.asarray(rows / np.where(long == 0.0, 1.0, long))


def _vec(numbers: Numbers) -> Vec:
    x, y, z = (float(number) for number in numbers)
    return x, y, z
