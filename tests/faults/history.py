"""Two consoles and an observer on one runtime over a network that loses, doubles and delays.

Wall clocks are set while it goes on: the console's own watch over them looks with every tick.

Everything runs in one thread: the runtime's own server and engine without pictures, and consoles
reduced to what they send. All that was sent, answered and told is kept, to be judged afterwards.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import get_args

from shelved import NAMES, shelf
from verdict import HARDER, applied, hold_what_was_told
from yard import Yard

from controller.session.clocks import JUMPED_S, Clocks, Reading, Stillness
from controller.session.documents import ClockJumped, Document
from controller.session.notices import Notices
from vr_runtime.authority import EASING
from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.server import Server
from vr_runtime.wire import acts, presses
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Applied, ControlTaken, Happened, PhaseChanged
from vr_runtime.wire.keys import Peer, Role
from vr_runtime.wire.messages import (
    REPLIES,
    TOPIC_HAPPENED,
    AnyCommand,
    Claim,
    Command,
    Done,
    Heartbeat,
    LinkAct,
    Refused,
    Release,
    Reply,
)
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.version import CALL, PROTOCOL, STOP, TICKS_PER_SECOND

ROLES: dict[str, Role] = {"first": "therapist", "second": "therapist", "watcher": "observer"}
KEYS = {"first": "1" * 40, "second": "2" * 40, "watcher": "3" * 40}
HEIGHT = next(spec for spec in Yard.manifest().graded if spec.name == "height")
GRACE_S = 1.0
SESSION = "s1"
EXPIRES_AFTER = 2 * TICKS_PER_SECOND
LEADING_UP = (*HARDER, "arm_trial")
"""Acts that a stop overtakes when they were sent before it."""


@dataclass
class Wire:
    """The runtime's sockets, as lists."""

    inbox: list[Incoming] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    stops: list[bytes] = field(default_factory=list)
    news: list[Happened] = field(default_factory=list)

    def receive(self) -> list[Incoming]:
        found, self.inbox = self.inbox, []
        return found

    def answer(self, route: bytes, *parts: bytes) -> None:
        if parts[0] == STOP:
            self.stops.append(parts[1])
        else:
            self.replies.append(REPLIES.validate_json(parts[-1]))

    def readmit(self) -> None:
        pass

    def publish(self, *parts: bytes) -> None:
        if parts[0] == TOPIC_HAPPENED:
            self.news.append(Happened.model_validate_json(parts[1]))


@dataclass
class Sent:
    """One command, as it was sent."""

    by: str
    command: Command


@dataclass
class Console:
    """What one console believes, and what of it is still under way."""

    name: str
    epoch: int = 0
    on_the_way: list[Incoming] = field(default_factory=list)
    presses: int = 0
    late: list[Incoming] = field(default_factory=list)
    """Copies of what was delivered once, to be delivered again."""


class World:
    """One start of the runtime after the other, and everything that was said."""

    def __init__(self) -> None:
        self.consoles = {name: Console(name) for name in ROLES}
        self.sent_by: dict[uuid.UUID, Sent] = {}
        self.arrived: list[tuple[str, uuid.UUID]] = []
        """Which command reached which start of the runtime, in order, repeats included."""
        self.answered: dict[uuid.UUID, list[Reply]] = {}
        self.told: list[Happened] = []
        self.passed_s = 0.0
        self.set_ahead_s = 0.0
        """How far the machines' wall clocks were set ahead in all."""
        self.jumps: list[float] = []
        self.recorded: list[Document] = []
        self._stillness = Stillness(Clocks(self._reading), Notices())
        self._stillness.look(self.recorded.append, 0)
        self.stops = 0
        """How many stops came in that had to be taken."""
        self.boots = 0
        self.start()

    # -- the runtime

    def start(self) -> None:
        """Start the runtime, for the first time or again; nothing of before is left in it."""
        self.boots += 1
        self.obeyed: dict[str, int] = {}
        """The last press of stop that reached this start, by console."""
        for console in self.consoles.values():
            # A connection ends with the process at its other end, and all that was in it.
            console.late.clear()
            console.on_the_way.clear()
        self.wire = Wire()
        display = NullDisplay(NAMES)
        self.engine = Engine(display.stage, shelf)
        self.server = Server(
            self.engine,
            display,
            self.wire,
            peers={
                KEYS[name]: Peer(name=name, role=role, public=KEYS[name])
                for name, role in ROLES.items()
            },
            manifests=(Yard.manifest(),),
            boot=f"boot-{self.boots}",
            version="test",
            in_step=False,
        )
        self.holder: str | None = None
        self.epoch = 0
        self.unheard = 0
        """Ticks since the console in control was heard, as the model counts them."""

    @property
    def phase(self) -> Phase:
        return self.engine.phase

    @property
    def height(self) -> float:
        """The applied value of the yard, whether or not it follows the level."""
        return 0.0 if self.engine.ramp is None else self.engine.ramp.values["height"]

    @property
    def asked(self) -> int:
        return 0 if self.engine.ramp is None else self.engine.ramp.asked

    def hear(self) -> None:
        """One round of the runtime: it takes what has come, and the model follows."""
        for message in self.wire.inbox:
            if message.parts[0] == CALL:
                command = Command.model_validate_json(message.parts[1])
                self.arrived.append((f"boot-{self.boots}", command.id))
        heard, before = self.wire.inbox, self.phase
        self.server.hear()
        self._follow([m for m in heard if m.parts[0] == CALL])
        self._every_stop_was_taken(heard, before)
        self._collect()

    def _every_stop_was_taken(self, heard: list[Incoming], before: Phase) -> None:
        """Wherever stops stood among what came: they came first, and nothing before them leads."""
        stops = [
            place
            for place, message in enumerate(heard)
            if message.parts[0] == STOP and message.key != KEYS["watcher"]
        ]
        assert len(self.wire.stops) == len(stops), "each stop is confirmed, an observer's is not"
        self.wire.stops.clear()
        pressed = [place for place in stops if self._is_a_press(heard[place])]
        if not pressed:
            if stops and all(message.parts[0] == STOP for message in heard):
                assert self.phase is before, "a copy of a stop that was obeyed stops nothing more"
            return
        self.stops += len(pressed)
        phase = before
        for what in (one.what for one in self.wire.news):
            if isinstance(what, PhaseChanged):
                phase = what.after
            elif isinstance(what, Applied) and what.act.kind != "stop":
                break
        assert phase in (Phase.STOPPED, Phase.IDLE), "a stop comes before all it came with"
        for message in heard[: pressed[-1]]:
            if message.parts[0] == CALL:
                command = Command.model_validate_json(message.parts[1])
                reply = self._reply_of(command.id)
                led = reply is not None and isinstance(reply.answer, Done)
                known = command.id in self.answered
                assert known or not (led and command.act.kind in LEADING_UP), "a stop overtakes it"
        if pressed[-1] == len(heard) - 1:
            assert self.phase in (Phase.STOPPED, Phase.IDLE), "nothing sent before a stop undoes it"

    def _is_a_press(self, message: Incoming) -> bool:
        """Whether no later press and no copy came before this stop."""
        number = int.from_bytes(message.parts[1][8:], "big")
        if number <= self.obeyed.get(message.key, 0):
            return False
        self.obeyed[message.key] = number
        return True

    def _follow(self, heard: list[Incoming]) -> None:
        """What the model makes of the same messages."""
        news = iter([h.what for h in self.wire.news if isinstance(h.what, ControlTaken)])
        for message in heard:
            command = Command.model_validate_json(message.parts[1])
            by = next(name for name, key in KEYS.items() if key == message.key)
            if isinstance(command.act, Claim):
                taken = self._reply_of(command.id)
                if taken is not None and isinstance(taken.answer, Done):
                    found = next(news, None)
                    if found is not None:
                        self.holder, self.epoch, self.unheard = found.holder, found.epoch, 0
            elif isinstance(command.act, Heartbeat):
                in_time = command.expires is None or self.engine.tick_count <= command.expires
                if by == self.holder and command.epoch == self.epoch and in_time:
                    self.unheard = 0

    def _reply_of(self, command: uuid.UUID) -> Reply | None:
        return next((r for r in self.wire.replies if r.to == command), None)

    def _collect(self) -> None:
        for reply in self.wire.replies:
            assert reply.to is not None
            self.answered.setdefault(reply.to, []).append(reply)
        self.told.extend(self.wire.news)
        self.wire.replies.clear()
        self.wire.news.clear()

    def tick(self, count: int = 1) -> None:
        """Let ticks pass; in each, what safety asks for is asserted."""
        for _ in range(count):
            asked, level, height = self.asked, self._level(), self.height
            self._away(1)
            self.engine.tick()
            self.server.ticked()
            self.server.tell()
            self._collect()
            assert self.asked <= asked, "nothing rises by itself"
            assert self._level() - level <= 0.5 / TICKS_PER_SECOND + 1e-9
            # The ceiling may have come down: what is above it follows, a value apart as well.
            hardest = HEIGHT.by_level[self.engine.ceiling]
            assert self._level() <= self.engine.ceiling + 1e-9 or self._level() < level
            assert self.height <= hardest + 1e-9 or self.height < height
            self.must_be_safe()

    def _away(self, ticks: int) -> None:
        self.unheard += ticks
        self.passed_s += ticks / TICKS_PER_SECOND
        self.server.watch(ticks)
        self._stillness.look(self.recorded.append, self.engine.tick_count)

    def jump(self, seconds: float) -> None:
        """All wall clocks are set: nothing follows from it but that it is recorded."""
        # What was still to be told is none of its doing.
        self.server.tell()
        self._collect()
        before, phase = self.engine.digest(), self.phase
        self.jumps.append(seconds)
        self.set_ahead_s += seconds
        self._stillness.look(self.recorded.append, self.engine.tick_count)
        self.server.tell()
        assert (self.engine.digest(), self.phase) == (before, phase)
        assert not self.wire.news, "nothing happens by it"
        self.must_be_safe()

    def _reading(self) -> Reading:
        return Reading(self.passed_s, self.passed_s + self.set_ahead_s)

    def sleep(self, ticks: int) -> None:
        """The machine was away: ticks went by that nobody ran."""
        self._away(ticks)
        self.server.tell()
        self._collect()
        self.must_be_safe()

    def must_be_safe(self) -> None:
        """Hold once nobody was heard for 1 s, the safe place after the grace; a stop is stopped."""
        if self.unheard >= TICKS_PER_SECOND:
            assert self.phase is not Phase.EXPOSURE
        if self.unheard >= (1 + GRACE_S) * TICKS_PER_SECOND:
            assert self.phase not in (Phase.EXPOSURE, Phase.HOLD)

    def _level(self) -> float:
        return 0.0 if self.engine.ramp is None else self.engine.ramp.level

    # -- the consoles

    def say(self, name: str, act: AnyCommand, *, seen: int | None = None) -> Command:
        """A console that has `seen` so many news sends; it is on the way and not yet there."""
        console = self.consoles[name]
        command = Command(
            id=uuid.uuid4(),
            protocol=PROTOCOL,
            epoch=console.epoch,
            session=SESSION,
            expires=self.engine.tick_count + EXPIRES_AFTER,
            seen=seen,
            act=act,
        )
        self.sent_by[command.id] = Sent(name, command)
        console.on_the_way.append(
            Incoming(b"r", KEYS[name], (CALL, command.model_dump_json().encode()))
        )
        return command

    def say_stop(self, name: str) -> None:
        """A console sends stop."""
        console = self.consoles[name]
        console.presses += 1
        press = presses.name(name.encode().ljust(8), console.presses)
        console.on_the_way.append(Incoming(b"r", KEYS[name], (STOP, press)))

    def deliver(self, name: str, *, count: int = 1, last_first: bool = False) -> None:
        """Some of what is on the way arrives, perhaps out of order."""
        console = self.consoles[name]
        for _ in range(min(count, len(console.on_the_way))):
            message = console.on_the_way.pop(-1 if last_first else 0)
            console.late.append(message)
            self.wire.inbox.append(message)
        self.hear()
        self._learn(console)

    def again(self, name: str, which: int) -> None:
        """Something that arrived once arrives a second time, however late."""
        console = self.consoles[name]
        if console.late:
            self.wire.inbox.append(console.late[which % len(console.late)])
            self.hear()

    def _learn(self, console: Console) -> None:
        """A console that was given control knows its epoch."""
        for one in reversed(self.sent_by.values()):
            replies = self.answered.get(one.command.id, [])
            if one.by == console.name and isinstance(one.command.act, Claim) and replies:
                answer = replies[-1].answer
                if isinstance(answer, Done) and answer.epoch is not None:
                    console.epoch = answer.epoch
                return

    def at_once(self, name: str, act: AnyCommand) -> Done | Refused | None:
        """Send, deliver everything of this console, and give the answer."""
        command = self.say(name, act)
        self.deliver(name, count=len(self.consoles[name].on_the_way))
        replies = self.answered.get(command.id, [])
        answer = replies[0].answer if replies else None
        return answer if isinstance(answer, Done | Refused) else None

    def keep_beating(self, name: str, *, seconds: float) -> None:
        """Time passes in which nothing of this console arrives but its heartbeats."""
        waiting = self.consoles[name].on_the_way
        self.consoles[name].on_the_way = []
        for _ in range(round(seconds * 5)):
            self.at_once(name, Heartbeat(durable=0))
            self.tick(6)
        self.consoles[name].on_the_way = waiting

    def lead(self, name: str, level: int) -> None:
        """A console does all it takes to be in the scene; the runtime may refuse any of it."""
        self.at_once(name, Claim(takeover=True))
        if self.phase is Phase.IDLE:
            opening = acts.OpenSession(
                session=SESSION, scenario=Yard.id, seed=1, ceiling=4, grace_s=GRACE_S
            )
            self.at_once(name, opening)
        if self.phase is Phase.LOADING:
            self.engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
        self.keep_beating(name, seconds=1.4)
        self.at_once(name, acts.ArmTrial(level=level))
        self.at_once(name, acts.BeginTrial(level=level))


# -- judging


def judge(world: World) -> None:
    """Hold the whole history against what was promised."""
    _what_was_acknowledged_is_what_was_done(world)
    _one_answer_for_one_command(world)
    _nothing_late_or_fenced_was_done(world)
    hold_what_was_told(world.told, observers={"watcher"})
    recorded = [one.seconds for one in world.recorded if isinstance(one, ClockJumped)]
    assert recorded == [jump for jump in world.jumps if abs(jump) > JUMPED_S]


def _what_was_acknowledged_is_what_was_done(world: World) -> None:
    """No acknowledged command lost, none applied twice, the order of arrival kept; nothing else."""
    for boot in range(1, world.boots + 1):
        name = f"boot-{boot}"
        first = dict.fromkeys(one for at, one in world.arrived if at == name)
        expected = [
            (world.sent_by[one].by, world.sent_by[one].command.act)
            for one in first
            if not isinstance(world.sent_by[one].command.act, get_args(LinkAct))
            and any(
                r.boot == name and isinstance(r.answer, Done) for r in world.answered.get(one, [])
            )
        ]
        done = [
            (what.by, what.act)
            for happened, what in applied(world.told)
            if happened.boot == name and what.by in ROLES and what.act.kind != "stop"
        ]
        assert done == expected


def _one_answer_for_one_command(world: World) -> None:
    for replies in world.answered.values():
        boots = {r.boot: r for r in reversed(replies)}
        for reply in replies:
            assert reply == boots[reply.boot], "a repeated command has the same answer"
        done = [r for r in boots.values() if isinstance(r.answer, Done)]
        assert len(done) <= 1, "a command has its effect in one start of the runtime at most"


def _nothing_late_or_fenced_was_done(world: World) -> None:
    """What was carried out came in time, and under the epoch of the claim before it."""
    epochs: dict[str, int | None] = {}
    for boot, one in dict.fromkeys(world.arrived):
        command = world.sent_by[one].command
        reply = next((r for r in world.answered.get(one, []) if r.boot == boot), None)
        if reply is None or not isinstance(reply.answer, Done):
            continue
        in_time = command.expires is not None and reply.tick <= command.expires
        # What only eases never comes too late.
        assert in_time or isinstance(command.act, EASING)
        if isinstance(command.act, Claim):
            assert reply.answer.epoch is not None and reply.answer.epoch > (epochs.get(boot) or 0)
            epochs[boot] = reply.answer.epoch
        else:
            assert command.epoch == epochs.get(boot)
        if isinstance(command.act, Release):
            epochs[boot] = None
