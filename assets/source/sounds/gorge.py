"""Owns what is heard on bridges over a gorge: the river below, wind in ropes, boards, steps."""

from __future__ import annotations

import math

import numpy as np

from sounds.making import RATE, band, drift, echo, hill, noise, placed, resonant


def river() -> np.ndarray:
    """A mountain river some way off: an even rush, a low roll of stones, gurgling that comes and goes."""
    seconds = 14.0
    sway = 0.82 + 0.18 * drift(seconds, 1400, 0.4)
    rush = noise(seconds, 1401, band(350, 3800, -0.55)) * sway
    spray = noise(seconds, 1402, band(2600, 8000, -0.7)) * (0.6 + 0.4 * drift(seconds, 1403, 3.0))
    roll = noise(seconds, 1404, band(60, 260, -0.4)) * (0.7 + 0.3 * drift(seconds, 1405, 1.2))
    count = round(seconds * RATE)
    gurgle = np.zeros(count)
    random = np.random.default_rng(1406)
    for at in random.uniform(0, seconds, size=150):
        n = round(random.uniform(0.03, 0.10) * RATE)
        t = np.arange(n) / RATE
        pitch = random.uniform(260, 900) * (1 + random.uniform(0.1, 0.7) * t / t[-1])
        drop = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * hill(n, 0.3)
        gurgle += placed(count, drop, at, random.uniform(0.1, 1.0) ** 2)
    gurgle /= gurgle.std()
    return rush + 0.16 * spray + 0.5 * roll + 0.18 * gurgle


def ropes() -> np.ndarray:
    """Wind that plays on ropes and wires: thin tones that swell one after the other, a soft rush."""
    seconds = 14.0
    count = round(seconds * RATE)
    out = 0.35 * noise(seconds, 1420, band(250, 1400, -0.6)) * (0.4 + 0.6 * drift(seconds, 1421, 0.5))
    edge = round(0.4 * RATE)
    fade = np.concatenate([np.linspace(0, 1, edge), np.ones(count - 2 * edge), np.linspace(1, 0, edge)])
    for k, pitch in enumerate((178.0, 263.0, 341.0)):
        swell = drift(seconds, 1430 + k, 0.3) ** 2.2
        tone = resonant(noise(seconds, 1440 + k, band(120, 800)), pitch * (1 + 0.03 * swell), 7.0)
        out += 0.30 * tone * swell * fade
    return out


def board() -> np.ndarray:
    """An old board takes a load: wood that sticks and slips, and a knock where it settles."""
    seconds = 1.8
    count = round(seconds * RATE)
    random = np.random.default_rng(1450)
    out = np.zeros(count)
    at = 0.06
    while at < 1.0:
        part = at / 1.0
        n = 1500
        t = np.arange(n) / RATE
        ring = sum(
            a * np.sin(2 * np.pi * f * (1 + 0.16 * part) * t) * np.exp(-t * d)
            for f, a, d in ((168, 0.9, 150), (305, 1.0, 190), (540, 0.6, 260), (910, 0.35, 380))
        )
        out += placed(count, ring * np.minimum(1, t / 0.0008), at, hill(100, 0.55)[min(99, int(99 * part))] * random.uniform(0.5, 1))
        at += 1 / (26 + 62 * math.sin(math.pi * part) + random.normal() * 6)
    n = round(0.25 * RATE)
    t = np.arange(n) / RATE
    knock = (np.sin(2 * np.pi * 118 * t) + 0.6 * np.sin(2 * np.pi * 243 * t)) * np.exp(-t * 28) * np.minimum(1, t / 0.003)
    out += placed(count, knock, 1.12, 0.7)
    return out * np.minimum(1, (seconds - np.arange(count) / RATE) / 0.2)


BEFORE_S = 0.008
"""Silence before a foot comes down."""


def _tread(seed: int, tones: tuple[tuple[float, float, float], ...], scrape: tuple[float, float], long_s: float) -> np.ndarray:
    """One foot set down on something that rings with `tones` (Hz, loudness, decay a second)."""
    count = round(long_s * RATE)
    t = np.arange(count) / RATE
    ring = sum(a * np.sin(2 * np.pi * f * t + k) * np.exp(-t * d) for k, (f, a, d) in enumerate(tones))
    heel = noise(long_s, seed, band(500, 3200, -0.5)) * np.exp(-t * 85)
    sole = noise(long_s, seed + 1, band(*scrape, -0.4)) * np.exp(-t * 30) * np.minimum(1, t / 0.05)
    wave = (ring + 0.5 * heel + 0.16 * sole) * np.minimum(1, t / 0.004)
    # the foot comes down after a moment: what leaps out of silence startles
    return np.concatenate([np.zeros(round(BEFORE_S * RATE)), wave * np.minimum(1, (long_s - t) / 0.08)])


def step_stone() -> np.ndarray:
    """A step on stone, dry and short."""
    return _tread(1460, ((88.0, 0.9, 60.0), (150.0, 0.4, 85.0)), (900, 3600), 0.4)


def step_steel() -> np.ndarray:
    """A step on a grating: the whole footbridge rings for a moment."""
    tones = ((74.0, 1.0, 9.0), (131.0, 0.7, 11.0), (223.0, 0.45, 14.0), (392.0, 0.25, 20.0), (705.0, 0.12, 30.0))
    return echo(_tread(1470, tones, (1500, 5200), 0.8), 1471, 0.4)[: round(0.8 * RATE)] * np.minimum(1, (0.8 - np.arange(round(0.8 * RATE)) / RATE) / 0.15)


def step_board() -> np.ndarray:
    """A step on a loose board: hollow, with a little rattle after it."""
    one = _tread(1480, ((112.0, 1.0, 30.0), (205.0, 0.7, 40.0), (338.0, 0.35, 60.0)), (700, 2600), 0.6)
    rattle = _tread(1482, ((240.0, 0.7, 70.0), (420.0, 0.4, 95.0)), (900, 3000), 0.2)
    return one + placed(len(one), rattle, 0.17, 0.28) * np.linspace(1, 0, len(one))


def stones() -> np.ndarray:
    """A stone and some rubble: a knock, then smaller ones that bounce away, heard in a gorge."""
    seconds = 2.8
    count = round(seconds * RATE)
    out = np.zeros(count)
    random = np.random.default_rng(1490)
    at, loud = 0.08, 1.0
    while at < 1.7:
        n = round(random.uniform(0.03, 0.09) * RATE)
        t = np.arange(n) / RATE
        pitch = random.uniform(260, 900) / max(0.35, loud)
        knock = np.sin(2 * np.pi * pitch * t) * np.exp(-t * 70) + 0.8 * noise(n / RATE, int(random.integers(1 << 30)), band(500, 3800, -0.5)) * np.exp(-t * 60)
        out += placed(count, knock * np.minimum(1, t / 0.002), at, loud)
        at += random.uniform(0.05, 0.22)
        loud *= random.uniform(0.78, 0.97)
    return echo(out, 1491, 0.9)[:count] * np.minimum(1, (seconds - np.arange(count) / RATE) / 0.4)
