"""Owns a potted plant: pot, stems, leaves on stalks; knows no room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.shapes import ball
from vr_runtime.stage.models.shapes import lattice as rings_between
from vr_runtime.stage.panda.daylight import Box
from vr_runtime.stage.panda.resting import plan
from vr_runtime.stage.panda.resting.foliage import Wide, one_green, unit
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice
from vr_runtime.stage.panda.resting.tree import GOLDEN, limb

STEMS, LEAVES = 5, 11
LENGTHWISE = np.asarray((0.0, 0.10, 0.24, 0.42, 0.60, 0.78, 0.91, 1.0))
BROAD = np.asarray((0.06, 0.52, 0.88, 1.0, 0.92, 0.62, 0.28, 0.01))
"""Half width of a leaf along its length, as a part of its broadest."""
ACROSS = np.asarray((-1.0, -0.55, 0.0, 0.55, 1.0))

LEAF = (0.70, 0.86, 0.80)
"""Laid over the green of the picture."""
OLD, YOUNG = np.asarray((0.74, 0.80, 0.80)), np.asarray((1.30, 1.16, 0.86))
"""Of the lowest leaves and of those that have just opened, laid over that."""


def houseplant(
    room: Furnisher,
    leaves: Mesh,
    stands: Box = plan.POT,
    tint: Sequence[float] = LEAF,
    pot: Sequence[float] = plan.CLAY,
) -> None:
    """Add the plant in a pot within this box; `leaves` are seen from both sides."""
    random = np.random.default_rng(7)
    (x0, y0, _), (x1, y1, top) = stands
    x, y, wide = (x0 + x1) / 2, (y0 + y1) / 2, 0.46 * min(x1 - x0, y1 - y0)
    _pot(room, (x, y), top, wide, pot)
    grown: list[tuple[Array, ...]] = []
    for number in range(STEMS):
        turn = 0.7 + number * 2 * np.pi / STEMS
        way = np.asarray((np.cos(turn), np.sin(turn), 0.0))
        tall = random.uniform(0.80, 1.15) if number else 1.25
        part = np.linspace(0.0, 1.0, 7)[:, None]
        stem = np.asarray((x, y, top - 0.04)) + 0.04 * way + part * (0.0, 0.0, tall)
        stem = stem + way * 0.20 * part**1.8
        bark, around = limb(stem, np.linspace(0.012, 0.005, 7), 6)
        room.add(bark, "plain", (0.47, 0.45, 0.32), around)
        for k in range(LEAVES):
            t = 0.24 + 0.76 * k / (LEAVES - 1)
            at = np.asarray([np.interp(t, part[:, 0], stem[:, axis]) for axis in range(3)])
            grown.append(_leaf(at, GOLDEN * k + turn, t, random))
    corners, normals, tints, stalks, around = (
        np.concatenate(part) for part in zip(*grown, strict=True)
    )
    room.add(stalks, "plain", (0.46, 0.52, 0.32), around)
    # light comes through a leaf too: the brighter of its two sides counts
    light = np.maximum(
        room.light.colours(corners, normals), 0.90 * room.light.colours(corners, -normals)
    )
    leaves.add(
        corners,
        picture="leaf",
        colour=np.clip(light * tints * np.asarray(tint), 0.0, 1.0),
        normals=normals,
        uv=one_green(len(corners)),
        motion=(0.0, 0.0, 0.0, 0.0),
    )


def _pot(
    room: Furnisher, at: tuple[float, float], top: float, wide: float, tint: Sequence[float]
) -> None:
    """A clay pot on its saucer, with a rolled rim and earth in it."""
    x, y = at
    outer = (
        (0.0, 0.86), (0.012, 0.90), (0.024, 0.88), (0.026, 0.70), (0.05, 0.72),
        (top - 0.072, 0.95), (top - 0.070, 1.0), (top - 0.008, 1.03), (top, 1.0),
        (top - 0.004, 0.92), (top - 0.05, 0.90),
    )  # fmt: skip
    profile = np.asarray(outer)
    ring = [np.full(len(profile), x), np.full(len(profile), y), profile[:, 0]]
    for first, last in ((0, 4), (3, 6), (5, 7), (6, 11)):
        piece = slice(first, last)
        path = np.stack(ring, axis=1)[piece]
        body, normals = _turned(path, profile[piece, 1] * wide)
        room.add(body, "plain", tint, normals)
    soil, upwards = ball((x, y, top - 0.05), (0.93 * wide, 0.93 * wide, 0.02), 18, 4)
    room.add(soil, "soil", (0.8, 0.8, 0.8), upwards)


def _turned(path: Wide, radii: Wide) -> tuple[Array, Array]:
    """A turned body: rings around an upright line, smooth along it. Faces and normals."""
    turn = np.linspace(0.0, 2 * np.pi, 29)
    around = np.stack([np.cos(turn), np.sin(turn), 0.0 * turn], axis=-1)
    return rings_between(path[:, None] + radii[:, None, None] * around)


def _leaf(at: Wide, turn: float, t: float, random: np.random.Generator) -> tuple[Array, ...]:
    """One leaf on its stalk, hollow along its rib, rising first and hanging at its tip.

    Corners, normals and tints of its blade, then corners and normals of its stalk.
    """
    out = np.asarray((np.cos(turn), np.sin(turn), 0.0))
    side = np.asarray((-np.sin(turn), np.cos(turn), 0.0))
    young = np.clip((t - 0.55) / 0.45, 0.0, 1.0) * random.uniform(0.4, 1.0)
    long, wide = random.uniform(0.22, 0.33) * (1.0 - 0.25 * young), random.uniform(0.060, 0.085)
    rise = random.uniform(0.25, 0.55) + 1.5 * max(0.0, t - 0.75)
    hang = random.uniform(0.30, 0.55)
    stalk = at + 0.06 * out + np.asarray((0.0, 0.0, 0.05 * (0.5 + rise)))
    piece, around = limb([at, (at + stalk) / 2, stalk], (0.004, 0.0035, 0.003), 4)
    s = LENGTHWISE[:, None]
    up = np.asarray((0.0, 0.0, 1.0))
    rib = (
        stalk + out * long * (s - 0.22 * s**2) + up * long * (rise * s - (hang + 0.6 * rise) * s**2)
    )
    twist = random.uniform(-0.5, 0.5) * s
    way = side * np.cos(twist) + up * np.sin(twist)
    half = (BROAD * wide)[:, None, None]
    ripple = 0.05 * np.sin(9.0 * LENGTHWISE + 6.0 * random.random())[:, None, None]
    hollow = (0.26 * ACROSS**2)[None, :, None] + ripple * np.abs(ACROSS)[None, :, None]
    grid = rib[:, None] + way[:, None] * half * ACROSS[None, :, None] + up * half * hollow
    n = unit(np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0)))
    n = np.where(n[..., 2:] < 0, -n, n)
    corners, normals = lattice(grid), lattice(n)
    tint = (OLD * (1 - young) + YOUNG * young) * random.uniform(0.88, 1.06)
    pale = np.where(ACROSS == 0.0, 1.14, np.where(np.abs(ACROSS) < 0.9, 0.97, 1.03))
    vein = lattice(np.broadcast_to(pale[None, :, None], grid.shape))
    return corners, normals, vein * tint.astype(np.float32), piece, around
