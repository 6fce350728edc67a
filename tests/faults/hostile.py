"""A server that hears whatever is put before it, and says which of it reached a handler."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from pydantic import ValidationError

from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.server import Server
from vr_runtime.stage.names import Names
from vr_runtime.wire import acts
from vr_runtime.wire.beside import AskBeside
from vr_runtime.wire.keys import Peer
from vr_runtime.wire.messages import (
    COMMANDS,
    AnyCommand,
    AskMissed,
    Claim,
    Command,
    Heartbeat,
    Hello,
)
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.version import CALL, MAX_MESSAGE_BYTES, PROTOCOL, STOP

KNOWN, STRANGER = "1" * 40, "2" * 40
SAMPLES: tuple[AnyCommand, ...] = (
    Hello(),
    Claim(takeover=True),
    Heartbeat(durable=3),
    AskMissed(after=0),
    AskBeside(scenario="test.yard"),
    acts.ArmTrial(level=3),
    acts.SetValue(name="height", value=1.5),
    acts.OpenSession(session="s", scenario="test.yard", seed=1, ceiling=8),
)


def sample(act: AnyCommand, number: int = 1) -> bytes:
    """A whole message, as a console would send it."""
    command = Command(id=uuid.UUID(int=number), protocol=PROTOCOL, act=act)
    return command.model_dump_json().encode()


@dataclass
class Ear:
    """The server's sockets: what is to be heard, and how much was answered."""

    waiting: list[Incoming] = field(default_factory=list)
    answered: int = 0

    def receive(self) -> list[Incoming]:
        found, self.waiting = self.waiting, []
        return found

    def answer(self, route: bytes, *parts: bytes) -> None:
        self.answered += 1

    def publish(self, *parts: bytes) -> None:
        return


class Watched(Server):
    """The runtime's own server; counts what reaches a handler."""

    reached = 0

    def _carry_out(self, *given, **named):
        self.reached += 1
        return super()._carry_out(*given, **named)


class Target:
    """What hostile bytes are thrown at."""

    def __init__(self) -> None:
        self.ear = Ear()
        display = NullDisplay(Names(models={}, materials=frozenset(), sounds={}))
        self.engine = Engine(display.stage, lambda _name: None)
        self.server = Watched(
            self.engine,
            display,
            self.ear,
            peers={KNOWN: Peer(name="console", role="therapist", public=KNOWN)},
            manifests=(),
            boot="b",
            version="0",
            in_step=False,
        )

    def hear(self, *parts: bytes, key: str = KNOWN) -> None:
        """One message comes in. Raises `AssertionError` when it reached what it should not."""
        before, answered = self.server.reached, self.ear.answered
        self.ear.waiting.append(Incoming(b"route", key, parts))
        self.server.hear()
        reached = self.server.reached - before
        assert reached <= (key == KNOWN and is_command(parts)), "a handler was reached"
        assert self.ear.answered - answered <= 1
        if key == STRANGER:
            assert self.ear.answered == answered, "a stranger was answered"
        elif not reached and parts[:1] != (STOP,):
            assert self.ear.answered == answered + 1, "what is refused is answered with a reason"


def is_command(parts: tuple[bytes, ...]) -> bool:
    """Whether these parts are a message of the protocol, by its schema alone."""
    if len(parts) != 2 or parts[0] != CALL or len(parts[1]) > MAX_MESSAGE_BYTES:
        return False
    try:
        COMMANDS.validate_json(parts[1])
    except ValidationError:
        return False
    return True
