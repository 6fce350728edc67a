"""Owns the things in the evening room but for its shelves: lamp, table, rug, curtains, bench."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.books import pile
from vr_runtime.stage.panda.resting.evening_plan import (
    BENCH,
    BOOKS,
    BRASS,
    BULB_Z,
    CREAM,
    LAMP,
    NORTH,
    OAK,
    RUG,
    RUG_R,
    RUST,
    SHADE_R,
    SHADE_Z,
    TABLE,
    TABLE_TOP,
    WALNUT,
    WINDOW_X,
    WINDOW_Z,
)
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice
from vr_runtime.stage.panda.resting.upholstery import Set, padded

WARM, AMBER = np.asarray((1.0, 0.90, 0.69)), np.asarray((0.90, 0.66, 0.40))
"""Of the cloth of the shade right beside the bulb, and at its edges; laid over `LAMP_GLOW`."""


def lamp(room: Furnisher, lit: Mesh) -> None:
    """Add a standing lamp beside the chair: its shade, which glows, into `lit`."""
    x, y = LAMP
    turn = np.asarray([(0.0, 0.155), (0.012, 0.160), (0.024, 0.13), (0.034, 0.03), (0.05, 0.012)])
    foot, normals = tube(
        np.stack([np.full(5, x), np.full(5, y), turn[:, 0]], axis=1), turn[:, 1], 28
    )
    room.add(foot, "plain", BRASS, normals)
    pole, around = tube([(x, y, z) for z in (0.05, 0.5, 0.9, SHADE_Z[0] + 0.02)], 0.011, 12)
    room.add(pole, "plain", BRASS, around)
    z = np.linspace(*SHADE_Z, 11)
    r = np.linspace(*SHADE_R, 11)
    shade, normals = tube(np.stack([np.full(11, x), np.full(11, y), z], axis=1), r, 36)
    lit.add(shade, picture="fabric", colour=_cloth(shade), normals=normals)
    # what is seen from below: the cloth from within, and the bulb
    inner, normals = tube(
        np.stack([np.full(11, x), np.full(11, y), z[::-1]], axis=1), r[::-1] - 0.003, 36
    )
    lit.add(inner, picture="plain", colour=0.5 + 0.5 * _cloth(inner), normals=normals)
    bulb, normals = ball((x, y, BULB_Z), (0.04, 0.04, 0.055), 16, 10)
    lit.add(bulb, picture="plain", colour=(1.0, 0.98, 0.90), normals=normals)
    for level, radius in zip(SHADE_Z, SHADE_R, strict=True):
        ring = np.linspace(0.0, 2 * np.pi, 37)
        line = np.stack([x + radius * np.cos(ring), y + radius * np.sin(ring), 0 * ring + level], 1)
        band, normals = tube(line, 0.005, 4, beside=(0.0, 0.0, 1.0))
        lit.add(band, picture="plain", colour=(0.72, 0.50, 0.30), normals=normals)


def _cloth(points: Array) -> Wide:
    """How bright the cloth is: most where the bulb is near behind it."""
    part = np.clip(np.abs(points[..., 2] - BULB_Z - 0.01) / 0.19, 0.0, 1.0)[..., None]
    part = part * part * (3.0 - 2.0 * part)
    # panels of cloth meet at ribs
    turn = np.arctan2(points[..., 1] - LAMP[1], points[..., 0] - LAMP[0])
    rib = 1.0 - 0.045 * (np.abs(np.mod(turn / (2 * np.pi) * 12.0 + 0.5, 1.0) - 0.5) < 0.06)
    return np.asarray((WARM * (1 - part) + AMBER * part) * rib[..., None])


def _lathe(
    room: Furnisher,
    at: Sequence[float],
    profile: Sequence[tuple[float, float]],
    tint: Sequence[float],
    sides: int = 24,
) -> None:
    """A turned thing: heights and radii from its foot up, metres."""
    turn = np.asarray(profile)
    path = np.stack(
        [np.full(len(turn), at[0]), np.full(len(turn), at[1]), at[2] + turn[:, 0]], axis=1
    )
    body, normals = tube(path, turn[:, 1], sides)
    room.add(body, "plain", tint, normals)


def _plate(
    room: Furnisher,
    at: Sequence[float],
    radius: float,
    tint: ArrayLike,
    picture: str = "plain",
) -> None:
    """A round face that looks up."""
    rings, turn = np.linspace(0.0, radius, 6)[:, None], np.linspace(2 * np.pi, 0.0, 33)
    grid = np.stack(
        [at[0] + rings * np.sin(turn), at[1] + rings * np.cos(turn), 0 * rings * turn + at[2]], -1
    )
    grid = grid[::-1] if np.cross(grid[1, 1] - grid[1, 0], grid[2, 0] - grid[1, 0])[2] < 0 else grid
    n = np.zeros_like(grid)
    n[..., 2] = 1.0
    corners = lattice(grid)
    uv = None
    if picture == "wood":
        uv = np.stack([corners[..., 0] * 0.5 + 0.27, (corners[..., 1] - at[1]) * 0.19 + 0.3125], -1)
    room.add(corners, picture, tint, lattice(n), uv)


def table(room: Furnisher) -> None:
    """Add a round table on one turned foot, with a cup on its saucer and a book."""
    x, y = TABLE
    top, r = TABLE_TOP, 0.25
    for low, high, r0, r1 in ((-0.030, -0.022, r - 0.02, r), (-0.022, -0.006, r, r)):
        rim, normals = tube([(x, y, top + low), (x, y, top + high)], (r0, r1), 40)
        room.add(rim, "plain", (0.46, 0.33, 0.24), normals)
    edge, normals = tube([(x, y, top - 0.006), (x, y, top)], (r, r - 0.006), 40)
    room.add(edge, "plain", (0.52, 0.38, 0.28), normals)
    _plate(room, (x, y, top), r - 0.006, WALNUT, "wood")
    stem = (
        (0.0, 0.14), (0.016, 0.145), (0.034, 0.125), (0.055, 0.06), (0.09, 0.034), (0.20, 0.028),
        (0.30, 0.038), (0.34, 0.028), (0.44, 0.024), (0.468, 0.07),
    )  # fmt: skip
    _lathe(room, (x, y, 0.0), stem, (0.44, 0.32, 0.23))
    cx, cy = x + 0.075, y - 0.085
    saucer = ((0.0, 0.034), (0.004, 0.040), (0.010, 0.066), (0.014, 0.070))
    _lathe(room, (cx, cy, top), saucer, CREAM, 28)
    _plate(room, (cx, cy, top + 0.010), 0.068, np.asarray(CREAM) * 0.94)
    cup = ((0.0, 0.022), (0.005, 0.026), (0.022, 0.038), (0.045, 0.043), (0.066, 0.045))
    _lathe(room, (cx, cy, top + 0.011), cup, CREAM, 24)
    _plate(room, (cx, cy, top + 0.066), 0.043, (0.50, 0.30, 0.17))
    handle = np.linspace(-1.15, 1.25, 9)
    line = np.stack(
        [
            cx + 0.036 + 0.024 * np.cos(handle),
            0 * handle + cy,
            top + 0.046 + 0.020 * np.sin(handle),
        ],
        axis=1,
    )
    ear, normals = tube(line, 0.0042, 7, beside=(0.0, 1.0, 0.0))
    room.add(ear, "plain", CREAM, normals)
    pile(room, np.asarray((x - 0.185, y - 0.10, top)), (BOOKS[1],))


def rug(room: Furnisher) -> None:
    """Add a round woven rug with quiet bands."""
    x, y = RUG
    turn = np.linspace(0.0, 2 * np.pi, 61)
    edges = (0.0, 0.10, 0.20, 0.25, 0.375, 0.50, 0.58, 0.62, 0.73, 0.84, 0.88, 0.96, 1.0)
    rings = RUG_R * np.asarray(edges)[:, None]
    grid = np.stack(
        [x + rings * np.sin(turn), y + rings * np.cos(turn), np.full((len(rings), 61), 0.012)], -1
    )
    n = np.zeros_like(grid)
    n[..., 2] = 1.0
    faces = lattice(grid)
    far = np.linalg.norm(faces[..., :2] - (x, y), axis=2).mean(axis=1) / RUG_R
    band = np.digitize(far, (0.20, 0.25, 0.50, 0.58, 0.62, 0.84, 0.88, 0.96))
    tints = np.asarray(
        (
            (0.80, 0.62, 0.46), (0.90, 0.80, 0.64), (0.72, 0.45, 0.34), (0.90, 0.80, 0.64),
            (0.56, 0.52, 0.42), (0.74, 0.47, 0.35), (0.90, 0.80, 0.64), (0.66, 0.40, 0.31),
            (0.86, 0.75, 0.58),
        )
    )  # fmt: skip
    room.add(faces, "fabric", tints[band][:, None], lattice(n))
    edge, normals = tube(
        np.stack([x + RUG_R * np.sin(turn), y + RUG_R * np.cos(turn), 0 * turn + 0.004], 1),
        0.009,
        6,
    )
    room.add(edge, "fabric", tints[-1], normals)


def curtains(room: Furnisher) -> None:
    """Add heavy curtains on a rod over the window: one half drawn, one drawn aside."""
    (x0, x1), head, y = WINDOW_X, WINDOW_Z[1], NORTH - 0.12
    for west, east, wide, columns in (
        (x0 - 0.24, x0 + 0.36, 0.105, 61),
        (x1 - 0.03, x1 + 0.24, 0.070, 41),
    ):
        v, u = np.meshgrid(
            np.linspace(0.03, head + 0.10, 13), np.linspace(0, 1, columns), indexing="ij"
        )
        along = u * (east - west)
        sway = 0.010 * np.sin(2.1 * v + 7.0 * u)
        fold = np.sin(along * 2 * np.pi / wide + 0.5 * np.sin(3.0 * u + v * 0.4))
        deep = 0.022 + 0.012 * (1.0 - v / head)
        grid = np.stack([west + along + sway, y - 0.01 + deep * -fold, v], axis=-1)
        n = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        # little light comes into a fold
        shade = lattice(np.broadcast_to((0.76 + 0.24 * fold)[..., None], grid.shape))
        corners = lattice(grid)
        uv = lattice(np.stack([1.5 * along, v, v], axis=-1))[..., :2] / 0.32
        room.add(corners, "fabric", np.asarray(RUST) * shade, lattice(n), uv)
    ends = ((x0 - 0.32, y, head + 0.13), (x1 + 0.32, y, head + 0.13))
    rod, normals = tube(ends, 0.013, 12)
    room.add(rod, "plain", BRASS, normals)
    for end in ends:
        knob, normals = ball(end, 0.026, 16, 10)
        room.add(knob, "plain", BRASS, normals)
    for hold in (x0 - 0.27, x1 + 0.27):
        room.block(
            ((hold - 0.01, y, head + 0.12), (hold + 0.01, NORTH, head + 0.14)), "plain", BRASS
        )


def bench(room: Furnisher) -> None:
    """Add a low chest under the window, with a flat cushion and a folded blanket on it."""
    (x0, y0, _), (x1, y1, top) = BENCH
    body = top - 0.07
    room.block(((x0, y0 + 0.01, 0.05), (x1, y1, body - 0.02)), "wood", OAK, 0.10)
    room.block(((x0 - 0.015, y0 - 0.01, body - 0.02), (x1 + 0.015, y1, body)), "wood", OAK, 0.10)
    for x in (x0 + 0.05, (x0 + x1) / 2 + 0.02):
        wide = (x1 - x0) / 2 - 0.07
        room.block(((x, y0 + 0.004, 0.09), (x + wide, y0 + 0.02, body - 0.06)), "wood", OAK, 0.10)
    for x in (x0 + 0.04, x1 - 0.09):
        room.block(((x, y0 + 0.03, 0.0), (x + 0.05, y0 + 0.08, 0.05)), "wood", OAK)
    seat = ((x0 + 0.01, y0, body), (x1 - 0.01, y1 - 0.02, body + 0.06))
    padded(room, seat, (0.82, 0.74, 0.58), edge=0.024, crown=0.008, piped=(0.64, 0.55, 0.40))
    for level in range(3):
        low = body + 0.065 + 0.024 * level
        piece = ((x1 - 0.40, y0 + 0.05, low), (x1 - 0.06 - 0.01 * level, y1 - 0.07, low + 0.026))
        padded(room, piece, (0.60, 0.66, 0.66), edge=0.012, stands=Set((x1 - 0.2, y0), -3.0))
