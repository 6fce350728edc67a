"""Owns the wooded hills around the city, in ranges that the haze takes one after the other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.mesh import Mesh

Array = NDArray[np.float64]

_RANGES = ((2600.0, 190.0, 1), (3700.0, 350.0, 2), (5200.0, 560.0, 3), (7000.0, 820.0, 4))
"""Ranges of hills: how far off and how high in metres, seed."""
_AROUND = 288
_UP = 6
_WAVES = 48
"""Waves around the horizon; the finest are spurs about as wide as a range is high."""
_WOODS = (0.58, 0.62, 0.66)


def hills(mesh: Mesh) -> None:
    """Ranges around, so that the horizon is never a ruled line, with spurs that catch the sun."""
    turn = np.linspace(0.0, 2 * np.pi, _AROUND + 1)
    for away, high, seed in _RANGES:
        random = np.random.default_rng(seed)
        crest = high * np.maximum(0.55 + 0.26 * _waves(turn, random, 1.0), 0.12)
        spurs = _waves(turn, random, 0.7)
        rows = []
        for k in range(_UP + 1):
            part = k / _UP
            # spurs come forward at the foot and fade into the crest
            spur = 0.10 * part * (1.0 - part) * spurs
            out = away * (1.0 + 0.16 * part - spur)
            up = crest * part if k else np.zeros_like(turn)
            rows.append(np.stack([out * np.sin(turn), out * np.cos(turn), up], -1))
        for low, top in pairwise(rows):
            low[-1], top[-1] = low[0], top[0]
            # anticlockwise as seen from the city
            faces = np.stack([low[:-1], low[1:], top[1:], top[:-1]], axis=1)
            mesh.add(faces, picture="grass", colour=_WOODS)


def _waves(turn: Array, random: np.random.Generator, slope: float) -> Array:
    """A closed line about -1 to 1: its waves fall with their number to the power `slope`."""
    line = np.zeros_like(turn)
    for k in range(1, _WAVES + 1):
        phase, size = random.uniform(0, 2 * np.pi), random.uniform(0.5, 1.0)
        line += np.sin(k * turn + phase) * size / k**slope
    return line / max(1.0, float(np.abs(line).max()) / 2.0)
