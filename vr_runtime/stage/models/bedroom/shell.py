"""Owns walls, floor, window, doorway and hall of the bedroom; knows none of its things."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.look.layers import METRES
from vr_runtime.stage.models.bedroom.plan import (
    CEILING,
    DOOR_HEAD,
    DOOR_X,
    EAST,
    FLOOR,
    HALL,
    HALL_WALL,
    HIGH,
    NORTH,
    OAK,
    PANE_Y,
    REVEAL_M,
    SOUTH,
    WALL,
    WEST,
    WHITE,
    WINDOW_X,
    WINDOW_Z,
    Fitter,
)
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.furnisher import sheet

SKIRTING_M = 0.11


def shell(room: Fitter) -> None:
    """Add all that encloses."""
    wide, deep = EAST - WEST, NORTH - SOUTH
    floor = sheet((WEST, SOUTH, 0), (wide, 0, 0), (0, deep, 0), 0.14)
    room.add(floor, "wood", FLOOR, uv=floor[..., 1::-1] / METRES["wood"])
    room.add(sheet((WEST, NORTH, HIGH), (wide, 0, 0), (0, -deep, 0), 0.2), "plain", CEILING)
    up = (0, 0, HIGH)
    for part in (
        sheet((EAST, SOUTH, 0), (-wide, 0, 0), up, 0.25),
        sheet((EAST, NORTH, 0), (0, -deep, 0), up, 0.18),
        sheet((WEST, SOUTH, 0), (0, deep, 0), up, 0.18),
    ):
        room.add(part, "plaster", WALL)
    _north(room)
    _skirting(room)
    _window(room)
    _doorway(room)
    _hall(room)


def _north(room: Fitter) -> None:
    """The wall ahead, around the doorway and the window."""
    (d0, d1), (w0, w1), (z0, z1) = DOOR_X, WINDOW_X, WINDOW_Z
    for west, east, low, high in (
        (WEST, d0, 0.0, HIGH),
        (d0, d1, DOOR_HEAD, HIGH),
        (d1, w0, 0.0, HIGH),
        (w0, w1, 0.0, z0),
        (w0, w1, z1, HIGH),
        (w1, EAST, 0.0, HIGH),
    ):
        part = sheet((west, NORTH, low), (east - west, 0, 0), (0, 0, high - low), 0.12)
        room.add(part, "plaster", WALL)


def _skirting(room: Fitter) -> None:
    for west, east in ((WEST, DOOR_X[0] - 0.08), (DOOR_X[1] + 0.08, EAST)):
        room.block(((west, NORTH - 0.016, 0.0), (east, NORTH, SKIRTING_M)), "plain", WHITE, 0.2)
    for box in (
        ((EAST - 0.016, SOUTH, 0.0), (EAST, NORTH, SKIRTING_M)),
        ((WEST, SOUTH, 0.0), (WEST + 0.016, NORTH, SKIRTING_M)),
        ((WEST, SOUTH, 0.0), (EAST, SOUTH + 0.016, SKIRTING_M)),
    ):
        room.block(box, "plain", WHITE, 0.2)


def _window(room: Fitter) -> None:
    """A window of two leaves with bars, deep in the wall, and its board."""
    (x0, x1), (z0, z1) = WINDOW_X, WINDOW_Z
    out, up = (0, REVEAL_M, 0), (0, 0, z1 - z0)
    for side, seen in (
        (sheet((x0, NORTH, z0), out, up, 0.1), 0.55),
        (sheet((x1, NORTH + REVEAL_M, z0), (0, -REVEAL_M, 0), up, 0.1), 0.55),
        (sheet((x0, NORTH + REVEAL_M, z1), (x1 - x0, 0, 0), (0, -REVEAL_M, 0), 0.1), 0.45),
        (sheet((x0, NORTH, z0), (x1 - x0, 0, 0), out, 0.1), 0.80),
    ):
        room.mesh.add(side, picture="plain", colour=WHITE, open_to_sky=seen)
    near, far, middle = PANE_Y - 0.045, PANE_Y + 0.02, (x0 + x1) / 2
    bars = [((x, near, z0), (x + 0.055, far, z1)) for x in (x0, middle - 0.045, x1 - 0.055)]
    bars += [((middle - 0.010, near, z0), (middle + 0.045, far, z1))]
    bars += [((x0, near, z), (x1, far, z + 0.055)) for z in (z0, z1 - 0.055)]
    bars += [((x0, near + 0.015, z1 - 0.56), (x1, far, z1 - 0.53))]
    piece = Mesh()
    for low, high in bars:
        piece.box(low, high, bottom=True)
    rows = piece.packed()
    outer = np.where(rows["n"][..., 1] < -0.5, 0.16, 0.45)
    room.mesh.add(rows["v"], picture="plain", colour=WHITE, normals=rows["n"], open_to_sky=outer)
    board = ((x0 - 0.06, NORTH - 0.10, z0 - 0.035), (x1 + 0.06, NORTH + 0.002, z0))
    room.block(board, "wood", OAK, 0.1)
    for left, right in ((x0 - 0.07, x0), (x1, x1 + 0.07)):
        box = ((left, NORTH - 0.018, z0 - 0.035), (right, NORTH, z1 + 0.07))
        room.block(box, "plain", WHITE, 0.12)
    room.block(((x0, NORTH - 0.018, z1), (x1, NORTH, z1 + 0.07)), "plain", WHITE, 0.12)
    handle = ((middle - 0.012, near - 0.03, 1.38), (middle + 0.012, near, 1.50))
    room.block(handle, "steel", (0.80, 0.76, 0.68), 0.06)


def panes() -> Mesh:
    """The glass in the window."""
    (x0, x1), (z0, z1) = WINDOW_X, WINDOW_Z
    glass = Mesh()
    glass.add(sheet((x0, PANE_Y, z0), (x1 - x0, 0, 0), (0, 0, z1 - z0), 0.4), picture="smudge")
    return glass


def _doorway(room: Fitter) -> None:
    (x0, x1), head = DOOR_X, DOOR_HEAD
    for west, east, top in ((x0 - 0.08, x0, head + 0.08), (x1, x1 + 0.08, head + 0.08)):
        room.block(((west, NORTH - 0.022, 0.0), (east, NORTH, top)), "plain", WHITE, 0.12)
    room.block(((x0, NORTH - 0.022, head), (x1, NORTH, head + 0.08)), "plain", WHITE, 0.12)
    out, up = (0, 0.14, 0), (0, 0, head)
    for side in (
        sheet((x0, NORTH, 0), out, up, 0.14),
        sheet((x1, NORTH + 0.14, 0), (0, -0.14, 0), up, 0.14),
        sheet((x0, NORTH + 0.14, head), (x1 - x0, 0, 0), (0, -0.14, 0), 0.14),
        sheet((x0, NORTH, 0), (x1 - x0, 0, 0), out, 0.14),
    ):
        room.add(side, "plain", WHITE, sky=0.03)
    switch = (x1 + 0.22, 1.06)
    plate = ((switch[0] - 0.04, NORTH - 0.008, 1.02), (switch[0] + 0.04, NORTH, 1.10))
    room.block(plate, "plain", WHITE, 0.05)
    key = ((switch[0] - 0.024, NORTH - 0.014, 1.034), (switch[0] + 0.024, NORTH - 0.008, 1.086))
    room.block(key, "plain", (0.98, 0.97, 0.94), 0.05)


def _hall(room: Fitter) -> None:
    """What is seen of the landing through the door: walls, a runner, a picture, a rail."""
    (x0, y0, _), (x1, y1, top) = HALL
    up = (0, 0, top)
    faces = (
        (sheet((x0, y0, 0), (x1 - x0, 0, 0), (0, y1 - y0, 0), 0.2), "wood", FLOOR),
        (sheet((x0, y1, top), (x1 - x0, 0, 0), (0, y0 - y1, 0), 0.3), "plain", CEILING),
        (sheet((x0, y1, 0), (x1 - x0, 0, 0), up, 0.2), "plaster", HALL_WALL),
        (sheet((x0, y0, 0), (0, y1 - y0, 0), up, 0.2), "plaster", HALL_WALL),
        (sheet((x1, y1, 0), (0, y0 - y1, 0), up, 0.2), "plaster", HALL_WALL),
    )
    for part, picture, colour in faces:
        room.add(part, picture, colour, sky=0.02)
    runner = sheet((x0 + 0.5, y0 + 0.1, 0.008), (0.7, 0, 0), (0, y1 - y0 - 0.2, 0), 0.2)
    room.add(runner, "fabric", (0.66, 0.34, 0.30), sky=0.02)
    room.block(((-1.66, y1 - 0.02, 1.30), (-1.16, y1, 1.80)), "wood", OAK, 0.2)
    room.add(
        sheet((-1.62, y1 - 0.022, 1.34), (0.42, 0, 0), (0, 0, 0.42), 0.2),
        "plain",
        (0.62, 0.72, 0.70),
        sky=0.02,
    )
    room.block(((x0, y1 - 0.016, 0.0), (x1, y1, SKIRTING_M)), "plain", WHITE, 0.3)
