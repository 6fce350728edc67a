"""Hour, rain and lamps: what a scenario asks for comes slowly, and nothing ever flashes."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import ScenarioError
from vr_runtime.engine.ports import DT
from vr_runtime.flash.governor import luminance_of
from vr_runtime.flash.measure import CHANGE, OWN_MOST
from vr_runtime.flash.transitions import Transitions
from vr_runtime.stage.lamp import LIGHT_PER_S, MOST_LAMPS, TURN_S
from vr_runtime.stage.look.weather import CLEAR_DAY, Hour, at_hour, white_wall
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.panda.scenery import WARM
from vr_runtime.stage.sky import (
    DAYLIGHT_PER_S,
    LIGHTENS_PER_S,
    LIGHTNING_S,
    RAIN_PER_S,
    WANES_PER_S,
    WETS_PER_S,
)
from vr_runtime.wire.happenings import ComfortLimited

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


def test_a_lightning_comes_softly_fades_slowly_and_is_never_followed_at_once(
    seen: NullStage,
) -> None:
    seen.world.daylight(0.0)
    let_pass(seen, 1.0 / DAYLIGHT_PER_S)
    glow: list[float] = []
    for tick in range(10 * SECOND):
        if tick % 3 == 0:  # asked for ten times a second
            seen.world.lightning(1.0)
        seen.tick(DT)
        glow.append(seen.inner.sky.lightning)
    steps = [b - a for a, b in pairwise(glow)]
    assert max(steps) <= LIGHTENS_PER_S * DT + 1e-9
    assert min(steps) >= -WANES_PER_S * DT - 1e-9
    begun = [k for k, (a, b) in enumerate(pairwise(glow)) if a == 0.0 and b > 0.0]
    assert all((b - a) * DT > LIGHTNING_S - 2 * DT for a, b in pairwise(begun))
    assert max(glow) > 0.95 and not seen.news()


def test_lightning_lights_the_sky_and_leaves_nothing_behind(seen: NullStage) -> None:
    dark, lit = Hour(daylight=0.0), Hour(daylight=0.0, lightning=1.0)
    assert white_wall(lit) > white_wall(dark) + CHANGE
    seen.world.lightning(0.7)
    let_pass(seen, 0.2)
    assert seen.inner.sky.lightning > 0.3
    seen.clear("scene")
    assert seen.inner.sky.lightning == 0.0


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


APART_M = (0.5, 1.0, 2.0, 4.0, 8.0)


def lit(stage: NullStage, *, by_day: bool = False) -> list[float]:
    """Relative luminance of a white wall at these distances from all lamps, as it is displayed.

    The tones of the film's own curve, as in `look.chunks.light`: the steeper of the two.
    """
    sky = stage.inner.sky
    weather = at_hour(CLEAR_DAY, Hour(sky.daylight, sky.raining))
    day = weighed(weather.sun) + weighed(weather.horizon) if by_day else 0.0
    lamps = weighed(WARM) * sum(lamp.share for lamp in stage.inner.lamps())
    light = [0.88 * (day + lamps / m**2) for m in APART_M]
    return [
        luminance_of(math.sqrt(c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14)))
        for c in light
    ]


def weighed(light: tuple[float, float, float]) -> float:
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), light, strict=True))


class Counted:
    """Opposing changes of these lights, counted as in pictures."""

    def __init__(self, lights: Callable[[], list[float]]) -> None:
        self._lights = lights
        self._count = Transitions((len(lights()),), CHANGE)
        self._at_s = 0.0
        self.most = 0

    def look(self) -> None:
        self._at_s += DT
        self._count.take(self._at_s, np.array(self._lights()))
        self.most = max(self.most, int(self._count.last_second.max()))


PHASES = (0.0, 0.625, 0.25, 0.875)


@pytest.mark.parametrize("bright", [0.01, 0.03, 0.0875, 0.35, 1.0])
def test_lamps_in_turn_do_not_make_together_the_flashes_that_none_of_them_makes(
    seen: NullStage, bright: float
) -> None:
    lamps = [seen.world.lamp((0, 0, 2), light=0.0) for _ in range(MOST_LAMPS)]
    counted = Counted(lambda: lit(seen))
    for tick in range(10 * SECOND):
        for n, lamp in enumerate(lamps):
            on = (tick * DT - PHASES[n % 4]) % 1.0 < 0.5
            lamp.set("light", bright if on else 0.0)
        seen.tick(DT)
        counted.look()
    assert counted.most <= OWN_MOST
    if bright > 0.01:
        assert ComfortLimited(what="flashing") in seen.news()


@settings(max_examples=40, deadline=None)
@given(
    asked=st.lists(
        st.tuples(*[st.sampled_from([0.0, 0.02, 0.1, 0.4, 1.0])] * 3), min_size=20, max_size=40
    ),
    ticks=st.integers(2, 12),
)
def test_whatever_lamps_and_hour_are_asked_for_together_it_does_not_flash(
    asked: list[tuple[float, float, float]], ticks: int
) -> None:
    stage = NullStage(shipped())
    stage.inner.standing.seen = True
    lamps = [stage.world.lamp((0, 0, 2), light=0.0) for _ in range(2)]
    counted = Counted(lambda: [*lit(stage), *lit(stage, by_day=True)])
    for one, other, day in asked:
        lamps[0].set("light", one)
        lamps[1].set("light", other)
        stage.world.daylight(day)
        for _ in range(ticks):
            stage.tick(DT)
            counted.look()
    assert counted.most <= OWN_MOST


@pytest.mark.parametrize("second_s", [0.2, 0.5, 1.0])
def test_lamps_that_are_taken_away_and_brought_back_do_not_flash(
    seen: NullStage, second_s: float
) -> None:
    counted = Counted(lambda: lit(seen))
    for tick in range(10 * SECOND):
        if tick % round(second_s / DT) == 0:
            for lamp in seen.inner.lamps():
                lamp.remove()
            seen.world.lamp((0, 0, 2))
        seen.tick(DT)
        counted.look()
    assert counted.most <= OWN_MOST


@pytest.mark.parametrize("hertz", [0.5, 1.0, 2.5, 5.0])
def test_a_day_to_and_fro_under_a_flickering_dark_does_not_flash(
    seen: NullStage, hertz: float
) -> None:
    sky, dark = seen.inner.sky, seen.inner.darkness

    def light() -> list[float]:
        day = white_wall(Hour(sky.daylight, sky.raining))
        return [day, day * luminance_of(dark.brightness(1.0))]

    seen.inner.standing.seen = False
    seen.world.daylight(0.2)
    seen.tick(DT)
    seen.inner.standing.seen = True
    counted = Counted(light)
    for tick in range(12 * SECOND):
        high = (tick * DT * hertz) % 1.0 < 0.5
        seen.world.daylight(0.4 if high else 0.0)
        seen.world.rain(0.0 if high else 1.0)
        seen.world.darken(0.0 if high else 0.5)
        seen.tick(DT)
        counted.look()
    assert counted.most <= OWN_MOST


def test_a_day_that_only_falls_and_lamps_that_come_up_meanwhile_are_shown_as_asked(
    seen: NullStage,
) -> None:
    seen.world.daylight(0.0)
    let_pass(seen, 0.5 / DAYLIGHT_PER_S)
    lamps = [seen.world.lamp((0, 0, 2)) for _ in range(3)]
    let_pass(seen, 1.0 / LIGHT_PER_S + 2 * DT)
    assert [lamp.share for lamp in lamps] == [1.0, 1.0, 1.0]
    let_pass(seen, 0.5 / DAYLIGHT_PER_S)
    assert seen.inner.sky.daylight == pytest.approx(0.0) and not seen.news()


def test_who_is_taken_out_of_the_scene_waits_for_no_light(seen: NullStage) -> None:
    lamp = seen.world.lamp((0, 0, 2), light=0.0)
    for tick in range(2 * SECOND):
        lamp.set("light", float(tick // 5 % 2))
        seen.world.daylight(float(tick // 5 % 2))
        seen.tick(DT)
    lamp.set("light", 1.0)
    seen.world.daylight(0.0)
    seen.inner.standing.seen = False
    seen.tick(DT)
    assert (lamp.share, seen.inner.sky.daylight) == (1.0, 0.0)
    seen.clear("scene")
    assert seen.inner.sky.daylight == 1.0 and not seen.inner.lamps()
