"""Owns a shutter of slats outside the window, its hinge at the origin; shut, it lies along -x."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.plan import WINDOW_X, WINDOW_Z
from vr_runtime.stage.models.mesh import Mesh

WIDE_M = (WINDOW_X[1] - WINDOW_X[0]) / 2
GREEN = (0.34, 0.46, 0.44)


def build() -> NodePath:
    """The shutter as a node to be written."""
    root, leaf = NodePath("shutter"), Mesh()
    high = WINDOW_Z[1] - WINDOW_Z[0]
    for box in (
        ((-WIDE_M, 0.0, 0.0), (-WIDE_M + 0.07, 0.035, high)),
        ((-0.07, 0.0, 0.0), (0.0, 0.035, high)),
        ((-WIDE_M, 0.0, 0.0), (0.0, 0.035, 0.08)),
        ((-WIDE_M, 0.0, high - 0.08), (0.0, 0.035, high)),
        ((-WIDE_M, 0.0, high / 2 - 0.04), (0.0, 0.035, high / 2 + 0.04)),
    ):
        leaf.box(*box, colour=GREEN, open_to_sky=0.7, bottom=True)
    for z in np.arange(0.10, high - 0.10, 0.055):
        slat = [[(-WIDE_M + 0.07, 0.002, z), (-0.07, 0.002, z),
                 (-0.07, 0.030, z + 0.048), (-WIDE_M + 0.07, 0.030, z + 0.048)]]  # fmt: skip
        faces = np.asarray(slat, dtype=np.float32)
        leaf.add(faces, colour=np.asarray(GREEN) * 0.9, open_to_sky=0.6)
        leaf.add(faces[:, ::-1], colour=np.asarray(GREEN) * 0.9, open_to_sky=0.6)
    leaf.nodes("leaf", "layered").reparentTo(root)
    return root
