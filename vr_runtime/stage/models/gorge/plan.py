"""Owns the measures of the gorge that its ground, its walls and its bridges share.

Knows neither how anything is drawn nor how deep the gorge is shown. Axes: the bridges lie along y
from 0 at the near rim to `SPAN` at the far one, their middle at x = 0, level with the rims at
z = 0; the water runs along x. Metres.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.noise import Plane, clouded
from vr_runtime.stage.look.weather import SUN

Wide = NDArray[Any]

SPAN = 44.0
"""Length of each bridge, from rim to rim."""
FLOOR_M = 8.0
"""Half the width of the level ground at the bottom."""
MADE_DEEP = {"slopes": 7.0, "cliffs": 84.0}
"""Depth in metres of either kind of wall: slopes are stretched to any other, cliffs go on below the
ground, as deep as the gorge is ever shown."""
REACH_M = 300.0
"""How far the gorge is followed to either side; there it has turned out of sight."""
SUN_ASIDE = round(-SUN[0] / SUN[2], 3)
"""How far to the right a shadow falls for each metre of height: the sun stands behind, left."""
SAG_M = 1.3
"""How much lower than its ends the middle of the rope bridge hangs."""
_CELLS = 256


@cache
def _plane(seed: int, slope: float) -> Plane:
    return clouded(_CELLS, slope, seed)


def noise(u: Wide, v: Wide, seed: int, *, slope: float = 1.7) -> Wide:
    """Smooth chance with deviation 1 at places (u, v), counted in cells of a seamless plane."""
    plane = _plane(seed, slope)
    a, b = np.broadcast_arrays(np.asarray(u, dtype=float), np.asarray(v, dtype=float))
    i, j = np.floor(a).astype(int), np.floor(b).astype(int)
    f, g = a - i, b - j
    i0, j0, i1, j1 = i % _CELLS, j % _CELLS, (i + 1) % _CELLS, (j + 1) % _CELLS
    low = plane[i0, j0] * (1 - f) + plane[i1, j0] * f
    high = plane[i0, j1] * (1 - f) + plane[i1, j1] * f
    return np.asarray(low * (1 - g) + high * g)


def eased(start: Wide | float, end: Wide | float, x: Wide | float) -> Wide:
    """0 at `start`, 1 at `end`, whichever is greater, an S-curve between."""
    t = np.clip((np.asarray(x, dtype=float) - start) / (end - start), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def apart(x: Wide) -> Wide:
    """0 at the bridge, 1 away from it: there nature may do as it likes."""
    return eased(6.0, 26.0, np.abs(x))


def middle(x: Wide) -> Wide:
    """Where across (y) the middle of the gorge lies."""
    x = np.asarray(x, dtype=float)
    bend = np.where(x > 0, 46.0 * (1 - np.cos(x / 72.0)), -52.0 * (1 - np.cos(x / 66.0)))
    return np.asarray(SPAN / 2 + bend)


_RAVINES = {
    False: ((-14.0, 4.2, 2.8), (27.0, 6.0, 4.5), (-52.0, 8.0, 6.0), (88.0, 11.0, 9.0)),
    True: ((15.0, 4.6, 2.6), (-23.0, 6.0, 4.0), (46.0, 8.0, 6.5), (-80.0, 11.0, 9.0)),
}
"""Where a rim is notched: along x, how far back, and half its width; of the near and the far."""


def _notched(x: Wide, *, far: bool) -> Wide:
    """How far back the ravines bring a rim."""
    notches = [deep * np.exp(-(((x - at) / half) ** 2)) for at, deep, half in _RAVINES[far]]
    return np.asarray(np.sum(notches, axis=0))


def _nibbled(x: Wide, seed: int) -> Wide:
    """What has broken off a rim by the metre, left alone where the bridges end."""
    return np.asarray(0.55 * noise(x / 0.9, x * 0, seed, slope=1.3) * eased(2.5, 9.0, np.abs(x)))


def rims(x: Wide) -> tuple[Wide, Wide]:
    """Where across (y) the near and the far rim lie."""
    x = np.asarray(x, dtype=float)
    wild = apart(x)
    half = SPAN / 2
    near = wild * 2.9 * noise(x / 4.0 + 11.0, x * 0, 71) - _nibbled(x, 73) - _notched(x, far=False)
    far = wild * 3.2 * noise(x / 4.5 + 90.0, x * 0, 72) + _nibbled(x, 74) + _notched(x, far=True)
    return middle(x) - half + near, middle(x) + half + far


def sag(y: Wide) -> Wide:
    """Height of the rope bridge's deck along it, 0 at its ends."""
    return np.asarray(-SAG_M * (1.0 - ((np.asarray(y) - SPAN / 2) / (SPAN / 2)) ** 2))


def along_gorge() -> Wide:
    """Where along x the ground has its corners: closest at the bridge."""
    inner = np.arange(0.0, 40.0, 1.25)
    middle_part = np.arange(40.0, 120.0, 2.5)
    outer = np.arange(120.0, REACH_M + 1.0, 6.0)
    half = np.concatenate([inner, middle_part, outer])
    return np.concatenate([-half[:0:-1], half])
