"""Owns the clock by which an author's code is timed on a machine that is busy with more than it.

It knows no scenario and no limit.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

SCHEDSTAT = "/proc/thread-self/schedstat"
"""Nanoseconds this thread ran, nanoseconds it waited for a processor, turns (Linux)."""


@dataclass(frozen=True)
class Moment:
    """What the system tells of a thread, in seconds."""

    wall_s: float
    ran_s: float
    queued_s: float
    """For which it could have run, and another program had the processor."""
    slept: int
    """How often it has given the processor away by itself."""


class Worked:
    """Seconds that a thread has worked, or slept of its own will.

    A session counts wall time. Here the time in which another program, or another machine on the
    same hardware, had the processor is left out, since that is no fault of a scenario's.
    """

    def __init__(self, look: Callable[[], Moment]) -> None:
        """`look` tells how the thread stands now."""
        self._look = look
        self._before = look()
        self._so_far_s = 0.0

    def __call__(self) -> float:
        """Seconds so far."""
        before, now = self._before, self._look()
        self._before = now
        ran_s = now.ran_s - before.ran_s
        if now.slept > before.slept:
            here_s = now.wall_s - before.wall_s - (now.queued_s - before.queued_s)
            ran_s = max(ran_s, here_s)
        self._so_far_s += ran_s
        return self._so_far_s


def worked() -> Callable[[], float]:
    """Such a clock of this thread; the processor's time alone where the system tells no more."""
    with suppress(ImportError, AttributeError, OSError, ValueError, IndexError):
        from resource import RUSAGE_THREAD, getrusage

        file = os.open(SCHEDSTAT, os.O_RDONLY)

        def look() -> Moment:
            queued_s = int(os.pread(file, 128, 0).split()[1]) / 1e9
            slept = getrusage(RUSAGE_THREAD).ru_nvcsw
            return Moment(time.perf_counter(), time.thread_time(), queued_s, slept)

        return Worked(look)
    return time.thread_time
