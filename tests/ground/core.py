"""The console's own core, without a screen, on real sockets to a real runtime."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from loopback import KeptRecord
from runtime_process import PATIENCE_S, RuntimeProcess

from controller.link import Link
from controller.session.clinic import Clinic
from controller.session.clocks import Clocks
from controller.session.conductor import Conductor
from controller.session.documents import FromRuntime
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.store.books import RecordBooks
from controller.store.record import Record
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Happened, PhaseChanged
from vr_runtime.wire.keys import Identity
from vr_runtime.wire.sockets import ConsoleSockets
from vr_runtime.wire.state import State
from vr_runtime.wire.version import PROTOCOL, TICKS_PER_SECOND


class CountedSockets(ConsoleSockets):
    """The console's sockets; they count what goes out."""

    def __init__(self, address: str, identity: Identity, runtime_key: str) -> None:
        super().__init__(address, identity, runtime_key)
        self.sendings: Counter[bytes] = Counter()

    async def send(self, *parts: bytes) -> bool:
        sent = await super().send(*parts)
        self.sendings[parts[-1]] += sent
        return sent


@dataclass
class Core:
    """A console in control, with its heartbeat, and all that it was told."""

    conductor: Conductor
    link: Link
    record: KeptRecord
    wires: ConsoleSockets
    sendings: Counter[bytes]
    """How often each message was sent."""
    notices: list[str]
    """Every sentence that was said to the therapist."""
    _tick_zero: float = float("inf")

    def look(self) -> State | None:
        """What is known now, as a screen would look at it."""
        now = self.conductor.now()
        if now.state is not None and now.link.state == "live":
            began = time.monotonic() - now.state.tick / TICKS_PER_SECOND
            self._tick_zero = min(self._tick_zero, began)
        return now.state

    def tick_now(self) -> int:
        """The runtime's tick at this moment, by its own clock as far as it was heard before."""
        return int((time.monotonic() - self._tick_zero) * TICKS_PER_SECOND)

    @property
    def phase(self) -> Phase | None:
        state = self.look()
        return None if state is None else state.phase

    def news(self) -> list[Happened]:
        """The runtime's news as they were recorded."""
        return [d.happened for _, d in self.record.entries if isinstance(d, FromRuntime)]

    async def changed_to(self, phase: Phase, cause: str) -> int:
        """The tick at which the runtime itself went to this phase for this cause, once told."""

        def found() -> list[int]:
            return [
                news.tick
                for news in self.news()
                if isinstance(news.what, PhaseChanged)
                and (news.what.after, news.what.cause) == (phase, cause)
            ]

        await self.until(lambda: bool(found()), f"the news of {phase} by {cause}")
        return found()[-1]

    async def until(
        self, holds: Callable[[], bool], what: str, within_s: float = PATIENCE_S
    ) -> float:
        """Look often until this holds; gives the seconds it took."""
        began = time.monotonic()
        never = asyncio.get_running_loop().create_future()
        while True:
            self.look()
            if holds():
                return time.monotonic() - began
            assert time.monotonic() - began < within_s, f"waited {within_s} s for {what}"
            await asyncio.wait((never,), timeout=0.01)

    def later(self, work: Coroutine[Any, Any, Outcome]) -> asyncio.Task[Outcome]:
        """Begin an act and go on."""
        return asyncio.create_task(work)

    async def for_s(self, seconds: float) -> None:
        """Go on looking for so long."""
        until = time.monotonic() + seconds
        await self.until(lambda: time.monotonic() >= until, "time to pass", seconds + PATIENCE_S)

    async def lead_into(self, level: int) -> None:
        """Open a session with a patient of its own and lead it into the scene, settled."""
        await self.until(lambda: self.conductor.now().link.in_control, "control")
        assert (await self.conductor.add_patient("P-01", 8, "0-100")).ok
        patient = self.conductor.patients()[0].id
        opened = await self.conductor.open_session(patient, "test.yard", seed=3)
        assert opened.ok, opened.text
        await self.until(lambda: self.phase is Phase.READY, "the scenario")
        await self.begin(level)

    async def begin(self, level: int) -> None:
        """Begin a trial as soon as the link has been steady, and let it settle."""
        while True:
            assert (await self.conductor.arm_trial(level)).ok
            begun = await self.conductor.begin_trial()
            if begun.ok:
                break
            assert begun.code == "not_steady", begun.text
            await self.for_s(0.2)
        await self.until(lambda: self.phase is Phase.EXPOSURE, "the scene")
        await self.until(lambda: self.settled_at(level), f"level {level}")

    def settled_at(self, level: int) -> bool:
        state = self.look()
        return state is not None and state.reached == level and not state.moving


@asynccontextmanager
async def core(
    runtime: RuntimeProcess,
    *,
    name: str = "therapist",
    port: int | None = None,
    grace_s: float = 1.0,
    countdown_s: int = 3,
    stored: Record | None = None,
    clocks: Clocks | None = None,
    simulated: bool = True,
) -> AsyncIterator[Core]:
    """A console on this runtime, or on the port of a proxy to it; its loop beats by itself.

    It writes to a record on disk where one is given, else to one in memory.
    """
    address = runtime.address if port is None else f"tcp://127.0.0.1:{port}"
    wires = CountedSockets(address, runtime.identities[name], runtime.key)
    link = Link(wires, in_step=False)
    record = KeptRecord()
    conductor = Conductor(
        link,
        record if stored is None else stored,
        record if stored is None else RecordBooks(stored.reader),
        clinic=Clinic(grace_s=grace_s, countdown_s=countdown_s),
        simulated=simulated,
        version="test",
        protocol=PROTOCOL,
        write_report=lambda session: session,
        clocks=clocks,
    )
    notices: list[str] = []
    say = conductor._notices.say

    def said(ok: bool, text: str, tone: Tone, code: str = "") -> Outcome:
        notices.append(text)
        return say(ok, text, tone, code)

    conductor._notices.say = said
    await conductor.start()
    alive = asyncio.create_task(conductor.keep_alive())
    try:
        yield Core(conductor, link, record, wires, wires.sendings, notices)
    finally:
        alive.cancel()
        await asyncio.gather(alive, return_exceptions=True)
        await conductor.settle()
        await link.close()
