"""Owns how light from panels in a ceiling falls into a small room; knows no single room.

Light of a point: what arrives from each panel (form factor of a diffuse area, Lambert), what walls
give back (a constant), less in corners and beside what stands close by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.mesh import Array, floats
from vr_runtime.stage.panda.daylight import Box, Daylight

SAMPLES = 3
"""Each panel is taken as this many times this many small ones."""
LEAST_M2 = 0.02
"""No point is nearer to a small panel than the root of it."""


@dataclass(frozen=True)
class Panel:
    """A level panel that gives light downwards: its middle, half width, half depth; metres."""

    middle: tuple[float, float, float]
    half_width: float
    half_depth: float


@dataclass(frozen=True)
class CeilingLight:
    """The light in one room, from above."""

    panels: Sequence[Panel]
    shell: Box
    things: Sequence[Box] = ()
    strength: float = 2.0
    given_back: float = 0.40
    """Light from everywhere, as the walls give it back; 1 is as bright as a panel itself."""
    hue: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Of the light, linear."""

    def paint(self, points: Array, normals: Array) -> Array:
        """The vertex colour (one grey, as displayed, 0 to 1) of points (..., 3) with normals."""
        return floats(np.sqrt(self._light(points, normals)))

    def colours(self, points: Array, normals: Array) -> Array:
        """The same with its hue: (..., 3)."""
        light = self._light(points, normals)[..., None] * np.asarray(self.hue)
        return floats(np.sqrt(np.clip(light, 0.0, 1.0)))

    def _light(self, points: Array, normals: Array) -> NDArray[np.float64]:
        flat, facing = points.reshape(-1, 3), normals.reshape(-1, 3)
        light = np.full(len(flat), self.given_back, dtype=np.float64)
        for panel in self.panels:
            light += self.strength * _from_panel(panel, flat, facing)
        # how much of it is left in corners, as rooms by day have it
        corners = Daylight(panes=(), shell=self.shell, things=self.things, given_back=1.0)
        kept = corners.paint(points, normals).astype(np.float64) ** 2
        return np.clip(light.reshape(points.shape[:-1]) * kept, 0.0, 1.0)


def _from_panel(panel: Panel, points: Array, normals: Array) -> NDArray[np.float64]:
    """Form factor of the panel seen from each point: sum of cos cos / (pi r^2) dA."""
    side = (np.arange(SAMPLES) + 0.5) / SAMPLES * 2.0 - 1.0
    area = 4.0 * panel.half_width * panel.half_depth / SAMPLES**2
    total = np.zeros(len(points), dtype=np.float64)
    x, y, z = panel.middle
    for u in side:
        for v in side:
            to = np.asarray((x + u * panel.half_width, y + v * panel.half_depth, z)) - points
            square = np.maximum((to * to).sum(axis=1), LEAST_M2)
            far = np.sqrt(square)
            here = np.maximum((to * normals).sum(axis=1) / far, 0.0)
            there = np.maximum(to[:, 2] / far, 0.0)
            total += here * there * area / (np.pi * square)
    return total
