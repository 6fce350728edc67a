"""Owns the memory that an author's code holds: how much, at which line, and whether it grows.

It knows no scenario and lets no time pass.
"""

from __future__ import annotations

import gc
import os
import tracemalloc
from collections.abc import Callable
from itertools import pairwise

from vr_runtime.language import _, filled
from vr_runtime.measuring.limits import (
    GROWN_BYTES,
    GROWS_BYTES_A_MINUTE,
    GROWS_SOON_BYTES_A_MINUTE,
)
from vr_runtime.measuring.outcome import Finding, Spot
from vr_runtime.watch.memory import resident_bytes
from vr_runtime.wire.version import TICKS_PER_SECOND

LOOK_TICKS = 20
"""Between two looks at what is held."""
LOOKS = 5


class Held:
    """What the author's own lines have asked for and still hold, while it is traced."""

    def __init__(self, files: Callable[[str], bool]) -> None:
        """`files` knows the author's own."""
        self._files = files

    def bytes(self) -> int:
        """All of it."""
        return sum(stat.size for stat in self._theirs("filename"))

    def most(self) -> Spot:
        """The line that holds most; an empty spot if none holds anything."""
        for stat in self._theirs("lineno"):
            frame = stat.traceback[0]
            return Spot(file=frame.filename, line=frame.lineno)
        return Spot()

    def _theirs(self, by: str) -> list[tracemalloc.Statistic]:
        """The largest first."""
        gc.collect()
        found = tracemalloc.take_snapshot().statistics(by)
        return [s for s in found if self._files(s.traceback[0].filename)]


class Growth:
    """Whether memory grows while levels and events are walked, so that it is told soon.

    Where the process has grown, the author's lines are traced for some seconds of the scene: what
    grew once, as a table that is filled, does not go on growing.
    """

    def __init__(
        self,
        files: Callable[[str], bool],
        resident: Callable[[], int | None] = lambda: resident_bytes(os.getpid()),
    ) -> None:
        """`files` knows the author's own; `resident` tells the bytes of this process."""
        self._held = Held(files)
        self._resident = resident
        self._most = GROWN_BYTES
        self._ticks = 0
        self._first: int | None = None
        self._looks: list[int] = []

    @property
    def tracing(self) -> bool:
        """Whether it is being traced, which makes everything slower."""
        return bool(self._looks)

    @property
    def grown(self) -> bool:
        """Whether the process has grown since the beginning, by a quarter of what is traced."""
        return self._more() > self._most // 4

    def begin(self) -> None:
        """The scene stands: what is there now is no growth."""
        self.end()
        self._first = self._resident()

    def end(self) -> None:
        """Look no longer."""
        if self.tracing:
            tracemalloc.stop()
        self._looks, self._first = [], None

    def take(self, *, soon: bool = False) -> Finding | None:
        """A tick passed; PS205 where it is clear that memory grows. `soon` begins to trace now."""
        self._ticks += 1
        if self._first is None or (self._ticks % LOOK_TICKS and not soon):
            return None
        if not self.tracing:
            if soon or self._more() > self._most:
                tracemalloc.start(1)
                self._looks = [self._held.bytes()]
            return None
        if self._ticks % LOOK_TICKS:
            return None
        self._looks.append(self._held.bytes())
        return self._judged() if len(self._looks) == LOOKS else None

    def _more(self) -> int:
        now = self._resident()
        return 0 if now is None or self._first is None else now - self._first

    def _judged(self) -> Finding | None:
        steps = [b - a for a, b in pairwise(self._looks[1:])]
        a_minute = min(steps) * 60 * TICKS_PER_SECOND // LOOK_TICKS
        spot, first = self._held.most(), self._first
        self.end()
        # what has grown and stays is looked at again once it is twice as much
        self._first = first
        self._most = 2 * max(self._most, self._more())
        return grows(a_minute, spot) if a_minute > GROWS_SOON_BYTES_A_MINUTE else None


def grows(bytes_a_minute: int, spot: Spot) -> Finding | None:
    """PS205 for so much at this line; None where it is little."""
    if bytes_a_minute <= GROWS_BYTES_A_MINUTE:
        return None
    told = _("Its memory grows by {n:.1f} MB a minute, as often as it is shown.")
    hint = _("keep no list that only becomes longer")
    there = spot if spot.line else Spot(name="update")
    return Finding(
        code="PS205", spot=there, message=filled(told, n=bytes_a_minute / 1e6), hint=hint
    )
