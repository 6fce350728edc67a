"""Owns the last look at pictures as they were drawn: whether they flash, and how dark to make them.

The governor sees what lights and fades ask for; what moves, appears or shines by itself is seen
only here, and judged as the proof judges it (`measure`): no weaker rule while a patient looks on.
Pure arithmetic on a few cells of each picture, which are too few to find stripes in.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from vr_runtime.flash.light import BROAD_DEG, Values, in_fields, luminance, redness
from vr_runtime.flash.measure import (
    CHANGE,
    DARKER,
    OWN_MOST,
)
from vr_runtime.flash.reds import LATER, Reds
from vr_runtime.flash.transitions import Transitions
from vr_runtime.flash.turning import Gaze, Turning

DIMMED = 0.25
"""Brightness as displayed of a picture that flashed: a flash of full white is then one of 5 %."""
DIM_S, CLEAR_S = 0.3, 2.0
"""Seconds in which it dims, and in which it becomes bright again."""
QUIET_S = 3.0
"""Seconds without a flash until it begins to become bright again."""
GAMMA = 2.2
"""What a veil takes from a picture as displayed, it takes with this power from its light."""
STEADY_DEG_S = 30.0
"""A head that turns faster brings flashes of its own into a field of 10 degrees. Measured over the
city: up to this speed four opposing changes a second at most, twice as fast six."""
STEADY_RED_DEG_S = 2.0
"""Of red in its place two changes are one too many, and a red thing that the turning head passes
leaps: faster than this, fields alone are counted."""
SCREEN_DEG, WIDE = 62.0, 16.0 / 9.0
"""Degrees from top to bottom of a flat screen, and its width for its height."""


class FlashWatch:
    """One for each display."""

    def __init__(self) -> None:
        self._counters: _Counters | None = None
        self._turning = Turning()
        self._covers: deque[bool] = deque(maxlen=LATER)
        self._flashed_s: float | None = None
        self._now_s = 0.0
        self._part = 1.0
        self._news = False

    def take(
        self,
        at_s: float,
        light: Values,
        veil: float = 1.0,
        *,
        gaze: Gaze = (0.0, 0.0),
        high_deg: float = SCREEN_DEG,
        wide: float = WIDE,
        cover: float = 1.0,
    ) -> None:
        """A picture was drawn.

        Args:
            at_s: when, in seconds, rising; one that does not rise is left out.
            light: its linear colours in cells (rows, columns, 3), 0 to 1.
            veil: brightness as displayed to which this watch had dimmed it, above 0.
            gaze: where the head points: what its own turning brings is no flash. While it turns
                faster than 30 degrees a second the whole picture's mean alone is counted, and
                faster than 2 red is counted in fields alone.
            high_deg: degrees that the picture fills from top to bottom, above 0.
            wide: its width for its height, above 0.
            cover: part of its light, as displayed, that the engine's own fade leaves to the picture
                being made now, 0 to 1; the one that was drawn is a few pictures older. Such a fade
                is counted as a change of light, and once a second not as one of red.
        """
        if self._counters is not None and at_s <= self._now_s:
            return
        self._now_s = at_s
        self._turning.take(at_s, gaze)
        self._covers.append(cover < 1.0)
        rows, columns = light.shape[:2]
        tall = rows * BROAD_DEG / high_deg
        field = max(1, round(tall)), max(1, round(tall * columns / rows / wide))
        if self._counters is None or self._counters.made_for != (rows, columns, *field):
            self._counters = _Counters(rows, columns, *field)
        whole = np.minimum(light / max(veil, 0.05) ** GAMMA, 1.0)
        if not self._counters.take(at_s, whole, self._turning.deg_s, covered=any(self._covers)):
            return
        if self._flashed_s is None:
            self._news = True
        self._flashed_s = at_s

    def another_view(self) -> None:
        """Another view is shown: what was counted of the last one says nothing about it."""
        self._counters = None

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


class _Counters:
    """What was counted in pictures of so many cells, with fields of so many cells."""

    def __init__(self, rows: int, columns: int, tall: int, wide: int) -> None:
        self.made_for = rows, columns, tall, wide
        shape = in_fields(np.zeros((rows, columns)), tall, wide).shape
        self._fields = Transitions(shape, CHANGE, DARKER)
        self._mean = Transitions((1, 1), CHANGE, DARKER)
        self._reds: Reds | None = None
        self._before_s: float | None = None

    def take(self, at_s: float, light: Values, turning_deg_s: float, *, covered: bool) -> bool:
        """Count in a picture; whether more flashes in the last second than may be."""
        if turning_deg_s > STEADY_DEG_S:
            self._fields.begin_anew()
        bright, red = luminance(light), redness(light)
        self._fields.take(at_s, in_fields(bright, *self.made_for[2:]))
        self._mean.take(at_s, bright.mean(keepdims=True))
        most = max(int(each.last_second.max()) for each in (self._fields, self._mean))
        return self._red_flashes(at_s, red, turning_deg_s, covered=covered) or most > OWN_MOST

    def _red_flashes(
        self, at_s: float, red: Values, turning_deg_s: float, *, covered: bool
    ) -> bool:
        before_s, self._before_s = self._before_s, at_s
        if self._reds is None:
            if not red.any():
                return False
            self._reds = Reds(red.shape[1:], *self.made_for[2:])
            if before_s is not None:
                # Nothing was red until now.
                self._reds.take(before_s, np.zeros_like(red), covered=covered)
        if turning_deg_s > STEADY_RED_DEG_S:
            self._reds.begin_anew(fields=turning_deg_s > STEADY_DEG_S)
        self._reds.take(at_s, red, covered=covered)
        return self._reds.flashes
