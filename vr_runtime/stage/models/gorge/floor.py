"""Owns the bottom of the gorge: a river over boulders, gravel banks, trees that stand far below.

Its ground lies about z = 0, the water lower; it knows nothing of what stands above it.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.boulders import boulder
from vr_runtime.stage.models.gorge.ground import surface
from vr_runtime.stage.models.gorge.plan import FLOOR_M, Wide, along_gorge, eased, middle, noise
from vr_runtime.stage.models.gorge.woods import Growth, grow
from vr_runtime.stage.models.mesh import Mesh

WATER_Z = -0.45
_HALF_RIVER_M = 4.2


def _river(x: Wide) -> tuple[Wide, Wide]:
    """Middle of the river across, and half its width."""
    wander = 2.2 * noise(x / 9.0, np.asarray(x) * 0, 111)
    wander = wander * (0.4 + 0.6 * eased(0.0, 25.0, np.abs(x)))
    return middle(x) + wander, _HALF_RIVER_M + 0.8 * noise(x / 6.0, np.asarray(x) * 0 + 5, 112)


def height(x: Wide, y: Wide) -> Wide:
    """Of the ground."""
    centre, half = _river(x)
    out = np.abs(y - centre) - half
    bed = -1.1 + 1.25 * eased(-1.6, 1.4, out)
    return np.asarray(bed + 0.14 * noise(x / 0.8, y / 0.8, 113) + 0.10 * noise(x / 3, y / 3, 114))


def build() -> NodePath:
    """The floor as a node to be written; the same each time."""
    root = NodePath("floor")
    ground, stones, wood, leaves, water = Mesh(), Mesh(), Mesh(), Mesh(), Mesh()
    x = along_gorge()
    across = np.linspace(-1.0, 1.0, 41)
    y = middle(x)[None] + across[:, None] * (FLOOR_M + 7.0)
    points = np.stack(np.broadcast_arrays(x[None], y, height(x[None], y)), -1)
    _paint(ground, points)
    rocks = _boulders(stones)
    _water(water, x, rocks)
    grow(leaves, wood, _trees(), close=True)
    ground.nodes("ground", "layered", tile_m=100.0).reparentTo(root)
    stones.nodes("stones", "layered", tile_m=150.0).reparentTo(root)
    wood.nodes("wood", "layered", tile_m=200.0).reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=100.0).reparentTo(root)
    water.nodes("water", "stream", tile_m=100.0).reparentTo(root)
    return root


def _paint(ground: Mesh, points: Wide) -> None:
    x, y = points[..., 0], points[..., 1]
    centre, half = _river(x)
    out = np.abs(y - centre) - half
    stony = np.asarray((1.18, 1.12, 1.02)) * (1.0 + 0.14 * noise(x / 0.7, y / 0.7, 115))[..., None]
    green = np.asarray((0.74, 0.88, 0.52)) * (1.0 + 0.16 * noise(x / 2.4, y / 2.4, 116))[..., None]
    turf = eased(1.4, 3.6, out + 1.4 * noise(x / 3.5, y / 3.5, 117))[..., None]
    wet = eased(1.0, -0.4, out)[..., None]
    colour = (stony * (1 - turf) + green * turf) * (1 - 0.42 * wet)
    openness = np.full(x.shape, 0.72)
    surface(ground, points, colour=np.clip(colour, 0, 2), openness=openness, picture="gravel")


def _boulders(stones: Mesh) -> Wide:
    """Boulders in the river and beside it; the places and sizes of those in the water."""
    random = np.random.default_rng(60)
    wet = []
    for k in range(420):
        x = float(random.uniform(-130.0, 130.0))
        centre, half = (float(each) for each in _river(np.asarray(x)))
        y = centre + float(random.normal(0.0, 1.0)) * (half + 0.8)
        size = float(0.22 + 1.25 * random.random() ** 3.2)
        z = float(height(np.asarray(x), np.asarray(y)))
        boulder(stones, random, (x, y, z), size, k, water_z=WATER_Z)
        if abs(y - centre) < half:
            wet.append((x, y, size))
    return np.asarray(wet)


def _water(water: Mesh, x: Wide, rocks: Wide) -> None:
    """The river's surface: where it breaks it is painted white."""
    fine = np.concatenate([x[np.abs(x) > 60], np.arange(-60.0, 60.1, 0.8)])
    fine.sort()
    across = np.linspace(-1.0, 1.0, 25)
    centre, half = _river(fine)
    y = centre[None] + across[:, None] * (half[None] + 1.6)
    along = np.broadcast_to(fine[None], y.shape)
    points = np.stack([along, y, np.full(y.shape, WATER_Z)], -1)
    # rapids every so often, one of them before the bridge and one behind it
    rapids = np.clip(noise(along / 3.0, y * 0 + 3, 119, slope=1.2), 0.0, 1.0)
    for start_x, long in ((-9.0, 6.0), (14.0, 7.0)):
        rapids = np.maximum(rapids, np.exp(-(((along - start_x) / long) ** 2)))
    torn = np.clip(0.55 + 0.7 * noise(along / 0.8, y / 0.5, 120, slope=1.0), 0.0, 1.0)
    white = 0.75 * rapids * torn
    for rx, ry, size in rocks:
        # it parts before a boulder and closes behind it, downstream
        behind = np.clip((along - rx) / (4.5 * size), -0.5, 1.0)
        reach = (0.75 + 0.5 * np.abs(behind)) * size
        near = np.exp(-(((y - ry) / reach) ** 2)) * eased(-0.35, -0.05, behind)
        white += 0.9 * near * eased(1.0, 0.1, behind)
    shore = eased(0.75, 1.0, np.abs(across[:, None]))
    white = np.clip(white + 0.15 * shore, 0.0, 0.95)
    colour = np.broadcast_to(np.asarray((0.93, 0.97, 0.98)), (*y.shape, 3))
    surface(water, points, colour=colour, openness=1.0 - white, picture="plain")


def _trees() -> list[Growth]:
    random = np.random.default_rng(70)
    grown = []
    for k in range(900):
        x = float(random.uniform(-190.0, 190.0))
        side = float(random.choice((-1.0, 1.0)))
        centre, half = (float(each) for each in _river(np.asarray(x)))
        y = float(middle(np.asarray(x))) + side * float(random.uniform(5.0, FLOOR_M + 5.0))
        if abs(y - centre) < half + 1.6 or abs(x) < 9.0 or random.random() < 0.45:
            continue
        tall = float(random.uniform(3.5, 10.0)) * (0.45 if abs(x) < 22.0 else 1.0)
        z = float(height(np.asarray(x), np.asarray(y))) - 0.1
        spruce = random.random() < 0.6
        away = 70.0 + 0.6 * abs(x)
        grown.append(Growth(x, y, z, tall, spruce=spruce, seed=1000 + k, away=away))
        if len(grown) >= 230:
            break
    return grown
