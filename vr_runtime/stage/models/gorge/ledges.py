"""Owns what grows on the cliffs: bushes and cushions on ledges, what hangs from them, small trees.

Each stands in its own dark spot: what grows keeps sun and sky from the rock it is rooted in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.models.gorge.beds import Band
from vr_runtime.stage.models.gorge.plan import Wide, rims
from vr_runtime.stage.models.gorge.woods import Growth, bush, grow
from vr_runtime.stage.models.mesh import Mesh

_CLEAR_M = 2.6
"""So far from the bridge's middle nothing grows that it could touch."""
_SEEN_M = 150.0
"""Beyond it none would be made out."""


@dataclass(frozen=True)
class Plant:
    """One that grows on a side: its foot in metres, its size, and what it is."""

    x: float
    y: float
    z: float
    wide: float
    kind: str
    """bush, cushion, hanging, fringe or tree."""
    seed: int


def planted(x: Wide, side: list[Band], *, far: bool) -> list[Plant]:
    """All plants of a side, given by its bands at columns x."""
    random = np.random.default_rng(51 if far else 50)
    rim = rims(x)[1 if far else 0]
    towards = -1.0 if far else 1.0
    plants: list[Plant] = []

    def put(column: float, down: Wide, out: Wide, wide: float, kind: str) -> None:
        place, own_rim, own_down, own_out = (
            float(np.interp(column, np.arange(len(x)), each)) for each in (x, rim, down, out)
        )
        if abs(place) < _CLEAR_M + 0.5 * wide or abs(place) > _SEEN_M:
            return
        y = own_rim + towards * own_out
        plants.append(Plant(place, y, -own_down, wide, kind, len(plants) + (5000 if far else 0)))

    gap = np.gradient(x)
    turf = side[0]
    for column in np.flatnonzero(np.abs(x) < 70.0):
        for _ in range(max(1, round(1.1 * gap[column]))):
            at = float(column + random.random())
            put(at, turf.down[2], turf.out[2] - 0.05, float(random.uniform(0.35, 0.9)), "fringe")
    for band in side[1:]:
        if band.hard:
            continue
        tread = np.maximum(band.out[3] - band.out[1], 0.0)
        here = gap * np.clip(tread, 0.12, 1.6) * (np.abs(x) < _SEEN_M)
        depth = float(band.down[3].mean())
        many = int(here.sum() * (0.40 if depth < 45.0 else 0.20) + random.random())
        for column in random.choice(len(x), many, p=here / here.sum()):
            wide = float(0.5 + 1.9 * random.beta(1.2, 2.6))
            at = float(column + random.uniform(-0.5, 0.5))
            room = float(tread[column])
            chance = random.random()
            if room > 0.8 and chance < 0.10:
                tall = float(random.uniform(2.2, 6.5))
                put(at, band.down[2], band.out[2], tall, "tree")
            elif chance < 0.45:
                put(at, band.down[2], band.out[2], wide, "bush")
            elif chance < 0.80:
                put(at, band.down[2], band.out[2], 0.8 * wide, "cushion")
            else:
                put(at, band.down[3], band.out[3], wide, "hanging")
    return plants


def contact(plants: list[Plant], points: Wide) -> Wide:
    """How dark each point is by what grows on it, 0 to 1."""
    flat = points.reshape(-1, 3)
    dark = np.zeros(len(flat))
    low, high = flat[:, 2].min() - 3.0, flat[:, 2].max() + 3.0
    for plant in plants:
        if not low < plant.z < high or plant.kind == "fringe":
            continue
        reach = 0.42 * plant.wide if plant.kind != "tree" else 0.26 * plant.wide
        near = np.flatnonzero(np.abs(flat[:, 0] - plant.x - 0.3 * reach) < 2.2 * reach)
        if not len(near):
            continue
        # the sun stands to the left: the spot lies a little to the right and below
        off = flat[near] - (plant.x + 0.35 * reach, plant.y, plant.z - 0.3 * reach)
        square = (off * off).sum(-1) / (reach * reach)
        dark[near] = np.maximum(dark[near], np.exp(-square))
    return np.asarray(dark.reshape(points.shape[:-1]))


_HUES = ((0.70, 0.76, 0.58), (0.80, 0.80, 0.56), (0.60, 0.70, 0.60), (0.82, 0.74, 0.54))


def rooted(leaves: Mesh, wood: Mesh, plants: list[Plant], *, far: bool) -> None:
    """Add the plants of a side."""
    random = np.random.default_rng(53 if far else 52)
    towards = -1.0 if far else 1.0
    trees = []
    for each in plants:
        x, y, z, wide = each.x, each.y, each.z, each.wide
        hue = _HUES[each.seed % len(_HUES)]
        if each.kind == "tree":
            spruce = each.seed % 3 > 0
            trees.append(Growth(x, y, z - 0.2, wide, each.seed, 70.0 + abs(x), spruce))
        elif each.kind == "bush":
            radii = (0.5 * wide, 0.45 * wide, float(random.uniform(0.36, 0.62)) * wide)
            bush(leaves, random, (x, y, z + 0.7 * radii[2]), radii, size=0.27 * wide, hue=hue)
        elif each.kind == "cushion":
            radii = (0.62 * wide, 0.4 * wide, 0.20 * wide)
            at = (x, y, z + 0.1 * wide)
            bush(leaves, random, at, radii, size=0.24 * wide, count=7, hue=hue)
        elif each.kind == "hanging":
            radii = (0.5 * wide, 0.12 * wide, 0.7 * wide)
            at = (x, y + towards * 0.12, z - 0.5 * wide)
            bush(leaves, random, at, radii, size=0.22 * wide, count=9, hue=hue, bright=(0.5, 0.8))
        else:
            radii = (0.6, 0.2, 0.35 * wide)
            at = (x, y, z - 0.05)
            bush(leaves, random, at, radii, size=0.26, count=3, hue=(0.80, 0.86, 0.52))
    grow(leaves, wood, trees)
