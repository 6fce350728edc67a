"""Owns the rock that comes loose from a rim: its middle is at the origin, so that it may tumble."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.plan import noise
from vr_runtime.stage.models.mesh import Mesh, floats
from vr_runtime.stage.models.shapes import ball, softened

_RADII_M = (0.50, 0.40, 0.34)
_EDGE_DEG = 20.0


def build() -> NodePath:
    """The rock as a node to be written: a broken block of pale limestone, 1 m long."""
    root = NodePath("rock")
    faces, _ = ball((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 9, 6)
    bumps = 1.0 + 0.13 * noise(faces[..., 0] * 2.3 + 5.0, faces[..., 1:].sum(-1) * 2.3, 121)
    # a few planes have cut it
    for way in np.random.default_rng(17).normal(size=(9, 3)):
        off = (faces * (way / np.linalg.norm(way))).sum(-1) * bumps
        bumps = bumps * np.where(off > 0.74, 0.74 / np.maximum(off, 1e-6), 1.0)
    shaped = floats(faces * bumps[..., None] * np.asarray(_RADII_M))
    stone = Mesh()
    stone.add(
        shaped,
        normals=softened(shaped, _EDGE_DEG),
        colour=(0.98, 0.95, 0.90),
        open_to_sky=0.85,
        picture="rock",
    )
    stone.nodes("stone", "layered").reparentTo(root)
    return root
