"""Owns the seamless pictures of sand and sea: their slopes, their mottling, the lace of foam."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.noise import Plane, clouded, smooth
from vr_runtime.stage.panda.resting.foliage import Wide

Pixels = NDArray[np.uint8]
SAND_SIZE, WAVES_SIZE = 512, 256
LEVEL = 128
"""Written where there is no slope."""


def written(*parts: Wide | Plane) -> Pixels:
    """Parts from 0 to 1 (red, green, blue, alpha) in the order in which Panda3D keeps them."""
    red, green, blue, alpha = (np.asarray(part, dtype=np.float64) for part in parts)
    stacked = np.stack([blue, green, red, alpha], axis=-1)
    return np.asarray(np.clip(stacked * 255.0 + 0.5, 0.0, 255.0), dtype=np.uint8)


def leaning(slope: Wide, steepest: float) -> Wide:
    """A slope as a part from 0 to 1, `steepest` being as far as it goes either way."""
    return np.asarray((LEVEL + np.clip(slope / steepest, -1.0, 1.0) * 127.0) / 255.0)


def sand_tile() -> Pixels:
    """Red and green: slopes to the right and ahead; blue: mottling; alpha: grit and shells."""
    side = np.arange(SAND_SIZE) / SAND_SIZE
    x, y = np.meshgrid(side, side)
    drift, warp = clouded(SAND_SIZE, 2.0, 41), clouded(SAND_SIZE, 2.2, 42)
    # small ripples of the wind: their crests bend, branch, and are missing here and there
    phase = 2 * np.pi * (25.0 * y + 3.0 * x) + 3.0 * warp
    ripples = (np.sin(phase) + 0.28 * np.sin(2.0 * phase + 0.8)) * smooth(-1.1, 0.7, drift)
    relief = (
        1.25 * ripples + 0.42 * clouded(SAND_SIZE, 1.7, 43) + 0.09 * clouded(SAND_SIZE, 0.9, 44)
    )
    across = np.roll(relief, -1, axis=1) - np.roll(relief, 1, axis=1)
    ahead = np.roll(relief, -1, axis=0) - np.roll(relief, 1, axis=0)
    mottled = 0.5 + 0.13 * clouded(SAND_SIZE, 1.5, 45) + 0.07 * clouded(SAND_SIZE, 0.3, 46)
    grit = smooth(2.2, 3.2, clouded(SAND_SIZE, 0.45, 47))
    return written(leaning(across, 2.2), leaning(ahead, 2.2), mottled, grit)


def wave_tile() -> Pixels:
    """Red and green: slopes; blue: gusts and patches; alpha: lace, 1 along its threads."""
    random = np.random.default_rng(51)
    fy = np.fft.fftfreq(WAVES_SIZE)[:, None] * WAVES_SIZE
    fx = np.fft.rfftfreq(WAVES_SIZE)[None, :] * WAVES_SIZE
    f = np.maximum(np.hypot(fx, fy), 1e-6)
    # mostly towards the shore, but from many sides: crests are short, none runs on for ever
    spread = 0.25 + 0.75 * (fy / f) ** 2
    much = spread * np.exp(-((np.log(f / 5.0) / 0.85) ** 2)) / f
    sea = np.fft.rfft2(random.normal(size=(WAVES_SIZE, WAVES_SIZE))) * much
    right, ahead = (
        np.fft.irfft2(2j * np.pi * way * sea, s=(WAVES_SIZE, WAVES_SIZE)) for way in (fx, fy)
    )
    steepest = 3.2 * max(float(right.std()), float(ahead.std()))
    patches = 0.5 + 0.16 * clouded(WAVES_SIZE, 1.7, 52)
    return written(leaning(right, steepest), leaning(ahead, steepest), patches, _lace(random))


def _lace(random: np.random.Generator) -> Wide:
    """Threads between bubbles of foam: where two middles are equally near (Worley 1996)."""
    cells = 9
    own = np.stack(np.meshgrid(np.arange(cells), np.arange(cells)), axis=-1).reshape(-1, 2)
    middles = (own + random.uniform(0.08, 0.92, own.shape)) / cells
    side = np.arange(WAVES_SIZE) / WAVES_SIZE
    x, y = np.meshgrid(side, side)
    x = x + 0.016 * clouded(WAVES_SIZE, 1.8, 53)
    y = y + 0.016 * clouded(WAVES_SIZE, 1.8, 54)
    first, second = np.full(x.shape, 9.0), np.full(x.shape, 9.0)
    for mx, my in middles:
        dx, dy = np.abs(x - mx) % 1.0, np.abs(y - my) % 1.0
        far = np.hypot(np.minimum(dx, 1.0 - dx), np.minimum(dy, 1.0 - dy)) * cells
        second = np.minimum(second, np.maximum(first, far))
        first = np.minimum(first, far)
    thread = 1.0 - np.clip((second - first) / 0.55, 0.0, 1.0)
    fine = 0.12 * clouded(WAVES_SIZE, 0.8, 55)
    return np.asarray(np.clip(thread**1.5 * (1.0 + fine) + 0.4 * fine, 0.0, 1.0))
