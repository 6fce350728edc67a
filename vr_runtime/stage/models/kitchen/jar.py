"""Owns a preserving jar with its lid, its foot at the origin; knows nothing of what is in it."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.contact import contact
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.kitchen.gleam import gleam, ring
from vr_runtime.stage.models.kitchen.things import wheel
from vr_runtime.stage.models.mesh import Mesh

RADIUS_M, HIGH_M = 0.075, 0.16
_WALL = [
    (0.066, 0.004),
    (0.074, 0.012),
    (RADIUS_M, 0.03),
    (RADIUS_M, 0.112),
    (0.070, 0.126),
    (0.060, 0.136),
    (0.060, 0.148),
]


def build() -> NodePath:
    """The jar as a node to be written; its value "lid" takes the lid off at 0."""
    root = NodePath("jar")
    foot, rim, glass, lid = Mesh(), Mesh(), Mesh(), Mesh()
    faces, normals = wheel((0.0, 0.0, 0.0), _WALL, 40)
    glass.add(faces, normals=normals, open_to_sky=1.0)
    faces, normals = wheel((0.0, 0.0, 0.0), [(0.05, 0.0015), (0.068, 0.001), (0.072, 0.007)], 40)
    foot.add(faces, normals=normals, open_to_sky=0.35)
    faces, normals = wheel((0.0, 0.0, 0.0), [(0.061, 0.145), (0.0625, 0.148), (0.060, 0.150)], 40)
    rim.add(faces, normals=normals, open_to_sky=0.35)
    profile = [(0.066, 0.137), (0.0675, 0.139), (0.0675, 0.154), (0.0655, 0.157), (0.0, 0.158)]
    faces, normals = wheel((0.0, 0.0, 0.0), profile, 40)
    lid.add(faces, normals=normals, picture="steel", colour=(0.80, 0.70, 0.50))
    below, normals = wheel((0.0, 0.0, 0.0), [(0.0, 0.1375), (0.066, 0.137)], 40)
    lid.add(below[:, ::-1], normals=-normals[:, ::-1], colour=(0.62, 0.56, 0.45), open_to_sky=0.6)
    for mesh, name in ((foot, "foot"), (rim, "rim"), (glass, "wall")):
        mesh.nodes(name, "glass").reparentTo(root)
    cover = lid.nodes("cover", "mover")
    cover.setTag(DRIVE, driving("lid", "show", 0.5, 1.0))
    cover.reparentTo(root)
    gleam(_WALL[2:4], "gleam").reparentTo(root)
    ring(0.0735, 0.006, 0.0022).reparentTo(root)
    contact((0.135, 0.10), dark=0.40, aside=(0.03, 0.0), above=0.0004).reparentTo(root)
    return root
