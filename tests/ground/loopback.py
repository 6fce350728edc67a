"""The real runtime loop in a thread, joined to a console in this process without a network."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from shelved import NAMES, Shelved
from yard import Yard

from controller.link import Link
from controller.session import pack_entries
from controller.session.before.entries import ScreeningAnswered
from controller.session.before.screened import Screened
from controller.session.clinic import Clinic
from controller.session.conductor import Conductor
from controller.session.documents import (
    Document,
    Entry,
    PatientAdded,
    PatientChanged,
    stream_of,
)
from controller.session.keeping import ConsentGiven, ConsentTo, ConsentWithdrawn, Restriction
from controller.session.now import Consented, PatientCard, RecordHealth, SessionCard
from controller.session.taking_part import TakingPart
from controller.simulation import before
from scenarios.api import Scenario
from vr_runtime.app import Runtime
from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.server import Server
from vr_runtime.wire.beside import Beside
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
                minor=any(
                    said.minor
                    for _, said in self.entries
                    if isinstance(said, PatientChanged) and said.patient == d.patient
                ),
                consents=self._consents(d.patient),
                pose=any(one.to == "pose" for one in self._consents(d.patient)),
                withdrawn="session" in self._taken_back(d.patient),
                unwatched="observers" in self._taken_back(d.patient),
                screened=self._screened(d.patient),
                restricted=self._restricted(d.patient),
            )
            for _, d in self.entries
            if isinstance(d, PatientAdded)
        )

    def _consents(self, patient: str) -> tuple[Consented, ...]:
        held: dict[str, Consented] = {}
        for _, said in self.entries:
            if isinstance(said, ConsentGiven) and said.patient == patient:
                held[said.to] = Consented(said.to, said.version, said.by, "2026-11-30T09:00:00Z")
            elif isinstance(said, ConsentWithdrawn) and said.patient == patient:
                held.pop(said.to, None)
        return tuple(held.values())

    def _taken_back(self, patient: str) -> set[ConsentTo]:
        gone: set[ConsentTo] = set()
        for _, said in self.entries:
            if isinstance(said, ConsentGiven) and said.patient == patient:
                gone.discard(said.to)
            elif isinstance(said, ConsentWithdrawn) and said.patient == patient:
                gone.add(said.to)
        return gone

    def _restricted(self, patient: str) -> str | None:
        said = [d for _, d in self.entries if isinstance(d, Restriction) and d.patient == patient]
        return said[-1].reason if said and said[-1].on else None

    def _screened(self, patient: str) -> Screened | None:
        said = [d for _, d in self.entries if isinstance(d, ScreeningAnswered)]
        own = [d for d in said if d.patient == patient]
        return Screened("2026-11-30T09:00:00Z", own[-1]) if own else None

    def _takes_part(self, patient: str) -> TakingPart:
        part = TakingPart()
        for _, said in self.entries:
            if isinstance(said, PatientChanged) and said.patient == patient and said.takes_part:
                part = part.then(said.takes_part)
        return part

    def sessions(self) -> tuple[SessionCard, ...]:
        return ()

    def own(self, patient: str) -> list[Entry]:
        """What was handed over for a patient's own stream."""
        stream = stream_of(patient)
        told = [d for s, d in self.entries if s == stream]
        return [
            Entry(
                session=stream,
                seq=seq,
                kind=str(said.model_dump()["kind"]),
                operator="op-1",
                mono_ns=seq,
                wall="2026-11-30T09:00:00.000000+00:00",
                data=said,
            )
            for seq, said in enumerate(told, 1)
        ]

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
        await before.prepare(self.conductor.before, patient)
        assert (await self.conductor.open_session(patient, "test.yard", seed=3)).ok
        await before.preflight(self.conductor.before)
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
    beside: Mapping[str, Beside] | None = None,
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
        beside=beside,
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
