"""Owns how one shaded lamp lights a room in the evening, and its soft shadows; no furniture.

Light of a point: the lamp's as far as things let it pass, a little blue from a window, and what
the walls give back, less where something is close by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.mesh import Array
from vr_runtime.stage.panda.daylight import Box

Wide = NDArray[np.float64]
LAMP_HALF_M = 0.11
"""Half the size of what glows: the wider, the softer its shadows."""
_FROM = LAMP_HALF_M * np.asarray(
    [(0.0, 0.0, 0.0), (1.0, 0.5, 0.3), (-1.0, -0.5, 0.3), (0.5, -1.0, -0.6), (-0.5, 1.0, -0.6)]
)
WIDE_M2 = 0.36
"""What is lit is a whole shade, not a point: close to it light grows less, square metres."""
SOFT_M = 0.05
"""A ray that passes this far through a thing is held back altogether."""
CORNER_M = 0.30
NEAR_M = 0.15
"""Within about this distance of a wall, or of a thing, less light arrives."""
ON_M = (0.003, 0.003, 0.014)
"""What is this near to a wall, or to the floor, lies on it, as a rug does."""
DUSK = np.asarray((0.50, 0.74, 1.45))
ROUND_ABOUT = np.asarray((1.0, 0.97, 0.93))
"""Colours of the window's light and of the walls', where the lamp's own is 1."""


@dataclass(frozen=True)
class Solid:
    """Something light does not pass: a box, or the round thing that just fits into it."""

    box: Box
    about: tuple[float, float] = (0.0, 0.0)
    degrees: float = 0.0
    """Turned to the left about this upright axis."""
    round: bool = False
    veil: float = 1.0
    """How much of the light that meets it is held back, 0 to 1."""
    casts: bool = True
    near: float = 0.62
    """How much darker it is right beside it, 0 to 1."""

    def own(self, points: Wide, *, ways: bool = False) -> Wide:
        """Points, or ways, as they are before the thing is turned."""
        if self.degrees == 0.0:
            return points
        a, (x0, y0) = np.radians(-self.degrees), (0.0, 0.0) if ways else self.about
        x, y = points[:, 0] - x0, points[:, 1] - y0
        turned = (x0 + x * np.cos(a) - y * np.sin(a), y0 + x * np.sin(a) + y * np.cos(a))
        return np.stack([*turned, points[:, 2]], axis=1)

    def reaches(self, low: Wide, high: Wide) -> bool:
        """Whether it comes into the box between two corners."""
        ends = np.asarray(self.box)
        middle, far = ends.mean(axis=0), 0.5 * float(np.linalg.norm(ends[1] - ends[0])) + 0.3
        middle = (
            self.own(middle[None])[0]
            if self.degrees == 0.0
            else np.asarray((*self._about_turned(middle), middle[2]))
        )
        return bool((middle + far > low).all() and (middle - far < high).all())

    def _about_turned(self, middle: Wide) -> tuple[float, float]:
        a = np.radians(self.degrees)
        x, y = middle[0] - self.about[0], middle[1] - self.about[1]
        return (
            self.about[0] + x * np.cos(a) - y * np.sin(a),
            self.about[1] + x * np.sin(a) + y * np.cos(a),
        )

    def holds(self, points: Wide, to: Wide) -> Wide:
        """How much of the way `to` from each point it bars, 0 to 1."""
        low, high = (np.asarray(end, dtype=np.float64) for end in self.box)
        at, way = self.own(points), self.own(to, ways=True)
        long = np.sqrt((way * way).sum(axis=1))
        if self.round:
            half = (high - low) / 2
            p, w = (at - (low + high) / 2) / half, way / half
            square = (w * w).sum(axis=1)
            nearest = np.clip(-(p * w).sum(axis=1) / square, 0.0, 1.0)
            apart = np.sqrt(((p + nearest[:, None] * w) ** 2).sum(axis=1))
            inside = (p * p).sum(axis=1) < 1.1
            # the edge is soft over a third of its size, as a crown's is
            return np.where(inside, 0.0, np.clip((1.15 - apart) / 0.35, 0.0, 1.0))
        way = np.where(np.abs(way) < 1e-6, 1e-6, way)
        first, last = (low - at) / way, (high - at) / way
        enters = np.minimum(first, last).max(axis=1)
        leaves = np.minimum(np.maximum(first, last).min(axis=1), 1.0)
        through = np.clip((leaves - enters) * long / SOFT_M, 0.0, 1.0)
        # what lies in it, as a round edge does in its box, does not shade itself
        return np.asarray(through * (enters * long > 0.015))

    def beside(self, points: Wide, on_shell: NDArray[np.bool_]) -> Wide:
        """How much less light arrives at each point because it is close by, 0 to 1."""
        low, high = (np.asarray(end, dtype=np.float64) for end in self.box)
        at = self.own(points)
        if self.round:
            half = (high - low) / 2
            out = np.linalg.norm((at - (low + high) / 2) / half, axis=1)
            apart = np.maximum(out - 1.0, 0.0) * half.max()
        else:
            off = np.maximum(np.maximum(low - at, at - high), 0.0)
            apart = np.sqrt((off * off).sum(axis=1))
        # its own surfaces are not beside it, but the wall or floor it touches is
        return np.where((apart < 0.004) & ~on_shell, 0.0, self.near * np.exp(-apart / NEAR_M))


def _once(points: Array, normals: Array) -> tuple[Wide, NDArray[np.intp]]:
    """Places with their normals (N, 6), each once, and which of them every point is."""
    rows = np.concatenate([points, normals], axis=1).astype(np.float32)
    words = rows.view(np.uint32).astype(np.uint64)
    # sorting sums is many times faster than sorting rows; should two ever clash, all are kept
    odd = np.random.default_rng(7).integers(1 << 62, size=6, dtype=np.uint64) * 2 + 1
    _, first, which = np.unique(
        (words * odd).sum(axis=1, dtype=np.uint64), return_index=True, return_inverse=True
    )
    flat = which.reshape(-1)
    if (words[first][flat] != words).any():
        return rows.astype(np.float64), np.arange(len(rows))
    return rows[first].astype(np.float64), flat


@dataclass(frozen=True)
class Lamplight:
    """The light in one room in the evening."""

    shell: Box
    solids: Sequence[Solid]
    lamp: tuple[float, float, float]
    lamp_strength: float
    """How bright a white surface far off is, times the square of the distance in metres."""
    given_back: float
    """Light from everywhere, as the walls give it back."""
    pane: tuple[tuple[float, float, float], float, float]
    """A window in the north wall: its middle, half its width and height; metres."""
    pane_strength: float

    def paint(self, points: Array, normals: Array) -> Array:
        """The vertex colour (one grey, as displayed, 0 to 1) of points (..., 3) with normals."""
        return np.asarray(self.colours(points, normals).mean(axis=-1), dtype=np.float32)

    def colours(self, points: Array, normals: Array) -> Array:
        """The vertex colour (..., 3), as displayed, 0 to 1, of points (..., 3) with normals."""
        once, which = _once(points.reshape(-1, 3), normals.reshape(-1, 3))
        flat, facing = once[:, :3], once[:, 3:]
        open_part = self._open(flat, facing)[:, None]
        light = self.given_back * open_part * ROUND_ABOUT
        light = light + self._from_pane(flat, facing)[:, None] * open_part * DUSK
        # beside a thing the lamp itself is still seen: half of the closeness is enough
        light += (self._from_lamp(flat, facing)[:, None]) * (0.45 + 0.55 * open_part)
        shown = np.sqrt(np.clip(light, 0.0, 1.0)).astype(np.float32)
        return np.asarray(shown[which].reshape(points.shape))

    def _open(self, points: Wide, normals: Wide) -> Wide:
        low, high = np.asarray(self.shell[0]), np.asarray(self.shell[1])
        open_part = np.ones(len(points))
        for axis in range(3):
            off = np.abs(normals[:, axis]) < 0.7
            for wall in (points[:, axis] - low[axis], high[axis] - points[:, axis]):
                open_part *= np.where(off, 1.0 - 0.34 * np.exp(-np.abs(wall) / CORNER_M), 1.0)
        on_shell = (np.minimum(points - low, high - points) < ON_M).any(axis=1)
        near, far = points.min(axis=0) - 0.1, points.max(axis=0) + 0.1
        for solid in self.solids:
            if solid.reaches(near, far):
                open_part *= 1.0 - solid.beside(points, on_shell)
        return open_part

    def _from_lamp(self, points: Wide, normals: Wide) -> Wide:
        lamp = np.asarray(self.lamp)
        to = lamp - points
        square = (to * to).sum(axis=1)
        far = np.sqrt(np.maximum(square, 1e-6))
        here = np.maximum((to * normals).sum(axis=1) / far, 0.0)
        # out of the shade's open ends comes more than through its cloth
        up = np.clip((np.abs(to[:, 2]) / far - 0.45) / 0.40, 0.0, 1.0)
        light = self.lamp_strength * here * (0.62 + 0.38 * up * up * (3.0 - 2.0 * up))
        light /= square + WIDE_M2
        lit = np.flatnonzero(light > 1e-3)
        if len(lit):
            light[lit] *= self._seen(points[lit], lamp)
        return np.asarray(light)

    def _seen(self, points: Wide, lamp: Wide) -> Wide:
        low = np.minimum(points.min(axis=0), lamp)
        high = np.maximum(points.max(axis=0), lamp)
        casting = [s for s in self.solids if s.casts and s.reaches(low, high)]
        seen = np.zeros(len(points))
        for off in _FROM:
            to, kept = lamp + off - points, np.ones(len(points))
            for solid in casting:
                kept *= 1.0 - solid.veil * solid.holds(points, to)
            seen += kept / len(_FROM)
        return seen

    def _from_pane(self, points: Wide, normals: Wide) -> Wide:
        """Form factor of the pane seen from each point, Lambert: sum of cos cos / (pi r^2) dA."""
        (x, y, z), half_x, half_z = self.pane
        total = np.zeros(len(points))
        for u in (-0.5, 0.5):
            for v in (-0.67, 0.0, 0.67):
                to = np.asarray((x + u * half_x, y, z + v * half_z)) - points
                square = np.maximum((to * to).sum(axis=1), 0.05)
                here = np.maximum((to * normals).sum(axis=1), 0.0)
                total += here * np.maximum(to[:, 1], 0.0) / (np.pi * square * square)
        return np.asarray(self.pane_strength * total * (4.0 * half_x * half_z / 6.0))
