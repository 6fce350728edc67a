"""Owns the bedroom as a model: a place that the stage's lamps light, with a street outside."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.furniture import furniture
from vr_runtime.stage.models.bedroom.outside import outside
from vr_runtime.stage.models.bedroom.plan import Fitter, Reach
from vr_runtime.stage.models.bedroom.shell import panes, shell
from vr_runtime.stage.models.bedroom.things import curtains, things
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh


def build() -> NodePath:
    """The bedroom as a node to be written; "power" at 1 while street and houses have light."""
    root = NodePath("bedroom")
    room, cloth = Fitter(Reach()), Mesh()
    for add in (shell, furniture, things):
        add(room)
    curtains(cloth, room)
    garden, leaves, dark, lit, glow = Mesh(), Mesh(), Mesh(), Mesh(), Mesh()
    outside(garden, leaves, dark, lit, glow)
    room.mesh.nodes("room", "layered").reparentTo(root)
    cloth.nodes("curtains", "rope", moving=True).reparentTo(root)
    panes().nodes("panes", "glass").reparentTo(root)
    garden.nodes("outside", "layered").reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True).reparentTo(root)
    for mesh, material, shown in (
        (dark, "layered", (0.0, 0.4999)),
        (lit, "layered", (0.5, 1.0)),
        (glow, "glow", (0.5, 1.0)),
    ):
        node = mesh.nodes(f"{material} {shown[0]}", material, moving=material == "glow")
        node.setTag(DRIVE, driving("power", "show", *shown))
        node.reparentTo(root)
    return root
