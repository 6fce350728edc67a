"""Owns the landing before a lift, without the wall that has the doors: walls, floor, things."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.lift.cabin import FOR_MOVERS
from vr_runtime.stage.models.lift.plan import (
    DADO,
    HALF_LANDING_M,
    LANDING_DEEP_M,
    LANDING_HIGH_M,
    OAK,
    PLASTER,
    WALL_M,
    WHITE,
    landing_light,
)
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet
from vr_runtime.stage.panda.resting.houseplant import houseplant

DADO_M = 1.05
WINDOW_Y, WINDOW_Z = (-3.3, -1.5), (0.95, 2.25)
STAIRS_Y = (-2.35, -1.35)
DOOR_HIGH_M = 2.05


def build() -> NodePath:
    """The landing as a node to be written."""
    root = NodePath("landing")
    room, leaves = Furnisher(landing_light()), Mesh()
    _shell(room)
    _window(room)
    _stairs(room)
    _lamps(room)
    _bench(room)
    pot = ((1.72, -0.62, 0.0), (2.08, -0.26, 0.36))
    houseplant(room, leaves, pot, pot=(0.45, 0.47, 0.48))
    _mat(room)
    room.mesh.nodes("landing", "layered").reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True).reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root


def _shell(room: Furnisher) -> None:
    x, y, high = HALF_LANDING_M, LANDING_DEEP_M, LANDING_HIGH_M
    floor = sheet((-x, -y, 0), (2 * x, 0, 0), (0, y + WALL_M, 0), 0.13)
    room.add(floor, "tile", (0.80, 0.785, 0.755), uv=floor[..., :2] / 2.4)
    room.add(sheet((-x, 0, high), (2 * x, 0, 0), (0, -y, 0), 0.22), "plain", WHITE)
    for py in (-1.1, -3.0):
        frame = ((-0.57, py - 0.30, high - 0.012), (0.57, py + 0.30, high))
        room.block(frame, "plain", (0.80, 0.80, 0.80), 0.4)
        lit = sheet((-0.55, py + 0.28, high - 0.013), (1.1, 0, 0), (0, -0.56, 0), 1)
        room.mesh.add(lit, colour=(1.0, 0.995, 0.97))
    (w0, w1), (z0, z1) = WINDOW_Y, WINDOW_Z
    west = [
        (-y, w0, 0.0, high),
        (w1, 0.0, 0.0, high),
        (w0, w1, 0.0, z0),
        (w0, w1, z1, high),
    ]
    for a, b, low, top in west:
        _painted(room, (-x, a, 0), (0, b - a, 0), low, top)
    s0, s1 = STAIRS_Y
    for a, b, low, top in ((-y, s0, 0.0, high), (s1, 0.0, 0.0, high), (s0, s1, DOOR_HIGH_M, high)):
        _painted(room, (x, b, 0), (0, a - b, 0), low, top)
    _painted(room, (x, -y, 0), (-2 * x, 0, 0), 0.0, high)
    edge = 0.014
    grey = (0.36, 0.37, 0.38)
    for low_c, high_c in (
        ((-x, -y, 0.0), (x, -y + edge, 0.09)),
        ((-x, -y, 0.0), (-x + edge, 0.0, 0.09)),
        ((x - edge, -y, 0.0), (x, s0, 0.09)),
        ((x - edge, s1, 0.0), (x, 0.0, 0.09)),
    ):
        room.block((low_c, high_c), "plain", grey, 0.2)


def _painted(
    room: Furnisher,
    origin: tuple[float, float, float],
    along: tuple[float, float, float],
    low: float,
    top: float,
) -> None:
    """A piece of wall: a darker dado, a thin line, plaster above."""
    ox, oy, _ = origin
    for z0, z1, colour in (
        (low, min(top, DADO_M), DADO),
        (max(low, DADO_M), min(top, DADO_M + 0.02), (0.42, 0.47, 0.48)),
        (max(low, DADO_M + 0.02), top, PLASTER),
    ):
        if z1 - z0 > 1e-6:
            step = 0.16 if z1 - z0 > 0.1 else 0.4
            room.add(sheet((ox, oy, z0), along, (0, 0, z1 - z0), step), "plain", colour)


def _window(room: Furnisher) -> None:
    """Panes of obscured glass with the day behind them."""
    x, (y0, y1), (z0, z1) = -HALF_LANDING_M, WINDOW_Y, WINDOW_Z
    back = x - 0.10
    rows = np.linspace(z0, z1, 7)
    for low, high in pairwise(rows):
        part = (low - z0) / (z1 - z0)
        colour = np.asarray((0.80, 0.86, 0.90)) + part * np.asarray((0.15, 0.11, 0.09))
        room.mesh.add(
            sheet((back, y1, low), (0, y0 - y1, 0), (0, 0, high - low), 0.5), colour=colour
        )
    for face in (
        sheet((x, y1, z0), (-0.1, 0, 0), (0, 0, z1 - z0), 0.3),
        sheet((back, y0, z0), (0.1, 0, 0), (0, 0, z1 - z0), 0.3),
        sheet((x, y0, z1), (-0.1, 0, 0), (0, y1 - y0, 0), 0.3),
    ):
        room.mesh.add(face, colour=(0.94, 0.94, 0.93))
    for a in np.linspace(y0, y1, 4):
        room.mesh.box(
            (back, a - 0.022, z0),
            (back + 0.045, a + 0.022, z1),
            colour=(0.90, 0.90, 0.89),
            bottom=True,
        )
    for z in (z0 + 0.022, z0 + 0.9, z1 - 0.022):
        room.mesh.box(
            (back, y0, z - 0.022),
            (back + 0.045, y1, z + 0.022),
            colour=(0.88, 0.88, 0.87),
            bottom=True,
        )
    room.block(
        ((x - 0.10, y0 - 0.04, z0 - 0.03), (x + 0.10, y1 + 0.04, z0)),
        "stone",
        (0.9, 0.89, 0.86),
        0.2,
    )


def _stairs(room: Furnisher) -> None:
    """The door to the stairs at the right: the way out on foot, with its lit sign."""
    x, (y0, y1) = HALF_LANDING_M, STAIRS_Y
    for a, b in ((y0, y0 + 0.06), (y1 - 0.06, y1)):
        room.block(
            ((x - 0.03, a, 0.0), (x + 0.06, b, DOOR_HIGH_M)), "plain", (0.44, 0.47, 0.48), 0.2
        )
    room.block(
        ((x - 0.03, y0, DOOR_HIGH_M), (x + 0.06, y1, DOOR_HIGH_M + 0.06)),
        "plain",
        (0.44, 0.47, 0.48),
        0.2,
    )
    room.block(
        ((x - 0.006, y0 + 0.06, 0.004), (x + 0.05, y1 - 0.06, DOOR_HIGH_M)), "wood", OAK, 0.2
    )
    pane = ((x - 0.010, y0 + 0.38, 1.15), (x, y1 - 0.38, 1.80))
    room.block(pane, "plain", (0.62, 0.70, 0.73), 0.2)
    bar, normals = tube([(x - 0.06, y0 + 0.16, 1.02), (x - 0.06, y1 - 0.16, 1.02)], 0.014, 10)
    room.add(bar, "steel", (0.85, 0.86, 0.86), normals)
    sign = ((x - 0.035, (y0 + y1) / 2 - 0.20, 2.22), (x, (y0 + y1) / 2 + 0.20, 2.40))
    room.mesh.box(*sign, colour=(0.16, 0.55, 0.36), bottom=True)
    # a figure, a doorway and an arrow, white on green
    cy, front = (y0 + y1) / 2, x - 0.036
    for u0, u1, v0, v1 in (
        (-0.16, -0.07, 0.03, 0.15),
        (-0.03, 0.02, 0.03, 0.11),
        (0.05, 0.13, 0.075, 0.10),
    ):
        face = [
            (front, cy - u0, 2.22 + v0),
            (front, cy - u1, 2.22 + v0),
            (front, cy - u1, 2.22 + v1),
            (front, cy - u0, 2.22 + v1),
        ]
        room.mesh.add([face], colour=(0.96, 1.0, 0.97))
    tip = [
        (front, cy - 0.12, 2.22 + 0.055),
        (front, cy - 0.16, 2.22 + 0.0875),
        (front, cy - 0.16, 2.22 + 0.0875),
        (front, cy - 0.12, 2.22 + 0.12),
    ]
    room.mesh.add([tip], colour=(0.96, 1.0, 0.97))


def _lamps(room: Furnisher) -> None:
    """Two lamps on the wall that whoever comes out of the lift sees."""
    y = -LANDING_DEEP_M
    for x in (-1.25, 1.25):
        room.block(
            ((x - 0.05, y, 1.72), (x + 0.05, y + 0.03, 1.98)), "steel", (0.75, 0.76, 0.77), 0.1
        )
        faces, normals = ball((x, y + 0.11, 1.85), (0.085, 0.085, 0.115), 18, 10)
        room.mesh.add(faces, normals=normals, colour=(1.0, 0.97, 0.88))


def _bench(room: Furnisher) -> None:
    """A bench below the window."""
    x0, x1 = -2.18, -1.78
    for k in range(4):
        a = x0 + k * (x1 - x0 + 0.01) / 4
        room.block(((a, -3.45, 0.42), (a + 0.09, -2.15, 0.455)), "wood", OAK, 0.15)
    for y in (-3.25, -2.35):
        for x in (x0 + 0.03, x1 - 0.06):
            room.block(
                ((x, y - 0.018, 0.0), (x + 0.035, y + 0.018, 0.42)),
                "steel",
                (0.42, 0.43, 0.44),
                0.2,
            )
        room.block(
            ((x0 + 0.03, y - 0.018, 0.385), (x1 - 0.03, y + 0.018, 0.42)),
            "steel",
            (0.42, 0.43, 0.44),
            0.2,
        )


def _mat(room: Furnisher) -> None:
    """A mat before the doors."""
    mat = sheet((-0.75, -1.25, 0.008), (1.5, 0, 0), (0, 0.95, 0), 0.12)
    room.add(mat, "fabric", (0.40, 0.41, 0.44))
    for low, high in (
        ((-0.77, -1.27, 0), (0.77, -1.25, 0.010)),
        ((-0.77, -0.30, 0), (0.77, -0.28, 0.010)),
        ((-0.77, -1.27, 0), (-0.75, -0.28, 0.010)),
        ((0.75, -1.27, 0), (0.77, -0.28, 0.010)),
    ):
        room.block((low, high), "plain", (0.22, 0.23, 0.24), 0.3)
