"""A clinic's own recordings: which are taken, how they are made fit, and why one is refused."""

from __future__ import annotations

import wave as wave_file
from pathlib import Path

import numpy as np
import pytest

from scenarios.api import Graded, Scenario
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
    assert list(laid_out(own)) == [(("test.place", "fr", "hello"), first)]
    found, refused = gathered((own, usual, tmp_path / "none"), tmp_path / "kept")
    assert refused == []
    assert set(found) == {("test.place", "fr", "hello"), ("test.place", "en", "hello")}
    french = Voices(found, "fr").get("voice:test.place/hello")
    assert french is found["test.place", "fr", "hello"]
    assert Voices(found, "fr").get("voice:test.place/farewell") is None
    wave, rate = decoded(french.path)
    assert rate == RATE and integrated(wave, rate) == pytest.approx(LINE_LUFS, abs=0.3)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("hello.wav", "it does not lie in SCENARIO/LANGUAGE, as heights.footbridge/en"),
        ("test.place/hello.wav", "it does not lie in SCENARIO/LANGUAGE"),
        ("test.place/en/mp.mp3", ".mp3 is not read; save it as WAV, FLAC or Ogg Vorbis"),
        ("test.place/EN/upper.wav", 'its folder "EN" is no language; it is "fr" or "en", in small'),
        ("test.place/de/hello.wav", 'its folder "de" is no language'),
        ("test.place/fr/Look.wav", '"Look" is no line\'s name: small letters, digits and _'),
        ("Test Place/fr/look.wav", '"Test Place" is no scenario\'s id'),
    ],
)
def test_a_sound_file_that_stands_for_no_line_is_told_with_what_would_be_right(tmp_path, file, why):
    path = laid(tmp_path / "voices" / file, speech(0.4))
    found, refused = gathered((tmp_path / "voices",), tmp_path / "kept")
    assert found == {} and len(refused) == 1
    assert refused[0].startswith(f"The recording {path} is not used: {why}")
    assert refused[0].endswith(".") and "\n" not in refused[0]


def test_what_is_no_sound_is_left_aside_without_a_word(tmp_path):
    for name in ("README.txt", "test.place/notes.pdf", "test.place/en/.hidden.wav"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert list(laid_out(tmp_path)) == []


class Speaking(Scenario):
    """Somebody says a word."""

    id = "test.place"
    title = {"fr": "Le lieu", "en": "The place"}
    summary = {"fr": "Un lieu.", "en": "A place."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    lines = {"hello": {"fr": "Bonjour.", "en": "Hello."}}
    height = Graded.steps({0: 0, 10: 60}, fr="hauteur", en="height", unit="m")


def test_a_recording_that_its_line_has_no_time_for_is_told_when_the_scenario_is_loaded(tmp_path):
    long = laid(tmp_path / "test.place/fr/hello.wav", speech(0.3, 3.6))
    laid(tmp_path / "test.place/en/hello.wav", speech(0.3, 2.5))
    stray = laid(tmp_path / "test.place/en/helo.wav", speech(0.3))
    laid(tmp_path / "test.elsewhere/en/long.wav", speech(0.3, 20.0))
    found, refused = gathered((tmp_path,), tmp_path / "kept")
    assert refused == []
    voices = Voices(found, "fr")
    assert sorted(voices.fit(Speaking.manifest())) == [
        f"The recording {stray} is not used: its scenario has no line of this name; look at "
        "palier-scenario show.",
        f"The recording {long} is not used: it lasts 3.6 s, and the line has 3.0 s by its text; "
        "speak it faster.",
    ]
    assert voices.get("voice:test.place/hello") is None
    voices.language = "en"
    assert voices.get("voice:test.place/hello") is not None
    assert voices.fit(Speaking.manifest()) == [], "it was told, and is not told again"


def test_silence_at_the_end_of_a_recording_takes_no_time_from_its_line(tmp_path):
    silence = np.zeros((3 * RATE, 1))
    laid(tmp_path / "test.place/fr/hello.wav", np.concatenate([speech(0.3), silence]))
    found, _refused = gathered((tmp_path,), tmp_path / "kept")
    assert found["test.place", "fr", "hello"].lasts_s == pytest.approx(2.0, abs=0.1)
    assert Voices(found, "fr").fit(Speaking.manifest()) == []


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
