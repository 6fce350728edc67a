"""Owns the course of one session as it builds up from the runtime's word; it records nothing.

Times are seconds since the session's opening, from ticks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from controller.session.now import Band, TrialSoFar
from controller.session.session_time import SessionTime
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import (
    EventStarted,
    Happened,
    PhaseChanged,
    TaskGiven,
    TrialClosed,
    TrialOpened,
)
from vr_runtime.wire.state import State

_WORTH_A_POINT = 0.04


class Course:
    """Level, phases, trials, events and tasks over time."""

    def __init__(
        self, opened_tick: int, boot: str = "", now_ns: Callable[[], int] = time.monotonic_ns
    ) -> None:
        """Begin at this tick of this start of the runtime; `now_ns` is the console's own clock."""
        self.opened_tick = opened_tick
        self._now_ns = now_ns
        self._told_ns: int | None = None
        self._time = SessionTime(boot, opened_tick, now_ns())
        self.levels: tuple[tuple[float, float], ...] = ((0.0, 0.0),)
        self.bands: tuple[Band, ...] = (Band(Phase.LOADING, 0.0, None),)
        self.trials: tuple[TrialSoFar, ...] = ()
        self.fired: tuple[tuple[float, str], ...] = ()

    def told_at(self, mono_ns: int | None) -> None:
        """Take this for the console's clock, while a record is gone through; None for its own."""
        self._told_ns = mono_ns

    def _clock_ns(self) -> int:
        return self._now_ns() if self._told_ns is None else self._told_ns

    def at_s(self, tick: int) -> float:
        """Session time of a tick."""
        return self._time.at(tick, self._clock_ns())

    def restarted(self, boot: str, tick: int) -> float:
        """The runtime was started again; gives how many seconds passed without it.

        What was under way is known up to its last word and no further.
        """
        known_s, last = self._time.newest_s, self.levels[-1]
        self._time.restarted(boot, tick, self._clock_ns())
        if self.bands[-1].to_s is None:
            self.bands = (*self.bands[:-1], replace(self.bands[-1], to_s=known_s))
        if self.trials and self.trials[-1].closed_s is None:
            self.trials = (*self.trials[:-1], replace(self.trials[-1], closed_s=known_s))
        if last[1] > 0.0:
            self.levels += ((known_s, last[1]), (known_s, 0.0))
        return self.at_s(tick) - known_s

    def on_state(self, state: State) -> None:
        """Keep the applied level where it has changed visibly, and where it came to rest."""
        at_s, last = self.at_s(state.tick), self.levels[-1]
        changed = abs(state.level - last[1])
        if changed >= _WORTH_A_POINT or (changed > 0 and not state.moving):
            if at_s - last[0] > 0.5:
                # The level stood still until now: without this point a ramp would be drawn.
                self.levels += ((at_s - 0.1, last[1]),)
            self.levels += ((at_s, state.level),)

    def on_happened(self, happened: Happened) -> None:
        """Take in one piece of news."""
        at_s, what = self.at_s(happened.tick), happened.what
        if isinstance(what, PhaseChanged):
            if self.bands[-1].to_s is None:
                self.bands = (*self.bands[:-1], replace(self.bands[-1], to_s=at_s))
            self.bands += (Band(what.after, at_s, None),)
        elif isinstance(what, TrialOpened):
            self.trials += (TrialSoFar(what.trial, what.level, at_s, None),)
        elif isinstance(what, TrialClosed) and self.trials:
            self.trials = (*self.trials[:-1], replace(self.trials[-1], closed_s=at_s))
        elif isinstance(what, EventStarted | TaskGiven):
            self.fired += ((at_s, what.name),)
