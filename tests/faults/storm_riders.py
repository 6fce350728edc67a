"""Who is out in a storm beside the real console: consoles reduced to their wires, and a scribe."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field
from typing import get_args

import zmq
from far_wire import FarWire
from runtime_process import Client, RuntimeProcess

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.messages import (
    REPLIES,
    TOPIC_HAPPENED,
    TOPIC_STATE,
    AnyCommand,
    AskMissed,
    Claim,
    Done,
    Heartbeat,
    LinkAct,
    Missed,
    Release,
    Reply,
)
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, STOP, TICKS_PER_SECOND


@dataclass
class Sent:
    """One act as it was sent, and the first answer to it."""

    act: AnyCommand
    body: bytes = b""
    reply: Reply | None = None

    @property
    def enters_the_engine(self) -> bool:
        return not isinstance(self.act, get_args(LinkAct))


@dataclass
class Rider:
    """One console in the storm that says what comes to its mind."""

    name: str
    runtime: RuntimeProcess
    wire: FarWire
    chance: random.Random
    client: Client = field(init=False)
    epoch: int = 0
    state: State | None = None
    sent: dict[uuid.UUID, Sent] = field(default_factory=dict)
    beat_at: float = 0.0
    act_at: float = 0.0
    silent_until: float = 0.0

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A console that knows nothing of what was before."""
        self.client = Client(self.runtime, self.name, self.wire.port)
        self.epoch, self.state = 0, None

    def send(self, act: AnyCommand) -> None:
        """Send once, or not at all while the wire is full."""
        state = self.state
        command = self.client.command(
            act,
            epoch=self.epoch,
            session=None if state is None else state.session,
            boot=None if state is None else state.boot,
            expires=(0 if state is None else state.tick) + 2 * TICKS_PER_SECOND,
        )
        body = command.model_dump_json().encode()
        if not isinstance(act, Heartbeat):
            self.sent[command.id] = Sent(act, body)
        self.put(CALL, body)

    def put(self, *parts: bytes) -> None:
        """Hand something to the wire."""
        try:
            self.client.dealer.send_multipart(parts, zmq.NOBLOCK)
        except zmq.Again:
            return

    def read(self) -> None:
        """Take in answers and states, without waiting."""
        while self.client.dealer.poll(0):
            parts = self.client.dealer.recv_multipart()
            if parts[0] == STOP:
                continue
            reply = REPLIES.validate_json(parts[-1])
            one = None if reply.to is None else self.sent.get(reply.to)
            if one is not None and one.reply is None:
                one.reply = reply
            if one is not None and isinstance(one.act, Claim):
                if isinstance(reply.answer, Done) and reply.answer.epoch is not None:
                    self.epoch = reply.answer.epoch
        while self.client.subscriber.poll(0):
            self.state = State.model_validate_json(self.client.subscriber.recv_multipart()[1])

    def act(self) -> str:
        """Do something; gives what it is called where it is more than leading."""
        if self.name == "observer":
            self.send(self.chance.choice([acts.Raise(level=3), acts.Lower(level=0), Claim()]))
            return ""
        state = self.state
        if state is None or self.chance.random() < 0.08:
            return self._anything()
        if state.control.holder != self.name or state.control.epoch != self.epoch:
            self.send(Claim(takeover=self.chance.random() < 0.03))
        elif state.phase is Phase.IDLE:
            # Sessions are opened by the console that has a record.
            self.send(Release())
        elif state.phase is Phase.EXPOSURE:
            self._lead(state)
        elif state.phase is Phase.HOLD:
            self.send(acts.Resume())
        elif state.phase is not Phase.LOADING:
            level = self.chance.randint(0, 3)
            self.send(acts.ArmTrial(level=level))
            self.send(acts.BeginTrial(level=level))
        return ""

    def _lead(self, state: State) -> None:
        dice = self.chance.random()
        if dice < 0.6:
            self.send(acts.Raise(level=min(10, state.asked + self.chance.choice([1, 1, 1, 2]))))
        elif dice < 0.7:
            self.send(acts.Lower(level=max(0, state.asked - 1)))
        elif dice < 0.8:
            self.send(acts.SetValue(name="height", value=self.chance.uniform(0, 60)))
        elif dice < 0.95:
            self.send(acts.Trigger(name="noise"))
        else:
            self.send(self.chance.choice([acts.Hold(), acts.Pause(), acts.SafePlace()]))

    def _anything(self) -> str:
        dice = self.chance.random()
        if dice < 0.5 and self.sent:
            # The same bytes once more, however old.
            self.put(CALL, self.chance.choice(list(self.sent.values())).body)
            return "again"
        if dice < 0.6:
            self.put(STOP, b"storm%d" % self.chance.randrange(10**9))
            return "stop"
        if dice < 0.7:
            self.put(CALL, self.chance.randbytes(100))
        elif dice < 0.8:
            self.send(Release())
        else:
            self.send(acts.CloseSession() if dice < 0.85 else acts.Resume())
        return ""


@dataclass
class Scribe:
    """Writes down all the runtime tells, over a wire that nothing happens to."""

    runtime: RuntimeProcess
    told: dict[str, dict[int, Happened]] = field(default_factory=dict)
    """By start of the runtime, in the order of the starts, and by number."""
    states: list[State] = field(default_factory=list)
    offered: dict[str, int] = field(default_factory=dict)
    """Last number of each start that a later one offered from its journal."""

    def __post_init__(self) -> None:
        self._listened: set[str] = set()
        """Starts of which all that comes is heard, from the moment of looking back on."""
        self.client = Client(self.runtime, "scribe")
        self.client.subscriber.setsockopt(zmq.SUBSCRIBE, TOPIC_HAPPENED)
        self._note(self.client.hello().state)

    @property
    def boot(self) -> str:
        """The present start of the runtime, as far as it was heard."""
        return self.states[-1].boot

    def read(self) -> None:
        """Take in what has come, without waiting."""
        while self.client.subscriber.poll(0):
            topic, body = self.client.subscriber.recv_multipart()[:2]
            if topic == TOPIC_STATE:
                state = State.model_validate_json(body)
                self._note(state)
                if state.boot not in self._listened:
                    self._listened.add(state.boot)
                    self.look_back()
            elif topic == TOPIC_HAPPENED:
                self._keep(Happened.model_validate_json(body))

    def _note(self, state: State) -> None:
        self.told.setdefault(state.boot, {})
        self.states.append(state)

    def look_back(self) -> None:
        """Fetch what was told and not heard here, before a record lets it go."""
        for kept in self.client.hello().kept:
            self.offered[kept.boot] = kept.last
            self.told.setdefault(kept.boot, {})
            self.fetch(kept.boot)
        # The first of a start is told before anybody listens to it again.
        self.fetch(self.boot)

    def fetch(self, boot: str) -> None:
        """Ask for all that is missing of one start."""
        known = self.told[boot]
        whole = 0
        while True:
            while whole + 1 in known:
                whole += 1
            answer = self.client.ask(AskMissed(after=whole, boot=boot)).answer
            assert isinstance(answer, Missed)
            fresh = [one for one in answer.happened if one.number not in known]
            for happened in fresh:
                self._keep(happened)
            if not fresh:
                return

    def _keep(self, happened: Happened) -> None:
        of_boot = self.told.setdefault(happened.boot, {})
        assert of_boot.setdefault(happened.number, happened) == happened, "one number, one thing"
