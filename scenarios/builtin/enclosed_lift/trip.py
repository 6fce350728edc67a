"""Owns how one lift goes to and fro between floors; makes nothing that is seen or heard."""

from __future__ import annotations

import math
from dataclasses import dataclass

FLOORS, TOP, BUTTONS = 12, 40, 13
"""The highest floor; of what a model takes a part; floors that have a button."""
OPENS_S, WAITS_FIRST_S, WAITS_S = 2.7, 7.5, 9.0
"""Doors take the first to open or shut; they stay open for the second in a lift that was just
entered, and for the third on a floor that was reached."""
FLOOR_M, SETS_OFF_S = 3.2, 1.6
OPEN, CLOSING, RIDING, STALLED, SHUT, OPENING = range(6)


@dataclass
class Trip:
    """One lift that goes to and fro between floors."""

    state: int = OPEN
    doors: float = 1.0  # 0 shut, 1 open
    floor: float = 0.0
    goal: int = 0
    waited: float = WAITS_S - WAITS_FIRST_S
    stall_left: float = 0.0
    stall_at: float = -1.0
    arrivals: int = 0  # how often doors have opened

    def advance(
        self, dt: float, *, shut: float, floors: float, stall: float, speed: float, held: bool
    ) -> str:
        """Let time pass; gives what is heard now, or nothing. With `shut` 0 it lets out.

        `shut` and `stall` are in seconds, `speed` in metres a second.
        """
        self.waited += dt
        if self.state == OPEN:
            if shut > 0.0 and self.waited >= WAITS_S:
                self.state = CLOSING
                return "doors"
        elif self.state == CLOSING:
            self.doors = max(0.0, self.doors - dt / OPENS_S)
            if self.doors == 0.0:
                return self._sets_off(floors, stall)
        elif self.state == RIDING:
            return self._ride(dt * speed / FLOOR_M, shut, held)
        elif self.state == STALLED:
            self.stall_left -= dt
            if (self.stall_left <= 0.0 or shut == 0.0) and not held:
                self._to(RIDING)
                return "relay"
        elif self.state == SHUT:
            if self.waited >= shut:
                self.state = OPENING
                return "doors"
        else:
            self.doors = min(1.0, self.doors + dt / OPENS_S)
            if self.doors == 1.0:
                self._to(OPEN)
                self.arrivals += 1
        return ""

    def _to(self, state: int) -> None:
        self.state, self.waited = state, 0.0

    def _sets_off(self, floors: float, stall: float) -> str:
        count = round(floors)
        if count == 0:
            self._to(SHUT)
            return ""
        here = round(self.floor)
        self.goal = here + count if here + count <= FLOORS else max(0, here - count)
        middle = (here + self.goal) // 2 + 0.5
        self.stall_at, self.stall_left = (middle, stall) if stall > 0.0 else (-1.0, 0.0)
        self._to(RIDING)
        return "relay"

    def _ride(self, gone: float, shut: float, held: bool) -> str:
        if self.waited < SETS_OFF_S:
            return ""
        if held:
            self._to(STALLED)
            return "jolt"
        before, way = self.floor, 1.0 if self.goal > self.floor else -1.0
        if shut == 0.0:  # whoever is let out is let out on the next floor
            self.goal = math.ceil(before) if way > 0.0 else math.floor(before)
        self.floor = before + way * gone
        if self.stall_left > 0.0 and (before - self.stall_at) * (self.floor - self.stall_at) <= 0.0:
            self._to(STALLED)
            return "jolt"
        if (self.floor - self.goal) * way >= 0.0:
            self.floor = float(self.goal)
            self._to(SHUT)
            return "ding"
        return ""
