"""Every phase meets every act: the table says what happens, and stop always leads out."""

from __future__ import annotations

from typing import get_args

import pytest
from engine_pier import at_level, begin, make_engine, open_session, pass_ticks

from vr_runtime.engine import phases
from vr_runtime.engine.engine import Engine
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase, View
from vr_runtime.wire.hearing import PlayTone, SetVolume, StopTone
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.sight import PatientSettings

STOPS: list[Act] = [
    acts.Stop(),
    acts.PatientStopped(),
    acts.RuntimeKeyStop(),
    acts.WindowClosed(),
]


def engine_in(phase: Phase, *, task: str | None = None) -> Engine:
    """An engine that has been led into `phase` by ordinary acts, in a scene with this task."""
    engine = make_engine()
    if phase is Phase.IDLE:
        return engine
    if phase is Phase.LOADING:
        engine.apply(acts.OpenSession(session="s1", scenario="test.pier", seed=1, ceiling=10), "t")
        return engine
    if phase is Phase.READY:
        open_session(engine)
        return engine
    at_level(engine, 4)
    assert task is None or engine.apply(acts.GiveTask(name=task), "t") is None
    led: dict[Phase, Act] = {
        Phase.HOLD: acts.Hold(),
        Phase.PAUSE: acts.Pause(),
        Phase.SAFE_PLACE: acts.SafePlace(),
        Phase.STOPPED: acts.Stop(),
        Phase.FAMILIARISATION: acts.SafePlace(),
    }
    if phase in led:
        assert engine.apply(led[phase], "t") is None
    if phase is Phase.FAMILIARISATION:
        assert engine.apply(acts.Familiarise(), "t") is None
    assert engine.phase is phase
    return engine


@pytest.mark.parametrize("phase", [p for p in Phase if p is not Phase.IDLE])
@pytest.mark.parametrize("stop", STOPS, ids=lambda a: a.kind)
def test_stop_leads_from_every_phase_to_the_neutral_view(phase: Phase, stop: Act) -> None:
    engine = engine_in(phase)
    assert engine.apply(stop, "anyone") is None
    assert engine.phase is Phase.STOPPED
    assert engine.view is View.NEUTRAL
    assert not engine.trial_open
    assert engine.armed is None


@pytest.mark.parametrize("stop", STOPS, ids=lambda a: a.kind)
def test_stop_without_a_session_is_taken_and_changes_nothing(stop: Act) -> None:
    engine = engine_in(Phase.IDLE)
    assert engine.apply(stop, "anyone") is None
    assert engine.phase is Phase.IDLE


EVERY: list[Act] = [
    acts.OpenSession(session="s2", scenario="test.pier", seed=2, ceiling=5),
    acts.CloseSession(),
    acts.ArmTrial(level=3),
    acts.BeginTrial(level=3),
    acts.Raise(level=5),
    acts.Lower(level=1),
    acts.SetValue(name="rail", value=1.3),
    acts.FollowLevel(name="rail"),
    acts.SetCeiling(level=9),
    acts.Trigger(name="gull"),
    acts.GiveTask(name="stay"),
    acts.TaskDone(name="arms"),
    acts.TakeBackTask(name="arms"),
    acts.Hold(),
    acts.Resume(),
    acts.Pause(),
    acts.SafePlace(),
    acts.SetQuality(quality="lowered"),
    acts.SetObservers(allowed=True),
    acts.SetPose(allowed=True),
    acts.Stop(),
    SetVolume(volume_db=-6),
    PlayTone(),
    StopTone(),
    acts.Loaded(sha256="0" * 64),
    acts.LoadFailed(text="x"),
    acts.ConsoleLost(),
    acts.GraceOver(),
    acts.ConsoleBack(),
    acts.PatientLeft(),
    acts.PatientStopped(),
    acts.RuntimeKeyStop(),
    acts.WindowClosed(),
    acts.ScenarioFailed(text="x"),
    acts.RuntimeRestarted(
        session="s1",
        scenario="test.pier",
        sha256="0" * 64,
        seed=1,
        ceiling=6,
        grace_s=5.0,
        trial=2,
        come_back=3,
        disabled=None,
        why="hung",
    ),
    acts.SoundLost(),
    acts.SoundBack(),
    acts.DisplaySlow(fps=40, wanted=90, lower=True),
    acts.DisplayTooSlow(fps=40, wanted=90),
    acts.DisplaySteady(),
    acts.HeadsetOff(),
    acts.HeadsetOn(),
    acts.HeadsetLost(what="tracking"),
    acts.HeadsetAway(),
    acts.HeadsetBack(),
    acts.FlashDimmed(),
    acts.ChooseRefuge(place="shore"),
    acts.Familiarise(),
    acts.EndFamiliarisation(),
    acts.GuideBreathing(per_minute=5.0),
    acts.GuideTension(times=2),
    acts.EndGuide(),
    acts.Practised(what="look"),
    acts.AskRating(),
    acts.ShowText(text="Regardez l'horizon."),
    acts.TakeAway(what="text"),
    acts.ShowWayOut(),
    acts.Recentre(),
    acts.SetPatient(patient=PatientSettings(hand="left", countdown_s=3)),
    acts.DialRaised(),
    acts.PatientRated(suds=40),
    acts.PatientRecentred(),
    acts.PatientWalked(mark=0),
]
"""Each kind of act once, as it would be taken wherever its kind is taken at all."""


def test_every_kind_of_act_is_walked_and_named_in_the_tables() -> None:
    kinds = {act.kind for act in EVERY}
    assert kinds == {kind.model_fields["kind"].default for kind in get_args(acts.Act)}
    therapists = {kind.model_fields["kind"].default for kind in get_args(acts.TherapistAct)}
    named = {act for _, act in phases.TABLE} | {act for _, act in phases.STAYS}
    assert therapists <= named <= kinds
    assert not set(phases.TABLE) & phases.STAYS
    assert set(phases.VIEWS) == set(Phase)


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("act", EVERY, ids=lambda a: a.kind)
def test_an_act_leads_where_the_tables_say_or_nowhere(phase: Phase, act: Act) -> None:
    over = isinstance(act, acts.TaskDone | acts.TakeBackTask)
    engine = engine_in(phase, task="arms" if over else None)
    if isinstance(act, acts.BeginTrial):
        engine.apply(acts.ArmTrial(level=act.level), "t")
    before, level = engine.digest(), 0.0 if engine.ramp is None else engine.ramp.level
    engine.take_news()
    expected = phases.after(phase, act.kind)
    refused = engine.apply(act, "t")
    assert engine.phase is (phase if expected is None else expected)
    assert engine.view is phases.VIEWS[engine.phase]
    therapist = isinstance(act, acts.TherapistAct)
    if therapist and act.kind not in phases.STOPS:
        assert (refused is None) == phases.takes(phase, act.kind)
        assert refused in (None, Code.WRONG_PHASE)
    else:
        assert refused is None
    if refused is not None:
        assert engine.digest() == before and not engine.take_news()
    # Nothing that happens by itself makes it harder, and no act does at once.
    assert engine.ramp is None or engine.ramp.level <= level
    if not therapist and engine.ramp is not None:
        assert engine.ramp.asked <= 4


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize(
    "act", [a for a in EVERY if isinstance(a, acts.Occurrence)], ids=lambda a: a.kind
)
def test_nothing_that_happens_by_itself_leads_into_the_scene(phase: Phase, act: Act) -> None:
    engine = engine_in(phase)
    before = engine.view
    engine.apply(act, "runtime")
    assert engine.view in (before, View.NEUTRAL, View.SAFE_PLACE)
    assert phases.after(phase, act.kind) is not Phase.EXPOSURE


@pytest.mark.parametrize("away", [acts.HeadsetOff(), acts.HeadsetLost(what="session")])
@pytest.mark.parametrize("phase", [Phase.EXPOSURE, Phase.SAFE_PLACE], ids=str)
def test_no_scene_is_shown_to_a_headset_that_nobody_wears(phase: Phase, away: Act) -> None:
    engine = engine_in(phase)
    engine.apply(away, "runtime")
    assert engine.phase in (Phase.PAUSE, Phase.HOLD, Phase.SAFE_PLACE)
    back: Act = acts.Resume() if engine.phase is Phase.HOLD else acts.ArmTrial(level=1)
    assert engine.apply(back, "t") is Code.HEADSET_AWAY
    ends: Act = acts.HeadsetOn() if away.kind == "headset_off" else acts.HeadsetBack()
    engine.apply(ends, "runtime")
    assert engine.phase is not Phase.EXPOSURE or phase is Phase.EXPOSURE
    assert engine.apply(back, "t") is None


@pytest.mark.parametrize("phase", [Phase.READY, Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED])
def test_a_level_named_before_the_sound_was_lost_is_named_anew(phase: Phase) -> None:
    engine = engine_in(phase)
    assert engine.apply(acts.ArmTrial(level=1), "t") is None
    engine.apply(acts.SoundLost(), "runtime")
    assert engine.phase is phase
    assert engine.apply(acts.BeginTrial(level=1), "t") is Code.NOT_ARMED
    assert engine.apply(acts.ArmTrial(level=1), "t") is None
    assert engine.apply(acts.BeginTrial(level=1), "t") is None


def test_a_headset_put_down_before_the_session_is_known_in_it() -> None:
    engine = make_engine()
    engine.apply(acts.HeadsetOff(), "runtime")
    open_session(engine)
    assert engine.apply(acts.ArmTrial(level=1), "t") is Code.HEADSET_AWAY
    engine.apply(acts.HeadsetOn(), "runtime")
    assert engine.apply(acts.ArmTrial(level=1), "t") is None


def test_a_slow_headset_lowers_the_quality_until_the_therapist_or_the_session_ends_it() -> None:
    engine = engine_in(Phase.EXPOSURE)
    engine.apply(acts.DisplaySlow(fps=30, wanted=90, lower=False), "runtime")
    assert engine.quality == "full"
    engine.apply(acts.DisplaySlow(fps=30, wanted=90, lower=True), "runtime")
    assert (engine.quality, engine.phase) == ("lowered", Phase.EXPOSURE)
    engine.apply(acts.DisplaySteady(), "runtime")
    assert engine.quality == "lowered"
    assert engine.apply(acts.SetQuality(quality="full"), "t") is None
    assert engine.quality == "full"
    engine.apply(acts.DisplaySlow(fps=30, wanted=90, lower=True), "runtime")
    engine.apply(acts.CloseSession(), "t")
    assert engine.quality == "full"


def test_a_refused_act_leaves_no_trace_in_the_state() -> None:
    engine = engine_in(Phase.SAFE_PLACE)
    before = engine.digest()
    assert engine.apply(acts.Raise(level=1), "t") is Code.WRONG_PHASE
    assert engine.apply(acts.Resume(), "t") is Code.WRONG_PHASE
    assert engine.digest() == before


def test_only_a_begun_trial_or_a_resumed_hold_leads_into_the_scene() -> None:
    into = {act for (_, act), after in phases.TABLE.items() if after is Phase.EXPOSURE}
    assert into == {"begin_trial", "resume"}


def test_nothing_but_the_therapist_leads_out_of_the_safe_place_except_a_stop_or_close() -> None:
    out = {act for (before, act) in phases.TABLE if before is Phase.SAFE_PLACE}
    by_itself = out - {"begin_trial", "familiarise", "pause", "close_session", "stop"}
    assert by_itself == {"patient_left", "patient_stopped", "runtime_key_stop", "window_closed"}
    assert {phases.TABLE[Phase.SAFE_PLACE, act] for act in by_itself} == {Phase.STOPPED}


def test_a_trial_begins_only_at_the_level_that_was_named_first() -> None:
    engine = engine_in(Phase.READY)
    assert engine.apply(acts.BeginTrial(level=3), "t") is Code.NOT_ARMED
    engine.apply(acts.ArmTrial(level=3), "t")
    assert engine.apply(acts.BeginTrial(level=4), "t") is Code.NOT_ARMED
    assert engine.apply(acts.BeginTrial(level=3), "t") is None
    assert engine.phase is Phase.EXPOSURE


@pytest.mark.parametrize("away", [acts.Stop(), acts.SafePlace()], ids=lambda a: a.kind)
def test_leaving_forgets_the_level_that_was_named(away: Act) -> None:
    engine = engine_in(Phase.READY)
    engine.apply(acts.ArmTrial(level=3), "t")
    engine.apply(away, "t")
    assert engine.apply(acts.BeginTrial(level=3), "t") is Code.NOT_ARMED


@pytest.mark.parametrize("key", [acts.ArmTrial(level=6), acts.BeginTrial(level=6)])
def test_no_trial_is_named_or_begun_above_the_ceiling(key: Act) -> None:
    engine = make_engine()
    open_session(engine, ceiling=5)
    assert engine.apply(key, "t") is Code.ABOVE_CEILING


def test_a_trial_cannot_begin_before_the_scenario_stands_ready() -> None:
    engine = engine_in(Phase.LOADING)
    assert engine.apply(acts.ArmTrial(level=1), "t") is Code.WRONG_PHASE
    engine.apply(acts.Stop(), "t")
    assert engine.apply(acts.ArmTrial(level=1), "t") is Code.WRONG_PHASE
    engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
    assert engine.phase is Phase.STOPPED
    begin(engine, 1)
    assert engine.phase is Phase.EXPOSURE


def test_coming_back_is_offered_one_level_below_the_last_and_ramps_from_0() -> None:
    engine = engine_in(Phase.SAFE_PLACE)
    assert engine.come_back == 3
    begin(engine, 3)
    assert engine.ramp is not None
    assert engine.ramp.level == 0.0
    pass_ticks(engine, 1)
    assert 0.0 < engine.ramp.level < 0.1


def test_the_way_out_pressed_again_in_the_safe_place_stops() -> None:
    engine = engine_in(Phase.EXPOSURE)
    engine.apply(acts.PatientLeft(), "patient")
    assert engine.phase is Phase.SAFE_PLACE
    engine.apply(acts.PatientLeft(), "patient")
    assert engine.phase is Phase.STOPPED
