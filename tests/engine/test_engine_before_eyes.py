"""What the patient reads comes when asked, goes by itself, and never outlives where it belongs."""

from __future__ import annotations

import pytest
from engine_pier import at_level, begin, make_engine, open_session, pass_ticks
from test_engine_phases import STOPS, engine_in

from vr_runtime.engine.before_eyes import ASKED_S, RAISED_S, reading_s
from vr_runtime.engine.engine import Engine
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, Phase, View
from vr_runtime.wire.happenings import PhaseChanged, TrialClosed, TrialOpened
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.sight import PatientSettings

COUNTED = PatientSettings(countdown_s=3)
GONE: list[Act] = [*STOPS, acts.SafePlace(), acts.Pause(), acts.PatientLeft()]


def counting(level: int = 4) -> Engine:
    engine = make_engine()
    open_session(engine)
    assert engine.apply(acts.SetPatient(patient=COUNTED), "t") is None
    engine.take_news()
    begin(engine, level)
    return engine


def shows(engine: Engine) -> tuple[object, ...]:
    sight = engine.sight
    return sight.dial, sight.text, sight.way_out


def test_a_dial_that_was_asked_for_waits_a_minute_and_goes() -> None:
    engine = engine_in(Phase.EXPOSURE)
    assert engine.apply(acts.AskRating(), "t") is None
    assert (engine.sight.dial, engine.sight.dial_s) == ("asked", ASKED_S)
    pass_ticks(engine, round(ASKED_S * 30) - 1)
    assert engine.sight.dial == "asked"
    pass_ticks(engine, 1)
    assert engine.sight.dial is None


def test_a_dial_that_the_patient_raised_goes_unless_choosing_goes_on() -> None:
    engine = engine_in(Phase.READY)
    engine.apply(acts.DialRaised(), "patient")
    assert engine.sight.dial == "raised" and engine.sight.way_out
    pass_ticks(engine, round(RAISED_S * 30) - 1)
    engine.apply(acts.DialRaised(), "patient")
    pass_ticks(engine, 2)
    assert engine.sight.dial == "raised"
    pass_ticks(engine, round(RAISED_S * 30))
    assert engine.sight.dial is None


def test_choosing_late_keeps_a_dial_that_was_asked_for_until_it_is_answered() -> None:
    engine = engine_in(Phase.EXPOSURE)
    engine.apply(acts.AskRating(), "t")
    pass_ticks(engine, round(ASKED_S * 30) - 1)
    engine.apply(acts.DialRaised(), "patient")
    assert (engine.sight.dial, engine.sight.dial_s) == ("asked", RAISED_S)
    engine.apply(acts.PatientRated(suds=70), "patient")
    assert (engine.sight.dial, engine.sight.given) == ("answered", 70)
    pass_ticks(engine, 60)
    assert engine.sight.dial is None and engine.sight.given is None


def test_a_text_stays_by_its_length_or_until_it_is_taken_away() -> None:
    engine = engine_in(Phase.EXPOSURE)
    short, long = (
        "Respirez.",
        "Regardez l'horizon, puis la rue en bas, aussi longtemps que vous pouvez.",
    )
    assert reading_s(short) < reading_s(long) < 12.0
    engine.apply(acts.ShowText(text=short), "t")
    pass_ticks(engine, round(reading_s(short) * 30) - 1)
    assert engine.sight.text == short
    pass_ticks(engine, 1)
    assert engine.sight.text is None
    engine.apply(acts.ShowText(text=long, lasting=True), "t")
    pass_ticks(engine, 30 * 120)
    assert (engine.sight.text, engine.sight.text_s) == (long, None)
    engine.apply(acts.TakeAway(what="text"), "t")
    assert engine.sight.text is None


@pytest.mark.parametrize("away", GONE, ids=lambda a: a.kind)
def test_what_was_meant_for_the_scene_is_gone_with_it(away: Act) -> None:
    engine = engine_in(Phase.EXPOSURE)
    for act in (acts.AskRating(), acts.ShowText(text="Ici", lasting=True), acts.ShowWayOut()):
        assert engine.apply(act, "t") is None
    assert shows(engine) == ("asked", "Ici", True)
    engine.apply(away, "anyone")
    assert shows(engine) == (None, None, False)


def test_a_hold_takes_nothing_away() -> None:
    engine = engine_in(Phase.EXPOSURE)
    engine.apply(acts.ShowText(text="Ici", lasting=True), "t")
    engine.apply(acts.Hold(), "t")
    assert engine.sight.text == "Ici"
    engine.apply(acts.Resume(), "t")
    assert engine.sight.text == "Ici"


def test_nothing_is_written_for_nobody() -> None:
    engine = engine_in(Phase.SAFE_PLACE)
    engine.apply(acts.ShowText(text="Ici", lasting=True), "t")
    engine.apply(acts.HeadsetOff(), "runtime")
    assert engine.sight.text is None
    for act in (acts.AskRating(), acts.ShowText(text="x"), acts.ShowWayOut(), acts.Recentre()):
        assert engine.apply(act, "t") is Code.HEADSET_AWAY
    assert engine_in(Phase.IDLE).apply(acts.ShowText(text="x"), "t") is Code.WRONG_PHASE


def test_without_a_session_the_patients_hand_raises_no_dial() -> None:
    engine = make_engine()
    engine.apply(acts.DialRaised(), "patient")
    engine.apply(acts.PatientRated(suds=10), "patient")
    assert engine.sight.dial is None and not engine.take_news()


def test_whoever_practises_leaving_reads_by_which_control_until_they_are_led_on() -> None:
    for away in (acts.PatientLeft(), acts.EndFamiliarisation(), acts.Stop()):
        engine = engine_in(Phase.READY)
        assert engine.apply(acts.Familiarise(), "t") is None
        pass_ticks(engine, 30 * 120)
        assert engine.sight.way_out
        engine.apply(away, "anyone")
        assert not engine.sight.way_out


def test_the_way_out_is_named_at_the_beginning_of_each_trial_and_on_request() -> None:
    engine = make_engine()
    open_session(engine)
    assert not engine.sight.way_out
    begin(engine, 2)
    assert engine.sight.way_out
    pass_ticks(engine, 30 * 10)
    assert not engine.sight.way_out
    engine.apply(acts.ShowWayOut(), "t")
    assert engine.sight.way_out


@pytest.mark.parametrize("phase", [Phase.READY, Phase.EXPOSURE, Phase.HOLD, Phase.SAFE_PLACE])
def test_the_way_out_stays_in_view_for_a_patient_who_has_it_so(phase: Phase) -> None:
    engine = engine_in(phase)
    settings = PatientSettings(way_out_always=True)
    assert engine.apply(acts.SetPatient(patient=settings), "t") is None
    pass_ticks(engine, 30 * 60)
    assert engine.sight.way_out
    for away in (acts.SafePlace(), acts.Stop()):
        engine.apply(away, "t")
        assert engine.sight.way_out, "wherever the patient is brought"
    assert engine.apply(acts.SetPatient(patient=PatientSettings()), "t") is None
    pass_ticks(engine, 30 * 10)
    assert not engine.sight.way_out


def test_ahead_is_set_anew_once_however_often_it_is_asked_within_two_seconds() -> None:
    engine = engine_in(Phase.EXPOSURE)
    engine.apply(acts.Recentre(), "t")
    engine.apply(acts.PatientRecentred(), "patient")
    assert engine.sight.centred == 1
    pass_ticks(engine, 60)
    engine.apply(acts.PatientRecentred(), "patient")
    assert engine.sight.centred == 2


def test_nothing_before_the_eyes_touches_phase_or_level() -> None:
    engine = engine_in(Phase.EXPOSURE)
    assert engine.ramp is not None
    before = (engine.phase, engine.ramp.asked, engine.ramp.level, engine.view)
    given: list[Act] = [acts.AskRating(), acts.ShowText(text="x"), acts.ShowWayOut()]
    given += [acts.Recentre(), acts.DialRaised(), acts.PatientRated(suds=100)]
    for act in given:
        engine.apply(act, "t")
    assert (engine.phase, engine.ramp.asked, engine.ramp.level, engine.view) == before


# -- the countdown


def test_the_place_is_shown_when_the_countdown_is_over_and_the_trial_begins_there() -> None:
    engine = counting()
    assert (engine.phase, engine.view) == (Phase.EXPOSURE, View.NEUTRAL)
    assert not engine.trial_open and engine.ramp is not None
    seen = []
    for _ in range(89):
        seen.append(engine.sight.countdown)
        engine.tick()
        assert engine.view is View.NEUTRAL and engine.ramp.level == 0.0
    assert [n for n in (3, 2, 1) if n in seen] == [3, 2, 1] and 0 not in seen
    assert not any(isinstance(n.what, TrialOpened) for n in engine.take_news())
    engine.tick()
    assert engine.view is View.SCENE and engine.sight.countdown == 0
    opened = [n for n in engine.take_news() if isinstance(n.what, TrialOpened)]
    assert [(n.tick, n.what.level) for n in opened] == [(90, 4)]


@pytest.mark.parametrize("away", GONE, ids=lambda a: a.kind)
def test_a_stop_or_a_way_out_ends_the_countdown_and_no_trial_was(away: Act) -> None:
    engine = counting()
    pass_ticks(engine, 40)
    engine.take_news()
    engine.apply(away, "anyone")
    assert engine.view is not View.SCENE and engine.sight.countdown == 0
    pass_ticks(engine, 120)
    assert engine.view is not View.SCENE and engine.trial == 0
    told = [n.what for n in engine.take_news()]
    assert not any(isinstance(what, TrialOpened | TrialClosed) for what in told)
    assert [w.after for w in told if isinstance(w, PhaseChanged)] == [engine.phase]


def test_a_countdown_that_was_left_keeps_the_level_of_coming_back() -> None:
    engine = make_engine()
    at_level(engine, 6)
    engine.apply(acts.SafePlace(), "t")
    assert engine.come_back == 5
    engine.apply(acts.SetPatient(patient=COUNTED), "t")
    begin(engine, 5)
    engine.apply(acts.PatientLeft(), "patient")
    assert (engine.phase, engine.come_back) == (Phase.SAFE_PLACE, 5)
    assert engine.apply(acts.BeginTrial(level=5), "t") is Code.NOT_ARMED


def test_a_hold_stays_the_countdown_and_only_resuming_lets_it_go_on() -> None:
    engine = counting()
    pass_ticks(engine, 30)
    engine.apply(acts.ConsoleLost(), "runtime")
    pass_ticks(engine, 300)
    assert (engine.phase, engine.view, engine.sight.countdown) == (Phase.HOLD, View.NEUTRAL, 2)
    assert engine.apply(acts.Resume(), "t") is None
    pass_ticks(engine, 60)
    assert engine.view is View.SCENE


def test_nothing_is_led_in_a_place_that_is_not_shown_yet() -> None:
    engine = counting()
    refused: list[Act] = [acts.Raise(level=5), acts.Lower(level=0), acts.Trigger(name="gull")]
    refused += [acts.SetValue(name="rail", value=1.2), acts.FollowLevel(name="rail")]
    for act in refused:
        assert engine.apply(act, "t") is Code.COUNTING


def test_a_ceiling_lowered_in_the_countdown_holds_for_the_trial() -> None:
    engine = counting(level=4)
    engine.apply(acts.SetCeiling(level=2), "t")
    pass_ticks(engine, 90)
    assert engine.ramp is not None and engine.ramp.asked == 2


def test_the_same_acts_at_the_same_ticks_give_the_same_states() -> None:
    digests = []
    for _ in range(2):
        engine = counting()
        for tick in range(200):
            if tick == 20:
                engine.apply(acts.AskRating(), "t")
            if tick == 120:
                engine.apply(acts.PatientRated(suds=60), "patient")
            engine.tick()
        digests.append(engine.digest())
    assert digests[0] == digests[1]


def test_a_runtime_that_was_started_again_knows_how_this_patient_takes_part() -> None:
    engine = counting()
    standing = engine.standing()
    assert standing is not None and standing.patient == COUNTED
    again = make_engine()
    again.apply(standing, "runtime")
    assert again.sight.patient == COUNTED
