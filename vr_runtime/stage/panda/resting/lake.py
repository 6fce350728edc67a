"""Owns the still water of the safe place; what it mirrors is reckoned once, from the patient.

Knows neither plants nor nodes. The light of the place comes from outside, so that both agree.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vr_runtime.stage.models.mesh import Array, Mesh, faces
from vr_runtime.stage.panda.land import WATER_M, basin, height
from vr_runtime.stage.panda.resting.foliage import EYE, Wide

COLUMNS, ROWS = 84, 30
NEAR_M, FAR_M = 27.0, 170.0
WOODS_M = 6.0
"""Trees make the skyline of the hills higher by this."""
MIRRORS = 0.25
"""How much of the sky it mirrors anew in each picture; the rest was reckoned, hills and all."""
DEEP = np.asarray((0.020, 0.045, 0.050))
HILLS = np.asarray((0.075, 0.115, 0.050))
HAZE_PER_M = 0.0010


def water(
    mesh: Mesh, sky: Callable[[Wide], Wide], horizon: tuple[float, float, float], light: Wide
) -> None:
    """Add the lake.

    Args:
        mesh: takes its faces.
        sky: linear light (..., 3) of the sky by the sine of its elevation.
        horizon: linear light of the haze.
        light: linear light that a level white surface of the place gives back.
    """
    turn = np.radians(np.linspace(-62.0, 74.0, COLUMNS + 1))
    # even steps as seen, not as measured
    fall = np.linspace(1.0 / NEAR_M, 1.0 / FAR_M, ROWS + 1)
    away = 1.0 / fall[:, None]
    x, y = away * np.sin(turn)[None], away * np.cos(turn)[None]
    colour = np.sqrt(np.clip(_seen(turn, away, sky, horizon) / light, 0.0, 1.0))
    streaks = np.sin(y * 0.55 + 1.7 * np.sin(x * 0.031)) * np.sin(x * 0.045 + y * 0.13)
    colour = colour * (1.0 + 0.035 * streaks[..., None])
    inside = basin(x, y) < 1.11

    def corners(grid: Wide) -> Wide:
        quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
        return quads.reshape(-1, 4, grid.shape[-1])

    kept = corners(inside[..., None].astype(float)).all(axis=(1, 2))
    level: Array = faces(corners(np.stack([x, y, np.full_like(x, WATER_M)], axis=-1))[kept])
    up = np.zeros_like(level)
    up[..., 2] = 1.0
    painted = np.clip(corners(colour)[kept], 0.0, 1.0)
    mesh.add(level, picture="plain", colour=painted, normals=up, open_to_sky=MIRRORS)


def _seen(
    turn: Wide, away: Wide, sky: Callable[[Wide], Wide], horizon: tuple[float, float, float]
) -> Wide:
    """Linear light from each point: mirrored hills or sky, and the deep water below.

    The share that is mirrored follows Schlick 1994 with 2 % straight down.
    """
    steep = (EYE[2] - WATER_M) / away
    reach = np.geomspace(FAR_M - 12.0, 1700.0, 60)
    top = height(reach[:, None] * np.sin(turn), reach[:, None] * np.cos(turn))
    top = top + WOODS_M * (reach < 800.0)[:, None]
    slope = (top[:, None, :] - WATER_M) / (reach[:, None, None] - away[None] + 8.0)
    hit = slope > steep[None]
    first = np.where(hit.any(axis=0), hit.argmax(axis=0), -1)
    lost = 1.0 - np.exp2(-(reach[first] + away) * HAZE_PER_M)
    hazy = np.asarray(horizon)
    hill = HILLS * (1 - lost[..., None]) + hazy * lost[..., None]
    rising = np.broadcast_to(steep / np.sqrt(1.0 + steep * steep), first.shape)
    mirrored = np.where((first >= 0)[..., None], hill, sky(rising))
    share = (0.02 + 0.98 * (1.0 - rising) ** 5)[..., None]
    return np.asarray(mirrored * share + DEEP * (1.0 - share))
