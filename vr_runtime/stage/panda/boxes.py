"""Owns the geometry of a box; knows neither materials nor the world."""

from __future__ import annotations

from panda3d.core import (
    Geom,
    GeomNode,
    GeomTriangles,
    GeomVertexData,
    GeomVertexFormat,
    GeomVertexWriter,
)

from scenarios.api.stage import Vec

# For each side: its normal, and the two directions that span it (so that a x b = normal).
_SIDES = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((-1, 0, 0), (0, -1, 0), (0, 0, 1)),
    ((0, 1, 0), (-1, 0, 0), (0, 0, 1)),
    ((0, -1, 0), (1, 0, 0), (0, 0, 1)),
    ((0, 0, 1), (1, 0, 0), (0, 1, 0)),
    ((0, 0, -1), (-1, 0, 0), (0, 1, 0)),
)
_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def box(size: Vec) -> GeomNode:
    """A box of `size` metres, its origin in the middle of its base, 1 m to a texture's repeat."""
    data = GeomVertexData("box", GeomVertexFormat.getV3n3c4t2(), Geom.UHStatic)
    data.setNumRows(24)
    vertex, normal = GeomVertexWriter(data, "vertex"), GeomVertexWriter(data, "normal")
    colour, place = GeomVertexWriter(data, "color"), GeomVertexWriter(data, "texcoord")
    triangles = GeomTriangles(Geom.UHStatic)
    for side, (n, a, b) in enumerate(_SIDES):
        wide = sum(abs(a[i]) * size[i] for i in range(3))
        high = sum(abs(b[i]) * size[i] for i in range(3))
        for p, q in _CORNERS:
            x, y, z = (0.5 * size[i] * (n[i] + p * a[i] + q * b[i]) for i in range(3))
            vertex.addData3(x, y, z + 0.5 * size[2])
            normal.addData3(*n)
            colour.addData4(1, 1, 1, 1)
            place.addData2(0.5 * wide * (p + 1), 0.5 * high * (q + 1))
        first = 4 * side
        triangles.addVertices(first, first + 1, first + 2)
        triangles.addVertices(first, first + 2, first + 3)
    geom = Geom(data)
    geom.addPrimitive(triangles)
    node = GeomNode("box")
    node.addGeom(geom)
    return node
