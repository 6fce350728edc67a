"""Owns what lies around the terrace: paving, lawn, hedge, trees, flower beds, the house's wall."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.city.greenery import cards
from vr_runtime.stage.models.garden.laid import Laid
from vr_runtime.stage.models.garden.plan import (
    HEDGE_X,
    HEDGE_Y,
    HOUSE_X,
    PAVED_HIGH,
    PAVED_LOW,
    Place,
)
from vr_runtime.stage.models.gorge.woods import Growth, grow, shrub
from vr_runtime.stage.models.kitchen.things import wheel
from vr_runtime.stage.panda.resting.furnisher import sheet
from vr_runtime.stage.panda.resting.grass import blades

HEDGE_M = 1.75
CREAM = (0.80, 0.73, 0.58)
SHUTTER = (0.42, 0.53, 0.58)


def ground(laid: Laid) -> None:
    """Add all of it."""
    _lawn(laid)
    _paving(laid)
    _hedge(laid)
    _trees(laid)
    _beds(laid)
    _house(laid)


def _lawn(laid: Laid) -> None:
    random = np.random.default_rng(31)
    for low, size, step in (((-14.0, -14.0), 28.0, 0.8), ((-90.0, -90.0), 180.0, 9.0)):
        z = -0.03 if size < 40 else -0.06
        lawn = sheet((*low, z), (size, 0, 0), (0, size, 0), step)
        x, y = lawn[..., 0], lawn[..., 1]
        mown = 0.030 * np.sin(x * 2.1 + 0.6 * np.sin(y * 0.3)) * (np.abs(x) < 14)
        patch = 0.05 * np.sin(0.9 * x + 1.7 * np.cos(0.7 * y)) + 0.04 * np.sin(1.3 * y + 0.4 * x)
        tone = (1.0 + mown + patch)[..., None]
        laid.add(lawn, np.clip(np.asarray((0.75, 0.82, 0.88)) * tone, 0, 1), picture="grass")
    # tufts along the edge of the paving
    count = 2600
    t = random.uniform(0.0, 1.0, count)
    edge = random.random(count) < 0.5
    x = np.where(edge, PAVED_LOW[0] - 0.02, PAVED_LOW[0] + t * (HOUSE_X - PAVED_LOW[0]))
    y = np.where(edge, PAVED_LOW[1] + t * (PAVED_HIGH[1] - PAVED_LOW[1]), PAVED_HIGH[1] + 0.02)
    away = np.abs(random.normal(0.0, 0.25, count))
    x, y = np.where(edge, x - away, x), np.where(edge, y, y + away)
    tint = np.asarray((0.66, 0.80, 0.55)) * random.uniform(0.8, 1.1, (count, 1))
    at = np.stack([x, y], axis=-1)
    tall = random.uniform(0.03, 0.09, count)
    blades(
        laid.leaves,
        np.asarray(at, dtype=float),
        tall,
        np.full(count, 0.006),
        np.asarray(tint, dtype=float),
        random,
        lambda x, _: 0.0 * x - 0.02,
    )


def _paving(laid: Laid) -> None:
    """Slabs of sandstone with open joints; each has its own tone."""
    random = np.random.default_rng(32)
    (x0, y0), (x1, y1) = PAVED_LOW, PAVED_HIGH
    y = y0
    while y < y1 - 0.05:
        deep = min(0.6, y1 - y)
        x = x0 - random.uniform(0.0, 0.5)
        while x < x1:
            wide = float(random.choice((0.4, 0.6, 0.9)))
            a, b = max(x, x0), min(x + wide, x1)
            x += wide
            if b - a < 0.03:
                continue
            tone = float(random.uniform(0.96, 1.03))
            colour = np.clip(np.asarray((0.76, 0.70, 0.61)) * tone, 0, 1)
            slab = sheet((a + 0.004, y + 0.004, 0.0), (b - a - 0.008, 0, 0), (0, deep - 0.008, 0))
            laid.add(slab, colour, picture="concrete", dim=0.97)
        y += deep
    joint = sheet((x0, y0, -0.006), (x1 - x0, 0, 0), (0, y1 - y0, 0), 1.0)
    laid.add(joint, (0.72, 0.67, 0.58), picture="gravel", dim=0.9)


def _hedge(laid: Laid) -> None:
    """Hedges of beech behind and at the left: a dark core in a skin of leaves."""
    random = np.random.default_rng(33)
    runs = (((HEDGE_X, HEDGE_Y), (14.0, HEDGE_Y)), ((HEDGE_X, -12.0), (HEDGE_X, HEDGE_Y)))
    for start, end in runs:
        a, b = np.asarray(start), np.asarray(end)
        way = (b - a) / np.linalg.norm(b - a)
        side = np.asarray((way[1], -way[0]))
        low, high = np.minimum(a, b) - 0.42 * np.abs(side), np.maximum(a, b) + 0.42 * np.abs(side)
        laid.solid.box(
            (*low, -0.05), (*high, HEDGE_M - 0.12), picture="hedge", colour=(0.60, 0.66, 0.52),
            foot=0.35, open_to_sky=0.7,
        )  # fmt: skip
        for along in np.arange(0.0, float(np.linalg.norm(b - a)), 0.42):
            middle = a + way * along
            for z, count in ((0.35, 9), (0.95, 11), (1.50, 16)):
                centre = np.asarray((*middle, z + random.uniform(-0.05, 0.05)))
                radii = np.abs(np.asarray((*(0.34 * way + 0.50 * side), 0.36)))
                corners, normals, openness = cards(random, centre, radii, count, 0.19)
                tone = random.uniform(0.80, 1.02, (count, 1, 1))
                hue = np.asarray((0.78, 0.90, 0.62)) * tone
                _leaves(laid, corners, normals, openness * (0.55 + 0.25 * z), hue, random)


def _leaves(
    laid: Laid,
    corners: np.ndarray,
    normals: np.ndarray,
    openness: np.ndarray,
    hue: np.ndarray,
    random: np.random.Generator,
) -> None:
    count = len(corners)
    motion = np.zeros((count, 4, 4), dtype=np.float32)
    motion[..., 1] = float(random.uniform(0, 6.28))
    motion[..., 2] = 0.015
    uv = np.tile(np.asarray([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32), (count, 1, 1))
    laid.leaves.add(
        corners, normals=normals, picture="leaf", uv=uv, colour=np.broadcast_to(hue, (count, 4, 3)),
        open_to_sky=np.clip(openness, 0.1, 1.0), motion=motion,
    )  # fmt: skip


def _trees(laid: Laid) -> None:
    random = np.random.default_rng(34)
    near = [(-6.0, 13.5, 6.5), (1.5, 14.5, 7.5), (7.8, 13.0, 6.0), (-13.5, 5.0, 6.5)]
    near += [(-12.5, -4.0, 7.0)]
    trees = [Growth(x, y, -0.1, tall, 300 + k, 50.0) for k, (x, y, tall) in enumerate(near)]
    for k in range(64):
        turn = random.uniform(-2.6, 2.6)
        far = random.uniform(19.0, 60.0)
        x, y = far * np.sin(turn), far * np.cos(turn)
        tall = random.uniform(7.0, 13.0)
        spruce = bool(random.random() < 0.3)
        trees.append(Growth(float(x), float(y), -0.1, float(tall), 400 + k, 100.0, spruce))
    grow(laid.leaves, laid.solid, trees)


def _beds(laid: Laid) -> None:
    """Shrubs and flowers before the hedge, and pots on the paving."""
    random = np.random.default_rng(35)
    for x in np.arange(HEDGE_X + 1.0, 11.0, 0.75):
        at = (float(x), HEDGE_Y - 1.1 + float(random.uniform(-0.2, 0.2)), -0.05)
        shrub(laid.leaves, random, at, float(random.uniform(0.5, 0.95)))
    petals = ((0.96, 0.94, 0.96), (0.86, 0.42, 0.62), (0.66, 0.52, 0.86), (0.97, 0.82, 0.34))
    for k in range(240):
        x = float(random.uniform(HEDGE_X + 0.6, 10.5))
        y = HEDGE_Y - 1.75 + float(random.normal(0.0, 0.22))
        at = (x, y, 0.16 + float(random.uniform(0.0, 0.32)))
        laid.ball(at, 0.035, petals[(k + int(x)) % 4], fine=7)
    for x, y in ((-2.85, 2.25), (-3.0, 0.7), (2.75, 2.2), (2.8, -0.9)):
        _pot(laid, (x, y, 0.0), random)


def _pot(laid: Laid, at: Place, random: np.random.Generator) -> None:
    """Geraniums in a pot of clay."""
    profile = [(0.0, 0.0), (0.13, 0.0), (0.19, 0.28), (0.205, 0.285), (0.205, 0.33), (0.18, 0.33)]
    faces, normals = wheel(at, [*profile, (0.0, 0.30)], 32)
    laid.add(faces, (0.80, 0.47, 0.33), normals=normals, picture="plaster")
    laid.shade((*at[:2], 0.004), (0.2, 0.2), high=0.45, dark=0.4)
    x, y, _z = at
    for k in range(5):
        turn = 1.3 * k
        shrub(laid.leaves, random, (x + 0.12 * np.cos(turn), y + 0.12 * np.sin(turn), 0.28), 0.34)
    for k in range(26):
        away = random.normal(0.0, 0.11, 2)
        place = (x + away[0], y + away[1], 0.56 + float(random.uniform(-0.08, 0.10)))
        laid.ball(place, 0.028, (0.86, 0.20, 0.24) if k % 4 else (0.95, 0.42, 0.46), fine=7)


def _house(laid: Laid) -> None:
    """A wall of plaster at the right with a glazed door, shutters and a climbing plant."""
    x, (door0, door1), high = HOUSE_X, (-0.2, 1.2), 2.15
    for y0, y1, z0, z1 in ((-6.0, door0, 0, 3.1), (door1, 6.0, 0, 3.1), (door0, door1, high, 3.1)):
        wall = sheet((x, y1, z0), (0, y0 - y1, 0), (0, 0, z1 - z0), 0.5)
        laid.add(wall, CREAM, picture="plaster", dim=0.9)
    foot = sheet((x - 0.012, 6.0, 0.0), (0, -12.0, 0), (0, 0, 0.22), 0.6)
    laid.add(foot, (0.70, 0.67, 0.62), picture="stone", dim=0.8)
    end = sheet((x + 5.0, 6.0, 0.0), (-5.0, 0, 0), (0, 0, 3.1), 0.6)
    laid.add(end, CREAM, picture="plaster", dim=0.9)
    inside = sheet((x + 0.14, door1, 0.0), (0, door0 - door1, 0), (0, 0, high), 0.4)
    laid.add(inside, (0.30, 0.29, 0.28), dim=0.5)
    pane = sheet((x + 0.05, door1, 0.0), (0, door0 - door1, 0), (0, 0, high), 2.0)
    laid.clear.add(pane, open_to_sky=1.0)
    white = (0.97, 0.97, 0.95)
    for y in (door0, (door0 + door1) / 2 - 0.035, door1 - 0.07):
        laid.solid.box((x - 0.02, y, 0.0), (x + 0.08, y + 0.07, high), colour=white)
    for z in (0.0, 0.85, high - 0.07):
        laid.solid.box((x - 0.02, door0, z), (x + 0.08, door1, z + 0.07), colour=white)
    for y in (door0 - 0.66, door1 + 0.06):
        laid.solid.box((x - 0.05, y, 0.05), (x - 0.005, y + 0.60, high), colour=SHUTTER)
        for z in np.arange(0.16, high - 0.12, 0.075):
            laid.solid.box((x - 0.058, y + 0.06, z), (x - 0.05, y + 0.54, z + 0.05), colour=SHUTTER)
    laid.solid.box(
        (x - 0.45, -6.3, 3.1), (x + 5.4, 6.4, 3.2), colour=(0.62, 0.56, 0.50), picture="wood",
        bottom=True,
    )  # fmt: skip
    gutter = [(x - 0.50, -6.3, 3.14), (x - 0.50, 6.4, 3.14)]
    laid.rod(gutter, 0.06, (0.72, 0.73, 0.73), picture="zinc", sides=12)
    roof = sheet((x - 0.5, 6.4, 3.2), (0, -12.7, 0), (3.2, 0, 2.3), 1.0)
    laid.add(roof, (0.72, 0.42, 0.33), picture="tile", dim=0.95)
    random = np.random.default_rng(36)
    for y in np.arange(2.0, 3.6, 0.16):
        for z in np.arange(0.2, 2.9, 0.28):
            if random.random() < 0.72 - 0.10 * abs(y - 2.7):
                centre = np.asarray((x - 0.10, y + random.normal(0, 0.06), z))
                corners, normals, openness = cards(
                    random, centre, np.asarray((0.12, 0.22, 0.22)), 7, 0.12
                )
                tone = random.uniform(0.75, 1.0, (7, 1, 1))
                hue = np.asarray((0.62, 0.82, 0.50)) * tone
                _leaves(laid, corners, normals, openness, hue, random)
