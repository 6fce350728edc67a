"""Owns when a distress rating falls due, in ticks; it asks nobody and blocks nothing.

Around the moment a rating falls due a window is open: the therapist asks at a natural moment in it.
When that is, the clinic's protocol says: at a set interval and whenever a level is reached, at the
latter alone, before and after a trial alone, or never. A window that closes without an answer makes
a missing rating, never a repeated one.
"""

from __future__ import annotations

from dataclasses import dataclass

from controller.session.documents import PromptMode, RatingKind
from controller.session.now import RatingDue
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.version import TICKS_PER_SECOND

_EXPOSED = (Phase.EXPOSURE, Phase.HOLD)
_AFTER = (Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED)


@dataclass(frozen=True)
class PromptRules:
    """When to ask. With the mode `interval`, 0 seconds mean: never ask by itself."""

    every_s: float = 120.0
    window_s: float = 60.0
    """Length of the window, half before and half after the moment it falls due."""
    mode: PromptMode = "interval"

    @property
    def asking(self) -> bool:
        """Whether a rating ever falls due."""
        return self.every_s > 0 if self.mode == "interval" else self.mode != "off"


class Prompts:
    """One session's schedule of ratings."""

    def __init__(self, rules: PromptRules) -> None:
        self._mode, self._asking = rules.mode, rules.asking
        self._every = round(rules.every_s * TICKS_PER_SECOND)
        self._half = round(rules.window_s / 2 * TICKS_PER_SECOND)
        self._phase = Phase.LOADING
        self.due: int | None = None
        """Tick at which the next rating falls due; None when none is planned."""
        self.peak = False
        """What falls due next is how high it was at most in the trial that has ended."""

    def on_phase(self, phase: Phase, tick: int, *, first: bool) -> None:
        """The phase changed. `first` while no rating was given in this session."""
        before, self._phase = self._phase, phase
        if phase in _EXPOSED:
            self.peak = False
        if not self._asking or phase in (Phase.IDLE, Phase.LOADING):
            self.due = None
        elif self._mode == "interval":
            self._at_intervals(before, tick, first)
        elif phase is Phase.READY:
            # The rating in expectation of the first trial belongs to this mode.
            asks = first or self._mode == "before_peak_after"
            self.due = tick + self._half if asks else None
        elif phase in _EXPOSED:
            self.due = self.due if before in _EXPOSED else None
        elif before in _EXPOSED:
            self.peak = self._mode == "before_peak_after"
            # A peak can be told at once; how it is now, once the patient has arrived.
            self.due = tick + (1 if self.peak else 2) * self._half

    def _at_intervals(self, before: Phase, tick: int, first: bool) -> None:
        if self._phase is Phase.READY:
            self.due = tick + self._half if first else tick + self._every
        elif self._phase is Phase.EXPOSURE and before not in _EXPOSED:
            self.due = tick + self._every
        elif self._phase in _AFTER and before not in _AFTER:
            # Let the patient arrive before asking how it is now.
            self.due = tick + 2 * self._half

    def moved(self, ticks: int) -> None:
        """The runtime counts its ticks anew: what was due is due after as long as before."""
        if self.due is not None:
            self.due += ticks

    def on_step(self, tick: int) -> None:
        """A level was reached and the ramp is over: ask about it."""
        if self._asking and self._mode != "before_peak_after" and self._phase in _EXPOSED:
            opens = tick + self._half
            self.due = opens if self.due is None else min(self.due, opens)

    def on_answer(self, tick: int) -> None:
        """A rating was given, or given up: the next one is planned."""
        if self.due is None:
            return
        if self._mode == "interval":
            self.due = tick + self._every
        elif tick >= self.due - self._half:
            # One that was given before its time takes nothing away from what is to be asked.
            self.due = tick + 2 * self._half if self.peak else None
            self.peak = False

    def missed(self, tick: int) -> int | None:
        """The tick at which a rating was due whose window has closed by now, or None."""
        if self.due is None or tick <= self.due + self._half:
            return None
        return self.due

    def asked(self, tick: int) -> int | None:
        """The tick at which the rating given now was due; None when its window is not open."""
        if self.due is None or tick < self.due - self._half:
            return None
        return self.due

    def shown(self, tick: int) -> RatingDue | None:
        """How the next rating stands, for a console."""
        if self.due is None:
            return None
        return RatingDue(
            opens_in_s=(self.due - self._half - tick) / TICKS_PER_SECOND,
            closes_in_s=(self.due + self._half - tick) / TICKS_PER_SECOND,
            window_s=2 * self._half / TICKS_PER_SECOND,
            peak=self.peak,
        )


def kind_of(
    phase: Phase, *, due: bool, any_before: bool, trials: int, peak: bool = False
) -> RatingKind:
    """What a rating given now is, when the therapist does not say.

    Args:
        phase: the present phase.
        due: whether its window is open.
        any_before: whether a rating was given in this session already.
        trials: how many trials there have been.
        peak: whether what falls due is the peak of the trial before.
    """
    if phase in _EXPOSED:
        return "interval" if due else "spontaneous"
    if phase in _AFTER and trials:
        return "peak" if peak and due else "recovery"
    return "anticipatory" if any_before else "baseline"
