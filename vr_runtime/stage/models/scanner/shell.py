"""Owns what encloses the scanner's room, its door and window; not what is behind."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.scanner.plan import (
    CEILING,
    DOOR_HIGH,
    DOOR_Y,
    EAST,
    FLOOR,
    HIGH,
    NORTH,
    OAK,
    SKY_X,
    SKY_Y,
    SOUTH,
    WALL,
    WEST,
    WINDOW_X,
    WINDOW_Z,
)
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice, sheet

DADO_M = 1.02
"""Height of the boards along the walls."""
FULL = (1.0, 0.99, 0.965)


def shell(room: Furnisher, panes: Mesh) -> None:
    """Add all that encloses."""
    wide, deep = EAST - WEST, NORTH - SOUTH
    floor = sheet((WEST, SOUTH, 0), (wide, 0, 0), (0, deep, 0), 0.09)
    room.add(floor, "plaster", FLOOR)
    ceiling = sheet((WEST, NORTH, HIGH), (wide, 0, 0), (0, -deep, 0), 0.2)
    room.add(ceiling, "plain", CEILING)
    up = (0, 0, HIGH)
    room.add(sheet((EAST, NORTH, 0), (0, -deep, 0), up, 0.18), "plain", WALL)
    room.add(sheet((WEST, SOUTH, 0), (0, deep, 0), up, 0.18), "plain", WALL)
    room.add(sheet((EAST, SOUTH, 0), (-wide, 0, 0), up, 0.25), "plain", WALL)
    (x0, x1), (z0, z1) = WINDOW_X, WINDOW_Z
    for west, east, low, high in (
        (WEST, x0, 0.0, HIGH),
        (x1, EAST, 0.0, HIGH),
        (x0, x1, 0.0, z0),
        (x0, x1, z1, HIGH),
    ):
        part = sheet((west, NORTH, low), (east - west, 0, 0), (0, 0, high - low), 0.15)
        room.add(part, "plain", WALL)
    _dado(room)
    _lamps(room)
    _sky(room)
    _window(room, panes)
    _door(room)
    # a line on the floor: up to here nothing of iron
    for box in (
        ((-1.75, 2.86, 0.0), (1.75, 2.91, 0.0015)),
        ((-1.75, -2.2, 0.0), (-1.70, 2.91, 0.0015)),
        ((1.70, -2.2, 0.0), (1.75, 2.91, 0.0015)),
    ):
        room.block(box, "plain", (0.84, 0.70, 0.40), 0.2)


def _dado(room: Furnisher) -> None:
    """Oak boards along the walls, with a rail above them."""
    t = 0.022
    walls = (
        ((WEST, NORTH - t), (EAST, NORTH), 0),
        ((WEST, SOUTH), (WEST + t, NORTH), 1),
        ((EAST - t, SOUTH), (EAST, DOOR_Y[0] - 0.09), 1),
        ((EAST - t, DOOR_Y[1] + 0.09), (EAST, NORTH), 1),
    )
    for (ax, ay), (bx, by), axis in walls:
        start, end = ((ax, bx), (ay, by))[axis]
        boards = max(1, round((end - start) / 0.9))
        edges = np.linspace(start, end, boards + 1)
        for a, b in itertools.pairwise(edges):
            gap = 0.003
            low = (a + gap, ay, 0.09) if axis == 0 else (ax, a + gap, 0.09)
            high = (b - gap, by, DADO_M) if axis == 0 else (bx, b - gap, DADO_M)
            room.block((low, high), "wood", OAK, 0.16)
        foot = ((ax, ay, 0.0), (bx, by, 0.088))
        room.block(foot, "plain", (0.55, 0.54, 0.52), 0.2)
        out = 0.012
        rail = (
            (ax if axis == 0 or ax < 0 else ax - out, ay - (out if axis == 0 else 0.0), DADO_M),
            (bx + (out if axis == 1 and ax < 0 else 0.0), by, DADO_M + 0.03),
        )
        room.block(rail, "wood", OAK, 0.16)


def _lit(room: Furnisher, corners: Array, colour: ArrayLike) -> None:
    """Faces that shine by themselves: nothing darkens them."""
    room.mesh.add(corners, picture="plain", colour=colour)


def _lamps(room: Furnisher) -> None:
    """Flat lamps in the ceiling, each in its frame."""
    for x in (-1.75, 1.75):
        for y in (-0.6, 1.2, 3.0):
            z = HIGH - 0.012
            frame = ((x - 0.32, y - 0.62, z), (x + 0.32, y + 0.62, HIGH))
            room.block(frame, "plain", (0.90, 0.90, 0.88), 0.3)
            face = sheet((x - 0.29, y + 0.59, z - 0.001), (0.58, 0, 0), (0, -1.18, 0), 0.3)
            _lit(room, face, FULL)


def _sky(room: Furnisher) -> None:
    """A picture of the sky with boughs, lit from behind, in six panes."""
    (x0, x1), (y0, y1) = SKY_X, SKY_Y
    z = HIGH - 0.018
    room.block(((x0 - 0.04, y0 - 0.04, z), (x1 + 0.04, y1 + 0.04, HIGH)), "plain", CEILING, 0.3)
    columns, rows = 96, 66
    cloud, bough = clouded(128, 1.5, 2101), clouded(128, 0.9, 2102)
    u, v = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1))
    grid = np.stack([x0 + (x1 - x0) * u, y1 - (y1 - y0) * v, np.full_like(u, z - 0.002)], axis=-1)
    pick = (v * 125).astype(int), (u * 125).astype(int)
    share = np.clip(0.48 + 0.30 * cloud[pick] + 0.12 * v, 0.0, 1.0)[..., None]
    blue, white = np.asarray((0.60, 0.80, 1.0)), np.asarray((1.0, 1.0, 0.99))
    shown = blue + (white - blue) * share
    # leaves hang in from two corners
    off = np.minimum(np.hypot(u * 1.5, v), np.hypot((1 - u) * 1.3, (1 - v) * 1.2))
    leaf = np.clip((0.44 - off + 0.11 * bough[pick]) * 9.0, 0.0, 1.0)[..., None]
    green = np.asarray((0.45, 0.62, 0.30)) * (0.85 + 0.16 * bough[pick][..., None])
    shown = np.clip(shown + (green - shown) * leaf, 0.0, 1.0)
    _lit(room, lattice(grid), lattice(shown))
    for k in range(1, 3):
        x = x0 + (x1 - x0) * k / 3
        room.block(((x - 0.012, y0, z - 0.008), (x + 0.012, y1, z)), "plain", CEILING, 0.3)
    y = (y0 + y1) / 2
    room.block(((x0, y - 0.012, z - 0.008), (x1, y + 0.012, z)), "plain", CEILING, 0.3)


def _window(room: Furnisher, panes: Mesh) -> None:
    (x0, x1), (z0, z1) = WINDOW_X, WINDOW_Z
    for low, high in (
        ((x0 - 0.06, NORTH - 0.03, z0 - 0.06), (x0, NORTH + 0.12, z1 + 0.06)),
        ((x1, NORTH - 0.03, z0 - 0.06), (x1 + 0.06, NORTH + 0.12, z1 + 0.06)),
        ((x0, NORTH - 0.03, z0 - 0.06), (x1, NORTH + 0.12, z0)),
        ((x0, NORTH - 0.03, z1), (x1, NORTH + 0.12, z1 + 0.06)),
        ((-0.02, NORTH + 0.02, z0), (0.02, NORTH + 0.08, z1)),
    ):
        room.block((low, high), "wood", OAK, 0.2)
    y = NORTH + 0.05
    panes.add([[(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)]], open_to_sky=1.0)


def _door(room: Furnisher) -> None:
    """The heavy door of the room, shut but not locked: a handle, a small pane, a lit sign above."""
    (y0, y1), x = DOOR_Y, EAST
    for low, high in (
        ((x - 0.035, y0 - 0.09, 0.0), (x, y0, DOOR_HIGH + 0.09)),
        ((x - 0.035, y1, 0.0), (x, y1 + 0.09, DOOR_HIGH + 0.09)),
        ((x - 0.035, y0, DOOR_HIGH), (x, y1, DOOR_HIGH + 0.09)),
    ):
        room.block((low, high), "steel", (0.82, 0.83, 0.83), 0.2)
    room.block(((x - 0.020, y0, 0.0), (x, y1, DOOR_HIGH)), "wood", (0.90, 0.84, 0.75), 0.2)
    bar = [
        (x - 0.02, y0 + 0.10, 0.90),
        (x - 0.075, y0 + 0.10, 0.90),
        (x - 0.075, y0 + 0.10, 1.25),
        (x - 0.02, y0 + 0.10, 1.25),
    ]
    handle, normals = tube(bar, 0.014, 10)
    room.add(handle, "steel", (0.88, 0.88, 0.88), normals)
    middle = (y0 + y1) / 2
    sign = ((x - 0.05, middle - 0.16, DOOR_HIGH + 0.13), (x, middle + 0.16, DOOR_HIGH + 0.25))
    room.block(sign, "plain", (0.30, 0.62, 0.46), 0.2)
