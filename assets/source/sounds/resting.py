"""Owns what is heard now and then where one rests: a gull, a fish, a bell, a clock, rain on a pane."""

from __future__ import annotations

import numpy as np

from sounds.calm import bird
from sounds.making import RATE, band, drift, echo, hill, noise, placed


def gull() -> np.ndarray:
    """A gull calls three times over the water, far enough away to be soft."""
    random = np.random.default_rng(1300)
    out = np.zeros(round(3.6 * RATE))
    for k, at in enumerate((0.1, 0.85, 1.75)):
        long = (0.52, 0.62, 0.9)[k]
        t = np.arange(round(long * RATE)) / RATE
        part = t / long
        pitch = (820 + 260 * np.sin(np.pi * part**0.6) - 120 * part) * (1 + 0.012 * np.sin(2 * np.pi * 23 * t))
        phase = 2 * np.pi * np.cumsum(pitch) / RATE
        voice = sum(a * np.sin(n * phase + n) for n, a in ((1, 1.0), (2, 0.75), (3, 0.42), (4, 0.2), (5, 0.1)))
        out += placed(len(out), voice * hill(len(t), 0.3, 0.7), at, random.uniform(0.7, 1.0))
    return echo(out, 1302, 1.3)[: len(out)] * np.minimum(1, (3.6 - np.arange(len(out)) / RATE) / 0.8)


def splash() -> np.ndarray:
    """A fish leaps and falls back: a small plop, a few drops, a ring that runs out."""
    count = round(2.0 * RATE)
    t = np.arange(round(0.22 * RATE)) / RATE
    plop = np.sin(2 * np.pi * np.cumsum(260 + 520 * (t / 0.22) ** 1.5) / RATE) * np.exp(-t * 15) * np.minimum(1, t / 0.012)
    spray = noise(0.5, 1310, band(900, 5200, -0.6)) * hill(round(0.5 * RATE), 0.14, 1.2)
    out = placed(count, plop, 0.05, 0.9) + placed(count, spray, 0.03, 0.22)
    random = np.random.default_rng(1312)
    for _ in range(7):
        long = random.uniform(0.03, 0.06)
        s = np.arange(round(long * RATE)) / RATE
        drop = np.sin(2 * np.pi * np.cumsum(random.uniform(900, 1700) + 5000 * s) / RATE) * np.hanning(len(s))
        out += placed(count, drop, random.uniform(0.3, 0.95), random.uniform(0.05, 0.16))
    return echo(out, 1314, 0.6)[:count] * np.minimum(1, (2.0 - np.arange(count) / RATE) / 0.5)


def bell() -> np.ndarray:
    """A village bell across the lake: two slow strokes, softened by the distance."""
    count = round(9.0 * RATE)
    t = np.arange(round(6.0 * RATE)) / RATE
    stroke = sum(
        a * np.sin(2 * np.pi * f * t + k) * np.exp(-t * d)
        for k, (f, a, d) in enumerate(((164, 0.5, 0.45), (329, 1.0, 0.7), (392, 0.55, 0.9), (494, 0.35, 1.1), (659, 0.5, 1.5), (988, 0.16, 2.6)))
    )
    stroke *= np.minimum(1, t / 0.035) * np.minimum(1, (6.0 - t) / 1.0)
    out = placed(count, stroke, 0.05) + placed(count, stroke, 2.9, 0.85)
    return echo(out, 1320, 1.8)[:count] * np.minimum(1, (9.0 - np.arange(count) / RATE) / 1.5)


def warbler() -> np.ndarray:
    """A small bird in the nearest tree sings two phrases."""
    one, two = bird(1330, 2300.0, 3000.0, False), bird(1331, 2300.0, 3000.0, True)
    count = round(4.2 * RATE)
    out = placed(count, one[:count], 0.06) + placed(count, two[: count // 2], 2.2, 0.8)
    return out * np.minimum(1, (4.2 - np.arange(count) / RATE) / 0.6)


def clock() -> np.ndarray:
    """A clock on a shelf: tick and tock of wood and brass, once a second each way."""
    seconds = 8.0
    count = round(seconds * RATE)
    out = np.zeros(count)
    for k in range(8):
        t = np.arange(round(0.16 * RATE)) / RATE
        low = 1.0 if k % 2 == 0 else 0.86
        tick = sum(a * np.sin(2 * np.pi * f * low * t) * np.exp(-t * d) for f, a, d in ((610, 0.9, 60), (1180, 0.7, 85), (2350, 0.4, 140)))
        tick += 0.3 * np.random.default_rng(1340 + k % 2).normal(size=len(t)) * np.exp(-t * 420)
        out += placed(count, tick * np.minimum(1, t / 0.002), k * 1.0 + (0.0 if k % 2 == 0 else 0.012), low)
    air = noise(seconds, 1344, band(90, 700, -0.9))
    return out + 0.03 * air


def pane() -> np.ndarray:
    """Rain on a window as it is heard inside: soft taps on glass, and the hush of it beyond."""
    seconds = 24.0
    count = round(seconds * RATE)
    sides = []
    for ear in range(2):
        hush = noise(seconds, 1350 + ear, band(180, 1500, -0.9)) * (0.7 + 0.3 * drift(seconds, 1352, 0.2))
        sides.append(0.55 * hush)
    out = np.stack(sides, axis=1)
    random = np.random.default_rng(1354)
    for _ in range(520):
        n = round(random.uniform(0.012, 0.035) * RATE)
        t = np.arange(n) / RATE
        tap = np.sin(2 * np.pi * random.uniform(700, 2600) * t) * np.exp(-t * random.uniform(160, 380)) * np.minimum(1, t / 0.0015)
        pan, at = random.uniform(0.15, 0.7), random.uniform(0, seconds)
        out += placed(count, tap, at, random.uniform(0.1, 0.7) ** 2 * 2.2)[:, None] * np.asarray([1 - pan, pan])
    return out


def struck() -> np.ndarray:
    """The clock strikes three, softly."""
    count = round(6.0 * RATE)
    t = np.arange(round(2.8 * RATE)) / RATE
    stroke = sum(a * np.sin(2 * np.pi * f * t) * np.exp(-t * d) for f, a, d in ((523, 1.0, 1.6), (1048, 0.45, 2.4), (1571, 0.22, 3.6), (2637, 0.1, 6.0)))
    stroke *= np.minimum(1, t / 0.02) * np.minimum(1, (2.8 - t) / 0.6)
    out = sum(placed(count, stroke, at) for at in (0.05, 1.5, 2.95))
    return np.asarray(out)
