"""Owns the wind about the ears."""

from __future__ import annotations

import numpy as np

from sounds.making import RATE, band, drift, hill, noise, resonant


def wind(seed: int, seconds: float) -> np.ndarray:
    """Wind about the ears: low rumble, a body of air, hiss that follows the gusts, a faint howl."""
    slow = drift(seconds, seed, 0.35)
    quick = drift(seconds, seed + 1, 2.5)
    push = 0.18 + 0.82 * slow**1.3 * (0.7 + 0.3 * quick)
    rumble = noise(seconds, seed + 2, band(35, 130, -0.6)) * push**1.6
    body = noise(seconds, seed + 3, band(150, 700, -0.5)) * push
    hiss = noise(seconds, seed + 4, band(1200, 6000, -0.8)) * push**2.4
    howl = resonant(noise(seconds, seed + 5, band(200, 900)), 330 + 190 * slow + 40 * quick, 55.0)
    edge = round(0.4 * RATE)  # the resonance has a memory: it fades at both ends of the loop
    fade = np.linspace(0, 1, edge)
    howl *= np.concatenate([fade, np.ones(len(howl) - 2 * edge), fade[::-1]])
    return 0.9 * rumble + 0.75 * body + 0.16 * hiss + 0.22 * howl * push**2


def wind_steady() -> np.ndarray:
    """Stereo: both ears hear the same gusts with their own turbulence."""
    both = 0.72 * wind(10, 14.0)
    return np.stack([both + 0.5 * wind(seed, 14.0) for seed in (40, 70)], axis=1)


def wind_gust() -> np.ndarray:
    seconds = 6.0
    swell = hill(round(seconds * RATE), 0.42, 0.8) * (0.8 + 0.2 * drift(seconds, 103, 5.0))
    rumble = noise(seconds, 100, band(40, 150, -0.5)) * swell**1.3
    body = noise(seconds, 101, band(180, 900, -0.4)) * swell
    hiss = noise(seconds, 102, band(1500, 7000, -0.7)) * swell**2
    flutter = noise(seconds, 104, band(60, 260)) * swell * (drift(seconds, 105, 14.0, 0.0) ** 3)
    howl = resonant(noise(seconds, 106, band(200, 1000)), 300 + 330 * swell, 45.0) * swell**2
    return 0.8 * rumble + 0.9 * body + 0.25 * hiss + 0.7 * flutter + 0.3 * howl
