"""Owns the counting of opposing changes in cells, by time stamps; knows no picture and no verdict.

A change counts once, when it has come `least` away from the last extreme, and the next one only in
the other direction: so a sine counts like a square, and a slow fade counts once.
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
SECOND = 1.0 - 1e-6
"""What happened exactly one second ago is no longer in the last second."""


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
        self._recent: deque[tuple[float, Cells]] = deque()
        self.rising: Cells = np.zeros(shape, dtype=np.bool_)
        """Of what changed in the last picture, what became brighter."""
        self.last_second: Counts = np.zeros(shape, dtype=np.int64)
        """Changes of each cell in the last second."""

    def begin_anew(self) -> None:
        """Compare what comes with nothing that was; what counted stays counted."""
        self._high.fill(-np.inf)
        self._low.fill(np.inf)

    def take(self, at_s: float, values: Values) -> Cells:
        """The picture at `at_s` seconds has these values; gives where a change counted now."""
        while self._recent and self._recent[0][0] <= at_s - SECOND:
            self.last_second -= self._recent.popleft()[1]
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
        counted: Cells = rose | fell
        self.rising = rose
        self._direction[rose], self._direction[fell] = 1, -1
        # From here on the next change is measured from the extreme that is still to come.
        self._high = np.where(counted, values, self._high)
        self._low = np.where(counted, values, self._low)
        if counted.any():
            self._recent.append((at_s, counted))
            self.last_second += counted
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
        self._recent: deque[tuple[float, Cells]] = deque()
        self.last_second: Counts = np.zeros(shape, dtype=np.int64)
        """Changes of each cell in the last second, those alone that many made at once."""

    def take(self, at_s: float, changed: Cells, rising: Cells) -> None:
        """At `at_s` seconds these cells changed, and of them these became brighter."""
        while self._recent and self._recent[0][0] <= at_s - SECOND:
            self.last_second -= self._recent.popleft()[1]
        for way, cells in ((1, changed & rising), (-1, changed & ~rising)):
            lately = [old for old in self._lately[way] if old[0] > at_s - TOGETHER_S]
            lately.append((at_s, cells))
            self._lately[way] = lately
            if sum(int(mask.sum()) for _, mask in lately) < self._least:
                continue
            # Every cell that changed lately is counted, each of its changes once.
            for then_s, mask in lately:
                if self._counted.get(way, -np.inf) < then_s:
                    self._recent.append((at_s, mask))
                    self.last_second += mask
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
