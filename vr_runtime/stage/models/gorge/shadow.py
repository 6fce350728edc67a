"""Owns the shadow that a bridge throws on the bottom of the gorge; it knows no bridge."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.plan import FLOOR_M, SPAN
from vr_runtime.stage.models.mesh import Mesh

_HALF_M = 2.1
"""Half its width with its soft edge."""
_BEYOND_M = 1.5


def build() -> NodePath:
    """The shadow as a node to be written: it lies on z = 0, across the floor."""
    low, high = SPAN / 2 - FLOOR_M - _BEYOND_M, SPAN / 2 + FLOOR_M + _BEYOND_M
    root = NodePath("shadow")
    spot = Mesh()
    spot.add(
        [[(-_HALF_M, low, 0.0), (_HALF_M, low, 0.0), (_HALF_M, high, 0.0), (-_HALF_M, high, 0.0)]],
        uv=[[(-1, 0), (1, 0), (1, 0), (-1, 0)]],
        colour=(0.0, 0.0, 0.0),
        open_to_sky=0.55,
        motion=(0.0, 0.0, 0.0, 0.0),
    )
    spot.nodes("spot", "shade", moving=True).reparentTo(root)
    return root
