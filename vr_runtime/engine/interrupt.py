"""Owns the interruption of an author's code by the system's timer; decides nothing.

It works on the main thread of systems that have `SIGALRM`. Elsewhere, and against code that never
lets the interpreter go or throws every interruption away, the watchdog is what remains.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from vr_runtime.engine.budget import NO_ALARM, Alarm, Overran, told

_OURS = "vr_runtime"
_ENTERED_FROM = "vr_runtime.engine.host"
"""Where an author's code is called; no frame of it lies above."""
_SOON_S = 0.0005
_ASIDE_EVERY_S = 0.03
"""While something long is under way: about as often as the patient would see another picture."""
_LATER_S = 0.003
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
        self._limit_s = 0.0
        self._deadline: float | None = None
        self._meanwhile: Callable[[], None] | None = None
        self._aside = False
        self._awaited: FrameType | None = None
        signal.signal(signal.SIGALRM, self._rings)

    @contextmanager
    def within(self, seconds: float, meanwhile: Callable[[], None] | None = None) -> Iterator[None]:
        """Throw `Overran` into the author's code in the block once so many seconds are over.

        `meanwhile` is called again and again between two lines of that code; it must not raise, and
        the time it takes is not counted.
        """
        self._limit_s, self._meanwhile = seconds, meanwhile
        self._deadline = time.perf_counter() + seconds
        self._arm()
        try:
            yield
        finally:
            self._deadline = None
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            self._wait_no_more()

    def _arm(self) -> None:
        if self._deadline is None:
            return
        left = self._deadline - time.perf_counter()
        if self._meanwhile is not None:
            left = min(left, _ASIDE_EVERY_S)
        signal.setitimer(signal.ITIMER_REAL, max(left, _SOON_S))

    def _rings(self, _number: int, frame: FrameType | None) -> None:
        if self._deadline is None or self._aside:
            return
        if not _is_the_authors(frame):
            if not self._wait_for_the_authors_line(frame):
                signal.setitimer(signal.ITIMER_REAL, _LATER_S)
            return
        self._between_two_lines()

    def _between_two_lines(self) -> None:
        if self._deadline is None:
            return
        began = time.perf_counter()
        if began >= self._deadline:
            raise Overran(told(self._limit_s))
        if self._meanwhile is not None:
            self._aside = True
            try:
                self._meanwhile()
            finally:
                self._aside = False
                self._deadline += time.perf_counter() - began
        self._arm()

    def _wait_for_the_authors_line(self, frame: FrameType | None) -> bool:
        """Come back at the next line of the author's code that called the stage; False if none."""
        while frame is not None and (_root(frame) == _OURS or _is_stdlib(frame)):
            if frame.f_globals.get("__name__") == _ENTERED_FROM:
                return False
            frame = frame.f_back
        if frame is None or sys.gettrace() is not None:
            return False  # Nobody's, or a debugger follows the lines already.
        self._awaited = frame
        frame.f_trace = self._at_a_line
        sys.settrace(_follow_no_other)
        return True

    def _at_a_line(self, frame: FrameType, _event: str, _value: object) -> None:
        self._wait_no_more()
        self._between_two_lines()

    def _wait_no_more(self) -> None:
        if self._awaited is not None:
            sys.settrace(None)
            self._awaited.f_trace = None
            self._awaited = None


def _follow_no_other(_frame: FrameType, _event: str, _value: object) -> None:
    """Frames that begin meanwhile are not followed."""


def _root(frame: FrameType) -> str:
    """The package that a frame's code belongs to."""
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _is_stdlib(frame: FrameType) -> bool:
    return _root(frame) in sys.stdlib_module_names


def _is_the_authors(frame: FrameType | None) -> bool:
    """Whether the code that runs now was called by an author's code without the stage between."""
    while frame is not None:
        root = _root(frame)
        if root == _OURS:
            return False
        if not _is_stdlib(frame):
            return True
        frame = frame.f_back
    return False
