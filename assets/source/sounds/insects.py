"""Owns what is heard of insects and of a garden table: wings of wasp, bee and hornet, glass, a pane.

Figures: a wasp beats its wings 100 to 150 times a second and is heard at that tone and its overtones
(Gaul 1952, Psyche 59, counted about 150 strokes); a honey bee about 230 times (Altshuler and others
2005, PNAS 102). A hornet is heavier and lower than a wasp. A flying insect turns and hurries: its tone
wavers by some per cent. These sounds were not compared with recordings.
"""

from __future__ import annotations

import numpy as np

from sounds.making import RATE, band, drift, noise, placed


def _wings(seconds: float, hertz: float, seed: int, overtones: tuple[float, ...], rough: float) -> np.ndarray:
    """A seamless loop of wings that beat `hertz` times a second, wavering, with their overtones."""
    count = round(seconds * RATE)
    slow = drift(seconds, seed, 1.2) - 0.5
    quick = drift(seconds, seed + 1, 7.0) - 0.5
    course = hertz * (1.0 + 0.09 * slow + 0.035 * quick)
    # whole beats in the loop, so that its end meets its beginning
    beats = np.cumsum(course) / RATE
    beats *= round(beats[-1]) / beats[-1]
    phase = 2 * np.pi * beats
    loud = (0.72 + 0.45 * drift(seconds, seed + 2, 2.0)) * (1.0 + 0.16 * (drift(seconds, seed + 3, 14.0) - 0.5))
    out = np.zeros(count)
    for k, strong in enumerate(overtones, start=1):
        bent = 0.35 * np.sin(phase + 0.6) if k > 1 else 0.0
        out += strong * np.sin(k * phase + 1.3 * k + bent)
    # air that each beat throws: noise that comes with the stroke
    stroke = np.clip(np.sin(phase), 0.0, 1.0) ** 2 + 0.6 * np.clip(-np.sin(phase), 0.0, 1.0) ** 3
    air = noise(seconds, seed + 4, band(300, 3800, -0.5)) * stroke
    return (out + rough * air) * loud


def wasp() -> np.ndarray:
    """A wasp in flight: a dark, edgy hum."""
    overtones = (0.75, 1.0, 0.72, 0.50, 0.34, 0.24, 0.17, 0.12, 0.08, 0.06, 0.04)
    return _wings(7.0, 122.0, 1200, overtones, 0.42)


def bee() -> np.ndarray:
    """A honey bee in flight: higher, rounder and softer than a wasp."""
    return _wings(7.0, 228.0, 1220, (1.0, 0.52, 0.24, 0.12, 0.06, 0.03), 0.22)


def hornet() -> np.ndarray:
    """A hornet in flight: deep and full."""
    overtones = (1.0, 0.95, 0.60, 0.42, 0.30, 0.20, 0.13, 0.08, 0.05)
    return _wings(7.0, 100.0, 1240, overtones, 0.50)


def garden() -> np.ndarray:
    """A summer afternoon: leaves in a light air, a few birds far off; a seamless stereo loop."""
    seconds = 24.0
    count = round(seconds * RATE)
    sides = []
    for side in (0, 1):
        leaves = noise(seconds, 1260 + side, band(500, 5200, -0.9)) * (0.35 + 0.65 * drift(seconds, 1262, 0.35))
        far = 0.5 * noise(seconds, 1264 + side, band(60, 420, -1.0))
        sides.append(leaves + far)
    random = np.random.default_rng(1270)
    for _ in range(15):
        start, pitch = random.uniform(0.0, seconds), random.uniform(2500, 4300)
        pan, gain = random.uniform(0.2, 0.8), random.uniform(0.16, 0.42)
        notes = int(random.integers(2, 6))
        for k in range(notes):
            long = round(random.uniform(0.07, 0.16) * RATE)
            u = np.linspace(0.0, 1.0, long)
            course = pitch * (1.0 + 0.10 * np.sin(np.pi * u * random.uniform(0.7, 2.0)) + 0.04 * k)
            note = np.sin(2 * np.pi * np.cumsum(course) / RATE) * np.sin(np.pi * u) ** 2
            at = start + k * random.uniform(0.13, 0.22)
            sides[0] = sides[0] + placed(count, note, at, gain * (1 - pan))
            sides[1] = sides[1] + placed(count, note, at, gain * pan)
    return np.stack(sides, axis=-1)


def clink() -> np.ndarray:
    """A drinking glass set on a table cloth, ice that touches its side."""
    seconds = 1.4
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    out = np.zeros(count)
    for at, loud, tune in ((0.02, 0.5, 1.0), (0.16, 1.0, 1.13), (0.29, 0.55, 0.94), (0.47, 0.3, 1.07)):
        ring = sum(
            a * np.sin(2 * np.pi * f * tune * t) * np.exp(-t * d)
            for f, a, d in ((2140, 0.6, 16.0), (3890, 0.5, 22.0), (5630, 0.3, 30.0), (7900, 0.12, 42.0))
        )
        out += placed(count, ring * np.minimum(1, t / 0.002), at, loud)[:count]
    cloth = np.sin(2 * np.pi * 150 * t) * np.exp(-t * 55) + 0.4 * noise(seconds, 1280, band(200, 1600)) * np.exp(-t * 70)
    return (out + 0.9 * cloth) * np.minimum(1, (seconds - t) / 0.25)


def pane() -> np.ndarray:
    """A wasp that flies against a window pane: three small knocks and the buzz between them."""
    seconds = 2.2
    count = round(seconds * RATE)
    t = np.arange(count) / RATE
    out = np.zeros(count)
    for at, loud in ((0.25, 1.0), (0.80, 0.6), (1.35, 0.85)):
        knock = sum(
            a * np.sin(2 * np.pi * f * t) * np.exp(-t * d)
            for f, a, d in ((310, 1.0, 75.0), (720, 0.7, 95.0), (1650, 0.35, 140.0))
        )
        out += placed(count, (knock + 0.25 * noise(seconds, 1290, band(900, 5000)) * np.exp(-t * 220)), at, loud)
    wings = _wings(seconds, 132.0, 1292, (0.7, 1.0, 0.7, 0.45, 0.3, 0.2, 0.12), 0.5)
    out += 0.12 * wings * np.clip(np.sin(np.pi * t / seconds), 0, 1) ** 0.5
    return out * np.minimum(1, (seconds - t) / 0.3)
