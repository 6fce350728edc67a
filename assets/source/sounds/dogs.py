"""Owns what is heard of dogs: barks of three sizes, panting, sniffing, paws, tags, a whine.

A bark is a pulsed voice with a sudden rise and a slower fall of pitch, rough with noise, through the
resonances of a mouth that opens (after Yin and McCowan 2004; Riede and Fitch 1999: resonances fall
with the size of the dog). Three barks follow each other 0.62 s apart: the animal opens its mouth then.
"""

from __future__ import annotations

import numpy as np

from sounds.making import RATE, band, hill, noise, placed

APART_S = 0.62


def _mouth(wave: np.ndarray, peaks: tuple[tuple[float, float, float], ...], dull: float) -> np.ndarray:
    """The wave through resonances (Hz, width, gain), falling beyond `dull` Hz."""
    n = 2 * len(wave)
    f = np.fft.rfftfreq(n, 1 / RATE)
    shape = np.full(len(f), 0.10)
    for hertz, wide, gain in peaks:
        shape += gain / (1 + ((f - hertz) / wide) ** 2)
    shape /= np.sqrt(1 + (f / dull) ** 4)
    shape *= f / (f + 60.0)
    return np.fft.irfft(np.fft.rfft(wave, n) * shape, n)[: len(wave)]


def _bark(pitch: float, long_s: float, size: float, seed: int) -> np.ndarray:
    """One bark."""
    count = round(long_s * RATE)
    random = np.random.default_rng(seed)
    t = np.linspace(0, 1, count)
    course = pitch * np.interp(t, (0.0, 0.12, 0.35, 1.0), (0.72, 1.16, 1.0, 0.55))
    course = course * (1 + 0.025 * noise(long_s, seed + 1, band(20, 90))[:count])
    turn = 2 * np.pi * np.cumsum(course) / RATE
    voice = np.zeros(count)
    for k in range(1, 34):
        voice += np.sin(k * turn + 0.3 * k * k) * k**-0.75
    # every other pulse is weaker: the roughness of a loud voice
    voice *= 1 + 0.55 * np.sin(0.5 * turn + random.uniform(0, 6))
    breath = noise(long_s, seed + 2, band(500 / size, 5200 / size, -0.4))[:count]
    wave = voice / voice.std() + 0.75 * breath * hill(count, 0.15, 0.6)
    peaks = ((520 / size, 150 / size, 1.0), (1180 / size, 220 / size, 0.75), (2350 / size, 380 / size, 0.35))
    shaped = _mouth(wave, peaks, 3600 / size**0.5)
    swell = np.interp(t, (0.0, 0.06, 0.22, 0.55, 1.0), (0.0, 0.9, 1.0, 0.42, 0.0)) ** 1.4
    return shaped / shaped.std() * swell


def _barks(pitch: float, long_s: float, size: float, seed: int) -> np.ndarray:
    count = round((2 * APART_S + long_s + 0.45) * RATE)
    out = np.zeros(count)
    for k, gain in enumerate((0.9, 1.0, 0.86)):
        one = _bark(pitch * (1.0, 1.05, 0.96)[k], long_s * (1.0, 1.06, 0.96)[k], size, seed + 10 * k)
        out += placed(count, one, 0.03 + APART_S * k, gain)
    # what the open air gives back
    later = np.zeros(count)
    for delay, gain in ((0.031, 0.12), (0.083, 0.07), (0.137, 0.045)):
        shift = round(delay * RATE)
        later[shift:] += gain * out[:-shift]
    return out + later


def bark_large() -> np.ndarray:
    """Deep and short."""
    return _barks(155.0, 0.27, 1.25, 1100)


def bark_medium() -> np.ndarray:
    """A middle voice."""
    return _barks(290.0, 0.22, 0.92, 1200)


def bark_small() -> np.ndarray:
    """High and sharp."""
    return _barks(560.0, 0.15, 0.62, 1300)


def pant() -> np.ndarray:
    """Panting, breath by breath, near by; a seamless loop."""
    seconds = 6.0
    count = round(seconds * RATE)
    random = np.random.default_rng(1400)
    out = np.zeros(count)
    each = seconds / 17
    for k in range(17):
        for part, low, high, gain in ((0.0, 700, 2600, 1.0), (0.46, 1100, 3800, 0.62)):
            long_s = each * 0.48
            puff = noise(long_s, 1410 + 2 * k + int(part > 0), band(low, high, -0.3))
            puff *= hill(len(puff), 0.35, 0.8)
            at = (k + part) * each + random.uniform(-0.008, 0.008)
            out += placed(count, puff, at % seconds, gain * random.uniform(0.8, 1.1))
    return out + 0.02 * noise(seconds, 1450, band(200, 2000, -0.6))


def sniff() -> np.ndarray:
    """A run of short breaths through a wet nose, a pause, and again."""
    seconds = 2.2
    count = round(seconds * RATE)
    random = np.random.default_rng(1500)
    out = np.zeros(count)
    at = 0.05
    for k in range(11):
        puff = noise(0.085, 1510 + k, band(1500, 6200, 0.1))
        puff *= hill(len(puff), 0.4, 1.0)
        out += placed(count, puff, at, random.uniform(0.5, 1.0))
        at += random.uniform(0.13, 0.17) + (0.32 if k == 5 else 0.0)
    return out


def paws() -> np.ndarray:
    """Four paws that trot by over grass and grit."""
    seconds = 2.4
    count = round(seconds * RATE)
    random = np.random.default_rng(1600)
    out = np.zeros(count)
    at = 0.06
    while at < seconds - 0.2:
        for late, gain in ((0.0, 1.0), (0.028, 0.7)):
            n = round(0.09 * RATE)
            t = np.arange(n) / RATE
            thud = np.sin(2 * np.pi * random.uniform(85, 120) * t) * np.exp(-t * 60)
            grit = noise(0.09, 1610 + round((at + late) * 1000), band(1400, 7000, -0.3)) * np.exp(-t * 55)
            swell = np.sin(np.pi * at / seconds) ** 0.5
            out += placed(count, thud + 0.55 * grit, at + late, gain * swell * random.uniform(0.7, 1.0))
        at += random.uniform(0.205, 0.225)
    return out * hill(count, 0.5, 0.25)


def tags() -> np.ndarray:
    """Tags on a collar that jingle as a dog shakes itself."""
    seconds = 1.9
    count = round(seconds * RATE)
    random = np.random.default_rng(1700)
    out = np.zeros(count)
    at = 0.06
    while at < seconds - 0.5:
        n = round(0.22 * RATE)
        t = np.arange(n) / RATE
        ring = sum(
            a * np.sin(2 * np.pi * f * random.uniform(0.985, 1.015) * t) * np.exp(-t * d)
            for f, a, d in ((3150, 0.7, 26), (4720, 0.5, 34), (6890, 0.35, 44), (9100, 0.2, 60))
        )
        out += placed(count, ring, at, random.uniform(0.3, 1.0))
        at += random.uniform(0.045, 0.085)
    flap = noise(seconds, 1710, band(180, 1500, -0.4)) * (0.5 + 0.5 * np.sin(2 * np.pi * 8.6 * np.arange(count) / RATE)) ** 3
    return (out + 0.30 * flap) * hill(count, 0.35, 0.4)


def whine() -> np.ndarray:
    """A thin voice through the nose that rises and falls."""
    seconds = 1.3
    count = round(seconds * RATE)
    t = np.linspace(0, 1, count)
    course = 640 * np.interp(t, (0, 0.25, 0.6, 1.0), (0.82, 1.18, 1.08, 0.78))
    course = course * (1 + 0.012 * np.sin(2 * np.pi * 6.3 * t * seconds))
    turn = 2 * np.pi * np.cumsum(course) / RATE
    voice = sum(a * np.sin(k * turn) for k, a in ((1, 1.0), (2, 0.42), (3, 0.16), (4, 0.07)))
    breath = 0.10 * noise(seconds, 1810, band(900, 4200, -0.3))[:count]
    return (voice + breath) * hill(count, 0.45, 0.6)
