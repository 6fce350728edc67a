"""A console that stood still, and a wall clock that was set, are seen, said and recorded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.language import use
from controller.session.clocks import Clocks, Reading, Seen, Stillness
from controller.session.documents import ClockJumped, ConsoleSlept, Document
from controller.session.notices import Notices


class Hands:
    """Two clocks that are moved by hand."""

    def __init__(self) -> None:
        self.reading = Reading(1000.0, 1_700_000_000.0)

    def move(self, steady_s: float, wall_s: float | None = None) -> None:
        wall_s = steady_s if wall_s is None else wall_s
        self.reading = Reading(self.reading.steady_s + steady_s, self.reading.wall_s + wall_s)

    def __call__(self) -> Reading:
        return self.reading


def told(moves: list[tuple[float, float]]) -> tuple[list[Document], Notices]:
    hands, notices, recorded = Hands(), Notices(), list[Document]()
    stillness = Stillness(Clocks(hands), notices)
    stillness.look(recorded.append, 0)
    for tick, (steady_s, wall_s) in enumerate(moves, 1):
        hands.move(steady_s, wall_s)
        stillness.look(recorded.append, tick)
    return recorded, notices


@pytest.mark.fault("F25")
@pytest.mark.parametrize("jump_s", [3600.0, -3600.0, 61.0])
def test_a_wall_clock_that_is_set_is_recorded_with_how_far(jump_s: float) -> None:
    recorded, notices = told([(0.2, 0.2), (0.2, 0.2 + jump_s), (0.2, 0.2)])
    assert recorded == [ClockJumped(seconds=jump_s, tick=2)]
    assert notices.last is None, "nothing of the session depends on it"


@pytest.mark.fault("F26")
def test_a_machine_that_slept_is_said_and_recorded_once() -> None:
    use("en")
    recorded, notices = told([(0.2, 0.2), (95.0, 95.0), (0.2, 0.2)])
    assert recorded == [ConsoleSlept(seconds=95.0, tick=2)]
    assert notices.last is not None
    assert "stood still for 95 s" in notices.last.text
    assert notices.last.tone == "alarm"


@given(st.lists(st.floats(0.0, 1.9), max_size=200))
def test_ordinary_time_is_never_a_sleep_nor_a_jump(steps: list[float]) -> None:
    hands = Hands()
    clocks = Clocks(hands)
    for step in steps:
        hands.move(step, step * 1.01)
        assert clocks.look() == Seen(0.0, 0.0)


def test_an_alarm_is_not_taken_away_by_information_at_once() -> None:
    at = [0.0]
    notices = Notices(lambda: at[0])
    notices.say(False, "alarm", "alarm")
    notices.say(True, "heard again", "info")
    assert notices.last is not None and notices.last.text == "alarm"
    at[0] = 3.0
    notices.say(True, "later", "info")
    assert notices.last.text == "later"
