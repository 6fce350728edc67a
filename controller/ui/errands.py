"""Owns the order in which the therapist's acts are sent; knows neither keys nor screen.

Acts on the scene go one after the other, as they were pressed. What only makes it easier for the
patient waits for no answer: it goes at once, and what waited then is not sent at all, so that
nothing pressed before it acts after it. Stop too drops the acts that have not been sent. What only
writes to the record goes its own way, since a record in trouble must not keep an act waiting. An
act that was pressed or waited while the console stood still is not sent at all: nobody sees any
more what it was meant for.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from controller.language import _
from controller.session.now import Outcome
from controller.ui.awake import Awake

Call = Callable[[], Awaitable[Outcome]]
RECORD_PATIENCE_S = 5.0
"""So long the end of the console waits for the record; what waits then is kept by the record."""


@dataclass(frozen=True)
class Errand:
    """One act to be sent, and what it needs."""

    call: Call
    kind: Literal["scene", "record", "desk"]
    """What it acts on; the desk alone, where it is asked who sits there."""
    only_after_done: bool = False
    """Not sent when the errand before it was refused."""
    eases: bool = False
    """It only makes it easier for the patient: hold, pause, lower, the safe place. One for the
    record, as a break, eases first and waits for the record then, and no other act waits for it."""
    then: Callable[[Outcome], None] | None = None
    """Told the outcome before anybody else."""


class Errands:
    """Sends errands in order and tells each outcome."""

    def __init__(
        self,
        told: Callable[[Outcome], None],
        awake: Awake,
        known: Callable[[], bool] = lambda: True,
    ) -> None:
        """`known` tells whether it is known who acts here."""
        self._told = told
        self._awake = awake
        self._known = known
        self._waiting: deque[tuple[float, Errand]] = deque()
        self._running: asyncio.Task[None] | None = None
        self._stops: set[asyncio.Task[Outcome]] = set()
        self._easing: set[asyncio.Task[Outcome]] = set()
        self._records: set[asyncio.Task[Outcome]] = set()
        self._last_done = True

    def send(self, errand: Errand) -> None:
        """Send it: to the record at once, to the scene as soon as those before are answered.

        To the scene at once as well where it eases.

        A key may still be on its way to a screen when the console is locked: it acts for nobody,
        unless it eases.
        """
        if errand.kind != "desk" and not errand.eases and not self._known():
            self._locked(errand)
            return
        if errand.kind != "scene" and not errand.eases:
            self._begin(errand, self._records)
            return
        if self._awake.late():
            self._too_late(errand)
            return
        if errand.eases:
            self._begin(errand, self._easing if errand.kind == "scene" else self._records)
            self._drop()
            return
        self._waiting.append((self._awake.stamp(), errand))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())

    def stop(self, call: Call, then: Callable[[Outcome], None] | None = None) -> None:
        """Send a stop now, past everything that waits to change the scene: that goes."""
        self._waiting.clear()
        self._last_done = False
        self._begin(Errand(call, "scene", then=then), self._stops)

    @property
    def acting(self) -> bool:
        """Whether an act on the scene is not answered yet."""
        return bool(self._easing) or (self._running is not None and not self._running.done())

    async def finish(self) -> None:
        """Wait until everything that was sent is answered; for the record not without end."""
        while tasks := [
            t
            for t in (self._running, *self._stops, *self._easing)
            if t is not None and not t.done()
        ]:
            await asyncio.wait(tasks)
        if self._records:
            await asyncio.wait(tuple(self._records), timeout=RECORD_PATIENCE_S)

    def _begin(self, errand: Errand, where: set[asyncio.Task[Outcome]]) -> None:
        task = asyncio.create_task(self._carry_out(errand))
        where.add(task)
        task.add_done_callback(where.discard)

    def _drop(self) -> None:
        """What waits would act after what was pressed later: it is not sent, and that is said."""
        self._last_done = False
        told = _("This was not sent: what you pressed after it went first. Press it again.")
        while self._waiting:
            self._tell(self._waiting.popleft()[1], Outcome(False, told, "overtaken"))

    async def _run(self) -> None:
        while self._waiting:
            if self._easing:
                await asyncio.wait(tuple(self._easing))
                continue
            since, errand = self._waiting.popleft()
            if self._awake.slept_since(since):
                self._too_late(errand)
                continue
            if not self._known():
                self._locked(errand)
                continue
            if errand.only_after_done and not self._last_done:
                continue
            self._last_done = True
            outcome = await self._carry_out(errand)
            self._last_done = self._last_done and outcome.ok

    def _locked(self, errand: Errand) -> None:
        """Pressed, or still waiting to be sent, when nobody sat here any more."""
        self._last_done = False
        told = _("The console was locked; this was not carried out.")
        self._tell(errand, Outcome(False, told, "locked"))

    def _too_late(self, errand: Errand) -> None:
        self._last_done = False
        told = _("This came while the console stood still and was not carried out; press it again.")
        self._tell(errand, Outcome(False, told, "late"))

    async def _carry_out(self, errand: Errand) -> Outcome:
        try:
            outcome = await errand.call()
        except OSError as error:  # the record says in its own words what became of an entry
            outcome = Outcome(False, str(error), "record")
        except Exception as error:  # the console must outlive any fault below it: stop needs it
            told = _("This failed inside the console ({error}); look at what is applied.")
            outcome = Outcome(False, told.format(error=type(error).__name__), "fault")
        self._tell(errand, outcome)
        return outcome

    def _tell(self, errand: Errand, outcome: Outcome) -> None:
        if errand.then is not None:
            errand.then(outcome)
        self._told(outcome)
