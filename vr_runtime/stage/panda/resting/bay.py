"""Owns the lie of the bay: sand, dunes, sea bed; knows nothing of what lies on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.look.sea import DRY_M, SEA_M
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.skyline import darkened

WATER_M = -0.85
"""Height of the sea; the patient stands at 0."""
FALL = 0.10
"""Metres that the beach falls with each metre towards the sea."""
FARTHEST_M = 6000.0
SAND_TINT = np.asarray((0.80, 0.745, 0.635))
DUNE_GREEN = np.asarray((0.47, 0.50, 0.36))
HINTERLAND = np.asarray((0.35, 0.39, 0.33))
SHELTERS = ((6.0, 4.8, 1.9, 1.5, 0.52), (-7.6, 3.4, 2.0, 2.4, 0.42), (2.4, -5.2, 3.2, 1.6, 0.75))
"""Low dunes close by: middle, half widths to the right and ahead, height; metres."""


def eased(part: Wide) -> Wide:
    """An S-curve from 0 to 1."""
    t = np.clip(part, 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def seaward(x: ArrayLike, y: ArrayLike) -> Wide:
    """How far towards the sea a place lies, in metres: the bay is curved, so that it holds."""
    px, py = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    right = 150.0 * (1.0 - np.exp(-((px / 150.0) ** 2)))
    left = 70.0 * (1.0 - np.exp(-((px / 130.0) ** 2)))
    curve = np.where(px > 0.0, right, left) + 0.7 * np.sin(px * 0.11 + 0.6)
    return np.asarray(py - curve)


def height(x: ArrayLike, y: ArrayLike) -> Wide:
    """Height in metres of sand, dunes and sea bed."""
    px, py = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    out = seaward(px, py)
    # flat at the feet, so that nobody seems to stand on a slope
    beach = -FALL * (np.maximum(out, 0.0) - 1.5 * (1.0 - np.exp(-np.maximum(out, 0.0) / 1.5)))
    beach = np.maximum(beach, WATER_M - 7.0)
    uneven = 0.25 * np.sin(px * 0.33 + 0.4) * np.sin(py * 0.27) + 0.12 * np.sin(px * 0.9 - py * 0.5)
    back = eased((-out - 5.5 + 2.2 * np.sin(px * 0.17 + 0.9)) / 9.0)
    rolling = np.sin(px * 0.10 + 1.0) * np.cos(py * 0.13) + 0.5 * np.sin(px * 0.23 + py * 0.19)
    dunes = back * (1.55 + 0.85 * rolling + 0.3 * uneven)
    for cx, cy, wide, deep, tall in SHELTERS:
        dunes = dunes + tall * np.exp(-(((px - cx) / wide) ** 2) - ((py - cy) / deep) ** 2)
    hills = 34.0 * eased((-out - 60.0) / 260.0) * (0.75 + 0.25 * np.sin(px * 0.011 + 0.5))
    return np.asarray(beach + dunes + hills)


def patches(x: Wide, y: Wide) -> Wide:
    """Where plants hold the sand, about -2 to 2, without any rhythm to the eye."""
    plane = clouded(256, 1.6, 8)
    column, row = (np.floor(side / 0.8).astype(int) % 256 for side in (x, y))
    return np.asarray(plane[row, column], dtype=np.float64)


def ground(dry: Mesh, edge: Mesh, sea: Mesh) -> None:
    """Add rings around the feet, close together where sand meets sea, coarse far away."""
    reach = np.concatenate(
        [
            [0.0],
            np.linspace(0.6, 18.0, 34),
            np.geomspace(19.0, 120.0, 20),
            np.geomspace(140.0, FARTHEST_M, 14),
        ]
    )
    turn = np.radians(np.concatenate([np.arange(-81.0, 81.0, 1.5), np.linspace(81.0, 279.0, 50)]))
    x, y = reach[:, None] * np.sin(turn)[None], reach[:, None] * np.cos(turn)[None]
    bed = height(x, y)
    step = 0.3 + 0.02 * np.hypot(x, y)
    dx = (height(x + step, y) - height(x - step, y)) / (2 * step)
    dy = (height(x, y + step) - height(x, y - step)) / (2 * step)
    n = np.stack([-dx, -dy, np.ones_like(dx)], axis=-1)
    n /= np.linalg.norm(n, axis=-1, keepdims=True)
    grid = np.stack([x, y, np.maximum(bed, WATER_M)], axis=-1)
    above = bed - WATER_M
    green = eased((bed - 0.55) / 1.0)[..., None] * eased((patches(x, y) + 0.35) / 0.7)[..., None]
    far = eased((np.hypot(x, y) - 140.0) / 200.0)[..., None]
    broad = 1.0 + 0.055 * np.clip(patches(x * 1.7 + 31.0, y * 1.7), -2.0, 2.0)[..., None]
    near = (SAND_TINT + (DUNE_GREEN - SAND_TINT) * np.clip(green, 0.0, 0.85)) * broad
    colour = near + (HINTERLAND - near) * far * (above > 0.6)[..., None]
    # the hills opposite are mirrored only where the sea is open
    mirrored = eased((np.hypot(x, y) - 40.0) / 300.0) * (above < -1.0) * darkened(turn)[None]
    told = np.stack([above, mirrored], axis=-1)

    def corners(lattice: Wide) -> Wide:
        return np.stack(
            [lattice[:-1, :-1], lattice[1:, :-1], lattice[1:, 1:], lattice[:-1, 1:]][::-1], axis=2
        ).reshape(-1, 4, lattice.shape[-1])

    quads, beds = corners(grid), corners(told)
    painted, normals = np.clip(corners(colour), 0.0, 1.0), corners(n).astype(np.float32)
    high = beds[..., 0]
    washed = (high <= DRY_M).any(axis=1)
    open_sea = (high < SEA_M).all(axis=1)
    for part, kept in ((dry, ~washed), (edge, washed & ~open_sea), (sea, open_sea)):
        part.add(quads[kept], colour=painted[kept], normals=normals[kept], uv=beds[kept])
