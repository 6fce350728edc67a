"""Owns how a surface given by a lattice of points becomes faces; knows no single surface."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.gorge.plan import Wide
from vr_runtime.stage.models.mesh import Mesh, floats

GRASS = np.asarray((0.74, 0.76, 0.76))
"""Tints of the pictures of grass and soil, as displayed."""
PATH = np.asarray((0.98, 0.92, 0.82))


def corners(grid: Wide) -> Wide:
    """Four corners for each cell of a lattice (rows, columns, ...)."""
    quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
    return quads.reshape(-1, 4, *grid.shape[2:])


def smooth_normals(points: Wide, *, flip: bool = False) -> Wide:
    """Unit normals of a lattice (rows, columns, 3), seen as `surface` tells."""
    rows, columns = np.gradient(points, axis=0), np.gradient(points, axis=1)
    normal = np.cross(columns, rows)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
    return np.asarray(-normal if flip else normal)


def surface(
    mesh: Mesh,
    points: Wide,
    *,
    colour: Wide,
    openness: Wide,
    picture: str,
    flip: bool = False,
    uv_m: float | None = None,
    chosen: Wide | None = None,
    normals: Wide | None = None,
    uv: Wide | None = None,
) -> None:
    """Add a lattice (rows, columns, 3) with smooth normals.

    Args:
        mesh: where it goes.
        points: seen from where columns run to the right when rows run up.
        colour: (rows, columns, 3), as displayed.
        openness: (rows, columns), 0 to 1.
        picture: what it shows.
        flip: it is seen from the other side.
        uv_m: metres of one repetition on a steep side; by the place in metres if left out.
        chosen: (rows - 1, columns - 1), which cells are added; all if left out.
        normals: (rows, columns, 3), instead of its own smooth ones.
        uv: (rows, columns, 2), where its picture lies, instead of `uv_m`.
    """
    normal = smooth_normals(points, flip=flip) if normals is None else normals
    given = [] if uv is None else [uv]
    parts = [corners(each) for each in (points, normal, colour, openness, *given)]
    if chosen is not None:
        kept = chosen.reshape(-1)
        parts = [part[kept] for part in parts]
    if flip:
        parts = [part[:, ::-1] for part in parts]
    v, n, c, o = parts[:4]
    laid = None if uv is None else parts[4]
    if uv_m is not None:
        # along x, and along what runs down or away
        steep = v[..., 2] + (v[..., 1] if flip else -v[..., 1])
        laid = np.stack([v[..., 0], steep], -1) / uv_m
    mesh.add(floats(v), normals=floats(n), colour=c, open_to_sky=o, picture=picture, uv=laid)
