"""Owns what is seen of whoever lies on the table: a chest in a gown, a body below a blanket.

Its origin is below the patient's eyes, feet towards +y.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath

from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.scanner.arm import GOWN, left_arm
from vr_runtime.stage.models.scanner.plan import TABLE_HALF_M, TABLE_TOP
from vr_runtime.stage.models.shapes import lattice

Told = NDArray[np.float64]
BLANKET = np.asarray((0.60, 0.72, 0.77))
SHEET = np.asarray((0.95, 0.95, 0.94))
WEAVE_M = 0.16
"""Metres of cloth that one picture of the weave covers: finer than upholstery."""
FROM_M, TO_M = 0.27, 1.86
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
ROWS, COLUMNS, HEM = 92, 53, 8
"""Of the blanket's grid along and across the body, and of its upper hem."""
FOLDS = 15


def _body() -> NDArray[np.float64]:
    """The blanket as a grid (along, across, 3)."""
    along = np.linspace(FROM_M, TO_M, ROWS)
    places, heights = np.asarray(_HIGH).T
    fine = np.interp(np.linspace(FROM_M - 0.1, TO_M + 0.1, 240), places, heights)
    soft = np.convolve(np.pad(fine, 6, mode="edge"), np.ones(13) / 13.0, mode="valid")
    high = np.interp(along, np.linspace(FROM_M - 0.1, TO_M + 0.1, 240), soft)
    part = np.linspace(-1.0, 1.0, COLUMNS)
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
    lies = np.minimum(1, height / 0.05)
    z = TABLE_TOP - 0.012 + np.maximum(height, arms) + (folds + _drapes(y, u)) * lies
    hang = np.clip((np.abs(u) - 0.93) / 0.07, 0.0, 1.0)
    z = z - 0.05 * hang
    x = half * np.sign(u) * np.abs(u) ** 0.92 * np.ones_like(y)
    return np.stack([x, y * np.ones_like(u), z], axis=-1)


def _drapes(y: Told, u: Told) -> Told:
    """How far folds rise out of the cloth, in metres: soft ridges that run aslant over the body,
    from where it lies on a height towards where it hangs down."""
    chance = np.random.default_rng(2131)
    risen = np.zeros(np.broadcast_shapes(y.shape, u.shape))
    x = (TABLE_HALF_M + 0.015) * u
    for number in range(FOLDS):
        side = 1.0 if number % 2 else -1.0
        start = chance.uniform(FROM_M - 0.02, 1.45)
        aslant = side * chance.uniform(0.15, 1.1)
        long, wide = chance.uniform(0.10, 0.20), chance.uniform(0.010, 0.017)
        bend = 0.012 * np.sin(24.0 * x + chance.uniform(0.0, 6.0))
        off = (y - start - aslant * x + bend) / np.hypot(1.0, aslant)
        ends = np.exp(-(((x - side * chance.uniform(0.05, 0.16)) / long) ** 2))
        ridge = np.exp(-((off / wide) ** 2)) - 0.55 * np.exp(-(((off - 2.1 * wide) / wide) ** 2))
        risen = risen + chance.uniform(0.006, 0.012) * ridge * ends
    return np.asarray(risen)


def build() -> NodePath:
    """Chest, body and blanket as a node to be written."""
    mesh = Mesh()
    grid = _body().astype(np.float32)
    # where folds lie lower than the cloth around them they keep a little less of the light
    beside = [np.roll(grid[..., 2], k, axis=axis) for axis in (0, 1) for k in (-2, 2)]
    low = grid[..., 2] - 0.5 * (np.maximum(*beside[:2]) + np.maximum(*beside[2:]))
    told = np.clip(0.92 + 14.0 * np.minimum(low, 0.002), 0.52, 0.94)
    _cloth(mesh, grid, BLANKET, told)
    # its upper hem is turned over: a sheet that shows, with an edge of its own
    turned = grid[:HEM] + np.asarray((0.0, 0.0, 0.007), dtype=np.float32)
    _cloth(mesh, turned, SHEET, np.full(turned.shape[:2], 0.88))
    lip = np.stack([grid[0] + np.asarray((0.0, -0.004, 0.0035)), turned[0]]).astype(np.float32)
    _cloth(mesh, lip, SHEET * 0.92, np.full(lip.shape[:2], 0.8))
    _chest(mesh)
    left_arm(mesh)
    root = NodePath("patient")
    mesh.nodes("patient", "layered").reparentTo(root)
    return root


def _cloth(mesh: Mesh, grid: NDArray[np.float32], colour: NDArray[np.float64], told: Told) -> None:
    """Woven cloth over a grid (along, across, 3); `told` says how open each point lies, 0 to 1."""
    sheet, normals = lattice(grid)
    shade = lattice(np.repeat(told[..., None], 3, axis=-1).astype(np.float32))[0][..., 0]
    if normals[..., 2].mean() < 0.0:
        sheet, normals, shade = sheet[:, ::-1].copy(), -normals[:, ::-1], shade[:, ::-1]
    mesh.add(
        sheet,
        normals=normals,
        picture="fabric",
        colour=colour,
        open_to_sky=shade,
        uv=sheet[..., :2] / WEAVE_M,
    )


def _chest(mesh: Mesh) -> None:
    """The gown over the chest, from below the chin to the blanket's hem."""
    along, part = np.linspace(0.13, FROM_M + 0.05, 14), np.linspace(-1.0, 1.0, 29)
    y, u = along[:, None], part[None, :]
    rise = np.interp(along, (0.13, 0.18, 0.24, 0.32), (0.085, 0.120, 0.140, 0.147))[:, None]
    wide = np.interp(along, (0.13, 0.20, 0.32), (0.150, 0.195, 0.205))[:, None]
    z = TABLE_TOP - 0.01 + rise * (1.0 - np.abs(u) ** 3.0) ** 0.7
    crease = 0.0022 * np.sin(55.0 * u * np.ones_like(y) + 30.0 * y) * (1.0 - np.abs(u))
    grid = np.stack([wide * u, y * np.ones_like(u), z + crease], axis=-1)
    _cloth(mesh, grid.astype(np.float32), GOWN, np.full(grid.shape[:2], 0.84))
