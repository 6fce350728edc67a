"""The patient's volume and the calibration tone: who may, when, and what outlives what."""

from __future__ import annotations

import pytest
from engine_pier import at_level, begin, make_engine, open_session, pass_ticks
from pydantic import ValidationError

from vr_runtime.engine.engine import Engine
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.hearing import QUIETEST_DB, TONE_S, PlayTone, SetVolume, StopTone, gain
from vr_runtime.wire.refusals import Code


def ready() -> Engine:
    engine = make_engine()
    open_session(engine)
    return engine


def test_volume_goes_in_whole_steps_and_never_above_what_the_clinic_has_set() -> None:
    for wrong in (3, -1, -4, QUIETEST_DB - 3, -6.0):
        with pytest.raises(ValidationError):
            SetVolume(volume_db=wrong)
    assert gain(0) == 1.0 and gain(QUIETEST_DB) == pytest.approx(0.008, abs=0.001)


def test_in_the_scene_it_becomes_softer_at_once_and_louder_step_by_step() -> None:
    engine = make_engine()
    at_level(engine, 4)
    assert engine.apply(SetVolume(volume_db=-18), "t") is None
    assert engine.apply(SetVolume(volume_db=-6), "t") is Code.MORE_THAN_ONE_STEP
    assert engine.hearing.volume_db == -18
    assert engine.apply(SetVolume(volume_db=-15), "t") is None
    engine.apply(acts.Pause(), "t")
    assert engine.apply(SetVolume(volume_db=0), "t") is None


def test_volume_stays_through_the_session_and_a_start_anew_and_ends_with_the_session() -> None:
    engine = make_engine()
    at_level(engine, 2)
    engine.apply(SetVolume(volume_db=-12), "t")
    engine.apply(acts.Stop(), "t")
    standing = engine.standing()
    assert standing is not None and standing.volume_db == -12
    again = make_engine()
    again.apply(standing, "runtime")
    assert again.hearing.volume_db == -12
    again.apply(acts.CloseSession(), "t")
    assert again.hearing.volume_db == 0


def test_the_tone_ends_by_itself_and_is_never_taken_into_a_scene() -> None:
    engine = ready()
    assert engine.apply(PlayTone(), "t") is None and engine.hearing.tone
    pass_ticks(engine, TONE_S * 30 - 1)
    assert engine.hearing.tone
    pass_ticks(engine, 1)
    assert not engine.hearing.tone
    engine.apply(PlayTone(), "t")
    assert engine.apply(StopTone(), "t") is None and not engine.hearing.tone
    engine.apply(PlayTone(), "t")
    begin(engine, 1)
    assert engine.phase is Phase.EXPOSURE and not engine.hearing.tone
    assert engine.apply(PlayTone(), "t") is Code.WRONG_PHASE


def test_volume_and_tone_are_part_of_what_is_compared_when_a_session_is_shown_again() -> None:
    engine = ready()
    before = engine.digest()
    engine.apply(SetVolume(volume_db=-3), "t")
    softer = engine.digest()
    engine.apply(PlayTone(), "t")
    assert len({before, softer, engine.digest()}) == 3
