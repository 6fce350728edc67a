"""Owns the writing of a place as a GLB file; knows neither light nor what the place is.

Binary glTF 2.0 with KHR_mesh_quantization. Beyond the standard columns a vertex has `_LAYER`, the
number of the tiled picture it shows and what tells its windows apart, and what moves has `_MOTION`. The extras of a node are the
tags the runtime reads; the extras of the scene are the facts a place tells.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np

from parts import Part, Place

UV_STEPS = 512
"""Texture coordinates are whole numbers of this part of a repetition, or of a larger one."""
_FLOAT, _U32, _U16, _I16, _U8, _I8 = 5126, 5125, 5123, 5122, 5121, 5120


class _Writer:
    def __init__(self) -> None:
        self.data = bytearray()
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []
        self.meshes: list[dict[str, Any]] = []
        self.nodes: list[dict[str, Any]] = []

    def view(self, raw: bytes, stride: int | None = None) -> int:
        while len(self.data) % 4:
            self.data.append(0)
        view: dict[str, Any] = {
            "buffer": 0,
            "byteOffset": len(self.data),
            "byteLength": len(raw),
            "target": 34963 if stride is None else 34962,
        }
        if stride is not None:
            view["byteStride"] = stride
        self.data += raw
        self.views.append(view)
        return len(self.views) - 1

    def accessor(
        self, view: int, offset: int, kind: int, shape: str, count: int, **more: Any
    ) -> int:
        self.accessors.append(
            {
                "bufferView": view,
                "byteOffset": offset,
                "componentType": kind,
                "type": shape,
                "count": count,
                **more,
            }
        )
        return len(self.accessors) - 1


def write(place: Place, lightmaps: dict[str, str], images: list[str], path: Path) -> dict[str, int]:
    """Write `place` to `path`; gives its triangles, vertices and draws.

    Args:
        place: what to write.
        lightmaps: which file, beside the GLB, each baked picture lies in.
        images: other pictures beside the GLB that the place's facts name.
        path: the file.
    """
    writer = _Writer()
    named = [*lightmaps.values(), *images]
    tops = []
    total = {"triangles": 0, "vertices": 0, "draws": 0}
    for part in place.parts:
        rows = part.rows
        children = []
        for number, chosen in enumerate(tiles(rows, part.tile_m)):
            children.append(_geometry(writer, part, f"{part.name}{number}", rows, chosen))
            total["triangles"] += 2 * len(chosen)
            total["vertices"] += 4 * len(chosen)
            total["draws"] += 1
        extras: dict[str, Any] = {"material": part.material, **part.tags}
        if part.hidden:
            extras["hidden"] = True
        if part.lightmap is not None:
            extras["lightmap"] = named.index(lightmaps[part.lightmap])
        writer.nodes.append({"name": part.name, "children": children, "extras": extras})
        tops.append(len(writer.nodes) - 1)
    document = {
        "asset": {"version": "2.0", "generator": "assets/source/build.py"},
        "extensionsUsed": ["KHR_mesh_quantization"],
        "extensionsRequired": ["KHR_mesh_quantization"],
        "scene": 0,
        "scenes": [{"name": place.name, "nodes": tops, "extras": place.told}],
        "nodes": writer.nodes,
        "meshes": writer.meshes,
        "accessors": writer.accessors,
        "bufferViews": writer.views,
        "buffers": [{"byteLength": len(writer.data)}],
    }
    if named:
        document["images"] = [{"uri": uri} for uri in named]
    text = json.dumps(document, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 4)
    data = bytes(writer.data) + b"\0" * (-len(writer.data) % 4)
    whole = struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(data))
    whole += struct.pack("<I4s", len(text), b"JSON") + text
    whole += struct.pack("<I4s", len(data), b"BIN\0") + data
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(whole)
    return total


def tiles(rows: np.ndarray, tile_m: float | None) -> list[np.ndarray]:
    """The numbers of the faces of each tile."""
    if not len(rows):
        return []
    if tile_m is None:
        return [np.arange(len(rows))]
    cell = np.floor(rows["v"][..., :2].mean(axis=1) / tile_m).astype(int)
    _, which = np.unique(cell, axis=0, return_inverse=True)
    which = np.asarray(which).reshape(-1)
    return [np.flatnonzero(which == k) for k in range(int(which.max()) + 1)]


def _upright(v: np.ndarray) -> np.ndarray:
    """From z up to glTF's y up."""
    return np.stack([v[..., 0], v[..., 2], -v[..., 1]], axis=-1)


def _geometry(
    writer: _Writer, part: Part, name: str, all_rows: np.ndarray, chosen: np.ndarray
) -> int:
    rows = all_rows[chosen]
    flat = rows.reshape(-1)
    count = len(flat)
    columns: list[tuple[str, np.dtype, int, str, dict[str, Any]]] = [
        ("POSITION", np.dtype("<f4", 3), _FLOAT, "VEC3", {}),
        ("NORMAL", np.dtype("i1"), _I8, "VEC3", {"normalized": True}),
        ("COLOR_0", np.dtype("u1"), _U8, "VEC4", {"normalized": True}),
        ("TEXCOORD_0", np.dtype("<i2"), _I16, "VEC2", {}),
        ("_LAYER", np.dtype("u1"), _U8, "VEC2", {}),
    ]
    fields = [("POSITION", "<f4", 3), ("NORMAL", "i1", 4), ("COLOR_0", "u1", 4)]
    fields += [("TEXCOORD_0", "<i2", 2), ("_LAYER", "u1", 4)]
    if part.lit is not None:
        columns.append(("TEXCOORD_1", np.dtype("<u2"), _U16, "VEC2", {"normalized": True}))
        fields.append(("TEXCOORD_1", "<u2", 2))
    if part.moving:
        columns.append(("_MOTION", np.dtype("<f4"), _FLOAT, "VEC4", {}))
        fields.append(("_MOTION", "<f4", 4))
    out = np.zeros(count, dtype=np.dtype(fields))
    place = _upright(flat["v"])
    out["POSITION"] = place
    normal = _upright(flat["n"])
    normal = normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
    out["NORMAL"][:, :3] = np.round(normal * 127.0)
    out["COLOR_0"] = flat["c"]
    uv = rows["t"][..., :2].astype(float)
    # a repetition more or less is the same picture
    uv -= np.floor(uv.mean(axis=1, keepdims=True))
    # where a face repeats its picture more than 64 times, as on far hills, steps are coarser
    per = int(min(UV_STEPS, 32767.0 // max(1.0, float(np.abs(uv).max()))))
    out["TEXCOORD_0"] = np.round(uv * per).reshape(-1, 2)
    layers = np.round(flat["t"][:, 2])
    out["_LAYER"][:, 0] = layers
    out["_LAYER"][:, 1] = np.round(250.0 * (flat["t"][:, 2] - layers)) + 128
    if part.lit is not None:
        out["TEXCOORD_1"] = np.round(part.lit[chosen].reshape(-1, 2) * 65535.0)
    if part.moving:
        out["_MOTION"] = flat["m"]
    view = writer.view(out.tobytes(), out.dtype.itemsize)
    attributes = {}
    for column, _, kind, shape, more in columns:
        if column == "POSITION":
            more = {"min": place.min(axis=0).tolist(), "max": place.max(axis=0).tolist()}
        offset = out.dtype.fields[column][1]
        attributes[column] = writer.accessor(view, offset, kind, shape, count, **more)
    first = 4 * np.arange(len(rows))[:, None]
    index = (first + np.asarray([0, 1, 2, 0, 2, 3])).ravel()
    small = count < 65536
    raw = index.astype("<u2" if small else "<u4").tobytes()
    indices = writer.accessor(writer.view(raw), 0, _U16 if small else _U32, "SCALAR", len(index))
    writer.meshes.append(
        {
            "name": name,
            "primitives": [{"attributes": attributes, "indices": indices, "mode": 4}],
            "extras": {"uv_steps": per},
        }
    )
    writer.nodes.append({"name": name, "mesh": len(writer.meshes) - 1})
    return len(writer.nodes) - 1
