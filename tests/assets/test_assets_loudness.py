"""Every shipped sound, decoded and measured anew, keeps the limits of loudness."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest

from vr_runtime.assets import assets_dir
from vr_runtime.stage.loudness import integrated, true_peak
from vr_runtime.stage.measured import known_sounds
from vr_runtime.stage.mixing import BED_LUFS, EVENT_LUFS, Bus
from vr_runtime.stage.names import sounds
from vr_runtime.stage.panda.voices import decoded

FILES = sounds(assets_dir() / "audio")
KNOWN = known_sounds(assets_dir() / "CREDITS.toml")
RATE = 48_000


def sine(hz: float, loud: float, seconds: float, channels: int) -> np.ndarray:
    wave = loud * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE)
    return np.tile(wave[:, None], (1, channels))


def test_the_measure_reads_what_the_recommendation_says_it_must():
    # BS.1770: a sine of 997 Hz at full scale in one channel reads -3.01 LUFS.
    assert integrated(sine(997.0, 1.0, 5.0, 1), RATE) == pytest.approx(-3.01, abs=0.02)
    # EBU Tech 3341, cases 1 and 2: stereo at -23 and -33 dBFS.
    for told in (-23.0, -33.0):
        wave = sine(1000.0, 10 ** (told / 20), 20.0, 2)
        assert integrated(wave, RATE) == pytest.approx(told, abs=0.1)
    # Case 3: what is much softer than the rest does not count.
    parts = [sine(1000.0, 10 ** (db / 20), s, 2) for db, s in ((-36, 10), (-23, 60), (-36, 10))]
    assert integrated(np.concatenate(parts), RATE) == pytest.approx(-23.0, abs=0.1)
    assert integrated(np.zeros((RATE, 2)), RATE) == float("-inf")


def test_a_true_peak_lies_between_the_samples():
    # At a quarter of the rate and 45 degrees every sample is 3 dB below the peak.
    wave = np.sin(np.pi / 2 * np.arange(4000) + np.pi / 4)[:, None]
    assert np.abs(wave).max() == pytest.approx(0.707, abs=0.001)
    assert true_peak(wave) == pytest.approx(1.0, abs=0.03)


def test_every_shipped_sound_was_measured():
    assert set(FILES) == set(KNOWN)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_shipped_sound_keeps_its_limits_and_is_as_loud_as_it_is_listed(name):
    wave, rate = decoded(FILES[name])
    lufs, peak_db = integrated(wave, rate), 20.0 * log10(true_peak(wave))
    known = KNOWN[name]
    assert lufs == pytest.approx(known.measured.lufs, abs=0.2)
    assert peak_db == pytest.approx(20.0 * log10(known.measured.peak), abs=0.2)
    assert peak_db <= -6.0
    if known.bus is Bus.BED:
        assert lufs == pytest.approx(BED_LUFS, abs=0.6)
        # A loop that leaps where it begins again would tick.
        leaps = np.abs(np.diff(wave, axis=0)).max()
        assert np.abs(wave[0] - wave[-1]).max() <= leaps
    else:
        assert lufs <= EVENT_LUFS
        # Nothing leaps out of silence: the first 5 ms stay 12 dB and more below the peak.
        assert np.abs(wave[: rate // 200]).max() < 0.25 * true_peak(wave)
