"""Owns how a scenario's own sound is brought within the limits of loudness, whatever it holds.

It knows no decoder and no sound device. Waves are arrays of (samples, channels), 1 being full
scale. What the mixer then allows is reckoned from what is measured here.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.loudness import Wave, integrated, true_peak
from vr_runtime.stage.measured import Known
from vr_runtime.stage.mixing import BED_LUFS, Bus, Measured

AS_BED_LUFS, AS_EVENT_LUFS = BED_LUFS, -17.0
"""How loud it becomes, as a bed that goes on or as an event: like those that ship."""
MOST_OWN_PEAK = 10.0 ** (-9.0 / 20.0)
"""Its true peak, at most."""
MOST_RAISED = 10.0 ** (20.0 / 20.0)
"""What is softer than the limit is raised by no more than this: below lies only noise."""
ONSET_S = 0.02
"""Seconds in which any sound in it rises from nothing to its peak, at least."""
STEP_S = 0.001
HELD_S = 0.03
"""A loudness is held so long: the trough of a deep tone is no silence."""
MEASURED_S = 30.0
"""A true peak is looked for in pieces of this length."""
OVERLAP_S = 0.01


def fitted(wave: Wave, rate: int, *, loop: bool) -> tuple[NDArray[np.int16], Known]:
    """The sound as it will be heard, and what the mixer is told of it.

    Sudden sounds in it are eased over 20 ms; then all of it is made softer or louder alike.
    """
    bus = Bus.BED if loop else Bus.EVENT
    eased = wave * _easing(wave, rate, loop=loop)[:, None]
    lufs = integrated(eased, rate)
    peak = _peak(eased, rate)
    if peak <= 0.0 or not math.isfinite(lufs):
        return np.zeros(wave.shape, dtype=np.int16), Known(bus, Measured(-70.0, 1e-4))
    wanted = AS_BED_LUFS if loop else AS_EVENT_LUFS
    # By its peak as it was: what was eased must not be raised to that again.
    before = max(peak, float(np.abs(wave).max()))
    gain = min(10.0 ** ((wanted - lufs) / 20.0), MOST_OWN_PEAK / before, MOST_RAISED)
    samples = np.round(np.clip(eased * gain, -1.0, 1.0) * 32767.0).astype(np.int16)
    reached = Measured(lufs + 20.0 * math.log10(gain), peak * gain)
    return samples, Known(bus, reached)


def _easing(wave: Wave, rate: int, *, loop: bool) -> NDArray[np.float64]:
    """The factor of each sample by which nothing rises faster than `ONSET_S` allows."""
    step = max(1, round(STEP_S * rate))
    count = -(-len(wave) // step)
    padded = np.zeros(count * step)
    padded[: len(wave)] = np.abs(wave).max(axis=1)
    loud = padded.reshape(count, step).max(axis=1)
    held = _held(loud, max(1, round(HELD_S / STEP_S)))
    most = float(held.max(initial=0.0))
    if most <= 0.0:
        return np.ones(len(wave))
    rise = most * STEP_S / ONSET_S
    # A loop begins where it ends: it rises out of nothing only once, and the player eases that.
    now = float(held[-1]) if loop else 0.0
    allowed = np.empty(count)
    for k, level in enumerate(held.tolist()):
        now = min(level, now + rise)
        allowed[k] = now
    factors = np.divide(allowed, held, out=np.ones(count), where=held > 0.0)
    # Between two steps it glides; a step's own factor is the lower of both ends.
    lower = np.minimum(factors, np.concatenate([factors[:1], factors[:-1]]))
    ends = np.arange(count) * step
    return np.asarray(np.interp(np.arange(len(wave)), ends, lower))


def _held(loud: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The most of each step and of the `count` before it."""
    padded = np.concatenate([np.zeros(count), loud])
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, count + 1).max(axis=1))


def _peak(wave: Wave, rate: int) -> float:
    """The true peak, found piece by piece: reckoned at once it would take gigabytes."""
    long, over = round(MEASURED_S * rate), round(OVERLAP_S * rate)
    starts = range(0, max(1, len(wave)), long)
    pieces = (wave[max(0, start - over) : start + long + over] for start in starts)
    return max(true_peak(piece) for piece in pieces)
