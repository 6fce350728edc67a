"""Owns a drop that runs down a pane, with the trail it leaves above; its foot is the origin."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.drops import drop
from vr_runtime.stage.models.mesh import Mesh

TRAIL_M = 0.16


def build() -> NodePath:
    """The drop as a node to be written."""
    root, mesh = NodePath("runnel"), Mesh()
    drop(mesh, (0.0, 0.006), 0.0042, 0.0062)
    u = np.linspace(0.0, 1.0, 7)
    bend = 0.0022 * np.sin(7.0 * u)
    half = 0.0022 * (1.0 - u) + 0.0004
    low, high = slice(None, -1), slice(1, None)

    def at(part: slice, side: float) -> np.ndarray:
        z = 0.008 + TRAIL_M * u[part]
        return np.stack([bend[part] + side * half[part], 0.0 * z + 0.0004, z], axis=-1)

    faces = np.stack([at(low, -1.0), at(low, 1.0), at(high, 1.0), at(high, -1.0)], axis=1)
    tint = np.broadcast_to(np.asarray((0.44, 0.48, 0.52)), faces.shape)
    mesh.add(faces, colour=tint, open_to_sky=0.7)
    mesh.nodes("runnel", "layered").reparentTo(root)
    return root
