"""Guides to breathing and applied tension: exact cycles, no held breath, gone at every stop."""

from __future__ import annotations

import pytest
from engine_pier import at_level, make_engine, open_session, pass_ticks
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.engine.guide import BEGIN_TICKS, Guide, cycle_of
from vr_runtime.engine.repose import SKILLS
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.happenings import GuideEnded

BREATHS = st.builds(
    acts.GuideBreathing,
    per_minute=st.floats(4, 8, allow_nan=False),
    in_share=st.floats(0.3, 0.5, allow_nan=False),
)
TENSIONS = st.builds(
    acts.GuideTension,
    tense_s=st.floats(5, 30),
    release_s=st.floats(10, 120),
    times=st.integers(1, 20),
)


@given(BREATHS)
@settings(derandomize=True)
def test_a_breath_goes_in_and_out_at_its_rate_and_is_never_held(act):
    cycle = cycle_of(act)
    assert abs(cycle.ticks - 60 / act.per_minute * 30) <= 0.5
    assert (cycle.first[0], cycle.second[0]) == ("in", "out")
    assert cycle.second[1] >= cycle.first[1] > 0
    guide = Guide(cycle)
    steps = []
    for _tick in range(BEGIN_TICKS + 3 * cycle.ticks):
        steps.append(guide.state().step)
        guide.tick()
    assert set(steps[:BEGIN_TICKS]) == {"begin"}
    one = ["in"] * cycle.first[1] + ["out"] * cycle.second[1]
    assert steps[BEGIN_TICKS:] == 3 * one
    assert guide.whole_rounds == 3 and not guide.finished


@given(TENSIONS)
@settings(derandomize=True, max_examples=40, deadline=None)
def test_tension_is_gone_through_as_often_as_was_asked_and_then_ends(act):
    cycle = cycle_of(act)
    last = BEGIN_TICKS + act.times * cycle.ticks
    guide = Guide(cycle, last - 1)
    assert not guide.finished
    assert guide.state().step == "release" and guide.state().round == act.times
    guide.tick()
    assert guide.finished and guide.whole_rounds == act.times
    assert guide.state().round == act.times


@given(st.one_of(BREATHS, TENSIONS), st.integers(0, 20_000), st.floats(0, 1))
@settings(derandomize=True, deadline=None)
def test_a_guide_flows_on_between_ticks_and_counts_down_to_its_next_step(act, passed, between):
    guide = Guide(cycle_of(act), passed)
    here, there = guide.state(between), Guide(cycle_of(act), passed + 1).state()
    assert 0 <= here.part <= 1 and here.left_s >= 0
    if here.step == there.step and here.round == there.round and not guide.finished:
        assert here.part <= there.part + 1e-9
        assert here.left_s >= there.left_s - 1e-9


def test_as_the_clinic_practises_it_tension_lasts_five_times_forty_five_seconds():
    engine = make_engine()
    open_session(engine)
    assert engine.apply(acts.GuideTension(), "t") is None
    pass_ticks(engine, BEGIN_TICKS + 5 * 45 * 30 - 1)
    assert engine.repose.guide is not None
    engine.take_news()
    pass_ticks(engine, 1)
    assert engine.repose.guide is None
    told = [fresh.what for fresh in engine.take_news()]
    assert told == [GuideEnded(guide="tension", how="finished", rounds=5)]


@pytest.mark.parametrize("guide", [acts.GuideBreathing(), acts.GuideTension()])
def test_stop_takes_every_guide_away_and_the_safe_place_keeps_it(guide):
    engine = make_engine()
    open_session(engine)
    engine.apply(guide, "t")
    engine.apply(acts.SafePlace(), "t")
    assert engine.repose.guide is not None
    engine.take_news()
    engine.apply(acts.Stop(), "t")
    assert engine.repose.guide is None
    ended = [f.what for f in engine.take_news() if isinstance(f.what, GuideEnded)]
    assert [one.how for one in ended] == ["phase"]


def test_tension_shown_in_a_hold_does_not_follow_into_the_exposure():
    engine = make_engine()
    at_level(engine, 3)
    engine.apply(acts.Hold(), "t")
    engine.apply(acts.GuideTension(), "t")
    pass_ticks(engine, 30)
    assert engine.repose.guide is not None
    engine.apply(acts.Resume(), "t")
    assert engine.phase is Phase.EXPOSURE and engine.repose.guide is None


def test_another_guide_takes_the_place_of_the_first():
    engine = make_engine()
    open_session(engine)
    engine.apply(acts.GuideBreathing(), "t")
    pass_ticks(engine, 500)
    engine.apply(acts.GuideTension(), "t")
    guide = engine.repose.guide
    assert guide is not None and (guide.cycle.kind, guide.passed) == ("tension", 0)


def test_the_way_out_is_practised_by_pressing_it_and_leads_to_the_safe_place_and_back():
    engine = make_engine()
    open_session(engine)
    assert engine.apply(acts.Familiarise(), "t") is None
    assert engine.view is View.FAMILIARISATION and engine.ramp is not None
    engine.apply(acts.Practised(what="look"), "patient")
    engine.apply(acts.PatientLeft(), "patient")
    assert (engine.phase, engine.repose.practised) == (Phase.SAFE_PLACE, ("look", "leave"))
    assert engine.apply(acts.Familiarise(), "t") is None
    engine.apply(acts.PatientStopped(), "patient")
    assert engine.phase is Phase.STOPPED


def test_what_was_practised_counts_only_in_the_practice_room_and_outlives_a_new_start():
    engine = make_engine()
    open_session(engine)
    engine.apply(acts.Practised(what="rate"), "patient")
    engine.apply(acts.PatientLeft(), "patient")
    assert engine.repose.practised == ()
    engine.apply(acts.Familiarise(), "t")
    for skill in reversed(SKILLS):
        engine.apply(acts.Practised(what=skill), "patient")
    engine.apply(acts.ChooseRefuge(place="shore"), "t")
    standing = engine.standing()
    assert standing is not None
    again = make_engine()
    again.apply(standing, "runtime")
    assert (again.repose.practised, again.repose.refuge) == (SKILLS, "shore")


def test_the_safe_place_is_not_changed_under_the_patient_who_is_in_it():
    engine = make_engine()
    open_session(engine)
    engine.apply(acts.SafePlace(), "t")
    assert engine.apply(acts.ChooseRefuge(place="room"), "t") is not None
    assert engine.repose.refuge == "meadow"
