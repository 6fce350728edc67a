"""Owns the reading of shipped places: GLB files as nodes with what the shaders want.

Knows no single place. Reads binary glTF 2.0 as `assets/source/glb.py` writes it: static geometry,
nodes whose extras are tags, pictures beside the file. What a place tells (`told`) is for whoever
lets things live in it.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    Filename,
    GeomEnums,
    GeomNode,
    GeomVertexArrayFormat,
    GeomVertexFormat,
    InternalName,
    NodePath,
    PNMImage,
    SamplerState,
    Texture,
    TextureStage,
)

from vr_runtime.assets import assets_dir
from vr_runtime.stage.look.dress import TAG
from vr_runtime.stage.models.driven import LIGHTMAP, SITE, SITE_PLACE
from vr_runtime.stage.models.mesh import triangles

_TYPES = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
Numbers = NDArray[Any]


class NotAPlace(Exception):
    """The file is no GLB, or not one of ours; the message names it."""


class Glb:
    """One file, opened."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            FileNotFoundError: it is missing.
            NotAPlace: it is not a binary glTF 2.0 file.
        """
        self.path = path
        raw = path.read_bytes()
        if len(raw) < 28 or struct.unpack_from("<4sI", raw) != (b"glTF", 2):
            raise NotAPlace(f"{path.name} is no GLB file; install Palier again")
        (long,) = struct.unpack_from("<I", raw, 12)
        self.document: dict[str, Any] = json.loads(raw[20 : 20 + long])
        self._data = memoryview(raw)[28 + long :]

    @property
    def told(self) -> dict[str, Any]:
        """The facts the place tells."""
        told: dict[str, Any] = self.document["scenes"][0].get("extras", {})
        return told

    def numbers(self, accessor: int) -> Numbers:
        """An accessor as an array of rows, as it is stored."""
        told = self.document["accessors"][accessor]
        view = self.document["bufferViews"][told["bufferView"]]
        kind, wide = np.dtype(_TYPES[told["componentType"]]), _WIDTHS[told["type"]]
        stride = view.get("byteStride", kind.itemsize * wide)
        start = view.get("byteOffset", 0) + told.get("byteOffset", 0)
        return np.ndarray(
            (told["count"], wide),
            dtype=kind,
            buffer=self._data,
            offset=start,
            strides=(stride, kind.itemsize),
        )

    def columns(self, mesh: int) -> dict[str, Numbers]:
        """The columns of a mesh, z up, as numbers the shaders take; and its "indices"."""
        told = self.document["meshes"][mesh]
        (primitive,) = told["primitives"]
        found = {name: self.numbers(at) for name, at in primitive["attributes"].items()}
        place, normal = found["POSITION"], found["NORMAL"].astype(np.float32) / 127.0
        uv = found["TEXCOORD_0"].astype(np.float32) / told["extras"]["uv_steps"]
        columns: dict[str, Numbers] = {
            "vertex": np.stack([place[:, 0], -place[:, 2], place[:, 1]], -1).astype("<f4"),
            "normal": np.stack([normal[:, 0], -normal[:, 2], normal[:, 1]], -1).astype("<f4"),
            "color": found["COLOR_0"],
            "texcoord": np.concatenate([uv, _layers(found["_LAYER"])], -1).astype("<f4"),
            "indices": self.numbers(primitive["indices"]).reshape(-1).astype("<u4"),
        }
        if "TEXCOORD_1" in found:
            columns["lightmap"] = (found["TEXCOORD_1"] / np.float32(65535.0)).astype("<f4")
        if "_MOTION" in found:
            columns["motion"] = found["_MOTION"].astype("<f4")
        return columns


def _layers(told: Numbers) -> Numbers:
    """Numbers of pictures; the second column, where there is one, tells windows apart by a part
    of a number, from -0.4 to 0.4."""
    numbers = told.astype(np.float32)
    if told.shape[1] == 1:
        return numbers
    return numbers[:, :1] + (numbers[:, 1:] - 128.0) / 250.0


_CONTENTS = {
    "vertex": (GeomEnums.NT_float32, GeomEnums.C_point),
    "normal": (GeomEnums.NT_float32, GeomEnums.C_normal),
    "color": (GeomEnums.NT_uint8, GeomEnums.C_color),
    "texcoord": (GeomEnums.NT_float32, GeomEnums.C_texcoord),
    "lightmap": (GeomEnums.NT_float32, GeomEnums.C_other),
    "motion": (GeomEnums.NT_float32, GeomEnums.C_other),
}


def place_file(name: str) -> Path:
    """The GLB file of the place `name`; raises `FileNotFoundError` without any assets."""
    return assets_dir() / "places" / f"{name}.glb"


def read(name: str) -> tuple[NodePath, Glb]:
    """The place `name` as a node to be written, its light and its map of shadows on it.

    Raises:
        FileNotFoundError: the place or one of its pictures is missing.
        NotAPlace: the file is damaged.
    """
    opened = Glb(place_file(name))
    document = opened.document
    root = NodePath(name.rpartition("/")[2])
    light: dict[int, Texture] = {}
    for number in document["scenes"][0]["nodes"]:
        node = document["nodes"][number]
        top = root.attachNewNode(node["name"])
        for child in node["children"]:
            below = document["nodes"][child]
            top.attachNewNode(_geometry(below["name"], opened.columns(below["mesh"])))
        _tell(top, node["extras"])
        at = node["extras"].get("lightmap")
        if at is not None:
            if at not in light:
                light[at] = _picture(opened.path.parent / document["images"][at]["uri"])
            top.setTexture(TextureStage(LIGHTMAP), light[at])
    if "site" in opened.told:
        _put_map(root, opened)
    return root, opened


def _tell(node: NodePath, extras: dict[str, Any]) -> None:
    for key, value in extras.items():
        if key == "material":
            node.setTag(TAG, value)
        elif key == "hidden":
            node.hide()
        elif key != "lightmap":
            node.setTag(key, str(value))


def _geometry(name: str, columns: dict[str, Numbers]) -> GeomNode:
    indices = columns.pop("indices")
    array = GeomVertexArrayFormat()
    for column, values in columns.items():
        kind, contents = _CONTENTS[column]
        array.addColumn(InternalName.make(column), values.shape[1], kind, contents)
    form = GeomVertexFormat()
    form.addArray(array)
    count = len(columns["vertex"])
    rows = np.zeros(count, dtype=[(c, v.dtype.str, v.shape[1]) for c, v in columns.items()])
    for column, values in columns.items():
        rows[column] = values
    return triangles(name, GeomVertexFormat.registerFormat(form), rows, indices)


def _picture(path: Path) -> Texture:
    """A baked picture, held in the model's own file: the folder it came from may change."""
    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is missing; install Palier again")
    texture = Texture(path.stem)
    image = PNMImage(Filename.fromOsSpecific(str(path)))
    texture.load(image)
    texture.setMinfilter(SamplerState.FTLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMClamp)
    texture.setWrapV(SamplerState.WMClamp)
    return texture


def _put_map(root: NodePath, opened: Glb) -> None:
    """The map of where sun and sky do not reach, for what moves below the baked light."""
    told = opened.told["site"]
    images = opened.document["images"]
    folder = opened.path.parent
    read = [
        PNMImage(Filename.fromOsSpecific(str(folder / images[at]["uri"]))) for at in told["images"]
    ]
    size = read[0].getXSize()
    # heights up to which the sun is hidden, openness, light of lamps; Panda3D keeps the last first
    parts = np.zeros((size, size, 3), dtype="<u2")
    for plane, image in zip((2, 1, 0), read, strict=False):
        texture = Texture()
        texture.load(image)
        wide = texture.getComponentWidth()
        raw = np.frombuffer(bytes(texture.getRamImage()), dtype="<u2" if wide == 2 else "u1")
        values = raw.reshape(size, size, texture.getNumComponents())[..., 0].astype(np.uint32)
        parts[..., plane] = values if wide == 2 else values * 257
    texture = Texture(SITE)
    texture.setup2dTexture(size, size, Texture.TUnsignedShort, Texture.FRgb)
    texture.setRamImage(parts.tobytes())
    texture.setMinfilter(SamplerState.FTLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMBorderColor)
    texture.setWrapV(SamplerState.WMBorderColor)
    texture.setBorderColor((0.0, 1.0, 0.0, 1.0))
    root.setTexture(TextureStage(SITE), texture)
    root.setTag(SITE_PLACE, " ".join(f"{number:.9g}" for number in told["place"]))
