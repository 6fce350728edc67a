"""A scenario that is built where a picture takes long: slow is not hung, and hung is not slow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from clockwork import Clock, Clockwork
from yard import Yard

from vr_runtime.engine.budget import BY_CLOCK, Budget
from vr_runtime.watch import beats
from vr_runtime.watch.beats import Doing, Opened
from vr_runtime.watch.judge import Watched
from vr_runtime.watch.pulse import Pulse
from vr_runtime.wire.acts import Phase

LINE_S = 0.03
"""How often something may come between two lines of what is built."""


class Between:
    """An alarm that comes between two lines when the scenario is at one, by its own word."""

    def __init__(self) -> None:
        self.line: Callable[[], None] = lambda: None

    @contextmanager
    def within(self, seconds: float, meanwhile: Callable[[], None] | None = None) -> Iterator[None]:
        self.line = (lambda: None) if meanwhile is None else meanwhile
        yield
        self.line = lambda: None


class Judge:
    """The watchdog's rules, fed by the pipe and the same clock."""

    def __init__(self, clock: Clock) -> None:
        self.read, write = os.pipe()
        os.set_blocking(self.read, False)
        self.pulse = Pulse(write, now=clock)
        self.watched = Watched(in_step=False)
        self.watched.hear(Opened("tcp://127.0.0.1:5600", "desktop", software=True))
        self._clock, self._at = clock, clock.now

    def hear(self) -> None:
        """Take what lies in the pipe, and count from here."""
        self._at = self._clock.now
        try:
            for line in os.read(self.read, 65536).splitlines():
                said = beats.read(line)
                assert said is not None
                self.watched.hear(said)
        except BlockingIOError:
            pass

    def hangs(self) -> bool:
        """Whether it would have been judged hung by now."""
        while self._clock.now > self._at and not self.watched.hangs:
            step = min(0.05, self._clock.now - self._at)
            self._at += step
            self.watched.pass_time(step)
        return self.watched.hangs


@pytest.mark.parametrize(("picture_s", "lines", "hung"), [(0.5, 60, False), (0.0, 0, True)])
def test_a_build_beside_slow_pictures_is_no_build_that_hangs(
    picture_s: float, lines: int, hung: bool
) -> None:
    clock, between = Clock(), Between()
    judge = Judge(clock)
    judged: list[bool] = []

    class Slow(Yard):
        def build(self) -> None:
            super().build()
            judge.hear()
            for _ in range(lines):
                clock.now += LINE_S
                between.line()
                judged.append(judge.hangs())
                judge.hear()
            if not lines:
                # It hangs in one line of its own.
                clock.now += 4.0
                judged.append(judge.hangs())
            assert judge.watched.doing is Doing.BUILDING

    budget = Budget(
        BY_CLOCK, between, entering=lambda call: judge.pulse.within(Doing.BUILDING), now=clock
    )
    runtime = Clockwork("desktop", yard=Slow, clock=clock, budget=budget, pulse=judge.pulse)
    runtime.display.cost_s = picture_s
    if hung:
        with pytest.raises(AssertionError):
            runtime.lead_to(Phase.READY)
    else:
        runtime.lead_to(Phase.READY)
        assert clock.now - 100.0 > 4.0 and runtime.engine.budget.effort.build_ms < 2000.0
    assert any(judged) is hung
    os.close(judge.read)
