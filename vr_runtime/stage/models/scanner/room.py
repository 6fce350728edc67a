"""Owns the scanner's room as a model: a place with its light kept in its vertices."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.scanner import plan
from vr_runtime.stage.models.scanner.control import control
from vr_runtime.stage.models.scanner.gantry import gantry
from vr_runtime.stage.models.scanner.shell import shell
from vr_runtime.stage.models.scanner.things import things
from vr_runtime.stage.panda.resting.furnisher import Furnisher

FOR_MOVERS = {
    "sun_colour": (0.30, 0.29, 0.27),
    "sun_towards": (0.0, 0.30, 0.954),
    "sky_zenith": (0.70, 0.69, 0.66),
    "sky_horizon": (0.72, 0.71, 0.68),
    "ground_colour": (0.56, 0.54, 0.50),
}
"""The light on whatever is put into the room: from the ceiling, and back from walls and floor."""


def build() -> NodePath:
    """The room as a node to be written."""
    root = NodePath("scanner room")
    room, panes = Furnisher(plan.light()), Mesh()
    shell(room, panes)
    control(room)
    gantry(room)
    things(room)
    room.mesh.nodes("room", "layered").reparentTo(root)
    panes.nodes("panes", "glass").reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root
