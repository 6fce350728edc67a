"""A real runtime in a process of its own, and a plain client of its sockets, for tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zmq

from vr_runtime.wire.keys import Identity, Peer, Role, save_identity, save_peers
from vr_runtime.wire.messages import (
    REPLIES,
    TOPIC_STATE,
    AnyCommand,
    Claim,
    Command,
    Done,
    Grant,
    Granted,
    Heartbeat,
    Hello,
    Refused,
    Reply,
    Welcome,
)
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.sockets import new_identity
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, PROTOCOL, STOP

PATIENCE_S = 20.0
OPENING_S = 150.0
"""The first start with pictures makes what later ones find, on a machine that does much else."""
CUT_OFF = (
    zmq.EVENT_DISCONNECTED
    | zmq.EVENT_HANDSHAKE_FAILED_AUTH
    | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
)
"""What a socket tells of a line that the other end does not want."""

SCENARIO = (Path(__file__).parent / "yard.py").read_text("utf-8")


@dataclass
class RuntimeProcess:
    """A runtime that answers the identities made for the test."""

    process: subprocess.Popen[bytes]
    """Its watchdog, or itself where it is started without one."""
    address: str
    key: str
    identities: dict[str, Identity]
    log: Path
    announced: Path

    @property
    def renders(self) -> int:
        """The process that draws now."""
        return int(json.loads(self.announced.read_text())["renders"])

    @property
    def host(self) -> str:
        return self.address.removeprefix("tcp://").rsplit(":", 1)[0]

    @property
    def port(self) -> int:
        return int(self.address.rsplit(":", 1)[1])


@contextmanager
def running(
    folder: Path,
    *options: str,
    display: str = "null",
    host: str = "127.0.0.1",
    inside: Sequence[str] = (),
    stdin: int = subprocess.DEVNULL,
    after: RuntimeProcess | None = None,
    also: Mapping[str, Role] | None = None,
) -> Iterator[RuntimeProcess]:
    """Start a runtime with a therapist, a second therapist and an observer; end it after.

    Args:
        folder: for its keys, scenarios, log and data.
        options: more options of `palier-runtime`.
        display: where its pictures go.
        host: the address it listens on.
        inside: a command that runs it somewhere else, such as `ip netns exec NAME`.
        stdin: a file descriptor for its input.
        also: more consoles than these, each with its role.
        after: one that has ended in this folder, whose keys and ports it takes over.
    """
    roles: dict[str, Role] = {
        "therapist": "therapist",
        "second": "therapist",
        "supervisor": "supervisor",
        "observer": "observer",
        **(also or {}),
    }
    identities = {name: new_identity() for name in roles} if after is None else after.identities
    if after is None:
        save_identity(folder / "keys", new_identity())
    peers = tuple(
        Peer(name=name, role=role, public=identities[name].public) for name, role in roles.items()
    )
    save_peers(folder / "keys", peers)
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "scenarios" / "yard.py").write_text(SCENARIO, "utf-8")
    announced = folder / "runtime.json"
    announced.unlink(missing_ok=True)
    port = "*" if after is None else after.port
    log = folder / "runtime.log"
    command = [*inside, sys.executable, "-m", "vr_runtime", "--display", display]
    command += ["--bind", f"tcp://{host}:{port}", "--keys", str(folder / "keys")]
    command += ["--scenario-dir", str(folder / "scenarios"), "--announce", str(announced)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, *options],
            stdin=stdin,
            stdout=out,
            stderr=out,
            start_new_session=True,
            env={**os.environ, "XDG_DATA_HOME": str(folder / "data")},
        )
    try:
        eventually(
            lambda: announced.exists() or process.poll() is not None,
            "the runtime to open",
            OPENING_S,
        )
        assert process.poll() is None, log.read_text()
        told = json.loads(announced.read_text())
        yield RuntimeProcess(process, told["address"], told["key"], identities, log, announced)
    finally:
        # All of its process group: killed alone, a watchdog would leave the other half running.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def eventually(holds: Callable[[], bool], what: str, within_s: float = PATIENCE_S) -> None:
    """Wait until something holds, by looking often; fails with what was waited for."""
    until = time.monotonic() + within_s
    poller = zmq.Poller()
    while not holds():
        assert time.monotonic() < until, f"waited {within_s} s for {what}"
        poller.poll(10)


@dataclass
class Client:
    """A console reduced to its sockets: says exactly what it is told to say."""

    runtime: RuntimeProcess
    name: str
    port: int | None = None
    """Where to connect instead of the runtime's own port, on this machine: a proxy."""
    epoch: int = 0
    session: str | None = None
    context: zmq.Context[Any] = field(default_factory=zmq.Context)
    fed: list[list[bytes]] = field(default_factory=list)
    """What an observer was sent beside answers."""

    def __post_init__(self) -> None:
        port = self.runtime.port if self.port is None else self.port
        self.dealer = self._socket(zmq.DEALER, port)
        self.subscriber = self._socket(zmq.SUB, port + 1)
        self.subscriber.setsockopt(zmq.SUBSCRIBE, TOPIC_STATE)

    def _socket(self, kind: int, port: int) -> zmq.Socket[Any]:
        identity = self.runtime.identities[self.name]
        socket = self.context.socket(kind)
        socket.linger = 0
        socket.curve_serverkey = self.runtime.key.encode()
        socket.curve_publickey = identity.public.encode()
        socket.curve_secretkey = identity.secret.encode()
        host = self.runtime.host if self.port is None else "127.0.0.1"
        socket.connect(f"tcp://{host}:{port}")
        return socket

    def command(self, act: AnyCommand, **changes: Any) -> Command:
        """The command this client would send."""
        made: dict[str, Any] = {
            "id": uuid.uuid4(),
            "protocol": PROTOCOL,
            "epoch": self.epoch,
            "session": self.session,
            "act": act,
        }
        return Command(**{**made, **changes})

    def send(self, *parts: bytes) -> None:
        """Send raw parts."""
        self.dealer.send_multipart(parts)

    def receive(self, within_s: float = PATIENCE_S) -> list[bytes] | None:
        """The next raw answer, or None when there is none in time."""
        if not self.dealer.poll(int(within_s * 1000)):
            return None
        parts: list[bytes] = self.dealer.recv_multipart()
        return parts

    def reply(self) -> Reply:
        """The next answer, read."""
        while True:
            parts = self.receive()
            assert parts is not None, "no answer came"
            if parts[0] == CALL:
                return REPLIES.validate_json(parts[1])
            self.fed.append(parts)

    def ask(self, act: AnyCommand, **changes: Any) -> Reply:
        """Send one command and read its answer."""
        command = self.command(act, **changes)
        self.send(CALL, command.model_dump_json().encode())
        reply = self.reply()
        assert reply.to == command.id
        return reply

    def must(self, act: AnyCommand) -> None:
        """Send one command that has to be carried out."""
        answer = self.ask(act).answer
        assert isinstance(answer, Done), answer

    def refused(self, act: AnyCommand, **changes: Any) -> Code:
        """Send one command that has to be refused; gives the code."""
        answer = self.ask(act, **changes).answer
        assert isinstance(answer, Refused), answer
        return answer.code

    def hello(self) -> Welcome:
        """Meet the runtime."""
        answer = self.ask(Hello()).answer
        assert isinstance(answer, Welcome)
        return answer

    def claim(self, *, takeover: bool = False) -> None:
        """Take control."""
        answer = self.ask(Claim(takeover=takeover)).answer
        assert isinstance(answer, Done) and answer.epoch is not None, answer
        self.epoch = answer.epoch

    def beat(self) -> None:
        """One heartbeat, which is not answered."""
        self.send(CALL, self.command(Heartbeat(durable=0)).model_dump_json().encode())

    def grant(self, ticks: int, *, beats: bool = True) -> State:
        """Lock-step: let ticks pass, with a heartbeat every 0.2 s of them if it beats."""
        state: State | None = None
        while ticks > 0:
            chunk = min(6, ticks)
            if beats:
                self.beat()
            answer = self.ask(Grant(ticks=chunk)).answer
            assert isinstance(answer, Granted), answer
            state = answer.state
            ticks -= chunk
        assert state is not None
        return state

    def state(self) -> State:
        """The newest state that is published."""
        parts = None
        while self.subscriber.poll(0 if parts else int(PATIENCE_S * 1000)):
            parts = self.subscriber.recv_multipart()
        assert parts is not None, "no state came"
        return State.model_validate_json(parts[1])

    def next_state(self) -> State:
        """The oldest state that was not yet read."""
        assert self.subscriber.poll(int(PATIENCE_S * 1000)), "no state came"
        return State.model_validate_json(self.subscriber.recv_multipart()[1])

    def stop(self) -> None:
        """Send a stop, a new press each time, and wait for its echo."""
        token = uuid.uuid4().bytes
        self.send(STOP, token)
        while True:
            parts = self.receive()
            assert parts is not None, "the stop was not confirmed"
            if parts == [STOP, token]:
                return

    @contextmanager
    def line_of(self, socket: zmq.Socket[Any]) -> Iterator[Callable[[], None]]:
        """Watch a socket's line; gives a wait for the runtime to have cut it or turned it away."""
        monitor = socket.get_monitor_socket(CUT_OFF)

        def cut() -> None:
            assert monitor.poll(int(PATIENCE_S * 1000)), "the line stayed open"

        try:
            yield cut
        finally:
            socket.disable_monitor()
            monitor.close(0)

    def close(self) -> None:
        """Disconnect."""
        self.dealer.close()
        self.subscriber.close()
        self.context.destroy(0)
