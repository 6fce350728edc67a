"""Owns the runtime's own end of the pipe to its watchdog: that its loop lives, and what it is at.

Writing never waits. It knows neither session nor renderer.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vr_runtime.watch.beats import (
    LONGEST_LINE,
    Doing,
    Ending,
    Leading,
    Opened,
    Said,
    Standing,
    line,
)

EVERY_S = 0.1
"""Between two beats of the loop: twice as often as is asked for."""

log = logging.getLogger(__name__)


class Pulse:
    """What the watchdog hears of this process."""

    def __init__(
        self,
        pipe: int | None,
        *,
        alone: Callable[[], None] = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Write to this end of a pipe; None where nobody watches.

        Args:
            pipe: file descriptor, made non-blocking here where the system can.
            alone: called once when the watchdog turns out to have ended.
            now: monotonic seconds.
        """
        self._pipe = pipe
        self._alone = alone
        self._now = now
        self._doing = Doing.OPENING
        self._beat_at = now()
        self._told = ""
        self._pending = ""
        self._led = ""
        self._leads = ""
        self._heard = True
        if pipe is not None and hasattr(os, "set_blocking"):
            os.set_blocking(pipe, False)

    @property
    def watched(self) -> bool:
        """Whether a watchdog takes what is written."""
        return self._pipe is not None and self._heard

    def beat(self) -> None:
        """The loop has come round. Cheap enough for every round."""
        now = self._now()
        if self._doing is Doing.LOOP and now - self._beat_at < EVERY_S:
            return
        self._beat_at = now
        self._doing = Doing.LOOP
        self._say(Doing.LOOP)
        if self._pending != self._told:
            self.standing(self._pending)
        if self._leads != self._led:
            self.leading(self._leads)

    def goes_on(self) -> None:
        """What is being done goes on: said again, cheap enough for every picture of a build."""
        now = self._now()
        if now - self._beat_at >= EVERY_S:
            self._beat_at = now
            self._say(self._doing)

    @contextmanager
    def within(self, doing: Doing) -> Iterator[None]:
        """Say what is being done until the end of the block, before it is begun."""
        before, self._doing = self._doing, doing
        self._beat_at = self._now()
        self._say(doing)
        try:
            yield
        finally:
            self._doing = before
            self._beat_at = self._now()
            self._say(before)

    def opening(self) -> None:
        """One more part of the opening stands."""
        self._say(Doing.OPENING)

    def opened(self, address: str, display: str, *, software: bool) -> None:
        """All is open; the loop begins."""
        self._say(Opened(address, display, software))

    def standing(self, facts: str) -> None:
        """What the next start would need; told when it has changed."""
        self._pending = facts
        if facts != self._told and self._say(Standing(facts)):
            self._told = facts

    def leading(self, told: str) -> None:
        """Who holds control from now on; told at once, before that console is answered."""
        self._leads = told
        if told != self._led and self._say(Leading(told)):
            self._led = told

    def ending(self) -> None:
        """This process ends by itself and in order."""
        self._say(Ending())

    def _say(self, said: Said) -> bool:
        if self._pipe is None:
            return False
        written = line(said)
        assert len(written) <= LONGEST_LINE, "a line that a pipe may tear"
        try:
            os.write(self._pipe, written)
        except BlockingIOError:
            # It does not read, being stopped: what matters is said again with a later beat.
            self._heard = False
            return False
        except OSError:
            log.warning("the watchdog has ended; the runtime goes on unwatched")
            os.close(self._pipe)
            self._pipe = None
            self._alone()
            return False
        self._heard = True
        return True


def own_pipe() -> int:
    """The pipe to the watchdog, which this process was given as its standard output.

    Whatever prints from now on, a library or a scenario, prints to standard error instead.
    """
    pipe = os.dup(1)
    os.dup2(2, 1)
    return pipe
