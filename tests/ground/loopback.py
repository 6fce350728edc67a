"""The real runtime loop in a thread, joined to a console in this process without a network."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from shelved import NAMES, Shelved
from yard import Yard

from controller.link import Link
from controller.session import pack_entries
from controller.session.clinic import Clinic
from controller.session.conductor import Conductor
from controller.session.documents import Document, PatientAdded, PatientChanged
from controller.session.now import PatientCard, RecordHealth, SessionCard
from controller.session.taking_part import TakingPart
from scenarios.api import Scenario
from vr_runtime.app import Runtime
from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.server import Server
from vr_runtime.wire.keys import Peer
from vr_runtime.wire.packs import PackNote
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, STOP

KEY = "a" * 40


class LoopSockets:
    """The runtime's end: what the console sends comes by a queue, answers go to its loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.inbox: queue.SimpleQueue[Incoming] = queue.SimpleQueue()
        self._held: list[Incoming] = []
        self.answers: asyncio.Queue[list[bytes]] = asyncio.Queue()
        self.news: asyncio.Queue[list[bytes]] = asyncio.Queue()
        self.lose_news = False
        self.deaf = False

    def wait(self, seconds: float) -> None:
        try:
            self._held.append(self.inbox.get(timeout=max(0.0, seconds)))
        except queue.Empty:
            return

    def receive(self) -> list[Incoming]:
        found, self._held = self._held, []
        while not self.inbox.empty():
            found.append(self.inbox.get_nowait())
        return [] if self.deaf else found

    def answer(self, route: bytes, *parts: bytes) -> None:
        self._loop.call_soon_threadsafe(self.answers.put_nowait, list(parts))

    def readmit(self) -> None:
        """Nobody else listens here."""

    def publish(self, *parts: bytes) -> None:
        if not self.lose_news:
            self._loop.call_soon_threadsafe(self.news.put_nowait, list(parts))


class LoopWires:
    """The console's end."""

    def __init__(self, sockets: LoopSockets) -> None:
        self._sockets = sockets
        self.cut = False
        self.stops_cut = False
        self.connected = True
        self.sent: list[tuple[bytes, ...]] = []
        self.double = False

    async def send(self, *parts: bytes) -> bool:
        self.sent.append(parts)
        if self.cut or (self.stops_cut and parts[0] == STOP):
            return False
        for _ in range(2 if self.double and parts[0] == CALL else 1):
            self._sockets.inbox.put(Incoming(b"route", KEY, parts))
        return True

    async def answer(self) -> list[bytes]:
        return await self._sockets.answers.get()

    async def news(self) -> list[bytes]:
        return await self._sockets.news.get()

    async def turned_away(self) -> str:
        await asyncio.Event().wait()
        return ""

    def try_again(self) -> None:
        """Never turned away."""

    def close(self) -> None:
        self.cut = True


@dataclass
class KeptRecord:
    """Keeps entries in a list; an entry counts as durable when it is let through."""

    entries: list[tuple[str, Document]] = field(default_factory=list)
    blocked: bool = False
    waiting: list[tuple[asyncio.Future[int], int]] = field(default_factory=list)
    _numbers: dict[str, count[int]] = field(default_factory=dict)

    def append(self, session: str, document: Document) -> asyncio.Future[int]:
        self.entries.append((session, document))
        seq = next(self._numbers.setdefault(session, count(1)))
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        if self.blocked:
            self.waiting.append((future, seq))
        else:
            future.set_result(seq)
        return future

    def let_through(self) -> None:
        self.blocked = False
        for future, seq in self.waiting:
            future.set_result(seq)
        self.waiting.clear()

    def health(self) -> RecordHealth:
        return RecordHealth(waiting=len(self.waiting), trouble=None)

    def kinds(self, session: str | None = None) -> list[str]:
        return [d.kind for s, d in self.entries if session in (None, s) and hasattr(d, "kind")]

    def patients(self) -> tuple[PatientCard, ...]:
        return tuple(
            PatientCard(
                d.patient,
                d.pseudonym,
                d.ceiling,
                d.scale,
                sessions=0,
                last=None,
                takes_part=self._takes_part(d.patient),
            )
            for _, d in self.entries
            if isinstance(d, PatientAdded)
        )

    def _takes_part(self, patient: str) -> TakingPart:
        part = TakingPart()
        for _, said in self.entries:
            if isinstance(said, PatientChanged) and said.patient == patient and said.takes_part:
                part = part.then(said.takes_part)
        return part

    def sessions(self) -> tuple[SessionCard, ...]:
        return ()

    def approved(self) -> frozenset[str]:
        return frozenset(pack_entries.approved(said for _, said in self.entries))


@dataclass
class Pair:
    """A console and a runtime, in lock-step."""

    conductor: Conductor
    link: Link
    record: KeptRecord
    wires: LoopWires
    sockets: LoopSockets
    server: Server

    async def pass_s(self, seconds: float) -> State:
        """Let session time pass, with heartbeats."""
        state: State | None = None
        for _ in range(max(1, round(seconds * 5))):
            await self.conductor.beat()
            state = await self.link.grant(6)
        assert state is not None
        return state

    async def open(self, *, ceiling: int = 8) -> None:
        """Add a patient and open a session on the yard."""
        await self.pass_s(1.4)
        assert (await self.conductor.add_patient("P-01", ceiling, "0-100")).ok
        patient = self.conductor.patients()[0].id
        assert (await self.conductor.open_session(patient, "test.yard", seed=3)).ok
        await self.pass_s(1.2)

    async def begin(self, level: int) -> State:
        """Begin a trial and let it settle."""
        assert (await self.conductor.arm_trial(level)).ok
        assert (await self.conductor.begin_trial()).ok
        return await self.pass_s(2 * level + 1.4)


@asynccontextmanager
async def paired(
    clinic: Clinic | None = None,
    barred: Callable[[], str] = lambda: "",
    yard: type[Scenario] = Yard,
    packs: tuple[PackNote, ...] = (),
    simulated: bool = True,
) -> AsyncIterator[Pair]:
    """A console in control of a runtime that runs its own loop in a thread, and shows `yard`."""
    sockets = LoopSockets(asyncio.get_running_loop())
    display = NullDisplay(NAMES)
    engine = Engine(display.stage, lambda name: Shelved(yard) if name == yard.id else None)
    server = Server(
        engine,
        display,
        sockets,
        peers={KEY: Peer(name="console", role="therapist", public=KEY)},
        manifests=(yard.manifest(),),
        boot="boot-1",
        version="test",
        in_step=True,
        packs=packs,
    )
    runtime = Runtime(engine, display, server, sockets, end_after_s=60.0)
    thread = threading.Thread(target=runtime.run, daemon=True)
    wires = LoopWires(sockets)
    link = Link(wires, in_step=True)
    record = KeptRecord()
    conductor = Conductor(
        link,
        record,
        record,
        clinic=Clinic(countdown_s=0) if clinic is None else clinic,
        simulated=simulated,
        version="test",
        protocol=1,
        write_report=lambda session: session,
        barred=barred,
    )
    thread.start()
    try:
        assert (await conductor.start()).ok
        yield Pair(conductor, link, record, wires, sockets, server)
    finally:
        record.let_through()
        await conductor.settle()
        server.end()
        await asyncio.to_thread(thread.join, 10.0)
        await link.close()
