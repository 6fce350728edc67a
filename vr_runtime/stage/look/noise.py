"""Owns the seamless noise all pictures grow from; knows nothing of what they show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]


def clouded(size: int, slope: float, seed: int, *, stretch: float = 1.0) -> Plane:
    """Seamless noise of `size` squared with mean 0 and deviation 1.

    Power falls with frequency as f**-slope: 0 is grain, 1 cloth, 2 and more is hills. `stretch`
    draws it out along the first (vertical) axis. Spectral synthesis, Voss 1988.
    """
    random = np.random.default_rng(seed)
    fy = np.fft.fftfreq(size)[:, None] * stretch
    fx = np.fft.rfftfreq(size)[None, :]
    f = np.hypot(fy, fx)
    f[0, 0] = 1.0
    spectrum = np.fft.rfft2(random.normal(size=(size, size))) * f**-slope
    spectrum[0, 0] = 0.0
    plane = np.fft.irfft2(spectrum, s=(size, size))
    return np.asarray(plane / plane.std(), dtype=np.float32)


def smooth(low: float, high: float, x: Plane) -> Plane:
    """0 below `low`, 1 above `high`, an S-curve between."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t), dtype=np.float32)
