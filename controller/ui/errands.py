"""Owns the order in which the therapist's acts are sent; knows neither keys nor screen.

Acts go one after the other, as they were pressed. Stop never waits among them: it drops those that
would change the scene and have not been sent, and keeps those that only write to the record.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from controller.language import _
from controller.session.now import Outcome

Call = Callable[[], Awaitable[Outcome]]


@dataclass(frozen=True)
class Errand:
    """One act to be sent, and what it needs."""

    call: Call
    kind: Literal["scene", "record"]
    only_after_done: bool = False
    """Not sent when the errand before it was refused."""
    then: Callable[[Outcome], None] | None = None
    """Told the outcome before anybody else."""


class Errands:
    """Sends errands in order and tells each outcome."""

    def __init__(self, told: Callable[[Outcome], None]) -> None:
        self._told = told
        self._waiting: deque[Errand] = deque()
        self._running: asyncio.Task[None] | None = None
        self._stops: set[asyncio.Task[Outcome]] = set()
        self._last_done = True

    def send(self, errand: Errand) -> None:
        """Send it as soon as those before it are answered."""
        self._waiting.append(errand)
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())

    def stop(self, call: Call) -> None:
        """Send a stop now, past everything that waits; what would still change the scene goes."""
        self._waiting = deque(e for e in self._waiting if e.kind == "record")
        self._last_done = False
        task = asyncio.create_task(self._carry_out(Errand(call, "scene")))
        self._stops.add(task)
        task.add_done_callback(self._stops.discard)

    async def finish(self) -> None:
        """Wait until everything that was sent is answered."""
        while tasks := [t for t in (self._running, *self._stops) if t is not None and not t.done()]:
            await asyncio.wait(tasks)

    async def _run(self) -> None:
        while self._waiting:
            errand = self._waiting.popleft()
            if errand.only_after_done and not self._last_done:
                continue
            self._last_done = True
            outcome = await self._carry_out(errand)
            self._last_done = self._last_done and outcome.ok

    async def _carry_out(self, errand: Errand) -> Outcome:
        try:
            outcome = await errand.call()
        except Exception as error:  # the console must outlive any fault below it: stop needs it
            told = _("This failed inside the console ({error}); look at what is applied.")
            outcome = Outcome(False, told.format(error=type(error).__name__), "fault")
        if errand.then is not None:
            errand.then(outcome)
        self._told(outcome)
        return outcome
