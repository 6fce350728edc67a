"""Owns the grass on the dunes of the shore."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.bay import SHELTERS, height, patches, seaward
from vr_runtime.stage.panda.resting.foliage import Wide, one_green, unit

FAR_TUFTS, FAR_BLADES = 420, 4
CLOSE = (90, 60, 16)
"""How many tufts stand on each of the low dunes close by."""
CLOSE_BLADES = 10
STRAW = np.asarray((1.0, 0.86, 1.0))


def marram(leaves: Mesh) -> None:
    """Add marram grass in tufts on the dunes, tall and thin."""
    random = np.random.default_rng(4)
    x, y = random.uniform(-42.0, 42.0, 5000), random.uniform(-34.0, 30.0, 5000)
    high = height(x, y)
    kept = (high > 0.5) & (patches(x, y) > 0.05) & (seaward(x, y) < -5.0)
    tufts = np.stack([x[kept], y[kept]], axis=-1)
    # the nearest ones: far away the colour of the ground says enough
    tufts = tufts[np.argsort(np.hypot(tufts[:, 0], tufts[:, 1]), kind="stable")[:FAR_TUFTS]]
    _arching(leaves, tufts, FAR_BLADES, 0.13, random)
    _arching(leaves, close_tufts(), CLOSE_BLADES, 0.06, random)


@cache
def close_tufts() -> Wide:
    """Where tufts stand close by (K, 2)."""
    random = np.random.default_rng(5)
    return np.concatenate(
        [
            np.asarray((cx, cy)) + random.normal(0.0, 0.44, (many, 2)) * (wide, deep)
            for (cx, cy, wide, deep, _tall), many in zip(SHELTERS, CLOSE, strict=True)
        ]
    )


def _arching(
    leaves: Mesh, middles: Wide, many: int, spread_m: float, random: np.random.Generator
) -> None:
    """Tufts (K, 2) of so many blades: each springs up from the middle and bends over."""
    count = len(middles) * many
    own = np.repeat(random.uniform(0.6, 1.15, len(middles)), many)
    at = np.repeat(middles, many, axis=0) + random.normal(0.0, spread_m, (count, 2))
    way = random.uniform(0.0, 2 * np.pi, count)
    out = np.stack([np.sin(way), np.cos(way), np.zeros(count)], axis=-1)
    tall, bend = own * random.uniform(0.42, 0.85, count), random.uniform(0.10, 0.85, count)
    foot = np.stack([at[:, 0], at[:, 1], height(at[:, 0], at[:, 1]) - 0.02], axis=-1)
    # broad side to the eye, as far as one can see it from one place
    flat = unit(np.stack([at[:, 1], -at[:, 0], np.zeros(count)], axis=-1))
    half = (0.0022 + 0.0007 * np.hypot(at[:, 0], at[:, 1]))[:, None] * flat
    steps = []
    for part, slim in ((0.0, 1.0), (0.55, 0.85), (1.0, 0.0)):
        rise = np.asarray((0.0, 0.0, 1.0)) * (part - 0.30 * bend[:, None] * part**2)
        line = foot + (rise + out * (bend[:, None] * part**1.8)) * tall[:, None]
        steps.append((line - half * slim, line + half * slim, part))
    tint = STRAW * random.uniform(0.72, 1.0, (count, 1))
    up = np.zeros((count, 4, 3), dtype=np.float32)
    up[..., 2] = 1.0
    for (left, right, low), (next_left, next_right, high) in pairwise(steps):
        climb = np.asarray((low, low, high, high))
        motion = np.zeros((count, 4, 4), dtype=np.float32)
        motion[..., 0] = 0.22 * tall[:, None] * climb**2
        motion[..., 2] = 0.02 * tall[:, None] * climb**2
        motion[..., 1] = (at[:, 0] * 0.6 + at[:, 1] * 0.4)[:, None]
        leaves.add(
            np.stack([left, right, next_right, next_left], axis=1),
            picture="leaf",
            colour=np.clip(tint[:, None] * (0.62 + 0.38 * climb)[None, :, None], 0.0, 1.0),
            open_to_sky=np.broadcast_to(0.65 + 0.35 * climb, (count, 4)),
            normals=up,
            uv=one_green(count),
            motion=motion,
        )
