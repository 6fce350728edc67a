"""Owns what is seen through the windows of the neutral room: a lawn, a hedge, trees, pale sky.

Knows nothing of the room. Nothing in it moves and nobody is in it.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.furnisher import lattice, sheet
from vr_runtime.stage.panda.resting.tree import tree

LAWN_Z = -0.35
HEDGE_X, HEDGE_M = -15.0, 1.5
SKY_X = -42.0
TREES = (
    (-10.5, -3.4, 2.9, 2.0),
    (-12.0, 4.6, 3.4, 2.3),
    (-9.0, 10.5, 3.0, 2.0),
    (-20.0, 0.8, 4.2, 3.0),
    (-21.0, 12.0, 4.2, 3.2),
    (-19.0, -9.0, 4.2, 3.0),
)
"""Middle of the crown and its radius, in metres."""


def garden(solid: Mesh, leaves: Mesh) -> None:
    """Add it, west of the room."""
    random = np.random.default_rng(5)
    lawn = sheet((-40.0, -30.0, LAWN_Z), (36.5, 0, 0), (0, 70.0, 0), 2.0)
    solid.add(lawn, picture="grass", colour=(0.98, 1.0, 0.98))
    y, v = np.meshgrid(np.linspace(-30.0, 40.0, 60), np.linspace(0, 1, 4))
    x = HEDGE_X + 0.25 * np.sin(y * 0.9) - 0.5 * v**2
    hedge = np.stack([x, y, LAWN_Z + HEDGE_M * v + 0.08 * v * np.sin(y * 1.7)], axis=-1)
    uv = lattice(np.stack([y / 1.6, v, v], axis=-1))[..., :2]
    shade = lattice(np.broadcast_to((0.72 + 0.28 * v)[..., None], hedge.shape))
    solid.add(lattice(hedge), picture="hedge", colour=shade, uv=uv)
    for crown in TREES:
        tree(solid, leaves, crown, LAWN_Z, random, 8)
    sky = sheet((SKY_X, -60.0, -6.0), (0, 120.0, 0), (0, 0, 46.0), 3.0)
    rise = np.clip((sky[..., 2] - 1.0) / 34.0, 0.0, 1.0)[..., None]
    colour = np.asarray((0.955, 0.97, 0.965)) * (1 - rise) + np.asarray((0.74, 0.86, 0.96)) * rise
    ridge = 2.6 + 1.4 * np.sin(sky[..., 1] * 0.07 + 1.0)
    hill = np.clip(ridge - sky[..., 2], 0.0, 1.0)[..., None]
    solid.add(
        sky, picture="plain", colour=colour * (1 - hill) + np.asarray((0.78, 0.85, 0.82)) * hill
    )
