"""Owns how soft light from panels in a ceiling falls on what is in a room; knows no furniture.

Light of a point: what arrives from each panel (form factor of a diffuse area, Lambert), what walls
give back (a constant), less in corners and close beside things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.mesh import Array, floats
from vr_runtime.stage.panda.daylight import Box

Wide = NDArray[np.float64]
CORNER, CORNER_M = 0.26, 0.34
BESIDE, BESIDE_M = 0.50, 0.22
"""How much light a corner, and a thing close by, take away, and how far that reaches."""
WARMTH = np.asarray((1.0, 0.985, 0.955))
"""Colour of the light, as displayed."""


@dataclass(frozen=True)
class Panel:
    """A level panel that shines down: its middle, half its breadth and depth (m), its strength."""

    middle: tuple[float, float, float]
    half_x: float
    half_y: float
    strength: float


@dataclass(frozen=True)
class Overhead:
    """The light in one room."""

    panels: Sequence[Panel]
    shell: Box
    things: Sequence[Box]
    strength: float = 2.9
    given_back: float = 0.44
    """Light from everywhere, as the walls give it back; 1 is as bright as white can be shown."""

    def paint(self, points: Array, normals: Array) -> Array:
        """The vertex colour (one grey, as displayed, 0 to 1) of points (..., 3) with normals."""
        flat, facing = points.reshape(-1, 3), normals.reshape(-1, 3)
        total = np.full(len(flat), self.given_back)
        for panel in self.panels:
            total += self.strength * _from_panel(panel, flat, facing)
        total *= self._close(flat, facing)
        return floats(np.sqrt(np.clip(total, 0.0, 1.0)).reshape(points.shape[:-1]))

    def colours(self, points: Array, normals: Array) -> Array:
        """What `paint` gives, with its colour (..., 3)."""
        return floats(self.paint(points, normals)[..., None] * WARMTH)

    def _close(self, points: Array, normals: Array) -> Wide:
        kept = np.ones(len(points))
        low, high = np.asarray(self.shell[0]), np.asarray(self.shell[1])
        for axis in range(3):
            for wall in (points[:, axis] - low[axis], high[axis] - points[:, axis]):
                off = np.abs(normals[:, axis]) < 0.7
                kept *= np.where(off, 1.0 - CORNER * np.exp(-np.abs(wall) / CORNER_M), 1.0)
        for (x0, y0, z0), (x1, y1, z1) in self.things:
            ends = ((x0, x1), (y0, y1), (z0, z1))
            ways = [
                np.maximum(np.maximum(a - points[:, k], points[:, k] - b), 0.0)
                for k, (a, b) in enumerate(ends)
            ]
            apart = np.sqrt(sum(way * way for way in ways))
            dark = np.where(apart < 0.004, 0.0, BESIDE * np.exp(-apart / BESIDE_M))
            kept *= np.where(points[:, 2] < z1 - 0.01, 1.0 - dark, 1.0)
        return kept


def _from_panel(panel: Panel, points: Array, normals: Array) -> Wide:
    """Form factor of the panel seen from each point: sum of cos cos / (pi r^2) dA."""
    total = np.zeros(len(points))
    x, y, z = panel.middle
    samples = np.asarray((-0.667, 0.0, 0.667))
    area = 4.0 * panel.half_x * panel.half_y / len(samples) ** 2 * panel.strength
    for u in samples:
        for v in samples:
            to = np.asarray((x + u * panel.half_x, y + v * panel.half_y, z)) - points
            square = np.maximum((to * to).sum(axis=1), 0.04)
            far = np.sqrt(square)
            here = np.maximum((to * normals).sum(axis=1) / far, 0.0)
            total += here * np.maximum(to[:, 2] / far, 0.0) * area / (np.pi * square)
    return total
