"""Owns how the cabin of a vehicle leans, rocks and sways; knows no vehicle and no tick.

The stage makes the waves itself, so that no script can shake a cabin: it asks for a manner, and the
manner changes slowly, all of it at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

MOST_DEGREES = 6.0
"""Pitch and roll, what leans and what rocks together."""
MOST_HERTZ = 0.5
MOST_SWAY_M = 0.03
SLOWED = 0.4
"""Part by which waves are slower in the middle of a change."""
CHANGE_S = 4.0
"""Seconds in which one manner becomes another: slow, so that it quickens no wave."""


@dataclass(frozen=True)
class Manner:
    """Degrees, metres and waves a second; as it was asked for, or held within the limits."""

    lean_pitch: float = 0.0
    lean_roll: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    sway: float = 0.0
    hertz: float = 0.2

    def limited(self) -> Manner:
        """The same within the limits; what leans comes before what rocks."""
        lean_pitch = _within(self.lean_pitch, MOST_DEGREES)
        lean_roll = _within(self.lean_roll, MOST_DEGREES)
        return Manner(
            lean_pitch=lean_pitch,
            lean_roll=lean_roll,
            pitch=_within(self.pitch, MOST_DEGREES - abs(lean_pitch)),
            roll=_within(self.roll, MOST_DEGREES - abs(lean_roll)),
            sway=_within(self.sway, MOST_SWAY_M),
            hertz=min(MOST_HERTZ, max(0.0, self.hertz)),
        )

    def towards(self, to: Manner, part: float) -> Manner:
        """The manner `part` (0 to 1) of the way to another."""
        return Manner(*(a + (b - a) * part for a, b in zip(self._all(), to._all(), strict=True)))

    def _all(self) -> tuple[float, ...]:
        return (self.lean_pitch, self.lean_roll, self.pitch, self.roll, self.sway, self.hertz)


def _within(value: float, most: float) -> float:
    return min(most, max(-most, value))


class Rocking:
    """The tilt of one cabin from tick to tick."""

    def __init__(self) -> None:
        self.wanted = Manner()
        self.manner = Manner()
        """As it is now."""
        self._from = self._to = Manner()
        self._passed = CHANGE_S
        self._turns = 0.0

    def ask(self, **parts: float) -> Manner:
        """Ask for parts of a manner; gives all that is asked for now."""
        self.wanted = replace(self.wanted, **parts)
        return self.wanted

    def advance(self, dt: float, *, still: bool = False, sways: bool = True) -> None:
        """Let `dt` seconds pass; a newer wish begins once the change under way is over.

        While it is to be `still` the wish is to stand level and at rest; without `sways`, not to
        begin swaying.
        """
        self._passed = min(CHANGE_S, self._passed + dt)
        if self._passed >= CHANGE_S:
            self._from, goal = self._to, Manner() if still else self.wanted.limited()
            if not sways:
                goal = replace(goal, sway=0.0)
            if goal != self._to:
                self._to, self._passed = goal, 0.0
        self._reckon()
        # A change of manner moves the cabin too: waves slow down meanwhile, or both together
        # would turn about sooner than the quickest wave may.
        t = self._passed / CHANGE_S
        slowed = 1.0 - SLOWED * 4.0 * t * (1.0 - t)
        self._turns = (self._turns + slowed * self.manner.hertz * dt) % 1000.0

    def settle(self) -> None:
        """Fulfil the wish at once: nobody sees it."""
        self._from = self._to = self.wanted.limited()
        self._passed = CHANGE_S
        self._reckon()

    def _reckon(self) -> None:
        t = self._passed / CHANGE_S
        if t >= 1.0 or self._from == self._to:
            self.manner = self._to
        else:
            eased = t * t * t * (t * (6.0 * t - 15.0) + 10.0)
            self.manner = self._from.towards(self._to, eased)

    @property
    def pitch(self) -> float:
        """Degrees, positive upwards."""
        now = self.manner
        return now.lean_pitch + now.pitch * math.sin(2.0 * math.pi * self._turns)

    @property
    def roll(self) -> float:
        """Degrees, positive to the right."""
        now = self.manner
        # A quarter and a fraction apart: a boat draws a flat loop, and no straight line.
        return now.lean_roll + now.roll * math.sin(2.0 * math.pi * (self._turns + 0.27))

    @property
    def sway(self) -> float:
        """Metres to the right."""
        return self.manner.sway * math.sin(2.0 * math.pi * (self._turns + 0.6))

    @property
    def sways(self) -> bool:
        """Whether it sways, or will."""
        return any(manner.sway != 0.0 for manner in (self._from, self._to, self.wanted))

    @property
    def strength(self) -> float:
        """How strongly it rocks, 0 to 1 at the limit of any part."""
        now = self.manner
        waves = max(abs(now.pitch), abs(now.roll)) / MOST_DEGREES
        shift = 0.5 if self._passed < CHANGE_S and self._from != self._to else 0.0
        return min(1.0, max(waves, abs(now.sway) / MOST_SWAY_M, shift))
