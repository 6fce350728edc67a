"""What one round of the runtime takes of all that waits, and in which order; sockets in memory."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field

import pytest

from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.refused import SINGLY, WINDOW
from vr_runtime.server import DECODED_AT_ONCE, Server
from vr_runtime.stage.names import Names
from vr_runtime.turns import Turns
from vr_runtime.wire import acts
from vr_runtime.wire.happenings import Happened, RefusedTo
from vr_runtime.wire.keys import Peer, Role
from vr_runtime.wire.messages import (
    TOPIC_HAPPENED,
    AnyCommand,
    AskPictures,
    Claim,
    Command,
    Heartbeat,
    Hello,
)
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.version import CALL, PROTOCOL, STOP

KEYS: dict[Role, str] = {
    "therapist": "a" * 40,
    "observer": "b" * 40,
    "supervisor": "c" * 40,
}


@dataclass
class Heap:
    """Sockets on which everything that is to come lies ready."""

    waiting: list[Incoming] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    published: list[tuple[bytes, ...]] = field(default_factory=list)

    def receive(self) -> list[Incoming]:
        found, self.waiting = self.waiting, []
        return found

    def answer(self, route: bytes, *parts: bytes) -> None:
        self.answers.append(parts[0])

    def readmit(self) -> None:
        return

    def watch_arrivals(self) -> None:
        return

    def publish(self, *parts: bytes) -> None:
        self.published.append(parts)


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


def refused(heap: Heap) -> list[tuple[str, int]]:
    """What was told of refusals: which act, and how often."""
    news = [Happened.model_validate_json(p[1]) for p in heap.published if p[0] == TOPIC_HAPPENED]
    return [(n.what.act, n.what.times) for n in news if isinstance(n.what, RefusedTo)]


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
    heap.waiting = [Incoming(b"r", KEYS["observer"], (STOP,)), Incoming(b"r", "d" * 40, (STOP,))]
    server.hear()
    assert heap.answers == []


def test_however_much_others_send_the_heartbeat_of_who_leads_is_heard_in_each_round(
    server: Server, heap: Heap
) -> None:
    heap.waiting = [call(Claim())]
    server.hear()
    epoch = server.authority.epoch
    for _ in range(20):
        server.guard.tick(5, 5.0)
        flood = [call(Hello(), "supervisor") for _ in range(1500)]
        heap.waiting = [*flood, call(Heartbeat(durable=0), epoch=epoch), *flood]
        server.hear()
        assert server.guard.silent_s == 0.0


def test_each_key_is_heard_in_its_turn_also_behind_one_that_sends_without_end(
    server: Server, heap: Heap
) -> None:
    heap.waiting = [
        *(call(acts.Raise(level=1), "observer") for _ in range(1000)),
        call(acts.Hold(), "supervisor"),
    ]
    server.hear()
    assert ("hold", 1) in refused(heap)


def test_who_is_refused_without_end_is_told_of_in_numbers_and_every_one_is_counted(
    server: Server, heap: Heap
) -> None:
    for _ in range(100):
        heap.waiting = [call(acts.Raise(level=2), "observer") for _ in range(40)]
        server.hear()
    assert len(heap.answers) == 4000, "each is answered"
    assert refused(heap) == [("raise", 1)] * SINGLY
    for _ in range(WINDOW):
        server._engine.tick()
    server.hear()
    assert refused(heap)[SINGLY:] == [("raise", 4000 - SINGLY)]
    heap.waiting = [call(acts.Raise(level=2), "observer")]
    server.hear()
    assert refused(heap)[-1] == ("raise", 1), "after a while each is told again"


def test_a_round_takes_apart_only_so_many_bytes_and_none_that_is_made_to_be_costly(
    server: Server, heap: Heap
) -> None:
    costly = b'{"act":{' + b",".join(b'"a":0' for _ in range(10_000)) + b"}}"
    heap.waiting = [Incoming(b"r", KEYS["observer"], (CALL, costly)) for _ in range(16)]
    rounds = 0
    began = time.process_time()
    while len(heap.answers) < 16:
        server.hear()
        rounds += 1
    assert rounds == 16, "one alone fills a round"
    assert time.process_time() - began < 16 * 0.005, "to decode one takes 20 ms"


def test_what_waits_of_one_key_is_bounded_by_number_and_by_bytes() -> None:
    turns = Turns()
    for number in range(5000):
        turns.put(Incoming(b"r", "a", (CALL, b"%d" % number)), overtaken=False)
        turns.put(Incoming(b"r", "b", (CALL, b"%d" % number + b"x" * 60_000)), overtaken=False)
    taken = []
    while (found := turns.take(None)) is not None:
        taken.append(found[0])
    of_a = [int(one.parts[1]) for one in taken if one.key == "a"]
    of_b = [one for one in taken if one.key == "b"]
    assert of_a == list(range(4000, 5000)), "the newest, in order"
    assert 10 < len(of_b) and sum(one.size for one in of_b) <= 1_000_000


def test_many_stops_of_one_key_in_a_round_are_one_and_each_is_confirmed(
    server: Server, heap: Heap, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []
    monkeypatch.setattr(server._engine, "apply", lambda act, by: stopped.append(by))
    for _round in range(2):
        heap.waiting = [
            Incoming(b"r", KEYS["supervisor"], (STOP, uuid.uuid4().bytes)) for _ in range(200)
        ]
        server.hear()
    assert heap.answers == [STOP] * 400
    assert stopped == ["supervisor"] * 2
