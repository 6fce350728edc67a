"""Owns a planned room as it is shown: its shell, and the panel of light in its ceiling."""

from __future__ import annotations

import numpy as np
from panda3d.core import LVecBase3f, NodePath

from vr_runtime.stage.models.gltf import Part, Surface
from vr_runtime.stage.models.room import PANEL_HIGH_M, PANEL_M, built
from vr_runtime.stage.panda.own_models import clothe, geometry
from vr_runtime.stage.rooms import Plan

GLOW = (0.96, 0.94, 0.90)
"""Linear light of the panel itself, as it is seen."""
RIM_M = 0.02
WITHIN = {
    "sun_colour": (0.0, 0.0, 0.0),
    "sky_zenith": (0.98, 0.965, 0.93),
    "sky_horizon": (0.98, 0.965, 0.93),
    "ground_colour": (1.03, 1.00, 0.94),
}
"""The same soft light from everywhere, at any hour; the sun never comes in."""


def lit_within(holder: NodePath) -> None:
    """Have a room, and all that stands in it, in the light of a room."""
    for name, colour in WITHIN.items():
        holder.setShaderInput(name, LVecBase3f(*colour))


def indoors(plan: Plan) -> NodePath:
    """The room of a plan, ready to be hung up."""
    root = built(plan)
    half = min(PANEL_M, plan.size[0] / 3, plan.size[1] / 3) / 2 - RIM_M
    z = plan.size[2] - PANEL_HIGH_M - 0.002
    corners = [(-half, -half, z), (-half, half, z), (half, half, z), (half, -half, z)]
    panel = Part(
        np.asarray(corners, dtype=np.float32),
        np.tile(np.asarray([(0, 0, -1)], dtype=np.float32), (4, 1)),
        np.zeros((4, 2), dtype=np.float32),
        np.ones((4, 3), dtype=np.float32),
        np.asarray([0, 1, 2, 0, 2, 3], dtype=np.uint32),
        Surface(),
    )
    node = root.attachNewNode(geometry(panel, "panel"))
    clothe(node, Surface(emissive=GLOW, metallic=0.0), None)
    return root
