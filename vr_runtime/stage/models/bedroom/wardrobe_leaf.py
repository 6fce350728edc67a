"""Owns the leaf of the wardrobe that may open, its hinge at the origin; shut, it lies along -y."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.furniture import LEAF_M
from vr_runtime.stage.models.bedroom.plan import WARDROBE, WHITE
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball

OPEN_TO_SKY = 0.10


def build() -> NodePath:
    """The leaf as a node to be written; its foot is on the floor's height plus 6 cm."""
    root, leaf = NodePath("wardrobe leaf"), Mesh()
    tint, wide, high = np.asarray(WHITE) * 0.90, LEAF_M, WARDROBE[1][2] - 0.13
    leaf.box((-0.02, -wide, 0.0), (0.0, 0.0, high), colour=tint, open_to_sky=OPEN_TO_SKY,
             bottom=True)  # fmt: skip
    for low, top in ((0.10, 0.86), (0.96, high - 0.10)):
        for box in (
            ((0.0, -wide + 0.09, low), (0.011, -0.09, low + 0.026)),
            ((0.0, -wide + 0.09, top - 0.026), (0.011, -0.09, top)),
            ((0.0, -wide + 0.09, low), (0.011, -wide + 0.116, top)),
            ((0.0, -0.116, low), (0.011, -0.09, top)),
        ):
            leaf.box(*box, colour=tint * 0.92, open_to_sky=OPEN_TO_SKY)
    knob, normals = ball((0.022, -wide + 0.045, 0.96), 0.016, 12, 6)
    leaf.add(knob, normals=normals, colour=(0.70, 0.58, 0.38), open_to_sky=OPEN_TO_SKY)
    leaf.nodes("leaf", "layered").reparentTo(root)
    return root
