"""Owns what is heard of single things and animals near by."""

from __future__ import annotations

import math

import numpy as np

from sounds.making import RATE, band, echo, hill, noise, placed


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
    """A pigeon leaving: loud claps at the start, then softer and quicker beats that draw away.

    Each beat is a long downstroke and a short upstroke; the feathers whistle on the way down.
    """
    seconds = 3.3
    count = round(seconds * RATE)
    random = np.random.default_rng(600)
    out = np.zeros(count)
    at, k = 0.06, 0
    while at < seconds - 0.25:
        away = 1.0 / (1.0 + (at / 1.5) ** 2)
        early = max(0.0, 1 - k / 5)
        n, m = round(random.uniform(0.075, 0.095) * RATE), round(0.045 * RATE)
        down = noise(n / RATE, 610 + k, band(220, 1400 + 1600 * away, -0.6)) * hill(n, 0.3, 0.9)
        whistle = noise(n / RATE, 650 + k, band(2100, 3100)) * hill(n, 0.55, 2.0)
        up = noise(m / RATE, 670 + k, band(500, 2400, -0.5)) * hill(m, 0.5, 1.2)
        clap = noise(n / RATE, 690 + k, band(700, 5000, -0.3)) * np.exp(-np.arange(n) / 420) * np.minimum(1, np.arange(n) / 90)
        loud = away * random.uniform(0.75, 1.0)
        out += placed(count, down + 0.3 * whistle + 1.1 * early * clap, at, loud)
        out += placed(count, up, at + 0.62 / (5.5 + early), 0.35 * loud)
        at += 1 / (5.2 + 1.4 * early + 0.5 * (1 - away)) + random.normal() * 0.006
        k += 1
    return out * np.minimum(1, (seconds - np.arange(count) / RATE) / 0.3)


def footsteps() -> np.ndarray:
    """Somebody walks up calmly on a hard floor: heel, then sole, eight steps."""
    seconds = 5.0
    count = round(seconds * RATE)
    random = np.random.default_rng(800)
    out = np.zeros(count)
    for k in range(8):
        at = 0.15 + 0.56 * k + random.normal() * 0.012
        loud = (0.45 + 0.55 * k / 7) * random.uniform(0.85, 1.0)
        n = round(0.12 * RATE)
        t = np.arange(n) / RATE
        thud = np.sin(2 * np.pi * (96 + 6 * (k % 2)) * t) * np.exp(-t * 55)
        heel = noise(0.12, 810 + k, band(900, 4200, -0.4)) * np.exp(-t * 190)
        sole = noise(0.12, 830 + k, band(400, 2600, -0.6)) * np.exp(-t * 75)
        rise = np.minimum(1, t / 0.0015)
        out += placed(count, (0.9 * thud + 0.8 * heel) * rise, at, loud)
        out += placed(count, 0.4 * sole * rise, at + 0.085, loud)
    return echo(out, 850, 0.35)[:count] * np.minimum(1, (seconds - np.arange(count) / RATE) / 0.3)
