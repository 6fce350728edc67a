"""Owns how shipped geometry is gathered and packed; knows nothing of what it shows.

Everything is made of four-cornered faces, seen from the side from which their corners run
anticlockwise. A triangle is a face two of whose corners are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired, TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import (
    BoundingSphere,
    Geom,
    GeomEnums,
    GeomNode,
    GeomTriangles,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    InternalName,
    LPoint3,
    NodePath,
    OmniBoundingVolume,
)

from vr_runtime.stage.look.dress import TAG
from vr_runtime.stage.look.layers import METRES, layer

LIMBS_REACH, BONES_REACH = 1.0, 2.0
"""Of what has limbs or bones, from its origin, in its own size."""
Array = NDArray[np.float32]
Rows = NDArray[np.void]
"""Faces as `Mesh.packed` gives them, four vertices each."""
Colour = tuple[float, float, float]


class Wear(TypedDict):
    """What faces show, to be given to `Mesh.add` and `Mesh.box` alike."""

    picture: NotRequired[str]
    colour: NotRequired[ArrayLike]


class Built(Wear):
    """What a box shows, and how it stands."""

    foot: NotRequired[float]
    bottom: NotRequired[bool]


_ROW = np.dtype([("v", "f4", 3), ("n", "f4", 3), ("c", "u1", 4), ("t", "f4", 3), ("m", "f4", 4)])


def floats(numbers: ArrayLike) -> Array:
    """`numbers` as an array of the kind all geometry is kept in."""
    return np.asarray(numbers, dtype=np.float32)


def faces(corners: ArrayLike) -> Array:
    """`corners` as an array of faces, four corners each."""
    return np.asarray(corners, dtype=np.float32).reshape(-1, 4, 3)


def normals_of(corners: Array) -> Array:
    """The unit normal of each flat face, once for each corner."""
    a, b = (corners[:, 2] - corners[:, 0]).T, (corners[:, 3] - corners[:, 1]).T
    # written out: np.cross is many times slower for the few faces of one call
    n = np.stack([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])
    n = n.T
    long = np.linalg.norm(n, axis=1, keepdims=True)
    n = n / np.where(long == 0.0, 1.0, long)
    return np.repeat(n[:, None, :], 4, axis=1).astype(np.float32)


def metric(corners: Array, normals: Array, metres: float) -> Array:
    """Texture coordinates from the place in metres, seen along each face's main direction."""
    n = np.abs(normals[:, 0])
    main = np.argmax(n + np.asarray((0.0, 0.0, 1e-3)), axis=1)
    picked = np.stack([corners[..., [1, 2]], corners[..., [0, 2]], corners[..., [0, 1]]])
    return np.asarray(picked[main, np.arange(len(corners))] / metres, dtype=np.float32)


class Mesh:
    """Faces on their way into a model."""

    def __init__(self, rows: Rows | None = None) -> None:
        """Begin empty, or with faces as `packed` gave them."""
        self._parts: list[Rows] = [] if rows is None else [rows]

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)

    def add(
        self,
        corners: ArrayLike,
        *,
        picture: str = "plain",
        colour: ArrayLike = (1.0, 1.0, 1.0),
        open_to_sky: ArrayLike = 1.0,
        normals: Array | None = None,
        uv: ArrayLike | None = None,
        layers: ArrayLike | None = None,
        motion: ArrayLike | None = None,
    ) -> None:
        """Add faces.

        Args:
            corners: K faces of 4 corners, in metres.
            picture: which of `look.layers.LAYERS` they show.
            colour: as displayed, 0 to 1: one, one per face (K, 1, 3) or per corner (K, 4, 3).
            open_to_sky: how much light from the sky arrives, 0 to 1, one or per corner (K, 4).
            normals: (K, 4, 3) for round things; flat if left out.
            uv: (K, 4, 2) texture coordinates; by the place in metres if left out.
            layers: number of the picture for each face, instead of `picture`.
            motion: four values for what moves, one or per corner; see `look.glsl`.
        """
        v = faces(corners)
        if not len(v):
            return
        rows = np.zeros((len(v), 4), dtype=_ROW)
        n = normals_of(v) if normals is None else normals
        rows["v"], rows["n"] = v, n
        paint = np.empty((len(v), 4, 4), dtype=np.float32)
        paint[..., :3] = np.asarray(colour, dtype=np.float32)
        paint[..., 3] = np.asarray(open_to_sky, dtype=np.float32)
        rows["c"] = np.clip(paint * 255.0 + 0.5, 0.0, 255.0).astype(np.uint8)
        mapped = metric(v, n, METRES[picture]) if uv is None else np.asarray(uv, dtype=np.float32)
        rows["t"][..., :2] = mapped
        numbers = layer(picture) if layers is None else np.asarray(layers)[:, None]
        rows["t"][..., 2] = numbers
        if motion is not None:
            rows["m"] = np.asarray(motion, dtype=np.float32)
        self._parts.append(rows)

    def box(
        self,
        low: tuple[float, float, float],
        high: tuple[float, float, float],
        *,
        picture: str = "plain",
        colour: ArrayLike = (1.0, 1.0, 1.0),
        open_to_sky: float = 1.0,
        foot: float | None = None,
        bottom: bool = False,
        motion: ArrayLike | None = None,
    ) -> None:
        """Add an upright box between two corners.

        Args:
            low: west, south and bottom, in metres.
            high: east, north and top.
            picture: which picture all its faces show.
            colour: as displayed.
            open_to_sky: of the whole box.
            foot: openness at the foot of the sides, where it stands on something.
            bottom: whether it may be seen from below.
            motion: see `look.glsl`.
        """
        (x0, y0, z0), (x1, y1, z1) = low, high
        sides = faces(
            [
                [(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)],
                [(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)],
                [(x1, y1, z0), (x0, y1, z0), (x0, y1, z1), (x1, y1, z1)],
                [(x0, y1, z0), (x0, y0, z0), (x0, y0, z1), (x0, y1, z1)],
            ]
        )
        below = open_to_sky if foot is None else foot
        shade = np.tile([below, below, open_to_sky, open_to_sky], (4, 1))
        self.add(sides, picture=picture, colour=colour, open_to_sky=shade, motion=motion)
        flat = [[(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)]]
        self.add(flat, picture=picture, colour=colour, open_to_sky=open_to_sky, motion=motion)
        if bottom:
            under = [[(x0, y1, z0), (x1, y1, z0), (x1, y0, z0), (x0, y0, z0)]]
            self.add(under, picture=picture, colour=colour, open_to_sky=0.6 * below, motion=motion)

    def take(self, rows: Rows) -> None:
        """Add faces as `packed` gave them."""
        self._parts.append(rows)

    def packed(self) -> Rows:
        """All faces as rows of four vertices."""
        return np.concatenate(self._parts) if self._parts else np.zeros((0, 4), dtype=_ROW)

    def nodes(
        self, name: str, material: str, *, moving: bool = False, tile_m: float | None = None
    ) -> NodePath:
        """The faces below one node that wears `material`, in one piece or in tiles for culling.

        Args:
            name: of the node.
            material: a name in `look.materials.MATERIALS`.
            moving: keep the motion of the vertices; for what travels, never cull it.
            tile_m: size in metres of the tiles.
        """
        rows = self.packed()
        top = NodePath(name)
        top.setTag(TAG, material)
        for number, part in enumerate(_tiles(rows, tile_m)):
            node = _geom_node(f"{name}{number}", part, moving)
            if moving and material in ("driving", "walker", "shade", "falling"):
                node.setBounds(OmniBoundingVolume())
                node.setFinal(True)
            elif material in ("limbed", "limbed_shade"):
                # limbs lie in the spaces of their bones: none reaches farther than this
                node.setBounds(BoundingSphere(LPoint3(0.0, 0.0, 0.0), LIMBS_REACH))
                node.setFinal(True)
            elif material in ("boned", "boned_shade"):
                node.setBounds(BoundingSphere(LPoint3(0.0, 0.0, 0.0), BONES_REACH))
                node.setFinal(True)
            top.attachNewNode(node)
        return top


def _tiles(rows: Rows, tile_m: float | None) -> Iterable[Rows]:
    if tile_m is None:
        return [rows] if len(rows) else []
    middle = rows["v"][..., :2].mean(axis=1)
    cell = np.floor(middle / tile_m).astype(int)
    _, which = np.unique(cell, axis=0, return_inverse=True)
    flat = np.asarray(which).reshape(-1)
    return [rows[flat == k] for k in range(int(flat.max()) + 1)] if len(rows) else []


def _format(moving: bool) -> GeomVertexFormat:
    array = GeomVertexArrayFormat()
    array.addColumn(InternalName.getVertex(), 3, GeomEnums.NT_float32, GeomEnums.C_point)
    array.addColumn(InternalName.getNormal(), 3, GeomEnums.NT_float32, GeomEnums.C_normal)
    array.addColumn(InternalName.getColor(), 4, GeomEnums.NT_uint8, GeomEnums.C_color)
    array.addColumn(InternalName.getTexcoord(), 3, GeomEnums.NT_float32, GeomEnums.C_texcoord)
    if moving:
        array.addColumn(InternalName.make("motion"), 4, GeomEnums.NT_float32, GeomEnums.C_other)
    whole = GeomVertexFormat()
    whole.addArray(array)
    return GeomVertexFormat.registerFormat(whole)


def _geom_node(name: str, rows: Rows, moving: bool) -> GeomNode:
    flat = rows.reshape(-1)
    kept = flat if moving else flat[["v", "n", "c", "t"]]
    plain = np.zeros(len(flat), dtype=np.dtype([(k, _ROW[k]) for k in kept.dtype.names or ()]))
    for column in plain.dtype.names or ():
        plain[column] = kept[column]
    plain, which = _welded(plain)
    index = which.reshape(-1, 4)[:, [0, 1, 2, 0, 2, 3]].astype(np.uint32)
    # a face two of whose corners are one is a triangle: half of it is left out
    whole = index.reshape(-1, 3)
    a, b, c = whole.T
    return triangles(name, _format(moving), plain, whole[(a != b) & (b != c) & (c != a)].ravel())


def _welded(rows: Rows) -> tuple[Rows, NDArray[np.intp]]:
    """Each vertex once, and for every one of `rows` which of them it is: fewer are to be lit."""
    words = rows.view(np.uint32).reshape(len(rows), -1).astype(np.uint64)
    # sorting sums is many times faster than sorting rows; should two ever clash, none is welded
    odd = np.random.default_rng(7).integers(1 << 62, size=words.shape[1], dtype=np.uint64) * 2 + 1
    sums = (words * odd).sum(axis=1, dtype=np.uint64)
    _, first, which = np.unique(sums, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    kept, found = rows[first[order]], place[which.reshape(-1)]
    if (kept.view(np.uint32).reshape(len(kept), -1)[found] != words).any():
        return rows, np.arange(len(rows))
    return kept, found


def triangles(
    name: str, form: GeomVertexFormat, rows: Rows, corners: NDArray[np.uint32]
) -> GeomNode:
    """Rows laid out as `form` says, and which three of them each triangle has, as one node."""
    data = GeomVertexData(name, form, Geom.UHStatic)
    data.uncleanSetNumRows(len(rows))
    memoryview(data.modifyArray(0)).cast("B")[:] = rows.tobytes()
    faces = GeomTriangles(Geom.UHStatic)
    faces.setIndexType(GeomEnums.NT_uint32)
    array = faces.modifyVertices()
    array.uncleanSetNumRows(len(corners))
    memoryview(array).cast("B")[:] = corners.tobytes()
    geom = Geom(data)
    geom.addPrimitive(faces)
    node = GeomNode(name)
    node.addGeom(geom)
    return node
