"""Owns the signals: the tone by which loudness is set, the click of the dial."""

from __future__ import annotations

import numpy as np

from sounds.making import RATE, noise


def tone() -> np.ndarray:
    """Band-limited pink noise, 500 Hz to 2 kHz: the range in which loudness is usually set.

    Noise and not a sine: a sine meets the standing waves of a room and of an ear canal. It is the
    same in both ears, so that a channel that fails is heard.
    """

    def pink(f: np.ndarray) -> np.ndarray:
        g = np.maximum(f, 1.0)
        return g**-0.5 / np.sqrt((1 + (500 / g) ** 8) * (1 + (g / 2000) ** 8))

    both = noise(8.0, 1400, pink)
    return np.stack([both, both], axis=1)


def tick() -> np.ndarray:
    """A soft click of a dial: felt on wood, no sharper than 20 ms allow."""
    n = round(0.16 * RATE)
    t = np.arange(n) / RATE
    knock = sum(a * np.sin(2 * np.pi * f * t) * np.exp(-t * d) for f, a, d in ((620, 1.0, 60), (1240, 0.35, 90), (310, 0.4, 45)))
    return knock * np.sin(np.minimum(1, t / 0.02) * np.pi / 2) ** 2 * np.minimum(1, (0.16 - t) / 0.03)
