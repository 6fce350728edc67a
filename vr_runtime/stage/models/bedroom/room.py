"""Owns the bedroom as a model: a place that the stage's lamps light, with a street outside."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.furniture import furniture
from vr_runtime.stage.models.bedroom.outside import outside
from vr_runtime.stage.models.bedroom.plan import Fitter, Reach
from vr_runtime.stage.models.bedroom.shell import panes, shell
from vr_runtime.stage.models.bedroom.things import curtains, paper_ball, things
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh


def build() -> NodePath:
    """The bedroom as a node to be written.

    "power" is 1 while the street has light, "lamp" while the lamp in the ceiling is on.
    """
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
    off, on = (0.0, 0.4999), (0.5, 1.0)
    for name, mesh, material, told, shown in (
        ("dark panes", dark, "layered", "power", off),
        ("lit panes", lit, "layered", "power", on),
        ("street lamps", glow, "glow", "power", on),
        ("paper", paper_ball(lit=False), "layered", "lamp", off),
        ("lit paper", paper_ball(lit=True), "layered", "lamp", on),
    ):
        node = mesh.nodes(name, material, moving=material == "glow")
        node.setTag(DRIVE, driving(told, "show", *shown))
        node.reparentTo(root)
    return root
