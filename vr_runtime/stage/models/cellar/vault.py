"""Owns a length of brick vault with its floor, seen from inside; knows neither place nor use."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.cellar.plan import (
    BRICK,
    FLAGS,
    WASH,
    WASHED_M,
    WIDE,
    dimmed,
    section,
    worn,
)
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import lattice

BRICK_M, FLAGS_M = 1.8, 2.4


def vault(
    mesh: Mesh,
    start: float,
    end: float,
    step: float = 0.6,
    *,
    wide: float = WIDE,
    washed: bool = False,
) -> None:
    """Add walls, vault and floor from y = `start` to `end`; `washed` has the vault limewashed."""
    profile = section(wide=wide)
    along = np.linspace(start, end, max(2, round((end - start) / step)) + 1)
    rings = np.stack(
        [
            np.concatenate([profile[:, :1], np.full((len(profile), 1), y), profile[:, 1:]], axis=1)
            for y in along
        ]
    ).astype(np.float32)
    faces, normals = lattice(rings)
    inward = np.asarray((0.0, 0.0, 1.2)) - faces.mean(axis=1)
    inward[:, 1] = 0.0
    flip = (normals.mean(axis=1) * inward).sum() < 0.0
    if flip:
        faces, normals = faces[:, ::-1].copy(), -normals[:, ::-1]
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(profile, axis=0), axis=1))])
    v = np.broadcast_to(run, (len(along), len(run))) / BRICK_M
    u = np.broadcast_to(along[:, None], v.shape) / BRICK_M
    grid = np.stack([u, v], axis=-1)
    uv = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
    uv = uv.reshape(-1, 4, 2)
    if flip:
        uv = uv[:, ::-1]
    colour, light = worn(faces, BRICK), dimmed(faces)
    above = (faces[..., 2].mean(axis=1) > WASHED_M) & washed
    brick = ~above
    mesh.add(
        faces[brick],
        picture="brick",
        colour=colour[brick],
        normals=normals[brick],
        uv=uv[brick],
        open_to_sky=light[brick],
    )
    if above.any():
        white = worn(faces[above], WASH)
        mesh.add(
            faces[above],
            picture="plaster",
            colour=white,
            normals=normals[above],
            uv=uv[above] * 0.6,
            open_to_sky=light[above],
        )
    _floor(mesh, along, wide)


def _floor(mesh: Mesh, along: NDArray[np.float64], wide: float) -> None:
    across = np.linspace(-wide / 2, wide / 2, 7)
    grid = np.asarray([[(x, y, 0.0) for x in across] for y in along], dtype=np.float32)
    faces, _ = lattice(grid)
    if np.cross(faces[0, 1] - faces[0, 0], faces[0, 3] - faces[0, 0])[2] < 0.0:
        faces = faces[:, ::-1].copy()
    # worn(…) darkens what is low: flags are reckoned as if at the height of a step
    shade = worn(faces + np.asarray((0.0, 0.0, 0.55)), FLAGS)
    edge = 1.0 - 0.35 * np.exp(-(wide / 2 - np.abs(faces[..., 0])) / 0.22)
    mesh.add(
        faces,
        picture="paving",
        colour=shade * edge[..., None],
        uv=faces[..., :2] / FLAGS_M,
        open_to_sky=dimmed(faces) * 1.3,
    )
