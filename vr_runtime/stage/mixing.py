"""Owns the arithmetic of loudness: how loud each of several sounds may be at once.

It knows no sound device. Nothing limits the sum behind it, so the sum is limited here: each gain is
such that even if all sounds had their peaks in the same moment, none would go above `AIM_PEAK`.
Loudness is LUFS (ITU-R BS.1770); a peak is a true peak as a share of full scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

BED_LUFS = -23.0
"""All beds together, at most."""
EVENT_LUFS = BED_LUFS + 12.0
"""All events together, at most."""
LINE_LUFS = -20.0
"""A spoken line: a little above the beds, which give way to it."""
MOST_PEAK = 10.0 ** (-6.0 / 20.0)
"""True peak of the sum, at most: -6 dBFS."""
AIM_PEAK = 10.0 ** (-7.0 / 20.0)
"""What the sum is reckoned to: a little below, for what filters and resampling add."""
PLACED_PEAK = 10.0 ** (3.0 / 20.0)
"""What the filters for headphones add to a peak beside one ear. With noise and sines of 440 Hz to
8 kHz 3.6 dB was the most that was measured; the rest is in what `AIM_PEAK` leaves."""
DUCKED = 10.0 ** (-8.0 / 20.0)
"""How far beds give way to a line or an alert."""
ATTACK_S, RELEASE_S = 0.15, 0.6
"""Seconds in which beds give way, and come back."""
NEAR_M = 2.0
"""Distance within which a sound with a place has its full loudness, in metres."""


class Bus(StrEnum):
    """What a sound is for."""

    BED = "bed"
    EVENT = "event"
    LINE = "line"
    CALM = "calm"
    """Of the safe place."""
    GUIDE = "guide"
    """The breath of a breathing guide."""
    ALERT = "alert"
    """Signals for the patient: chime, tick, calibration tone."""


GIVES_WAY = (Bus.BED, Bus.CALM, Bus.GUIDE)
"""What is softer while something is said."""
CALLS = (Bus.LINE, Bus.ALERT)
"""What others give way to."""


def nearness(distance_m: float | None) -> float:
    """The factor of a distance from the ears, 0 to 1; 1 for what has no place."""
    return 1.0 if distance_m is None else NEAR_M / max(NEAR_M, distance_m)


@dataclass(frozen=True)
class Measured:
    """What was measured of a file."""

    lufs: float
    peak: float
    """True peak as a share of full scale."""


UNMEASURED = Measured(lufs=EVENT_LUFS, peak=1.0)
"""What is assumed of a file that nobody has measured: that it is loud."""


@dataclass(frozen=True)
class Part:
    """One sound as it is wanted now."""

    bus: Bus
    wanted: float
    """Factor, 0 to 1, of whoever plays it."""
    measured: Measured = UNMEASURED
    distance_m: float | None = None
    """From the ears; None for what has no place."""

    @property
    def near(self) -> float:
        """The factor of the distance, 0 to 1: half for each doubling beyond `NEAR_M`."""
        return nearness(self.distance_m)

    @property
    def peak(self) -> float:
        """True peak at the ears with a gain of 1."""
        placed = 1.0 if self.distance_m is None else PLACED_PEAK
        return self.measured.peak * self.near * placed

    @property
    def power(self) -> float:
        """Power at the ears with a gain of 1; 1 is 0 LUFS."""
        return float(10.0 ** (self.measured.lufs / 10.0)) * self.near**2


class Ducking:
    """How far beds have given way at this moment."""

    def __init__(self) -> None:
        self.gain = 1.0
        """From 1 down to `DUCKED`."""

    def advance(self, dt: float, *, called: bool) -> float:
        """`dt` seconds pass, with something to give way to or not; gives the gain."""
        span = 1.0 - DUCKED
        if called:
            self.gain = max(DUCKED, self.gain - span * dt / ATTACK_S)
        else:
            self.gain = min(1.0, self.gain + span * dt / RELEASE_S)
        return self.gain


def mixed(parts: Sequence[Part], ducking: float = 1.0) -> list[float]:
    """The gain of each part, 0 to what was wanted of it.

    Beds share one loudness, events another; a line has its own. Beds then give way by `ducking`,
    and to the peaks of all that is not a bed; only where that is not enough do all become softer.
    """
    gains = [part.wanted for part in parts]
    _share(parts, gains, (Bus.BED,), BED_LUFS)
    _share(parts, gains, (Bus.CALM, Bus.GUIDE), BED_LUFS)
    _share(parts, gains, (Bus.EVENT, Bus.LINE), EVENT_LUFS)
    for k, part in enumerate(parts):
        if part.bus in GIVES_WAY:
            gains[k] *= ducking
    front = sum(_peaks(parts, gains, behind=False))
    behind = sum(_peaks(parts, gains, behind=True))
    if front + behind > AIM_PEAK and behind > 0.0:
        # Beds give way as far as to a line, no farther: a place must not fall silent.
        give = min(1.0, max(DUCKED / ducking, (AIM_PEAK - front) / behind))
        gains = [g * give if p.bus in GIVES_WAY else g for g, p in zip(gains, parts, strict=True)]
    return limited(parts, gains)


def limited(parts: Sequence[Part], gains: Sequence[float]) -> list[float]:
    """These gains, all made softer alike where their sum could go above `AIM_PEAK`."""
    whole = sum(part.peak * gain for part, gain in zip(parts, gains, strict=True))
    factor = min(1.0, AIM_PEAK / whole) if whole > 0.0 else 1.0
    return [gain * factor for gain in gains]


def _peaks(parts: Sequence[Part], gains: Sequence[float], *, behind: bool) -> list[float]:
    return [
        part.peak * gain
        for part, gain in zip(parts, gains, strict=True)
        if (part.bus in GIVES_WAY) is behind
    ]


def _share(parts: Sequence[Part], gains: list[float], buses: Sequence[Bus], lufs: float) -> None:
    """Make the sounds of these buses softer alike where together they are louder than `lufs`."""
    ours = [k for k, part in enumerate(parts) if part.bus in buses]
    power = sum(parts[k].power * gains[k] ** 2 for k in ours)
    most = 10.0 ** (lufs / 10.0)
    if power > most:
        for k in ours:
            gains[k] *= sqrt(most / power)
