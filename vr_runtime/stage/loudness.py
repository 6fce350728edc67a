"""Owns how loudness is measured: ITU-R BS.1770-4, integrated, and the true peak.

It knows no file and no sound device. Waves are arrays of (samples, channels), 1 being full scale.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float64]

BLOCK_S, STEP_S = 0.4, 0.1
SILENCE_LUFS = -70.0
"""The absolute gate: what is softer does not count."""
RELATIVE_LU = 10.0
"""The relative gate: what is so much softer than the rest does not count."""
_SHELF_HZ, _SHELF_Q, _SHELF_DB = 1681.974450955533, 0.7071752369554196, 3.999843853973347
_HIGH_HZ, _HIGH_Q = 38.13547087602444, 0.5003270373238773
"""The two filters of the recommendation, from which its coefficients at 48 kHz follow."""


def integrated(wave: Wave, rate: int) -> float:
    """Integrated loudness in LUFS; -inf for silence.

    What is shorter than one block of 0.4 s is measured as if it were heard again and again.
    """
    if not len(wave):
        return float("-inf")
    block, step = round(BLOCK_S * rate), round(STEP_S * rate)
    if len(wave) < block:
        wave = np.tile(wave, (-(-block // len(wave)) + 1, 1))
    squares = _weighted(wave, rate) ** 2
    sums = np.concatenate([np.zeros((1, wave.shape[1])), np.cumsum(squares, axis=0)])
    starts = np.arange(0, len(wave) - block + 1, step)
    powers = ((sums[starts + block] - sums[starts]) / block).sum(axis=1)
    loud = powers[_lufs(powers) > SILENCE_LUFS]
    if not len(loud):
        return float("-inf")
    loud = loud[_lufs(loud) > _lufs(loud.mean()) - RELATIVE_LU]
    return float(_lufs(loud.mean()))


def _lufs(power: np.ndarray | np.floating) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10.0 * np.log10(np.maximum(power, 1e-12)), dtype=np.float64)


def _weighted(wave: Wave, rate: int) -> Wave:
    """The wave through both filters; they have died away within the second that is added."""
    count = len(wave) + rate
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(count))
    response = _response(_shelf(rate), turn) * _response(_high(rate), turn)
    spectrum = np.fft.rfft(wave, count, axis=0) * response[:, None]
    return np.fft.irfft(spectrum, count, axis=0)[: len(wave)]


Filter = tuple[tuple[float, float, float], tuple[float, float, float]]


def _response(of: Filter, turn: NDArray[np.complex128]) -> NDArray[np.complex128]:
    (b0, b1, b2), (a0, a1, a2) = of
    return (b0 + b1 * turn + b2 * turn**2) / (a0 + a1 * turn + a2 * turn**2)


def _shelf(rate: int) -> Filter:
    k = np.tan(np.pi * _SHELF_HZ / rate)
    high = 10.0 ** (_SHELF_DB / 20.0)
    middle = high**0.4996667741545416
    above = (
        high + middle * k / _SHELF_Q + k * k,
        2.0 * (k * k - high),
        high - middle * k / _SHELF_Q + k * k,
    )
    return above, (1.0 + k / _SHELF_Q + k * k, 2.0 * (k * k - 1.0), 1.0 - k / _SHELF_Q + k * k)


def _high(rate: int) -> Filter:
    k = np.tan(np.pi * _HIGH_HZ / rate)
    whole = 1.0 + k / _HIGH_Q + k * k
    # The recommendation leaves the numerator as 1, -2, 1.
    below = (1.0, 2.0 * (k * k - 1.0) / whole, (1.0 - k / _HIGH_Q + k * k) / whole)
    return (1.0, -2.0, 1.0), below


def true_peak(wave: Wave) -> float:
    """The highest peak as a share of full scale, between the samples too (four times as many)."""
    count = len(wave)
    if not count:
        return 0.0
    spectrum = np.fft.rfft(wave, axis=0)
    finer = np.fft.irfft(spectrum, 4 * count, axis=0) * 4.0
    return float(np.abs(finer).max())
