"""The real loop, engine and server on a clock that runs only while the loop sleeps or draws.

Seconds are exact on any machine, so that promises about time are held to the picture.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable
from typing import Any, Literal

from shelved import NAMES, Shelved
from yard import Yard

from scenarios.api import Scenario
from vr_runtime.app import Runtime
from vr_runtime.display.null import NullDisplay
from vr_runtime.engine.budget import Budget
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.ports import HeadsetFacts
from vr_runtime.journal.journal import Journal
from vr_runtime.server import Server
from vr_runtime.watch.pulse import Pulse
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Occurrence, Phase, View
from vr_runtime.wire.happenings import Applied, Happened
from vr_runtime.wire.keys import Peer, Role
from vr_runtime.wire.messages import (
    REPLIES,
    TOPIC_HAPPENED,
    TOPIC_STATE,
    AnyCommand,
    Claim,
    Command,
    Done,
    Heartbeat,
    Reply,
)
from vr_runtime.wire.reading import Incoming
from vr_runtime.wire.state import DisplayState, State
from vr_runtime.wire.version import CALL, PROTOCOL

ROLES: dict[str, Role] = {
    "therapist": "therapist",
    "second": "therapist",
    "supervisor": "supervisor",
    "observer": "observer",
}
KEYS = {name: letter * 40 for name, letter in zip(ROLES, "abcd", strict=True)}
BEAT_S = 0.2
BOOT = "b0" * 16


class Clock:
    """Monotonic seconds that pass only when somebody lets them."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeHeadset(NullDisplay):
    """A fake headset (or desktop): reports what a real one would, and draws at a pace it is given.

    What it draws is the name of the view; nothing here is shown to anybody.
    """

    def __init__(self, clock: Clock, kind: Literal["headset", "desktop"]) -> None:
        super().__init__(NAMES)
        self.kind = kind
        self.clock = clock
        self.rate_hz = 90.0 if kind == "headset" else 60.0
        self.cost_s = 0.002
        """Seconds one picture takes."""
        self.facts = HeadsetFacts(worn=True, session=True, tracked=True)
        self.befell: list[Occurrence] = []
        self.pictures: list[tuple[float, View]] = []
        self.qualities: list[tuple[float, str]] = []
        self.ready = 1.0
        self._view = View.NEUTRAL
        self._due = clock.now
        self.stage.loading = lambda: self.ready

    def show(self, view: View) -> None:
        super().show(view)
        self._view = view

    def due_s(self) -> float:
        return max(0.0, self._due - self.clock.now)

    def draw(self, between: float) -> None:
        began = self.clock.now
        self.pictures.append((began, self._view))
        self.drawn = self._view
        self.clock.now += self.cost_s
        self._due = max(self._due + 1 / self.rate_hz, began)

    def occurrences(self) -> list[Occurrence]:
        found, self.befell = self.befell, []
        return found

    def wanted_hz(self) -> float:
        return self.rate_hz

    def headset(self) -> HeadsetFacts | None:
        return self.facts if self.kind == "headset" else None

    def draw_with(self, quality: acts.Quality) -> None:
        if quality != self._quality:
            self.qualities.append((self.clock.now, quality))
        super().draw_with(quality)

    def state(self) -> DisplayState:
        told = super().state()
        return told.model_copy(update={"kind": self.kind, "pictures": len(self.pictures)})


class Keys:
    """Stop keys of the runtime's own terminal."""

    def __init__(self) -> None:
        self.pressed = False

    def stopped(self, now_s: float) -> bool:
        pressed, self.pressed = self.pressed, False
        return pressed


class Clockwork:
    """A runtime led step by step: `run` lets seconds pass, everything else happens at once."""

    def __init__(
        self,
        kind: Literal["headset", "desktop"] = "headset",
        journal: Journal | None = None,
        yard: type[Scenario] = Yard,
        clock: Clock | None = None,
        budget: Budget | None = None,
        pulse: Pulse | None = None,
    ) -> None:
        """The `yard` is shown; its code takes time by letting the clock pass (`Clock.now`)."""
        self.clock = Clock() if clock is None else clock
        self.display = FakeHeadset(self.clock, kind)
        self.engine = Engine(self.display.stage, lambda _id: Shelved(yard), budget)
        self.keys = Keys()
        self.console_lives = True
        self.answers: list[tuple[bytes, ...]] = []
        self.happened: list[Happened] = []
        self.states: list[State] = []
        self._inbox: list[Incoming] = []
        self._beat_at = 0.0
        self._until = self.clock.now
        self._epoch = 0
        self._session: str | None = None
        peers = {key: Peer(name=name, role=ROLES[name], public=key) for name, key in KEYS.items()}
        self.server = Server(
            self.engine,
            self.display,
            self,
            peers=peers,
            manifests=(Yard.manifest(),),
            boot=BOOT,
            version="test",
            in_step=False,
            journal=journal,
        )
        self.runtime = Runtime(
            self.engine,
            self.display,
            self.server,
            self,
            end_after_s=math.inf,
            pulse=pulse,
            stops=self.keys,
            now=self.clock,
        )

    # -- what the loop needs of sockets

    def wait(self, seconds: float) -> None:
        self.clock.now += max(seconds, 0.0005)
        if self.console_lives and self._epoch and self.clock.now >= self._beat_at:
            self._beat_at = self.clock.now + BEAT_S
            self.send(Heartbeat(durable=0))
        if self.clock.now >= self._until:
            self.server.end()

    def receive(self) -> list[Incoming]:
        found, self._inbox = self._inbox, []
        return found

    def answer(self, route: bytes, *parts: bytes) -> None:
        self.answers.append(parts)

    def publish(self, *parts: bytes) -> None:
        if parts[0] == TOPIC_STATE:
            self.states.append(State.model_validate_json(parts[1]))
        elif parts[0] == TOPIC_HAPPENED:
            self.happened.append(Happened.model_validate_json(parts[1]))

    # -- leading

    def run(self, seconds: float) -> None:
        """Let the loop run for so many of its own seconds, at least one round."""
        self._until = self.clock.now + seconds
        self.server.ended = False
        self.runtime.run()

    def put(self, *parts: bytes, by: str = "therapist") -> None:
        """A message lies at the port, to be taken in the next round."""
        self._inbox.append(Incoming(by.encode(), KEYS[by], parts))

    def send(self, act: AnyCommand, by: str = "therapist", **changes: Any) -> None:
        """A command lies at the port."""
        made: dict[str, Any] = {
            "id": uuid.uuid4(),
            "protocol": PROTOCOL,
            "epoch": self._epoch,
            "session": self._session,
            "act": act,
        }
        command = Command(**{**made, **changes})
        self.put(CALL, command.model_dump_json().encode(), by=by)

    def must(self, act: AnyCommand) -> Reply:
        """Give a command that has to be carried out in the next round."""
        self.answers.clear()
        self.send(act)
        self.run(0.001)
        reply = REPLIES.validate_json(self.answers[-1][1])
        assert isinstance(reply.answer, Done), reply.answer
        return reply

    def lead_to(self, phase: Phase, level: int = 3) -> None:
        """Lead a session into this phase by ordinary acts."""
        answer = self.must(Claim(takeover=False)).answer
        assert isinstance(answer, Done) and answer.epoch is not None
        self._epoch = answer.epoch
        self.run(1.5)
        self.display.ready = 0.5 if phase is Phase.LOADING else 1.0
        self.must(acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8))
        self._session = "s1"
        self.run(0.2)
        if phase in (Phase.LOADING, Phase.READY):
            assert self.engine.phase is phase
            return
        if phase is Phase.FAMILIARISATION:
            self.must(acts.Familiarise())
            return
        self.begin(level)
        led: dict[Phase, AnyCommand] = {
            Phase.HOLD: acts.Hold(),
            Phase.PAUSE: acts.Pause(),
            Phase.SAFE_PLACE: acts.SafePlace(),
            Phase.STOPPED: acts.Stop(),
        }
        if phase in led:
            self.must(led[phase])
        assert self.engine.phase is phase

    def begin(self, level: int = 3) -> None:
        """A trial, until it has settled at its level."""
        self.must(acts.ArmTrial(level=level))
        self.must(acts.BeginTrial(level=level))
        self.run(2.0 * level + 1.5)
        assert self.engine.phase is Phase.EXPOSURE

    def applied(self) -> list[str]:
        """Kinds of what entered the engine by itself, in order, from the runtime's own news."""
        return [
            h.what.act.kind
            for h in self.happened
            if isinstance(h.what, Applied) and isinstance(h.what.act, Occurrence)
        ]

    def seconds_until(self, holds: Callable[[], bool], at_most: float) -> float:
        """Let single rounds pass until it holds; gives how many seconds that took."""
        began = self.clock.now
        while not holds():
            assert self.clock.now - began <= at_most, "it never came"
            self.run(0.0)
        return self.clock.now - began
