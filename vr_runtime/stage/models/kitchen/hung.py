"""Owns what hangs on the walls of the kitchen: prints, a clock, a radiator, notes on the fridge."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.kitchen.plan import (
    BLUE,
    CLAY,
    EAST,
    FRIDGE,
    NORTH,
    OAK,
    PRINTS,
    SAGE,
    WEST,
    WHITE,
    WINDOW_Y,
)
from vr_runtime.stage.models.shapes import ball, lattice, tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet

CLOCK = (0.82, 2.02)
"""Middle of the clock on the north wall: x, z."""


def hung(room: Furnisher) -> None:
    """Add all of it."""
    _drawing(room)
    _prints(room)
    _clock(room)
    _radiator(room)


def _prints(room: Furnisher) -> None:
    """Framed prints of leaves and fruit, on the east wall."""
    papers = ((0.93, 0.91, 0.84), (0.90, 0.88, 0.80), (0.92, 0.90, 0.84))
    for k, (y, z, wide, high) in enumerate(PRINTS):
        frame = ((EAST - 0.022, y - wide / 2, z - high / 2), (EAST, y + wide / 2, z + high / 2))
        room.block(frame, "wood", OAK, 0.2, edge_m=0.006)
        inset = 0.025
        x = EAST - 0.0225
        paper = sheet(
            (x, y + wide / 2 - inset, z - high / 2 + inset),
            (0, 2 * inset - wide, 0),
            (0, 0, high - 2 * inset),
            0.2,
        )
        room.add(paper, "plain", papers[k])
        _sprig(room, (x - 0.0006, y, z - 0.02), 0.36 * high, (SAGE, CLAY, BLUE)[k])


def _sprig(
    room: Furnisher, at: tuple[float, float, float], high: float, colour: tuple[float, ...]
) -> None:
    """A printed twig with leaves on either side, facing west."""
    x, y, z = at
    dark = 0.62 * np.asarray(colour)
    stalk = sheet((x, y + 0.002, z - high), (0, -0.004, 0), (0, 0, 1.7 * high), 0.5)
    room.add(stalk, "plain", dark)
    turn = np.linspace(0.0, 2 * np.pi, 13)
    for k in range(7):
        side = 0.0 if k == 6 else (1.0 if k % 2 else -1.0)
        up = z + high * (0.82 if k == 6 else -0.62 + 0.235 * k)
        long, broad = 0.30 * high * (1.0 - 0.05 * k), 0.115 * high
        lean = side * 0.95
        along = np.asarray((-np.sin(lean), np.cos(lean)))
        cross = np.asarray((along[1], -along[0]))
        middle = np.asarray((y, up)) + along * long
        edge = middle + long * np.cos(turn)[:, None] * along + broad * np.sin(turn)[:, None] * cross
        points = np.column_stack([np.full(13, x - 0.0004 * (1 + k % 2)), edge])
        heart = np.broadcast_to((points[0, 0], *middle), points[1:].shape)
        faces = np.stack([heart, points[:-1], points[1:], heart], axis=1).astype(np.float32)
        room.add(_towards_west(faces), "plain", np.asarray(colour) * (0.82 + 0.05 * (k % 3)))


def _towards_west(faces: np.ndarray) -> np.ndarray:
    """Faces in the plane of the east wall, seen from the room."""
    a, b = faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1]
    away = np.cross(a, b)[:, 0] > 0
    return np.where(away[:, None, None], faces[:, ::-1], faces)


def _clock(room: Furnisher) -> None:
    """A round clock beside the shelf: ten past ten."""
    x, z = CLOCK
    turn = np.linspace(0.0, 2 * np.pi, 41)
    profile = np.asarray(
        [(0.150, 0.0), (0.152, 0.022), (0.143, 0.030), (0.136, 0.024), (0.0, 0.022)]
    )
    rings = np.stack(
        [
            x + profile[:, :1] * np.cos(turn),
            np.broadcast_to(NORTH - profile[:, 1:], (len(profile), len(turn))),
            z + profile[:, :1] * np.sin(turn),
        ],
        axis=-1,
    ).astype(np.float32)
    faces, normals = lattice(rings)
    frame = len(turn) - 1
    dark, pale = np.asarray((0.28, 0.32, 0.31)), np.asarray((0.97, 0.965, 0.94))
    colour = np.repeat(np.where(np.arange(len(faces)) < 3 * frame, 0, 1), 4).reshape(-1, 4, 1)
    room.add(faces, "plain", dark * (1 - colour) + pale * colour, normals)
    y = NORTH - 0.025
    for hour in range(12):
        a = np.radians(30.0 * hour)
        _hand(room, (x, y, z), a, 0.104, 0.122, 0.006 if hour % 3 == 0 else 0.003)
    for degrees, long, wide in ((305.0, 0.070, 0.010), (60.0, 0.104, 0.007)):
        _hand(room, (x, y - 0.001, z), np.radians(degrees), -0.016, long, wide)


def _hand(
    room: Furnisher,
    at: tuple[float, float, float],
    turn: float,
    start: float,
    end: float,
    wide: float,
) -> None:
    """A dark stroke on the clock's face from one radius to another; `turn` runs as hands do."""
    x, y, z = at
    out, side = (np.sin(turn), np.cos(turn)), (np.cos(turn), -np.sin(turn))
    foot = (x + start * out[0] - wide / 2 * side[0], y, z + start * out[1] - wide / 2 * side[1])
    across = (wide * side[0], 0.0, wide * side[1])
    along = ((end - start) * out[0], 0.0, (end - start) * out[1])
    room.add(sheet(foot, across, along, 0.2), "plain", (0.20, 0.21, 0.22))


def _radiator(room: Furnisher) -> None:
    """A ribbed radiator below the window, with its pipe and valve."""
    y0, y1 = WINDOW_Y[0] + 0.10, WINDOW_Y[1] - 0.10
    count = 18
    deep = (y1 - y0) / count
    for k in range(count):
        low = (WEST + 0.045, y0 + k * deep + 0.006, 0.16)
        high = (WEST + 0.115, y0 + (k + 1) * deep - 0.006, 0.78)
        room.block((low, high), "plain", WHITE, 0.35, edge_m=0.022)
    for z in (0.22, 0.72):
        rail = ((WEST + 0.060, y0, z - 0.018), (WEST + 0.098, y1, z + 0.018))
        room.block(rail, "plain", (0.93, 0.925, 0.91), 0.5)
    x = WEST + 0.08
    pipe, normals = tube([(x, y1 + 0.03, 0.0), (x, y1 + 0.03, 0.22), (x, y1, 0.22)], 0.011, 10)
    room.add(pipe, "plain", WHITE, normals)
    knob, normals = ball((x, y1 + 0.05, 0.22), (0.024, 0.036, 0.024), 14, 10)
    room.add(knob, "plain", (0.96, 0.955, 0.94), normals)


def _drawing(room: Furnisher) -> None:
    """Two sheets on the fridge under magnets: a shopping list, and a child's drawing of a house."""
    (x0, y0, _), _ = FRIDGE
    y = y0 - 0.0015
    for x, z, wide, high in ((x0 + 0.15, 1.30, 0.21, 0.29), (x0 + 0.40, 1.42, 0.13, 0.18)):
        room.add(sheet((x, y, z), (wide, 0, 0), (0, 0, high), 0.1), "plain", (0.99, 0.985, 0.96))
        dot, normals = ball(
            (x + wide / 2, y - 0.004, z + high - 0.02), (0.013, 0.006, 0.013), 14, 8
        )
        room.add(dot, "plain", (0.72, 0.22, 0.18) if wide > 0.2 else (0.25, 0.40, 0.62), normals)
    x, z = x0 + 0.19, 1.34
    house = (
        ((x, z), (0.13, 0.085), (0.86, 0.66, 0.40)),
        ((x + 0.05, z), (0.03, 0.05), (0.50, 0.30, 0.22)),
        ((x + 0.015, z + 0.045), (0.025, 0.025), (0.55, 0.72, 0.85)),
        ((x + 0.09, z + 0.045), (0.025, 0.025), (0.55, 0.72, 0.85)),
        ((x - 0.02, z - 0.012), (0.17, 0.010), (0.42, 0.62, 0.30)),
    )
    for k, ((left, low), (wide, high), colour) in enumerate(house):
        part = sheet((left, y - 0.0003 * (k + 1), low), (wide, 0, 0), (0, 0, high), 0.2)
        room.add(part, "plain", colour)
    roof = np.asarray(
        [[(x - 0.01, y - 0.0008, z + 0.085), (x + 0.14, y - 0.0008, z + 0.085),
          (x + 0.065, y - 0.0008, z + 0.15), (x + 0.065, y - 0.0008, z + 0.15)]],
        dtype=np.float32,
    )  # fmt: skip
    room.add(roof, "plain", (0.74, 0.28, 0.22))
    for k in range(6):
        long = 0.05 + 0.01 * ((k * 5) % 4)
        foot = (x0 + 0.415, y - 0.0003, 1.57 - 0.022 * k)
        line = sheet(foot, (long, 0, 0), (0, 0, 0.004), 0.2)
        room.add(line, "plain", (0.30, 0.34, 0.45))
