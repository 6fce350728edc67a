"""Owns what a behavioural approach test of a past session tells: steps, their distress, a score.

It knows neither record nor page. Distress is 0 to 100 (SUDS) by the ratings as corrected; what was
not given is None, and a peak that was asked for afterwards counts at no step. Anticipatory: the
last rating between the offer of a step and the patient's going. During: the highest between going
and the step's end. After: the last between that and the next offer or the end of the test. Score:
the highest step that was done (avoidance or approach score of a BAT; no norms are kept).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from controller.session.bat.entries import BatBegun, BatEnded, BatSaid, BatStep, HowEnded, What
from scenarios.api.ladders import BatSpec, BatStepSpec


@dataclass(frozen=True)
class BatLine:
    """One entry of a test and when it was, in seconds from the opening of the session."""

    seq: int
    at_s: float
    said: BatSaid


@dataclass(frozen=True)
class Given:
    """A rating that was given."""

    at_s: float
    suds: int


@dataclass(frozen=True)
class TriedStep:
    """One time that a step was offered."""

    number: int
    offered_s: float
    gone_s: float | None = None
    """When the patient agreed to go; None where they did not."""
    arrived_s: float | None = None
    """When its level was applied, the last time."""
    ended_s: float | None = None
    outcome: What = "offered"
    measure: float | None = None
    anticipatory: int | None = None
    during: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class ToldBat:
    """One test."""

    number: int
    """In its session, from 1."""
    begun_s: float
    spec: BatSpec | None
    steps: int
    ended_s: float | None = None
    how: HowEnded | None = None
    """None where the record broke off before its end."""
    score: int = 0
    tried: tuple[TriedStep, ...] = field(default=())

    def step(self, number: int) -> BatStepSpec | None:
        """What a step is, by the script that was kept with the session."""
        there = self.spec is not None and number <= len(self.spec.steps)
        return self.spec.steps[number - 1] if self.spec is not None and there else None

    @property
    def highest(self) -> int | None:
        """The highest distress at any of its steps; None where none was given."""
        return max((t.during for t in self.tried if t.during is not None), default=None)

    @property
    def measured(self) -> float | None:
        """The scored value at the last step that was done; None where none is scored."""
        done = [t.measure for t in self.tried if t.outcome == "done"]
        return done[-1] if done else None


def tell_bats(
    lines: Sequence[BatLine], ratings: Sequence[Given], spec: BatSpec | None
) -> tuple[ToldBat, ...]:
    """The tests of a session, in order; `spec` is the script of its scenario."""
    found: list[ToldBat] = []
    for line in lines:
        match line.said:
            case BatBegun(steps=steps):
                found.append(ToldBat(len(found) + 1, line.at_s, spec, steps))
            case BatStep() as said if found:
                found[-1] = _step(found[-1], said, line.at_s)
            case BatEnded(how=how, score=score) if found:
                found[-1] = replace(found[-1], ended_s=line.at_s, how=how, score=score)
    return tuple(_rated(one, ratings) for one in found)


def _step(bat: ToldBat, said: BatStep, at_s: float) -> ToldBat:
    tried = list(bat.tried)
    if said.what == "offered" or not tried or tried[-1].number != said.number:
        tried.append(TriedStep(said.number, at_s))
    last = tried[-1]
    match said.what:
        case "offered":
            pass
        case "gone":
            tried[-1] = replace(last, gone_s=at_s, outcome="gone")
        case "arrived":
            tried[-1] = replace(last, arrived_s=at_s, outcome="arrived")
        case _:
            tried[-1] = replace(last, ended_s=at_s, outcome=said.what, measure=said.measure)
    score = max(bat.score, said.number) if said.what == "done" else bat.score
    return replace(bat, tried=tuple(tried), score=score)


def _rated(bat: ToldBat, ratings: Sequence[Given]) -> ToldBat:
    last_s = bat.ended_s if bat.ended_s is not None else float("inf")
    done: list[TriedStep] = []
    for at, one in enumerate(bat.tried):
        until_s = bat.tried[at + 1].offered_s if at + 1 < len(bat.tried) else last_s
        ended_s = until_s if one.ended_s is None else one.ended_s
        gone_s = ended_s if one.gone_s is None else one.gone_s
        before = [r.suds for r in ratings if one.offered_s <= r.at_s < gone_s]
        within = [r.suds for r in ratings if gone_s <= r.at_s < ended_s]
        after = [r.suds for r in ratings if ended_s <= r.at_s < until_s]
        done.append(
            replace(
                one,
                anticipatory=before[-1] if before else None,
                during=max(within, default=None),
                after=after[-1] if after else None,
            )
        )
    return replace(bat, tried=tuple(done))
