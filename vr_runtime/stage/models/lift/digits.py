"""Owns the lit numbers of a lift: seven bars a figure, arrows, rings; knows no cabin."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.mesh import Mesh

AMBER = (1.0, 0.72, 0.26)
"""As displayed: it reads in the dark and is far from a saturated red."""
_BARS = {
    "a": ((0.0, 1.0), (1.0, 1.0)),
    "b": ((1.0, 0.5), (1.0, 1.0)),
    "c": ((1.0, 0.0), (1.0, 0.5)),
    "d": ((0.0, 0.0), (1.0, 0.0)),
    "e": ((0.0, 0.0), (0.0, 0.5)),
    "f": ((0.0, 0.5), (0.0, 1.0)),
    "g": ((0.0, 0.5), (1.0, 0.5)),
}
_FIGURES = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")
_BROAD, _THICK, _APART = 0.52, 0.13, 0.30
"""Breadth of a figure, of a bar, and what lies between two figures, as parts of its height."""

Plane = tuple[ArrayLike, ArrayLike, ArrayLike]
"""Middle, to the right for whoever reads it, and up; the last two unit vectors."""


def number(mesh: Mesh, value: int, plane: Plane, high: float, colour: ArrayLike = AMBER) -> None:
    """Add a whole number of one or two figures, `high` metres high, around a middle."""
    figures = str(value)
    wide = len(figures) * _BROAD + (len(figures) - 1) * _APART
    for place, figure in enumerate(figures):
        left = -wide / 2 + place * (_BROAD + _APART)
        for bar in _FIGURES[int(figure)]:
            (u0, v0), (u1, v1) = _BARS[bar]
            t = _THICK / 2
            ends = np.asarray(
                [
                    (left + u0 * _BROAD - t, v0 - 0.5 - t),
                    (left + u1 * _BROAD + t, v0 - 0.5 - t),
                    (left + u1 * _BROAD + t, v1 - 0.5 + t),
                    (left + u0 * _BROAD - t, v1 - 0.5 + t),
                ]
            )
            mesh.add([_there(ends * high, plane)], colour=colour)


def arrow(mesh: Mesh, plane: Plane, high: float, *, up: bool) -> None:
    """Add an arrow that points up or down."""
    tip = 0.5 if up else -0.5
    flat = np.asarray([(-0.42, -tip), (0.42, -tip), (0.0, tip), (0.0, tip)])
    mesh.add([_there(flat * high if up else flat[[1, 0, 2, 3]] * high, plane)], colour=AMBER)


def ring(mesh: Mesh, plane: Plane, inner: float, outer: float, colour: ArrayLike) -> None:
    """Add a flat ring between two radii in metres; with `inner` 0 a disc."""
    turn = np.linspace(0.0, 2.0 * np.pi, 21)
    out = np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    quads = np.stack([out[:-1] * inner, out[:-1] * outer, out[1:] * outer, out[1:] * inner], axis=1)
    mesh.add([_there(quad, plane) for quad in quads], colour=colour)


def _there(flat: NDArray[np.float64], plane: Plane) -> NDArray[np.float64]:
    middle, right, up = (np.asarray(part, dtype=float) for part in plane)
    return np.asarray(middle + flat[:, :1] * right + flat[:, 1:] * up)
