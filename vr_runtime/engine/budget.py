"""Owns how much time a scenario's code may take: it counts what is slow and ends what is too slow.

It knows nothing of scenes. Only time spent in an author's code is counted, in wall time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Literal, Protocol

from vr_runtime.wire.state import Effort
from vr_runtime.wire.version import TICKS_PER_SECOND

SOFT_S = 0.002
"""More than this in one tick is counted: half of what a picture at 90 Hz leaves beside drawing."""

OVERDRAWN_S = 1.0
"""So much time beyond its share a scenario may use up, tick after tick, before it is ended."""

Call = Literal["build", "tick", "leave"]
"""`tick`: an update with all event steps of the tick, or the beginning of one event."""


@dataclass(frozen=True)
class Limits:
    """Seconds after which a call is interrupted."""

    build: float
    """It makes objects and queues what is to be loaded; pictures wait for it."""
    tick: float
    leave: float
    """A scene was left: all its events' ends and its last update together."""
    share_s: float | None = None
    """Of each tick, what may be taken for long; None for all. Single slow ticks are forgiven."""

    def of(self, call: Call) -> float:
        """The limit of one kind of call."""
        return {"build": self.build, "tick": self.tick, "leave": self.leave}[call]


BY_CLOCK = Limits(build=2.0, tick=0.25, leave=0.05, share_s=0.5 / TICKS_PER_SECOND)
IN_STEP = Limits(build=10.0, tick=10.0, leave=10.0)
"""Under lock-step a slow machine must not give another session than a fast one: only what would
never end is interrupted."""


class Overran(BaseException):
    """Thrown into an author's code that has used up its time.

    No `Exception`, so that the usual `except Exception` of an author does not swallow it.
    """


class Alarm(Protocol):
    """What can interrupt the code that runs now."""

    def within(
        self, seconds: float, meanwhile: Callable[[], None] | None = None
    ) -> AbstractContextManager[None]:
        """Throw `Overran` into the author's code in the block once so many seconds are over.

        `meanwhile` is called again and again between two lines of that code; it must not raise, and
        the time it takes is not counted.
        """
        ...


class _NoAlarm:
    def within(
        self, seconds: float, meanwhile: Callable[[], None] | None = None
    ) -> AbstractContextManager[None]:
        return nullcontext()


NO_ALARM = _NoAlarm()
"""Interrupts nothing: what takes too long is judged when it has come back."""


class Budget:
    """The time of one session's scenario."""

    def __init__(
        self,
        limits: Limits = IN_STEP,
        alarm: Alarm = NO_ALARM,
        *,
        entering: Callable[[Call], AbstractContextManager[object]] = lambda call: nullcontext(),
        now: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Begin to count.

        Args:
            limits: after how long each kind of call is ended.
            alarm: what ends it.
            entering: entered around every call, to tell whoever watches.
            now: wall seconds that never go back.
        """
        self._limits = limits
        self._alarm = alarm
        self._entering = entering
        self._now = now
        self.meanwhile: Callable[[], None] | None = None
        """What goes on while a scenario is built: hearing stops, drawing what is shown."""
        self.leaving: Callable[[], None] = lambda: None
        """Called before an author's code is entered for the last time in a scene."""
        self._aside_s = 0.0
        self.begin()

    def begin(self) -> None:
        """Another session: count from nothing."""
        self._calls = self._slow = 0
        self._worst_s = self._build_s = self._overdrawn_s = 0.0

    @property
    def effort(self) -> Effort:
        """What has been counted since `begin`."""
        return Effort(
            calls=self._calls,
            slow=self._slow,
            worst_ms=round(self._worst_s * 1000, 3),
            build_ms=round(self._build_s * 1000, 3),
        )

    @contextmanager
    def call(self, call: Call) -> Iterator[Callable[[], None]]:
        """Around one entry into an author's code. Raises `Overran` when it took too long.

        Gives what is to be called between two pieces of that code where there are several: it
        raises `Overran` once the time of them all is over, so that no further one is entered.
        """
        limit = self._limits.of(call)
        if call == "leave":
            self.leaving()
        aside = self._aside if call == "build" and self.meanwhile is not None else None
        with self._entering(call):
            began, elsewhere = self._now(), self._aside_s

            def still() -> None:
                if self._now() - began - (self._aside_s - elsewhere) > limit:
                    raise Overran(told(limit))

            try:
                with self._alarm.within(limit, aside):
                    yield still
            finally:
                took = self._now() - began - (self._aside_s - elsewhere)
                self._count(call, took)
        if took > limit:
            # It came back by itself, or threw the interruption away.
            raise Overran(told(limit))
        share = self._limits.share_s
        if call == "tick" and share is not None:
            self._overdrawn_s = max(0.0, self._overdrawn_s + took - share)
            if self._overdrawn_s > OVERDRAWN_S:
                self._overdrawn_s = 0.0
                raise Overran(f"took more than {share * 1000:.0f} ms of each tick, for long")

    def _aside(self) -> None:
        began = self._now()
        try:
            if self.meanwhile is not None:
                self.meanwhile()
        finally:
            self._aside_s += self._now() - began

    def _count(self, call: Call, took_s: float) -> None:
        if call == "build":
            self._build_s = max(self._build_s, took_s)
            return
        self._calls += 1
        self._slow += took_s > SOFT_S
        self._worst_s = max(self._worst_s, took_s)


def told(limit_s: float) -> str:
    """The fault in words, for the log and its author."""
    return f"did not come back within {limit_s * 1000:.0f} ms"
