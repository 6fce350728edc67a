"""What befalls window, headset, sound and pace is answered as the table says, by itself, once.

The headset is a fake that reports what a real one would; the loop, the engine and the server that
answer it are the real ones.
"""

from __future__ import annotations

import pytest
from clockwork import Clockwork

from vr_runtime.engine.ports import HeadsetFacts
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.messages import REPLIES, Refused
from vr_runtime.wire.refusals import Code

WORN = HeadsetFacts(worn=True, session=True, tracked=True)
OFF = HeadsetFacts(worn=False, session=True, tracked=False)
BLIND = HeadsetFacts(worn=True, session=True, tracked=False)
GONE = HeadsetFacts(worn=False, session=False, tracked=False)


def in_phase(runtime: Clockwork, phase: Phase, at_most: float) -> float:
    return runtime.seconds_until(lambda: runtime.engine.phase is phase, at_most)


@pytest.mark.fault("F31")
@pytest.mark.parametrize("facts", [BLIND, GONE], ids=["tracking", "session"])
def test_a_lost_headset_is_held_at_once_left_after_two_seconds_and_never_returned_to(
    facts, record_property
) -> None:
    runtime = Clockwork()
    runtime.lead_to(Phase.EXPOSURE)
    runtime.display.facts = facts
    held = in_phase(runtime, Phase.HOLD, 0.05)
    assert held <= 0.02
    left = in_phase(runtime, Phase.SAFE_PLACE, 2.1)
    record_property("measured", f"hold {held * 1000:.0f} ms, safe place {left:.2f} s")
    assert 1.9 <= left <= 2.05
    runtime.run(0.05)
    assert runtime.display.pictures[-1][1] is View.SAFE_PLACE
    state = runtime.states[-1]
    assert (state.cause, state.trial_open) == ("headset_away", False)
    assert (state.display.kind, state.display.headset) == ("headset", "lost")
    runtime.display.facts = WORN
    runtime.run(5.0)
    assert runtime.engine.phase is Phase.SAFE_PLACE
    assert runtime.applied()[-3:] == ["headset_lost", "headset_away", "headset_back"]


@pytest.mark.fault("F31")
def test_tracking_that_comes_back_within_two_seconds_stays_in_hold(record_property) -> None:
    runtime = Clockwork()
    runtime.lead_to(Phase.EXPOSURE)
    runtime.display.facts = BLIND
    runtime.run(1.5)
    runtime.display.facts = WORN
    runtime.run(10.0)
    assert runtime.engine.phase is Phase.HOLD
    record_property("measured", "still in hold 10 s after it came back")
    runtime.must(acts.Resume())
    assert runtime.engine.phase is Phase.EXPOSURE


@pytest.mark.fault("F31")
def test_a_headset_taken_off_is_paused_and_coming_back_waits_for_the_therapist(
    record_property,
) -> None:
    runtime = Clockwork()
    runtime.lead_to(Phase.EXPOSURE)
    runtime.display.facts = OFF
    paused = in_phase(runtime, Phase.PAUSE, 2.1)
    record_property("measured", f"pause {paused:.2f} s")
    assert 1.95 <= paused <= 2.05
    runtime.run(0.15)
    assert runtime.display.pictures[-1][1] is View.NEUTRAL
    assert runtime.states[-1].come_back == 2
    runtime.answers.clear()
    runtime.send(acts.ArmTrial(level=2))
    runtime.run(0.05)
    answer = REPLIES.validate_json(runtime.answers[-1][1]).answer
    assert isinstance(answer, Refused) and answer.code is Code.HEADSET_AWAY
    runtime.display.facts = WORN
    runtime.run(5.0)
    assert runtime.engine.phase is Phase.PAUSE
    assert runtime.applied()[-2:] == ["headset_off", "headset_on"]
    runtime.begin(2)


@pytest.mark.fault("F31")
@pytest.mark.parametrize("facts", [OFF, BLIND, GONE], ids=["off", "tracking", "session"])
@pytest.mark.parametrize(
    "phase", [Phase.LOADING, Phase.READY, Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED], ids=str
)
def test_outside_the_scene_a_headset_changes_no_phase_and_is_in_the_record(phase, facts) -> None:
    runtime = Clockwork()
    runtime.lead_to(phase)
    runtime.display.facts = facts
    runtime.run(5.0)
    assert runtime.engine.phase is phase
    assert runtime.applied()[-1] in ("headset_off", "headset_away")
    assert runtime.states[-1].display.headset == ("off" if facts is OFF else "lost")


def test_a_slow_headset_draws_less_after_two_seconds_and_is_left_after_five_more() -> None:
    runtime = Clockwork()
    runtime.lead_to(Phase.EXPOSURE)
    assert "display_slow" not in runtime.applied()
    runtime.display.cost_s = 1 / 45
    lowered = runtime.seconds_until(lambda: bool(runtime.display.qualities), 4.0)
    assert lowered <= 2.1
    assert runtime.engine.phase is Phase.EXPOSURE
    left = in_phase(runtime, Phase.SAFE_PLACE, 6.0)
    assert 4.9 <= left <= 5.1
    runtime.run(20.0)
    assert runtime.applied().count("display_slow") == 1
    assert runtime.applied().count("display_too_slow") == 1
    assert runtime.states[-1].display.quality == "lowered"


def test_a_headset_that_is_fast_enough_with_less_goes_on() -> None:
    runtime = Clockwork()
    runtime.lead_to(Phase.EXPOSURE)
    runtime.display.cost_s = 1 / 45
    runtime.seconds_until(lambda: bool(runtime.display.qualities), 4.0)
    runtime.display.cost_s = 0.002
    runtime.run(20.0)
    assert runtime.engine.phase is Phase.EXPOSURE
    assert runtime.applied()[-2:] == ["display_slow", "display_steady"]
    # What was lowered comes back by the therapist, or with the next session.
    assert runtime.display.qualities[-1][1] == "lowered"
    runtime.must(acts.SetQuality(quality="full"))
    runtime.run(0.01)
    assert runtime.display.qualities[-1][1] == "full"


def test_a_slow_desktop_is_told_and_nothing_more() -> None:
    runtime = Clockwork("desktop")
    runtime.lead_to(Phase.EXPOSURE)
    runtime.display.cost_s = 1 / 15
    runtime.run(30.0)
    assert runtime.engine.phase is Phase.EXPOSURE
    assert [k for k in runtime.applied() if k.startswith("display")] == ["display_slow"]
    assert runtime.display.qualities == []


def test_a_load_however_slowly_it_draws_is_no_slow_display() -> None:
    runtime = Clockwork()
    runtime.lead_to(Phase.LOADING)
    runtime.display.cost_s = 1 / 10
    runtime.run(60.0)
    assert not [k for k in runtime.applied() if k.startswith("display")]


def test_after_a_short_slow_load_pictures_are_counted_anew() -> None:
    runtime = Clockwork()
    runtime.lead_to(Phase.LOADING)
    runtime.display.cost_s = 1 / 10
    runtime.run(2.3)
    runtime.display.ready, runtime.display.cost_s = 1.0, 0.002
    runtime.run(10.0)
    assert runtime.engine.phase is Phase.READY
    assert not [k for k in runtime.applied() if k.startswith("display")]


def test_lost_sound_is_held_and_sound_that_is_back_changes_nothing() -> None:
    runtime = Clockwork("desktop")
    runtime.lead_to(Phase.EXPOSURE)
    runtime.display.befell.append(acts.SoundLost())
    in_phase(runtime, Phase.HOLD, 0.05)
    runtime.display.befell.append(acts.SoundBack())
    runtime.run(5.0)
    assert runtime.engine.phase is Phase.HOLD
    assert runtime.applied()[-2:] == ["sound_lost", "sound_back"]


@pytest.mark.fault("F31")
def test_a_closed_window_stops_before_the_next_picture(record_property) -> None:
    runtime = Clockwork("desktop")
    runtime.lead_to(Phase.EXPOSURE)
    before = len(runtime.display.pictures)
    runtime.display.befell.append(acts.WindowClosed())
    runtime.run(0.1)
    views = [view for _at, view in runtime.display.pictures[before:]]
    record_property("measured", f"{views.count(View.SCENE)} pictures of the scene")
    assert set(views) == {View.NEUTRAL}
    assert (runtime.engine.phase, runtime.engine.cause) == (Phase.STOPPED, "window_closed")
