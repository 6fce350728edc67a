# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy", "soundfile", "pyloudnorm"]
# ///
"""Makes every sound of assets/audio and its entry in assets/CREDITS.toml.

Run it with `uv run assets/source/sounds.py`. Nothing is recorded: all is synthesised from seeded
noise and tones. Loops are seamless because they are made in the frequency domain, or wrapped
around. Beds are set to -23 LUFS (EBU R 128); events to at most 12 dB over that and at most
-6 dB true peak, with an onset of at least 20 ms. The script stops when a sound breaks these rules.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyloudnorm
import soundfile

RATE = 44100
ASSETS = Path(__file__).resolve().parent.parent
BED_LUFS = -23.0
EVENT_MOST_LUFS = BED_LUFS + 12.0
PEAK_MOST_DB = -6.0
ONSET_S = 0.03


def noise(seconds: float, seed: int, shape: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Seamless noise whose spectrum is shaped by a function of frequency in Hz; deviation 1."""
    count = round(seconds * RATE)
    random = np.random.default_rng(seed)
    f = np.fft.rfftfreq(count, 1 / RATE)
    wave = np.fft.irfft(np.fft.rfft(random.normal(size=count)) * shape(f), count)
    return wave / wave.std()


def band(low: float, high: float, slope: float = 0.0) -> Callable[[np.ndarray], np.ndarray]:
    """A band with soft flanks whose level falls as f**slope."""

    def shape(f: np.ndarray) -> np.ndarray:
        g = np.maximum(f, 1.0)
        return g**slope / np.sqrt((1 + (low / g) ** 4) * (1 + (g / high) ** 4))

    return shape


def drift(seconds: float, seed: int, fastest: float, slope: float = -0.7) -> np.ndarray:
    """A slow seamless course between 0 and 1."""
    course = noise(seconds, seed, lambda f: np.where((f > 0) & (f < fastest), np.maximum(f, 1e-3) ** slope, 0))
    return 0.5 + 0.5 * np.tanh(0.9 * course)


def resonant(wave: np.ndarray, course: np.ndarray, wide: float) -> np.ndarray:
    """What a moving resonance at `course` Hz lets through: a two-pole filter, sample by sample."""
    out = np.zeros_like(wave)
    a = b = 0.0
    r = math.exp(-math.pi * wide / RATE)
    turns = 2.0 * r * np.cos(2 * np.pi * course / RATE)
    gain = (1 - r * r) * 0.5
    for k in range(len(wave)):
        value = gain * wave[k] + turns[k] * a - r * r * b
        b, a = a, value
        out[k] = value
    return out / max(out.std(), 1e-9)


def placed(length: int, part: np.ndarray, start_s: float, gain: float = 1.0) -> np.ndarray:
    """`part` at its time in a loop of `length` samples, wrapped around its end."""
    out = np.zeros(length)
    at = (round(start_s * RATE) + np.arange(len(part))) % length
    np.add.at(out, at, gain * part)
    return out


def hill(count: int, top: float = 0.5, sharp: float = 1.0) -> np.ndarray:
    """A smooth rise and fall with its top at the part `top` of its length."""
    t = np.linspace(0, 1, count)
    warped = np.where(t < top, t / top * 0.5, 0.5 + (t - top) / (1 - top) * 0.5)
    return np.sin(np.pi * warped) ** (2 * sharp)


def wind(seed: int, seconds: float) -> np.ndarray:
    """Wind about the ears: low rumble, a body of air, hiss that follows the gusts, a faint howl."""
    slow = drift(seconds, seed, 0.35)
    quick = drift(seconds, seed + 1, 2.5)
    push = 0.18 + 0.82 * slow**1.3 * (0.7 + 0.3 * quick)
    rumble = noise(seconds, seed + 2, band(35, 130, -0.6)) * push**1.6
    body = noise(seconds, seed + 3, band(150, 700, -0.5)) * push
    hiss = noise(seconds, seed + 4, band(1200, 6000, -0.8)) * push**2.4
    howl = resonant(noise(seconds, seed + 5, band(200, 900)), 330 + 190 * slow + 40 * quick, 55.0)
    edge = round(0.4 * RATE)  # the resonance has a memory: it fades at both ends of the loop
    fade = np.linspace(0, 1, edge)
    howl *= np.concatenate([fade, np.ones(len(howl) - 2 * edge), fade[::-1]])
    return 0.9 * rumble + 0.75 * body + 0.16 * hiss + 0.22 * howl * push**2


def wind_steady() -> np.ndarray:
    """Stereo: both ears hear the same gusts with their own turbulence."""
    both = 0.72 * wind(10, 14.0)
    return np.stack([both + 0.5 * wind(seed, 14.0) for seed in (40, 70)], axis=1)


def wind_gust() -> np.ndarray:
    seconds = 6.0
    swell = hill(round(seconds * RATE), 0.42, 0.8) * (0.8 + 0.2 * drift(seconds, 103, 5.0))
    rumble = noise(seconds, 100, band(40, 150, -0.5)) * swell**1.3
    body = noise(seconds, 101, band(180, 900, -0.4)) * swell
    hiss = noise(seconds, 102, band(1500, 7000, -0.7)) * swell**2
    flutter = noise(seconds, 104, band(60, 260)) * swell * (drift(seconds, 105, 14.0, 0.0) ** 3)
    howl = resonant(noise(seconds, 106, band(200, 1000)), 300 + 330 * swell, 45.0) * swell**2
    return 0.8 * rumble + 0.9 * body + 0.25 * hiss + 0.7 * flutter + 0.3 * howl


def passing(seed: int, seconds: float, pitch: float) -> np.ndarray:
    """A car that drives by: tyres, engine with harmonics, falling in pitch as it passes."""
    count = round(seconds * RATE)
    t = np.linspace(-1, 1, count)
    near = 1.0 / (1.0 + (t * 4.2) ** 2)
    doppler = 1.0 - 0.045 * np.tanh(t * 5.0)
    phase = 2 * np.pi * np.cumsum(pitch * doppler) / RATE
    random = np.random.default_rng(seed)
    engine = sum(np.sin(k * phase + random.uniform(0, 6)) / k**1.1 for k in range(1, 9))
    tyres = noise(seconds, seed + 1, band(350, 1800, -0.5))
    road = noise(seconds, seed + 2, band(60, 300, -0.4))
    bright = noise(seconds, seed + 3, band(1500, 5000, -0.8)) * near
    return (0.16 * engine + 0.55 * tyres + 0.6 * road + 0.25 * bright) * near * hill(count, 0.5, 0.5)


def horn(seed: int, seconds: float, tones: tuple[float, float]) -> np.ndarray:
    """A car horn two streets off: two reeds, muffled, with the street's echo."""
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    tone = sum(
        np.sin(2 * np.pi * f * k * t) / k**1.4 * (1.0 if k < 6 else 0.3)
        for f in tones
        for k in range(1, 8)
    )
    shape = np.minimum(1, t / 0.04) * np.minimum(1, np.maximum(0, (seconds - 0.05 - t) / 0.08))
    return echo(tone * shape, seed, 0.9)


def echo(wave: np.ndarray, seed: int, long_s: float) -> np.ndarray:
    """The wave with the reverberation of a street."""
    tail = round(long_s * RATE)
    random = np.random.default_rng(seed)
    response = random.normal(size=tail) * np.exp(-np.arange(tail) / (0.25 * tail)) * 0.02
    response[0] += 0.6
    n = len(wave) + tail
    both = np.fft.irfft(np.fft.rfft(wave, n) * np.fft.rfft(response, n), n)
    spectrum = np.fft.rfft(both)
    f = np.fft.rfftfreq(n, 1 / RATE)
    return np.fft.irfft(spectrum / np.sqrt(1 + (f / 2200) ** 2), n)


def murmur(seconds: float, seed: int, voices: int) -> np.ndarray:
    """Passers-by too far to be understood: syllables through moving formants."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    out = np.zeros(count)
    for _ in range(voices):
        base = random.uniform(100, 220)
        at = random.uniform(0, seconds)
        for _ in range(random.integers(5, 11)):
            long = random.uniform(0.10, 0.24)
            n = round(long * RATE)
            t = np.arange(n) / RATE
            glide = base * (1 + random.uniform(-0.1, 0.1) + random.uniform(-0.2, 0.1) * t / long)
            phase = 2 * np.pi * np.cumsum(glide) / RATE
            first, second = random.uniform(300, 750), random.uniform(900, 1900)
            voice = np.zeros(n)
            for k in range(1, 22):
                f = k * base
                weight = math.exp(-(((f - first) / 130) ** 2)) + 0.45 * math.exp(-(((f - second) / 200) ** 2)) + 0.05 / k
                voice += weight * np.sin(k * phase)
            out += placed(count, voice * np.hanning(n), at, random.uniform(0.3, 1.0))
            at += long + random.uniform(0.0, 0.09)
    return out / max(out.std(), 1e-9)


def steps(seconds: float, seed: int) -> np.ndarray:
    """A few people walking."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    out = np.zeros(count)
    for _ in range(4):
        at, pace, loud = random.uniform(0, seconds), random.uniform(0.5, 0.6), random.uniform(0.3, 1)
        for k in range(random.integers(7, 14)):
            n = 2600
            tap = np.random.default_rng(seed + k).normal(size=n) * np.exp(-np.arange(n) / 420.0)
            tap = np.convolve(tap, np.hanning(18) / 9, "same")
            out += placed(count, tap * np.minimum(1, np.arange(n) / 60), at + k * pace, loud * hill(16)[k + 1])
    return out / max(out.std(), 1e-9)


def street_near() -> np.ndarray:
    seconds = 18.0
    count = round(seconds * RATE)
    out = 0.20 * noise(seconds, 200, band(50, 400, -0.9)) + 0.06 * noise(seconds, 201, band(400, 2500, -0.9))
    random = np.random.default_rng(202)
    for k in range(7):
        part = passing(210 + 5 * k, random.uniform(3.6, 5.6), random.uniform(52, 88))
        out += placed(count, part, k * seconds / 7 + random.uniform(-0.6, 0.6), random.uniform(0.35, 0.9))
    out += 0.10 * murmur(seconds, 260, 7) + 0.05 * steps(seconds, 270)
    return out


def street_far() -> np.ndarray:
    """Stereo: the hum of a city from above, now and then a horn, a distant engine."""
    seconds = 20.0
    count = round(seconds * RATE)
    sides = []
    for ear in range(2):
        roar = noise(seconds, 300 + ear, band(45, 260, -0.8)) * (0.7 + 0.3 * drift(seconds, 310 + ear, 0.3))
        wash = noise(seconds, 302 + ear, band(250, 1100, -1.0)) * (0.6 + 0.4 * drift(seconds, 312 + ear, 0.5))
        sides.append(0.8 * roar + 0.32 * wash)
    out = np.stack(sides, axis=1)
    random = np.random.default_rng(320)
    for k in range(4):
        part = passing(330 + 4 * k, random.uniform(5, 8), random.uniform(45, 75))
        part = np.convolve(part, np.hanning(90) / 45, "same")
        pan = random.uniform(0.2, 0.8)
        whole = placed(count, part, k * 5.0 + random.uniform(0, 2), 0.5)
        out += whole[:, None] * np.asarray([1 - pan, pan])
    for at, long, tones, pan in ((3.4, 0.32, (392.0, 494.0), 0.25), (12.2, 0.55, (349.0, 440.0), 0.7), (13.0, 0.25, (349.0, 440.0), 0.7)):
        whole = placed(count, horn(int(at * 10), long, tones), at, 0.30)
        out += whole[:, None] * np.asarray([1 - pan, pan])
    return out


def siren() -> np.ndarray:
    """A two-tone European ambulance horn in the street far below, 14 s."""
    seconds = 14.0
    t = np.arange(round(seconds * RATE)) / RATE
    high = (t % 1.1) < 0.55
    pitch = np.where(high, 466.0, 392.0)
    kernel = np.hanning(1200)
    pitch = np.convolve(np.pad(pitch, 1200, mode="edge"), kernel / kernel.sum(), "same")[1200:-1200]
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    tone = sum(np.sin(k * phase) / k**1.3 for k in (1, 2, 3, 4, 5))
    shape = hill(len(t), 0.5, 0.45)
    return echo(tone * shape, 400, 1.3)[: len(t)] * np.minimum(1, (seconds - t) / 0.6)


def creak() -> np.ndarray:
    """A steel joint under load: stick and slip, a train of small clicks through resonances."""
    seconds = 1.6
    count = round(seconds * RATE)
    random = np.random.default_rng(500)
    out = np.zeros(count)
    at = 0.08
    while at < 1.15:
        part = (at - 0.08) / 1.07
        rate = 38 + 75 * math.sin(math.pi * part) + random.normal() * 5
        n = 2200
        t = np.arange(n) / RATE
        ring = sum(
            a * np.sin(2 * np.pi * f * (1 + 0.10 * part) * t) * np.exp(-t * d)
            for f, a, d in ((212, 0.8, 120), (388, 1.0, 160), (655, 0.7, 210), (1240, 0.42, 330), (2350, 0.2, 520))
        )
        out += placed(count, ring * np.minimum(1, t / 0.0006), at, math.sin(math.pi * part) ** 0.7 * random.uniform(0.6, 1))
        at += 1 / max(20.0, rate)
    return echo(out, 501, 0.5)[:count] * hill(count, 0.3, 0.3)


def wings() -> np.ndarray:
    """A pigeon's wings: clapping at the start, then even beats with a whistle of feathers."""
    seconds = 3.3
    count = round(seconds * RATE)
    random = np.random.default_rng(600)
    out = np.zeros(count)
    at, k = 0.06, 0
    while at < seconds - 0.25:
        n = round(0.13 * RATE)
        air = noise(0.13, 610 + k, band(250, 2600, -0.5)) * hill(n, 0.35, 0.9)
        whistle = noise(0.13, 650 + k, band(1900, 3300, 0.0)) * hill(n, 0.5, 1.6)
        clap = noise(0.13, 690 + k, band(700, 5000, -0.3)) * np.exp(-np.arange(n) / 500) * np.minimum(1, np.arange(n) / 90)
        early = max(0.0, 1 - k / 5)
        out += placed(count, air + 0.35 * whistle + 0.9 * early * clap, at, 0.9 * random.uniform(0.85, 1.0))
        at += 1 / (5.5 + 1.2 * early) + random.normal() * 0.003
        k += 1
    return out * np.concatenate([np.ones(count - RATE), np.linspace(1, 0.15, RATE)])


def bird(seed: int) -> np.ndarray:
    """A short phrase of a small bird, a garden away."""
    random = np.random.default_rng(seed)
    parts = []
    base = random.uniform(2600, 4200)
    for _ in range(random.integers(3, 7)):
        long = random.uniform(0.06, 0.16)
        t = np.arange(round(long * RATE)) / RATE
        sweep = base * (1 + random.uniform(-0.18, 0.18) * np.sin(np.pi * t / long) + random.uniform(-0.1, 0.1) * t / long)
        parts.append(np.sin(2 * np.pi * np.cumsum(sweep) / RATE) * np.hanning(len(t)))
        parts.append(np.zeros(round(random.uniform(0.03, 0.12) * RATE)))
    return echo(np.concatenate(parts), seed, 0.8)


def meadow() -> np.ndarray:
    """The safe place: a soft breeze in grass and leaves, a few birds far apart."""
    seconds = 24.0
    count = round(seconds * RATE)
    sides = []
    for ear in range(2):
        breeze = 0.35 + 0.65 * drift(seconds, 700, 0.22)
        leaves = noise(seconds, 702 + ear, band(900, 5200, -0.7)) * breeze**1.5
        air = noise(seconds, 704 + ear, band(120, 500, -0.6)) * breeze
        sides.append(0.5 * leaves + 0.45 * air)
    out = np.stack(sides, axis=1)
    for k, (at, pan) in enumerate(((2.1, 0.2), (6.4, 0.75), (9.3, 0.35), (14.2, 0.85), (17.6, 0.15), (21.0, 0.6))):
        out += placed(count, bird(720 + k), at, 1.3)[:, None] * np.asarray([1 - pan, pan])
    return out


def chime() -> np.ndarray:
    """A soft bowl, struck with felt."""
    seconds = 4.0
    t = np.arange(round(seconds * RATE)) / RATE
    tone = sum(
        a * np.sin(2 * np.pi * f * t + p) * np.exp(-t * d)
        for f, a, d, p in ((392.0, 1.0, 1.1, 0), (393.1, 0.7, 1.15, 1), (1058.0, 0.28, 2.4, 2), (1976.0, 0.09, 4.5, 0))
    )
    return tone * np.minimum(1, t / 0.06) ** 2 * np.minimum(1, (seconds - t) / 0.8)


@dataclass(frozen=True)
class Sound:
    """One file to be."""

    name: str
    make: Callable[[], np.ndarray]
    kind: str
    lufs: float


SOUNDS = (
    Sound("wind/steady", wind_steady, "bed", BED_LUFS),
    Sound("street/near", street_near, "bed", BED_LUFS),
    Sound("street/far", street_far, "bed", BED_LUFS),
    Sound("calm/meadow", meadow, "bed", BED_LUFS),
    Sound("wind/gust", wind_gust, "event", -16.0),
    Sound("street/siren", siren, "event", -20.0),
    Sound("balcony/creak", creak, "event", -19.0),
    Sound("animals/wings", wings, "event", -20.0),
    Sound("calm/chime", chime, "event", -24.0),
)


def true_peak_db(wave: np.ndarray) -> float:
    """The peak between the samples too: four times oversampled in the frequency domain."""
    peak = 0.0
    for channel in np.atleast_2d(wave.T):
        spectrum = np.fft.rfft(channel)
        wide = np.fft.irfft(np.pad(spectrum, (0, 3 * len(channel) // 2)), 4 * len(channel)) * 4
        peak = max(peak, float(np.abs(wide).max()))
    return 20 * math.log10(max(peak, 1e-9))


def softened(wave: np.ndarray, most: float) -> np.ndarray:
    """Peaks above `most` are rounded off."""
    return most * np.tanh(wave / most)


def finished(sound: Sound) -> np.ndarray:
    """The sound at its loudness, with its onset, checked."""
    wave = sound.make()
    meter = pyloudnorm.Meter(RATE)
    for _ in range(4):
        measured = np.concatenate([wave] * max(1, math.ceil(RATE / len(wave) * 1.5)))
        wave = wave * 10 ** ((sound.lufs - meter.integrated_loudness(measured)) / 20)
        wave = softened(wave, 10 ** (-6.6 / 20))
    if sound.kind == "event":
        onset = round(ONSET_S * RATE)
        ramp = np.sin(np.linspace(0, np.pi / 2, onset)) ** 2
        wave = wave.copy()
        wave[:onset] *= ramp if wave.ndim == 1 else ramp[:, None]
    return wave


def check(sound: Sound, path: Path) -> None:
    """Stops when the file as decoded breaks a rule of loudness."""
    wave, rate = soundfile.read(path)
    meter = pyloudnorm.Meter(rate)
    loud = meter.integrated_loudness(wave)
    peak = true_peak_db(wave)
    seam = float(np.abs(np.atleast_1d(wave[0] - wave[-1])).max()) if sound.kind == "bed" else 0.0
    print(f"{sound.name:16} {sound.kind:5} {len(wave) / rate:5.1f} s {loud:6.1f} LUFS peak {peak:6.1f} dB seam {seam:.3f} {path.stat().st_size // 1024} kB")
    assert peak <= PEAK_MOST_DB, f"{sound.name}: true peak {peak:.1f} dB"
    if sound.kind == "bed":
        assert abs(loud - BED_LUFS) < 0.7, f"{sound.name}: {loud:.1f} LUFS"
    else:
        assert loud <= EVENT_MOST_LUFS, f"{sound.name}: {loud:.1f} LUFS"


def known() -> list[dict[str, str]]:
    """The entries of the list as it is, other makers' files among them."""
    path = ASSETS / "CREDITS.toml"
    if not path.exists():
        return []
    return tomllib.loads(path.read_text(encoding="utf-8"))["file"]


def main() -> None:
    """Make all sounds, then the list of them."""
    entries = {entry["path"]: entry for entry in known()}
    for sound in SOUNDS:
        path = ASSETS / "audio" / f"{sound.name}.ogg"
        path.parent.mkdir(parents=True, exist_ok=True)
        wave = finished(sound)
        with soundfile.SoundFile(
            path, "w", samplerate=RATE, channels=1 if wave.ndim == 1 else wave.shape[1],
            format="OGG", subtype="VORBIS",
        ) as out:
            for start in range(0, len(wave), 8192):
                out.write(wave[start : start + 8192])
        check(sound, path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entries[f"audio/{sound.name}.ogg"] = {
            "path": f"audio/{sound.name}.ogg",
            "licence": "CC0-1.0",
            "source": "own work, synthesised",
            "script": "source/sounds.py",
            "sha256": digest,
        }
    lines = ["# Every file that ships below assets/, who made it and under which licence.", ""]
    for path_name in sorted(entries):
        entry = entries[path_name]
        lines += ["[[file]]", *(f'{key} = "{value}"' for key, value in entry.items()), ""]
    (ASSETS / "CREDITS.toml").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
