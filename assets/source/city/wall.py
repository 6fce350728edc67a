"""Owns a wall's own plane and the faces that are laid out in it; knows no style of building.

A wall is worked out in its own plane: u to the right as seen from the street, w up, o out of the
wall towards the street; metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.city.street import PAVEMENT_Z
from vr_runtime.stage.models.mesh import Array, Colour, Mesh, floats


@dataclass(frozen=True)
class Wall:
    """A vertical plane: where its left foot stands and which way it runs, seen from the street."""

    x: float
    y: float
    along: tuple[float, float]
    length: float

    @property
    def out(self) -> tuple[float, float]:
        """The direction towards the street."""
        return (self.along[1], -self.along[0])

    def place(self, local: ArrayLike) -> Array:
        """Faces given as (u, w, o) as faces of the world."""
        p = np.asarray(local, dtype=np.float32).reshape(-1, 4, 3)
        (ax, ay), (ox, oy) = self.along, self.out
        return np.stack(
            [
                self.x + p[..., 0] * ax + p[..., 2] * ox,
                self.y + p[..., 0] * ay + p[..., 2] * oy,
                PAVEMENT_Z + p[..., 1],
            ],
            axis=-1,
        ).astype(np.float32)

    def middle(self) -> tuple[float, float]:
        """The place of its foot half way along."""
        half = self.length / 2
        return self.x + self.along[0] * half, self.y + self.along[1] * half

    def away(self) -> float:
        """Metres from the balcony to its middle."""
        return float(np.hypot(*self.middle()))

    def bevel(self, local: Array, *, up: float = 1.0) -> Array:
        """Normals of narrow level faces, leant out of the wall.

        Upright they would look for their light where the house itself stands, and find its shadow.
        """
        (ox, oy), lean = self.out, 0.8
        return np.broadcast_to(floats((ox * lean, oy * lean, 0.6 * up)), local.shape)


def sides(rect: tuple[float, float, float, float]) -> dict[str, Wall]:
    """The four walls of a house on `rect` (west, south, east, north)."""
    west, south, east, north = rect
    return {
        "south": Wall(west, south, (1.0, 0.0), east - west),
        "east": Wall(east, south, (0.0, 1.0), north - south),
        "north": Wall(east, north, (-1.0, 0.0), east - west),
        "west": Wall(west, north, (0.0, -1.0), north - south),
    }


def _spread(*values: ArrayLike) -> list[NDArray[np.float64]]:
    return [np.asarray(v, dtype=float).ravel() for v in np.broadcast_arrays(*values)]


def flat(u0: ArrayLike, u1: ArrayLike, w0: ArrayLike, w1: ArrayLike, o: ArrayLike) -> Array:
    """Upright faces parallel to the wall."""
    a, b, c, d, e = _spread(u0, u1, w0, w1, o)
    rows = [np.stack([u, w, e], -1) for u, w in ((a, c), (b, c), (b, d), (a, d))]
    return np.stack(rows, axis=1).astype(np.float32)


def upright(u: ArrayLike, w0: ArrayLike, w1: ArrayLike, o0: ArrayLike, o1: ArrayLike) -> Array:
    """Faces square to the wall, from `o0` to `o1`; seen from the right if they run outwards."""
    a, c, d, e, f = _spread(u, w0, w1, o0, o1)
    rows = [np.stack([a, w, o], -1) for w, o in ((c, f), (c, e), (d, e), (d, f))]
    return np.stack(rows, axis=1).astype(np.float32)


def level(u0: ArrayLike, u1: ArrayLike, w: ArrayLike, o0: ArrayLike, o1: ArrayLike) -> Array:
    """Level faces seen from above; `o0` is the outer edge."""
    a, b, c, e, f = _spread(u0, u1, w, o0, o1)
    rows = [np.stack([u, c, o], -1) for u, o in ((a, e), (b, e), (b, f), (a, f))]
    return np.stack(rows, axis=1).astype(np.float32)


def ledge(mesh: Mesh, wall: Wall, w: ArrayLike, thick: float, out: float, colour: Colour) -> None:
    """A string course or cornice along the whole wall at the heights `w`."""
    low = np.atleast_1d(np.asarray(w, dtype=float))
    end = wall.length
    mesh.add(wall.place(flat(0.0, end, low, low + thick, out)), picture="plaster", colour=colour)
    top = level(0.0, end, low + thick, out, 0.0)
    mesh.add(wall.place(top), picture="plaster", colour=colour, normals=wall.bevel(top))
    # no darker than the wall in its shade: far off it is thinner than what a picture shows, and a
    # dark line that thin falls into dashes
    under = level(0.0, end, low, 0.0, out)
    mesh.add(
        wall.place(under), picture="plaster", colour=colour, normals=wall.bevel(under, up=-1.0)
    )


def paint(tint: Colour, factor: float) -> Colour:
    return (tint[0] * factor, tint[1] * factor, tint[2] * factor)
