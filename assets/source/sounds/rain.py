"""Owns rain and thunder."""

from __future__ import annotations

import numpy as np

from sounds.making import RATE, band, drift, echo, hill, noise, placed


def drops(seconds: float, seed: int, each_s: float, low: float, high: float) -> np.ndarray:
    """Single drops on leaves and stone: short rings of differing pitch and loudness."""
    random = np.random.default_rng(seed)
    count = round(seconds * RATE)
    out = np.zeros(count)
    for at in random.uniform(0, seconds, size=round(seconds * each_s)):
        n = round(random.uniform(0.006, 0.022) * RATE)
        t = np.arange(n) / RATE
        ring = np.sin(2 * np.pi * random.uniform(low, high) * t + random.uniform(0, 6))
        tap = (ring + 0.8 * random.normal(size=n)) * np.exp(-t * random.uniform(180, 420)) * np.minimum(1, t / 0.0008)
        out += placed(count, tap, at, random.uniform(0.2, 1.0) ** 1.5)
    return out / max(out.std(), 1e-9)


def rain(seconds: float, seed: int, each_s: float, wash: float, body: float) -> np.ndarray:
    """Stereo: drops near by over the wash of all that fall farther off."""
    sides = []
    for ear in range(2):
        fall = noise(seconds, seed + 10 + ear, band(900, 9000, -0.35)) * (0.8 + 0.2 * drift(seconds, seed + 12, 0.5))
        ground = noise(seconds, seed + 14 + ear, band(150, 900, -0.6))
        sides.append(0.55 * drops(seconds, seed + ear, each_s, 900, 4200) + wash * fall + body * ground)
    return np.stack(sides, axis=1)


def light() -> np.ndarray:
    """A soft summer rain: drops can be told apart."""
    return rain(16.0, 1100, 90.0, 0.30, 0.12)


def heavy() -> np.ndarray:
    """A downpour: one broad rush with a low drumming."""
    return rain(16.0, 1200, 260.0, 1.0, 0.75)


def thunder() -> np.ndarray:
    """Thunder some kilometres away: no crack, a rumble that rolls and returns."""
    seconds = 9.0
    count = round(seconds * RATE)
    out = np.zeros(count)
    random = np.random.default_rng(1300)
    for k, (at, loud) in enumerate(((0.2, 0.5), (0.9, 1.0), (2.1, 0.55), (3.2, 0.75), (4.6, 0.35), (5.8, 0.22))):
        long = random.uniform(1.3, 2.1)
        n = round(long * RATE)
        roll = noise(long, 1310 + k, band(32, 150 - 12 * k, -0.5)) * hill(n, 0.22, 1.5)
        rough = noise(long, 1330 + k, band(140, 520, -0.9)) * hill(n, 0.15, 2.2) * (0.5 + 0.5 * drift(long, 1350 + k, 9.0, 0.0))
        out += placed(count, roll + 0.35 * rough, at, loud)
    return echo(out, 1370, 0.8)[:count] * np.minimum(1, (seconds - np.arange(count) / RATE) / 1.5)
