"""Owns the picture of the sand close by: what darkens it, what presses it, where lamplight falls.

Each thing that stands there presses the sand, has some heaped at its foot, and keeps sky and
lantern from what lies beside it. One picture says so for all, reckoned once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from vr_runtime.stage.panda.resting.bay import eased, height
from vr_runtime.stage.panda.resting.driftwood import axis
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.marram import close_tufts
from vr_runtime.stage.panda.resting.strand import (
    FLAME_M,
    HALF_M,
    LANTERN_AT,
    LANTERN_TURN,
    Stone,
    corners_of_lantern,
    lantern_foot,
    stones,
)
from vr_runtime.stage.panda.resting.strand_tiles import Pixels, leaning, written

NEAR = (-8.0, 0.0, 16.0, 8.0)
"""Where the picture lies: west, south, width, depth in metres."""
WIDE, DEEP = 1024, 512
MARGIN = 18
"""Points at its edge without anything, and as many over which it fades."""
STEEPEST = 0.6
STEP_M, PRINT_M = 0.64, 0.125
"""Between two footprints, and half the length of one."""
LAMP_REACH_M = 4.0


def near_sand() -> Pixels:
    """Red: open to the sky; green: reached by the lantern; blue and alpha: slopes."""
    x = NEAR[0] + (np.arange(WIDE) + 0.5) * NEAR[2] / WIDE
    y = NEAR[1] + (np.arange(DEEP) + 0.5) * NEAR[3] / DEEP
    px, py = np.meshgrid(x, y)
    open_part, relief = np.ones_like(px), np.zeros_like(px)
    for foot in _feet():
        window = _window(foot)
        beside = foot.beside(px[window], py[window])
        out, reach = np.maximum(beside, 0.0), foot.reach
        near = np.exp(-((out / reach) ** 2)) + 0.22 * np.exp(-out / (2.2 * reach))
        open_part[window] *= 1.0 - foot.dark * near
        relief[window] += foot.heap * np.exp(-((beside / (0.9 * reach)) ** 2))
    relief += _prints(px, py)
    ahead, across = np.gradient(relief, NEAR[3] / DEEP, NEAR[2] / WIDE)
    lamp = _lamplit(px, py)
    sides = [
        np.clip(open_part, 0.0, 1.0),
        lamp,
        leaning(across, STEEPEST),
        leaning(ahead, STEEPEST),
    ]
    # beyond the picture its edge goes on for ever, however small it is seen: there nothing stands
    level = float(leaning(np.zeros(1), 1.0)[0])
    inwards = np.minimum(
        *np.meshgrid(*(np.minimum(k, k[::-1]) for k in map(np.arange, (WIDE, DEEP))))
    )
    whole = eased((inwards - MARGIN) / MARGIN)
    plain = (1.0, 1.0, level, level)
    return written(*(rest + (part - rest) * whole for part, rest in zip(sides, plain, strict=True)))


@dataclass(frozen=True)
class _Foot:
    """Something that stands in the sand."""

    at: tuple[float, float]
    size: float
    """Metres from there within which it lies."""
    beside: Callable[[Wide, Wide], Wide]
    """How far beside it a place lies, in metres; below 0 under it."""
    reach: float
    """So far it darkens the sand, in metres."""
    dark: float
    """How much of the sky it hides at its very foot."""
    heap: float
    """Metres of sand heaped at its foot."""


def _window(foot: _Foot) -> tuple[slice, slice]:
    """The part of the picture that it darkens."""
    far = foot.size + 11.0 * foot.reach

    def part(middle: float, start: float, per_m: float, most: int) -> slice:
        low, high = (int((middle + side * far - start) * per_m) for side in (-1, 1))
        return slice(min(most, max(0, low)), min(most, max(0, high + 1)))

    x, y = foot.at
    return part(y, NEAR[1], DEEP / NEAR[3], DEEP), part(x, NEAR[0], WIDE / NEAR[2], WIDE)


def _feet() -> list[_Foot]:
    found = [
        _Foot(LANTERN_AT, 0.2, _beside_lantern, 0.055, 0.55, 0.0),
        _Foot((2.1, 4.5), 1.8, _beside_trunk, 0.065, 0.50, 0.022),
    ]
    for x, y in corners_of_lantern(HALF_M - 0.006):
        found.append(_Foot((x, y), 0.02, _beside_round(x, y, 0.012), 0.030, 0.35, 0.009))
    for stone in stones():
        size = stone.half[0]
        beside, reach = partial(_beside_stone, stone), 0.22 * size + 0.012
        found.append(_Foot(stone.at, size, beside, reach, 0.48, 0.06 * size))
    for x, y in close_tufts():
        found.append(_Foot((x, y), 0.1, _beside_round(x, y, 0.06), 0.09, 0.30, 0.02))
    return found


def _beside_round(x: float, y: float, radius: float) -> Callable[[Wide, Wide], Wide]:
    return lambda px, py: np.hypot(px - x, py - y) - radius


def _beside_stone(stone: Stone, px: Wide, py: Wide) -> Wide:
    dx, dy = px - stone.at[0], py - stone.at[1]
    u = dx * np.cos(stone.turn) + dy * np.sin(stone.turn)
    w = -dx * np.sin(stone.turn) + dy * np.cos(stone.turn)
    return np.asarray((np.hypot(u / stone.half[0], w / stone.half[1]) - 1.0) * stone.half[1])


def _beside_lantern(px: Wide, py: Wide) -> Wide:
    a = np.radians(LANTERN_TURN)
    dx, dy = px - LANTERN_AT[0], py - LANTERN_AT[1]
    u, w = np.abs(dx * np.cos(a) + dy * np.sin(a)), np.abs(-dx * np.sin(a) + dy * np.cos(a))
    return np.asarray(np.hypot(np.maximum(u - HALF_M, 0.0), np.maximum(w - HALF_M, 0.0)))


def _beside_trunk(px: Wide, py: Wide) -> Wide:
    path, thick = axis()
    beside = np.full_like(px, 9.0)
    for (mx, my, mz), radius in zip(path, thick, strict=True):
        above = mz - float(height(mx, my))
        # where it has sunk in wholly there is nothing left to stand beside
        if above > -0.8 * radius:
            half = float(np.sqrt(radius**2 - min(above, 0.0) ** 2))
            beside = np.minimum(beside, np.hypot(px - mx, py - my) - half)
    return beside


def _prints(px: Wide, py: Wide) -> Wide:
    """Faint footprints of somebody who has walked along the shore: metres of relief."""
    random = np.random.default_rng(14)
    relief = np.zeros_like(px)
    for number, x in enumerate(np.arange(-7.6, 7.8, STEP_M)):
        y = 6.35 + 0.30 * np.sin(0.42 * x + 0.8) + 0.11 * (-1) ** number + random.normal(0.0, 0.02)
        way = 0.126 * np.cos(0.42 * x + 0.8) + 0.10 * (-1) ** number
        near = (slice(None), np.abs(px[0] - x) < 0.5)
        dx, dy = px[near] - x, py[near] - y
        u, w = dx * np.cos(way) + dy * np.sin(way), -dx * np.sin(way) + dy * np.cos(way)
        waist = 0.046 + 0.012 * np.cos((u + 0.02) / PRINT_M * 4.0)
        r = np.sqrt((u / PRINT_M) ** 4 + (w / waist) ** 2)
        relief[near] += 0.004 * np.exp(-(((r - 1.4) / 0.4) ** 2)) - 0.011 * eased((1.3 - r) / 0.9)
    return relief


def _lamplit(px: Wide, py: Wide) -> Wide:
    """How much of the flame each place sees past floor and posts of the lantern, and the trunk."""
    x, y, foot = lantern_foot()
    flame = np.asarray((x, y, foot + FLAME_M))
    lit = np.ones_like(px)
    near = np.hypot(px - x, py - y) < LAMP_REACH_M
    qx, qy = px[near], py[near]
    ray = np.stack([qx, qy, height(qx, qy)], axis=-1) - flame
    square = (ray**2).sum(axis=-1)
    share = np.ones_like(qx)
    path, thick = axis()
    for middle, radius in zip(path[::2], thick[::2], strict=True):
        to = middle - flame
        part = np.clip((ray @ to) / square, 0.0, 1.0)
        past = np.linalg.norm(ray * part[:, None] - to, axis=-1)
        share = np.minimum(share, eased((past - 0.80 * radius) / (0.42 * radius)))
    flat = np.maximum(np.hypot(ray[:, 0], ray[:, 1]), 1e-3)
    for cx, cy in corners_of_lantern(HALF_M - 0.006):
        tx, ty = cx - x, cy - y
        past = np.abs(ray[:, 0] * ty - ray[:, 1] * tx) / flat
        before = (ray[:, 0] * tx + ray[:, 1] * ty > 0.0) & (flat > np.hypot(tx, ty))
        # a flame is wide: farther away the shadow of a post is no longer whole
        whole = 0.62 / (1.0 + 0.45 * np.maximum(flat - 0.12, 0.0))
        share *= 1.0 - before * whole * (1.0 - eased((past - 0.002) / 0.017))
    share *= 0.10 + 0.90 * eased((_beside_lantern(qx, qy) - 0.004) / 0.055)
    lit[near] = share
    return lit
