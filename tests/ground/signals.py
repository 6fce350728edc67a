"""Makes runs of pictures whose answer is known."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float64]
SHAPE = (36, 64)


def shown(luminance: float) -> float:
    """The sRGB value, 0 to 1, of a relative luminance."""
    if luminance <= 0.0031308:
        return 12.92 * luminance
    return float(1.055 * luminance ** (1 / 2.4) - 0.055)


def grey(luminance: float) -> Picture:
    return np.full((*SHAPE, 3), shown(luminance))


UNEVEN = 0
"""In the place of pictures a second: each is shown for another time, as a telephone films."""
RATES = (24, 25, 30, 60, 90, UNEVEN)


def times(fps: float, seconds: float) -> list[float]:
    if fps == UNEVEN:
        chance, steps = random.Random(5), (1 / 90, 1 / 60, 1 / 30, 1 / 24)
        # What changes twelve times a second or less is shown as it changes; between, anyhow.
        on_time = [n / 12 for n in range(math.ceil(12 * seconds))]
        told = []
        for begins, ends in itertools.pairwise([*on_time, seconds]):
            while begins < ends - 1e-3:
                told.append(begins)
                begins += chance.choice(steps)
        return told
    return [n / fps for n in range(round(fps * seconds))]


def square(hertz: float, at_s: float) -> bool:
    """Whether a square wave is high; its changes never fall between two equal time stamps."""
    return math.floor(2 * hertz * at_s + 1e-9) % 2 == 0


def run(of: Callable[[float], Picture], stamps: list[float]) -> Iterator[tuple[float, Picture]]:
    for at_s in stamps:
        yield at_s, of(at_s)


def flashing(hertz: float, low: float = 0.0, high: float = 1.0) -> Callable[[float], Picture]:
    return lambda at_s: grey(high if square(hertz, at_s) else low)


def part_flashing(hertz: float, share: float) -> Callable[[float], Picture]:
    """A share of the picture, whole rows from the top, flashes."""

    def of(at_s: float) -> Picture:
        picture = grey(0.2)
        picture[: round(share * SHAPE[0])] = 1.0 if square(hertz, at_s) else 0.0
        return picture

    return of


def stripes(pairs: float, low: float, high: float, drift_hz: float = 0.0, tilt: float = 0.0):
    """Bars over a picture of 128 by 72 points."""
    across, along = np.meshgrid(np.arange(128) / 128, np.arange(72) / 128)

    def of(at_s: float) -> Picture:
        way = across * math.cos(tilt) + along * math.sin(tilt)
        light = np.where((way * pairs + drift_hz * at_s) % 1.0 < 0.5, shown(high), shown(low))
        return np.repeat(light[..., None], 3, axis=2)

    return of
