"""Owns who drives along the avenue, where and how fast; knows nothing of how cars look.

All who drive the same way drive equally fast, and nobody drives beside another: so nobody ever
catches up, and no two cars are seen one through the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from vr_runtime.stage.models.city.street import KERB_SOUTH, LANE_M, PARKING_M

TRACK_M = 560.0
"""Cars begin their way again after it, out of sight in both directions."""
_GAPS_M = (12.0, 32.0)
"""From the middle of one car to the middle of the next one that drives the same way."""
_SPEEDS = {True: 9.6, False: -9.2}
"""In m/s; those who drive east keep to the south."""


@dataclass(frozen=True)
class Driver:
    """One car under way."""

    y: float
    """The middle of its lane."""
    speed: float
    """In m/s, to the east; negative for those who drive west."""
    start: float
    """Metres along its own way at the beginning, 0 to `TRACK_M`."""
    lane: int
    """0 to 3 from the near kerb."""
    seed: int

    def x(self, seconds: float) -> float:
        """Where its middle is after `seconds`, as the shader for traffic has it."""
        way = 1.0 if self.speed > 0 else -1.0
        gone: float = (self.start + abs(self.speed) * seconds) % TRACK_M
        return way * (gone - TRACK_M / 2)


def drivers() -> list[Driver]:
    """All who drive; the same each time."""
    chance = Random(81)
    found = []
    for east in (True, False):
        at = chance.uniform(0.0, 8.0)
        while at < TRACK_M - _GAPS_M[0]:
            lane = chance.randrange(2) + (0 if east else 2)
            y = KERB_SOUTH + PARKING_M + (lane + 0.5) * LANE_M
            found.append(Driver(y, _SPEEDS[east], at, lane, chance.randrange(1 << 30)))
            at += chance.uniform(*_GAPS_M)
    return found
