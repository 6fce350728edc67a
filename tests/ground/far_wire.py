"""A wire between console and runtime that is long, stalls, or is cut: TCP through this process."""

from __future__ import annotations

import asyncio
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

TRIES = 100


@dataclass
class FarWire:
    """Both ports of one runtime, further away. What is set here holds for what comes from now on.

    Its own thread forwards, so that it goes on while a test waits.
    """

    port: int
    delay_s: float = 0.0
    """One way."""
    jitter_s: float = 0.0
    """At most so much more, by chance, one way; nothing overtakes on one connection."""
    bytes_per_s: float | None = None
    """How much one connection brings to the port of commands; None is no limit."""
    forwarded: int = 0
    """Bytes that have gone towards the runtime's port of commands."""
    recorded: bytearray = field(default_factory=bytearray)
    """The first of them, of the first connection, to be sent again by somebody else."""
    _flows: asyncio.Event = field(default_factory=asyncio.Event)
    _cut: bool = False
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _serving: set[asyncio.Task[None]] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None
    _chance: random.Random = field(default_factory=lambda: random.Random(11))

    def stall(self) -> None:
        """Nothing comes through any more, and nobody is told."""
        self._do(self._flows.clear)

    def flow(self) -> None:
        """End a stall; what waited comes through."""
        self._do(self._flows.set)

    def cut(self) -> None:
        """Break all connections and refuse new ones."""
        self._do(self._break)

    def mend(self) -> None:
        """Let connections be made again."""
        self._do(lambda: setattr(self, "_cut", False))

    def _break(self) -> None:
        self._cut = True
        for writer in self._writers:
            writer.transport.abort()

    def _do(self, what: Callable[[], object]) -> None:
        assert self._loop is not None
        done = threading.Event()

        def then() -> None:
            what()
            done.set()

        self._loop.call_soon_threadsafe(then)
        assert done.wait(10.0)

    async def _serve(
        self, port: int, counted: bool, near: asyncio.StreamReader, back: asyncio.StreamWriter
    ) -> None:
        if self._cut:
            back.transport.abort()
            return
        far, out = await asyncio.open_connection("127.0.0.1", port)
        ends = {back, out}
        self._writers |= ends
        there = self._carry(near, out, counted, first=counted and not self.recorded)
        try:
            await asyncio.gather(there, self._carry(far, back, False, first=False))
        finally:
            self._writers -= ends
            for end in ends:
                end.close()

    async def _carry(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        counted: bool,
        *,
        first: bool,
    ) -> None:
        loop = asyncio.get_running_loop()
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await waiting.get()
                arrived = loop.create_future()
                loop.call_at(due, arrived.set_result, None)
                await arrived
                await self._flows.wait()
                sink.write(data)
                if not data:
                    return

        delivering = asyncio.create_task(deliver())
        due = 0.0
        with suppress(OSError):
            while data := await source.read(4096):
                late = self.delay_s + self._chance.uniform(0.0, self.jitter_s)
                due = max(due, loop.time() + late)
                if counted and self.bytes_per_s is not None:
                    due += len(data) / self.bytes_per_s
                waiting.put_nowait((due, data))
                if counted:
                    self.forwarded += len(data)
                if first:
                    self.recorded += data
        waiting.put_nowait((due, b""))
        await delivering
        sink.close()

    async def _run(self, behind: int, pair: list[socket.socket], open_: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        self._flows.set()
        servers = []
        for number, listening in enumerate(pair):

            async def serve(
                near: asyncio.StreamReader, back: asyncio.StreamWriter, number: int = number
            ) -> None:
                task = asyncio.current_task()
                assert task is not None
                self._serving.add(task)
                with suppress(OSError):
                    await self._serve(behind + number, number == 0, near, back)
                self._serving.discard(task)

            servers.append(await asyncio.start_server(serve, sock=listening))
        open_.set()
        await self._over.wait()
        for server in servers:
            server.close()
        self._flows.set()
        self._break()
        if self._serving:
            await asyncio.wait(self._serving, timeout=5.0)


@contextmanager
def far_wire(behind: int, *, delay_s: float = 0.0, jitter_s: float = 0.0) -> Iterator[FarWire]:
    """A wire to the runtime at the ports `behind` and `behind` + 1 of this machine."""
    pair = _two_ports()
    wire = FarWire(pair[0].getsockname()[1], delay_s=delay_s, jitter_s=jitter_s)
    opened = threading.Event()
    thread = threading.Thread(
        target=lambda: asyncio.run(wire._run(behind, pair, opened)), daemon=True
    )
    thread.start()
    assert opened.wait(10.0)
    try:
        yield wire
    finally:
        wire._do(wire._over.set)
        thread.join(10.0)


def _two_ports() -> list[socket.socket]:
    """Two free ports next to each other, listening."""
    for _ in range(TRIES):
        first, second = socket.socket(), socket.socket()
        try:
            first.bind(("127.0.0.1", 0))
            second.bind(("127.0.0.1", first.getsockname()[1] + 1))
        except OSError:
            first.close()
            second.close()
            continue
        for listening in (first, second):
            listening.listen()
        return [first, second]
    raise AssertionError("no two free ports next to each other were found")
