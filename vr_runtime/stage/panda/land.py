"""Owns the shape of the safe place's land: heights, shadows, colours of the ground.

Knows neither plants nor nodes. The patient stands at the origin and looks along y.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import SamplerState, Texture

from vr_runtime.stage.look.noise import clouded

WATER_M = -5.0
"""Height of the lake."""
LAKE_AT, LAKE_HALF = (14.0, 96.0), (88.0, 60.0)
"""Its middle, and how far it reaches east and north of it, in metres."""
SHORE_OUT = 0.95
"""Where the water ends, as `basin` measures."""
MAP_M = 120.0
"""The map of shadows covers this much, around the origin."""
MAP_SIZE = 1024
PATCH_SIZE, PATCH_M = 256, 0.9
LOWEST, SPAN = -20.0, 60.0
"""Heights that the map can say, in metres."""
LOW_SUN = (-0.80, 0.37, 0.472)
"""Towards the morning sun: from the left and a little ahead, 28 degrees up, so that shadows are
long and lie across the meadow, and leaves glow."""
REACH_M = 174.0
"""So far the land is a surface; what lies beyond is painted on a wall around it."""

Wide = NDArray[np.float64]
Ball = tuple[float, float, float, float]
"""Middle (x, y, z) and radius of what hides the sun, or of a tree's crown, in metres."""


def _rolling(x: Wide, y: Wide) -> Wide:
    """Hills and hollows as a few long waves, about -1 to 1."""
    long = np.sin(x * 0.021 + 1.3) * np.cos(y * 0.017 + 0.4)
    middle = 0.5 * np.sin(x * 0.047 - y * 0.031 + 2.1)
    short = 0.25 * np.sin(x * 0.093 + y * 0.071)
    return np.asarray((long + middle + short) / 1.75)


def _eased(part: Wide) -> Wide:
    t = np.clip(part, 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def basin(x: ArrayLike, y: ArrayLike) -> Wide:
    """How far out from the lake's middle: 1 a little beyond its shore, less within."""
    px = np.asarray(x, dtype=np.float64) - LAKE_AT[0]
    py = np.asarray(y, dtype=np.float64) - LAKE_AT[1]
    turn = np.arctan2(py, px)
    bays = 1.0 + 0.06 * np.sin(3.0 * turn + 0.5) + 0.045 * np.sin(9.0 * turn + 1.0)
    return np.asarray(np.hypot(px / LAKE_HALF[0], py / LAKE_HALF[1]) * bays)


def height(x: ArrayLike, y: ArrayLike) -> Wide:
    """Height of the ground in metres."""
    px, py = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    far = np.hypot(px, py)
    # gentle ahead, so that the shore is seen; behind it rolls, so that no edge is straight
    waves = 0.30 + 1.0 * np.clip((far - 90.0) / 60.0, 0.0, 1.0)
    waves = waves + 3.2 * np.clip((-py - 8.0) / 60.0, 0.0, 1.0)
    soft = _rolling(px, py) * np.clip((far - 4.0) / 40.0, 0.0, 1.0) * waves
    # evenly down from the feet: a brow would hide the near shore
    ahead = np.clip(py - 1.0, 0.0, 40.0)
    falling = -0.175 * (ahead - 3.5 * (1.0 - np.exp(-ahead / 3.5)))
    land = np.maximum(soft + falling, WATER_M + 0.6)
    out = basin(px, py)
    # as gentle below the water as above it: a lip would hide the shore
    bank = WATER_M + 5.0 * (out - SHORE_OUT) - 8.0 * np.maximum(SHORE_OUT - 0.03 - out, 0.0)
    near = _eased((1.5 - out) / 0.42)
    return np.asarray(land * (1.0 - near) + np.maximum(bank, WATER_M - 0.8) * near)


def slope_normals(x: Wide, y: Wide) -> Wide:
    """Unit normals of the ground, as (..., 3)."""
    step = 0.5 + 0.02 * np.hypot(x, y)
    dx = (height(x + step, y) - height(x - step, y)) / (2 * step)
    dy = (height(x, y + step) - height(x, y - step)) / (2 * step)
    n = np.stack([-dx, -dy, np.ones_like(dx)], axis=-1)
    return np.asarray(n / np.linalg.norm(n, axis=-1, keepdims=True))


def dryness(x: Wide, y: Wide) -> Wide:
    """Where the grass is fresh (0) and where it is dry (1), without any rhythm to the eye."""
    plane = clouded(PATCH_SIZE, 1.45, 21)
    column, row = (np.floor(side / PATCH_M).astype(int) % PATCH_SIZE for side in (x, y))
    return np.asarray(np.clip(0.5 + 0.24 * plane[row, column], 0.0, 1.0))


def ground_colour(x: Wide, y: Wide) -> Wide:
    """How the meadow's green varies: drier on rises, damp and dark where it meets the water."""
    z = height(x, y)
    patch = dryness(x, y)
    fresh, dry = np.asarray((0.70, 0.80, 0.78)), np.asarray((0.95, 0.90, 0.84))
    colour = fresh + (dry - fresh) * patch[..., None]
    damp = np.exp(-((np.maximum(z - WATER_M, 0.0) / 0.22) ** 2))[..., None]
    return np.asarray(colour * (1 - 0.65 * damp) + 0.65 * damp * np.asarray((0.46, 0.46, 0.56)))


def _window(x: float, y: float, reach: float) -> tuple[slice, slice]:
    """The part of the map within twice `reach` of a place."""
    per_m = MAP_SIZE / MAP_M

    def part(middle: float) -> slice:
        low, high = (int((middle + side * 2 * reach + MAP_M / 2) * per_m) for side in (-1, 1))
        return slice(min(MAP_SIZE, max(0, low)), min(MAP_SIZE, max(0, high + 1)))

    return part(y), part(x)


def sunlight(hiding: NDArray[np.float64]) -> Wide:
    """How much of the sun reaches the ground of the map past balls (K, 4), 0 to 1.

    Rows from the south, columns from the west. Some of it comes through every ball, and its edge
    is soft: they stand for leaves.
    """
    x, y = _places()
    kept = np.ones(x.shape)
    for px, py, pz, reach in hiding:
        drop = max(0.0, pz - float(height(px, py))) / LOW_SUN[2]
        sx, sy = px - LOW_SUN[0] * drop, py - LOW_SUN[1] * drop
        # where the ground falls away a shadow goes on a little
        drop = max(0.0, pz - float(height(sx, sy))) / LOW_SUN[2]
        sx, sy = px - LOW_SUN[0] * drop, py - LOW_SUN[1] * drop
        soft = reach + 0.022 * drop
        near = _window(sx, sy, 1.6 * soft / LOW_SUN[2])
        dx, dy = x[near] - sx, y[near] - sy
        # a ball's shadow is drawn out along the sun's way
        level = np.hypot(LOW_SUN[0], LOW_SUN[1])
        along = (dx * LOW_SUN[0] + dy * LOW_SUN[1]) / level * LOW_SUN[2]
        beside = (dx * LOW_SUN[1] - dy * LOW_SUN[0]) / level
        apart = (along**2 + beside**2) / soft**2
        kept[near] *= 1.0 - 0.62 * (reach / soft) ** 2 * np.exp(-1.6 * apart**1.5)
    return kept


def _places() -> tuple[Wide, Wide]:
    side = (np.arange(MAP_SIZE) + 0.5) / MAP_SIZE * MAP_M - MAP_M / 2
    x, y = np.meshgrid(side, side)
    return x, y


def at_places(plane: Wide, x: Wide, y: Wide) -> Wide:
    """What a plane of the map says at places; beyond the map 1."""
    column, row = (((side / MAP_M + 0.5) * MAP_SIZE).astype(int) for side in (x, y))
    within = (column >= 0) & (column < MAP_SIZE) & (row >= 0) & (row < MAP_SIZE)
    clipped = (np.clip(part, 0, MAP_SIZE - 1) for part in (row, column))
    return np.where(within, plane[tuple(clipped)], 1.0)


def shadows(sun: Wide, crowns: list[Ball]) -> NDArray[np.uint16]:
    """Up to which height the sun is hidden, and how open the ground is to the sky.

    The numbers for `shadow_map`, two for each place, from what `sunlight` gave and the crowns of
    trees.
    """
    x, y = _places()
    open_part = np.ones(x.shape)
    for cx, cy, _, radius in crowns:
        near = _window(cx, cy, 1.2 * radius)
        away = np.hypot(x[near] - cx, y[near] - cy)
        open_part[near] *= 1.0 - 0.30 * np.exp(-((away / (0.9 * radius)) ** 2))
        open_part[near] *= 1.0 - 0.62 * np.exp(-((away / (0.22 * radius)) ** 2))
    # the materials let the sun come back between 0.35 m below this height and 0.45 m above it, in
    # an S-curve: here it is turned round
    eased, dim = np.ones(sun.shape), sun < 0.9999
    eased[dim] = 0.5 - np.sin(np.arcsin(np.clip(1.0 - 2.0 * sun[dim], -1.0, 1.0)) / 3.0)
    blocked = np.clip((height(x, y) + 0.35 - 0.80 * eased - LOWEST) / SPAN, 0.0, 1.0)
    # beyond the map its edge goes on for ever: there the sun is never hidden
    blocked[[0, -1], :] = 0.0
    blocked[:, [0, -1]] = 0.0
    parts = np.stack([blocked, np.clip(open_part, 0.2, 1.0)], axis=-1)
    return (parts * 65535.0 + 0.5).astype("<u2")


def shadow_map(parts: NDArray[np.uint16]) -> Texture:
    """What `shadows` gave, as the materials read it."""
    texture = Texture("shadows of the meadow")
    texture.setup2dTexture(MAP_SIZE, MAP_SIZE, Texture.TUnsignedShort, Texture.FRg)
    texture.setRamImage(parts.tobytes())
    texture.setMinfilter(SamplerState.FTLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMClamp)
    texture.setWrapV(SamplerState.WMClamp)
    return texture
