"""Owns the faces of the meadow's lake and of the wall around, on which the country is painted.

Knows neither plants nor nodes, nor how water looks.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.land import (
    LAKE_AT,
    REACH_M,
    SHORE_OUT,
    WATER_M,
    Wide,
    basin,
    height,
)

COLUMNS = 150
RINGS = np.asarray((0.0, 0.40, 0.70, 0.84, 0.90, 0.925, 0.94, SHORE_OUT, SHORE_OUT + 0.012))
WALL_COLUMNS = 144


def _quads(grid: Wide) -> Wide:
    """The corners of the faces between the points of a grid (rows, columns, N)."""
    quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
    return np.asarray(quads.reshape(-1, 4, grid.shape[-1]))


def water(mesh: Mesh) -> None:
    """Add the lake in rings that follow its shore; texture coordinates say how deep it is."""
    turn = np.linspace(0.0, 2 * np.pi, COLUMNS + 1)
    way = np.stack([np.cos(turn), np.sin(turn)])
    # along each way from the middle the shore's measure grows evenly
    per_m = basin(LAKE_AT[0] + way[0], LAKE_AT[1] + way[1])
    out = RINGS[::-1, None] / per_m
    x, y = LAKE_AT[0] + out * way[0], LAKE_AT[1] + out * way[1]
    deep = WATER_M - height(x, y)
    level = _quads(np.stack([x, y, np.full_like(x, WATER_M)], axis=-1))
    up = np.zeros(level.shape, dtype=np.float32)
    up[..., 2] = 1.0
    told = _quads(np.stack([deep, np.zeros_like(deep)], axis=-1))
    mesh.add(level, picture="plain", normals=up, uv=told)


def wall(mesh: Mesh, low: float, top: float) -> None:
    """Add the wall, seen from within; texture coordinates say where in its picture."""
    turn = np.linspace(-np.pi, np.pi, WALL_COLUMNS + 1)
    z = np.asarray((low, top))
    x, y = (np.broadcast_to(REACH_M * part(turn), (2, len(turn))) for part in (np.sin, np.cos))
    rows = np.broadcast_to(z[:, None], x.shape)
    corners = _quads(np.stack([x, y, rows], axis=-1))
    u = np.broadcast_to(np.linspace(0.0, 1.0, len(turn)), x.shape)
    v = np.broadcast_to(np.asarray((0.0, 1.0))[:, None], x.shape)
    mesh.add(corners, picture="plain", uv=_quads(np.stack([u, v], axis=-1)))
