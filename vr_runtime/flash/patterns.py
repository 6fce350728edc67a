"""Owns the finding of regular stripes in one picture; knows no time and no verdict.

After ITU-R BT.1702: more than five pairs of light and dark stripes, in any direction. A part of the
picture is striped when most of what varies in it is one wave with its overtones.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vr_runtime.flash.light import Values

PAIRS = 5.0
"""Pairs of stripes over the whole picture above which they count."""
SWING = 0.1
"""Difference of relative luminance between light and dark stripes from which they count."""
DARK = 0.25
"""The dark stripes are darker than this: 50 of the 200 cd/m2 that BT.1702 takes as white."""
REGULAR = 0.6
"""Share of the variance that one wave and its overtones must have."""
BLOCKS = 4
"""A part is looked at in so many blocks each way, to tell where it swings."""
BINS = 8
"""A wave is looked at in so many steps to a period."""
PARTS = 5
"""The picture is looked at in as many overlapping parts each way, each half as wide and high."""


def striped_area(luminance: Values) -> float:
    """Share of the picture, 0 to 1, that regular high-contrast stripes fill.

    Args:
        luminance: relative luminance in cells, at least 16 by 16, else no stripes are found.
    """
    rows, columns = luminance.shape
    if rows < 16 or columns < 16:
        return 0.0
    tall, wide = rows // 2, columns // 2
    window = np.outer(np.hanning(tall + 2)[1:-1], np.hanning(wide + 2)[1:-1])
    covered = np.zeros(luminance.shape, dtype=bool)
    for top in np.linspace(0, rows - tall, PARTS).astype(int):
        for left in np.linspace(0, columns - wide, PARTS).astype(int):
            part = luminance[top : top + tall, left : left + wide]
            if _striped(part, window):
                # what lies in the middle of a striped part is striped, where it swings at all
                up, aside = tall // 4, wide // 4
                first, last = up if top else 0, tall - (up if top + tall < rows else 0)
                near, far = aside if left else 0, wide - (aside if left + wide < columns else 0)
                covered[top + first : top + last, left + near : left + far] |= _swinging(part)[
                    first:last, near:far
                ]
    return float(covered.mean())


def _swinging(part: Values) -> NDArray[np.bool_]:
    """Where a part swings: a row of windows above a bare wall makes no stripes of the wall.

    Told by blocks an eighth of the picture wide and high: stripes that count are narrower.
    """
    low, high = np.percentile(part, (5.0, 95.0))
    least = max(SWING, 0.5 * (high - low))
    found = np.zeros(part.shape, dtype=bool)
    rows = np.linspace(0, part.shape[0], BLOCKS + 1).astype(int)
    columns = np.linspace(0, part.shape[1], BLOCKS + 1).astype(int)
    for top, bottom in pairwise(rows):
        for left, right in pairwise(columns):
            block = part[top:bottom, left:right]
            found[top:bottom, left:right] = np.ptp(block) >= least
    return found


def _turns(part: Values, along: float, across: float) -> int:
    """How often a part turns from light to dark or back along a wave: twice for each pair.

    One or two lone lines, such as the rails of a bridge, hold every wave and turn four times.

    Args:
        along, across: periods of the wave to a cell, downwards and to the right.
    """
    rows, columns = part.shape
    passed = along * np.arange(rows)[:, None] + across * np.arange(columns)
    bins = ((passed - passed.min()) * BINS).astype(int).ravel()
    counts = np.bincount(bins)
    profile = np.bincount(bins, part.ravel()) / np.maximum(counts, 1)
    profile = profile[counts >= 0.25 * counts.mean()]  # corners hold next to nothing
    low, high = np.percentile(profile, (10.0, 90.0))
    middle, least = 0.5 * (low + high), 0.1 * (high - low)
    light, dark = profile > middle + least, profile < middle - least
    clear = light[light | dark]
    return int(np.count_nonzero(clear[1:] != clear[:-1]))


def _striped(part: Values, window: Values) -> bool:
    low, high = np.percentile(part, (5.0, 95.0))
    if high - low < SWING or low >= DARK:
        return False  # most parts are told apart by this alone
    mean = float((part * window).sum() / window.sum())
    power = np.abs(np.fft.fft2((part - mean) * window)) ** 2
    power[0, 0] = 0.0
    whole = float(power.sum())
    if whole <= 0.0:
        return False
    rows, columns = part.shape
    along, across = np.fft.fftfreq(rows) * rows, np.fft.fftfreq(columns) * columns
    peak = int(power.argmax())
    ky, kx = along[peak // columns], across[peak % columns]
    # A part is half of the picture each way, so it holds half of the pairs.
    if 2.0 * float(np.hypot(ky, kx)) <= PAIRS:
        return False

    if _turns(part, ky / rows, kx / columns) < PAIRS:
        return False

    def near(overtone: int) -> tuple[NDArray[np.int64], ...]:
        """The wave with so many times its frequency, and what the window spreads it over."""
        y = (np.arange(-1, 2) + round(overtone * ky)) % rows
        x = (np.arange(-1, 2) + round(overtone * kx)) % columns
        return np.ix_(y, x)

    # The wave's own swing, as stripes of equal breadth would have it: thin joints between
    # planks have little of it.
    mean_square = float(power[near(1)].sum()) / (part.size * float((window**2).sum()))
    if np.pi * np.sqrt(mean_square) < SWING:
        return False
    taken = np.zeros(part.shape, dtype=bool)
    for overtone in (1, 2, 3, 5, -1, -2, -3, -5):
        taken[near(overtone)] = True
    return float(power[taken].sum()) / whole >= REGULAR
