"""Owns a glass case with sand, bark and a stone, its foot at the origin; nobody lives in it."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.contact import framed
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, tube

WIDE_M, DEEP_M, HIGH_M = 0.42, 0.28, 0.24
SAND_M = 0.0010
"""Height of what is walked on: hardly above what it stands on, so that feet are seen whole."""
_EDGE_M = 0.007


def build() -> NodePath:
    """The case as a node to be written."""
    root = NodePath("terrarium")
    a, b = WIDE_M / 2, DEEP_M / 2
    solid, glass, edges = Mesh(), Mesh(), Mesh()
    _sand(solid, a - 0.004, b - 0.004)
    _bark(solid)
    for x in (-a, a):
        for y in (-b, b):
            low = (x - _EDGE_M / 2, y - _EDGE_M / 2, 0.0)
            solid.box(low, (x + _EDGE_M / 2, y + _EDGE_M / 2, HIGH_M), colour=(0.13, 0.13, 0.13))
    for z in (0.0, HIGH_M - _EDGE_M):
        for y in (-b, b):
            low = (-a, y - _EDGE_M / 2, z)
            solid.box(
                low, (a, y + _EDGE_M / 2, z + _EDGE_M), colour=(0.13, 0.13, 0.13), bottom=True
            )
        for x in (-a, a):
            low = (x - _EDGE_M / 2, -b, z)
            solid.box(
                low, (x + _EDGE_M / 2, b, z + _EDGE_M), colour=(0.13, 0.13, 0.13), bottom=True
            )
    panes = [
        [(-a, -b, 0.0), (a, -b, 0.0), (a, -b, HIGH_M), (-a, -b, HIGH_M)],
        [(a, -b, 0.0), (a, b, 0.0), (a, b, HIGH_M), (a, -b, HIGH_M)],
        [(a, b, 0.0), (-a, b, 0.0), (-a, b, HIGH_M), (a, b, HIGH_M)],
        [(-a, b, 0.0), (-a, -b, 0.0), (-a, -b, HIGH_M), (-a, b, HIGH_M)],
    ]
    glass.add(panes)
    lid = [(-a, -b, HIGH_M), (a, -b, HIGH_M), (a, b, HIGH_M), (-a, b, HIGH_M)]
    edges.add([lid], open_to_sky=0.9)
    solid.nodes("case", "mover").reparentTo(root)
    glass.nodes("panes", "glass").reparentTo(root)
    edges.nodes("lid", "glass").reparentTo(root)
    below = Mesh()
    framed(below, (0.006, 0.0), (a - 0.004, b - 0.002), z=0.0004, wide=0.045, dark=0.55)
    below.nodes("below", "shade", moving=True).reparentTo(root)
    return root


def _sand(mesh: Mesh, a: float, b: float) -> None:
    """Sand, level where it is walked on, with fine grain."""
    mesh.box((-a, -b, 0.0), (a, b, SAND_M), picture="plaster", colour=(0.86, 0.76, 0.60), foot=0.8)


def _bark(mesh: Mesh) -> None:
    """A piece of bark and two stones at the back."""
    path = [(-0.14, 0.08, 0.012), (-0.05, 0.095, 0.026), (0.05, 0.09, 0.024), (0.12, 0.075, 0.012)]
    wood, normals = tube(path, [0.016, 0.024, 0.022, 0.012], 12)
    tone = 0.85 + 0.3 * np.abs(np.sin(160.0 * wood[..., 0:1]))
    mesh.add(wood, normals=normals, colour=np.asarray((0.36, 0.26, 0.18)) * tone)
    for x, y, size in ((0.16, 0.05, 0.026), (-0.175, 0.02, 0.018)):
        stone, normals = ball((x, y, SAND_M + 0.3 * size), (size, 0.8 * size, 0.6 * size), 16, 10)
        mesh.add(stone, normals=normals, colour=(0.55, 0.54, 0.52))
