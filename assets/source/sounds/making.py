"""Owns what every sound is made with: seeded noise, bands, slow courses, echoes, places in a loop."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

RATE = 44100


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
