"""Owns what a city street sounds like, from its pavement and from high above it."""

from __future__ import annotations

import math

import numpy as np

from sounds.making import RATE, band, drift, echo, hill, noise, placed


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
    """Stereo: the hum of a city from above that swells and sinks, cars, horns far apart, a bell."""
    seconds = 26.0
    count = round(seconds * RATE)
    sides = []
    for ear in range(2):
        roar = noise(seconds, 300 + ear, band(45, 240, -0.8)) * (0.45 + 0.55 * drift(seconds, 310, 0.22))
        wash = noise(seconds, 302 + ear, band(250, 1300, -0.9)) * (0.35 + 0.65 * drift(seconds, 312 + ear, 0.35))
        sides.append(0.62 * roar + 0.36 * wash)
    out = np.stack(sides, axis=1)
    random = np.random.default_rng(320)
    for k in range(8):
        part = passing(330 + 4 * k, random.uniform(5, 8), random.uniform(45, 75))
        part = np.convolve(part, np.hanning(70) / 35, "same")
        pan = random.uniform(0.15, 0.85)
        whole = placed(count, part, k * seconds / 8 + random.uniform(0, 2), random.uniform(0.5, 1.3))
        out += whole[:, None] * np.asarray([1 - pan, pan])
    for at, long, tones, pan in (
        (3.4, 0.32, (392.0, 494.0), 0.25), (12.2, 0.55, (349.0, 440.0), 0.7), (13.0, 0.25, (349.0, 440.0), 0.7),
        (20.6, 0.40, (415.0, 523.0), 0.45),
    ):
        whole = placed(count, horn(int(at * 10), long, tones), at, 0.42)
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
