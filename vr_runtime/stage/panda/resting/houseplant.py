"""Owns the potted plant of the neutral room: pot, stems, leaves on stalks; knows no room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.daylight import Box
from vr_runtime.stage.panda.resting import plan
from vr_runtime.stage.panda.resting.foliage import Wide, one_green, unit
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice
from vr_runtime.stage.panda.resting.tree import GOLDEN, limb

STEMS, LEAVES = 5, 12
LENGTHWISE = np.linspace(0.0, 1.0, 7)
BROAD = np.asarray((0.05, 0.62, 0.94, 1.0, 0.80, 0.44, 0.02))
"""Half width of a leaf along its length, as a part of its broadest."""


LEAF = (0.70, 0.86, 0.80)
"""Laid over the green of the picture."""


def houseplant(
    room: Furnisher, leaves: Mesh, stands: Box = plan.POT, tint: Sequence[float] = LEAF
) -> None:
    """Add the plant in a pot within this box; `leaves` are seen from both sides."""
    random = np.random.default_rng(7)
    (x0, y0, _), (x1, y1, top) = stands
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    profile = np.asarray([(0.0, 0.15), (0.02, 0.17), (0.25, 0.215), (0.43, 0.235), (top, 0.23)])
    ring = [np.full(5, x), np.full(5, y), profile[:, 0]]
    pot, normals = tube(np.stack(ring, axis=1), profile[:, 1], 22)
    room.add(pot, "plaster", plan.CLAY, normals)
    soil, upwards = ball((x, y, top - 0.05), (0.22, 0.22, 0.03), 14, 4)
    room.add(soil, "soil", (0.8, 0.8, 0.8), upwards)
    for number in range(STEMS):
        turn = 0.7 + number * 2 * np.pi / STEMS
        way = np.asarray((np.cos(turn), np.sin(turn), 0.0))
        tall = random.uniform(0.85, 1.25) if number else 1.35
        part = np.linspace(0.0, 1.0, 7)[:, None]
        stem = np.asarray((x, y, top - 0.04)) + 0.05 * way + part * (0.0, 0.0, tall)
        stem = stem + way * 0.24 * part**1.8
        bark, around = limb(stem, np.linspace(0.013, 0.006, 7), 6)
        room.add(bark, "plain", (0.47, 0.45, 0.32), around)
        for k in range(LEAVES):
            t = 0.26 + 0.74 * k / (LEAVES - 1)
            at = np.asarray([np.interp(t, part[:, 0], stem[:, axis]) for axis in range(3)])
            _leaf(room, leaves, at, GOLDEN * k + turn, t, random, tint)


def _leaf(
    room: Furnisher,
    leaves: Mesh,
    at: Wide,
    turn: float,
    t: float,
    random: np.random.Generator,
    over: Sequence[float],
) -> None:
    """One leaf on its stalk: folded along its rib, rising first and hanging at its tip."""
    out = np.asarray((np.cos(turn), np.sin(turn), 0.0))
    side = np.asarray((-np.sin(turn), np.cos(turn), 0.0))
    long, wide = random.uniform(0.24, 0.33), random.uniform(0.075, 0.10)
    rise = random.uniform(0.25, 0.5) + 0.7 * max(0.0, t - 0.8) * 5.0 * 0.5
    stalk = at + 0.06 * out + np.asarray((0.0, 0.0, 0.05 * (0.5 + rise)))
    piece, around = limb([at, (at + stalk) / 2, stalk], (0.004, 0.0035, 0.003), 4)
    room.add(piece, "plain", (0.46, 0.52, 0.32), around)
    s = LENGTHWISE[:, None]
    rib = stalk + out * long * s * (1.0 - 0.18 * s)
    rib = rib + np.asarray((0.0, 0.0, 1.0)) * long * (rise * s - (0.35 + rise) * s**2)
    fold = np.asarray((0.0, 0.0, 0.30 * wide))
    half = BROAD[:, None] * wide
    edge = BROAD[:, None] * fold
    grid = np.stack([rib - side * half + edge, rib, rib + side * half + edge], axis=1)
    n = unit(np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0)))
    n = np.where(n[..., 2:] < 0, -n, n)
    corners, normals = lattice(grid), lattice(n)
    # light comes through a leaf too: the brighter of its two sides counts
    grey = np.maximum(
        room.light.paint(corners, normals), 0.92 * room.light.paint(corners, -normals)
    )
    tint = np.asarray(over) * random.uniform(0.82, 1.0)
    rib_light = lattice(np.broadcast_to(np.asarray((0.94, 1.08, 0.94))[None, :, None], grid.shape))
    leaves.add(
        corners,
        picture="leaf",
        colour=np.clip(grey[..., None] * tint * rib_light, 0.0, 1.0),
        normals=normals,
        uv=one_green(len(corners)),
        motion=(0.0, 0.0, 0.0, 0.0),
    )
