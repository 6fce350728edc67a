"""Owns what is heard in a kitchen: its refrigerator, a small animal that runs, glass put down."""

from __future__ import annotations

import math

import numpy as np

from sounds.making import RATE, band, drift, hill, noise, placed


def hum() -> np.ndarray:
    """A refrigerator that runs, and the quiet of a room around it; a seamless loop."""
    seconds = 12.0
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    out = np.zeros(count)
    # whole turns in the loop, so that its end meets its beginning
    for hertz, loud in ((50, 0.55), (100, 1.0), (150, 0.30), (200, 0.42), (300, 0.16), (400, 0.10)):
        beat = 1.0 + 0.10 * np.sin(2 * np.pi * t * (1 + hertz // 100) / seconds)
        out += loud * beat * np.sin(2 * np.pi * hertz * t + 0.7 * hertz)
    air = noise(seconds, 910, band(90, 900, -0.8)) * (0.8 + 0.4 * drift(seconds, 911, 0.4))
    trickle = noise(seconds, 912, band(700, 2600, -0.4)) * drift(seconds, 913, 2.5) ** 4
    return out + 0.55 * air + 0.10 * trickle


def rustle() -> np.ndarray:
    """Eight small feet on wood, near by: a run of dry, light taps that comes and goes."""
    seconds = 1.5
    count = round(seconds * RATE)
    random = np.random.default_rng(920)
    out = np.zeros(count)
    at = 0.05
    while at < seconds - 0.2:
        n = round(0.018 * RATE)
        t = np.arange(n) / RATE
        tap = noise(0.018, 930 + round(at * 1000), band(2200, 7500, -0.3)) * np.exp(-t * 420)
        knock = np.sin(2 * np.pi * random.uniform(700, 1100) * t) * np.exp(-t * 300)
        swell = math.sin(math.pi * at / seconds) ** 0.6
        out += placed(count, tap + 0.3 * knock, at, swell * random.uniform(0.4, 1.0))
        at += random.uniform(0.012, 0.040)
    return out * hill(count, 0.4, 0.35)


def glass() -> np.ndarray:
    """A drinking glass set upside down on a table: a soft knock, and the glass that rings briefly."""
    seconds = 1.8
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    ring = sum(
        a * np.sin(2 * np.pi * f * t) * np.exp(-t * d)
        for f, a, d in ((1480, 0.5, 9.0), (2960, 0.35, 13.0), (4310, 0.22, 18.0), (5890, 0.10, 26.0))
    )
    wood = np.sin(2 * np.pi * 180 * t) * np.exp(-t * 60) + 0.5 * noise(seconds, 940, band(300, 2000)) * np.exp(-t * 80)
    both = ring * np.minimum(1, t / 0.004) + 1.4 * wood
    # it rocks once before it stands
    again = np.zeros(count)
    shift = round(0.11 * RATE)
    again[shift:] = 0.4 * both[:-shift]
    return (both + again) * np.minimum(1, (seconds - t) / 0.3)
