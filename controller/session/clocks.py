"""Owns how it is seen, said and recorded that this console stood still, or its wall clock was set.

Nothing follows from either: what is late has expired at the runtime, and order goes by ticks.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from controller.language import _
from controller.session.documents import ClockJumped, ConsoleSlept, Document
from controller.session.notices import Notices

SLEPT_S = 2.0
"""A longer time between two looks, which come 5 times a second, is a sleep."""
JUMPED_S = 60.0
"""A wall clock that goes so far ahead or back between two looks was set."""


@dataclass(frozen=True)
class Reading:
    """Two clocks at one moment, in seconds."""

    steady_s: float
    """Never jumps, and goes on while the machine sleeps, where the system has such a clock."""
    wall_s: float


def read() -> Reading:
    """The clocks of this machine. Where none counts sleep, sleep shows as a jump of the other."""
    source = getattr(time, "CLOCK_BOOTTIME", None)
    steady = time.monotonic() if source is None else time.clock_gettime(source)
    return Reading(steady, time.time())


@dataclass(frozen=True)
class Seen:
    """What became apparent since the last look, in seconds; 0 where nothing did."""

    slept_s: float
    jumped_s: float
    """Positive when the wall clock went ahead."""


class Clocks:
    """Looked at with every heartbeat."""

    def __init__(self, now: Callable[[], Reading] = read) -> None:
        self._now = now
        self._last: Reading | None = None

    def look(self) -> Seen:
        """What happened since the last look."""
        before, self._last = self._last, self._now()
        if before is None:
            return Seen(0.0, 0.0)
        passed = self._last.steady_s - before.steady_s
        jump = self._last.wall_s - before.wall_s - passed
        return Seen(
            slept_s=passed if passed > SLEPT_S else 0.0,
            jumped_s=jump if abs(jump) > JUMPED_S else 0.0,
        )


class Stillness:
    """What the therapist and the record are told of it."""

    def __init__(self, clocks: Clocks, notices: Notices) -> None:
        self._clocks = clocks
        self._notices = notices

    def look(self, record: Callable[[Document], None] | None, tick: int) -> None:
        """See what happened since the last look; `record` takes it down in an open session."""
        seen = self._clocks.look()
        if seen.slept_s:
            text = _("This console stood still for {seconds} s: keys pressed meanwhile do nothing.")
            self._notices.say(False, text.format(seconds=round(seen.slept_s)), "alarm")
            if record is not None:
                record(ConsoleSlept(seconds=round(seen.slept_s, 1), tick=tick))
        if seen.jumped_s and record is not None:
            record(ClockJumped(seconds=round(seen.jumped_s, 1), tick=tick))
