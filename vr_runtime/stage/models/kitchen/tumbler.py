"""Owns a wide drinking glass that stands upside down, its rim at the origin."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.contact import contact
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.kitchen.gleam import gleam, ring
from vr_runtime.stage.models.kitchen.things import wheel
from vr_runtime.stage.models.mesh import Mesh

RADIUS_M, HIGH_M = 0.078, 0.112


def build() -> NodePath:
    """The glass as a node to be written; "down" at 1 when it stands, with its shadow."""
    root = NodePath("tumbler")
    wall, rim, foot = Mesh(), Mesh(), Mesh()
    profile = [(RADIUS_M, 0.003), (0.0765, 0.03), (0.073, 0.07), (0.068, 0.098), (0.062, 0.106)]
    faces, normals = wheel((0.0, 0.0, 0.0), profile, 44)
    wall.add(faces, normals=normals, open_to_sky=1.0)
    edge = [(0.0760, 0.0030), (0.0770, 0.0006), (0.0788, 0.0006), (0.0790, 0.0032)]
    faces, normals = wheel((0.0, 0.0, 0.0), edge, 44)
    rim.add(faces, normals=normals, open_to_sky=0.30)
    base = [(0.0640, 0.1040), (0.0620, HIGH_M), (0.0540, HIGH_M), (0.050, 0.1085), (0.0, 0.1085)]
    faces, normals = wheel((0.0, 0.0, 0.0), base, 44)
    foot.add(faces, normals=normals, open_to_sky=0.72)
    for mesh, name in ((wall, "wall"), (rim, "rim"), (foot, "base")):
        mesh.nodes(name, "glass").reparentTo(root)
    gleam(profile[1:4]).reparentTo(root)
    # thick glass holds light in its edges: the rim below, and the foot that looks up
    for radius, z, thick in ((0.0782, 0.0022, 0.0030), (0.0600, HIGH_M, 0.0042)):
        ring(radius, z, thick, f"ring at {z}").reparentTo(root)
    below = contact((0.140, 0.105), dark=0.30, aside=(0.030, 0.006), above=0.0006)
    below.setTag(DRIVE, driving("down", "show", 0.5, 1.0))
    below.reparentTo(root)
    return root
