"""Sound as it is mixed is measured as loud as it is known to be."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from vr_runtime.measuring.hearing import LEAST_ONSET_S, stands_out, too_loud
from vr_runtime.measuring.outcome import Heard
from vr_runtime.stage.loudness import Wave, integrated
from vr_runtime.stage.measured import Known
from vr_runtime.stage.mixing import Bus, Measured
from vr_runtime.stage.names import Names
from vr_runtime.stage.panda.listening import RATE, Listening
from vr_runtime.stage.viewer import Footing
from vr_runtime.stage.world_stage import WorldStage
from vr_runtime.wire.acts import View

FILE_RATE = 48_000


def sine(hertz: float, seconds: float, peak: float, rate: int = FILE_RATE) -> Wave:
    return peak * np.sin(2.0 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


@pytest.mark.parametrize(
    ("parts", "lufs"),
    [
        (((-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)), -23.0),
        (((-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)), -23.0),
        (((-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)), -23.0),
    ],
)
def test_what_is_softer_is_gated_as_tech_3341_asks(
    parts: tuple[tuple[float, float], ...], lufs: float
) -> None:
    rate = 24_000
    tone = np.concatenate([sine(1000.0, s, 10.0 ** (db / 20.0), rate) for db, s in parts])
    assert integrated(np.stack([tone, tone], axis=1), rate) == pytest.approx(lufs, abs=0.1)


def written(file: Path, samples: Wave) -> Path:
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(FILE_RATE)
        out.writeframes(np.round(32767.0 * samples).astype("<i2").tobytes())
    return file


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """A sine of 997 Hz at -23 LUFS in one channel."""
    file = tmp_path / "tone.wav"
    return written(file, sine(997.0, 4.0, 10.0 ** ((-23.0 + 3.01) / 20.0)))


def listened(tone: Path, bus: Bus = Bus.BED) -> tuple[WorldStage, Listening]:
    known = {"tone": Known(bus, Measured(-23.0, 10.0 ** (-20.0 / 20.0)))}
    scenery = Listening({"tone": tone}, known, tone.parent)
    names = Names(models={}, materials=frozenset(), sounds={"tone": tone})
    stage = WorldStage(names, scenery)
    scenery.show(View.SCENE)
    return stage, scenery


def heard(scenery: Listening, seconds: float) -> Wave:
    scenery.device.keep()
    for _tick in range(round(30 * seconds)):
        scenery.note()
        scenery.follow(Footing(), 1.0 / 30.0, 2)
    return scenery.device.taken()


def test_a_bed_is_heard_as_loud_as_its_file_is(tone: Path) -> None:
    stage, scenery = listened(tone)
    stage.inner.sound("tone", loop=True)
    heard(scenery, 1.0)
    wave_heard = heard(scenery, 3.0)
    assert integrated(wave_heard, RATE) == pytest.approx(-23.0, abs=0.1)
    assert scenery.asked().bed.lufs == pytest.approx(-23.0, abs=0.01)


def test_a_sound_with_a_place_is_half_as_loud_at_twice_the_distance(tone: Path) -> None:
    found = []
    for away in (4.0, 8.0):
        stage, scenery = listened(tone)
        stage.inner.sound("tone", loop=True, at=(away, 0.0, 1.6))
        heard(scenery, 1.0)
        found.append(integrated(heard(scenery, 3.0), RATE))
    assert found[0] - found[1] == pytest.approx(6.02, abs=0.1)
    assert found[0] == pytest.approx(-23.0 - 6.02, abs=0.1)


def test_four_beds_together_are_held_to_the_loudness_of_one(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).standard_normal(4 * FILE_RATE)
    noise *= 10.0 ** ((-23.0 - integrated(noise[:, None], FILE_RATE)) / 20.0)
    stage, scenery = listened(written(tmp_path / "noise.wav", noise))
    for _bed in range(4):
        stage.inner.sound("tone", loop=True)
    heard(scenery, 1.0)
    assert scenery.asked().bed.lufs == pytest.approx(-23.0 + 6.02, abs=0.01)
    # at half the rate of the file some of what is highest is folded down
    assert integrated(heard(scenery, 3.0), RATE) == pytest.approx(-23.0, abs=1.5)


def test_whatever_begins_rises_for_twenty_milliseconds_or_longer(tone: Path) -> None:
    stage, scenery = listened(tone, Bus.EVENT)
    stage.inner.sound("tone").play()
    heard(scenery, 1.0)
    assert 0.02 <= 1.0 / scenery.device.steepest <= 0.2


AT_THE_LIMITS = Heard(bed_lufs=-21.0, event_lufs=-9.0, peak_db=-6.0, onset_s=LEAST_ONSET_S)


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("PS250", {"bed_lufs": -20.9}),
        ("PS251", {"event_lufs": -8.9}),
        ("PS252", {"onset_s": 0.019}),
        ("PS253", {"peak_db": -5.99}),
    ],
)
def test_what_is_mixed_above_a_limit_is_told_by_its_code(
    code: str, above: dict[str, float]
) -> None:
    assert too_loud(Heard()) == too_loud(AT_THE_LIMITS) == []
    ((told, text),) = too_loud(AT_THE_LIMITS.model_copy(update=above))
    assert told == code and ("most" in text or "least" in text)


def test_what_was_left_is_silent(tone: Path) -> None:
    stage, scenery = listened(tone)
    stage.inner.sound("tone", loop=True)
    heard(scenery, 0.5)
    scenery.show(View.NEUTRAL)
    assert not heard(scenery, 0.5).any()


def test_a_tone_stands_out_of_noise_and_noise_does_not() -> None:
    chance = np.random.default_rng(1)
    bed = 0.01 * chance.standard_normal((8 * RATE, 2))
    more = 0.01 * chance.standard_normal((20 * RATE, 2))
    assert not stands_out(more, bed)
    more[RATE : 2 * RATE] += sine(1000.0, 1.0, 0.02, RATE)[:, None]
    assert stands_out(more, bed)
    assert not stands_out(np.zeros((RATE, 2)), bed)
