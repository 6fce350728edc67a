"""Owns the grassy slopes below the stone bridge: turf, bare patches, bushes, a few boulders.

Their top is at z = 0, their foot `MADE_DEEP["slopes"]` metres below; they are stretched to other
depths.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.boulders import boulder
from vr_runtime.stage.models.gorge.ground import GRASS, surface
from vr_runtime.stage.models.gorge.ledges import Plant, contact
from vr_runtime.stage.models.gorge.plan import (
    FLOOR_M,
    MADE_DEEP,
    Wide,
    along_gorge,
    apart,
    eased,
    middle,
    noise,
    rims,
)
from vr_runtime.stage.models.gorge.woods import bush
from vr_runtime.stage.models.mesh import Mesh

_DEEP = MADE_DEEP["slopes"]
_ROWS = 21
_EARTH = np.asarray((0.62, 0.52, 0.40))


def slope(x: Wide, down: Wide, *, far: bool) -> Wide:
    """Points of a side at shares `down` (0 to 1) of its depth."""
    rim = rims(x)[1 if far else 0]
    foot = middle(x) + (FLOOR_M if far else -FLOOR_M)
    part = down + 0.10 * np.sin(2 * np.pi * down)
    seed = 30 if far else 20
    held = eased(0.0, 0.07, down) * eased(1.02, 0.90, down)
    free = held * (0.45 + 0.55 * apart(x))
    towards = -1.0 if far else 1.0
    y = rim + (foot - rim) * part + towards * free * 0.5 * noise(x / 3.0, down * 4.0, seed)
    lift = (
        held * eased(2.5, 7.0, np.abs(x)) * 0.30 * noise(x / 1.4, down * 5.0, seed + 4, slope=1.3)
    )
    return np.stack(np.broadcast_arrays(x, y, -_DEEP * down + lift), -1)


def build() -> NodePath:
    """The slopes as a node to be written; the same each time."""
    root = NodePath("slopes")
    turf, stones, leaves = Mesh(), Mesh(), Mesh()
    x = along_gorge()
    down = np.linspace(0.0, 1.0, _ROWS)[:, None]
    random = np.random.default_rng(50)
    for far in (False, True):
        points = slope(x[None], down, far=far)
        plants = _planted(random, far=far)
        dark = contact(plants, points)
        colour = _painted(points, down) * (1.0 - 0.45 * dark)[..., None]
        surface(
            turf,
            points,
            colour=np.clip(colour, 0.0, 1.0),
            openness=(0.92 - 0.15 * down) * (1.0 - 0.5 * dark),
            picture="grass",
            flip=far,
        )
        _rooted(leaves, random, plants)
        for number in range(60):
            at, share = random.normal(0.0, 40.0), random.uniform(0.15, 0.97)
            if abs(at) < 4.0:
                continue
            foot = slope(np.asarray(at), np.asarray(share), far=far)
            size = float(0.18 + 0.6 * random.random() ** 2.5)
            boulder(stones, random, (foot[0], foot[1], foot[2]), size, 900 + number)
    turf.nodes("turf", "layered", tile_m=100.0).reparentTo(root)
    stones.nodes("stones", "layered", tile_m=100.0).reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=100.0).reparentTo(root)
    return root


def _painted(points: Wide, down: Wide) -> Wide:
    """Colour of the turf, as displayed: dry on top, lush below, earth where it has slipped."""
    x, y = points[..., 0], points[..., 1]
    tone = 0.93 + 0.11 * noise(x / 1.5, y / 1.5, 61, slope=1.2) - 0.08 * down
    dry = np.clip(0.45 - 0.5 * down + 0.4 * noise(x / 2.5, y / 2.5, 59, slope=1.2), 0.0, 1.0)
    green = GRASS * tone[..., None] * (1.0 + dry[..., None] * (0.24, 0.03, -0.18))
    slipped = eased(1.1, 2.0, noise(x / 1.8, y / 1.2, 60, slope=1.3))[..., None]
    return np.asarray(green * (1 - 0.7 * slipped) + 0.7 * slipped * _EARTH)


def _planted(random: np.random.Generator, *, far: bool) -> list[Plant]:
    plants = []
    for number in range(300):
        x, down = float(random.normal(0.0, 48.0)), float(random.beta(1.6, 1.3))
        wide = float(0.5 + 2.0 * random.beta(1.1, 2.2))
        if abs(x) < 3.6 + 0.5 * wide or abs(x) > 150.0:
            continue
        at = slope(np.asarray(x), np.asarray(down), far=far)
        kind = "cushion" if random.random() < 0.4 else "bush"
        plants.append(Plant(x, float(at[1]), float(at[2]), wide, kind, number))
    return plants


def _rooted(leaves: Mesh, random: np.random.Generator, plants: list[Plant]) -> None:
    for each in plants:
        warm = float(random.uniform(-0.10, 0.10))
        low = each.kind == "cushion"
        high = each.wide * float(random.uniform(0.14, 0.22) if low else random.uniform(0.30, 0.48))
        bush(
            leaves,
            random,
            (each.x, each.y, each.z + 0.7 * high),
            (0.5 * each.wide, 0.5 * each.wide, high),
            size=0.24 * each.wide,
            count=8 if low else 11,
            hue=(0.74 + warm, 0.78, 0.60 - warm),
            bright=(0.60, 1.0),
        )
