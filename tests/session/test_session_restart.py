"""A session goes on at the console when the patient's side counts its ticks anew."""

from __future__ import annotations

import pytest

from controller.session.course import Course
from controller.session.now import Band
from controller.session.prompts import PromptRules, Prompts
from controller.session.session_time import SessionTime
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Happened, PhaseChanged, TrialOpened

SECOND = 1_000_000_000


class Clock:
    def __init__(self) -> None:
        self.ns = 50 * SECOND

    def __call__(self) -> int:
        return self.ns


def happened(boot: str, tick: int, what: PhaseChanged | TrialOpened) -> Happened:
    return Happened(boot=boot, number=1, tick=tick, session="s1", what=what)


def exposed(clock: Clock) -> Course:
    """A course that began at tick 4500 and is in a trial from second 10, last heard at 20."""
    course = Course(4500, "a", clock)
    clock.ns += 10 * SECOND
    phase = PhaseChanged(before=Phase.READY, after=Phase.EXPOSURE, cause="begin_trial")
    course.on_happened(happened("a", 4800, phase))
    course.on_happened(happened("a", 4800, TrialOpened(trial=1, level=2)))
    clock.ns += 10 * SECOND
    course.at_s(5100)
    return course


def test_time_goes_on_by_the_consoles_own_clock_while_the_patients_side_is_away() -> None:
    clock = Clock()
    course = exposed(clock)
    clock.ns += 3 * SECOND
    assert course.restarted("b", 6) == 3.0
    assert course.at_s(6) == 23.0
    clock.ns += 2 * SECOND
    assert course.at_s(66) == 25.0


def test_a_start_that_nobody_heard_and_is_told_at_once_lets_no_time_pass_that_did_not() -> None:
    time = SessionTime("a", 0, 0)
    assert time.at(300, 10 * SECOND) == 10.0
    # Its ten seconds are told in one breath, thirty seconds later, and then the next start's.
    time.restarted("b", 3, 40 * SECOND)
    told = [time.at(3 + tick, 40 * SECOND + tick) for tick in range(0, 301, 60)]
    assert told == sorted(told) and 40.0 <= told[0] and told[-1] < 40.001
    time.restarted("c", 3, 41 * SECOND)
    assert time.at(3, 41 * SECOND) == pytest.approx(41.0)
    assert time.at(33, 42 * SECOND) == pytest.approx(42.0), "ticks count again where they are heard"


def test_what_was_under_way_ends_with_the_last_word_and_what_comes_is_new() -> None:
    clock = Clock()
    course = exposed(clock)
    clock.ns += 3 * SECOND
    course.restarted("b", 0)
    phase = PhaseChanged(before=Phase.IDLE, after=Phase.SAFE_PLACE, cause="runtime_restarted")
    course.on_happened(happened("b", 0, phase))
    assert course.bands[-2:] == (
        Band(Phase.EXPOSURE, 10.0, 20.0),
        Band(Phase.SAFE_PLACE, 23.0, None),
    )
    assert course.trials[-1].closed_s == 20.0


def test_a_rating_that_was_due_is_due_after_as_long_as_before() -> None:
    prompts = Prompts(PromptRules(every_s=120.0, window_s=60.0))
    prompts.on_phase(Phase.EXPOSURE, 4800, first=False)
    before = prompts.shown(5100)
    prompts.moved(6 - (5100 + 90))
    after = prompts.shown(6 - 90)
    assert before is not None and after is not None
    assert after == before
