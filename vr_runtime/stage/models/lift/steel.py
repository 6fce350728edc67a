"""Owns what brushed steel in a cabin shows of the cabin around it; knows no model.

What whoever stands there would see in it is reckoned once, for each point, and painted: a dim
picture of lamps, floor, rail and the wall across. The brushing runs level, and so draws all lamps
out into upright streaks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.lift.fitted import GLOW, HUE, Emergency
from vr_runtime.stage.models.lift.plan import FRONT_Y, OAK, Cabin
from vr_runtime.stage.models.mesh import Array

Wide = NDArray[np.float64]
EYE_Z, FARTHEST_M = 1.6, 20.0
ROUGH_ASIDE, ROUGH_UP = 0.030, 0.150
"""How far the brushing, which runs level, throws a ray aside and up: sines of the angle."""
RAYS_ASIDE = (-1.0, 0.0, 1.0)
RAYS_UP = tuple(np.linspace(-1.7, 1.7, 11))
OWN, SHOWN = 0.40, 0.80
"""How much of a point's brightness is the steel's own, and how much what it shows."""
OWN_DARK, SHOWN_DARK = 0.62, 0.50
"""The same by the emergency lamp alone: the first as displayed, the second of linear light."""
LENS, LENS_M = 14.0, (0.055, 0.035)
"""Linear light of the emergency lamp as it is seen, and how broad and high it is seen."""
WHO = np.asarray((0.30, 0.31, 0.34))
"""Colour of whoever stands there, as dim as it is blurred."""
STRIP_Y, STRIP_Z = (0.020, 0.046), (0.26, 2.0)
"""The line of light in each front corner: how far behind the front wall, and its height."""


def polished(points: Array, normal: Sequence[float], size: Cabin) -> Array:
    """The colour (..., 3) of steel at points (..., 3) that face `normal`, in full light: 0 to 1.2.

    Metres, in the cabin's own space.
    """
    flat = points.reshape(-1, 3).astype(np.float64)
    shown = np.zeros_like(flat)
    for ray, eye in _rays(flat, normal, size):
        met, own = _met(flat, ray, size), _oneself(flat, ray, eye)
        shown += met + (WHO - met) * own[:, None]
    shown /= len(RAYS_ASIDE) * len(RAYS_UP)
    colour = OWN + SHOWN * shown + 0.26 * _near_strips(flat, size)[:, None]
    return np.asarray(np.clip(colour, 0.32, 1.25).reshape(points.shape), dtype=np.float32)


def polished_dark(
    points: Array, normal: Sequence[float], size: Cabin, emergency: Emergency
) -> Array:
    """The same by the emergency lamp alone, as displayed, (..., 3)."""
    flat = points.reshape(-1, 3).astype(np.float64)
    normals = np.broadcast_to(np.asarray(normal, dtype=np.float64), flat.shape)
    own = OWN_DARK**2 * emergency.falls(flat.astype(np.float32), normals.astype(np.float32))
    shown = np.zeros_like(flat)
    for ray, eye in _rays(flat, normal, size):
        met = _met_dark(flat, ray, size, emergency)
        shown += met * (1.0 - 0.8 * _oneself(flat, ray, eye))[:, None]
    shown /= len(RAYS_ASIDE) * len(RAYS_UP)
    told = np.sqrt(np.clip(own + SHOWN_DARK * shown, 0.0, 1.0))
    return np.asarray(told.reshape(points.shape), dtype=np.float32)


def _rays(flat: Wide, normal: Sequence[float], size: Cabin) -> list[tuple[Wide, Wide]]:
    """Where to each point throws the eyes' ray, once for each way in which the brushing bends it;
    and the eyes."""
    n = np.asarray(normal, dtype=np.float64)
    up_wards = np.asarray((0.0, 0.0, 1.0))
    across = np.cross(up_wards, n)
    eye = np.asarray((0.0, size.eyes_y, min(EYE_Z, size.high - 0.4)))
    found = []
    for aside in RAYS_ASIDE:
        for up in RAYS_UP:
            tilted = n + ROUGH_ASIDE * aside * across + ROUGH_UP * up * up_wards
            tilted /= np.linalg.norm(tilted)
            ray = flat - eye
            found.append((ray - 2.0 * (ray @ tilted)[:, None] * tilted, eye))
    return found


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


def _first(start: Wide, ray: Wide, size: Cabin) -> tuple[Wide, NDArray[np.intp], Wide]:
    """Where a ray from each point meets the cabin first, across which axis, and the ray."""
    low = np.asarray((-size.wide / 2, FRONT_Y[1], 0.0))
    high = np.asarray((size.wide / 2, size.back_y, size.high))
    safe = np.where(np.abs(ray) < 1e-6, 1e-6, ray)
    ways = np.where(safe > 0.0, high - start, low - start) / safe
    ways = np.where(ways < 1e-4, FARTHEST_M, ways)
    return start + safe * np.min(ways, axis=1)[:, None], np.argmin(ways, axis=1), safe


def _met(start: Wide, ray: Wide, size: Cabin) -> Wide:
    """What a ray from each point meets first, as a colour (K, 3)."""
    place, axis, safe = _first(start, ray, size)
    x, y, z = place.T
    wall = 0.40 + 0.22 * np.clip(z / size.high, 0.0, 1.0)
    wall = wall + 0.40 * np.exp(-(((z - 0.90) / 0.030) ** 2)) - 0.28 * np.exp(-((z / 0.10) ** 2))
    wall = wall - 0.20 * np.exp(-(((z - (0.90 * size.high - 0.25)) / 0.016) ** 2))
    found = np.repeat(wall[:, None], 3, axis=1)
    front, back = (axis == 1) & (safe[:, 1] < 0.0), (axis == 1) & (safe[:, 1] > 0.0)
    gap = 0.30 * np.exp(-((x / 0.014) ** 2))
    found[front] = (0.46 - gap + 0.08 * (np.abs(x) < size.door / 2))[front, None]
    if size.back == "wood":
        plank = np.asarray(OAK) * np.asarray((0.46, 0.40, 0.34))
        found[back] = (plank[None, :] * (0.75 + 0.35 * z / size.high)[:, None])[back]
    above = (axis == 2) & (safe[:, 2] > 0.0)
    lamps = np.zeros(len(x))
    for side in (-1.0, 1.0):
        for lamp_y in size.lamps_y:
            dx = np.maximum(np.abs(x - side * 0.22 * size.wide) - 0.10 * size.wide, 0.0)
            dy = np.maximum(np.abs(y - lamp_y) - 0.13, 0.0)
            lamps = np.maximum(lamps, np.exp(-((dx / 0.03) ** 2) - (dy / 0.03) ** 2))
    found[above] = (0.48 + 1.30 * lamps)[above, None]
    below = (axis == 2) & (safe[:, 2] < 0.0)
    found[below] = 0.14
    strips = np.exp(-((np.abs(np.abs(x) - size.wide / 2) / 0.02) ** 2))
    strips = strips * np.exp(-(((y - FRONT_Y[1] - 0.033) / 0.025) ** 2))
    strips = strips * ((z > STRIP_Z[0]) & (z < STRIP_Z[1]))
    return np.asarray(found + 0.9 * strips[:, None])


def _met_dark(start: Wide, ray: Wide, size: Cabin, emergency: Emergency) -> Wide:
    """What it meets in the emergency lamp's light, linear (K, 3); and that lamp, and the panel."""
    place, axis, safe = _first(start, ray, size)
    normals = np.zeros_like(place)
    rows = np.arange(len(place))
    normals[rows, axis] = -np.sign(safe[rows, axis])
    lit = emergency.falls(place.astype(np.float32), normals.astype(np.float32), corners=False)
    below = (axis == 2) & (safe[:, 2] < 0.0)
    found = lit * np.where(below, 0.06, 0.34)[:, None]
    # how far the ray passes from the lamp, aside and up
    lamp, way = emergency.lamp, safe / np.linalg.norm(safe, axis=1, keepdims=True)
    to = lamp - start
    near = np.maximum((to * way).sum(axis=1), 0.0)
    off = start + way * near[:, None] - lamp
    aside, up = np.hypot(off[:, 0], off[:, 1]), off[:, 2]
    seen = np.exp(-((aside / LENS_M[0]) ** 2) - (up / LENS_M[1]) ** 2) * (near > 0.0)
    found = found + LENS * seen[:, None] * HUE
    # and the lit figures and buttons, as a warm column on their wall
    column = (axis == 0) & (safe[:, 0] < 0.0)
    glow = np.exp(-(((place[:, 1] - lamp[1]) / 0.06) ** 2)) * (np.abs(place[:, 2] - 1.36) < 0.44)
    return np.asarray(found + (0.5 * column * glow)[:, None] * GLOW)
