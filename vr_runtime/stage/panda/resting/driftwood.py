"""Owns the trunk that the sea has brought: its line, its wood, its broken end and its stub."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.look.sea import WOOD
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import lattice
from vr_runtime.stage.panda.resting.bay import height
from vr_runtime.stage.panda.resting.foliage import Wide, unit

LINE = ((0.72, 3.98), (1.17, 4.24), (1.80, 4.46), (2.50, 4.62), (3.10, 4.80), (3.62, 5.12))
STEPS, SIDES = 48, 24
SILVER = np.asarray((0.72, 0.685, 0.635))
HEART = np.asarray((0.56, 0.49, 0.41))
GRAIN_ALONG, GRAIN_AROUND = 0.14, 1.9
"""How often the picture of grain comes again in a metre along, and once around."""


def axis() -> tuple[Wide, Wide]:
    """The middle of the trunk (K, 3) and its radius (K,), from the broken end to the buried one."""
    t = np.linspace(0.0, 1.0, STEPS)
    points = np.asarray(LINE)
    along = np.linspace(0.0, 1.0, len(points))
    kernel = np.hanning(15) / np.hanning(15).sum()
    x, y = (
        np.convolve(
            np.pad(np.interp(t, along, points[:, k]), 7, "reflect", reflect_type="odd"),
            kernel,
            "valid",
        )
        for k in (0, 1)
    )
    thick = (
        0.160
        - 0.040 * t
        - 0.055 * t**3
        + 0.010 * np.sin(t * 7.0 + 0.6)
        + 0.020 * np.exp(-(((t - 0.42) / 0.07) ** 2))
    )
    # it lies in the sand, and its far end has sunk into it
    sunk = 0.62 - 0.42 * t - 1.7 * np.clip((t - 0.70) / 0.30, 0.0, 1.0) ** 2
    z = height(x, y) + sunk * thick + 0.012 * np.sin(t * 9.0)
    return np.stack([x, y, z], axis=-1), thick


def driftwood(mesh: Mesh) -> None:
    """Add the trunk, and the stub of one branch."""
    random = np.random.default_rng(4)
    path, thick = axis()
    _trunk(mesh, path, thick, random, SIDES, 0.045)
    k = round(0.42 * STEPS)
    s = np.linspace(0.0, 1.0, 12)[:, None]
    # its foot widens into the trunk
    foot = path[k] + (0.0, 0.03, 0.0)
    stub = foot + s * (0.05, 0.05, 0.36) + s**2 * (0.15, 0.0, -0.02)
    slim = 0.022 + 0.085 * np.exp(-3.0 * s[:, 0])
    _trunk(mesh, stub[::-1], slim[::-1], random, 14, 0.022)


def _trunk(
    mesh: Mesh, path: Wide, thick: Wide, random: np.random.Generator, sides: int, torn: float
) -> None:
    """One round piece of wood, broken off where its path begins; `torn` metres of splinters."""
    way = unit(np.gradient(path, axis=0))
    side = unit(np.cross(way, (0.0, 0.0, 1.0) if abs(way[0, 2]) < 0.7 else (1.0, 0.0, 0.0)))
    up = np.cross(way, side)
    # the first and last corner lie below, where no seam is seen
    turn = np.linspace(-0.5 * np.pi, 1.5 * np.pi, sides + 1)
    t = np.linspace(0.0, 1.0, len(path))[:, None]
    # not round: it has grown in strands, and the sea has worn hollows between them
    start = random.uniform(0.0, 2 * np.pi, 3)
    worn = (
        1.0
        + 0.055 * np.sin(3.0 * turn + 2.6 * t + start[0])
        + 0.032 * np.sin(5.0 * turn - 3.4 * t + start[1])
        + 0.020 * np.sin(8.0 * turn + 1.3 * t + start[2])
    )
    out = np.cos(turn)[None, :, None] * side[:, None] + np.sin(turn)[None, :, None] * up[:, None]
    rings = path[:, None] + out * (thick[:, None] * worn)[..., None]
    # the end is torn: every strand is of another length
    tear = random.uniform(0.0, 1.0, sides)
    tear = 0.4 * tear + 0.35 * np.roll(tear, 1) + 0.25 * np.roll(tear, 2)
    tear = np.append(tear, tear[0])
    rings[0] += -way[0] * (torn * tear)[:, None]
    rings[1] += -way[0] * (0.35 * torn * tear)[:, None]
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    grain = np.stack(
        np.broadcast_arrays(length[:, None] * GRAIN_ALONG, GRAIN_AROUND * turn[None] / (2 * np.pi)),
        axis=-1,
    )
    beneath = np.clip(0.5 + 0.5 * out[..., 2], 0.0, 1.0)
    _wood(mesh, rings, grain, SILVER * np.ones((*rings.shape[:2], 1)), 0.38 + 0.62 * beneath)
    # the break itself: hollow and darker, with the rings of its years
    middle = rings[0].mean(axis=0)
    inner = []
    for shrink, deep in ((1.0, 0.0), (0.82, 0.012), (0.5, 0.030), (0.0, 0.038)):
        rough = random.normal(0.0, 0.004, (sides + 1, 1)) * (0.0 < shrink < 1.0)
        rough[-1] = rough[0]
        inner.append(middle + (rings[0] - middle) * shrink + way[0] * (deep + rough))
    cap = np.stack(inner[::-1])
    told = np.stack(
        np.broadcast_arrays(0.01 * turn[None], np.asarray((0.0, 0.09, 0.15, 0.18))[:, None]),
        axis=-1,
    )
    dim = np.asarray((0.35, 0.5, 0.7, 0.85))[:, None] * np.ones(sides + 1)
    _wood(mesh, cap, told, HEART * np.ones((*cap.shape[:2], 1)), dim)


def _wood(mesh: Mesh, rings: Wide, grain: Wide, colour: Wide, open_part: Wide) -> None:
    corners, normals = lattice(rings.astype(np.float32))

    def each(grid: Wide) -> Wide:
        quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
        return quads.reshape(-1, 4, grid.shape[-1])

    mesh.add(
        corners,
        colour=np.clip(each(colour), 0.0, 1.0),
        open_to_sky=each(open_part[..., None])[..., 0],
        normals=normals,
        uv=each(grain),
        layers=np.full(len(corners), WOOD),
    )
