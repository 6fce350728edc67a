"""Owns the dead-man: how long no console was heard, in ticks. It decides nothing about scenes.

A console that is heard and hears nothing itself leads blindly: it counts as lost as well. What it
has heard is judged by whether it advances, never by its age, so that a long way is no loss.
"""

from __future__ import annotations

from vr_runtime.wire.acts import ConsoleBack, ConsoleLost, GraceOver, Occurrence
from vr_runtime.wire.version import TICKS_PER_SECOND

LOST_AFTER = TICKS_PER_SECOND
"""Ticks without a heartbeat until the console counts as lost: 1.0 s."""
STEADY_AFTER = TICKS_PER_SECOND
"""Ticks with heartbeats until an exposure may begin: 1.0 s."""


class DeadMan:
    """Counts the ticks since the console in control was heard, and since it heard anything new."""

    def __init__(self) -> None:
        self._silent = 0
        self._deaf = 0
        self._newest = -1
        """The newest tick it has said to have heard of."""
        self._steady = 0
        self._lost = False
        self._graced = False

    def heard(self, newest: int | None = None) -> None:
        """A heartbeat of the console in control came in.

        Args:
            newest: tick of the newest state it has heard; None: it does not say, and is not judged
                by it.
        """
        self._silent = 0
        if newest is None or newest > self._newest:
            self._deaf = 0
        if newest is not None:
            self._newest = max(newest, self._newest)

    def begin(self) -> None:
        """Control was taken anew: steadiness is counted from here."""
        self._silent = self._deaf = 0
        self._newest = -1
        self._steady = 0

    @property
    def steady(self) -> bool:
        """Heard without a break for 1 s, and hearing."""
        return self._steady >= STEADY_AFTER

    @property
    def silent_s(self) -> float:
        """Seconds since the last heartbeat."""
        return self._silent / TICKS_PER_SECOND

    def tick(self, ticks: int, grace_s: float) -> list[Occurrence]:
        """Let `ticks` pass; gives what became of it: lost, grace over, back."""
        found: list[Occurrence] = []
        if self._lost and self._silent == 0 and self._deaf == 0:
            self._lost = self._graced = False
            self._steady = 0
            found.append(ConsoleBack())
        self._silent += ticks
        self._deaf += ticks
        # Never the shorter of the two: what it has heard is told by being heard.
        if self._deaf < LOST_AFTER:
            self._steady += ticks
            return found
        self._steady = 0
        if not self._lost:
            self._lost = True
            found.append(ConsoleLost(deaf=self._silent < LOST_AFTER))
        if not self._graced and self._deaf >= LOST_AFTER + round(grace_s * TICKS_PER_SECOND):
            self._graced = True
            found.append(GraceOver())
        return found
