"""Owns the course of one session as it builds up from the runtime's word; it records nothing.

Times are seconds since the session's opening, from ticks.
"""

from __future__ import annotations

from dataclasses import replace

from controller.session.now import Band, TrialSoFar
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import (
    EventStarted,
    Happened,
    PhaseChanged,
    TrialClosed,
    TrialOpened,
)
from vr_runtime.wire.state import State
from vr_runtime.wire.version import TICKS_PER_SECOND

_WORTH_A_POINT = 0.04


class Course:
    """Level, phases, trials and events over time."""

    def __init__(self, opened_tick: int) -> None:
        self.opened_tick = opened_tick
        self.levels: tuple[tuple[float, float], ...] = ((0.0, 0.0),)
        self.bands: tuple[Band, ...] = (Band(Phase.LOADING, 0.0, None),)
        self.trials: tuple[TrialSoFar, ...] = ()
        self.fired: tuple[tuple[float, str], ...] = ()

    def at_s(self, tick: int) -> float:
        """Session time of a tick."""
        return max(0, tick - self.opened_tick) / TICKS_PER_SECOND

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
            closed = replace(self.bands[-1], to_s=at_s)
            self.bands = (*self.bands[:-1], closed, Band(what.after, at_s, None))
        elif isinstance(what, TrialOpened):
            self.trials += (TrialSoFar(what.trial, what.level, at_s, None),)
        elif isinstance(what, TrialClosed) and self.trials:
            self.trials = (*self.trials[:-1], replace(self.trials[-1], closed_s=at_s))
        elif isinstance(what, EventStarted):
            self.fired += ((at_s, what.name),)
