"""Owns the rubble at the foot of the cliffs: it lies on the floor and hides where they end.

Its foot is at z = 0. It fills what is between the floor and the cliffs however deep they are shown.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.boulders import boulder
from vr_runtime.stage.models.gorge.ground import corners
from vr_runtime.stage.models.gorge.plan import FLOOR_M, Wide, along_gorge, eased, middle, noise
from vr_runtime.stage.models.gorge.woods import bush
from vr_runtime.stage.models.mesh import Mesh, floats
from vr_runtime.stage.models.shapes import softened

_OUT_M = np.asarray(
    (-1.4, 0.0, 1.0, 2.1, 3.3, 4.6, 6.0, 7.5, 9.2, 10.9, 12.6, 14.3, 16.2, 18.5, 23.0)
)
"""Steps outwards from the edge of the floor."""
_EDGE_DEG = 14.0
_HIGH_M = 6.3
"""It is nowhere higher, so that it stays below the rim of the least deep gorge."""


def _height(x: Wide, out: Wide, *, far: bool) -> Wide:
    seed = 131 if far else 130
    cones = np.clip(0.72 + 0.32 * noise(x / 1.6, x * 0, seed, slope=1.3), 0.25, 1.2)
    rise = _HIGH_M * (np.clip(out, 0.0, 15.0) / 15.0) ** 1.25 * cones
    bumps = 0.34 * noise(x / 0.7, out / 0.7, seed + 2, slope=0.5) * eased(0.0, 3.0, out)
    rise = np.minimum(rise, _HIGH_M - 0.7)
    return np.asarray(np.minimum(rise + bumps, _HIGH_M) - 0.5 * eased(1.0, -1.0, out))


def build() -> NodePath:
    """The rubble as a node to be written; the same each time."""
    root = NodePath("talus")
    rubble, stones, leaves = Mesh(), Mesh(), Mesh()
    x = along_gorge()
    random = np.random.default_rng(90)
    for far in (False, True):
        towards = 1.0 if far else -1.0
        out = _OUT_M[:, None] + 0.0 * x[None]
        y = middle(x)[None] + towards * (FLOOR_M - 0.5 + out)
        points = np.stack([x[None] + 0.0 * out, y, _height(x[None], out, far=far)], -1)
        grain = 1.0 + 0.20 * noise(points[..., 0] / 0.6, points[..., 1] / 0.6, 133, slope=0.4)
        # stones that fell roll down in streaks, the coarse ones farthest
        grain = grain + 0.12 * noise(points[..., 0] / 0.5, out / 9.0, 135, slope=0.9)
        green = eased(-0.4, 0.7, noise(points[..., 0] / 1.5, points[..., 1] / 1.5, 134, slope=1.2))
        green = (0.8 * green * (0.35 + 0.65 * eased(13.0, 4.0, out)))[..., None]
        stone = np.asarray((0.82, 0.81, 0.79)) * grain[..., None]
        colour = stone * (1 - green) + green * np.asarray((0.62, 0.72, 0.42))
        openness = np.clip(0.68 - 0.022 * np.clip(out, 0.0, 14.0), 0.3, 1.0)
        parts = [corners(each) for each in (points, np.clip(colour, 0.0, 1.0), openness)]
        cells, painted, sky = parts if far else [part[:, ::-1] for part in parts]
        # coarse blocks: where they lean against each other there are edges
        edged = softened(floats(cells), _EDGE_DEG)
        rubble.add(cells, normals=edged, colour=painted, open_to_sky=sky, picture="gravel")
        for number in range(85):
            at, off = float(random.normal(0.0, 34.0)), float(random.uniform(0.5, 14.0))
            size = float(0.3 + 1.3 * random.random() ** 2.6)
            z = float(_height(np.asarray(at), np.asarray(off), far=far))
            place = float(middle(np.asarray(at))) + towards * (FLOOR_M - 0.5 + off)
            boulder(stones, random, (at, place, z), size, 500 + number)
        for _ in range(170):
            at, off = float(random.normal(0.0, 50.0)), float(random.uniform(1.0, 13.0))
            wide = float(0.6 + 2.2 * random.beta(1.2, 2.0))
            z = float(_height(np.asarray(at), np.asarray(off), far=far))
            place = float(middle(np.asarray(at))) + towards * (FLOOR_M - 0.5 + off)
            radii = (0.5 * wide, 0.5 * wide, 0.36 * wide)
            bush(leaves, random, (at, place, z + 0.2 * wide), radii, size=0.27 * wide)
    rubble.nodes("rubble", "layered", tile_m=220.0).reparentTo(root)
    stones.nodes("stones", "layered", tile_m=220.0).reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=220.0).reparentTo(root)
    return root
