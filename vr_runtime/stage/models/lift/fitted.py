"""Owns a cabin's two lights, of its lamps and of the lamp for emergencies, on whatever is added.

A node that wears "dimmed" keeps the second light where others keep how they move. Knows no cabin's
parts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.lift.plan import Cabin
from vr_runtime.stage.models.mesh import Array, floats, normals_of
from vr_runtime.stage.panda.daylight import Daylight
from vr_runtime.stage.panda.resting.furnisher import Furnisher

OPEN = 0.35
"""Openness of what the emergency lamp lights: so much of full light is the most it shows."""
HUE = np.asarray((0.86, 1.0, 0.95))
"""Of the emergency lamp, linear: a cool white."""
GLOW = np.asarray((1.0, 0.72, 0.40))
"""Of what shines out of the buttons, linear."""
STRENGTH, GIVEN_BACK, GLOW_STRENGTH = 0.30, 0.020, 0.0065
LEAST_M2 = 0.010
Wide = NDArray[np.float64]


class Emergency:
    """The light of one small lamp above the buttons, and of the buttons themselves."""

    def __init__(self, size: Cabin) -> None:
        x, y0, y1 = size.wide / 2, 0.27, size.back_y
        self.lamp = np.asarray(size.emergency_lamp)
        self._panel = np.asarray((-size.wide / 2 + 0.05, self.lamp[1], 1.30))
        shell = ((-x, y0, 0.0), (x, y1, size.high))
        self._corners = Daylight(panes=(), shell=shell, things=(), given_back=1.0)

    def falls(self, points: Array, normals: Array, *, corners: bool = True) -> Wide:
        """Linear light (K, 3) at points (K, 3) that face so; 1 is a whole `OPEN`."""
        light = np.full((len(points), 3), GIVEN_BACK) * HUE
        for lamp, strength, hue in (
            (self.lamp, STRENGTH, HUE),
            (self._panel, GLOW_STRENGTH, GLOW),
        ):
            to = lamp - points
            square = (to * to).sum(axis=1) + LEAST_M2
            face = np.maximum((to * normals).sum(axis=1) / np.sqrt(square), 0.0)
            light = light + (strength * (0.04 + face) / square)[:, None] * hue
        if corners:
            kept = self._corners.paint(points, normals).astype(np.float64) ** 2
            light = light * kept[:, None]
        return np.asarray(light / (1.0 + 0.55 * light))

    def paint(self, points: Array, normals: Array) -> Array:
        """One grey, as displayed."""
        return floats(self.colours(points, normals).mean(axis=-1))

    def colours(self, points: Array, normals: Array) -> Array:
        """As displayed, (..., 3)."""
        light = self.falls(points.reshape(-1, 3), normals.reshape(-1, 3))
        return floats(np.sqrt(np.clip(light, 0.0, 1.0)).reshape(points.shape))


class Fitted(Furnisher):
    """Adds surfaces in the light of a cabin's lamps and in that of its emergency lamp."""

    def __init__(self, size: Cabin) -> None:
        super().__init__(size.light)
        self.emergency = Emergency(size)

    def add(
        self,
        corners: Array,
        picture: str,
        colour: ArrayLike,
        normals: Array | None = None,
        uv: ArrayLike | None = None,
        *,
        dim: ArrayLike | None = None,
    ) -> None:
        """As `Furnisher` does; `dim` is how it is displayed in the emergency lamp's light alone,
        where that is not the same stuff in less light."""
        n = normals_of(corners) if normals is None else normals
        paint = self.light.colours(corners, n) * np.asarray(colour, dtype=np.float32)
        if dim is None:
            dim = self.emergency.colours(corners, n) * np.asarray(colour, dtype=np.float32)
        self.mesh.add(
            corners, picture=picture, colour=paint, normals=n, uv=uv, motion=shaded(dim, corners)
        )

    def shine(self, corners: ArrayLike, colour: ArrayLike, dim: ArrayLike) -> None:
        """Add what no light falls on: as displayed by the lamps' light, and without it."""
        v = np.asarray(corners, dtype=np.float32).reshape(-1, 4, 3)
        told = np.ones((len(v), 4, 4), dtype=np.float32)
        told[..., :3] = np.asarray(dim, dtype=np.float32)
        self.mesh.add(v, colour=colour, motion=told)


def shaded(dim: ArrayLike, corners: Array) -> Array:
    """Colours of the second light, with how open they are to it: (K, 4, 4)."""
    told = np.empty((*corners.shape[:-1], 4), dtype=np.float32)
    told[..., :3] = np.clip(np.asarray(dim, dtype=np.float32), 0.0, 1.0)
    told[..., 3] = OPEN
    return told
