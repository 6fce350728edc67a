"""When a runtime counts as hung, and how often it is started again: rules without a clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vr_runtime.watch import beats
from vr_runtime.watch.beats import AGAIN, Again, Doing, Ending, Opened, Said, Standing
from vr_runtime.watch.judge import HELD_S, PATIENCE_S, TRIES, Tries, Watched

LOOK_S = 0.05
CARD = Opened("tcp://127.0.0.1:5600", "desktop", software=False)
PROCESSOR = Opened("tcp://127.0.0.1:5600", "desktop", software=True)


def opened(what: Opened = CARD, *, in_step: bool = False) -> Watched:
    watched = Watched(in_step)
    watched.hear(what)
    watched.hear(Doing.LOOP)
    return watched


def silent_until_judged(watched: Watched) -> float:
    """Seconds of silence after which it is judged hung, seen by looks like the watchdog's."""
    passed = 0.0
    while not watched.hangs:
        watched.pass_time(LOOK_S)
        passed += LOOK_S
    return passed


def test_a_silent_loop_is_judged_within_one_and_a_half_seconds() -> None:
    assert 1.0 < silent_until_judged(opened()) <= 1.5


def test_a_silent_scenario_is_judged_as_fast_on_the_slowest_renderer() -> None:
    watched = opened(PROCESSOR)
    watched.hear(Doing.SCENARIO)
    assert silent_until_judged(watched) <= 1.5
    assert watched.in_scenario


def test_a_processor_that_draws_is_given_time_for_a_picture() -> None:
    assert silent_until_judged(opened(PROCESSOR)) > 3.5


def test_a_driver_is_waited_for_while_all_is_being_opened() -> None:
    assert silent_until_judged(Watched(in_step=False)) > 30.0


def test_lock_step_does_not_make_results_depend_on_the_speed_of_the_machine() -> None:
    watched = opened(in_step=True)
    watched.hear(Doing.SCENARIO)
    assert silent_until_judged(watched) > 10.0


@pytest.mark.parametrize("said", [Doing.LOOP, Doing.SCENARIO, Standing("{}")])
def test_whatever_is_heard_proves_that_the_loop_lives(said: Said) -> None:
    watched = opened()
    for _ in range(100):
        watched.pass_time(1.0)
        watched.hear(said)
        assert not watched.hangs


def test_a_machine_that_slept_is_no_proof_against_the_runtime() -> None:
    watched = opened()
    watched.pass_time(3600.0)
    assert not watched.hangs


def test_an_end_that_does_not_come_to_its_end_is_judged_too() -> None:
    watched = opened()
    watched.hear(Ending())
    assert PATIENCE_S[Doing.LOOP] < silent_until_judged(watched) < 15.0


def test_a_start_that_never_holds_is_tried_three_times() -> None:
    tries = Tries()
    assert [tries.over(0.0) for _ in range(TRIES)] == [True, True, False]


def test_starts_that_held_for_a_while_are_always_followed_by_another() -> None:
    tries = Tries()
    assert all(tries.over(HELD_S) for _ in range(50))
    assert tries.over(0.0)


messages = st.one_of(
    st.sampled_from(Doing),
    st.builds(Opened, st.text(), st.text(), st.booleans()),
    st.builds(Standing, st.text(st.characters(exclude_characters="\n", codec="utf-8"))),
    st.just(Ending()),
)


@given(messages)
def test_a_message_is_one_line_and_is_read_as_it_was_said(said: Said) -> None:
    line = beats.line(said)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    assert beats.read(line) == said


@given(st.binary(max_size=200))
def test_a_line_that_is_none_is_passed_over(written: bytes) -> None:
    found = beats.read(written)
    assert found is None or beats.read(beats.line(found)) == found


def test_what_the_next_start_is_told_is_told_once_and_not_to_its_children() -> None:
    environment = {"HOME": "/"}
    again = Again("hung", blamed=True, facts='{"é": 1}', restarts=2)
    again.into(environment)
    assert AGAIN not in beats.without_again(environment)
    assert Again.taken_from(environment) == again
    assert Again.taken_from(environment) is None
    assert environment == {"HOME": "/"}
