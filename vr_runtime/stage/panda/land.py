"""Owns the shape of the safe place's land: heights, shadows, colours of the ground.

Knows neither plants nor nodes. The patient stands at the origin and looks along y.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import SamplerState, Texture

from vr_runtime.stage.look.lighting import SUN
from vr_runtime.stage.look.noise import clouded

WATER_M = -5.0
"""Height of the lake."""
SHORE_OUT = 0.95
"""Where the water ends, as `basin` measures."""
MAP_M = 120.0
"""The map of shadows covers this much, around the origin."""
MAP_SIZE = 512
PATCH_SIZE, PATCH_M, GROVE_M = 256, 0.9, 7.0
LOWEST, SPAN = -20.0, 60.0
"""Heights that the map can say, in metres."""

Wide = NDArray[np.float64]
Crown = tuple[float, float, float, float]
"""Middle (x, y, z) and radius of a tree's crown, in metres."""


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
    px, py = np.asarray(x, dtype=np.float64) - 14.0, np.asarray(y, dtype=np.float64) - 96.0
    turn = np.arctan2(py, px)
    bays = 1.0 + 0.06 * np.sin(3.0 * turn + 0.5) + 0.045 * np.sin(9.0 * turn + 1.0)
    return np.asarray(np.hypot(px / 88.0, py / 60.0) * bays)


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
    hills = np.clip((far - 205.0) / 900.0, 0.0, 1.0) ** 1.2
    ridge = 0.55 + 0.45 * np.sin(np.arctan2(px, py) * 5.0 + 0.7)
    ridge = ridge + 0.30 * np.sin(np.arctan2(px, py) * 13.0 + 2.0)
    high = hills * (70.0 + 130.0 * ridge) * (1.0 + 0.15 * _rolling(px * 0.3, py * 0.3))
    land = np.maximum(soft + falling, WATER_M + 0.6) + high
    out = basin(px, py)
    # as gentle below the water as above it: a lip would hide the shore
    bank = WATER_M + 5.0 * (out - SHORE_OUT) - 8.0 * np.maximum(SHORE_OUT - 0.03 - out, 0.0)
    near = _eased((1.5 - out) / 0.42)
    return np.asarray(land * (1.0 - near) + np.maximum(bank, WATER_M - 3.0) * near)


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


def grove(x: Wide, y: Wide) -> Wide:
    """How densely trees stand far away, 0 to 1: in groves, with meadows between."""
    plane = clouded(PATCH_SIZE, 1.6, 33)
    column, row = (np.floor(side / GROVE_M).astype(int) % PATCH_SIZE for side in (x, y))
    beside = 0.55 * np.clip((1.65 - basin(x, y)) / 0.3, 0.0, 1.0)
    return np.asarray(np.clip(0.36 + 0.75 * plane[row, column] + beside, 0.0, 1.0))


def ground_colour(x: Wide, y: Wide) -> Wide:
    """How the meadow's green varies: drier on rises, sandy at the shore, wooded far away."""
    z = height(x, y)
    far = np.hypot(x, y)
    patch = dryness(x, y)
    fresh, dry = np.asarray((0.62, 0.68, 0.78)), np.asarray((0.80, 0.74, 0.84))
    colour = fresh + (dry - fresh) * patch[..., None]
    shore = np.exp(-(((z - WATER_M - 0.08) / 0.16) ** 2))[..., None]
    colour = colour * (1 - 0.6 * shore) + 0.6 * shore * np.asarray((0.98, 0.80, 0.84))
    wooded = np.clip((far - 190.0) / 120.0, 0.0, 1.0) * grove(x, y)
    dark = np.asarray((0.44, 0.52, 0.46))
    return np.asarray(colour * (1 - wooded[..., None]) + dark * wooded[..., None])


def _window(x: float, y: float, reach: float) -> tuple[slice, slice]:
    """The part of the map within twice `reach` of a place."""
    per_m = MAP_SIZE / MAP_M

    def part(middle: float) -> slice:
        low, high = (int((middle + side * 2 * reach + MAP_M / 2) * per_m) for side in (-1, 1))
        return slice(min(MAP_SIZE, max(0, low)), min(MAP_SIZE, max(0, high + 1)))

    return part(y), part(x)


def _clumps(crown: Crown, random: np.random.Generator) -> list[Crown]:
    """What of a tree hides the sun: many small clumps, with light between, and the trunk."""
    cx, cy, cz, radius = crown
    clumps = []
    for _ in range(80):
        turn, out = random.uniform(0, 2 * np.pi), radius * np.sqrt(random.random()) * 0.92
        high = cz + random.uniform(-0.6, 0.6) * np.sqrt(max(0.0, radius**2 - out**2))
        reach = radius * random.uniform(0.08, 0.19)
        clumps.append((cx + out * np.cos(turn), cy + out * np.sin(turn), high, reach))
    foot = float(height(cx, cy))
    trunk = [(cx, cy, float(high), 0.36) for high in np.linspace(foot, cz, 20)]
    return clumps + trunk


def shadows(crowns: list[Crown]) -> NDArray[np.uint16]:
    """Up to which height the sun is hidden by the crowns, and how open the ground is to the sky.

    The numbers for `shadow_map`: rows from the south, columns from the west, three parts each.
    """
    side = (np.arange(MAP_SIZE) + 0.5) / MAP_SIZE * MAP_M - MAP_M / 2
    x, y = np.meshgrid(side, side)
    ground = height(x, y)
    random = np.random.default_rng(11)
    hidden = np.full(x.shape, -2.0)
    open_part = np.ones(x.shape)
    for cx, cy, cz, radius in crowns:
        away = np.hypot(x - cx, y - cy) / radius
        open_part *= 1.0 - 0.28 * np.exp(-((away / 0.9) ** 2))
        for px, py, pz, reach in _clumps((cx, cy, cz, radius), random):
            drop = (pz - float(height(px, py))) / SUN[2]
            sx, sy = px - SUN[0] * drop, py - SUN[1] * drop
            near = _window(sx, sy, reach)
            apart = np.hypot(x[near] - sx, y[near] - sy) / reach
            # never wholly dark: some of the sun comes through the leaves
            hidden[near] = np.maximum(hidden[near], 0.07 - 0.55 * apart**2)
    blocked = np.clip((ground + hidden - LOWEST) / SPAN, 0.0, 1.0)
    # beyond the map its edge goes on for ever: there the sun is never hidden
    blocked[[0, -1], :] = 0.0
    blocked[:, [0, -1]] = 0.0
    # Panda3D keeps blue, green, red
    parts = np.stack([np.zeros_like(blocked), np.clip(open_part, 0.2, 1.0), blocked], axis=-1)
    return (parts * 65535.0 + 0.5).astype("<u2")


def shadow_map(parts: NDArray[np.uint16]) -> Texture:
    """What `shadows` gave, as the materials read it."""
    texture = Texture("shadows of the meadow")
    texture.setup2dTexture(MAP_SIZE, MAP_SIZE, Texture.TUnsignedShort, Texture.FRgb)
    texture.setRamImage(parts.tobytes())
    texture.setMinfilter(SamplerState.FTLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMClamp)
    texture.setWrapV(SamplerState.WMClamp)
    return texture
