"""Owns whether something red flashes in the pictures of a scene; knows no scenario.

Stricter than WCAG, as Palier is: no pair of opposing changes is allowed in any second. What counts
is that more red comes into the whole picture at once, or leaves it: a red car that drives past is
as red in the next place, and one that a tree hides goes slowly. Both would count cell by cell.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from numpy.typing import NDArray

from vr_runtime.flash.light import light_of, redness
from vr_runtime.flash.measure import OWN_RED_MOST, SMALL
from vr_runtime.flash.transitions import SECOND, TOGETHER_S

PURE = 0.33
"""R - G - B of a red that fills an area of `SMALL`; of less, a larger area."""
LEAST = SMALL * PURE


class Reds:
    """Opposing changes of saturated red in a run of pictures."""

    def __init__(self) -> None:
        self._lately: deque[tuple[float, float]] = deque()
        self._changes: deque[float] = deque()
        self._up: bool | None = None
        self.flashed = False
        """Whether there was a pair of opposing changes within a second."""

    def take(self, at_s: float, picture: NDArray[Any]) -> None:
        """The picture shown from `at_s` (seconds, rising) on."""
        red = float(redness(light_of(picture)).mean())
        while self._lately and self._lately[0][0] <= at_s - TOGETHER_S - 1e-6:
            self._lately.popleft()
        while self._changes and self._changes[0] <= at_s - SECOND:
            self._changes.popleft()
        for up in (True, False):
            least = min((was if up else -was) for _then, was in (*self._lately, (at_s, red)))
            if (red if up else -red) - least >= LEAST and up is not self._up:
                self._up = up
                self._changes.append(at_s)
                self._lately.clear()
        self._lately.append((at_s, red))
        self.flashed = self.flashed or len(self._changes) > OWN_RED_MOST
