# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy", "soundfile", "pyloudnorm"]
# ///
"""Makes every sound of assets/audio and its entry in assets/CREDITS.toml.

Run it with `uv run assets/source/sounds.py` for all, or with names, as `wind/gust`, for some. How
each sounds is written in `sounds/`, one module a family. Nothing is recorded: all is synthesised
from seeded noise and tones, and the same script gives the same bytes. Loops are seamless because
they are made in the frequency domain, or wrapped around.

Beds are set to -23 LUFS (ITU-R BS.1770, EBU R 128) with a crest that leaves room for events;
events to at most 12 dB over that and at most -9 dB true peak, with an onset of at least 20 ms.
What was measured of the file as decoded goes into CREDITS.toml, where the mixer reads it. The
script stops when a sound breaks these rules.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import credits
import numpy as np
import pyloudnorm
import soundfile
from sounds import (
    bedroom,
    calm,
    dogs,
    enclosed,
    gorge,
    insects,
    kitchen,
    lift,
    rain,
    resting,
    signals,
    street,
    things,
    wind,
)
from sounds.making import RATE

ASSETS = Path(__file__).resolve().parent.parent
BED_LUFS = -23.0
EVENT_MOST_LUFS = BED_LUFS + 12.0
PEAK_MOST_DB = {"bed": -10.0, "event": -9.0, "alert": -9.0}
"""Below the limit of -6 dB, so that an event beside one ear leaves room for the beds behind it."""
ROOMS_DB = (0.6, 1.4, 2.4, 3.6)
"""What the coding may add to a peak: the first that is enough for the sound is taken."""
ONSET_S = 0.03


@dataclass(frozen=True)
class Sound:
    """One file to be."""

    name: str
    make: Callable[[], np.ndarray]
    kind: str
    lufs: float = BED_LUFS


SOUNDS = (
    Sound("wind/steady", wind.wind_steady, "bed"),
    Sound("street/near", street.street_near, "bed"),
    Sound("street/far", street.street_far, "bed"),
    Sound("rain/light", rain.light, "bed"),
    Sound("rain/heavy", rain.heavy, "bed"),
    Sound("calm/meadow", calm.meadow, "bed"),
    Sound("calm/shore", calm.shore, "bed"),
    Sound("calm/room", calm.quiet_room, "bed"),
    Sound("calm/clock", resting.clock, "bed"),
    Sound("calm/pane", resting.pane, "bed"),
    Sound("kitchen/hum", kitchen.hum, "bed"),
    Sound("bedroom/house", bedroom.house, "bed"),
    Sound("storm/rolling", bedroom.rolling, "bed"),
    Sound("calm/inhale", calm.inhale, "bed"),
    Sound("calm/exhale", calm.exhale, "bed"),
    Sound("gorge/river", gorge.river, "bed"),
    Sound("gorge/ropes", gorge.ropes, "bed"),
    Sound("animals/wasp", insects.wasp, "bed"),
    Sound("animals/bee", insects.bee, "bed"),
    Sound("animals/hornet", insects.hornet, "bed"),
    Sound("garden/summer", insects.garden, "bed"),
    Sound("dogs/pant", dogs.pant, "bed"),
    Sound("lift/motor", lift.motor, "bed"),
    Sound("lift/ventilation", lift.ventilation, "bed"),
    Sound("scanner/localiser", enclosed.localiser, "bed"),
    Sound("scanner/spin_echo", enclosed.spin_echo, "bed"),
    Sound("scanner/gradient_echo", enclosed.gradient_echo, "bed"),
    Sound("scanner/echo_planar", enclosed.echo_planar, "bed"),
    Sound("scanner/pump", enclosed.pump, "bed"),
    Sound("scanner/air", enclosed.air, "bed"),
    Sound("cellar/air", enclosed.cellar, "bed"),
    Sound("scanner/fan_stops", enclosed.fan_stops, "event", -20.0),
    Sound("scanner/table", enclosed.table, "event", -20.0),
    Sound("scanner/intercom", enclosed.intercom, "event", -23.0),
    Sound("scanner/latch", enclosed.latch, "event", -21.0),
    Sound("cellar/drip", enclosed.drip, "event", -22.0),
    Sound("cellar/key", enclosed.key, "event", -21.0),
    Sound("cellar/door", enclosed.door, "event", -18.0),
    Sound("cellar/steps_above", enclosed.steps_above, "event", -20.0),
    Sound("wind/gust", wind.wind_gust, "event", -16.0),
    Sound("street/siren", street.siren, "event", -23.0),
    Sound("rain/thunder", rain.thunder, "event", -19.0),
    Sound("storm/near", bedroom.near, "event", -16.0),
    Sound("bedroom/click", bedroom.click, "event", -26.0),
    Sound("bedroom/tap", bedroom.tap, "event", -24.0),
    Sound("bedroom/shutter", bedroom.shutter, "event", -20.0),
    Sound("bedroom/curtain", bedroom.curtain, "event", -24.0),
    Sound("bedroom/wardrobe", bedroom.wardrobe, "event", -23.0),
    Sound("balcony/creak", things.creak, "event", -19.0),
    Sound("gorge/board", gorge.board, "event", -20.0),
    Sound("gorge/step_stone", gorge.step_stone, "event", -22.0),
    Sound("gorge/step_steel", gorge.step_steel, "event", -20.0),
    Sound("gorge/step_board", gorge.step_board, "event", -21.0),
    Sound("gorge/stones", gorge.stones, "event", -19.0),
    Sound("animals/wings", things.wings, "event", -20.0),
    Sound("calm/gull", resting.gull, "event", -22.0),
    Sound("calm/splash", resting.splash, "event", -22.0),
    Sound("calm/bell", resting.bell, "event", -23.0),
    Sound("calm/bird", resting.warbler, "event", -21.0),
    Sound("calm/strike", resting.struck, "event", -23.0),
    Sound("kitchen/rustle", kitchen.rustle, "event", -26.0),
    Sound("kitchen/glass", kitchen.glass, "event", -24.0),
    Sound("garden/clink", insects.clink, "event", -24.0),
    Sound("garden/pane", insects.pane, "event", -22.0),
    Sound("lift/doors", lift.doors, "event", -23.0),
    Sound("lift/ding", lift.ding, "event", -23.0),
    Sound("lift/alarm", lift.alarm, "event", -22.0),
    Sound("lift/relay", lift.relay, "event", -21.0),
    Sound("lift/jolt", lift.jolt, "event", -18.0),
    Sound("lift/intercom", lift.intercom, "event", -22.0),
    Sound("lift/cable", lift.cable, "event", -20.0),
    Sound("lift/squeegee", lift.squeegee, "event", -22.0),
    Sound("people/steps", things.footsteps, "event", -21.0),
    Sound("dogs/bark_large", dogs.bark_large, "event", -21.0),
    Sound("dogs/bark_medium", dogs.bark_medium, "event", -22.0),
    Sound("dogs/bark_small", dogs.bark_small, "event", -23.0),
    Sound("dogs/sniff", dogs.sniff, "event", -27.0),
    Sound("dogs/paws", dogs.paws, "event", -26.0),
    Sound("dogs/tags", dogs.tags, "event", -28.0),
    Sound("dogs/whine", dogs.whine, "event", -24.0),
    Sound("calm/chime", calm.chime, "alert", -24.0),
    Sound("signal/tick", signals.tick, "alert", -27.0),
    Sound("signal/tone", signals.tone, "alert", BED_LUFS),
)


def true_peak_db(wave: np.ndarray) -> float:
    """The peak between the samples too: four times oversampled in the frequency domain."""
    peak = 0.0
    for channel in np.atleast_2d(wave.T):
        spectrum = np.fft.rfft(channel)
        wide = np.fft.irfft(np.pad(spectrum, (0, 3 * len(channel) // 2)), 4 * len(channel)) * 4
        peak = max(peak, float(np.abs(wide).max()))
    return 20 * math.log10(max(peak, 1e-9))


BLOCK_S = 0.4
"""What is shorter than this cannot be measured by itself, as in the patient's process."""


def loudness(wave: np.ndarray, rate: int) -> float:
    """Integrated loudness in LUFS; what is shorter than the gate's block is heard again and again."""
    again = 1 if len(wave) >= BLOCK_S * rate else math.ceil(1.5 * rate / len(wave))
    return float(pyloudnorm.Meter(rate).integrated_loudness(np.concatenate([wave] * again)))


def softened(wave: np.ndarray, most: float) -> np.ndarray:
    """Where peaks go above `most` they are rounded off; what lies well below is left as it is."""
    if np.abs(wave).max() <= most:
        return wave
    knee = 0.6 * most
    over = np.abs(wave) > knee
    rounded = np.sign(wave) * (knee + (most - knee) * np.tanh((np.abs(wave) - knee) / (most - knee)))
    return np.where(over, rounded, wave)


def finished(sound: Sound, wave: np.ndarray, room_db: float) -> np.ndarray:
    """The sound at its loudness, with its onset."""
    most = 10 ** ((PEAK_MOST_DB[sound.kind] - room_db) / 20)
    if sound.kind != "bed":
        onset = round(ONSET_S * RATE)
        ramp = np.sin(np.linspace(0, np.pi / 2, onset)) ** 2
        wave = wave.copy()
        wave[:onset] *= ramp if wave.ndim == 1 else ramp[:, None]
    for _ in range(8):
        wave = softened(wave * 10 ** ((sound.lufs - loudness(wave, RATE)) / 20), most)
    return wave


def check(sound: Sound, path: Path) -> tuple[float, float]:
    """Loudness in LUFS and true peak in dB of the file as decoded; stops when a rule is broken."""
    wave, rate = soundfile.read(path)
    loud, peak = loudness(wave, rate), true_peak_db(wave)
    seam = float(np.abs(np.atleast_1d(wave[0] - wave[-1])).max()) if sound.kind == "bed" else 0.0
    print(f"{sound.name:16} {sound.kind:5} {len(wave) / rate:5.1f} s {loud:6.1f} LUFS peak {peak:6.1f} dB seam {seam:.3f} {path.stat().st_size // 1024} kB")
    assert peak <= PEAK_MOST_DB[sound.kind], f"{sound.name}: true peak {peak:.1f} dB"
    if sound.kind == "bed":
        assert abs(loud - BED_LUFS) < 0.5, f"{sound.name}: {loud:.1f} LUFS"
    else:
        assert loud <= EVENT_MOST_LUFS, f"{sound.name}: {loud:.1f} LUFS"
    return loud, peak


def same_bytes(path: Path) -> None:
    """Give the Ogg stream a serial number that does not change from one making to the next."""
    data = bytearray(path.read_bytes())
    table = []
    for k in range(256):
        r = k << 24
        for _ in range(8):
            r = ((r << 1) ^ 0x04C11DB7) & 0xFFFFFFFF if r & 0x80000000 else (r << 1) & 0xFFFFFFFF
        table.append(r)
    at = 0
    while at < len(data):
        assert data[at : at + 4] == b"OggS"
        laces = data[at + 26]
        size = 27 + laces + sum(data[at + 27 : at + 27 + laces])
        data[at + 14 : at + 18] = (1).to_bytes(4, "little")
        data[at + 22 : at + 26] = bytes(4)
        crc = 0
        for byte in data[at : at + size]:
            crc = ((crc << 8) & 0xFFFFFFFF) ^ table[(crc >> 24) ^ byte]
        data[at + 22 : at + 26] = crc.to_bytes(4, "little")
        at += size
    path.write_bytes(data)


def write(sound: Sound, path: Path) -> None:
    """Make the sound and code it as Ogg Vorbis."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = sound.make()
    for room_db in ROOMS_DB:
        code(finished(sound, made, room_db), path)
        if true_peak_db(soundfile.read(path)[0]) <= PEAK_MOST_DB[sound.kind]:
            return


def code(wave: np.ndarray, path: Path) -> None:
    """Ogg Vorbis, the same bytes for the same wave."""
    with soundfile.SoundFile(
        path, "w", samplerate=RATE, channels=1 if wave.ndim == 1 else wave.shape[1],
        format="OGG", subtype="VORBIS",
    ) as out:
        for start in range(0, len(wave), 8192):
            out.write(wave[start : start + 8192])
    same_bytes(path)


def main(names: list[str]) -> None:
    """Make the sounds named, or all, then the list of them."""
    unknown = set(names) - {sound.name for sound in SOUNDS}
    if unknown:
        sys.exit(f"no sound is called {', '.join(sorted(unknown))}")
    entries = credits.known(ASSETS)
    made_from = credits.digest(credits.sources(ASSETS, "sounds"))
    for sound in SOUNDS:
        if names and sound.name not in names:
            continue
        path = ASSETS / "audio" / f"{sound.name}.ogg"
        write(sound, path)
        loud, peak = check(sound, path)
        entries[f"audio/{sound.name}.ogg"] = {
            "path": f"audio/{sound.name}.ogg",
            "licence": "CC0-1.0",
            "source": "own work, synthesised",
            "script": "source/sounds.py",
            "made_from": made_from,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "kind": sound.kind,
            "loudness_lufs": round(loud, 1),
            "true_peak_db": round(peak, 1),
        }
    credits.write(ASSETS, entries)


if __name__ == "__main__":
    main(sys.argv[1:])
