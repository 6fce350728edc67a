"""Owns what is seen of whoever lies on the table: a body below a blanket, and the ball at the hand.

Its origin is below the patient's eyes, feet towards +y. The ball with its hose is a thing that is
seen; nothing in the scene can press it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath

from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.models.mesh import Mesh, faces
from vr_runtime.stage.models.scanner.plan import TABLE_HALF_M, TABLE_TOP
from vr_runtime.stage.models.shapes import ball, lattice, rounded, tube

BLANKET = np.asarray((0.66, 0.76, 0.80))
FROM_M, TO_M = 0.27, 1.86
BALL_AT = (0.130, 0.66, TABLE_TOP + 0.174)
"""The middle of the ball: on the blanket, at the right hand."""
_HIGH = (
    (0.27, 0.150),
    (0.38, 0.200),
    (0.55, 0.195),
    (0.75, 0.180),
    (0.95, 0.165),
    (1.20, 0.130),
    (1.50, 0.100),
    (1.68, 0.120),
    (1.76, 0.195),
    (1.82, 0.190),
    (1.86, 0.110),
)
"""Heights of the body above the table along it: chest, belly, legs, feet."""


def _body() -> NDArray[np.float64]:
    """The blanket as a grid (along, across, 3)."""
    along = np.linspace(FROM_M, TO_M, 56)
    places, heights = np.asarray(_HIGH).T
    high = np.interp(along, places, heights)
    part = np.linspace(-1.0, 1.0, 41)
    y, u = along[:, None], part[None, :]
    half = TABLE_HALF_M + 0.015
    # two legs, two feet: a furrow that deepens from the hips on
    furrow = np.clip((y - 0.95) / 0.5, 0.0, 1.0) * np.exp(-((u / 0.16) ** 2)) * 0.35
    bulge = (1.0 - np.abs(u) ** 3.2) ** 0.75
    height = high[:, None] * bulge * (1.0 - furrow)
    arms = 0.045 * np.exp(-(((np.abs(u) - 0.86) / 0.16) ** 2)) * np.clip((1.0 - y) / 0.15, 0, 1)
    folds = (
        0.0050
        * clouded(64, 1.3, 2130, stretch=0.5)[
            ((along - FROM_M) * 38).astype(int)[:, None] % 64,
            ((part + 1) * 30).astype(int)[None, :],
        ]
    )
    z = TABLE_TOP - 0.012 + np.maximum(height, arms) + folds * np.minimum(1, height / 0.05)
    hang = np.clip((np.abs(u) - 0.93) / 0.07, 0.0, 1.0)
    z = z - 0.05 * hang
    x = half * np.sign(u) * np.abs(u) ** 0.92 * np.ones_like(y)
    return np.stack([x, y * np.ones_like(u), z], axis=-1)


def build() -> NodePath:
    """Body, blanket and ball as a node to be written."""
    mesh = Mesh()
    grid = _body().astype(np.float32)
    cloth, normals = lattice(grid)
    if normals[..., 2].mean() < 0.0:
        cloth, normals = cloth[:, ::-1].copy(), -normals[:, ::-1]
    mesh.add(cloth, normals=normals, picture="fabric", colour=BLANKET, open_to_sky=0.85)
    # its upper hem is turned over
    hem = grid[:3] + np.asarray((0.0, 0.0, 0.006), dtype=np.float32)
    edge, normals = lattice(hem)
    if normals[..., 2].mean() < 0.0:
        edge, normals = edge[:, ::-1].copy(), -normals[:, ::-1]
    mesh.add(edge, normals=normals, picture="fabric", colour=(0.95, 0.95, 0.94))
    top = grid[0]
    foot = top * np.asarray((1.0, 1.0, 0.0)) + np.asarray((0.0, 0.0, TABLE_TOP - 0.03))
    front = faces(np.stack([top[:-1], top[1:], foot[1:], foot[:-1]], axis=1))
    mesh.add(front, picture="fabric", colour=(0.80, 0.82, 0.82), open_to_sky=0.6)
    mesh.add(front[:, ::-1].copy(), picture="fabric", colour=(0.80, 0.82, 0.82), open_to_sky=0.6)
    _ball(mesh)
    root = NodePath("patient")
    mesh.nodes("patient", "layered").reparentTo(root)
    return root


def _ball(mesh: Mesh) -> None:
    """A soft ball of rubber with its hose, which runs along the side of the table to its foot."""
    x, y, z = BALL_AT
    rubber = (0.86, 0.60, 0.30)
    bulb, normals = ball((x, y, z), (0.029, 0.044, 0.026), 24, 14)
    mesh.add(bulb, normals=normals, colour=rubber)
    neck, normals = tube([(x, y + 0.040, z), (x, y + 0.062, z - 0.002)], [0.016, 0.009], 12)
    mesh.add(neck, normals=normals, colour=np.asarray(rubber) * 0.8)
    side = TABLE_HALF_M + 0.022
    path = rounded(
        [
            (x, y + 0.05, z - 0.001),
            (x + 0.020, y + 0.15, z - 0.022),
            (side, y + 0.30, TABLE_TOP + 0.01),
            (side, y + 0.70, TABLE_TOP - 0.03),
            (side, TO_M + 0.05, TABLE_TOP - 0.03),
        ],
        0.045,
        5,
    )
    hose, normals = tube(path, 0.0055, 10)
    mesh.add(hose, normals=normals, colour=(0.83, 0.84, 0.82))
