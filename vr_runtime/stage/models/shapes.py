"""Owns round things as faces with normals: tubes, balls, lathes; knows nothing of their use."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.mesh import Array


def _lattice(points: Array, directions: Array) -> tuple[Array, Array]:
    """Faces between the points of a lattice (rows, columns, 3), and their normals."""

    def corners(grid: Array) -> Array:
        quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
        return np.asarray(quads.reshape(-1, 4, 3), dtype=np.float32)

    return corners(points), corners(directions)


def lattice(rings: Array) -> tuple[Array, Array]:
    """Faces between rings (rows, columns, 3), and their normals, softened over the edges.

    Seen from where columns run to the right when rows run up.
    """
    along, around = np.gradient(rings, axis=0), np.gradient(rings, axis=1)
    out = np.cross(around, along)
    out /= np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-6)
    return _lattice(rings, out.astype(np.float32))


def tube(
    path: ArrayLike, radii: ArrayLike, sides: int = 8, beside: ArrayLike | None = None
) -> tuple[Array, Array]:
    """A tube along points (K, 3) with a radius at each; metres. Faces and normals.

    With `beside`, a direction along which no part of it runs, it is nowhere twisted.
    """
    line = np.asarray(path, dtype=float)
    wide = np.broadcast_to(np.asarray(radii, dtype=float), (len(line),))
    ways = np.diff(line, axis=0)
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    # half way between the ways on either side, however long they are: a bend is no wedge
    along = np.concatenate([ways[:1], ways[:-1] + ways[1:], ways[-1:]])
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    upright = np.where(np.abs(along[:, 2:3]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    reference = upright if beside is None else np.asarray(beside, dtype=float)
    u = np.cross(along, reference)
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    w = np.cross(along, u)
    turn = np.linspace(0.0, 2 * np.pi, sides + 1)
    out = np.cos(turn)[None, :, None] * u[:, None] + np.sin(turn)[None, :, None] * w[:, None]
    points = line[:, None] + out * wide[:, None, None]
    return _lattice(points.astype(np.float32), out.astype(np.float32))


def ball(
    centre: ArrayLike, radii: ArrayLike, around: int = 10, rings: int = 6
) -> tuple[Array, Array]:
    """An ellipsoid with three radii in metres. Faces and normals."""
    turn = np.linspace(0.0, 2 * np.pi, around + 1)[None, :]
    up = np.linspace(-np.pi / 2, np.pi / 2, rings + 1)[:, None]
    unit = np.stack(
        [
            np.cos(up) * np.cos(turn),
            np.cos(up) * np.sin(turn),
            np.broadcast_to(np.sin(up), (rings + 1, around + 1)),
        ],
        axis=-1,
    )
    size = np.broadcast_to(np.asarray(radii, dtype=float), (3,))
    normal = unit / size
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    points = unit * size + np.asarray(centre, dtype=float)
    return _lattice(points.astype(np.float32), normal.astype(np.float32))


def rounded(path: ArrayLike, radius: float, steps: int = 4) -> NDArray[np.float64]:
    """A path (K, 3) whose corners are arcs of about `radius` metres, `steps` pieces each.

    Raises:
        ValueError: two corners lie too near each other for arcs of this radius.
    """
    points = np.asarray(path, dtype=float)
    if (np.linalg.norm(np.diff(points, axis=0), axis=1) < 2.0 * radius).any():
        raise ValueError(f"corners nearer than {2.0 * radius} m leave no room for their arcs")
    out = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start = corner + (before - corner) * (radius / np.linalg.norm(before - corner))
        end = corner + (after - corner) * (radius / np.linalg.norm(after - corner))
        t = np.linspace(0.0, 1.0, steps + 1)[:, None]
        out.extend((1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end)
    return np.stack([*out, points[-1]])


def turned(faces: Array, degrees: float, about: tuple[float, float] = (0.0, 0.0)) -> Array:
    """Faces turned about a vertical axis, to the left."""
    a = np.radians(degrees)
    out = faces.copy()
    x, y = faces[..., 0] - about[0], faces[..., 1] - about[1]
    out[..., 0] = about[0] + x * np.cos(a) - y * np.sin(a)
    out[..., 1] = about[1] + x * np.sin(a) + y * np.cos(a)
    return out


def softened(faces: Array, crease: float) -> Array:
    """Normals that flow from face to face, for faces that share corners (K, 4, 3).

    Args:
        faces: each four-cornered; a triangle has two corners in one place.
        crease: the angle in degrees between two faces beyond which an edge stays sharp.
    """
    flat = np.cross(faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1])
    unit = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    weight, own = np.repeat(flat, 4, axis=0), np.repeat(unit, 4, axis=0)
    places = np.round(faces.reshape(-1, 3) * 5e3).astype(np.int64)
    _, which = np.unique(places, axis=0, return_inverse=True)
    order = np.argsort(which.reshape(-1), kind="stable")
    group, near = which.reshape(-1)[order], np.cos(np.radians(crease))
    total = weight.copy()
    for step in range(1, int(np.bincount(group).max())):
        a, b = order[:-step], order[step:]
        met = (group[:-step] == group[step:]) & ((own[a] * own[b]).sum(axis=1) > near)
        np.add.at(total, a[met], weight[b[met]])
        np.add.at(total, b[met], weight[a[met]])
    long = np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
    return np.asarray((total / long).reshape(-1, 4, 3), dtype=np.float32)
