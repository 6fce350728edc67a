"""Owns the pictures of what grows in strands: a lock of hair, a tuft of grass, and the pelt below.

Locks and tufts are cut out as leaves are: their fourth part is how far the edge is, a half at the
edge itself. A lock has the colour of whatever wears it; a tuft has greens of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.noise import Plane, clouded
from vr_runtime.stage.look.pictures import SIZE, Picture, coloured

_SOFT_PX = 4.0
"""Pixels beyond the edge over which the fourth part falls to nothing."""
_BORDER_PX = 3
_HAIR_MEAN, _GRASS_MEAN = (0.86, 0.86, 0.86), (0.42, 0.54, 0.25)
"""Colours where nothing is: what the smaller sizes blend in."""


@dataclass(frozen=True)
class _Strand:
    """One hair of a lock or one blade, from the picture's foot upwards; lengths in pixels."""

    foot: float
    tall: float
    half: float
    """Half as wide as it is at its foot."""
    bend: float
    """How far its tip lies aside."""
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    """Its colours at foot and tip."""


def _painted(strands: list[_Strand], mean: tuple[float, float, float]) -> Picture:
    """Strands from what lies lowest to what lies on top."""
    along = np.arange(SIZE, dtype=np.float32) + 0.5
    x, y = along[None, :], along[:, None]
    colour = np.broadcast_to(np.asarray(mean, dtype=np.float32), (SIZE, SIZE, 3)).copy()
    edge = np.full((SIZE, SIZE), -99.0, dtype=np.float32)
    for strand in strands:
        t = np.clip(y / strand.tall, 0.0, 1.0)
        off = np.abs(x - strand.foot - strand.bend * t**1.8)
        half = strand.half * (1.0 - t**2.2)
        inside = np.minimum(half - off, strand.tall - y)
        # round: its middle catches more light than its sides
        round_ = 1.06 - 0.30 * np.clip(off / np.maximum(half, 1.0), 0.0, 1.0) ** 2
        own = (strand.low + (strand.high - strand.low) * t[..., None]) * round_[..., None]
        shown = (inside > 0.0) | ((inside > edge) & (inside > -_SOFT_PX - 2.0))
        colour = np.where(shown[..., None], own, colour)
        edge = np.maximum(edge, inside)
    picture = np.empty((SIZE, SIZE, 4), dtype=np.float32)
    picture[..., :3] = colour
    picture[..., 3] = 0.5 + edge / (2.0 * _SOFT_PX)
    # nothing reaches the sides or the top, or a card's edge would show as a line
    picture[-_BORDER_PX:, :, 3] = 0.0
    picture[:, :_BORDER_PX, 3] = picture[:, -_BORDER_PX:, 3] = 0.0
    return np.clip(picture, 0.0, 1.0)


def _lock() -> Picture:
    """Hairs side by side, closed at the skin, parting towards their tips."""
    random = np.random.default_rng(181)
    strands = []
    for foot in random.permutation(np.linspace(18.0, SIZE - 18.0, 19)):
        out = (foot - SIZE / 2) / (SIZE / 2)
        tone = random.uniform(0.66, 1.0)
        tall = SIZE * random.uniform(0.60, 0.97) * (1.0 - 0.30 * out * out)
        bend = -10.0 * out + random.normal(0.0, 7.0)
        strands.append(
            _Strand(
                float(foot),
                float(tall),
                float(random.uniform(9.0, 13.0)),
                float(bend),
                np.full(3, 0.80 * tone),
                np.full(3, tone),
            )
        )
    return _painted(strands, _HAIR_MEAN)


def _turf() -> Picture:
    """Blades of grass from one tuft, some of them dry."""
    random = np.random.default_rng(191)
    strands = []
    for foot in random.permutation(np.linspace(22.0, SIZE - 22.0, 19)):
        out = (foot - SIZE / 2) / (SIZE / 2)
        dry = random.beta(1.2, 4.0)
        green = np.asarray((0.45, 0.58, 0.27)) * (1 - dry) + np.asarray((0.62, 0.62, 0.36)) * dry
        green = green * random.uniform(0.82, 1.10)
        tall = SIZE * random.uniform(0.42, 0.97) * (1.0 - 0.25 * abs(out))
        bend = np.clip(34.0 * out + random.normal(0.0, 20.0), 12.0 - foot, SIZE - 12.0 - foot)
        strands.append(
            _Strand(
                float(foot),
                float(tall),
                float(random.uniform(4.2, 6.4)),
                float(bend),
                green * 0.78,
                green * 1.10,
            )
        )
    return _painted(strands, _GRASS_MEAN)


def _pelt() -> Picture:
    """Short hair that lies close, along the picture's height, without a seam."""
    hair: Plane = clouded(SIZE, 0.35, 196, stretch=7.0)
    locks: Plane = clouded(SIZE, 1.0, 197, stretch=4.0)
    return coloured(np.clip(0.84 + 0.10 * hair + 0.05 * locks, 0.5, 1.0), (1.0, 1.0, 1.0))


STRANDS: Mapping[str, Callable[[], Picture]] = {"lock": _lock, "turf": _turf, "pelt": _pelt}
"""How each of these pictures is made."""
CUT_OUT = ("lock", "turf")
"""Those of which only what lies within the edge is drawn."""
