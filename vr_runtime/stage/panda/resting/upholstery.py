"""Owns soft furniture as faces in a room's own light: padded blocks, an armchair; knows no room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.daylight import Box
from vr_runtime.stage.panda.resting.foliage import Wide
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice

Place = tuple[float, float]


def _power(value: Wide, exponent: float) -> Wide:
    return np.asarray(np.sign(value) * np.abs(value) ** exponent)


def padded(
    room: Furnisher,
    box: Box,
    tint: Sequence[float],
    *,
    round_part: float = 0.30,
    about: Place | None = None,
    degrees: float = 0.0,
    lean: float = 0.0,
) -> None:
    """A block with rounded edges, as of foam under cloth (a superellipsoid, Barr 1981).

    Args:
        room: takes its faces.
        box: two corners before it is turned.
        tint: as displayed in full light.
        round_part: 0 a box, 1 an egg.
        about: where the upright axis stands about which it is turned to the left.
        degrees: how far it is turned.
        lean: degrees by which its top leans back, towards larger y before it is turned.
    """
    low, high = np.asarray(box[0], dtype=float), np.asarray(box[1], dtype=float)
    half, middle = (high - low) / 2, (high + low) / 2
    u, v = np.meshgrid(np.linspace(-np.pi, np.pi, 33), np.linspace(-np.pi / 2, np.pi / 2, 17))
    cu, su, cv, sv = np.cos(u), np.sin(u), np.cos(v), np.sin(v)
    e = round_part
    grid = np.stack(
        [_power(cv, e) * _power(cu, e), _power(cv, e) * _power(su, e), _power(sv, e)], axis=-1
    )
    n = np.stack(
        [
            _power(cv, 2 - e) * _power(cu, 2 - e),
            _power(cv, 2 - e) * _power(su, 2 - e),
            _power(sv, 2 - e),
        ],
        axis=-1,
    )
    grid, n = grid * half, n / half
    n = n / np.maximum(np.linalg.norm(n, axis=-1, keepdims=True), 1e-9)
    tilt = np.radians(lean)
    rise = grid[..., 2] + half[2]
    grid = np.stack(
        [
            grid[..., 0],
            grid[..., 1] + rise * np.sin(tilt),
            rise * np.cos(tilt) - half[2],
        ],
        axis=-1,
    )
    grid = grid + middle
    if about is not None:
        grid, n = _turned(grid, degrees, about), _turned(n, degrees, (0.0, 0.0))
    uv = np.stack([u * (half[0] + half[1]) / np.pi, v * (half[2] + half[1]), v], axis=-1) / 0.4
    room.add(lattice(grid), "fabric", tint, lattice(n), lattice(uv)[..., :2])


def _turned(points: Wide, degrees: float, about: Place) -> Wide:
    a = np.radians(degrees)
    x, y = points[..., 0] - about[0], points[..., 1] - about[1]
    turned = [about[0] + x * np.cos(a) - y * np.sin(a), about[1] + x * np.sin(a) + y * np.cos(a)]
    return np.stack([*turned, points[..., 2]], axis=-1)


def armchair(
    room: Furnisher, at: Place, degrees: float, tint: Sequence[float], wood: Sequence[float]
) -> None:
    """A deep armchair on short legs; without a turn one sits in it looking to the south."""
    x, y = at

    def part(
        low: tuple[float, float, float], high: tuple[float, float, float], **more: float
    ) -> None:
        box = ((x + low[0], y + low[1], low[2]), (x + high[0], y + high[1], high[2]))
        padded(room, box, tint, about=at, degrees=degrees, **more)

    part((-0.40, -0.40, 0.14), (0.40, 0.38, 0.34), round_part=0.16)
    part((-0.29, -0.44, 0.30), (0.29, 0.26, 0.475), round_part=0.32)
    part((-0.40, 0.20, 0.16), (0.40, 0.42, 0.98), round_part=0.26, lean=9.0)
    part((-0.29, 0.14, 0.42), (0.29, 0.30, 0.90), round_part=0.40, lean=10.0)
    for side in (-1.0, 1.0):
        inner, outer = sorted((side * 0.27, side * 0.43))
        part((inner, -0.43, 0.15), (outer, 0.34, 0.63), round_part=0.24)
    for sx in (-0.32, 0.32):
        for sy in (-0.32, 0.30):
            foot = _turned(np.asarray([[x + sx, y + sy, 0.0], [x + sx, y + sy, 0.15]]), degrees, at)
            leg, normals = tube(foot, (0.018, 0.026), 10)
            room.add(leg, "plain", wood, normals)
