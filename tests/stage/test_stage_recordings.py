"""A clinic's own recordings: which are taken, how they are made fit, and why one is refused."""

from __future__ import annotations

import wave as wave_file
from pathlib import Path

import numpy as np
import pytest

from vr_runtime.language import use
from vr_runtime.stage.loudness import integrated, true_peak
from vr_runtime.stage.mixing import LINE_LUFS
from vr_runtime.stage.panda.voices import Voices, decoded, gathered
from vr_runtime.stage.recordings import LONGEST_S, MOST_LINE_PEAK, Unfit, fitted, laid_out

RATE = 22_050


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def speech(loud: float, seconds: float = 2.0, channels: int = 1) -> np.ndarray:
    """Noise that comes and goes as syllables do; `loud` is its highest sample."""
    count = round(seconds * RATE)
    noise = np.random.default_rng(3).uniform(-1.0, 1.0, count)
    syllables = np.sin(np.pi * 4.0 * np.arange(count) / RATE) ** 2
    return np.tile((loud * noise * syllables)[:, None], (1, channels))


def laid(path: Path, wave: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave_file.open(str(path), "wb") as out:
        out.setnchannels(wave.shape[1])
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((wave * 32767).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize("loud", [0.02, 0.1, 0.9])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_recording_too_soft_or_too_loud_becomes_as_loud_as_a_line(loud, channels):
    made = fitted(speech(loud, channels=channels), RATE)
    heard = made.samples[:, None] / 32767.0
    assert integrated(heard, RATE) == pytest.approx(LINE_LUFS, abs=0.3)
    assert true_peak(heard) <= MOST_LINE_PEAK * 1.01
    assert made.known.measured.lufs == pytest.approx(LINE_LUFS, abs=0.1)
    # From silence, and into it.
    assert made.samples[0] == made.samples[-1] == 0


def knocked() -> np.ndarray:
    wave = speech(0.01)
    wave[5000:5004] = 0.95
    return wave


@pytest.mark.parametrize(
    ("wave", "why"),
    [
        (np.zeros((0, 1)), "empty"),
        (np.zeros((RATE, 1)), "too quiet"),
        (speech(0.005), "too quiet"),
        (np.sign(speech(1.0)), "overdriven"),
        (knocked(), "without knocks"),
        (speech(0.3, LONGEST_S + 1.0), "more than 30 s"),
    ],
    ids=["empty", "silent", "faint", "overdriven", "knocked", "long"],
)
def test_what_cannot_be_made_fit_is_refused_with_the_reason(wave, why):
    with pytest.raises(Unfit, match=why):
        fitted(wave, RATE)


def test_recordings_are_found_by_scenario_language_and_line_and_the_first_folder_wins(tmp_path):
    own, usual = tmp_path / "own", tmp_path / "usual"
    first = laid(own / "test.place/fr/hello.wav", speech(0.3))
    laid(usual / "test.place/fr/hello.wav", speech(0.5))
    laid(usual / "test.place/en/hello.wav", speech(0.4))
    laid(usual / "test.place/de/hello.wav", speech(0.4))
    laid(usual / "hello.wav", speech(0.4))
    assert [path for _key, path in laid_out(own)] == [first]
    found, refused = gathered((own, usual, tmp_path / "none"), tmp_path / "kept")
    assert refused == []
    assert set(found) == {("test.place", "fr", "hello"), ("test.place", "en", "hello")}
    french = Voices(found, "fr").get("voice:test.place/hello")
    assert french is found["test.place", "fr", "hello"]
    assert Voices(found, "fr").get("voice:test.place/farewell") is None
    wave, rate = decoded(french.path)
    assert rate == RATE and integrated(wave, rate) == pytest.approx(LINE_LUFS, abs=0.3)


def test_a_recording_that_is_refused_is_named_in_one_sentence(tmp_path):
    broken = tmp_path / "test.place/en/hello.wav"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"no sound at all")
    faint = laid(tmp_path / "test.place/en/hush.wav", speech(0.001))
    found, refused = gathered((tmp_path,), tmp_path / "kept")
    assert found == {}
    assert len(refused) == 2
    assert str(broken) in refused[0] and "can be read" in refused[0]
    assert str(faint) in refused[1] and "too quiet" in refused[1]
