"""Owns the counting of opposing changes in cells, by time stamps; knows no picture and no verdict.

A change counts once, when it has come `least` away from the last extreme, and the next one only in
the other direction: so a sine counts like a square, and a slow fade counts once. What is new in a
picture came at some time after the picture before it, and how soon after nobody knows: it is a
second old as soon as it may be. So changes too many in a second were too many whenever they came,
also where pictures come at uneven times or between the changes.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from vr_runtime.flash.light import Values

Counts = NDArray[np.int64]

ALMOST = 1e-9
Cells = NDArray[np.bool_]

TOGETHER_S = 1.0 / 15.0
"""Within this time changes of several cells are changes at once."""
SECOND = 1.0 + 1e-7
"""What came after a picture that is longer ago than this is no longer in the last second. At even
times, with a whole number of pictures in a second, that is what was first seen a second ago."""


class LastSecond:
    """How often each cell changed in the last second."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        """Begin with no change in cells of this shape."""
        self._now_s = -np.inf
        self._before_s = -np.inf
        self._surely: deque[tuple[float, Cells]] = deque()
        self._maybe: deque[tuple[float, Cells]] = deque()
        self.surely: Counts = np.zeros(shape, dtype=np.int64)
        """Changes that lie in one second, whenever between two pictures each of them came."""
        self.maybe: Counts = np.zeros(shape, dtype=np.int64)
        """Changes that were first seen in the last second."""

    def advance(self, at_s: float) -> None:
        """Another picture is shown from `at_s` seconds on."""
        self._before_s, self._now_s = self._now_s, at_s
        while self._surely and self._surely[0][0] < at_s - SECOND:
            self.surely -= self._surely.popleft()[1]
        while self._maybe and self._maybe[0][0] <= at_s - (2.0 - SECOND):
            self.maybe -= self._maybe.popleft()[1]

    def count(self, cells: Cells) -> None:
        """These cells changed in this picture."""
        self._surely.append((self._before_s, cells))
        self._maybe.append((self._now_s, cells))
        self.surely += cells
        self.maybe += cells


class Transitions:
    """Opposing changes of each cell in the last second."""

    def __init__(self, shape: tuple[int, ...], least: float, darker: float | None = None) -> None:
        """Count in cells of this shape.

        Args:
            shape: rows and columns of cells.
            least: smallest change that counts.
            darker: a change counts only if its darker end is below this.
        """
        self._least = least - ALMOST
        self._darker = np.inf if darker is None else darker - ALMOST
        self._direction = np.zeros(shape, dtype=np.int8)
        self._high = np.full(shape, -np.inf)
        self._low = np.full(shape, np.inf)
        self._free: Cells = np.zeros(shape, dtype=np.bool_)
        self._recent = LastSecond(shape)
        self.rising: Cells = np.zeros(shape, dtype=np.bool_)
        """Of what changed in the last picture, what became brighter."""

    @property
    def last_second(self) -> Counts:
        """Changes of each cell in the last second."""
        return self._recent.surely

    def begin_anew(self) -> None:
        """Compare what comes with nothing that was; what counted stays counted."""
        self._high.fill(-np.inf)
        self._low.fill(np.inf)
        self._free.fill(False)

    def take(self, at_s: float, values: Values, ends: Cells | None = None) -> Cells:
        """The picture at `at_s` seconds has these values; gives where a change counted now.

        A change counts alone that had `ends` at its beginning, its end, or between; all if None.
        """
        self._recent.advance(at_s)
        self._high = np.maximum(self._high, values)
        self._low = np.minimum(self._low, values)
        rose = (
            (self._direction <= 0)
            & (values - self._low >= self._least)
            & (self._low < self._darker)
        )
        fell = (
            (self._direction >= 0)
            & ~rose
            & (self._high - values >= self._least)
            & (values < self._darker)
        )
        if ends is not None:
            self._free |= ends
            rose, fell = rose & self._free, fell & self._free
        counted: Cells = rose | fell
        if ends is not None:
            self._free = np.where(counted, ends, self._free)
        self.rising = rose
        self._direction[rose], self._direction[fell] = 1, -1
        # From here on the next change is measured from the extreme that is still to come.
        self._high = np.where(counted, values, self._high)
        self._low = np.where(counted, values, self._low)
        if counted.any():
            self._recent.count(counted)
        return counted


class Together:
    """Of the changes of single cells those that many cells make at once, in the same direction.

    A car that passes changes each cell on its way, one after the other: that is no flash.
    """

    def __init__(self, shape: tuple[int, ...], area: float) -> None:
        """Count where at least this share of the cells changes within `TOGETHER_S`."""
        cells = int(np.prod(shape))
        self._least = max(1, int(np.ceil(area * cells - ALMOST)))
        self._counted: dict[int, float] = {}
        self._lately: dict[int, list[tuple[float, Cells]]] = {1: [], -1: []}
        self._recent = LastSecond(shape)

    @property
    def last_second(self) -> Counts:
        """Changes of each cell in the last second, those alone that many made at once."""
        return self._recent.surely

    @property
    def about_a_second(self) -> Counts:
        """The same, of those that were first seen in it."""
        return self._recent.maybe

    def take(self, at_s: float, changed: Cells, rising: Cells) -> None:
        """At `at_s` seconds these cells changed, and of them these became brighter."""
        self._recent.advance(at_s)
        for way, cells in ((1, changed & rising), (-1, changed & ~rising)):
            lately = [old for old in self._lately[way] if old[0] > at_s - TOGETHER_S]
            lately.append((at_s, cells))
            self._lately[way] = lately
            if sum(int(mask.sum()) for _, mask in lately) < self._least:
                continue
            # Every cell that changed lately is counted, each of its changes once.
            for then_s, mask in lately:
                if self._counted.get(way, -np.inf) < then_s:
                    self._recent.count(mask)
            self._counted[way] = at_s

    @property
    def most(self) -> int:
        """How many such changes at least this share of the cells has had in the last second."""
        at = self.last_second.size - self._least
        return int(np.partition(self.last_second, at, axis=None)[at])


class Kept:
    """For how long each cell has changed at least `least` times in every last second."""

    def __init__(self, shape: tuple[int, ...], least: int) -> None:
        """Begin with none."""
        self._least = least
        self._since = np.full(shape, np.inf)

    def take(self, at_s: float, last_second: Counts) -> Values:
        """Seconds up to now, the second in which the count was first reached included."""
        on = last_second >= self._least
        self._since = np.where(on, np.minimum(self._since, max(0.0, at_s - 1.0)), np.inf)
        told: Values = np.where(on, at_s - self._since, 0.0)
        return told
