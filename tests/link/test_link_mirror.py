"""Who is sent the patient's view: who leads, and others by consent alone; in memory."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

import pytest

from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.mirror import PICTURES
from vr_runtime.server import Server
from vr_runtime.stage.names import Names
from vr_runtime.watching import LASTS, MESSAGES, Watching
from vr_runtime.wire.happenings import Happened, ObserverCame, ObserverLeft
from vr_runtime.wire.keys import Peer, Role
from vr_runtime.wire.messages import (
    REPLIES,
    TOPIC_HAPPENED,
    TOPIC_PICTURE,
    AnyAnswer,
    AnyCommand,
    AskPictures,
    Claim,
    Command,
    Done,
    Follow,
    Heartbeat,
    Refused,
    Release,
)
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.version import CALL, PROTOCOL

ROLES: dict[str, Role] = {
    "therapist": "therapist",
    "second": "therapist",
    "supervisor": "supervisor",
    "observer": "observer",
}
KEYS = {name: letter * 40 for name, letter in zip(ROLES, "abcd", strict=True)}


class Seen(NullDisplay):
    """A display with a picture to mirror."""

    def picture(self, width: int, height: int) -> bytes | None:
        return f"{width}x{height}".encode()


@dataclass
class Heap:
    """Sockets in memory."""

    waiting: list[Incoming] = field(default_factory=list)
    sent: list[tuple[bytes, tuple[bytes, ...]]] = field(default_factory=list)
    published: list[tuple[bytes, ...]] = field(default_factory=list)

    def receive(self) -> list[Incoming]:
        found, self.waiting = self.waiting, []
        return found

    def answer(self, route: bytes, *parts: bytes) -> None:
        self.sent.append((route, parts))

    def publish(self, *parts: bytes) -> None:
        self.published.append(parts)

    def readmit(self) -> None:
        return


@dataclass
class Room:
    """A server with a mirror, and an engine whose patient may consent."""

    heap: Heap
    server: Server
    engine: Engine
    display: Seen
    epochs: dict[str, int] = field(default_factory=dict)

    def say(self, name: str, act: AnyCommand) -> AnyAnswer | None:
        """Send a command of this console and give its answer, if there is one."""
        epoch = self.epochs.get(name, 0)
        command = Command(id=uuid.uuid4(), protocol=PROTOCOL, epoch=epoch, act=act)
        self.heap.sent.clear()
        body = command.model_dump_json().encode()
        self.heap.waiting.append(Incoming(name.encode(), KEYS[name], (CALL, body)))
        self.server.hear()
        for _route, parts in self.heap.sent:
            if parts[0] == CALL and (reply := REPLIES.validate_json(parts[1])).to == command.id:
                if isinstance(reply.answer, Done) and reply.answer.epoch is not None:
                    self.epochs[name] = reply.answer.epoch
                return reply.answer
        return None

    def consent(self, *, mirror: bool) -> None:
        self.engine.observers, self.engine.observers_mirror = True, mirror

    def mirrored(self) -> dict[str, str]:
        """Who is sent the next picture, and of which size."""
        self.heap.sent.clear()
        if self.server.mirror_hz > 0:
            self.server.publish_picture()
        assert all(parts[0] != TOPIC_PICTURE for parts in self.heap.published)
        return {
            route.decode(): parts[2].decode()
            for route, parts in self.heap.sent
            if parts[0] == TOPIC_PICTURE
        }

    def news(self) -> list[object]:
        told = [body for topic, body in self.heap.published if topic == TOPIC_HAPPENED]
        return [Happened.model_validate_json(body).what for body in told]


@pytest.fixture
def room() -> Room:
    heap = Heap()
    display = Seen(Names(models={}, materials=frozenset(), sounds={}))
    engine = Engine(display.stage, lambda _name: None)
    server = Server(
        engine,
        display,
        heap,
        peers={key: Peer(name=name, role=ROLES[name], public=key) for name, key in KEYS.items()},
        manifests=(),
        boot="b",
        version="0",
        in_step=True,
    )
    return Room(heap, server, engine, display)


def refused(answer: AnyAnswer | None) -> Code:
    assert isinstance(answer, Refused), answer
    return answer.code


def test_the_console_in_control_has_its_mirror_whatever_others_may_see(room: Room) -> None:
    room.say("therapist", Claim())
    assert room.mirrored() == {}
    assert isinstance(room.say("therapist", AskPictures(hz=5, width=64, height=36)), Done)
    assert room.server.mirror_hz == 5
    assert room.mirrored() == {"therapist": "64x36"}
    room.say("therapist", AskPictures(hz=0))
    assert room.mirrored() == {}


def test_who_does_not_lead_changes_nothing_of_the_leading_consoles_mirror(room: Room) -> None:
    room.say("therapist", Claim())
    room.say("therapist", AskPictures(hz=5, width=64, height=36))
    room.consent(mirror=True)
    asked = AskPictures(hz=1, width=16, height=16)
    assert refused(room.say("second", asked)) is Code.NOT_IN_CONTROL
    assert refused(room.say("second", AskPictures(hz=0))) is Code.NOT_IN_CONTROL
    assert refused(room.say("supervisor", asked)) is Code.FORBIDDEN
    assert refused(room.say("observer", asked)) is Code.FORBIDDEN
    assert room.mirrored() == {"therapist": "64x36"}


@pytest.mark.parametrize("name", ["second", "supervisor", "observer"])
def test_the_patients_view_goes_to_others_only_by_its_own_consent_and_announced(
    room: Room, name: str
) -> None:
    assert refused(room.say(name, Follow(pictures=True))) is Code.NOT_CONSENTED
    assert room.mirrored() == {}
    room.consent(mirror=False)
    room.say(name, Follow(pictures=True))
    assert room.server.mirror_hz == 0.0 and room.mirrored() == {}
    room.consent(mirror=True)
    room.say(name, Follow(pictures=True))
    assert room.server.mirror_hz > 0 and list(room.mirrored()) == [name]
    assert ObserverCame(name=name) in room.news()
    assert room.server.state().observers.present == (name,)
    assert room.display.state().watched, "the patient is told"


def test_an_observer_that_wants_no_pictures_is_sent_none(room: Room) -> None:
    room.consent(mirror=True)
    room.say("observer", Follow(pictures=True))
    room.say("observer", Follow(pictures=False))
    assert room.mirrored() == {}


def test_a_therapist_who_only_hears_how_things_stand_is_not_announced(room: Room) -> None:
    room.consent(mirror=True)
    assert isinstance(room.say("second", Follow(pictures=False)), Done)
    assert room.server.state().observers.present == ()


def test_who_looked_on_and_takes_control_is_no_longer_announced(room: Room) -> None:
    room.say("therapist", Claim())
    room.consent(mirror=True)
    room.say("second", Follow(pictures=True))
    room.say("second", Claim(takeover=True))
    assert ObserverLeft(name="second", why="leads") in room.news()
    assert room.server.state().observers.present == () and not room.display.state().watched


def test_what_the_one_who_led_had_asked_for_ends_with_control(room: Room) -> None:
    room.say("therapist", Claim())
    room.say("therapist", AskPictures(hz=5))
    room.say("second", Claim(takeover=True))
    assert room.mirrored() == {}
    room.say("second", AskPictures(hz=2))
    assert list(room.mirrored()) == ["second"]
    room.say("second", Release())
    assert room.mirrored() == {}


def test_a_leading_console_that_is_not_heard_is_sent_few_pictures_until_it_is(room: Room) -> None:
    room.say("therapist", Claim())
    room.say("therapist", AskPictures(hz=5))
    assert sum(bool(room.mirrored()) for _ in range(4 * PICTURES)) == PICTURES
    assert room.server.mirror_hz == 0.0, "none is drawn for nobody"
    room.say("therapist", Heartbeat(durable=0))
    assert list(room.mirrored()) == ["therapist"]


def test_an_observer_that_does_not_read_holds_up_nothing_and_keeps_little_waiting() -> None:
    sent: list[bytes] = []
    watching = Watching(lambda route, *parts: sent.append(parts[0]))
    peer = Peer(name="o", role="observer", public="b" * 40)
    watching.follow(b"r", peer, pictures=True, tick=0)
    for _ in range(10 * MESSAGES):
        watching.tell(b"S", b"state")
    assert len(sent) == MESSAGES
    assert watching.expired(LASTS) == () and watching.expired(LASTS + 1) == ("o",)
