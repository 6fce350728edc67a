"""What one round of the runtime takes of all that waits, and in which order; sockets in memory."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

import pytest

from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.server import DECODED_AT_ONCE, Server
from vr_runtime.stage.names import Names
from vr_runtime.wire.keys import Peer, Role
from vr_runtime.wire.messages import AnyCommand, AskPictures, Claim, Command, Hello
from vr_runtime.wire.sockets import Incoming
from vr_runtime.wire.version import CALL, PROTOCOL, STOP

KEYS: dict[Role, str] = {"therapist": "a" * 40, "observer": "b" * 40}


@dataclass
class Heap:
    """Sockets on which everything that is to come lies ready."""

    waiting: list[Incoming] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)

    def receive(self) -> list[Incoming]:
        found, self.waiting = self.waiting, []
        return found

    def answer(self, route: bytes, *parts: bytes) -> None:
        self.answers.append(parts[0])

    def publish(self, *parts: bytes) -> None:
        return


@pytest.fixture
def heap() -> Heap:
    return Heap()


@pytest.fixture
def server(heap: Heap) -> Server:
    display = NullDisplay(Names(models={}, materials=frozenset(), sounds={}))
    return Server(
        Engine(display.stage, lambda _name: None),
        display,
        heap,
        peers={key: Peer(name=role, role=role, public=key) for role, key in KEYS.items()},
        manifests=(),
        boot="b",
        version="0",
        in_step=True,
    )


def call(act: AnyCommand, role: Role = "therapist", epoch: int = 0) -> Incoming:
    command = Command(id=uuid.uuid4(), protocol=PROTOCOL, epoch=epoch, act=act)
    body = command.model_dump_json().encode()
    return Incoming(b"route", KEYS[role], (CALL, body))


@pytest.mark.parametrize("others", [0, 1, 49, 50, 51, 400, 1000])
def test_a_stop_is_taken_before_all_that_waits_wherever_it_stands(
    server: Server, heap: Heap, others: int
) -> None:
    for place in (0, others // 2, others):
        heap.answers.clear()
        heap.waiting = [call(Hello()) for _ in range(others)]
        heap.waiting.insert(place, Incoming(b"route", KEYS["therapist"], (STOP, b"token")))
        server.hear()
        assert heap.answers.index(STOP) == 0
        while len(heap.answers) < others + 1:
            server.hear()


def test_a_round_decodes_at_most_fifty_and_the_next_ones_take_the_rest_in_order(
    server: Server, heap: Heap
) -> None:
    heap.waiting = [call(Claim())]
    server.hear()
    heap.answers.clear()
    epoch = server.authority.epoch
    heap.waiting = [call(AskPictures(hz=n / 100), epoch=epoch) for n in range(120)]
    taken = []
    for _ in range(4):
        server.hear()
        taken.append((len(heap.answers), server.mirror_hz))
    assert DECODED_AT_ONCE == 50
    assert taken == [(50, 0.49), (100, 0.99), (120, 1.19), (120, 1.19)]


def test_no_flood_keeps_a_later_stop_waiting(server: Server, heap: Heap) -> None:
    heap.waiting = [call(Hello()) for _ in range(3000)]
    server.hear()
    heap.answers.clear()
    heap.waiting = [
        *(call(Hello()) for _ in range(3000)),
        Incoming(b"r", KEYS["therapist"], (STOP,)),
    ]
    server.hear()
    assert heap.answers[0] == STOP
    assert len(heap.answers) == 1 + DECODED_AT_ONCE


def test_a_stop_of_an_observer_or_a_stranger_is_not_one(server: Server, heap: Heap) -> None:
    heap.waiting = [Incoming(b"r", KEYS["observer"], (STOP,)), Incoming(b"r", "c" * 40, (STOP,))]
    server.hear()
    assert heap.answers == []
