"""Owns how surfaces of a resting room are added in its light; knows no furniture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.look.surfaces import picture as pixels
from vr_runtime.stage.models.mesh import Array, Mesh, faces, normals_of
from vr_runtime.stage.panda.daylight import Box
from vr_runtime.stage.panda.resting.foliage import Wide

BOARDS = 8
"""Boards in the picture of wood, one above the other."""
GRAIN_PER_M = 0.36
"""How much of a board's length in the picture a metre of furniture shows."""


def sheet(
    origin: ArrayLike, along: ArrayLike, up: ArrayLike, step: float = 0.3, edge_m: float = 0.0
) -> Array:
    """A flat surface from `origin` along two edges, cut into faces of about `step` metres.

    With `edge_m` it is also cut so far from each of its edges.
    """
    o, a, b = (np.asarray(p, dtype=float) for p in (origin, along, up))
    u, v = (_cuts(float(np.linalg.norm(way)), step, edge_m) for way in (a, b))
    return lattice(o + u[None, :, None] * a + v[:, None, None] * b)


def _cuts(long: float, step: float, edge_m: float) -> Wide:
    """Where a length is cut, as shares of it."""
    pieces = max(1, round(long / step))
    if edge_m == 0.0:
        return np.linspace(0, 1, pieces + 1)
    near = min(0.5, edge_m / long)
    return np.concatenate([[0.0], np.linspace(near, 1.0 - near, pieces + 1), [1.0]])


def lattice(grid: Wide) -> Array:
    """The faces between the points of a grid (rows, columns, 3)."""
    return faces(np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2))


@cache
def _seams() -> tuple[float, ...]:
    """Where along the picture each board ends."""
    wood = pixels("wood")[..., :3].mean(axis=-1)
    tall = len(wood) // BOARDS
    return tuple(
        float(wood[k * tall + tall // 3 : (k + 1) * tall - tall // 3].mean(axis=0).argmin())
        / wood.shape[1]
        for k in range(BOARDS)
    )


class Light(Protocol):
    """What a room's light makes of surfaces in it."""

    def paint(self, points: Array, normals: Array) -> Array:
        """The vertex colour (one grey, as displayed, 0 to 1) of points (..., 3) with normals."""

    def colours(self, points: Array, normals: Array) -> Array:
        """The same with its colour: (..., 3), or (..., 1) where it is grey."""


class Furnisher:
    """Adds surfaces in the room's own light."""

    def __init__(self, light: Light) -> None:
        self.mesh = Mesh()
        self.light = light
        self._board = 0

    def add(
        self,
        corners: Array,
        picture: str,
        colour: ArrayLike,
        normals: Array | None = None,
        uv: ArrayLike | None = None,
    ) -> None:
        """Add faces of one stuff; `colour`, one or per corner, as displayed in full light."""
        n = normals_of(corners) if normals is None else normals
        paint = self.light.colours(corners, n) * np.asarray(colour, dtype=np.float32)
        self.mesh.add(corners, picture=picture, colour=paint, normals=n, uv=uv)

    def block(
        self,
        box: Box,
        picture: str,
        colour: Sequence[float],
        step: float = 0.15,
        *,
        edge_m: float = 0.0,
    ) -> None:
        """A box whose sides are fine enough for soft light; of "wood" it is one piece of timber.

        With `edge_m` its edges are rounded off so far, in metres: they catch the light.
        """
        sides = _sides(box, step) if edge_m == 0.0 else _sides(box, step, edge_m)
        uv = np.concatenate([self._grain(s, box) for s in sides]) if picture == "wood" else None
        if edge_m == 0.0:
            self.add(np.concatenate(sides), picture, colour, uv=uv)
            return
        rounded, normals = _eased(np.concatenate(sides), box, edge_m)
        self.add(rounded, picture, colour, normals, uv=uv)

    def _grain(self, side: Array, box: Box) -> Wide:
        """The grain of one board along the longest edge, so that a piece shows neither joints
        nor its neighbours."""
        low, high = np.asarray(box[0]), np.asarray(box[1])
        longest = int(np.argmax(high - low))
        spans = np.ptp(side.reshape(-1, 3), axis=0)
        others = [axis for axis in range(3) if axis != longest and spans[axis] > 1e-6]
        across = others[0]
        self._board = (self._board + 3) % BOARDS
        part = (side[..., longest] - low[longest]) * GRAIN_PER_M
        u = _seams()[self._board] + 0.04 + np.minimum(part, 0.92)
        t = (side[..., across] - low[across]) / (high[across] - low[across])
        return np.stack([u, (self._board + 0.22 + 0.56 * t) / BOARDS], axis=-1)


def _eased(sides: Array, box: Box, edge_m: float) -> tuple[Array, Array]:
    """The sides of a box with its edges rounded off, and the normals: each corner of a face is
    moved to so many metres from the box within that has sharp ones."""
    low, high = np.asarray(box[0]), np.asarray(box[1])
    inset = np.minimum(edge_m, 0.499 * (high - low))
    core = np.clip(sides, low + inset, high - inset)
    out = (sides - core) / inset
    normals = out / np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-9)
    return (core + inset * normals).astype(np.float32), normals.astype(np.float32)


def _sides(box: Box, step: float, edge_m: float = 0.0) -> list[Array]:
    (x0, y0, z0), (x1, y1, z1) = box
    x, y, z = (x1 - x0, 0, 0), (0, y1 - y0, 0), (0, 0, z1 - z0)
    west, south = (0, y0 - y1, 0), (x0 - x1, 0, 0)
    sides = [
        sheet((x0, y0, z0), x, z, step, edge_m),
        sheet((x1, y0, z0), y, z, step, edge_m),
        sheet((x1, y1, z0), south, z, step, edge_m),
        sheet((x0, y1, z0), west, z, step, edge_m),
        sheet((x0, y0, z1), x, y, step, edge_m),
    ]
    if z0 > 0.02:
        sides.append(sheet((x0, y1, z0), x, west, step, edge_m))
    return sides
