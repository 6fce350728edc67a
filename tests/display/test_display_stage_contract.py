"""What every stage keeps, whether it draws or not."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import Graded, Scenario, ScenarioError
from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.ports import DT
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.sky import CLOUDS_PER_S
from vr_runtime.stage.world import LONGEST_MARK, MOST_SOUNDS
from vr_runtime.wire.acts import View


@pytest.fixture(params=["null", pytest.param("drawn", marks=pytest.mark.render)])
def display(request):
    if request.param == "null":
        return NullDisplay(shipped())
    return request.getfixturevalue("drawn")


@pytest.fixture
def stage(display):
    return display.stage


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda w: w.model("city/flga"), 'no model "city/flga"; the nearest is "city/flag"'),
        (lambda w: w.box((1, 1, 1), material="wod"), 'no material "wod"; the nearest is "wood"'),
        (lambda w: w.sound("calm/medow"), 'no sound "calm/medow"; the nearest is "calm/meadow"'),
        (lambda w: w.model("animals/pigeon").set("flpa", 1.0), 'the nearest is "flap"'),
        (lambda w: w.box((1, 1, 1), material="wood").set("sway", 1.0), 'no "sway" here'),
        (lambda w: w.box((1, 1, 1), material="foliage"), 'no material "foliage"'),
        (lambda w: w.box((1, 0, 1), material="wood"), "size above 0"),
        (lambda w: w.model("city/flag", at=(0, math.nan, 0)), "must be a number"),
        (lambda w: w.viewer.stand((0, 1)), "three numbers"),
        (lambda w: w.wind(math.inf), "must be a number"),
        (lambda w: w.clouds("many"), "must be a number"),
        (lambda w: w.mark("  "), "needs a text"),
    ],
)
def test_what_cannot_be_done_is_told_with_what_to_write(stage, ask, told):
    with pytest.raises(ScenarioError, match=re.escape(told)):
        ask(stage.world)


def test_what_an_event_made_goes_with_the_event_and_the_scene_stays(stage):
    with stage.owner("scene"):
        deck = stage.world.box((1, 1, 1), material="wood")
    with stage.owner("gust#1"):
        pigeon = stage.world.model("animals/pigeon", parent=deck)
        wings = stage.world.sound("calm/meadow", parent=pigeon, at=(0, 0, 0))
    stage.clear("gust#1")
    assert pigeon.removed and wings.removed
    assert stage.inner.placed == [deck]
    stage.clear("scene")
    assert stage.inner.placed == [] and stage.inner.heard == []


def test_owner_is_given_back_when_an_event_fails(stage):
    with pytest.raises(RuntimeError), stage.owner("gust#1"):
        raise RuntimeError("a fault of the author")
    assert stage.world.box((1, 1, 1), material="wood").owner == "scene"


def test_clearing_the_scene_also_takes_what_events_made_and_stills_the_wind(stage):
    with stage.owner("gust#1"):
        stage.world.box((1, 1, 1), material="wood")
    stage.world.wind(0.7)
    stage.world.clouds(0.7)
    stage.tick(DT)
    stage.world.viewer.stand((0, 0, 30))
    stage.clear("scene")
    assert stage.inner.placed == []
    assert stage.inner.wind_strength == 0.0
    stage.tick(DT)
    assert stage.inner.sky.clouded == 0.0
    assert stage.inner.standing.footing.at == (0, 0, 0)


def test_a_seen_sky_changes_slowly_and_an_unseen_one_at_once(stage):
    stage.world.clouds(0.5)
    stage.tick(DT)
    assert stage.inner.sky.clouded == 0.5
    stage.inner.standing.seen = True
    stage.world.clouds(1.0)
    stage.tick(DT)
    assert 0.5 < stage.inner.sky.clouded <= 0.5 + CLOUDS_PER_S * DT + 1e-9
    for _ in range(round(0.6 / CLOUDS_PER_S / DT)):
        stage.tick(DT)
    assert stage.inner.sky.clouded == pytest.approx(1.0)
    stage.inner.standing.seen = False


def test_what_stands_on_a_removed_thing_goes_with_it_and_twice_does_nothing(stage):
    deck = stage.world.box((1, 1, 1), material="wood")
    step = stage.world.box((1, 1, 1), material="wood", parent=deck)
    deck.remove()
    deck.remove()
    assert step.removed and stage.inner.placed == []
    with pytest.raises(ScenarioError, match="parent"):
        stage.world.box((1, 1, 1), material="wood", parent=deck)


def test_a_place_that_was_set_is_read_back_and_glides_reach_it(stage):
    thing = stage.world.box((1, 1, 1), material="wood", at=(1, 2, 3))
    steps = thing.glide_to((1, 2, 5), seconds=1.0)
    next(steps)
    for _ in range(15):
        steps.send(DT)
        stage.tick(DT)
    assert thing.at == pytest.approx((1, 2, 4))
    thing.heading, thing.pitch, thing.scale, thing.visible = 90.0, 5.0, (1, 2, 1), False
    assert (thing.heading, thing.pitch, thing.scale, thing.visible) == (90, 5, (1, 2, 1), False)


@settings(max_examples=60, deadline=None)
@given(
    target=st.tuples(*[st.floats(-50, 50)] * 3),
    seconds=st.floats(0.0, 5.0),
)
def test_a_glide_ends_exactly_at_its_target_in_its_time(target, seconds):
    thing = NullStage(shipped()).world.box((1, 1, 1), material="wood", at=(1, 2, 3))
    steps, ticks = thing.glide_to(target, seconds=seconds), 0
    try:
        next(steps)
        while True:
            ticks += 1
            steps.send(DT)
    except StopIteration:
        pass
    assert thing.at == pytest.approx(target)
    assert ticks * DT == pytest.approx(seconds, abs=DT + 1e-6)


@settings(deadline=None)
@given(value=st.floats(-5, 5))
def test_a_set_value_stays_within_0_and_1(value):
    pigeon = NullStage(shipped()).world.model("animals/pigeon")
    pigeon.set("flap", value)
    assert 0.0 <= pigeon.values["flap"] <= 1.0


def test_marks_are_told_once_in_order_and_cut_to_eighty(stage):
    stage.world.mark("first")
    stage.world.mark("x" * 200)
    first, long = stage.marks()
    assert first == "first"
    assert len(long) == LONGEST_MARK and long.endswith("…")
    assert stage.marks() == []


def test_a_scenario_that_makes_sounds_without_end_is_told(stage):
    for _ in range(MOST_SOUNDS):
        stage.world.sound("calm/meadow")
    with pytest.raises(ScenarioError, match="more than"):
        stage.world.sound("calm/meadow")


def test_nothing_asked_for_is_ready(stage):
    assert stage.loading() == 1.0


@pytest.mark.render
def test_volume_and_tone_are_applied_and_no_line_goes_on_outside_the_scene(drawn):
    for display in (drawn, NullDisplay(shipped())):
        display.sound_with(-9, True)
        display.draw(1.0)
        told = display.state()
        assert (told.volume_db, told.tone) == (-9, display is drawn)
        display.show(View.SCENE)
        display.stage.speak_for(Speaking.manifest())
        display.stage.world.say("hello")
        display.draw(1.0)
        assert display.stage.inner.caption is not None
        display.show(View.SAFE_PLACE)
        assert display.stage.inner.caption is None
        display.sound_with(0, False)
        display.show(View.NEUTRAL)
        assert not display.state().tone


class Speaking(Scenario):
    id = "test.speaking"
    title = summary = {"fr": "Une voix", "en": "A voice"}
    phobia = "heights"
    levels = {n: {"fr": "une voix", "en": "a voice"} for n in range(11)}
    lines = {"hello": {"fr": "Bonjour.", "en": "Hello."}}
    height = Graded.steps({0: 0, 10: 1}, fr="hauteur", en="height")


def test_a_null_display_draws_nothing_and_says_so():
    display = NullDisplay(shipped())
    assert display.due_s() == math.inf
    assert display.picture(160, 90) is None
    assert display.state().sound == "none" and display.state().fps == 0
