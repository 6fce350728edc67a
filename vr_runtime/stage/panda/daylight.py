"""Owns how soft daylight from panes falls on the surfaces of a room; knows no furniture.

Light of a point: what arrives from each pane (form factor of a diffuse area, Lambert), what the
walls give back (a constant), less where something stands close by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.mesh import Array

Box = tuple[tuple[float, float, float], tuple[float, float, float]]
"""West, south, bottom; east, north, top; metres."""
SAMPLES = 3
"""Each pane is taken as this many times this many small ones."""
SOFT_M = 0.22
"""Width of the edge of a patch of sun: as if thin linen hung in the window."""
CLOSE_M = 0.32
"""Within about this distance of another surface less light arrives."""


@dataclass(frozen=True)
class Pane:
    """An upright pane that gives light: its middle, half width along y, half height; metres."""

    middle: tuple[float, float, float]
    half_width: float
    half_height: float
    towards: float
    """1 when it looks to the east, -1 to the west."""


@dataclass(frozen=True)
class Daylight:
    """The light in one room."""

    panes: Sequence[Pane]
    shell: Box
    things: Sequence[Box]
    strength: float = 2.5
    given_back: float = 0.42
    """Light from everywhere, as the walls give it back; 1 is as bright as a pane itself."""
    sun: tuple[float, float, float] | None = None
    """Unit vector towards a sun that shines in through the panes; none is an overcast day."""
    sun_strength: float = 0.75
    sun_wide: float = 0.0
    """Radians from the sun's middle to its rim, as if through linen: edges of shadows are soft."""

    def paint(self, points: Array, normals: Array) -> Array:
        """The vertex colour (one grey, as displayed, 0 to 1) of points (..., 3) with normals."""
        flat, facing = points.reshape(-1, 3), normals.reshape(-1, 3)
        light = np.full(len(flat), self.given_back, dtype=np.float64)
        for pane in self.panes:
            light += self.strength * _from_pane(pane, flat, facing)
        light *= self._close(flat, facing)
        if self.sun is not None:
            towards = np.asarray(self.sun)
            light += self.sun_strength * np.maximum(facing @ towards, 0.0) * self._sunny(flat)
        return np.sqrt(np.clip(light, 0.0, 1.0)).reshape(points.shape[:-1]).astype(np.float32)

    def colours(self, points: Array, normals: Array) -> Array:
        """What `paint` gives, as a colour (..., 1)."""
        return self.paint(points, normals)[..., None]

    def _sunny(self, points: Array) -> NDArray[np.float64]:
        """How much of the sun each point sees through the panes, past the things: 0 to 1."""
        towards = np.asarray(self.sun)
        sunny = np.zeros(len(points))
        for pane in self.panes:
            x, y, z = pane.middle
            along = (x - points[:, 0]) / towards[0]
            dy = np.abs(points[:, 1] + along * towards[1] - y)
            dz = np.abs(points[:, 2] + along * towards[2] - z)
            inside = np.minimum(pane.half_width - dy, pane.half_height - dz)
            sunny = np.maximum(sunny, np.clip(0.5 + inside / SOFT_M, 0.0, 1.0) * (along > 0))
        rays = self._rays(towards)
        free = sum((self._free(points, way) for way in rays), np.zeros(len(points)))
        return np.asarray(sunny * free / len(rays))

    def _rays(self, towards: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """The way to the sun's middle, and to eight places half way to its rim and at it."""
        if self.sun_wide == 0.0:
            return [towards]
        aside = np.cross(towards, (0.0, 0.0, 1.0))
        aside /= np.linalg.norm(aside)
        above = np.cross(aside, towards)
        turns = np.arange(8) * np.pi / 4
        wide = np.where(np.arange(8) % 2 == 0, 1.0, 0.5) * self.sun_wide
        rim = [
            w * (np.cos(t) * aside + np.sin(t) * above) for t, w in zip(turns, wide, strict=True)
        ]
        return [towards, *(towards + each for each in rim)]

    def _free(self, points: Array, way: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 for each point from which nothing stands in this way, 0 else."""
        free = np.ones(len(points))
        for low, high in self.things:
            ends = np.stack([(np.asarray(end) - points) / way for end in (low, high)])
            enters, leaves = ends.min(axis=0).max(axis=1), ends.max(axis=0).min(axis=1)
            free *= ~((enters < leaves) & (leaves > 0.03) & (enters > 0.0))
        return free

    def _close(self, points: Array, normals: Array) -> NDArray[np.float64]:
        """Less light in corners and beside things: 1 in the open."""
        open_part = np.ones(len(points), dtype=np.float64)
        low, high = np.asarray(self.shell[0]), np.asarray(self.shell[1])
        for axis in range(3):
            for wall in (points[:, axis] - low[axis], high[axis] - points[:, axis]):
                off = np.abs(normals[:, axis]) < 0.7
                open_part *= np.where(off, 1.0 - 0.30 * np.exp(-np.abs(wall) / CLOSE_M), 1.0)
        for (x0, y0, z0), (x1, y1, z1) in self.things:
            dx = np.maximum(np.maximum(x0 - points[:, 0], points[:, 0] - x1), 0.0)
            dy = np.maximum(np.maximum(y0 - points[:, 1], points[:, 1] - y1), 0.0)
            dz = np.maximum(np.maximum(z0 - points[:, 2], points[:, 2] - z1), 0.0)
            apart = np.sqrt(dx * dx + dy * dy + dz * dz)
            inside = (dx + dy == 0.0) & (dz < 0.5)
            dark = np.where(apart < 0.004, 0.0, 0.62 * np.exp(-apart / (0.55 * CLOSE_M)))
            below = (points[:, 2] < z1 - 0.01) & (inside | (apart >= 0.004))
            open_part *= np.where(below, 1.0 - dark, 1.0)
        return open_part


def _from_pane(pane: Pane, points: Array, normals: Array) -> NDArray[np.float64]:
    """Form factor of the pane seen from each point: sum of cos cos / (pi r^2) dA."""
    side = (np.arange(SAMPLES) + 0.5) / SAMPLES * 2.0 - 1.0
    area = 4.0 * pane.half_width * pane.half_height / SAMPLES**2
    total = np.zeros(len(points), dtype=np.float64)
    for u in side:
        for v in side:
            x, y, z = pane.middle
            to = np.asarray((x, y + u * pane.half_width, z + v * pane.half_height)) - points
            square = np.maximum((to * to).sum(axis=1), 0.02)
            far = np.sqrt(square)
            here = np.maximum((to * normals).sum(axis=1) / far, 0.0)
            there = np.maximum(-to[:, 0] * pane.towards / far, 0.0)
            total += here * there * area / (np.pi * square)
    return total
