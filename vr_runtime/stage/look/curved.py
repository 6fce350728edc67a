"""Owns a curved surface of triangles, as a ball or a part of one; knows not what is seen on it."""

from __future__ import annotations

from collections.abc import Callable

from panda3d.core import Geom, GeomTriangles, GeomVertexData, GeomVertexFormat, GeomVertexWriter

from scenarios.api.stage import Vec


def curved(name: str, rows: int, columns: int, point: Callable[[float, float], Vec]) -> Geom:
    """Rows by columns of squares, each of two triangles.

    Args:
        name: of its vertices.
        rows: squares from top to bottom, 1 or more.
        columns: squares from one side to the other, 1 or more.
        point: where a corner is, by how far down and along it lies, 0 to 1 each.
    """
    data = GeomVertexData(name, GeomVertexFormat.getV3(), Geom.UHStatic)
    writer = GeomVertexWriter(data, "vertex")
    for down in range(rows + 1):
        for along in range(columns + 1):
            writer.addData3(*point(down / rows, along / columns))
    faces = GeomTriangles(Geom.UHStatic)
    for down in range(rows):
        for along in range(columns):
            a = down * (columns + 1) + along
            b = a + columns + 1
            faces.addVertices(a, b, a + 1)
            faces.addVertices(a + 1, b, b + 1)
    geom = Geom(data)
    geom.addPrimitive(faces)
    return geom
