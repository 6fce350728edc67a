"""Owns the kitchen as a model: a place with daylight kept in its vertices, and a garden outside."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.kitchen import plan
from vr_runtime.stage.models.kitchen.shadows import shadows
from vr_runtime.stage.models.kitchen.shell import shell
from vr_runtime.stage.models.kitchen.things import furniture
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.furnisher import Furnisher
from vr_runtime.stage.panda.resting.garden import garden

FOR_MOVERS = {
    "sun_colour": (0.62, 0.60, 0.56),
    "sun_towards": (-0.80, 0.22, 0.56),
    "sky_zenith": (0.66, 0.67, 0.68),
    "sky_horizon": (0.68, 0.68, 0.68),
    "ground_colour": (0.50, 0.46, 0.41),
}
"""The light on whatever is put into the kitchen: from the window at the left, from above, and some
from the table below."""


def build() -> NodePath:
    """The kitchen as a node to be written."""
    root = NodePath("kitchen")
    room, leaves = Furnisher(plan.daylight()), Mesh()
    shell(room)
    furniture(room)
    outside = Mesh()
    garden(outside, leaves)
    room.mesh.nodes("room", "layered").reparentTo(root)
    outside.nodes("outside", "layered").reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True).reparentTo(root)
    shadows().nodes("below", "shade", moving=True).reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root
