"""Owns the furniture and the things of the kitchen that stay where they are; no walls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.kitchen.hung import hung
from vr_runtime.stage.models.kitchen.mat import mat
from vr_runtime.stage.models.kitchen.plan import (
    BLUE,
    BOARD_X,
    BOWL,
    CHAIRS,
    CLAY,
    CLOTH,
    CUP,
    CUPBOARDS,
    FRIDGE,
    KETTLE,
    LEG_M,
    LINEN,
    NORTH,
    OAK,
    PALE_OAK,
    POT,
    SAGE,
    SHELF,
    SILL_POTS,
    SINK,
    STEEL,
    TABLE,
    WEST,
    WHITE,
    WINDOW_Z,
    WORKTOP,
)
from vr_runtime.stage.models.shapes import ball, lattice, tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet

Wide = NDArray[np.float64]
FRONT_M = 0.45
"""Breadth of one cupboard front."""


def turned_on_wheel(
    room: Furnisher,
    at: tuple[float, float, float],
    profile: Sequence[tuple[float, float]],
    picture: str,
    colour: object,
    around: int = 28,
) -> None:
    """A round thing from its profile (radius, height), from inside or the foot outwards and up."""
    faces, normals = wheel(at, profile, around)
    room.add(faces, picture, colour, normals)  # type: ignore[arg-type]


def wheel(
    at: tuple[float, float, float], profile: Sequence[tuple[float, float]], around: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Faces and normals of a round thing; its profile runs upwards on the outside."""
    rows = np.asarray(profile, dtype=float)
    turn = np.linspace(0.0, 2 * np.pi, around + 1)
    rings = np.stack(
        [
            at[0] + rows[:, :1] * np.cos(turn),
            at[1] + rows[:, :1] * np.sin(turn),
            np.broadcast_to(at[2] + rows[:, 1:], (len(rows), around + 1)),
        ],
        axis=-1,
    )
    return lattice(rings.astype(np.float32))


def furniture(room: Furnisher) -> None:
    """Add all of it."""
    _worktop(room)
    _fridge(room)
    _table(room)
    for at, lean in zip(CHAIRS, (0.0, 4.0), strict=True):
        _chair(room, at, lean)
    _shelf(room)
    _sink(room)
    _kettle(room)
    _board(room)
    _sill(room)
    _lamp(room)
    _fruit(room)
    _towel(room)
    hung(room)
    mat(room)


def _worktop(room: Furnisher) -> None:
    (x0, y0, z0), (x1, _, z1) = CUPBOARDS
    room.block(WORKTOP, "wood", OAK, 0.09, edge_m=0.006)
    room.block(((x0, y0, z0), (x1, NORTH, z1)), "plain", (0.53, 0.56, 0.50), 0.2)
    foot = ((x0, y0 + 0.06, 0.0), (x1, NORTH, z0))
    room.block(foot, "plain", (0.42, 0.43, 0.42), 0.3)
    left = x0
    while left < x1 - 0.05:
        right = min(left + FRONT_M, x1)
        front = ((left + 0.003, y0 - 0.020, z0 + 0.004), (right - 0.003, y0, z1 - 0.160))
        drawer = ((left + 0.003, y0 - 0.020, z1 - 0.154), (right - 0.003, y0, z1 - 0.006))
        for panel in (front, drawer):
            room.block(panel, "plain", SAGE, 0.11, edge_m=0.004)
            _, (_, _, top) = panel
            middle = (left + right) / 2
            bar = [(middle - 0.07, y0 - 0.045, top - 0.05), (middle + 0.07, y0 - 0.045, top - 0.05)]
            grip, normals = tube(bar, 0.006, 8)
            room.add(grip, "plain", (0.35, 0.33, 0.30), normals)
            for x in (middle - 0.06, middle + 0.06):
                pin, normals = tube(
                    [(x, y0 - 0.018, top - 0.05), (x, y0 - 0.046, top - 0.05)], 0.005, 6
                )
                room.add(pin, "plain", (0.35, 0.33, 0.30), normals)
        left = right


def _fridge(room: Furnisher) -> None:
    (x0, y0, z0), (x1, y1, z1) = FRIDGE
    body = (0.965, 0.965, 0.955)
    cover = ((x0, y0 + 0.05, z0), (x1, y1, z1))
    room.block(cover, "plain", (0.935, 0.935, 0.925), 0.12, edge_m=0.012)
    for low, high in ((z0 + 0.01, 0.66), (0.672, z1 - 0.004)):
        leaf = ((x0 + 0.002, y0, low), (x1 - 0.002, y0 + 0.047, high))
        room.block(leaf, "plain", body, 0.10, edge_m=0.018)
    for low, high in ((0.44, 0.62), (0.72, 1.10)):
        grip, normals = tube(
            [(x0 + 0.05, y0 - 0.035, low), (x0 + 0.05, y0 - 0.035, high)], 0.010, 10
        )
        room.add(grip, "steel", STEEL, normals)
        for z in (low + 0.02, high - 0.02):
            pin, normals = tube([(x0 + 0.05, y0, z), (x0 + 0.05, y0 - 0.036, z)], 0.008, 8)
            room.add(pin, "steel", STEEL, normals)
    room.block(((x0 + 0.03, y0 + 0.08, 0.0), (x1 - 0.03, y1, z0)), "plain", (0.16, 0.16, 0.16))


def _table(room: Furnisher) -> None:
    (x0, y0, z0), (x1, y1, z1) = TABLE
    boards = 5
    deep = (y1 - y0) / boards
    for board in range(boards):
        low = (x0, y0 + board * deep + 0.0006, z0)
        high = (x1, y0 + (board + 1) * deep - 0.0006, z1)
        room.block((low, high), "wood", PALE_OAK, 0.07, edge_m=0.0035)
    apron = 0.075
    for low, high in (
        ((x0 + 0.03, y0 + 0.012, z0 - apron), (x1 - 0.03, y0 + 0.034, z0)),
        ((x0 + 0.03, y1 - 0.034, z0 - apron), (x1 - 0.03, y1 - 0.012, z0)),
        ((x0 + 0.012, y0 + 0.03, z0 - apron), (x0 + 0.034, y1 - 0.03, z0)),
        ((x1 - 0.034, y0 + 0.03, z0 - apron), (x1 - 0.012, y1 - 0.03, z0)),
    ):
        room.block((low, high), "wood", PALE_OAK, 0.1)
    for x in (x0, x1 - LEG_M):
        for y in (y0, y1 - LEG_M):
            leg = ((x, y, 0.0), (x + LEG_M, y + LEG_M, z0))
            room.block(leg, "wood", PALE_OAK, 0.09, edge_m=0.007)


def _chair(room: Furnisher, at: tuple[float, float], lean: float) -> None:
    """A plain chair behind the table, its back to the wall."""
    x, y = at
    half, seat = 0.21, 0.45
    plate = ((x - half, y - 0.20, seat - 0.03), (x + half, y + 0.20, seat))
    room.block(plate, "wood", OAK, 0.1, edge_m=0.008)
    for dx in (-half, half - 0.036):
        leg = ((x + dx, y - 0.19, 0.0), (x + dx + 0.036, y - 0.154, seat - 0.03))
        room.block(leg, "wood", OAK, 0.14, edge_m=0.006)
        back = [(x + dx + 0.018, y + 0.18, 0.0), (x + dx + 0.018, y + 0.20, seat)]
        back.append((x + dx + 0.018, y + 0.255 + 0.001 * lean, 0.88))
        post, normals = tube(back, [0.017, 0.019, 0.015], 10)
        room.add(post, "wood", OAK, normals, uv=_grain(post))
    for z, thick in ((0.62, 0.055), (0.80, 0.075)):
        bow = [
            (x + half * t, y + 0.215 + 0.12 * (z - 0.45) - 0.035 * (1 - t * t) + 0.035, z)
            for t in np.linspace(-0.93, 0.93, 9)
        ]
        line = np.asarray(bow)
        low = _moved(line, 0.0, -thick / 2)
        for depth in (-0.008, 0.008):
            grid = np.stack([_moved(low, depth, 0.0), _moved(low, depth, thick)])
            order = grid if depth < 0 else grid[::-1]
            faces = _strip(order)
            room.add(faces, "wood", OAK, uv=_grain(faces))
        rim = np.stack([_moved(low, -0.008, thick), _moved(low, 0.008, thick)])
        faces = _strip(rim)
        room.add(faces, "wood", OAK, uv=_grain(faces))


def _moved(line: Wide, back: float, up: float) -> Wide:
    return np.asarray(line + np.asarray((0.0, back, up)))


def _strip(grid: Wide) -> NDArray[np.float32]:
    quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
    return np.asarray(quads.reshape(-1, 4, 3), dtype=np.float32)


def _grain(faces: NDArray[np.float32]) -> Wide:
    """Grain of one board, so that small parts show no joints."""
    return np.stack(
        [0.1 + 0.3 * (faces[..., 0] + faces[..., 2]), 0.055 + 0.04 * faces[..., 1]], axis=-1
    )


def _shelf(room: Furnisher) -> None:
    """A shelf with jars, plates and cups."""
    room.block(SHELF, "wood", OAK, 0.1, edge_m=0.005)
    (x0, y0, _), (x1, _, top) = SHELF
    for x in (x0 + 0.15, x1 - 0.17):
        room.block(((x, y0 + 0.06, top - 0.14), (x + 0.02, NORTH, top - 0.03)), "plain", STEEL)
    y = y0 + 0.11
    fills = ((0.86, 0.74, 0.48), (0.52, 0.33, 0.20), (0.90, 0.86, 0.76), (0.70, 0.36, 0.22))
    for k, fill in enumerate(fills):
        x = x0 + 0.14 + 0.135 * k
        high = 0.15 + 0.02 * ((k * 7) % 3)
        turned_on_wheel(
            room,
            (x, y, top),
            [
                (0.0, 0.001),
                (0.044, 0.001),
                (0.047, 0.01),
                (0.047, high * 0.8),
                (0.036, high * 0.93),
            ],
            "plain",
            fill,
        )
        turned_on_wheel(
            room,
            (x, y, top),
            [(0.037, high * 0.92), (0.039, high * 0.93), (0.039, high), (0.0, high + 0.004)],
            "wood",
            OAK,
        )
    for k in range(6):
        plate = [(0.0, 0.0), (0.062, 0.002), (0.088, 0.009), (0.089, 0.0105), (0.0, 0.006)]
        turned_on_wheel(room, (x0 + 0.86, y, top + 0.010 * k), plate, "plain", WHITE)
    for k, colour in enumerate((BLUE, CLAY, WHITE)):
        _cup(room, (x0 + 1.12 + 0.13 * k, y + 0.01 * (k % 2), top), colour)
    for k, (x, tone) in enumerate(((x1 - 0.26, CLAY), (x1 - 0.21, BLUE), (x1 - 0.155, LINEN))):
        wide = (0.035, 0.028, 0.045)[k]
        room.block(((x, y - 0.06, top), (x + wide, y + 0.09, top + 0.20 + 0.02 * k)), "plain", tone)


def _cup(room: Furnisher, at: tuple[float, float, float], colour: object) -> None:
    outer = [(0.0, 0.0), (0.030, 0.001), (0.037, 0.012), (0.041, 0.045), (0.042, 0.090)]
    inner = [(0.039, 0.090), (0.038, 0.05), (0.033, 0.012), (0.0, 0.008)]
    turned_on_wheel(room, at, [*outer, *inner], "plain", colour)
    x, y, z = at
    loop = [(x + 0.040 + 0.026 * np.sin(t), y, z + 0.048 - 0.026 * np.cos(t)) for t in
            np.linspace(0.15, np.pi - 0.15, 9)]  # fmt: skip
    handle, normals = tube(loop, 0.0055, 8, beside=(0.0, 1.0, 0.0))
    room.add(handle, "plain", colour, normals)  # type: ignore[arg-type]


def _sink(room: Furnisher) -> None:
    """A sink sunk into the worktop, with its tap, before the wall at the left."""
    (x, y), top = SINK, WORKTOP[1][2]
    rim = ((x - 0.30, y - 0.20, top), (x + 0.30, y + 0.20, top + 0.004))
    room.block(rim, "steel", STEEL, 0.06)
    basin = sheet((x - 0.26, y - 0.16, top + 0.0045), (0.52, 0, 0), (0, 0.32, 0), 0.05)
    room.add(basin, "plain", (0.46, 0.47, 0.48))
    neck = [(x, y + 0.23, top), (x, y + 0.23, top + 0.22), (x, y + 0.18, top + 0.285)]
    neck += [(x, y + 0.10, top + 0.285), (x, y + 0.05, top + 0.24)]
    tap, normals = tube(neck, 0.011, 12, beside=(1.0, 0.0, 0.0))
    room.add(tap, "steel", (0.93, 0.93, 0.93), normals)
    lever, normals = tube(
        [(x + 0.012, y + 0.23, top + 0.07), (x + 0.075, y + 0.23, top + 0.10)], 0.006, 8
    )
    room.add(lever, "steel", (0.93, 0.93, 0.93), normals)


def _kettle(room: Furnisher) -> None:
    top = WORKTOP[1][2]
    at = (*KETTLE, top)
    body = [
        (0.0, 0.0),
        (0.085, 0.001),
        (0.088, 0.012),
        (0.083, 0.10),
        (0.066, 0.175),
        (0.055, 0.19),
    ]
    turned_on_wheel(room, at, [*body, (0.04, 0.20), (0.0, 0.205)], "steel", (0.92, 0.92, 0.92), 36)
    knob, normals = ball((at[0], at[1], top + 0.212), 0.012, 12, 8)
    room.add(knob, "plain", (0.15, 0.14, 0.13), normals)
    arch = [(at[0] - 0.075 * np.cos(t), at[1], top + 0.18 + 0.085 * np.sin(t)) for t in
            np.linspace(0.2, np.pi - 0.2, 11)]  # fmt: skip
    grip, normals = tube(arch, 0.009, 10, beside=(0.0, 1.0, 0.0))
    room.add(grip, "plain", (0.18, 0.16, 0.15), normals)
    spout = [(at[0] + 0.07, at[1], top + 0.08), (at[0] + 0.12, at[1], top + 0.15)]
    lip, normals = tube([*spout, (at[0] + 0.145, at[1], top + 0.165)], [0.022, 0.014, 0.011], 10)
    room.add(lip, "steel", (0.92, 0.92, 0.92), normals)


def _board(room: Furnisher) -> None:
    """A chopping board that leans on the tiles, and a pot with wooden spoons."""
    (_, _, _), (_, _, top) = WORKTOP
    board = ((BOARD_X[0], NORTH - 0.045, top), (BOARD_X[1], NORTH - 0.020, top + 0.40))
    room.block(board, "wood", (0.86, 0.78, 0.68), 0.1, edge_m=0.007)
    at = (*POT, top)
    pot = [
        (0.0, 0.0),
        (0.05, 0.0),
        (0.054, 0.01),
        (0.056, 0.13),
        (0.052, 0.13),
        (0.05, 0.02),
        (0, 0.02),
    ]
    turned_on_wheel(room, at, pot, "plain", LINEN)
    for k in range(4):
        a = 0.9 + 1.5 * k
        foot = (at[0] + 0.02 * np.cos(a), at[1] + 0.02 * np.sin(a), top + 0.03)
        head = (at[0] + 0.062 * np.cos(a), at[1] + 0.04 * np.sin(a), top + 0.26 + 0.02 * (k % 2))
        stick, normals = tube([foot, head], [0.006, 0.005], 8)
        room.add(stick, "wood", OAK, normals, uv=_grain(stick))
        bowl, normals = ball((head[0], head[1], head[2] + 0.02), (0.022, 0.008, 0.03), 12, 8)
        room.add(bowl, "wood", OAK, normals, uv=_grain(bowl))


def _sill(room: Furnisher) -> None:
    """Two pots of herbs on the window sill, and a postcard."""
    chance = np.random.default_rng(3)
    tones = ((0.30, 0.47, 0.20), (0.36, 0.50, 0.27))
    for y, tone in zip(SILL_POTS, tones, strict=True):
        at = (WEST + 0.06, y, WINDOW_Z[0])
        pot = [
            (0.0, 0.0),
            (0.042, 0.0),
            (0.055, 0.085),
            (0.060, 0.088),
            (0.060, 0.102),
            (0.052, 0.102),
        ]
        turned_on_wheel(room, at, [*pot, (0.0, 0.092)], "plain", CLAY)
        for _ in range(70):
            away = chance.normal(0.0, 0.034, 3)
            middle = (at[0] + away[0], at[1] + away[1], at[2] + 0.155 + 1.1 * away[2])
            leaf, normals = ball(middle, (0.015, 0.012, 0.0045), 8, 5)
            spin = chance.uniform(0.0, np.pi)
            x, z = leaf[..., 0] - middle[0], leaf[..., 2] - middle[2]
            leaf[..., 0] = middle[0] + x * np.cos(spin) - z * np.sin(spin)
            leaf[..., 2] = middle[2] + x * np.sin(spin) + z * np.cos(spin)
            room.add(leaf, "plain", np.asarray(tone) * chance.uniform(0.8, 1.25), normals)


def _lamp(room: Furnisher) -> None:
    """A lamp on a cord over the table's far side, not lit by day."""
    x, y = 0.05, 1.02
    cord, normals = tube([(x, y, 2.55), (x, y, 1.98)], 0.004, 6, beside=(1.0, 0.0, 0.0))
    room.add(cord, "plain", (0.2, 0.2, 0.2), normals)
    shade = [
        (0.175, 1.76),
        (0.168, 1.80),
        (0.110, 1.90),
        (0.040, 1.965),
        (0.022, 1.99),
        (0.0, 1.995),
    ]
    turned_on_wheel(room, (x, y, 0.0), shade, "plain", (0.30, 0.36, 0.34), 40)
    faces, normals = wheel(
        (x, y, 0.0), [(0.0, 1.98), (0.105, 1.895), (0.165, 1.80), (0.174, 1.76)], 40
    )
    room.add(faces, "plain", (0.95, 0.94, 0.91), normals)
    bulb, normals = ball((x, y, 1.84), 0.035, 14, 10)
    room.add(bulb, "plain", (1.0, 0.99, 0.95), normals)


def _fruit(room: Furnisher) -> None:
    """A bowl with apples and a lemon on the far right of the table."""
    (_, _, _), (_, _, top) = TABLE
    at = (*BOWL, top)
    bowl = [(0.0, 0.0), (0.05, 0.001), (0.055, 0.008), (0.10, 0.035), (0.128, 0.075)]
    turned_on_wheel(
        room, at, [*bowl, (0.122, 0.076), (0.095, 0.040), (0.0, 0.014)], "plain", BLUE, 40
    )
    fruits = (
        (-0.045, 0.02, 0.062, (0.68, 0.27, 0.19)),
        (0.045, 0.035, 0.060, (0.62, 0.58, 0.22)),
        (0.01, -0.045, 0.060, (0.64, 0.29, 0.20)),
        (0.0, 0.005, 0.115, (0.87, 0.76, 0.36)),
    )
    for dx, dy, dz, colour in fruits:
        size = (0.036, 0.036, 0.033) if colour[0] < 0.8 else (0.040, 0.029, 0.029)
        fruit, normals = ball((at[0] + dx, at[1] + dy, top + dz), size, 22, 16)
        blush = 0.97 + 3.0 * (fruit[..., 2:3] - (at[2] + dz)) + 1.2 * (fruit[..., 0:1] - at[0] - dx)
        room.add(fruit, "plain", np.asarray(colour) * np.clip(blush, 0.85, 1.1), normals)
        if colour[0] < 0.8:
            stalk = [(at[0] + dx, at[1] + dy, top + dz + 0.028)]
            stalk.append((at[0] + dx + 0.004, at[1] + dy, top + dz + 0.046))
            stem, normals = tube(stalk, 0.0018, 6)
            room.add(stem, "plain", (0.30, 0.20, 0.12), normals)


def _towel(room: Furnisher) -> None:
    """A folded cloth and a cup at the far left of the table."""
    (_, _, _), (_, _, top) = TABLE
    for layer in range(3):
        inset = 0.004 * layer
        z = top + 0.0065 * layer
        (x0, y0), (x1, y1) = CLOTH
        low, high = (x0 + inset, y0 + inset, z), (x1 - inset, y1 - inset, z + 0.006)
        room.block((low, high), "fabric", (0.86, 0.84, 0.78), 0.05, edge_m=0.0028)
    for x in (-0.575, -0.41):
        line = sheet((x, 0.945, top + 0.0200), (0.012, 0, 0), (0, 0.185, 0), 0.1)
        room.add(line, "plain", (0.62, 0.30, 0.25))
    _cup(room, (*CUP, top), CLAY)
