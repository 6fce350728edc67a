"""Owns what brushed steel in a cabin shows of the cabin around it; knows no model.

What whoever stands in the middle would see in it is reckoned once, for each point, and painted: a
dim picture of lamps, floor, rail and the wall across, drawn out by the brushing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.lift.plan import FRONT_Y, OAK, Cabin
from vr_runtime.stage.models.mesh import Array

Wide = NDArray[np.float64]
EYE_Z, FARTHEST_M = 1.6, 20.0
ROUGH_ASIDE, ROUGH_UP = 0.085, 0.034
"""How far the brushing, which runs up, throws a ray aside and up: sines of the angle."""
RAYS_ASIDE = (-1.8, -1.2, -0.7, -0.25, 0.25, 0.7, 1.2, 1.8)
RAYS_UP = (-1.4, -0.5, 0.5, 1.4)
OWN, SHOWN = 0.56, 0.62
"""How much of a point's brightness is the steel's own, and how much what it shows."""
WHO = np.asarray((0.30, 0.31, 0.34))
"""Colour of whoever stands there, as dim as it is blurred."""
STRIP_Y, STRIP_Z = (0.020, 0.046), (0.26, 2.0)
"""The line of light in each front corner: how far behind the front wall, and its height."""


def polished(points: Array, normal: Sequence[float], size: Cabin) -> Array:
    """The colour (..., 3) of steel at points (..., 3) that face `normal`, in full light: 0 to 1.2.

    Metres, in the cabin's own space.
    """
    flat = points.reshape(-1, 3).astype(np.float64)
    n = np.asarray(normal, dtype=np.float64)
    across = np.cross((0.0, 0.0, 1.0), n)
    eye = np.asarray((0.0, FRONT_Y[1] + 0.62 * size.deep, min(EYE_Z, size.high - 0.4)))
    shown = np.zeros_like(flat)
    for aside in RAYS_ASIDE:
        for up in RAYS_UP:
            tilted = n + ROUGH_ASIDE * aside * across + ROUGH_UP * up * np.asarray((0.0, 0.0, 1.0))
            tilted /= np.linalg.norm(tilted)
            ray = flat - eye
            ray = ray - 2.0 * (ray @ tilted)[:, None] * tilted
            met, own = _met(flat, ray, size), _oneself(flat, ray, eye)
            shown += met + (WHO - met) * own[:, None]
    shown /= len(RAYS_ASIDE) * len(RAYS_UP)
    colour = OWN + SHOWN * shown + 0.26 * _near_strips(flat, size)[:, None]
    return np.asarray(np.minimum(colour, 1.25).reshape(points.shape), dtype=np.float32)


def _oneself(start: Wide, ray: Wide, eye: Wide) -> Wide:
    """How much of a ray is taken up by who stands there, 0 to 1: a shape, no person."""
    way = np.where(np.abs(ray[:, 1]) < 1e-3, 1e-3, ray[:, 1])
    back = np.clip((eye[1] - start[:, 1]) / way, -FARTHEST_M, FARTHEST_M)
    x, z = (np.clip(start[:, k] + ray[:, k] * back, -4.0, 4.0) for k in (0, 2))
    body = np.exp(-((np.abs(x) / 0.21) ** 4)) / (1.0 + np.exp((z - eye[2] + 0.20) / 0.03))
    head = np.exp(-(((x / 0.095) ** 2 + ((z - eye[2]) / 0.14) ** 2) ** 2))
    return np.asarray(np.where(back > 0.0, np.maximum(body, head), 0.0))


def _near_strips(points: Wide, size: Cabin) -> Wide:
    """How near the lines of light in both front corners are, 0 to 1."""
    y = FRONT_Y[1] + 0.5 * (STRIP_Y[0] + STRIP_Y[1])
    rise = np.clip((points[:, 2] - STRIP_Z[0] + 0.25) / 0.25, 0.0, 1.0)
    away = np.minimum.reduce(
        [np.hypot(points[:, 0] - side * size.wide / 2, points[:, 1] - y) for side in (-1.0, 1.0)]
    )
    return np.asarray(rise * np.exp(-away / 0.13))


def _met(start: Wide, ray: Wide, size: Cabin) -> Wide:
    """What a ray from each point meets first, as a colour (K, 3)."""
    low = np.asarray((-size.wide / 2, FRONT_Y[1], 0.0))
    high = np.asarray((size.wide / 2, size.back_y, size.high))
    safe = np.where(np.abs(ray) < 1e-6, 1e-6, ray)
    ways = np.where(safe > 0.0, high - start, low - start) / safe
    ways = np.where(ways < 1e-4, FARTHEST_M, ways)
    axis = np.argmin(ways, axis=1)
    place = start + safe * np.min(ways, axis=1)[:, None]
    x, y, z = place.T
    wall = 0.50 + 0.16 * np.clip(z / size.high, 0.0, 1.0)
    wall = wall + 0.30 * np.exp(-(((z - 0.90) / 0.030) ** 2)) - 0.28 * np.exp(-((z / 0.10) ** 2))
    wall = wall - 0.16 * np.exp(-(((z - (0.90 * size.high - 0.25)) / 0.012) ** 2))
    found = np.repeat(wall[:, None], 3, axis=1)
    front, back = (axis == 1) & (safe[:, 1] < 0.0), (axis == 1) & (safe[:, 1] > 0.0)
    gap = 0.30 * np.exp(-((x / 0.014) ** 2))
    found[front] = (0.54 - gap + 0.06 * (np.abs(x) < size.door / 2))[front, None]
    if size.back == "wood":
        plank = np.asarray(OAK) * np.asarray((0.50, 0.44, 0.38))
        found[back] = (plank[None, :] * (0.75 + 0.35 * z / size.high)[:, None])[back]
    above = (axis == 2) & (safe[:, 2] > 0.0)
    lamps = np.zeros(len(x))
    for side in (-1.0, 1.0):
        for lamp_y in size.lamps_y:
            dx = np.maximum(np.abs(x - side * 0.22 * size.wide) - 0.10 * size.wide, 0.0)
            dy = np.maximum(np.abs(y - lamp_y) - 0.13, 0.0)
            lamps = np.maximum(lamps, np.exp(-((dx / 0.03) ** 2) - (dy / 0.03) ** 2))
    found[above] = (0.62 + 0.75 * lamps)[above, None]
    below = (axis == 2) & (safe[:, 2] < 0.0)
    found[below] = 0.20
    strips = np.exp(-((np.abs(np.abs(x) - size.wide / 2) / 0.02) ** 2))
    strips = strips * np.exp(-(((y - FRONT_Y[1] - 0.033) / 0.025) ** 2))
    strips = strips * ((z > STRIP_Z[0]) & (z < STRIP_Z[1]))
    return np.asarray(found + 0.9 * strips[:, None])
