"""Owns the session's own time, in seconds since its opening; knows neither screen nor record.

A runtime that started anew counts its ticks from 0 again. Its first word is then placed by the
console's monotonic clock, and its ticks counted on from there.
"""

from __future__ import annotations

from vr_runtime.wire.version import TICKS_PER_SECOND


class SessionTime:
    """Seconds of the session from ticks, also over a restart of the runtime."""

    def __init__(self, boot: str, tick: int, mono_ns: int) -> None:
        """Begin at this tick of this start of the runtime, at this moment of the console's."""
        self.boot = boot
        self._from_tick = tick
        self._from_s = 0.0
        self._newest_s = 0.0
        self._newest_ns = mono_ns
        self._placed_ns: int | None = None

    def restarted(self, boot: str, tick: int, mono_ns: int) -> None:
        """From now on ticks are those of this start of the runtime."""
        passed = max(0.0, (mono_ns - self._newest_ns) / 1e9)
        self.boot, self._from_tick = boot, tick
        self._from_s = self._newest_s + passed
        self._placed_ns = mono_ns

    def at(self, tick: int, mono_ns: int) -> float:
        """Seconds from the opening: (tick - opening tick) / 30; 0 for what came before it.

        After a restart no later than the moment at which it is told: what a start did that nobody
        heard is told at once by the next one, and its ticks say nothing of when that was.
        """
        counted = (tick - self._from_tick) / TICKS_PER_SECOND
        if self._placed_ns is not None:
            counted = min(counted, max(0.0, (mono_ns - self._placed_ns) / 1e9))
        seconds = max(0.0, self._from_s + counted)
        if seconds >= self._newest_s:
            self._newest_s, self._newest_ns = seconds, mono_ns
        return seconds

    @property
    def newest_s(self) -> float:
        """The latest moment that was spoken of."""
        return self._newest_s
