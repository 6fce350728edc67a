"""Owns when the next picture is due and how many were drawn; knows no graphics."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

BREATH = 0.1
"""Share of a slow picture's time left to everything else before the next one is due."""


class Pacing:
    """Even pictures by an injected clock (seconds), never a queue of late ones."""

    def __init__(self, rate_hz: float, clock: Callable[[], float]) -> None:
        self.pictures = 0
        self._period = 1.0 / rate_hz
        self._clock = clock
        self._due = clock()
        self._ends: deque[float] = deque()

    def due_s(self) -> float:
        """Seconds until the next picture is due; 0 when it is."""
        return max(0.0, self._due - self._clock())

    def drawn(self, began_s: float) -> None:
        """A picture that was begun at `began_s` is drawn."""
        now = self._clock()
        # Drawn early (somebody did not wait) or far too late, the beat begins anew.
        on_time = 0.0 <= began_s - self._due < self._period
        self._due = (self._due if on_time else began_s) + self._period
        self._due = max(self._due, now + BREATH * (now - began_s))
        self.pictures += 1
        self._ends.append(now)
        self._drop_old(now)

    def fps(self) -> float:
        """Pictures in the last second."""
        self._drop_old(self._clock())
        return float(len(self._ends))

    def _drop_old(self, now: float) -> None:
        while self._ends and now - self._ends[0] > 1.0:
            self._ends.popleft()
