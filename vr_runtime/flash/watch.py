"""Owns the last look at pictures as they were drawn: whether they flash, and how dark to make them.

The governor sees what lights and fades ask for; what moves, appears or shines by itself is seen
only here. Pure arithmetic on a few cells of each picture.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.flash.light import Values, luminance, redness
from vr_runtime.flash.measure import (
    CHANGE,
    DARKER,
    OWN_MOST,
    OWN_RED_MOST,
    QUARTER,
    RED_CHANGE,
)
from vr_runtime.flash.transitions import Transitions

DIMMED = 0.25
"""Brightness as displayed of a picture that flashed: a flash of full white is then one of 5 %."""
DIM_S, CLEAR_S = 0.3, 2.0
"""Seconds in which it dims, and in which it becomes bright again."""
QUIET_S = 3.0
"""Seconds without a flash until it begins to become bright again."""
GAMMA = 2.2
"""What a veil takes from a picture as displayed, it takes with this power from its light."""


class FlashWatch:
    """One for each display."""

    def __init__(self) -> None:
        self._shape: tuple[int, ...] = ()
        self._bright: Transitions | None = None
        self._red: Transitions | None = None
        self._flashed_s: float | None = None
        self._now_s = 0.0
        self._part = 1.0
        self._news = False

    def take(self, at_s: float, light: Values, veil: float = 1.0) -> None:
        """A picture was drawn.

        Args:
            at_s: when, in seconds, rising; one that does not rise is left out.
            light: its linear colours in cells (rows, columns, 3), 0 to 1.
            veil: brightness as displayed to which this watch had dimmed it, above 0.
        """
        if self._bright is not None and at_s <= self._now_s:
            return
        self._now_s = at_s
        if light.shape != self._shape or self._bright is None or self._red is None:
            self._shape = light.shape
            self._bright = Transitions(light.shape[:2], CHANGE, DARKER)
            self._red = Transitions(light.shape[:2], RED_CHANGE)
        whole = np.minimum(light / max(veil, 0.05) ** GAMMA, 1.0)
        self._bright.take(at_s, luminance(whole))
        self._red.take(at_s, redness(whole))
        flashes = (self._bright.last_second > OWN_MOST) | (self._red.last_second > OWN_RED_MOST + 1)
        if float(flashes.mean()) < QUARTER:
            return
        if self._flashed_s is None:
            self._news = True
        self._flashed_s = at_s

    def another_view(self) -> None:
        """Another view is shown: what was counted of the last one says nothing about it."""
        self._bright = self._red = None

    def advance(self, at_s: float, dt: float) -> float:
        """How bright the next picture is to be, as displayed, 0.25 to 1; `dt` seconds later."""
        if self._flashed_s is not None and at_s - self._flashed_s >= QUIET_S:
            self._flashed_s = None
        if self._flashed_s is not None:
            self._part = max(DIMMED, self._part - dt * (1.0 - DIMMED) / DIM_S)
        else:
            self._part = min(1.0, self._part + dt * (1.0 - DIMMED) / CLEAR_S)
        return self._part

    @property
    def part(self) -> float:
        """How bright it is now, as displayed."""
        return self._part

    def news(self) -> bool:
        """Whether it began to dim since this was last asked."""
        told, self._news = self._news, False
        return told
