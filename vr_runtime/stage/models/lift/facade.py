"""Owns a tower of fifty-eight floors with a mast for a lift before its front; knows no lift.

Its front is at y = 0 and looks along y, its ground at z = 0; the mast is at x = 0.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh, Wear
from vr_runtime.stage.models.shapes import tube

STOREY_M, FLOORS = 3.0, 58
WEST_M, EAST_M, DEEP_M = -3.15, 18.85, 19.8
MAST_Y = 0.30
"""How far before the front the rails of the mast stand."""
GLASS_M = 3.2


def build() -> NodePath:
    """The tower as a node to be written."""
    root = NodePath("facade")
    top = STOREY_M * FLOORS
    walls = Mesh()
    _walls(walls, top)
    _bands(walls, top)
    _mast(walls, top)
    walls.nodes("tower", "layered", tile_m=40.0).reparentTo(root)
    return root


def _walls(walls: Mesh, top: float) -> None:
    x0, x1, y = WEST_M, EAST_M, -DEEP_M
    scale = np.asarray((4 * GLASS_M, 4 * STOREY_M))
    for a, b in (
        ((x0, 0.0), (x1, 0.0)),
        ((x1, 0.0), (x1, y)),
        ((x1, y), (x0, y)),
        ((x0, y), (x0, 0.0)),
    ):
        # seen from outside: corners run against the clock there
        (ax, ay), (bx, by) = b, a
        long = abs(bx - ax) + abs(by - ay)
        pieces = max(1, round(top / 12.0))
        for k in range(pieces):
            low, high = top * k / pieces, top * (k + 1) / pieces
            face = [(ax, ay, low), (bx, by, low), (bx, by, high), (ax, ay, high)]
            flat = np.asarray([(0.0, low), (long, low), (long, high), (0.0, high)]) / scale
            walls.add([face], picture="facade_curtain", uv=[flat], open_to_sky=0.8)
    walls.add(
        [[(x0, y, top), (x1, y, top), (x1, 0.0, top), (x0, 0.0, top)]],
        picture="gravel",
    )


def _bands(walls: Mesh, top: float) -> None:
    """The edge of each floor, a base of stone, a parapet, and posts from ground to roof."""
    concrete: Wear = {"picture": "concrete", "colour": (0.82, 0.81, 0.79)}
    for storey in range(1, FLOORS):
        z = storey * STOREY_M
        walls.box(
            (WEST_M - 0.12, -0.2, z - 0.30),
            (EAST_M + 0.12, 0.14, z),
            bottom=True,
            open_to_sky=0.85,
            **concrete,
        )
    for x in np.linspace(WEST_M, EAST_M, 9):
        if abs(x) > 1.2:
            walls.box((x - 0.14, -0.1, 0.0), (x + 0.14, 0.20, top), open_to_sky=0.85, **concrete)
    walls.box(
        (WEST_M - 0.1, -0.3, 0.0),
        (EAST_M + 0.1, 0.10, 0.5),
        picture="stone",
        colour=(0.72, 0.70, 0.66),
    )
    for low, high in (
        ((WEST_M - 0.15, -0.25, top), (EAST_M + 0.15, 0.15, top + 1.0)),
        ((WEST_M - 0.15, -DEEP_M, top), (WEST_M + 0.15, 0.0, top + 1.0)),
        ((EAST_M - 0.15, -DEEP_M, top), (EAST_M + 0.15, 0.0, top + 1.0)),
    ):
        walls.box(low, high, **concrete)


def _mast(walls: Mesh, top: float) -> None:
    """Two rails with ties to each floor, and the ropes between them."""
    steel: Wear = {"picture": "steel", "colour": (0.55, 0.57, 0.59)}
    for x in (-0.62, 0.62):
        walls.box(
            (x - 0.07, MAST_Y - 0.09, -0.2),
            (x + 0.07, MAST_Y + 0.05, top - 1.0),
            open_to_sky=0.9,
            **steel,
        )
    for storey in range(1, FLOORS):
        z = storey * STOREY_M - 0.15
        walls.box(
            (-0.72, 0.10, z - 0.06),
            (0.72, MAST_Y - 0.05, z + 0.06),
            bottom=True,
            open_to_sky=0.8,
            **steel,
        )
    for x in (-0.12, -0.04, 0.04, 0.12):
        faces, normals = tube([(x, MAST_Y + 0.02, 0.0), (x, MAST_Y + 0.02, top - 0.6)], 0.009, 6)
        walls.add(faces, normals=normals, picture="steel", colour=(0.30, 0.31, 0.33))
    walls.box((-0.9, -0.2, top - 1.0), (0.9, MAST_Y + 0.4, top - 0.5), bottom=True, **steel)
