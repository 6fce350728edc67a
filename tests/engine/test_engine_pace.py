"""A display is judged in pictures against its own rate: said once, answered in a headset alone."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.engine.pace import Pace
from vr_runtime.wire.acts import DisplaySlow, DisplayTooSlow

LOOK_S = 1 / 128


class Run:
    """A display that draws at a rate of its own, looked at again and again."""

    def __init__(self, *, wanted_hz: float = 64.0, strict: bool = True) -> None:
        self.pace = Pace()
        self.wanted_hz = wanted_hz
        self.strict = strict
        self.now = 0.0
        self.told: list[tuple[float, str]] = []
        self.acts: list[object] = []
        self._next = 0.0

    def go(self, seconds: float, hz: float, look: Callable[[], bool] = lambda: True) -> Run:
        until = self.now + seconds
        while self.now < until:
            if hz > 0 and self.now >= self._next:
                self.pace.drawn(self.now)
                self._next = max(self._next, self.now - 1 / hz) + 1 / hz
            if look():
                for found in self.pace.look(self.now, self.wanted_hz, strict=self.strict):
                    self.told.append((round(self.now, 1), found.kind))
                    self.acts.append(found)
            else:
                self.pace.rest()
            self.now += LOOK_S
        return self


def test_at_its_own_rate_nothing_is_said() -> None:
    assert Run().go(30, 64).told == []
    assert Run().go(30, 53).told == []


def test_below_four_fifths_for_two_seconds_is_slow_and_five_more_too_slow() -> None:
    run = Run().go(10, 64)
    assert run.told == []
    run.go(30, 40)
    (slow_at, slow), (too_slow_at, too_slow) = run.told
    assert (slow, too_slow) == ("display_slow", "display_too_slow")
    assert 10.9 <= slow_at <= 12.1
    assert 5.0 <= too_slow_at - slow_at <= 5.1
    first, second = run.acts
    assert isinstance(first, DisplaySlow) and first.lower and first.wanted == 64
    assert isinstance(second, DisplayTooSlow) and 38 <= second.fps <= 42


def test_on_a_desktop_it_is_said_once_and_no_answer_follows() -> None:
    run = Run(strict=False).go(60, 20)
    assert [kind for _, kind in run.told] == ["display_slow"]
    first = run.acts[0]
    assert isinstance(first, DisplaySlow) and not first.lower


def test_fast_enough_again_ends_the_matter_and_a_new_one_can_begin() -> None:
    run = Run().go(3, 30).go(12, 64).go(4, 30)
    assert [kind for _, kind in run.told] == ["display_slow", "display_steady", "display_slow"]


def test_a_short_stutter_is_no_matter() -> None:
    run = Run()
    for _ in range(5):
        run.go(4, 64).go(0.3, 0)
    assert run.told == []


def test_a_load_or_a_hidden_window_is_not_judged_nor_the_two_seconds_after() -> None:
    run = Run().go(4, 64).go(20, 3, look=lambda: False).go(1.9, 3)
    assert run.told == []
    assert [kind for _, kind in run.go(1, 3).told] == ["display_slow"]


def test_a_display_that_promises_nothing_is_not_judged() -> None:
    assert Run(wanted_hz=0.0).go(20, 3).told == []


def test_a_machine_that_slept_blames_no_display() -> None:
    run = Run().go(4, 64)
    run.now += 3600.0
    assert run.go(4, 64).told == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0.2, 8.0), st.floats(0.0, 64.0)), max_size=8), st.booleans())
def test_each_matter_is_told_in_order_and_each_part_once(script, strict) -> None:
    run = Run(strict=strict)
    for seconds, hz in script:
        run.go(seconds, hz)
    expected = {"display_slow"}
    for _, kind in run.told:
        assert kind in expected, run.told
        if kind == "display_slow":
            expected = {"display_steady"} | ({"display_too_slow"} if strict else set())
        elif kind == "display_too_slow":
            expected = {"display_steady"}
        else:
            expected = {"display_slow"}
