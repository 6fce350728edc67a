"""Owns walls, floor, ceiling, window and door of the kitchen; knows none of its things."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.kitchen.plan import (
    BEAM,
    BEAM_HIGH_M,
    BEAM_WIDE_M,
    BEAMS_Y,
    CEILING,
    DOOR_X,
    EAST,
    FLOOR,
    HIGH,
    NORTH,
    OAK,
    REVEAL_M,
    SOUTH,
    WALL,
    WEST,
    WHITE,
    WINDOW_Y,
    WINDOW_Z,
    WORKTOP,
)
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet

DOOR_HIGH = 2.06
TILES_HIGH = 1.46


def shell(room: Furnisher) -> None:
    """Add all that encloses."""
    wide, deep = EAST - WEST, NORTH - SOUTH
    floor = sheet((WEST, SOUTH, 0), (wide, 0, 0), (0, deep, 0), 0.085)
    room.add(floor, "tile", FLOOR, uv=floor[..., :2] / 1.6)
    room.add(sheet((WEST, NORTH, HIGH), (wide, 0, 0), (0, -deep, 0), 0.22), "plaster", CEILING)
    for y in BEAMS_Y:
        south, north = y - BEAM_WIDE_M / 2, y + BEAM_WIDE_M / 2
        beam = ((WEST, south, HIGH - BEAM_HIGH_M), (EAST, north, HIGH + 0.01))
        room.block(beam, "wood", BEAM, 0.25, edge_m=0.012)
    up = (0, 0, HIGH)
    room.add(sheet((WEST, NORTH, 0), (wide, 0, 0), up, 0.13), "plaster", WALL)
    room.add(sheet((EAST, SOUTH, 0), (-wide, 0, 0), up, 0.25), "plaster", WALL)
    room.add(sheet((EAST, NORTH, 0), (0, -deep, 0), up, 0.18), "plaster", WALL)
    (y0, y1), (z0, z1) = WINDOW_Y, WINDOW_Z
    for south, north, low, high in (
        (SOUTH, y0, 0.0, HIGH),
        (y1, NORTH, 0.0, HIGH),
        (y0, y1, 0.0, z0),
        (y0, y1, z1, HIGH),
    ):
        part = sheet((WEST, south, low), (0, north - south, 0), (0, 0, high - low), 0.16)
        room.add(part, "plaster", WALL)
    for box in (
        ((WEST, NORTH - 0.016, 0.0), (EAST, NORTH, 0.09)),
        ((EAST - 0.016, SOUTH, 0.0), (EAST, NORTH, 0.09)),
        ((WEST, SOUTH, 0.0), (WEST + 0.016, NORTH, 0.09)),
        ((WEST, SOUTH, 0.0), (EAST, SOUTH + 0.016, 0.09)),
    ):
        room.block(box, "plain", WHITE, 0.2, edge_m=0.005)
    _splash(room)
    _window(room)
    _door(room)


def _splash(room: Furnisher) -> None:
    """Tiles above the worktop, a hand's breadth each, laid half over half."""
    (x0, _, _), (x1, _, top) = WORKTOP
    y = NORTH - 0.008
    back = sheet((x0, y + 0.002, top), (x1 - x0, 0, 0), (0, 0, TILES_HIGH - top), 0.12)
    room.add(back, "plain", (0.80, 0.79, 0.765))
    wide, high, gap = 0.20, 0.10, 0.0035
    rows = round((TILES_HIGH - top) / high)
    chance = np.random.default_rng(9)
    for row in range(rows):
        left = x0 - (wide / 2 if row % 2 else 0.0)
        while left < x1:
            a, b = max(left + gap / 2, x0), min(left + wide - gap / 2, x1)
            if b - a > 0.01:
                low = top + row * high + gap / 2
                tone = 0.965 + 0.03 * chance.random()
                tile = sheet((a, y - 0.004, low), (b - a, 0, 0), (0, 0, high - gap), 0.2)
                room.add(tile, "plain", np.asarray((0.985, 0.985, 0.965)) * tone)
            left += wide
    edge = ((x0, y - 0.006, TILES_HIGH), (x1, NORTH, TILES_HIGH + 0.012))
    room.block(edge, "plain", WHITE, 0.2)


def _window(room: Furnisher) -> None:
    (y0, y1), (z0, z1) = WINDOW_Y, WINDOW_Z
    out, up = (-REVEAL_M, 0, 0), (0, 0, z1 - z0)
    for side, bright in (
        (sheet((WEST, y0, z0), out, up), 0.97),
        (sheet((WEST - REVEAL_M, y1, z0), (REVEAL_M, 0, 0), up), 0.93),
        (sheet((WEST - REVEAL_M, y0, z1), (0, y1 - y0, 0), (REVEAL_M, 0, 0)), 0.90),
    ):
        room.mesh.add(side, picture="plain", colour=np.asarray(WHITE) * bright)
    back, front, middle = WEST - REVEAL_M + 0.01, WEST - REVEAL_M + 0.06, (y0 + y1) / 2
    bars = [((back, y, z0), (front, y + 0.05, z1)) for y in (y0, middle - 0.025, y1 - 0.05)]
    bars += [((back, y0, z), (front, y1, z + 0.05)) for z in (z0, z1 - 0.05)]
    piece = Mesh()
    for low, high in bars:
        piece.box(low, high, bottom=True)
    rows = piece.packed()
    bright = 0.90 + 0.07 * np.abs(rows["n"][..., 1:2]) - 0.12 * (rows["n"][..., :1] > 0.5)
    room.mesh.add(rows["v"], picture="plain", colour=np.asarray(WHITE) * bright, normals=rows["n"])
    sill = ((WEST - REVEAL_M, y0 - 0.05, z0 - 0.035), (WEST + 0.16, y1 + 0.05, z0))
    room.block(sill, "wood", OAK, 0.1, edge_m=0.008)
    handle, normals = tube(
        [(front, middle, 1.58), (front + 0.03, middle, 1.58), (front + 0.03, middle, 1.47)],
        0.008,
        8,
    )
    room.add(handle, "steel", (0.8, 0.8, 0.8), normals)


def _door(room: Furnisher) -> None:
    """A closed door behind, so that the way out is seen."""
    (x0, x1), y = DOOR_X, SOUTH
    for west, east in ((x0 - 0.08, x0), (x1, x1 + 0.08)):
        room.block(((west, y, 0.0), (east, y + 0.03, DOOR_HIGH + 0.08)), "plain", WHITE, 0.2)
    room.block(((x0, y, DOOR_HIGH), (x1, y + 0.03, DOOR_HIGH + 0.08)), "plain", WHITE, 0.2)
    room.block(((x0, y, 0.0), (x1, y + 0.012, DOOR_HIGH)), "plain", (0.94, 0.93, 0.90), 0.2)
    for low, high in ((0.18, 0.95), (1.12, 1.90)):
        room.block(((x0 + 0.13, y, low), (x1 - 0.13, y + 0.022, high)), "plain", WHITE, 0.2)
    lever = ((x0 + 0.05, y, 1.02), (x0 + 0.17, y + 0.06, 1.045))
    room.block(lever, "steel", (0.85, 0.83, 0.8))
