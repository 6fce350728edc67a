"""Owns what is heard where nothing is feared: meadow, shore, quiet room, a breath, a soft chime."""

from __future__ import annotations

import numpy as np

from sounds.making import RATE, band, drift, echo, hill, noise, placed


def bird(seed: int, low: float, high: float, trill: bool) -> np.ndarray:
    """A phrase of a small bird a garden away: whistled syllables, or a trill."""
    random = np.random.default_rng(seed)
    parts = []
    base = random.uniform(low, high)
    for k in range(random.integers(9, 15) if trill else random.integers(3, 7)):
        long = 0.045 if trill else random.uniform(0.07, 0.22)
        t = np.arange(round(long * RATE)) / RATE
        note = base if trill else base * random.choice([0.84, 0.92, 1.0, 1.12, 1.22])
        bend = random.uniform(-0.14, 0.14)
        sweep = note * (1 + (0.16 if trill else bend) * np.sin(np.pi * t / long) + random.uniform(-0.05, 0.05) * t / long)
        phase = 2 * np.pi * np.cumsum(sweep) / RATE
        parts.append((np.sin(phase) + 0.12 * np.sin(2 * phase)) * np.hanning(len(t)) * (0.6 + 0.4 * min(1.0, k / 3)))
        parts.append(np.zeros(round((0.02 if trill else random.uniform(0.03, 0.14)) * RATE)))
    return echo(np.concatenate(parts), seed, 0.9)


def meadow() -> np.ndarray:
    """The meadow by day: a soft breeze in grass and leaves, birds near and far, grasshoppers."""
    seconds = 32.0
    count = round(seconds * RATE)
    sides = []
    for ear in range(2):
        breeze = 0.35 + 0.65 * drift(seconds, 700, 0.22)
        leaves = noise(seconds, 702 + ear, band(900, 5200, -0.7)) * breeze**1.5
        air = noise(seconds, 704 + ear, band(120, 500, -0.6)) * breeze
        sides.append(0.36 * leaves + 0.32 * air)
    out = np.stack(sides, axis=1)
    for seed, pan, rate in ((790, 0.25, 17.0), (795, 0.8, 13.0)):
        chirr = noise(seconds, seed, band(5200, 8200)) * (0.5 + 0.5 * np.sin(2 * np.pi * rate * np.arange(count) / RATE))
        chirr *= drift(seconds, seed + 1, 0.4) ** 3
        out += 0.035 * chirr[:, None] * np.asarray([1 - pan, pan])
    random = np.random.default_rng(719)
    for k in range(13):
        near = 1.0 if k % 3 == 0 else random.uniform(0.25, 0.55)
        low, high = (1900.0, 2800.0) if k % 3 == 0 else (2800.0, 4600.0)
        at, pan = k * seconds / 13 + random.uniform(0, 1.4), random.uniform(0.1, 0.9)
        out += placed(count, bird(720 + k, low, high, k % 4 == 3), at, 2.2 * near)[:, None] * np.asarray([1 - pan, pan])
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


def shore() -> np.ndarray:
    """Small waves on a flat shore at dusk: each swells, breaks, and runs back over the sand."""
    seconds = 36.0
    count = round(seconds * RATE)
    random = np.random.default_rng(900)
    out = np.zeros((count, 2))
    for ear in range(2):
        far = noise(seconds, 901 + ear, band(60, 420, -0.8)) * (0.6 + 0.4 * drift(seconds, 903, 0.15))
        hush = noise(seconds, 905 + ear, band(400, 3000, -0.9)) * (0.5 + 0.5 * drift(seconds, 907, 0.2))
        out[:, ear] += 0.30 * far + 0.12 * hush
    waves = 6
    for k in range(waves):
        long = random.uniform(6.4, 8.2)
        n = round(long * RATE)
        t = np.linspace(0, 1, n)
        swell = hill(n, 0.34, 1.6)
        crash = hill(n, 0.40, 3.5)
        back = np.where(t > 0.4, np.exp(-(t - 0.4) * 4.5) * np.minimum(1, (t - 0.4) / 0.08), 0) * np.minimum(1, (1 - t) / 0.15)
        at = k * seconds / waves + random.uniform(-0.5, 0.5)
        loud, pan = random.uniform(0.7, 1.0), random.uniform(0.38, 0.62)
        for ear in range(2):
            seed = 920 + 10 * k + ear
            part = 0.9 * noise(long, seed, band(70, 500, -0.7)) * swell
            part += 0.9 * noise(long, seed + 2, band(350, 3200, -0.6)) * crash
            part += 0.34 * noise(long, seed + 4, band(2200, 9000, -0.5)) * back
            out[:, ear] += placed(count, part, at, loud * (1 - pan if ear == 0 else pan) * 2)
    return out


def breath(seed: int, throat: float, air: float, slope: float) -> np.ndarray:
    """Air that flows on and on through an open mouth; whoever plays it lets it swell and sink.

    `throat` and `air` are the middles, in Hz, of what resounds and of what rushes above it.
    """
    seconds = 9.0
    sides = []
    for ear in range(2):
        body = noise(seconds, seed + ear, band(0.55 * throat, 1.7 * throat, slope))
        # most of it is the same in both ears: the breath is one's own, before the face
        middle = noise(seconds, seed + 2, band(0.6 * throat, 1.6 * throat, slope))
        rush = noise(seconds, seed + 3, band(0.7 * air, 1.5 * air, -0.6))
        sides.append((0.8 * middle + 0.35 * body + 0.3 * rush) * (0.86 + 0.14 * drift(seconds, seed + 4, 1.1)))
    return np.stack(sides, axis=1)


def inhale() -> np.ndarray:
    """Breathing in: cooler and brighter."""
    return breath(1200, 950.0, 3200.0, -0.4)


def exhale() -> np.ndarray:
    """Breathing out: warmer and darker."""
    return breath(1220, 520.0, 1700.0, -0.8)


def quiet_room() -> np.ndarray:
    """The tone of a quiet room: faint air, a fire's low breath, now and then a small crackle."""
    seconds = 20.0
    count = round(seconds * RATE)
    sides = []
    for ear in range(2):
        air = noise(seconds, 1000 + ear, band(60, 420, -0.9)) * (0.85 + 0.15 * drift(seconds, 1002, 0.3))
        breath = noise(seconds, 1004 + ear, band(200, 1100, -1.0)) * (0.55 + 0.45 * drift(seconds, 1006, 0.8))
        sides.append(0.8 * air + 0.34 * breath)
    out = np.stack(sides, axis=1)
    random = np.random.default_rng(1010)
    for _ in range(26):
        n = round(random.uniform(0.02, 0.05) * RATE)
        t = np.arange(n) / RATE
        tap = np.random.default_rng(random.integers(1 << 30)).normal(size=n) * np.exp(-t * random.uniform(140, 320))
        tap = np.convolve(tap * np.minimum(1, t / 0.001), np.hanning(14) / 7, "same")
        pan = random.uniform(0.35, 0.65)
        out += placed(count, tap, random.uniform(0, seconds), random.uniform(0.4, 1.5))[:, None] * np.asarray([1 - pan, pan])
    return out
