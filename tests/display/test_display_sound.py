"""What is heard: from which side, how it begins, and silence at once on leaving."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from panda3d.core import AudioSound, NodePath

from vr_runtime.stage.heard import Heard
from vr_runtime.stage.loudness import integrated, true_peak
from vr_runtime.stage.panda.cards import SoundCards
from vr_runtime.stage.panda.sound import SoundPlayer, Voice
from vr_runtime.wire.acts import View

RATE = 44100


def tone(path: Path, pitch: float, loud: float) -> None:
    """One second of a steady tone, mono, that begins abruptly at its peak."""
    written(path, np.cos(np.arange(RATE) / RATE * 2 * np.pi * pitch) * loud)


def written(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples * 32767).astype("<i2").tobytes())


def bang(path: Path) -> None:
    """Half a second of noise that has every pitch, and its highest peak near full scale."""
    noise = np.random.default_rng(5).uniform(-0.6, 0.6, RATE // 2)
    written(path, noise)


def played(case: str, folder: Path, *, hrtf: bool = False) -> tuple[np.ndarray, list[str]]:
    """The sound that left the mixer, as (samples, left and right), and what was said of it."""
    for name, pitch, loud in (("soft", 440.0, 0.1), ("full", 440.0, 1.0), ("voice", 1500.0, 0.1)):
        tone(folder / f"{name}.wav", pitch, loud)
    bang(folder / "bang.wav")
    settings = folder / "al.conf"
    out = folder / "out.wav"
    settings.write_text(
        f"[general]\ndrivers=wave\nfrequency={RATE}\nhrtf={str(hrtf).lower()}\nchannels=stereo\n"
        f"[wave]\nfile={out}\n"
    )
    # Without what another test may have chosen: the settings name the only driver.
    environment = {k: v for k, v in os.environ.items() if k != "ALSOFT_DRIVERS"}
    environment["ALSOFT_CONF"] = str(settings)
    script = Path(__file__).parent / "sounding.py"
    told = subprocess.run(
        [sys.executable, str(script), case, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    data = out.read_bytes()
    start = data.index(b"data") + 8
    bits = int.from_bytes(data[34:36], "little")
    kind = "<f4" if bits == 32 else "<i2"
    usable = (len(data) - start) // (bits // 4) * (bits // 4)
    samples = np.frombuffer(data[start : start + usable], dtype=kind).reshape(-1, 2)
    scale = 1.0 if bits == 32 else 32768.0
    return samples.astype(np.float64) / scale, told.stdout.split()


def rms(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples**2))) if samples.size else 0.0


@pytest.mark.parametrize(("case", "louder", "softer"), [("left", 0, 1), ("right", 1, 0)])
def test_a_sound_comes_from_its_side(tmp_path, case, louder, softer):
    samples, _ = played(case, tmp_path)
    assert rms(samples[:, louder]) > 0.005
    assert rms(samples[:, louder]) > 3 * rms(samples[:, softer])


def test_a_bed_is_heard_alike_begins_softly_and_falls_silent_at_once(tmp_path):
    samples, states = played("bed", tmp_path)
    assert states == ["playing", "silent"]
    loud = np.abs(samples).max(axis=1) > 0.0015
    first, last = np.flatnonzero(loud)[[0, -1]]
    assert rms(samples[:, 0]) == pytest.approx(rms(samples[:, 1]), rel=0.02)
    # The tone itself begins at its peak; what is heard must not.
    steady = rms(samples[first + RATE // 5 : first + RATE // 2])
    assert rms(samples[first : first + RATE // 200]) < 0.5 * steady
    assert steady > 0.04
    # 0.7 s were played on after leaving, of which at most 0.1 s may sound.
    assert (len(samples) - last) / RATE > 0.55


def test_the_safe_place_has_its_own_sound_and_not_the_scenes(tmp_path):
    samples, states = played("calm", tmp_path)
    assert states == ["playing", "silent"]
    loud = np.flatnonzero(np.abs(samples).max(axis=1) > 0.005)
    tenth = RATE // 10
    assert rms(samples[loud[0] : loud[0] + tenth]) < rms(samples[loud[-1] - tenth : loud[-1]])


def pitched(samples: np.ndarray, hz: float, step_s: float = 0.05) -> np.ndarray:
    """How loud the tone of this pitch is in each step, as an amplitude; 1 is full scale."""
    step = round(step_s * RATE)
    ear = samples[: len(samples) // step * step, 0].reshape(-1, step)
    turn = np.exp(-2j * np.pi * hz * np.arange(step) / RATE)
    return 2 * np.abs(ear @ turn) / step


def test_a_bed_gives_way_to_a_line_in_time_and_comes_back(tmp_path):
    samples, _ = played("line", tmp_path)
    bed, line = pitched(samples, 440.0), pitched(samples, 1500.0)
    spoken = np.flatnonzero(line > 0.03)
    begins, ends = spoken[0], spoken[-1]
    before = bed[begins - 4]
    # 150 ms to give way by 8 dB, 600 ms to come back; a step lasts 50 ms.
    assert bed[begins - 2] > 0.98 * before and bed[begins] > 0.5 * before
    assert 20 * np.log10(bed[begins + 6] / before) == pytest.approx(-8.0, abs=0.7)
    assert bed[ends + 5] < 0.85 * before
    assert bed[ends + 16] == pytest.approx(before, rel=0.03)
    # One channel heard from both sides has 0.6 of its amplitude on each.
    assert line[begins + 4] == pytest.approx(0.06, rel=0.05)


MOST = 10 ** (-6.0 / 20.0)


@pytest.mark.parametrize("hrtf", [False, True], ids=["speakers", "headphones"])
@pytest.mark.parametrize("case", ["bangs", "clangs", "crowd"])
def test_whatever_sounds_at_once_no_peak_leaves_its_limit(tmp_path, case, hrtf):
    samples, _ = played(case, tmp_path, hrtf=hrtf)
    assert 0.08 < true_peak(samples) <= MOST


def test_of_the_loudest_scene_nothing_is_heard_100_ms_after_it_was_left(tmp_path):
    samples, states = played("clangs", tmp_path)
    assert states == ["playing", "silent"]
    last = np.flatnonzero(np.abs(samples).max(axis=1) > 1e-4)[-1]
    # 0.7 s were played on after leaving.
    assert (len(samples) - last) / RATE > 0.6


def test_the_calibration_tone_has_its_loudness_follows_the_volume_and_ends_with_the_room(tmp_path):
    samples, told = played("tone", tmp_path)
    first = np.flatnonzero(np.abs(samples).max(axis=1) > 1e-3)[0]

    def loudness(begins_s: float, ends_s: float) -> float:
        part = samples[first + round(begins_s * RATE) : first + round(ends_s * RATE)]
        return integrated(part, RATE)

    whole = loudness(0.3, 1.7)
    assert whole == pytest.approx(-23.0, abs=0.7)
    assert loudness(2.8, 3.8) - whole == pytest.approx(-12.0, abs=0.7)
    assert told == ["True", "silent", "False"]


def test_a_breath_swells_and_sinks_with_the_guide_brighter_in_than_out_and_stays_soft(tmp_path):
    samples, _ = played("breath", tmp_path)
    quarter = RATE // 4
    loud = np.array([rms(samples[k * quarter : (k + 1) * quarter]) for k in range(29)])
    first = int(np.flatnonzero(loud > 0.001)[0])
    # 3 s in and 4.5 s out: soft at both ends and where the breath turns, full in between.
    way_in, way_out = loud[first : first + 12], loud[first + 13 :]
    for way in (way_in, way_out):
        assert way[0] < 0.6 * way.max() and way[-1] < 0.4 * way.max()
    assert loud[first + 11 : first + 14].min() < 0.3 * way_in.max()
    assert np.argmax(way_in) > 5 and np.argmax(way_out) < 8
    assert integrated(samples, RATE) < -27.0 and true_peak(samples) < 0.25
    turn = (first + 12) * quarter
    assert colour(samples[:turn]) > 1.4 * colour(samples[turn:])


def colour(samples: np.ndarray) -> float:
    """The middle of the spectrum, in Hz."""
    power = np.abs(np.fft.rfft(samples[:, 0])) ** 2
    return float((power * np.fft.rfftfreq(len(samples), 1 / RATE)).sum() / power.sum())


def test_a_breath_ends_with_its_guide_and_where_the_patient_is_led_elsewhere(tmp_path):
    samples, told = played("breath_ends", tmp_path)
    assert told == ["playing", "silent"]
    loud = np.abs(samples).max(axis=1) > 0.002
    at = np.flatnonzero(loud)
    pauses = np.diff(at) / RATE
    # 0.7 s without a guide, of which at most 0.1 s may sound; it begins again as softly.
    assert pauses.max() > 0.6
    assert (len(samples) - at[-1]) / RATE > 0.55


def test_without_a_device_nothing_is_claimed(tmp_path):
    environment = {**os.environ, "ALSOFT_DRIVERS": "-all", "ALSOFT_CONF": str(tmp_path / "none")}
    script = Path(__file__).parent / "sounding.py"
    told = subprocess.run(
        [sys.executable, str(script), "device", str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["none"]


def test_a_player_without_a_device_says_none_and_keeps_nothing_waiting():
    player = SoundPlayer(None, {}, "calm", SoundCards(Path("nowhere")), lambda: 0.0)
    heard = Heard(at=None, parent=None, loop=True, volume=1.0, owner="s", forget=player.drop)
    player.bring(heard, "tone")
    player.show(View.SCENE)
    player.follow(0.02, NodePath("world").attachNewNode("ears"), {})
    assert player.state == "none" and player.waiting() == 0


class Silent:
    """A sound of a device that is gone."""

    def status(self) -> int:
        return AudioSound.READY

    def length(self) -> float:
        return 1.0

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


class Working(Silent):
    """A sound of a device that plays."""

    def __init__(self) -> None:
        self._status = AudioSound.READY

    def status(self) -> int:
        return self._status

    def play(self) -> None:
        self._status = AudioSound.PLAYING

    def stop(self) -> None:
        self._status = AudioSound.READY


class Device:
    """A sound device that reads every file and plays nothing."""

    def getSound(self, where: object, positional: bool) -> Silent:
        return Silent()

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


def test_another_safe_place_brings_its_own_calm_sound_and_none_that_does_not_ship():
    files = {"meadow": Path("meadow.ogg"), "shore": Path("shore.ogg")}
    device = Device()
    device.getSound = lambda where, positional: Working()
    player = SoundPlayer(device, files, "meadow", SoundCards(Path("nowhere")), lambda: 0.0)
    ears = NodePath("world").attachNewNode("ears")
    for name in ("shore", "meadow"):
        player.calm_with(name)
        player.show(View.SAFE_PLACE)
        for _ in range(4):
            player.follow(0.02, ears, {})
        assert player.state == "playing"
        player.show(View.NEUTRAL)
        assert player.state == "silent"
    with pytest.raises(KeyError):
        player.calm_with("storm")


def test_a_card_that_was_pulled_out_is_noticed(tmp_path):
    for card in ("card0/pcm0p", "card1/pcm0p", "card1/pcm0c"):
        (tmp_path / card).mkdir(parents=True)
    cards = SoundCards(tmp_path)
    assert not cards.one_is_gone()
    (tmp_path / "card1/pcm0c").rmdir()
    (tmp_path / "card2/pcm0p").mkdir(parents=True)
    assert not cards.one_is_gone()
    (tmp_path / "card1/pcm0p").rmdir()
    assert cards.one_is_gone()


def test_a_card_that_comes_back_is_opened_again_said_once_and_what_sounded_sounds_on(tmp_path):
    card = tmp_path / "card0/pcm0p"
    card.mkdir(parents=True)
    now, opened, managers = [0.0], [], []

    def look(seconds: float) -> None:
        now[0] += seconds
        player.follow(0.02, ears, {})

    def again() -> None:
        opened.append(now[0])
        return managers.pop(0) if managers else None

    player = SoundPlayer(
        None,
        {"tone": Path("tone.wav")},
        "calm",
        SoundCards(tmp_path),
        lambda: now[0],
        open_again=again,
    )
    player._manager = Device()
    ears = NodePath("world").attachNewNode("ears")
    heard = Heard(at=None, parent=None, loop=True, volume=1.0, owner="s", forget=player.drop)
    player._voices[heard] = Voice(Silent(), heard, "tone", sounding=True)
    card.rmdir()
    look(1.5)
    assert player.loss() and not player.loss() and player.state == "none"
    look(1.5)
    assert opened == [] and not player.back()
    card.mkdir()
    look(1.5)
    # The card is listed before it can be used: it is tried again, and nothing is claimed yet.
    assert len(opened) == 1 and not player.back() and player.waiting() == 0
    managers.append(Device())
    look(1.5)
    assert player.back() and not player.back() and player.state == "silent"
    player.show(View.SCENE)
    look(0.02)
    assert player._voices[heard].sounding
    card.rmdir()
    look(1.5)
    assert player.loss()
