"""Owns the streaks of rain around whoever looks; knows neither weather nor time."""

from __future__ import annotations

import numpy as np
from panda3d.core import (
    Geom,
    GeomEnums,
    GeomNode,
    GeomTriangles,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    InternalName,
    NodePath,
    OmniBoundingVolume,
    TransparencyAttrib,
)

from vr_runtime.stage.look.programs import programs

MOST_STREAKS = 3000
"""Streaks in the air around the eye, 16 by 16 by 10 m, in the heaviest rain."""


def rain(root: NodePath, streaks: int) -> NodePath:
    """Put `streaks` streaks below `root`; how many fall, and how, is told by uniforms of `root`."""
    random = np.random.default_rng(4711)
    own = np.sort(random.random(streaks)).astype(np.float32)
    rows = np.zeros((streaks, 4, 6), dtype=np.float32)
    rows[..., :3] = random.random((streaks, 1, 3))
    rows[..., 3] = (-1.0, 1.0, 1.0, -1.0)
    rows[..., 4] = (0.0, 0.0, 1.0, 1.0)
    rows[..., 5] = own[:, None]
    array = GeomVertexArrayFormat()
    array.addColumn(InternalName.getVertex(), 3, GeomEnums.NT_float32, GeomEnums.C_point)
    array.addColumn(InternalName.getTexcoord(), 3, GeomEnums.NT_float32, GeomEnums.C_texcoord)
    whole = GeomVertexFormat()
    whole.addArray(array)
    data = GeomVertexData("rain", GeomVertexFormat.registerFormat(whole), Geom.UHStatic)
    data.uncleanSetNumRows(4 * streaks)
    memoryview(data.modifyArray(0)).cast("B")[:] = rows.tobytes()
    index = 4 * np.arange(streaks, dtype=np.uint32)[:, None] + np.asarray([0, 1, 2, 0, 2, 3])
    triangles = GeomTriangles(Geom.UHStatic)
    triangles.setIndexType(GeomEnums.NT_uint32)
    corners = triangles.modifyVertices()
    corners.uncleanSetNumRows(6 * streaks)
    memoryview(corners).cast("B")[:] = index.astype(np.uint32).tobytes()
    geom = Geom(data)
    geom.addPrimitive(triangles)
    node = GeomNode("rain")
    node.addGeom(geom)
    # it goes with the eye, so it is never out of sight
    node.setBounds(OmniBoundingVolume())
    node.setFinal(True)
    falling = root.attachNewNode(node)
    falling.setShader(programs().named("rain"))
    falling.setTransparency(TransparencyAttrib.MAlpha)
    falling.setDepthWrite(False)
    falling.setTwoSided(True)
    falling.setBin("transparent", 20)
    return falling
