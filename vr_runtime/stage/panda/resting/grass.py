"""Owns what grows low in the meadow: grass, flowers, reeds; knows neither trees nor nodes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.land import SHORE_OUT, basin, dryness, height
from vr_runtime.stage.panda.resting.foliage import Wide, facing, one_green

TUFTS, PAIRS = 1900, 5
FARTHEST_M = 27.0
FRESH, DRY = np.asarray((0.68, 0.76, 0.70)), np.asarray((0.86, 0.80, 0.78))
REED = np.asarray((0.78, 0.74, 0.66))
DRIFTS = (
    (2.2, 4.4, 1.3),
    (-1.6, 8.2, 1.6),
    (4.8, 8.5, 2.0),
    (0.4, 13.5, 2.6),
    (-4.0, 3.0, 1.0),
    (-8.0, 15.0, 3.0),
    (3.0, -5.0, 2.0),
)
"""Middle and spread of each drift of flowers, in metres."""


def blades(
    leaves: Mesh,
    at: Wide,
    tall: Wide,
    wide: Wide,
    tint: Wide,
    random: np.random.Generator,
    ground: Callable[[Wide, Wide], Wide] = height,
) -> None:
    """Two blades from one foot for each place (K, 2): a face whose middle corner lies low.

    `ground` gives the height of a place; without it, the meadow's.
    """
    count = len(at)
    foot = np.stack([at[:, 0], at[:, 1], ground(at[:, 0], at[:, 1]) - 0.02], axis=-1)
    # as seen by the patient the two blades stand side by side
    away = np.arctan2(at[:, 0], at[:, 1]) + random.normal(0.0, 0.5, count)
    side = np.stack([np.cos(away), -np.sin(away), np.zeros(count)], axis=-1)
    lean = random.uniform(0.12, 0.5, (2, count, 1))
    rise = np.asarray((0.0, 0.0, 1.0))
    right = foot + (side * lean[0] + rise) * tall[:, None]
    left = foot + (-side * lean[1] + rise * random.uniform(0.6, 1.0, (count, 1))) * tall[:, None]
    middle = foot + rise * (2.4 * wide)[:, None]
    quads = np.stack([foot - rise * (1.2 * wide)[:, None], right, middle, left], axis=1)
    climb = np.asarray((0.66, 1.0, 0.72, 0.95))[None, :, None]
    motion = np.zeros((count, 4, 4), dtype=np.float32)
    motion[:, [1, 3], 0] = (0.28 * tall)[:, None]
    motion[:, [1, 3], 2] = (0.03 * tall)[:, None]
    motion[..., 1] = (at[:, 0] * 0.6 + at[:, 1] * 0.4)[:, None]
    up = np.zeros((count, 4, 3), dtype=np.float32)
    up[..., 2] = 1.0
    leaves.add(
        quads,
        picture="leaf",
        colour=np.clip(tint[:, None] * climb, 0.0, 1.0),
        open_to_sky=np.broadcast_to(np.asarray((0.5, 0.9, 0.6, 0.9)), (count, 4)),
        normals=up,
        uv=one_green(count),
        motion=motion,
    )


def grass(leaves: Mesh, random: np.random.Generator) -> None:
    """Add tufts, dense at the feet and thinner with distance, in the ground's own greens."""
    reach = 0.9 + (FARTHEST_M - 0.9) * random.random(TUFTS) ** 1.35
    # most of them where the patient looks first, some all around
    turn = np.where(
        random.random(TUFTS) < 0.62,
        random.uniform(-1.15, 1.15, TUFTS),
        random.uniform(0, 2 * np.pi, TUFTS),
    )
    at = np.stack([reach * np.sin(turn), reach * np.cos(turn)], axis=-1)
    spread = 0.10 + 0.014 * reach
    scatter = random.normal(size=(TUFTS, PAIRS, 2)) * spread[:, None, None]
    places = (at[:, None] + scatter).reshape(-1, 2)
    count = len(places)
    far = np.hypot(places[:, 0], places[:, 1])
    each = np.repeat(random.uniform(0.6, 1.25, TUFTS), PAIRS)
    tall = random.uniform(0.13, 0.30, count) * each * (0.75 + 0.35 * np.clip(far / 9.0, 0, 1))
    dry = np.clip(dryness(places[:, 0], places[:, 1]) + random.normal(0, 0.15, count), 0, 1)
    tint = FRESH + (DRY - FRESH) * dry[:, None]
    tint = tint * random.uniform(0.86, 1.04, (count, 1))
    blades(leaves, places, tall, 0.006 + 0.0015 * far, tint, random)


def reeds(leaves: Mesh, random: np.random.Generator) -> None:
    """Add reeds in stands along the near shore."""
    x, y = random.uniform(-75, 95, 16000), random.uniform(26, 90, 16000)
    along = np.sin(x * 0.17 + 0.6) + 0.7 * np.sin(x * 0.41 + y * 0.1)
    shore = np.abs(basin(x, y) - SHORE_OUT) < 0.016 + 0.006 * along
    kept = shore & (along > -0.35)
    at = np.stack([x[kept], y[kept]], axis=-1)[:700]
    tall = random.uniform(0.6, 1.5, len(at))
    tint = REED * random.uniform(0.75, 1.0, (len(at), 1))
    blades(leaves, at, tall, random.uniform(0.03, 0.05, len(at)), tint, random)


def flowers(leaves: Mesh, solid: Mesh, random: np.random.Generator) -> None:
    """Add daisies and buttercups in a few drifts, on stalks, turned towards the eye."""
    white, yellow = np.asarray((0.95, 0.94, 0.90)), np.asarray((0.95, 0.80, 0.30))
    at = np.concatenate([random.normal(drift[:2], drift[2], (42, 2)) for drift in DRIFTS])
    number = np.repeat(np.arange(len(DRIFTS)), 42)
    tall = random.uniform(0.12, 0.22, len(at))
    blades(leaves, at, 0.9 * tall, np.full(len(at), 0.005), np.tile(FRESH, (len(at), 1)), random)
    z = height(at[:, 0], at[:, 1]) + tall
    heads = facing(
        np.stack([at[:, 0], at[:, 1], z], axis=-1),
        random.uniform(0.012, 0.019, len(at)),
        0.5,
        random,
    )
    pale = (number + (random.random(len(at)) < 0.25)) % 2 == 0
    tint = np.where(pale[:, None], white, yellow) * random.uniform(0.9, 1.0, (len(at), 1))
    up = np.zeros((len(at), 4, 3), dtype=np.float32)
    up[..., 2] = 1.0
    solid.add(heads, picture="plain", colour=tint[:, None], normals=up)
