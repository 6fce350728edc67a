"""Owns how a ridden thing gains and loses speed along one way; knows no vehicle and no tick.

A speed changes only in ramps of half a second, each eased at both ends (the acceleration begins and
ends at nothing), with a second of even speed between two of them: an acceleration is what makes
ill, and it is short and rare here, however fast the way is travelled in the end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

RAMP_S = 0.5
"""Seconds in which the speed changes once."""
EVEN_S = 1.0
"""Least seconds of even speed between two changes."""
PEAK = 1.5
"""Highest acceleration within a ramp, as a multiple of its mean: 3t² - 2t³ is steepest halfway."""
_ALMOST = 1e-9


@dataclass(frozen=True)
class Phase:
    """A stretch of time in which the speed goes from one value to another."""

    seconds: float
    before: float
    after: float

    def speed(self, passed: float) -> float:
        """The speed, `passed` seconds after its beginning."""
        part = passed / self.seconds if self.seconds > 0.0 else 1.0
        return self.before + (self.after - self.before) * part * part * (3.0 - 2.0 * part)

    def way(self, passed: float) -> float:
        """How far it has gone, `passed` seconds after its beginning."""
        if self.seconds <= 0.0:
            return 0.0
        part = passed / self.seconds
        eased = part**3 - part**4 / 2.0
        return self.before * passed + (self.after - self.before) * eased * self.seconds


@dataclass(frozen=True)
class Run:
    """A way from rest to rest: ramps up, an even stretch, ramps down."""

    phases: tuple[Phase, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return sum(phase.seconds for phase in self.phases)

    @property
    def length(self) -> float:
        """How far it goes."""
        return sum(phase.way(phase.seconds) for phase in self.phases)

    def speed(self, passed: float) -> float:
        """The speed, `passed` seconds after its beginning; 0 when it is over."""
        for phase in self.phases:
            if passed < phase.seconds:
                return phase.speed(max(0.0, passed))
            passed -= phase.seconds
        return 0.0

    def way(self, passed: float) -> float:
        """How far it has gone, `passed` seconds after its beginning."""
        gone = 0.0
        for phase in self.phases:
            if passed < phase.seconds:
                return gone + phase.way(max(0.0, passed))
            gone += phase.way(phase.seconds)
            passed -= phase.seconds
        return gone

    def braked(self, passed: float) -> Run:
        """The same up to `passed` seconds, and from there to rest by the gentlest way there is.

        A ramp under way is ended first: cut short, it would jerk.
        """
        kept: list[Phase] = []
        for phase in self.phases:
            if phase.after < phase.before:
                return self  # it slows down already
            if passed >= phase.seconds - _ALMOST:
                kept.append(phase)
                passed -= phase.seconds
                continue
            if phase.after == phase.before:
                kept.append(Phase(max(0.0, passed), phase.before, phase.after))
            else:
                kept.append(phase)
            break
        speed = kept[-1].after if kept else 0.0
        steps = sum(1 for phase in kept if phase.after > phase.before)
        gap = 0.0
        if kept and kept[-1].after > kept[-1].before:
            gap = EVEN_S
        elif kept:
            gap = max(0.0, EVEN_S - kept[-1].seconds)
        if gap and speed > 0.0:
            kept.append(Phase(gap, speed, speed))
        return Run((*kept, *_ramps(speed, 0.0, steps)))


def run(length: float, speed: float, *, ramp: float) -> Run:
    """The quickest way over `length` (0 or more) that keeps to the limits.

    Args:
        length: in metres or degrees.
        speed: highest speed, in the same a second; above 0.
        ramp: how much one ramp may change the speed, in the same a second; above 0.
    """
    if length <= 0.0:
        return Run()
    steps = max(1, math.ceil(speed / ramp - _ALMOST))
    while steps > 1:
        least = (steps - 1) * ramp * (_ramp_s(steps) + EVEN_S)
        if least <= length:
            break
        steps -= 1
    # A way is as long as its speed times what lies between the middles of its two slopes.
    fastest = min(speed, steps * ramp, length / (_ramp_s(steps) + EVEN_S))
    even = length / fastest - _ramp_s(steps)
    middle = Phase(even, fastest, fastest)
    return Run((*_ramps(0.0, fastest, steps), middle, *_ramps(fastest, 0.0, steps)))


def _ramp_s(steps: int) -> float:
    return steps * RAMP_S + (steps - 1) * EVEN_S


def _ramps(before: float, after: float, steps: int) -> list[Phase]:
    phases: list[Phase] = []
    for n in range(steps):
        low = before + (after - before) * n / steps
        high = before + (after - before) * (n + 1) / steps
        if n:
            phases.append(Phase(EVEN_S, low, low))
        phases.append(Phase(RAMP_S, low, high))
    return phases


def largest_ramp(acceleration: float) -> float:
    """How much one ramp changes the speed, a second, at this highest acceleration."""
    return acceleration * RAMP_S / PEAK
