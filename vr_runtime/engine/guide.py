"""Owns the cycle of a guide to breathing or to tensing muscles, in ticks; draws and says nothing.

The same guide begun at the same tick is at the same place of its cycle in every replay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenarios.api.exercises import Breathing, Tensing
from vr_runtime.wire.acts import GuideBreathing, GuideTension
from vr_runtime.wire.state import GuideState
from vr_runtime.wire.version import TICKS_PER_SECOND

Kind = Literal["breathing", "tension", "muscles"]
"""`tension` lets go to normal tension and no further; `muscles` lets go to rest."""
Step = Literal["begin", "in", "out", "tense", "release"]

BEGIN_TICKS = 5 * TICKS_PER_SECOND
"""A moment to read what comes, before the first breath or tensing."""


@dataclass(frozen=True)
class Cycle:
    """One round of a guide and how often it is gone through."""

    kind: Kind
    first: tuple[Step, int]
    """Its first half and how many ticks that lasts."""
    second: tuple[Step, int]
    rounds: int | None
    """None: until it is ended."""

    @property
    def ticks(self) -> int:
        """One round."""
        return self.first[1] + self.second[1]


def cycle_of(act: GuideBreathing | GuideTension) -> Cycle:
    """The cycle that an act asks for."""
    if isinstance(act, GuideTension):
        return _tensing("tension", act.tense_s, act.release_s, act.times)
    return _breathing(act.per_minute, act.in_share)


def cycle_for(exercise: Breathing | Tensing) -> Cycle:
    """The cycle that a scenario's exercise asks for."""
    if isinstance(exercise, Tensing):
        kind: Kind = "muscles" if exercise.relaxes else "tension"
        return _tensing(kind, exercise.tense_s, exercise.release_s, exercise.rounds)
    return _breathing(exercise.per_minute, exercise.in_share)


def _tensing(kind: Kind, tense_s: float, release_s: float, rounds: int) -> Cycle:
    return Cycle(kind, ("tense", _ticks(tense_s)), ("release", _ticks(release_s)), rounds)


def _breathing(per_minute: float, in_share: float) -> Cycle:
    whole = _ticks(60.0 / per_minute)
    # breathing out is never the shorter half, whatever rounding does
    breath_in = min(_ticks(60.0 / per_minute * in_share), whole // 2)
    return Cycle("breathing", ("in", breath_in), ("out", whole - breath_in), None)


def _ticks(seconds: float) -> int:
    return round(seconds * TICKS_PER_SECOND)


@dataclass
class Guide:
    """A guide under way."""

    cycle: Cycle
    passed: int = 0
    """Ticks since it was shown; without the rounds `before`."""
    before: int = 0
    """Rounds gone through with other cycles."""

    def tick(self) -> None:
        """1/30 s passed."""
        self.passed += 1

    def follow(self, cycle: Cycle) -> None:
        """Go on with another cycle, once no round is under way: so that nothing leaps."""
        if cycle == self.cycle:
            return
        since = max(0, self.passed - BEGIN_TICKS)
        if since % self.cycle.ticks == 0:
            self.before += since // self.cycle.ticks
            self.passed -= since
            self.cycle = cycle

    @property
    def whole_rounds(self) -> int:
        """Rounds gone through from beginning to end."""
        return self.before + max(0, self.passed - BEGIN_TICKS) // self.cycle.ticks

    @property
    def finished(self) -> bool:
        """Whether the last round is over."""
        return self.cycle.rounds is not None and self.whole_rounds >= self.cycle.rounds

    def state(self, between: float = 0.0) -> GuideState:
        """Where in the cycle it is, `between` 0 and 1 of the way to the next tick."""
        at = self.passed + between
        rounds = self.cycle.rounds
        if at < BEGIN_TICKS:
            return self._said("begin", at, BEGIN_TICKS, 0)
        turn, at = divmod(at - BEGIN_TICKS, self.cycle.ticks)
        if rounds is not None and self.before + turn >= rounds:
            turn, at = rounds - 1 - self.before, float(self.cycle.ticks)
        (first, first_ticks), (second, second_ticks) = self.cycle.first, self.cycle.second
        number = self.before + int(turn) + 1
        if at < first_ticks:
            return self._said(first, at, first_ticks, number)
        return self._said(second, at - first_ticks, second_ticks, number)

    def _said(self, step: Step, at: float, of: int, turn: int) -> GuideState:
        return GuideState(
            guide=self.cycle.kind,
            step=step,
            part=min(1.0, at / of),
            left_s=max(0.0, (of - at) / TICKS_PER_SECOND),
            round=turn,
            rounds=self.cycle.rounds,
        )
