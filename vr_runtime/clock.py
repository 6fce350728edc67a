"""Owns how many engine ticks are due by the clock; knows nothing of what a tick does."""

from __future__ import annotations

import time
from collections.abc import Callable

from vr_runtime.wire.version import TICKS_PER_SECOND

MOST_AT_ONCE = 15
"""More ticks than this (0.5 s) are not caught up: the process itself was away."""


def steady_s() -> float:
    """Seconds that never jump, and that pass while the machine sleeps.

    Where the system has no such clock (outside Linux) it is the monotonic one, which may stand
    still in a sleep: then the silence of a console counts from the waking on.
    """
    source = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if source is None else time.clock_gettime(source)


class TickClock:
    """Turns monotonic seconds into ticks, 30 a second."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Start counting; `now` gives monotonic seconds."""
        self._now = now
        self._start = now()
        self._given = 0

    def due(self) -> tuple[int, int]:
        """Ticks to run now, and ticks that were lost because this process did not run."""
        behind = int((self._now() - self._start) * TICKS_PER_SECOND) - self._given
        if behind <= 0:
            return 0, 0
        self._given += behind
        run = min(behind, MOST_AT_ONCE)
        return run, behind - run

    def between(self) -> float:
        """How far the present moment is between the last tick and the next, 0 to 1."""
        part = (self._now() - self._start) * TICKS_PER_SECOND - self._given
        return min(1.0, max(0.0, part))

    def next_s(self) -> float:
        """Seconds until the next tick is due."""
        return max(0.0, (self._given + 1) / TICKS_PER_SECOND - (self._now() - self._start))
