"""Owns the soft shadows below and beside the things of the kitchen; knows only where they stand.

Light comes from the window at the left: each lies a little to the right of what throws it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.models.contact import framed
from vr_runtime.stage.models.kitchen.plan import (
    BEAMS_Y,
    BOARD_X,
    BOWL,
    CHAIRS,
    CLOTH,
    CUP,
    CUPBOARDS,
    EAST,
    FRIDGE,
    HIGH,
    KETTLE,
    LEG_M,
    MAT,
    NORTH,
    POT,
    PRINTS,
    SHELF,
    SILL_POTS,
    SINK,
    TABLE,
    WEST,
    WINDOW_Z,
    WORKTOP,
)
from vr_runtime.stage.models.mesh import Mesh

_UV = [[(-1, -1), (1, -1), (1, 1), (-1, 1)]]
_ON_M = 0.0015
"""Above floor and worktop."""


def shadows() -> Mesh:
    """All of them, to be worn as "shade"."""
    mesh = Mesh()
    _on_floor(mesh)
    _on_table(mesh)
    _on_worktop(mesh)
    _on_walls(mesh)
    return mesh


def _patch(mesh: Mesh, middle: ArrayLike, right: ArrayLike, up: ArrayLike, dark: float) -> None:
    """A spot from its middle and its two half axes in metres; it fades from 45 % outwards."""
    m, a, b = (np.asarray(each, dtype=float) for each in (middle, right, up))
    sheet = [[m - a - b, m + a - b, m + a + b, m - a + b]]
    mesh.add(sheet, uv=_UV, open_to_sky=dark, motion=(0.0, 0.0, 0.0, 0.0))


def _spot(
    mesh: Mesh, at: tuple[float, float, float], half: tuple[float, float], dark: float
) -> None:
    """A spot that lies level."""
    _patch(mesh, at, (half[0], 0.0, 0.0), (0.0, half[1], 0.0), dark)


def _on_floor(mesh: Mesh) -> None:
    (x0, y0, _), (x1, y1, _) = TABLE
    _spot(mesh, ((x0 + x1) / 2 + 0.10, (y0 + y1) / 2, _ON_M), (0.95, 0.60), 0.42)
    for x in (x0, x1 - LEG_M):
        for y in (y0, y1 - LEG_M):
            _spot(mesh, (x + 0.055, y + 0.032, 2 * _ON_M), (0.115, 0.070), 0.55)
    for x, y in CHAIRS:
        _spot(mesh, (x + 0.06, y, 1.5 * _ON_M), (0.34, 0.32), 0.38)
        for dx in (-0.19, 0.19):
            for dy in (-0.172, 0.18):
                _spot(mesh, (x + dx + 0.025, y + dy, 2 * _ON_M), (0.065, 0.045), 0.50)
    (fx0, fy0, _), (fx1, _, _) = FRIDGE
    _spot(mesh, ((fx0 + fx1) / 2, fy0 + 0.02, _ON_M), (0.46, 0.16), 0.62)
    (cx0, cy0, _), (cx1, _, _) = CUPBOARDS
    _spot(mesh, ((cx0 + cx1) / 2, cy0 + 0.02, _ON_M), ((cx1 - cx0) / 2 + 0.10, 0.16), 0.55)


def _on_table(mesh: Mesh) -> None:
    top = TABLE[1][2]
    (x, y), (a, b) = MAT
    framed(mesh, (x, y), (a, b), z=top + 0.0003, wide=0.007, dark=0.36)
    for (x, y), wide, dark in ((CUP, 0.062, 0.50), (BOWL, 0.125, 0.52)):
        _spot(mesh, (x + 0.35 * wide, y, top + 0.0006), (1.35 * wide, 1.05 * wide), dark)
        _spot(mesh, (x, y, top + 0.0009), (0.72 * wide, 0.72 * wide), 0.45)
    (x0, y0), (x1, y1) = CLOTH
    middle, half = ((x0 + x1) / 2, (y0 + y1) / 2), ((x1 - x0) / 2 - 0.002, (y1 - y0) / 2 - 0.002)
    framed(mesh, middle, half, z=top + 0.0006, wide=0.030, dark=0.50)


def _on_worktop(mesh: Mesh) -> None:
    z = WORKTOP[1][2] + _ON_M
    for (x, y), wide in ((KETTLE, 0.105), (POT, 0.072)):
        _spot(mesh, (x + 0.4 * wide, y, z), (1.5 * wide, 1.15 * wide), 0.55)
    x0, x1 = BOARD_X
    _spot(mesh, ((x0 + x1) / 2 + 0.02, NORTH - 0.05, z), (0.22, 0.07), 0.50)
    _spot(mesh, (*SINK, z), (0.36, 0.26), 0.35)
    for y in SILL_POTS:
        _spot(mesh, (WEST + 0.075, y + 0.01, WINDOW_Z[0] + _ON_M), (0.085, 0.085), 0.45)
    # below what overhangs it, the worktop is darker along the wall
    (wx0, _, _), (wx1, _, _) = WORKTOP
    _spot(mesh, ((wx0 + wx1) / 2, NORTH - 0.02, z), ((wx1 - wx0) / 2, 0.14), 0.30)


def _on_walls(mesh: Mesh) -> None:
    (sx0, sy0, low), (sx1, _, top) = SHELF
    y, middle, half = NORTH - 0.016, (sx0 + sx1) / 2, (sx1 - sx0) / 2
    _patch(mesh, (middle + 0.05, y, low - 0.10), (half + 0.04, 0, 0), (0, 0, 0.17), 0.36)
    _patch(mesh, (middle + 0.04, y, top + 0.09), (half, 0, 0), (0, 0, 0.14), 0.22)
    _spot(mesh, (middle, (sy0 + NORTH) / 2 + 0.02, top + 0.001), (half, 0.13), 0.34)
    x0, x1 = BOARD_X
    board_z = WORKTOP[1][2] + 0.20
    _patch(mesh, ((x0 + x1) / 2 + 0.025, y, board_z), (0.20, 0, 0), (0, 0, 0.26), 0.42)
    for y, z, wide, high in PRINTS:
        middle_at = (EAST - 0.002, y - 0.012, z - 0.018)
        _patch(mesh, middle_at, (0, -wide / 2 - 0.05, 0), (0, 0, high / 2 + 0.05), 0.42)
    (fx0, _, _), (fx1, _, ftop) = FRIDGE
    _patch(mesh, (fx1 + 0.05, NORTH - 0.003, 0.9), (0.26, 0, 0), (0, 0, 1.05), 0.40)
    _patch(mesh, (fx0 + 0.32, NORTH - 0.003, ftop), (0.42, 0, 0), (0, 0, 0.14), 0.34)
    # beside each beam, and where walls meet the ceiling
    for beam in BEAMS_Y:
        _patch(mesh, (0.0, beam, HIGH - 0.002), (EAST, 0, 0), (0, -0.30, 0), 0.34)
