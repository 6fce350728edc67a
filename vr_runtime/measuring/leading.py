"""Owns one scenario led by nobody: the real engine, a stage, and the author's fault by its line.

It knows neither what is measured nor how a finding is told.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from scenarios.api.manifest import Manifest
from vr_runtime.engine.budget import Alarm, Budget, Call, Limits
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.interrupt import alarm
from vr_runtime.engine.ports import StagePort
from vr_runtime.loader import Found
from vr_runtime.measuring.limits import (
    BUILD_S,
    HUNG_S,
    LEAVE_S,
    LONGEST_RAMP_S,
    SHARE_S,
    TICK_S,
)
from vr_runtime.measuring.outcome import Spot
from vr_runtime.thrown import words_of
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, View
from vr_runtime.wire.happenings import Happening
from vr_runtime.wire.version import TICKS_PER_SECOND

LIMITS = Limits(build=BUILD_S, tick=TICK_S, leave=LEAVE_S)
"""Where more than the author's code takes time, as where pictures are drawn."""
ALL_LIMITS = replace(LIMITS, share_s=SHARE_S)


class Shown(Protocol):
    """The little of a display that leading needs."""

    stage: StagePort

    def show(self, view: View) -> None:
        """From now on the patient would see this."""
        ...


class Failed(Exception):
    """The scenario has failed and is not led any further."""

    def __init__(self, error: BaseException, spot: Spot) -> None:
        super().__init__(words_of(error))
        self.error = error
        self.spot = spot


class NotReached(Exception):
    """A level was not reached within the time that a way to it may take."""


def spot_of(error: BaseException, files: Callable[[str], bool]) -> Spot:
    """The last line in these files that an exception came through; an empty spot if none."""
    theirs = [f for f in traceback.extract_tb(error.__traceback__) if files(f.filename)]
    if not theirs:
        return Spot()
    last = theirs[-1]
    return Spot(file=last.filename, line=last.lineno or 1, column=(last.colno or 0) + 1)


class _Later:
    """An alarm for what hangs; what is merely slow is judged by the processor's time."""

    def __init__(self, inner: Alarm) -> None:
        self._inner = inner

    @contextmanager
    def within(self, seconds: float, meanwhile: Callable[[], None] | None = None) -> Iterator[None]:
        with self._inner.within(max(seconds, HUNG_S), meanwhile):
            yield


class _Spent(Budget):
    """A budget that also knows what was taken of it in all, by another clock."""

    def __init__(self, limits: Limits, inner: Alarm, lasted: Callable[[], float]) -> None:
        super().__init__(limits, inner, now=time.thread_time)
        self._lasted = lasted
        self.spent_s = 0.0
        """Seconds in all ticks together."""

    @contextmanager
    def call(self, call: Call) -> Iterator[Callable[[], None]]:
        began = self._lasted()
        try:
            with super().call(call) as still:
                yield still
        finally:
            if call == "tick":
                self.spent_s += self._lasted() - began


class _Faults(logging.Handler):
    """The exception behind the engine's word that a scenario has failed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None and self.last is None:
            self.last = record.exc_info[1]


class Led:
    """One session of one scenario; `seed` decides its chance."""

    def __init__(
        self,
        found: Found,
        display: Shown,
        files: Callable[[str], bool],
        *,
        seed: int = 1,
        ticked: Callable[[], None] = lambda: None,
        limits: Limits = LIMITS,
        lasted: Callable[[], float] = time.thread_time,
    ) -> None:
        """Begin.

        Args:
            found: the scenario.
            display: what shows it.
            files: whether a file, as Python names it, is the author's.
            seed: decides its chance.
            ticked: called after each tick.
            limits: after how long each kind of call is ended.
            lasted: seconds by which `spent_s` is reckoned; no call is ended by it.
        """
        self._found = found
        self._display = display
        self.files = files
        """Whether a file, as Python names it, is the author's own."""
        self.leaving = False
        """Whether a scene is being left now."""
        self._ticked = ticked
        self._faults = _Faults()
        self.news: list[tuple[int, Happening]] = []
        """What happened, with the tick."""
        self._budget = _Spent(limits, _Later(alarm()), lasted)
        self.engine = Engine(display.stage, {found.manifest.id: found}.get, self._budget)
        log = logging.getLogger("vr_runtime.engine.host")
        log.handlers, log.propagate = [self._faults], False
        self.act(
            acts.OpenSession(session="measured", scenario=found.manifest.id, seed=seed, ceiling=10)
        )

    @property
    def manifest(self) -> Manifest:
        """What the scenario declares."""
        return self._found.manifest

    @property
    def spent_s(self) -> float:
        """Seconds that the author's code has taken in all ticks together."""
        return self._budget.spent_s

    def loaded(self) -> None:
        """All that the scenario asks for stands ready."""
        self.act(acts.Loaded(sha256=self._found.sha256))

    def act(self, act: Act) -> bool:
        """Do what a therapist does; gives whether it was taken. Raises `Failed`."""
        self._faults.last = None
        taken = self.engine.apply(act, "therapist") is None
        self._display.show(self.engine.view)
        self._look()
        return taken

    def pass_time(self, ticks: int) -> None:
        """Let so many ticks pass. Raises `Failed`."""
        for _tick in range(ticks):
            self._faults.last = None
            self.engine.tick()
            self._display.show(self.engine.view)
            for fresh in self.engine.take_news():
                self.news.append((fresh.tick, fresh.what))
            self._look()
            self._ticked()

    def _look(self) -> None:
        if self.engine.disabled is not None:
            error = self._faults.last or RuntimeError(self.engine.disabled)
            raise Failed(error, spot_of(error, self.files))

    # -- what a therapist does

    def begin(self, level: int) -> None:
        """Bring the patient to `level` by a trial of its own; raises `Failed`, `NotReached`."""
        if self.engine.trial_open:
            self.leave()
        self.act(acts.ArmTrial(level=level))
        self.act(acts.BeginTrial(level=level))
        self.pass_time(1)
        self.settle()

    def go_to(self, level: int) -> bool:
        """One level up or down, or several down, from where the patient is."""
        assert self.engine.ramp is not None, "a scene has one"
        up = level > self.engine.ramp.asked
        taken = self.act(acts.Raise(level=level) if up else acts.Lower(level=level))
        self.settle()
        return taken

    def settle(self) -> None:
        """Until nothing moves any more, and a further raise would be taken."""
        for _tick in range(round(LONGEST_RAMP_S * TICKS_PER_SECOND)):
            if self.engine.raise_in_s <= 0.0:
                return
            self.pass_time(1)
        raise NotReached

    def leave(self) -> None:
        """To the safe place; what the scenario does on leaving is over then."""
        self.leaving = True
        self.act(acts.SafePlace())
        self.pass_time(5)
        self.leaving = False

    def happening(self, event: str) -> bool:
        """Whether an event goes on."""
        host = self.engine.host
        return host is not None and host.running(event)

    def close(self) -> None:
        """End the session; the stage is empty then."""
        if self.engine.trial_open:
            self.leave()
        self.act(acts.Stop())
        self.act(acts.CloseSession())
