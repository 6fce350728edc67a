"""When pictures are due, and how a hand turns the view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vr_runtime.display.brightness import EASE_S, FIRST, Ease
from vr_runtime.display.gaze import DOWN_MOST, FASTEST, UP_MOST, HeadLook
from vr_runtime.display.pacing import Pacing


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@given(costs=st.lists(st.floats(0.0, 0.2), min_size=20, max_size=60))
def test_pictures_are_even_where_they_can_be_and_never_queue_up(costs):
    clock = Clock()
    pacing = Pacing(50.0, clock)
    begins = []
    for cost in costs:
        clock.now += pacing.due_s()
        begins.append(clock.now)
        clock.now += cost
        pacing.drawn(begins[-1])
        assert pacing.due_s() <= 0.02 + 1e-9
    assert pacing.pictures == len(costs)
    if max(costs) < 0.018:
        assert begins[-1] == pytest.approx(0.02 * (len(costs) - 1), abs=1e-6)


def test_pictures_drawn_without_waiting_never_put_the_next_one_off():
    clock = Clock()
    pacing = Pacing(30.0, clock)
    for _ in range(100):
        clock.now += 0.001
        pacing.drawn(clock.now)
    assert pacing.due_s() <= 1 / 30 + 1e-9


def test_pictures_of_the_last_second_are_counted():
    clock = Clock()
    pacing = Pacing(10.0, clock)
    for _ in range(30):
        clock.now += pacing.due_s()
        pacing.drawn(clock.now)
    assert pacing.fps() == pytest.approx(10, abs=1)
    clock.now += 5.0
    assert pacing.fps() == 0.0


@given(moves=st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), max_size=40))
def test_the_view_turns_gently_and_never_over_the_head(moves):
    look, dt = HeadLook(), 1 / 60
    for across, up in moves:
        yaw, pitch = look.yaw, look.pitch
        look.drag(across, up)
        look.advance(dt)
        assert abs(look.yaw - yaw) <= FASTEST * dt + 1e-9
        assert abs(look.pitch - pitch) <= FASTEST * dt + 1e-9
        assert -DOWN_MOST <= look.pitch <= UP_MOST


def test_without_a_hand_the_view_comes_to_rest_where_the_hand_put_it():
    look = HeadLook()
    look.drag(0.1, 0.1)
    for _ in range(120):
        look.advance(1 / 60)
    assert look.yaw == pytest.approx(18.0, abs=0.01)
    assert look.pitch == pytest.approx(-18.0, abs=0.01)


def test_a_swapped_view_brightens_evenly_to_full():
    ease, seen = Ease(), []
    assert ease.brightness() == 1.0
    ease.begin()
    for _ in range(11):
        seen.append(ease.brightness())
        ease.advance(EASE_S / 10)
    assert seen[0] == FIRST and seen[-1] == pytest.approx(1.0)
    assert seen == sorted(seen)
