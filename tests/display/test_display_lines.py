"""A recorded line on a display that can be heard: a line of the stage, silent with the view."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import log10
from pathlib import Path

import pytest
from recordings_of import spoken

from vr_runtime.lines.ears import StageEars
from vr_runtime.lines.fit import Fit, made_fit
from vr_runtime.stage.mixing import LINE_LUFS, Bus
from vr_runtime.wire.acts import View

pytestmark = pytest.mark.render


@pytest.fixture
def fit(tmp_path: Path) -> Fit:
    return made_fit(spoken(8.0), tmp_path / "line.wav")


def drawn_until(display, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20.0
    while not holds():
        assert time.monotonic() < end, "it never came"
        display.draw(1.0)


def voices(display) -> list:
    return [voice for voice in display._sounds._voices.values() if voice.heard.line]


def test_a_line_is_heard_as_speech_in_the_scene_and_silent_with_the_view(drawn, fit) -> None:
    ears = StageEars(drawn.stage)
    drawn.show(View.SCENE)
    assert ears.begin(fit) and not ears.begun()
    drawn_until(drawn, ears.begun)
    drawn_until(drawn, lambda: voices(drawn)[0].gain > 0.0)
    (voice,) = voices(drawn)
    assert voice.bus is Bus.LINE and voice.playing
    drawn_until(drawn, lambda: voice.gain == pytest.approx(fit.volume, abs=0.02))
    # What leaves the mixer is no louder than speech may be.
    assert voice.measured.lufs + 20 * log10(fit.volume) <= LINE_LUFS + 0.1
    drawn.show(View.NEUTRAL)
    assert voice.gain == 0.0 and not voice.playing
    assert drawn.occurrences() == []


def test_ended_by_the_therapist_it_fades_and_is_taken_away_and_another_can_begin(
    drawn, fit, tmp_path
) -> None:
    other = made_fit(spoken(3.0), tmp_path / "other.wav")
    ears = StageEars(drawn.stage)
    drawn.show(View.SCENE)
    assert ears.begin(fit)
    drawn_until(drawn, ears.begun)
    (voice,) = voices(drawn)
    ears.silence(0.0)
    assert not ears.begun()
    drawn_until(drawn, lambda: not voice.playing)
    ears.follow(1.0)
    assert voices(drawn) == [] and drawn.stage.inner.heard == []
    assert ears.begin(other)
    drawn_until(drawn, ears.begun)
    assert len(voices(drawn)) == 1
    drawn.stage.clear("scene")
    assert voices(drawn) == [] and not ears.begun()
