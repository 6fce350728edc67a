"""Owns soft furniture as faces in a room's own light: cushions, an armchair; knows no room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.models.mesh import Array
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.daylight import Box
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice

Place = tuple[float, float]
Tint = ArrayLike
_EDGE = np.asarray((0.0, 0.4, 0.75, 1.0))
"""Where along a rounded edge, as part of its radius, faces meet."""
FLAT_STEP_M = 0.11
"""Size of the faces between the edges, fine enough for shadows."""
PIPE_M = 0.006
WEAVE_M = 0.62
"""What one picture of cloth covers: a coarse weave, seen as such across a room."""


@dataclass(frozen=True)
class Set:
    """How something stands: turned to the left about an upright axis, leaning back before."""

    about: Place = (0.0, 0.0)
    degrees: float = 0.0
    lean: float = 0.0
    """Degrees by which its top leans towards larger y before it is turned."""

    def put(self, points: Wide, foot: Wide, *, ways: bool = False) -> Wide:
        """Points that lean about `foot` and are turned; ways are turned alone."""
        tilt, a = np.radians(self.lean), np.radians(self.degrees)
        at = points if ways else points - foot
        y, z = at[..., 1], at[..., 2]
        at = np.stack(
            [
                at[..., 0],
                y * np.cos(tilt) + z * np.sin(tilt),
                z * np.cos(tilt) - y * np.sin(tilt),
            ],
            axis=-1,
        )
        if not ways:
            at = at + foot
        x0, y0 = (0.0, 0.0) if ways else self.about
        x, y = at[..., 0] - x0, at[..., 1] - y0
        turned = [x0 + x * np.cos(a) - y * np.sin(a), y0 + x * np.sin(a) + y * np.cos(a)]
        return np.stack([*turned, at[..., 2]], axis=-1)


UPRIGHT = Set()


def _lines(half: float, edge: float) -> Wide:
    """Where faces meet along one side, close together at its rounded ends."""
    flat = half - edge
    inner = np.linspace(-flat, flat, max(2, round(2 * flat / FLAT_STEP_M) + 1))
    ends = flat + edge * _EDGE[1:]
    return np.concatenate([-ends[::-1], inner, ends])


def padded(
    room: Furnisher,
    box: Box,
    tint: Tint,
    *,
    edge: float = 0.05,
    crown: float = 0.0,
    stands: Set = UPRIGHT,
    piped: Tint | None = None,
) -> None:
    """A block with rounded edges, as of foam under cloth.

    Args:
        room: takes its faces.
        box: two corners before it is turned.
        tint: as displayed in full light.
        edge: radius of its edges, metres.
        crown: how far its large sides swell in their middle, metres.
        stands: how it is turned and leans, about the middle of its foot.
        piped: tint of a cord along the seam around its thinnest side, or none.
    """
    low, high = np.asarray(box[0], dtype=float), np.asarray(box[1], dtype=float)
    half, middle = (high - low) / 2, (high + low) / 2
    thin = int(np.argmin(half))
    edge = min(edge, float(half.min()))
    foot = middle - (0.0, 0.0, half[2])
    parts: list[tuple[Array, Array, Wide]] = []
    for axis in range(3):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        v, u = np.meshgrid(_lines(half[b], edge), _lines(half[a], edge), indexing="ij")
        for side in (-1.0, 1.0):
            cube = np.empty((*u.shape, 3))
            cube[..., a], cube[..., b], cube[..., axis] = u, v, side * half[axis]
            core = np.clip(cube, -(half - edge), half - edge)
            way = cube - core
            n = way / np.maximum(np.linalg.norm(way, axis=-1, keepdims=True), 1e-9)
            grid = core + edge * n
            grid, n = _swollen(grid, n, half, thin, crown)
            if side < 0:
                grid, n = grid[:, ::-1], n[:, ::-1]
            corners = lattice(stands.put(grid + middle, foot))
            normals = lattice(stands.put(n, foot, ways=True))
            parts.append((corners, normals, _weave(lattice(grid), axis)))
    whole = [np.concatenate(part) for part in zip(*parts, strict=True)]
    room.add(whole[0], "fabric", tint, whole[1], whole[2])
    if piped is not None:
        for side in (-1.0, 1.0):
            _cord(room, half, middle, foot, thin, side, edge, stands, piped)


def _weave(corners: Array, axis: int) -> Wide:
    """Texture coordinates that lie on the cloth, whichever way it is turned afterwards."""
    across, along = ((1, 2), (0, 2), (0, 1))[axis]
    return np.asarray(corners[..., [across, along]] / WEAVE_M, dtype=np.float64)


def _swollen(grid: Wide, n: Wide, half: Wide, thin: int, crown: float) -> tuple[Wide, Wide]:
    """Both large sides swollen by `crown` in their middle, and the normals there."""
    if crown == 0.0:
        return grid, n
    a, b = (thin + 1) % 3, (thin + 2) % 3
    p, q = np.clip(grid[..., a] / half[a], -1, 1), np.clip(grid[..., b] / half[b], -1, 1)
    part = np.clip(grid[..., thin] / half[thin], -1.0, 1.0)
    grid, n = grid.copy(), n.copy()
    grid[..., thin] += part * crown * (1 - p**2) * (1 - q**2)
    facing = np.abs(n[..., thin] * part)
    n[..., a] += facing * crown * 2 * p * (1 - q**2) / half[a]
    n[..., b] += facing * crown * 2 * q * (1 - p**2) / half[b]
    return grid, n / np.linalg.norm(n, axis=-1, keepdims=True)


def _cord(
    room: Furnisher,
    half: Wide,
    middle: Wide,
    foot: Wide,
    thin: int,
    side: float,
    edge: float,
    stands: Set,
    tint: Tint,
) -> None:
    """A cord along the rounded edge around one large side."""
    a, b = (thin + 1) % 3, (thin + 2) % 3
    turn = np.linspace(0.0, 2 * np.pi, 41)[:-1] + np.pi / 40
    out = edge * 0.72
    corner_a = np.sign(np.cos(turn)) * (half[a] - edge) + out * np.cos(turn)
    corner_b = np.sign(np.sin(turn)) * (half[b] - edge) + out * np.sin(turn)
    ring = np.empty((len(turn) + 1, 3))
    ring[:-1, a], ring[:-1, b] = corner_a, corner_b
    ring[:-1, thin] = side * (half[thin] - 0.30 * edge)
    ring[-1] = ring[0]
    line = stands.put(ring + middle, foot)
    beside = np.zeros(3)
    beside[thin] = 1.0
    beside = stands.put(beside[None], foot, ways=True)[0]
    cord, normals = tube(line, PIPE_M, 6, beside=beside)
    room.add(cord, "fabric", tint, normals)


def armchair(
    room: Furnisher, at: Place, degrees: float, tint: Tint, cord: Tint, wood: Tint
) -> None:
    """A deep armchair on short legs; without a turn one sits in it looking to the south."""
    x, y = at

    def part(
        low: tuple[float, float, float],
        high: tuple[float, float, float],
        *,
        lean: float = 0.0,
        edge: float = 0.05,
        crown: float = 0.0,
        piped: bool = False,
    ) -> None:
        box = ((x + low[0], y + low[1], low[2]), (x + high[0], y + high[1], high[2]))
        padded(
            room,
            box,
            tint,
            edge=edge,
            crown=crown,
            stands=Set(at, degrees, lean),
            piped=cord if piped else None,
        )

    part((-0.36, -0.38, 0.13), (0.36, 0.36, 0.31), edge=0.025)
    part((-0.285, -0.41, 0.31), (0.285, 0.24, 0.45), edge=0.045, crown=0.022, piped=True)
    part((-0.37, 0.20, 0.16), (0.37, 0.38, 0.93), edge=0.07, lean=9.0)
    part((-0.28, 0.11, 0.45), (0.28, 0.25, 0.89), edge=0.055, crown=0.03, lean=11.0, piped=True)
    for side in (-1.0, 1.0):
        inner, outer = sorted((side * 0.285, side * 0.43))
        part((inner, -0.40, 0.13), (outer, 0.33, 0.60), edge=0.06, piped=True)
    for sx in (-0.33, 0.33):
        for sy in (-0.33, 0.30):
            foot = np.asarray([[x + sx, y + sy, 0.0], [x + sx, y + sy, 0.14]])
            foot = Set(at, degrees).put(foot, np.zeros(3))
            leg, normals = tube(foot, (0.016, 0.026), 10)
            room.add(leg, "plain", wood, normals)
