"""Owns when a display counts as too slow: pictures drawn against the rate it asks of itself.

Knows no display and decides nothing about scenes. Times are seconds of one clock that never goes
back.
"""

from __future__ import annotations

from collections import deque

from vr_runtime.wire.acts import DisplaySlow, DisplaySteady, DisplayTooSlow, Occurrence

ENOUGH = 0.8
"""Share of its own rate below which a display is slow."""
SLOW_AFTER_S = 2.0
TOO_SLOW_AFTER_S = 5.0
"""After it was said to be slow; the same time of enough pictures ends the matter."""
AWAY_S = 3.0
"""Nobody has looked for so long: the machine slept, and no display is to blame."""


class Pace:
    """Judges one display. Each matter, from slow to steady again, is told once."""

    def __init__(self) -> None:
        self._drawn: deque[float] = deque()
        self._since: float | None = None
        self._looked = float("-inf")
        self._slow_at: float | None = None
        self._too_slow_told = False

    def drawn(self, now_s: float) -> None:
        """A picture was drawn."""
        self._drawn.append(now_s)

    def rest(self) -> None:
        """Judge nothing until the next look, and count from there: a load, a hidden window."""
        self._since = None
        self._drawn.clear()

    def look(self, now_s: float, wanted_hz: float, *, strict: bool) -> list[Occurrence]:
        """What is to be said now.

        Args:
            now_s: the present time.
            wanted_hz: pictures a second the display asks of itself; 0 judges nothing.
            strict: whether slowness is answered, as in a headset, and not only said.
        """
        if wanted_hz <= 0.0 or now_s - self._looked > AWAY_S:
            self.rest()
        self._looked = now_s
        if wanted_hz <= 0.0:
            return []
        if self._since is None:
            self._since = now_s
        while self._drawn and now_s - self._drawn[0] > TOO_SLOW_AFTER_S:
            self._drawn.popleft()
        if self._slow_at is None:
            return self._steady_so_far(now_s, wanted_hz, strict)
        return self._slow_so_far(now_s, self._slow_at, wanted_hz, strict)

    def _rate(self, now_s: float, seconds: float) -> float | None:
        """Pictures a second in these last seconds; None while fewer have been judged."""
        if self._since is None or now_s - self._since < seconds:
            return None
        return sum(1 for at in self._drawn if now_s - at < seconds) / seconds

    def _steady_so_far(self, now_s: float, wanted_hz: float, strict: bool) -> list[Occurrence]:
        rate = self._rate(now_s, SLOW_AFTER_S)
        if rate is None or rate >= ENOUGH * wanted_hz:
            return []
        self._slow_at = now_s
        return [DisplaySlow(fps=rate, wanted=wanted_hz, lower=strict)]

    def _slow_so_far(
        self, now_s: float, slow_at: float, wanted_hz: float, strict: bool
    ) -> list[Occurrence]:
        rate = self._rate(now_s, TOO_SLOW_AFTER_S)
        if rate is None or now_s - slow_at < TOO_SLOW_AFTER_S:
            return []
        if rate >= ENOUGH * wanted_hz:
            self._slow_at, self._too_slow_told = None, False
            return [DisplaySteady()]
        if not strict or self._too_slow_told:
            return []
        self._too_slow_told = True
        return [DisplayTooSlow(fps=rate, wanted=wanted_hz)]
