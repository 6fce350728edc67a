"""Resting places and guides of a scene: one place, slow changes, a guide that leads on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import Breathing, ScenarioError, Tensing
from vr_runtime.display.repose.guiding import radius
from vr_runtime.engine.guide import BEGIN_TICKS
from vr_runtime.engine.ports import DT
from vr_runtime.stage.guided import Guided
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.resting import CHANGE_PER_S, PLACES, Resting


@pytest.fixture
def stage() -> NullStage:
    stage = NullStage(shipped())
    stage.inner.standing.seen = True
    return stage


def pass_ticks(stage: NullStage, count: int) -> None:
    for _ in range(count):
        stage.tick(DT)


@pytest.mark.parametrize("name", PLACES)
def test_a_place_is_as_its_patient_knows_it_until_something_is_asked_of_it(stage, name):
    place = stage.inner.resting_place(name)
    pass_ticks(stage, 30)
    assert place.values == PLACES[name]


def test_a_scenario_has_one_resting_place_and_makes_it_in_build(stage):
    with stage.owner("event:late:1"), pytest.raises(ScenarioError, match="made in `build`"):
        stage.inner.resting_place("shore")
    stage.inner.resting_place("shore")
    with pytest.raises(ScenarioError, match="one resting place"):
        stage.inner.resting_place("room")
    with pytest.raises(ScenarioError, match='the nearest is "meadow"'):
        NullStage(shipped()).inner.resting_place("medow")


def test_a_place_takes_what_it_declares_and_tells_the_nearest_of_the_rest(stage):
    place = stage.inner.resting_place("shore")
    with pytest.raises(ScenarioError, match='the nearest is "waves"'):
        place.set("wave", 0.5)
    with pytest.raises(ScenarioError):
        place.set("lamp", 0.5)


@pytest.mark.parametrize(("name", "value", "to"), [("shore", "waves", 1.0), ("room", "lamp", 0.0)])
def test_a_change_takes_seconds_before_the_eyes_and_none_behind_them(stage, name, value, to):
    place = stage.inner.resting_place(name)
    place.set(value, to)
    for _tick in range(90):
        before = place.values[value]
        stage.tick(DT)
        assert abs(place.values[value] - before) <= CHANGE_PER_S[value] * DT + 1e-9
    assert place.values[value] != to
    stage.inner.standing.seen = False
    stage.tick(DT)
    assert place.values[value] == to


def test_a_place_stays_where_it_is_and_is_never_a_movement_of_the_ground(stage):
    place = stage.inner.resting_place("meadow")
    place.at, place.heading, place.visible = (5.0, 0.0, 0.0), 90.0, False
    pass_ticks(stage, 2)
    assert isinstance(place, Resting)
    assert place.drawn(0.5).at == (0.0, 0.0, 0.0) and place.drawn(1.0).visible
    assert stage.inner.held() == set() and stage.news() == []


def test_nothing_stands_on_a_resting_place_or_a_guide(stage):
    for carrier in (stage.inner.resting_place("room"), stage.inner.guide(Breathing())):
        with pytest.raises(ScenarioError, match="nothing stands on"):
            stage.inner.box((1.0, 1.0, 1.0), material="wood", parent=carrier)


def test_a_place_and_a_guide_are_gone_with_the_scene(stage):
    stage.inner.resting_place("room")
    stage.inner.guide(Tensing())
    assert stage.guide() is not None
    stage.clear("scene")
    assert stage.guide() is None and stage.inner.resting is None and not stage.inner.placed


def test_a_further_guide_takes_the_place_of_the_one_that_is_shown(stage):
    first = stage.inner.guide(Breathing())
    second = stage.inner.guide(Tensing())
    assert first.removed and stage.inner.guides() == [second]
    state = stage.guide()
    assert state is not None and state.guide == "tension"


def test_a_guide_helps_less_from_words_over_shape_to_breath_and_nothing(stage):
    guide = stage.inner.guide(Breathing())
    seen = []
    for percent in range(100, -1, -5):
        guide.help = percent / 100.0
        seen.append((guide.words, guide.seen, guide.heard))
    assert seen[0] == (True, 1.0, 1.0) and seen[-1] == (False, 0.0, 0.0)
    assert all(a >= b for one, next_ in pairwise(seen) for a, b in zip(one, next_, strict=True))
    assert all(heard == 1.0 for words, shape, heard in seen if shape > 0.0), "the breath goes last"


RATES = st.floats(4.0, 10.0)


@given(st.lists(st.tuples(st.integers(1, 900), RATES), min_size=1, max_size=8))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_whatever_pace_is_asked_for_when_the_shape_never_leaps(changes):
    guide = Guided(Breathing(), owner="scene", forget=lambda _gone: None)
    size = radius(guide.led.state())
    rounds = 0
    for ticks, rate in changes:
        guide.lead(Breathing(per_minute=rate))
        for _tick in range(ticks):
            guide.go_on()
            now = radius(guide.led.state())
            assert abs(now - size) < 0.012, "from one tick to the next"
            assert rounds <= guide.rounds <= rounds + 1, "no breath is lost or counted twice"
            size, rounds = now, guide.rounds
    assert not guide.over


@given(st.floats(3.0, 20.0), st.floats(5.0, 60.0), st.integers(1, 20))
@settings(derandomize=True, deadline=None, max_examples=40)
def test_tensing_is_over_after_its_rounds_and_not_before(tense_s, release_s, rounds):
    guide = Guided(Tensing(tense_s, release_s, rounds), owner="scene", forget=lambda _gone: None)
    whole = BEGIN_TICKS + rounds * guide.led.cycle.ticks
    guide.led.passed = whole - 1
    assert not guide.over
    guide.go_on()
    assert guide.over and guide.rounds == rounds


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Breathing(per_minute=3.9),
        lambda: Breathing(per_minute=10.1),
        lambda: Breathing(per_minute=float("nan")),
        lambda: Breathing(breathe_in=3.0, breathe_out=2.0),
        lambda: Breathing(breathe_in=1.0, breathe_out=3.5),
        lambda: Tensing(tense_s=21.0),
        lambda: Tensing(release_s=4.0),
        lambda: Tensing(rounds=0),
        lambda: Tensing(rounds=2.5),  # type: ignore[arg-type]
    ],
)
def test_an_exercise_outside_its_figures_is_refused_in_a_sentence(wrong):
    with pytest.raises(ScenarioError):
        wrong()


def test_a_guide_leads_through_exercises_alone(stage):
    with pytest.raises(ScenarioError, match="`Breathing` or `Tensing`"):
        stage.inner.guide("breathing")
