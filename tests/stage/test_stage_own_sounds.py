"""A scenario's own sounds are brought within the limits of loudness, whatever they hold."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owning import own_in, wav

from vr_runtime.assets import assets_dir
from vr_runtime.stage.fitting import (
    AS_BED_LUFS,
    AS_EVENT_LUFS,
    MOST_OWN_PEAK,
    ONSET_S,
    fitted,
)
from vr_runtime.stage.loudness import integrated, true_peak
from vr_runtime.stage.mixing import AIM_PEAK, BED_LUFS, EVENT_LUFS, Bus, Part, mixed
from vr_runtime.stage.own import OwnFile, Refused
from vr_runtime.stage.panda.own_sounds import own_sound

RATE = 48_000


def heard(samples: np.ndarray) -> np.ndarray:
    return samples.astype(np.float64) / 32767.0


def noise(seconds: float, loud: float) -> np.ndarray:
    rng = np.random.default_rng(7)
    return loud * rng.uniform(-1.0, 1.0, (round(seconds * RATE), 1))


def click() -> np.ndarray:
    wave = np.zeros((RATE, 1))
    wave[RATE // 2 : RATE // 2 + 4] = 1.0
    return wave


@pytest.mark.parametrize(
    "wave",
    [noise(3.0, 1.0), noise(3.0, 0.02), click(), np.ones((RATE, 2)), -noise(0.05, 1.0)],
    ids=["loud", "soft", "click", "even", "short"],
)
@pytest.mark.parametrize("loop", [False, True])
def test_what_comes_out_is_as_loud_as_the_mixer_is_told_and_no_louder(wave, loop):
    samples, known = fitted(wave, RATE, loop=loop)
    out = heard(samples)
    assert true_peak(out) <= MOST_OWN_PEAK * 1.01
    assert true_peak(out) == pytest.approx(known.measured.peak, rel=0.02, abs=1e-3)
    most = AS_BED_LUFS if loop else AS_EVENT_LUFS
    assert integrated(out, RATE) <= most + 0.1
    assert integrated(out, RATE) == pytest.approx(known.measured.lufs, abs=0.3)
    assert known.bus is (Bus.BED if loop else Bus.EVENT)


def test_a_full_scale_click_is_soft_and_rises_over_20_ms():
    samples, _known = fitted(click(), RATE, loop=False)
    out = np.abs(heard(samples)[:, 0])
    assert out.max() <= MOST_OWN_PEAK
    start = int(np.flatnonzero(np.abs(click()[:, 0]))[0])
    assert out[start] < 0.1 * MOST_OWN_PEAK


def test_a_bang_in_a_quiet_sound_rises_over_20_ms():
    wave = noise(2.0, 0.001)
    wave[RATE:] += 0.9 * np.sin(np.arange(RATE) * 2 * np.pi * 400 / RATE)[:, None]
    samples, _known = fitted(wave, RATE, loop=False)
    out = np.abs(heard(samples)[:, 0])
    whole = out[RATE + RATE // 2 :].max()
    rising = [out[RATE + k : RATE + k + 120].max() / whole for k in range(0, 960, 120)]
    assert all(level <= (k * 120 + 240) / (ONSET_S * RATE) for k, level in enumerate(rising))


def test_what_rises_slowly_keeps_its_shape():
    swell = np.linspace(0.0, 1.0, RATE)[:, None] * noise(1.0, 1.0)
    samples, _known = fitted(swell, RATE, loop=False)
    out = heard(samples)[:, 0]
    clear = np.abs(swell[:, 0]) > 0.2
    factor = out[clear] / swell[clear, 0]
    assert np.std(factor) < 0.01 * np.mean(factor)


def test_silence_stays_silent():
    samples, known = fitted(np.zeros((RATE, 1)), RATE, loop=False)
    assert not samples.any() and known.measured.peak < 0.001


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0.001, 1.0), st.floats(0.0, 1.0)), min_size=1,
             max_size=8)
)  # fmt: skip
@settings(max_examples=40)
def test_any_own_sounds_together_keep_to_the_limits(sounds):
    parts = []
    for loop, loud, wanted in sounds:
        _samples, known = fitted(noise(0.5, loud), RATE, loop=loop)
        parts.append(Part(known.bus, wanted, known.measured))
    gains = mixed(parts)
    pairs = list(zip(parts, gains, strict=True))
    assert sum(p.peak * g for p, g in pairs) <= AIM_PEAK * 1.0001
    for bus, most in ((Bus.BED, BED_LUFS), (Bus.EVENT, EVENT_LUFS)):
        power = sum(p.power * g * g for p, g in pairs if p.bus is bus)
        assert power <= 10 ** (most / 10) * 1.0001


def taken(folder: Path, name: str, data: bytes) -> OwnFile:
    own_in(folder, {name: data})
    return OwnFile(name, folder / name, "sound", hashlib.sha256(data).hexdigest())


@pytest.mark.render
@pytest.mark.parametrize("ending", ["wav", "ogg"])
def test_sounds_are_read_and_written_ready_to_be_played(tmp_path, ending):
    shipped = (assets_dir() / "audio/calm/chime.ogg").read_bytes()
    data = wav(noise(1.0, 0.5)) if ending == "wav" else shipped
    file = taken(tmp_path, f"own/bell.{ending}", data)
    made = own_sound(file, False, tmp_path / "out.wav", lambda: True)
    assert made.path.stat().st_size > 10_000 and made.known.bus is Bus.EVENT


def lying(**changes: int) -> bytes:
    """A WAV file that says something else of itself than it holds."""
    data = bytearray(wav(noise(0.2, 0.5)))
    places = {"channels": (22, "<H"), "rate": (24, "<I"), "block": (32, "<H"), "size": (40, "<I"),
              "bits": (34, "<H"), "riff": (4, "<I")}  # fmt: skip
    for what, value in changes.items():
        at, form = places[what]
        struct.pack_into(form, data, at, value)
    return bytes(data)


@pytest.mark.render
@pytest.mark.parametrize(
    "data",
    [
        lying(channels=0), lying(channels=9), lying(rate=0), lying(rate=2**31), lying(block=0),
        lying(bits=0), lying(bits=7), b"", b"RIFF", b"RIFF" + bytes(64), wav(noise(0.2, 0.5))[:40],
        b"OggS" + bytes(400), wav(np.zeros((48, 6))),
    ],
)  # fmt: skip
def test_a_sound_that_is_none_is_refused_in_one_sentence(tmp_path, data):
    file = taken(tmp_path, "own/bell.wav", data)
    with pytest.raises(Refused) as caught:
        own_sound(file, False, tmp_path / "out.wav", lambda: True)
    assert str(caught.value).startswith("`own/bell.wav`: ") and caught.value.hint


@pytest.mark.render
@pytest.mark.parametrize("data", [lying(size=2**31), lying(size=2**32 - 1), lying(riff=1)])
def test_a_length_that_lies_is_not_believed(tmp_path, data):
    file = taken(tmp_path, "own/bell.wav", data)
    try:
        made = own_sound(file, False, tmp_path / "out.wav", lambda: True)
    except Refused as refused:
        assert refused.hint
    else:
        assert made.path.stat().st_size < 1_000_000


@pytest.mark.render
def test_reading_ends_when_nobody_waits_any_more(tmp_path):
    file = taken(tmp_path, "own/bell.wav", wav(noise(1.0, 0.5)))
    with pytest.raises(InterruptedError):
        own_sound(file, False, tmp_path / "out.wav", lambda: False)
