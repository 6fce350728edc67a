"""Owns what grows low in the meadow: grass, flowers, reeds; knows neither trees nor nodes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.land import LOW_SUN, SHORE_OUT, basin, dryness, height
from vr_runtime.stage.panda.resting.foliage import Wide, one_green, unit

TUFTS, PAIRS = 2150, 5
NEAREST_M, FARTHEST_M, THINS_M = 0.9, 46.0, 16.0
"""From `THINS_M` on blades grow shorter and shorter, until at the farthest nothing is left."""
FRESH, DRY = np.asarray((0.62, 0.76, 0.62)), np.asarray((0.92, 0.84, 0.72))
REED = np.asarray((0.72, 0.74, 0.58))
PETALS = 8
Lit = Callable[[Wide, Wide], Wide]

DRIFTS = (
    (1.5, 3.9, 0.7, 0),
    (3.3, 5.6, 0.9, 0),
    (-0.7, 4.6, 0.6, 1),
    (0.2, 7.6, 1.0, 0),
    (-2.7, 4.3, 0.5, 0),
    (5.2, 9.4, 1.5, 1),
    (-5.6, 5.4, 0.9, 0),
    (-2.4, 12.6, 1.7, 1),
    (7.4, 6.0, 1.2, 0),
    (3.4, 14.0, 2.0, 0),
    (3.0, -5.0, 1.6, 0),
    (-4.5, -3.0, 1.3, 1),
)
"""Middle and spread of each drift of flowers in metres, and its kind: daisies or buttercups."""


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


def grass(leaves: Mesh, lit: Lit, random: np.random.Generator) -> None:
    """Add tufts, dense at the feet, thinner and shorter with distance, in the ground's own greens.

    `lit` gives what the light of a place lets through, as a colour.
    """
    reach = NEAREST_M + (FARTHEST_M - NEAREST_M) * random.random(TUFTS) ** 2.05
    # most of them where the patient looks first, some all around
    turn = np.where(
        random.random(TUFTS) < 0.68,
        random.uniform(-0.95, 0.95, TUFTS),
        random.uniform(0, 2 * np.pi, TUFTS),
    )
    at = np.stack([reach * np.sin(turn), reach * np.cos(turn)], axis=-1)
    spread = 0.12 + 0.020 * reach
    scatter = random.normal(size=(TUFTS, PAIRS, 2)) * spread[:, None, None]
    places = (at[:, None] + scatter).reshape(-1, 2)
    count = len(places)
    far = np.hypot(places[:, 0], places[:, 1])
    each = np.repeat(random.uniform(0.55, 1.3, TUFTS), PAIRS)
    thin = np.clip(1.0 - (far - THINS_M) / (FARTHEST_M - THINS_M), 0.0, 1.0)
    tall = random.uniform(0.10, 0.27, count) * each * (0.8 + 0.3 * np.clip(far / 9.0, 0, 1)) * thin
    dry = np.clip(dryness(places[:, 0], places[:, 1]) + random.normal(0, 0.16, count), 0, 1)
    tint = FRESH + (DRY - FRESH) * dry[:, None]
    tint = tint * random.uniform(0.84, 1.06, (count, 1)) * lit(places[:, 0], places[:, 1])
    kept = (tall > 0.02) & (basin(places[:, 0], places[:, 1]) > SHORE_OUT)
    wide = (0.0065 + 0.0012 * far) * (0.5 + 0.5 * thin)
    blades(leaves, places[kept], tall[kept], wide[kept], tint[kept], random)


def fringe(leaves: Mesh, feet: Wide, lit: Lit, random: np.random.Generator) -> None:
    """Add grass that hides where things stand in the ground: places and radii (K, 3) in metres."""
    each = 12
    turn = random.uniform(0, 2 * np.pi, (len(feet), each))
    out = feet[:, 2:] * random.uniform(0.9, 1.5, (len(feet), each))
    x = (feet[:, :1] + out * np.sin(turn)).reshape(-1)
    y = (feet[:, 1:2] + out * np.cos(turn)).reshape(-1)
    at, far = np.stack([x, y], axis=-1), np.hypot(x, y)
    tall = random.uniform(0.10, 0.24, len(at))
    tint = FRESH * random.uniform(0.75, 0.95, (len(at), 1)) * lit(x, y)
    blades(leaves, at, tall, 0.006 + 0.0010 * far, tint, random)


def reeds(leaves: Mesh, random: np.random.Generator) -> None:
    """Add reeds in stands along the near shore, some of them in the water."""
    x, y = random.uniform(-75, 105, 26000), random.uniform(26, 110, 26000)
    along = np.sin(x * 0.17 + 0.6) + 0.7 * np.sin(x * 0.41 + y * 0.1)
    shore = np.abs(basin(x, y) - SHORE_OUT + 0.006) < 0.010 + 0.012 * np.maximum(along, 0.0)
    kept = shore & (along > -0.25)
    at = np.stack([x[kept], y[kept]], axis=-1)[:900]
    tall = random.uniform(0.45, 1.35, len(at))
    tint = REED * random.uniform(0.52, 0.85, (len(at), 1))
    blades(leaves, at, tall, random.uniform(0.045, 0.07, len(at)), tint, random)


def flowers(leaves: Mesh, solid: Mesh, lit: Lit, random: np.random.Generator) -> None:
    """Add daisies and buttercups in a few drifts, on stalks among the grass, open to the sun."""
    each = 34
    at = np.concatenate([random.normal(drift[:2], drift[2], (each, 2)) for drift in DRIFTS])
    kind = np.repeat([drift[3] for drift in DRIFTS], each)
    kind = np.where(random.random(len(at)) < 0.10, 1 - kind, kind)
    tall = random.uniform(0.09, 0.20, len(at))
    stalks = np.tile(FRESH, (len(at), 1)) * lit(at[:, 0], at[:, 1])
    blades(leaves, at, 0.92 * tall, np.full(len(at), 0.004), stalks, random)
    far = np.hypot(at[:, 0], at[:, 1])
    for number, (x, y) in enumerate(at):
        middle = np.asarray((x, y, float(height(x, y)) + tall[number]))
        _head(solid, middle, int(kind[number]), float(far[number]), random)


def _head(solid: Mesh, middle: Wide, kind: int, far: float, random: np.random.Generator) -> None:
    """One flower: petals around a yolk, turned up and a little towards the sun."""
    white, yellow = np.asarray((0.97, 0.96, 0.93)), np.asarray((0.98, 0.80, 0.16))
    up = unit(np.asarray((0.0, 0.0, 1.0)) + 0.25 * np.asarray(LOW_SUN) + random.normal(0, 0.22, 3))
    u = unit(np.cross(up, random.normal(size=3)))
    w = np.cross(up, u)
    wide = random.uniform(0.018, 0.027) if kind == 0 else random.uniform(0.015, 0.022)
    petals = (PETALS if far < 7.0 else 4) if kind == 0 else (6 if far < 7.0 else 4)
    turn = np.arange(petals) * 2 * np.pi / petals
    half = (0.86 if far < 7.0 else 1.2) * np.pi / petals

    def rim(angle: Wide, out: float, lift: float) -> Wide:
        flat = np.cos(angle)[:, None] * u + np.sin(angle)[:, None] * w
        return np.asarray(middle + wide * (out * flat + lift * up))

    foot = rim(turn, 0.12, 0.0)
    corners = np.stack(
        [foot, rim(turn - half, 0.78, 0.10), rim(turn, 1.0, 0.16), rim(turn + half, 0.78, 0.10)],
        axis=1,
    )
    tint = (white if kind == 0 else yellow) * random.uniform(0.88, 1.0)
    shade = np.asarray((0.80, 1.0, 1.0, 1.0))[None, :, None]
    normals = np.broadcast_to(up.astype(np.float32), corners.shape)
    solid.add(corners, picture="plain", colour=tint * shade, normals=normals)
    if kind == 0:
        yolk = rim(np.arange(4) * np.pi / 2, 0.34, 0.12)[None]
        normals = np.broadcast_to(up.astype(np.float32), yolk.shape)
        solid.add(yolk, picture="plain", colour=0.95 * yellow, normals=normals)
