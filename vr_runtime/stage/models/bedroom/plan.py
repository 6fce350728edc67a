"""Owns the plan of the bedroom: where walls, window, bed and things stand, and how light reaches.

Metres; whoever stands at the origin looks along y at the window. Door, window and the head of the
bed are at the north wall, the wardrobe is at the west one. Its lamps are the stage's own: what is
kept in the vertices is how close things stand to each other, and how much of the sky the window
lets in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.mesh import Array, normals_of
from vr_runtime.stage.panda.daylight import Box, Daylight
from vr_runtime.stage.panda.resting.furnisher import Furnisher

WEST, EAST, SOUTH, NORTH, HIGH = -2.15, 2.15, -2.2, 2.8, 2.6
WINDOW_X, WINDOW_Z = (-0.72, 0.58), (0.72, 2.26)
REVEAL_M = 0.16
PANE_Y = NORTH + 0.11
DOOR_X, DOOR_HEAD = (-1.98, -1.18), 2.04
BED: Box = ((1.05, 0.72, 0.0), (2.05, 2.74, 0.52))
STAND: Box = ((0.63, 2.40, 0.0), (1.00, 2.78, 0.54))
BENCH: Box = ((-0.74, 2.44, 0.0), (0.46, 2.78, 0.46))
WARDROBE: Box = ((WEST, 0.55, 0.0), (-1.58, 1.75, 2.08))
CHAIR, CHAIR_TURN = (-0.98, 1.62), 28.0
RUG: Box = ((-0.95, 0.10, 0.0), (0.78, 1.62, 0.012))
LAMP, LAMP_Z = (0.80, 2.60), 0.885
"""The lamp beside the bed, and the middle of its shade."""
CEILING_LAMP = (0.0, 0.6, 2.14)
NIGHT_LAMP = (-0.52, 2.60, 0.545)
GROUND_Z = -3.0
"""The garden: the room is upstairs."""
HALL: Box = ((-2.42, NORTH + 0.14, 0.0), (-0.80, 4.45, HIGH))

WALL = (0.88, 0.90, 0.92)
CEILING = (0.95, 0.94, 0.92)
FLOOR = (1.0, 0.98, 0.94)
WHITE = (0.94, 0.93, 0.90)
OAK = (1.0, 0.93, 0.84)
WALNUT = (0.80, 0.68, 0.58)
NAVY = (0.36, 0.45, 0.60)
LINEN = (0.93, 0.91, 0.86)
OCHRE = (0.88, 0.70, 0.40)
CLAY = (0.80, 0.52, 0.42)
SAGE = (0.62, 0.70, 0.60)
CURTAIN = (0.58, 0.66, 0.74)
HALL_WALL = (0.95, 0.90, 0.80)

LEAST_SKY, THROUGH_WINDOW = 0.11, 1.8
"""What comes round every corner of the light of the window, and how much comes straight."""


def _things() -> tuple[Box, ...]:
    x, y = CHAIR
    return (BED, STAND, BENCH, WARDROBE, ((x - 0.2, y - 0.2, 0.0), (x + 0.2, y + 0.2, 0.45)))


@dataclass(frozen=True)
class Reach:
    """How light reaches a surface of the room."""

    close: Daylight = field(
        default_factory=lambda: Daylight(
            panes=(),
            shell=((WEST, SOUTH, 0.0), (EAST, NORTH, HIGH)),
            things=_things(),
            given_back=1.0,
        )
    )

    def colours(self, points: Array, normals: Array) -> Array:
        """What closeness leaves of a colour as displayed, 0 to 1: (..., 1)."""
        return self.close.colours(points, normals)

    def paint(self, points: Array, normals: Array) -> Array:
        """The same as one grey, (...)."""
        return self.close.paint(points, normals)

    def sky(self, points: Array, normals: Array) -> Array:
        """How much of the sky's light the window lets in to points (..., 3), 0 to 1."""
        flat = points.reshape(-1, 3).astype(np.float64)
        facing = normals.reshape(-1, 3)
        (x0, x1), (z0, z1) = WINDOW_X, WINDOW_Z
        area = (x1 - x0) * (z1 - z0) / 9.0
        arrives = np.zeros(len(flat))
        # form factor of a diffuse pane, Lambert: sum of cos cos / (pi r^2) dA
        for u in (1 / 6, 0.5, 5 / 6):
            for v in (1 / 6, 0.5, 5 / 6):
                to = np.asarray((x0 + u * (x1 - x0), NORTH, z0 + v * (z1 - z0))) - flat
                square = np.maximum((to * to).sum(axis=1), 0.05)
                here = np.maximum((to * facing).sum(axis=1), 0.0)
                arrives += here * np.maximum(to[:, 1], 0.0) / (np.pi * square * square) * area
        open_part = np.clip(LEAST_SKY + THROUGH_WINDOW * arrives, 0.0, 0.85)
        return np.asarray(open_part.reshape(points.shape[:-1]), dtype=np.float32)


class Fitter(Furnisher):
    """Adds surfaces that the stage's own lamps light, and the sky through the window."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach)
        self.reach = reach

    def add(
        self,
        corners: Array,
        picture: str,
        colour: ArrayLike,
        normals: Array | None = None,
        uv: ArrayLike | None = None,
        *,
        sky: float | NDArray[np.float32] | None = None,
    ) -> None:
        """Add faces of one stuff.

        Args:
            corners: (K, 4, 3), metres.
            picture: what they show.
            colour: one or per corner, as displayed in full light.
            normals: flat faces if left out.
            uv: by the place in metres if left out.
            sky: how much of the sky is seen, where the window does not say it.
        """
        n = normals_of(corners) if normals is None else normals
        kept = self.reach.colours(corners, n)
        paint = np.clip(np.asarray(colour, dtype=np.float32) * kept, 0.0, 1.0)
        seen = self.reach.sky(corners, n) * kept[..., 0] if sky is None else sky
        self.mesh.add(corners, picture=picture, colour=paint, open_to_sky=seen, normals=n, uv=uv)
