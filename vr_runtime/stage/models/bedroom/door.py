"""Owns the door of the bedroom, its hinge at the origin; it lies along x when it is shut."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.plan import DOOR_HEAD, DOOR_X, WHITE
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube

THICK_M = 0.04
OPEN_TO_SKY = 0.06


def build() -> NodePath:
    """The door as a node to be written."""
    root, leaf = NodePath("door"), Mesh()
    wide, high = DOOR_X[1] - DOOR_X[0] - 0.008, DOOR_HEAD - 0.006
    worn = np.asarray(WHITE) * 0.97
    leaf.box((0.004, 0.0, 0.008), (wide, THICK_M, high), colour=worn, open_to_sky=OPEN_TO_SKY,
             bottom=True)  # fmt: skip
    for low, top in ((0.16, 0.92), (1.08, high - 0.16)):
        for side, out in ((0.0, -0.011), (THICK_M, 0.011)):
            y0, y1 = min(side, side + out), max(side, side + out)
            for box in (
                ((0.12, y0, low), (wide - 0.12, y1, low + 0.03)),
                ((0.12, y0, top - 0.03), (wide - 0.12, y1, top)),
                ((0.12, y0, low), (0.15, y1, top)),
                ((wide - 0.15, y0, low), (wide - 0.12, y1, top)),
            ):
                leaf.box(*box, colour=worn * 0.90, open_to_sky=OPEN_TO_SKY)
    for y in (-0.045, THICK_M + 0.045):
        inner = -0.0 if y < 0 else THICK_M
        for path, radius in (
            ([(wide - 0.06, inner, 1.0), (wide - 0.06, y, 1.0)], 0.009),
            ([(wide - 0.05, y, 1.0), (wide - 0.18, y, 1.0)], 0.009),
        ):
            grip, normals = tube(path, radius, 10)
            leaf.add(grip, normals=normals, colour=(0.62, 0.52, 0.36), open_to_sky=OPEN_TO_SKY)
    leaf.nodes("leaf", "layered").reparentTo(root)
    return root
