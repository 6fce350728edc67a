"""Who watches is let in by the patient's consent alone, announced, and gone at its withdrawal."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from runtime_process import Client, RuntimeProcess

from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.server import Server
from vr_runtime.stage.names import Names
from vr_runtime.watching import LASTS, MESSAGES, Watching
from vr_runtime.wire import acts
from vr_runtime.wire.happenings import Applied, Happened, ObserverCame, ObserverLeft
from vr_runtime.wire.keys import Peer
from vr_runtime.wire.messages import (
    REPLIES,
    TOPIC_HAPPENED,
    TOPIC_PICTURE,
    TOPIC_STATE,
    AnyCommand,
    AskMissed,
    AskPictures,
    Command,
    Follow,
    Hello,
    Missed,
    Refused,
)
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.sockets import Incoming
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, PROTOCOL

Connect = Callable[..., Client]


def open_session(client: Client, **consent: bool) -> None:
    client.hello()
    client.claim()
    client.grant(6)
    act = acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8, **consent)
    client.must(act)
    client.session = "s1"
    client.grant(36)


def news(client: Client) -> list[Happened]:
    found: list[Happened] = []
    while True:
        answer = client.ask(AskMissed(after=found[-1].number if found else 0)).answer
        assert isinstance(answer, Missed)
        if not answer.happened:
            return found
        found += answer.happened


def last_word(observer: Client) -> list[list[bytes]]:
    """Read on until the runtime says that nothing more is shown; gives what came before."""
    before = []
    while (parts := observer.receive()) is not None:
        if parts[0] == CALL:
            reply = REPLIES.validate_json(parts[1])
            assert isinstance(reply.answer, Refused) and reply.answer.code is Code.NOT_CONSENTED
            assert reply.to is None
            return before
        before.append(parts)
    raise AssertionError("no last word came")


def test_without_consent_an_observer_is_answered_and_shown_nothing(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client)
    assert observer.refused(Hello()) is Code.NOT_CONSENTED
    assert observer.refused(Follow()) is Code.NOT_CONSENTED
    state = client.grant(30)
    assert state.observers.present == () and not state.display.watched
    client.state()
    assert not observer.subscriber.poll(0), "the news for all are not for observers"
    assert observer.refused(Follow()) is Code.NOT_CONSENTED
    assert observer.fed == []


def test_with_consent_it_is_shown_the_session_and_both_sides_are_told(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client, observers=True)
    welcome = observer.hello()
    assert (welcome.role, welcome.state.session) == ("observer", "s1")
    state = client.grant(6)
    assert state.observers.present == ("observer",) and state.display.watched
    client.must(acts.SetCeiling(level=5))
    observer.must(Follow())
    topics = [parts[0] for parts in observer.fed]
    assert TOPIC_HAPPENED in topics and TOPIC_PICTURE not in topics
    seen = [
        Happened.model_validate_json(body)
        for topic, body in observer.fed
        if topic == TOPIC_HAPPENED
    ]
    assert any(isinstance(h.what, Applied) and h.what.act.kind == "set_ceiling" for h in seen)
    assert ObserverCame(name="observer") in [h.what for h in news(client)]


def test_nothing_arrives_after_consent_is_withdrawn(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client)
    client.must(acts.SetObservers(allowed=True))
    observer.hello()
    client.grant(12)
    client.must(acts.SetObservers(allowed=False))
    withdrawn = client.grant(60)
    shown = [State.model_validate_json(p[1]) for p in last_word(observer) if p[0] == TOPIC_STATE]
    assert all(state.observers.allowed for state in shown)
    assert not observer.dealer.poll(0), "after its last word the runtime sends nothing"
    assert withdrawn.observers.present == () and not withdrawn.display.watched
    assert observer.refused(Follow()) is Code.NOT_CONSENTED
    assert ObserverLeft(name="observer", why="consent") in [h.what for h in news(client)]


def test_consent_ends_with_its_session(in_step: RuntimeProcess, connect: Connect) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client, observers=True)
    observer.hello()
    client.must(acts.CloseSession())
    last_word(observer)
    assert observer.refused(Hello()) is Code.NOT_CONSENTED


def test_an_observer_that_asks_for_no_more_is_no_longer_announced(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer = connect(in_step), connect(in_step, "observer")
    open_session(client, observers=True)
    observer.hello()
    assert client.grant(6).observers.present == ("observer",)
    observer.close()
    assert client.grant(LASTS + 6).observers.present == ()
    assert ObserverLeft(name="observer", why="silent") in [h.what for h in news(client)]


def test_only_who_leads_may_say_what_the_patient_consents_to(
    in_step: RuntimeProcess, connect: Connect
) -> None:
    client, observer, second = (connect(in_step, n) for n in ("therapist", "observer", "second"))
    open_session(client)
    act = acts.SetObservers(allowed=True)
    assert observer.refused(act, session="s1") is Code.FORBIDDEN
    assert second.refused(act, session="s1") is Code.NOT_IN_CONTROL


# -- the picture, in memory: the null display of a process has none to send

KEYS = {"therapist": "a" * 40, "observer": "b" * 40}


class Seen(NullDisplay):
    """A display with a picture to mirror."""

    def picture(self, width: int, height: int) -> bytes | None:
        return b"jpeg"


@dataclass
class Heap:
    """Sockets in memory."""

    waiting: list[Incoming] = field(default_factory=list)
    sent: list[tuple[bytes, ...]] = field(default_factory=list)
    published: list[tuple[bytes, ...]] = field(default_factory=list)

    def receive(self) -> list[Incoming]:
        found, self.waiting = self.waiting, []
        return found

    def answer(self, route: bytes, *parts: bytes) -> None:
        if route == b"observer":
            self.sent.append(parts)

    def publish(self, *parts: bytes) -> None:
        self.published.append(parts)

    def readmit(self) -> None:
        return


@dataclass
class Room:
    """A server with a mirror, and a session that is open without a scenario's needs."""

    heap: Heap
    server: Server
    engine: Engine

    def say(self, name: str, act: AnyCommand) -> None:
        command = Command(id=uuid.uuid4(), protocol=PROTOCOL, act=act)
        body = command.model_dump_json().encode()
        self.heap.waiting.append(Incoming(name.encode(), KEYS[name], (CALL, body)))
        self.server.hear()

    def consent(self, *, mirror: bool) -> None:
        self.engine.observers, self.engine.observers_mirror = True, mirror

    def mirrored(self) -> int:
        self.heap.sent.clear()
        self.server.publish_picture()
        return sum(parts[0] == TOPIC_PICTURE for parts in self.heap.sent)


def room() -> Room:
    heap = Heap()
    display = Seen(Names(models={}, materials=frozenset(), sounds={}))
    engine = Engine(display.stage, lambda _name: None)
    server = Server(
        engine,
        display,
        heap,
        peers={k: Peer(name=n, role=n, public=k) for n, k in KEYS.items()},  # type: ignore[arg-type]
        manifests=(),
        boot="b",
        version="0",
        in_step=True,
    )
    return Room(heap, server, engine)


def test_the_patients_view_goes_to_observers_only_by_its_own_consent() -> None:
    made = room()
    made.consent(mirror=False)
    made.say("observer", Follow(pictures=True))
    assert made.server.mirror_hz == 0.0 and made.mirrored() == 0
    made.consent(mirror=True)
    assert made.server.mirror_hz > 0 and made.mirrored() == 1
    assert made.heap.published == [] or all(p[0] != TOPIC_PICTURE for p in made.heap.published)
    made.say("observer", Follow(pictures=False))
    assert made.mirrored() == 0


def test_the_leading_console_has_its_mirror_whatever_observers_have() -> None:
    made = room()
    made.say("therapist", AskPictures(hz=5))
    made.server.publish_picture()
    assert [p[0] for p in made.heap.published if p[0] == TOPIC_PICTURE] == [TOPIC_PICTURE]


def test_an_observer_that_does_not_read_holds_up_nothing_and_keeps_little_waiting() -> None:
    sent: list[bytes] = []
    watching = Watching(lambda route, *parts: sent.append(parts[0]))
    peer = Peer(name="o", role="observer", public="b" * 40)
    watching.follow(b"r", peer, pictures=True, tick=0)
    for _ in range(10 * MESSAGES):
        watching.tell(b"S", b"state")
    assert len(sent) == MESSAGES
    assert watching.expired(LASTS) == () and watching.expired(LASTS + 1) == ("o",)
