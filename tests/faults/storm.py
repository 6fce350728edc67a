"""Two consoles and an observer in a storm: a real runtime, real wires, everything at random.

One thread plays all consoles, so that a seed gives one order of what is tried; what comes of it is
the machine's. A scribe with a wire of its own writes down all that the runtime tells.
"""

from __future__ import annotations

import os
import random
import signal
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import zmq
from far_wire import FarWire
from runtime_process import Client, RuntimeProcess, eventually
from verdict import applied, hold_what_was_told

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
    Command,
    Done,
    Heartbeat,
    Missed,
    Release,
    Reply,
)
from vr_runtime.wire.state import State
from vr_runtime.wire.version import CALL, STOP, TICKS_PER_SECOND

SESSION = "storm"
GRACE_S = 1.0
BEAT_EVERY_S = 0.2
SLACK_S = 0.2
"""Between a tick and the news of it, by the runtime's own clock."""
SILENCE_S = 6.0
"""Far longer than 1 s and the grace, so that a busy machine has no part in what is asserted."""
LEADERS = ("therapist", "second")


@dataclass
class Sent:
    """One command as it was sent, and the first answer to it."""

    command: Command
    body: bytes
    reply: Reply | None = None


@dataclass
class Rider:
    """One console in the storm."""

    name: str
    runtime: RuntimeProcess
    wire: FarWire
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
        tick = 0 if self.state is None else self.state.tick
        command = self.client.command(
            act, epoch=self.epoch, session=SESSION, expires=tick + 2 * TICKS_PER_SECOND
        )
        body = command.model_dump_json().encode()
        if not isinstance(act, Heartbeat):
            self.sent[command.id] = Sent(command, body)
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
            if one is not None and isinstance(one.command.act, Claim):
                if isinstance(reply.answer, Done) and reply.answer.epoch is not None:
                    self.epoch = reply.answer.epoch
        while self.client.subscriber.poll(0):
            self.state = State.model_validate_json(self.client.subscriber.recv_multipart()[1])


@dataclass
class Scribe:
    """Writes down all the runtime tells, over a wire that nothing happens to."""

    runtime: RuntimeProcess
    told: dict[int, Happened] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = Client(self.runtime, "second")
        self.client.subscriber.setsockopt(zmq.SUBSCRIBE, TOPIC_HAPPENED)
        self.client.hello()

    def read(self) -> None:
        while self.client.subscriber.poll(0):
            topic, body = self.client.subscriber.recv_multipart()[:2]
            if topic == TOPIC_STATE:
                self.states.append(State.model_validate_json(body))
            elif topic == TOPIC_HAPPENED:
                self._keep(Happened.model_validate_json(body))

    def complete(self) -> list[Happened]:
        """All there is, after asking for what was missed."""
        known = 0
        while True:
            answer = self.client.ask(AskMissed(after=known)).answer
            assert isinstance(answer, Missed) and answer.lost_before is None
            if not answer.happened:
                return [self.told[number] for number in sorted(self.told)]
            for happened in answer.happened:
                self._keep(happened)
                known = happened.number

    def _keep(self, happened: Happened) -> None:
        before = self.told.setdefault(happened.number, happened)
        assert before == happened, "one number tells one thing"


@dataclass
class Storm:
    """A runtime, two consoles and an observer, and what befalls them."""

    runtime: RuntimeProcess
    wires: dict[str, FarWire]
    seed: int
    tried: Counter[str] = field(default_factory=Counter)
    told: list[Happened] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.scribe = Scribe(self.runtime)
        self.riders = [Rider(name, self.runtime, wire) for name, wire in self.wires.items()]
        self._undisturbed_until = 0.0
        self._later: list[tuple[float, Callable[[], None]]] = []
        """When which mishap ends."""
        self._safe_from = float("inf")
        """From when on the patient must be safe, all having been silent so long."""

    # -- time

    def rage(self, seconds: float) -> None:
        """Let it storm, then calm down."""
        until = time.monotonic() + seconds
        mishap_at = time.monotonic() + 3.0
        while (now := time.monotonic()) < until:
            self._pass(now)
            if now >= max(mishap_at, self._undisturbed_until):
                mishap_at = now + self.chance.uniform(0.5, 2.5)
                self._mishap(now)
        self._calm()

    def _pass(self, now: float) -> None:
        for due, what in [one for one in self._later if one[0] <= now]:
            self._later.remove((due, what))
            what()
        if now >= self._safe_from:
            self._safe_from = float("inf")
            self._must_be_safe()
        for rider in self.riders:
            rider.read()
            if now < rider.silent_until:
                continue
            if now >= rider.beat_at:
                rider.beat_at = now + BEAT_EVERY_S
                rider.send(Heartbeat(durable=0))
            if now >= rider.act_at:
                rider.act_at = now + self.chance.expovariate(6.0)
                self._act(rider)
        self.scribe.read()
        self.scribe.client.dealer.poll(15)

    def _calm(self) -> None:
        while self._later:
            _, what = self._later.pop()
            what()
        for wire in self.wires.values():
            wire.delay_s = wire.jitter_s = 0.0
        now = time.monotonic()
        for rider in self.riders:
            rider.silent_until = now + 3600.0

        def quiet() -> bool:
            self._pass(time.monotonic())
            state = self.scribe.states[-1]
            left = state.phase not in (Phase.EXPOSURE, Phase.HOLD) and state.tick > 0
            return left and self._safe_from == float("inf")

        eventually(quiet, "the storm's last scene to be left")

    # -- what consoles do

    def _act(self, rider: Rider) -> None:
        if rider.name == "observer":
            rider.send(self.chance.choice([acts.Raise(level=3), acts.Lower(level=0), Claim()]))
            return
        state = rider.state
        if state is None or self.chance.random() < 0.1:
            self._anything(rider)
        elif state.control.holder != rider.name or state.control.epoch != rider.epoch:
            rider.send(Claim(takeover=self.chance.random() < 0.3))
        elif state.phase is Phase.IDLE:
            opening = acts.OpenSession(
                session=SESSION, scenario="test.yard", seed=1, ceiling=4, grace_s=GRACE_S
            )
            rider.send(opening)
        elif state.phase is Phase.EXPOSURE:
            self._lead(rider, state)
        elif state.phase is Phase.HOLD:
            rider.send(acts.Resume())
        elif state.phase is not Phase.LOADING:
            level = self.chance.randint(0, 3)
            rider.send(acts.ArmTrial(level=level))
            rider.send(acts.BeginTrial(level=level))

    def _lead(self, rider: Rider, state: State) -> None:
        dice = self.chance.random()
        if dice < 0.5:
            rider.send(acts.Raise(level=min(10, state.asked + self.chance.choice([1, 1, 1, 2]))))
        elif dice < 0.7:
            rider.send(acts.Lower(level=max(0, state.asked - 1)))
        elif dice < 0.8:
            rider.send(acts.SetValue(name="height", value=self.chance.uniform(0, 60)))
        elif dice < 0.9:
            rider.send(acts.Trigger(name="noise"))
        else:
            rider.send(self.chance.choice([acts.Hold(), acts.Pause(), acts.SafePlace()]))

    def _anything(self, rider: Rider) -> None:
        dice = self.chance.random()
        if dice < 0.5 and rider.sent:
            # The same bytes once more, however old.
            rider.put(CALL, self.chance.choice(list(rider.sent.values())).body)
            self.tried["again"] += 1
        elif dice < 0.6:
            rider.put(STOP, self.chance.randbytes(16))
            self.tried["stop"] += 1
        elif dice < 0.7:
            rider.put(CALL, self.chance.randbytes(100))
        elif dice < 0.8:
            rider.send(Release())
        else:
            rider.send(acts.CloseSession() if dice < 0.85 else acts.Resume())

    # -- what befalls them

    def _mishap(self, now: float) -> None:
        rider = self.chance.choice(self.riders)
        what = self.chance.choice(
            [self._stall, self._cut, self._lengthen, self._restart, self._freeze, self._fall_silent]
        )
        self.tried[what.__name__.strip("_")] += 1
        what(rider, now)

    def _stall(self, rider: Rider, now: float) -> None:
        rider.wire.stall()
        self._later.append((now + self.chance.uniform(0.2, 3.0), rider.wire.flow))

    def _cut(self, rider: Rider, now: float) -> None:
        rider.wire.cut()
        self._later.append((now + self.chance.uniform(0.2, 2.0), rider.wire.mend))

    def _lengthen(self, rider: Rider, now: float) -> None:
        rider.wire.delay_s = self.chance.choice([0.0, 0.05, 0.25, 0.5])
        rider.wire.jitter_s = rider.wire.delay_s / 4

    def _restart(self, rider: Rider, now: float) -> None:
        rider.client.close()
        rider.begin()

    def _freeze(self, rider: Rider, now: float) -> None:
        pid = self.runtime.process.pid
        os.kill(pid, signal.SIGSTOP)
        self._later.append((now + self.chance.uniform(0.1, 2.5), lambda: _wake(pid)))

    def _fall_silent(self, rider: Rider, now: float) -> None:
        """All consoles are silent together; meanwhile nothing else happens to the runtime."""
        while self._later:
            _, what = self._later.pop()
            what()
        self._undisturbed_until = now + SILENCE_S
        for one in self.riders:
            one.silent_until = now + SILENCE_S
        self._safe_from = now + SILENCE_S - 0.5

    def _must_be_safe(self) -> None:
        self.scribe.read()
        state = self.scribe.states[-1]
        assert state.phase not in (Phase.EXPOSURE, Phase.HOLD), "nobody was heard, and it went on"

    def leave(self) -> None:
        """Let all consoles go, however the storm has ended."""
        for rider in self.riders:
            rider.client.close()
        self.scribe.client.close()

    # -- judging

    def judge(self) -> None:
        """Hold all that was sent, answered and told against what was promised."""
        told = self.scribe.complete()
        self.told = told
        hold_what_was_told(told, observers={"observer"})
        for rider in self.riders:
            self._acknowledged_is_done_once_and_in_order(rider, told)
        for state in self.scribe.states:
            heard = state.control.heard_s
            if heard is not None and heard >= 1.0 + SLACK_S:
                assert state.phase is not Phase.EXPOSURE
            if heard is not None and heard >= 1.0 + GRACE_S + SLACK_S:
                assert state.phase is not Phase.HOLD

    def _acknowledged_is_done_once_and_in_order(self, rider: Rider, told: list[Happened]) -> None:
        done = [(h.number, a.act) for h, a in applied(told) if a.by == rider.name]
        done = [one for one in done if one[1].kind != "stop"]
        sent = [s for s in rider.sent.values() if _enters_the_engine(s.command)]
        sure = [s for s in sent if s.reply is not None and isinstance(s.reply.answer, Done)]
        open_ended = [s for s in sent if s.reply is None]
        found = Counter(repr(act) for _, act in done)
        most = Counter(repr(s.command.act) for s in (*sure, *open_ended))
        least = Counter(repr(s.command.act) for s in sure)
        assert found <= most, f"done twice, or without being sent: {found - most}"
        assert least <= found, f"acknowledged and lost: {least - found}"
        after = 0
        for one in sorted(sure, key=lambda s: s.reply.happened if s.reply else 0):
            assert one.reply is not None
            places = [n for n, act in done if act == one.command.act and n <= one.reply.happened]
            assert places and places[-1] > after, "acknowledged before it was done, or out of order"
            after = places[-1]


def _enters_the_engine(command: Command) -> bool:
    return not isinstance(command.act, Claim | Release)


def _wake(pid: int) -> None:
    os.kill(pid, signal.SIGCONT)
