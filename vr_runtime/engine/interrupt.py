"""Owns the interruption of an author's code by the system's timer; decides nothing.

It works on the main thread of systems that have `SIGALRM`. Elsewhere, and against code that never
lets the interpreter go or throws every interruption away, the watchdog is what remains.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from vr_runtime.engine.budget import NO_ALARM, Alarm, Overran, told

_LATER_S = 0.005
"""The stage itself is not torn apart: where it is at work, the author's next line is waited for."""


def alarm() -> Alarm:
    """What can interrupt in this process; it takes `SIGALRM` for itself."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return NO_ALARM
    return _TimerAlarm()


class _TimerAlarm:
    """Interrupts by `setitimer`, wall time."""

    def __init__(self) -> None:
        self._limit_s: float | None = None
        signal.signal(signal.SIGALRM, self._rings)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Throw `Overran` into the author's code in the block once so many seconds are over."""
        self._limit_s = seconds
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            self._limit_s = None
            signal.setitimer(signal.ITIMER_REAL, 0.0)

    def _rings(self, _number: int, frame: FrameType | None) -> None:
        limit = self._limit_s
        if limit is None:
            return
        if not _is_the_authors(frame):
            signal.setitimer(signal.ITIMER_REAL, _LATER_S)
            return
        raise Overran(told(limit))


def _is_the_authors(frame: FrameType | None) -> bool:
    """Whether the code that runs now was called by an author's code without the stage between."""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        root = module.partition(".")[0]
        if root == "vr_runtime":
            return False
        if root not in sys.stdlib_module_names:
            return True
        frame = frame.f_back
    return False
