"""Owns engraved figures and signs as flat strokes, as they stand on buttons; knows no cabin."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.lift.digits import Plane
from vr_runtime.stage.models.mesh import Mesh

BROAD, THICK, APART = 0.60, 0.135, 0.20
"""Breadth of a figure, of a stroke, and what lies between two figures, as parts of its height."""
Line = NDArray[np.float64]


def _arc(middle: tuple[float, float], a: float, b: float, turn: tuple[float, float]) -> Line:
    """Part of an ellipse with half axes `a` and `b`, between two angles in degrees."""
    t = np.radians(np.linspace(*turn, 13))
    return np.stack([middle[0] + a * np.cos(t), middle[1] + b * np.sin(t)], axis=-1)


def _path(*points: tuple[float, float]) -> Line:
    return np.asarray(points)


def _joined(*lines: Line) -> Line:
    return np.concatenate(lines)


_SIX = _joined(_arc((0.56, 0.34), 0.51, 0.63, (78, 180)), _path((0.05, 0.30)))
FIGURES: tuple[tuple[Line, ...], ...] = (
    (_arc((0.30, 0.50), 0.255, 0.47, (0, 360)),),
    (_path((0.08, 0.74), (0.33, 0.97), (0.33, 0.03)),),
    (_joined(_arc((0.30, 0.70), 0.245, 0.265, (165, -38)), _path((0.05, 0.04), (0.57, 0.04))),),
    (_arc((0.27, 0.73), 0.235, 0.235, (150, -88)), _arc((0.27, 0.275), 0.265, 0.245, (92, -155))),
    (_path((0.44, 0.03), (0.44, 0.97), (0.03, 0.29), (0.59, 0.29)),),
    (
        _joined(
            _path((0.53, 0.96), (0.12, 0.96), (0.08, 0.55)),
            _arc((0.28, 0.32), 0.27, 0.285, (128, -150)),
        ),
    ),
    (_SIX, _arc((0.30, 0.31), 0.25, 0.275, (0, 360))),
    (_path((0.05, 0.96), (0.56, 0.96), (0.22, 0.03)),),
    (_arc((0.30, 0.745), 0.205, 0.215, (0, 360)), _arc((0.30, 0.275), 0.25, 0.245, (0, 360))),
    (np.asarray((0.60, 1.0)) - _SIX, _arc((0.30, 0.69), 0.25, 0.275, (0, 360))),
)
"""The strokes of each figure, in a field 0.6 broad and 1 high."""
BELL: tuple[Line, ...] = (
    _joined(
        _path((0.02, 0.20), (0.12, 0.34)),
        _arc((0.30, 0.56), 0.18, 0.30, (180, 0)),
        _path((0.48, 0.34), (0.58, 0.20), (0.02, 0.20)),
    ),
    _path((0.30, 0.86), (0.30, 0.95)),
    _arc((0.30, 0.10), 0.07, 0.05, (0, 360)),
)


def figures(mesh: Mesh, value: int, plane: Plane, high: float, colour: ArrayLike) -> None:
    """Add a whole number, `high` metres high, around a middle; as displayed in full light."""
    signs = [FIGURES[int(each)] for each in str(value)]
    wide = len(signs) * BROAD + (len(signs) - 1) * APART
    for place, strokes in enumerate(signs):
        _strokes(mesh, strokes, (-wide / 2 + place * (BROAD + APART), -0.5), plane, high, colour)


def bell(mesh: Mesh, plane: Plane, high: float, colour: ArrayLike) -> None:
    """Add the sign of an alarm."""
    _strokes(mesh, BELL, (-0.3, -0.5), plane, high, colour)


def doors(mesh: Mesh, plane: Plane, high: float, colour: ArrayLike, *, opens: bool) -> None:
    """Add the sign of doors that open, or shut: two triangles beside a line."""
    _strokes(mesh, (_path((0.0, -0.5), (0.0, 0.5)),), (0.0, 0.0), plane, high, colour)
    for side in (-1.0, 1.0):
        near, far = (0.16, 0.62) if opens else (0.62, 0.16)
        flat = [(side * far, 0.0), (side * near, 0.36), (side * near, -0.36)]
        if side * (near - far) > 0.0:
            flat = [flat[0], flat[2], flat[1]]
        mesh.add([_there(np.asarray([*flat, flat[0]]) * high, plane)], colour=colour)


def _strokes(
    mesh: Mesh,
    strokes: tuple[Line, ...],
    corner: tuple[float, float],
    plane: Plane,
    high: float,
    colour: ArrayLike,
) -> None:
    half = THICK / 2
    quads = []
    for stroke in strokes:
        for a, b in pairwise(stroke + np.asarray(corner)):
            way = (b - a) / max(float(np.linalg.norm(b - a)), 1e-9) * half
            aside = np.asarray((-way[1], way[0]))
            a, b = a - 0.7 * way, b + 0.7 * way
            quads.append([a - aside, b - aside, b + aside, a + aside])
    flat = np.asarray(quads) * high
    mesh.add([_there(quad, plane) for quad in flat], colour=colour)


def _there(flat: NDArray[np.float64], plane: Plane) -> NDArray[np.float64]:
    middle, right, up = (np.asarray(part, dtype=float) for part in plane)
    return np.asarray(middle + flat[:, :1] * right + flat[:, 1:] * up)
