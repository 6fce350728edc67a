"""Hour, rain and lamps: what a scenario asks for comes slowly, and nothing ever flashes."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import ScenarioError
from vr_runtime.engine.ports import DT
from vr_runtime.stage.lamp import LIGHT_PER_S, MOST_LAMPS, TURN_S
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.sky import DAYLIGHT_PER_S, RAIN_PER_S, WETS_PER_S

SECOND = round(1 / DT)


@pytest.fixture
def stage() -> NullStage:
    return NullStage(shipped())


@pytest.fixture
def seen(stage: NullStage) -> NullStage:
    stage.inner.standing.seen = True
    return stage


def let_pass(stage: NullStage, seconds: float) -> None:
    for _ in range(round(seconds / DT)):
        stage.tick(DT)


def test_an_hour_that_nobody_sees_is_there_at_once(stage: NullStage) -> None:
    stage.world.daylight(0.0)
    stage.world.rain(1.0)
    stage.tick(DT)
    sky = stage.inner.sky
    assert (sky.daylight, sky.raining, sky.wet) == (0.0, 1.0, 1.0)


def test_a_seen_hour_and_rain_change_slowly(seen: NullStage) -> None:
    seen.world.daylight(0.0)
    seen.world.rain(1.0)
    let_pass(seen, 1.0)
    sky = seen.inner.sky
    assert sky.daylight == pytest.approx(1.0 - DAYLIGHT_PER_S)
    assert sky.raining == pytest.approx(RAIN_PER_S)
    let_pass(seen, 1.0 / DAYLIGHT_PER_S)
    assert (sky.daylight, sky.raining) == (0.0, 1.0)


def test_the_ground_gets_wet_behind_the_rain_and_dries_more_slowly(seen: NullStage) -> None:
    sky = seen.inner.sky
    seen.world.rain(1.0)
    let_pass(seen, 4.0)
    assert 0.0 < sky.wet < sky.raining
    let_pass(seen, 1.0 / WETS_PER_S)
    assert sky.wet == pytest.approx(1.0)
    seen.world.rain(0.0)
    let_pass(seen, 10.0)
    assert sky.raining == 0.0 and sky.wet > 0.8


def test_the_end_of_a_scenario_brings_a_fair_noon_and_no_lamp(seen: NullStage) -> None:
    seen.world.daylight(0.1)
    seen.world.rain(0.8)
    seen.world.lamp((0, 0, 2))
    let_pass(seen, 3.0)
    seen.clear("scene")
    sky = seen.inner.sky
    assert (sky.daylight, sky.raining, sky.wet, seen.inner.lamps()) == (1.0, 0.0, 0.0, [])


def test_a_lamp_comes_up_slowly_and_goes_with_what_made_it(seen: NullStage) -> None:
    with seen.owner("event:x:1"):
        lamp = seen.world.lamp((1, 2, 3), reach=5.0, light=0.5)
    let_pass(seen, 0.2)
    assert lamp.share == pytest.approx(0.2 * LIGHT_PER_S, abs=0.03)
    let_pass(seen, 2.0)
    assert lamp.share == pytest.approx(0.5)
    lamp.visible = False
    let_pass(seen, 2.0)
    assert lamp.share == 0.0
    seen.clear("event:x:1")
    assert lamp.removed and seen.inner.lamps() == []


def test_a_lamp_may_stand_on_what_moves(stage: NullStage) -> None:
    cart = stage.world.box((1, 1, 1), material="wood")
    lamp = stage.world.lamp((0, 0, 1), parent=cart)
    cart.remove()
    assert lamp.removed


def test_one_lamp_too_many_is_told(stage: NullStage) -> None:
    for _ in range(MOST_LAMPS):
        stage.world.lamp((0, 0, 1))
    with pytest.raises(ScenarioError, match="8 lamps"):
        stage.world.lamp((0, 0, 1))


@pytest.mark.parametrize("ask", ["daylight", "rain"])
@pytest.mark.parametrize("value", [math.nan, "much", None, True])
def test_what_is_no_number_is_told(stage: NullStage, ask: str, value: object) -> None:
    with pytest.raises(ScenarioError, match="must be a number"):
        getattr(stage.world, ask)(value)


@settings(max_examples=40, deadline=None)
@given(asked=st.lists(st.floats(-1.0, 2.0), min_size=90, max_size=90))
def test_whatever_a_scenario_asks_no_light_ever_flashes(asked: list[float]) -> None:
    stage = NullStage(shipped())
    stage.inner.standing.seen = True
    lamp = stage.world.lamp((0, 0, 2))
    lamp_was, day_was = [], []
    for share in asked:
        lamp.set("light", share)
        stage.world.daylight(share)
        stage.tick(DT)
        lamp_was.append(lamp.share)
        day_was.append(stage.inner.sky.daylight)
    for course, most in ((lamp_was, LIGHT_PER_S), (day_was, DAYLIGHT_PER_S)):
        assert all(0.0 <= share <= 1.0 for share in course)
        assert all(abs(b - a) <= most * DT + 1e-9 for a, b in pairwise(course))
    assert len(turns(lamp_was)) <= 2 * len(asked) // SECOND
    for first, second in pairwise(turns(lamp_was)):
        assert (second - first) * DT >= TURN_S - 1e-9, "one pair of opposing changes in a second"


def turns(course: list[float]) -> list[int]:
    """The ticks at which something that rose begins to sink, or the other way about."""
    found, direction = [], 0.0
    for tick, (a, b) in enumerate(pairwise(course)):
        if b != a and math.copysign(1.0, b - a) != direction:
            if direction:
                found.append(tick)
            direction = math.copysign(1.0, b - a)
    return found
