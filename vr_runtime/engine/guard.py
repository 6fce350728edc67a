"""Owns the dead-man: how long no console was heard, in ticks. It decides nothing about scenes."""

from __future__ import annotations

from vr_runtime.wire.acts import ConsoleBack, ConsoleLost, GraceOver, Occurrence
from vr_runtime.wire.version import TICKS_PER_SECOND

LOST_AFTER = TICKS_PER_SECOND
"""Ticks without a heartbeat until the console counts as lost: 1.0 s."""
STEADY_AFTER = TICKS_PER_SECOND
"""Ticks with heartbeats until an exposure may begin: 1.0 s."""


class DeadMan:
    """Counts the ticks since the console in control was heard."""

    def __init__(self) -> None:
        self._silent = 0
        self._steady = 0
        self._lost = False
        self._graced = False

    def heard(self) -> None:
        """A heartbeat of the console in control came in."""
        self._silent = 0

    def begin(self) -> None:
        """Control was taken anew: steadiness is counted from here."""
        self._silent = 0
        self._steady = 0

    @property
    def steady(self) -> bool:
        """Heard without a break for 1 s."""
        return self._steady >= STEADY_AFTER

    @property
    def silent_s(self) -> float:
        """Seconds since the last heartbeat."""
        return self._silent / TICKS_PER_SECOND

    def tick(self, ticks: int, grace_s: float) -> list[Occurrence]:
        """Let `ticks` pass; gives what became of it: lost, grace over, back."""
        found: list[Occurrence] = []
        if self._lost and self._silent == 0:
            self._lost = self._graced = False
            self._steady = 0
            found.append(ConsoleBack())
        self._silent += ticks
        if self._silent < LOST_AFTER:
            self._steady += ticks
            return found
        self._steady = 0
        if not self._lost:
            self._lost = True
            found.append(ConsoleLost())
        if not self._graced and self._silent >= LOST_AFTER + round(grace_s * TICKS_PER_SECOND):
            self._graced = True
            found.append(GraceOver())
        return found
