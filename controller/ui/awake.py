"""Owns how the console knows that it stood still, so that what was pressed meanwhile does nothing.

A terminal hands over keys typed into a console that was frozen, or asleep with its machine, the
moment it wakes: nobody saw then what they would act on. It knows no keys and no acts.
"""

from __future__ import annotations

from collections.abc import Callable

from controller.session.clocks import SLEPT_S, read

SETTLE_S = 0.5
"""So long after waking, keys are those that waited in the terminal."""


def steady() -> float:
    """Seconds of a clock that goes on while the machine sleeps."""
    return read().steady_s


class Awake:
    """Told at every look that the console lives."""

    def __init__(self, now: Callable[[], float] = steady) -> None:
        self._now = now
        self._last = now()
        self._woke = float("-inf")

    def look(self) -> None:
        """The console lives at this moment."""
        now = self._now()
        if now - self._last > SLEPT_S:
            self._woke = now
        self._last = now

    def stamp(self) -> float:
        """The present moment, to be given to `slept_since` later."""
        return self._now()

    def late(self) -> bool:
        """Whether what comes now was pressed while the console stood still."""
        now = self._now()
        if now - self._last > SLEPT_S:
            self._woke, self._last = now, now
        return now - self._woke < SETTLE_S

    def slept_since(self, stamp: float) -> bool:
        """Whether the console stood still after this moment."""
        return self._woke > stamp or self._now() - self._last > SLEPT_S
