"""A scenario that misbehaves when asked, and a plain client that leads it into the scene."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from runtime_process import Client, RuntimeProcess, eventually, running

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, RuntimeRestarted, View
from vr_runtime.wire.happenings import Applied
from vr_runtime.wire.messages import AskMissed, Done, Missed
from vr_runtime.wire.state import State

LEVEL = 1
PATIENCE_S = 30.0
"""What is awaited comes within this on a machine that does much else; promises are measured."""

SCENARIO = """
import re, sys
from scenarios.api import Graded, Scenario, event

def tell():
    # An author may not ask for the time; a test has to know when the trap was sprung.
    print("SPRUNG", sys.modules["time"].monotonic_ns(), file=sys.stderr, flush=True)

class Cellar(Scenario):
    id = "test.cellar"
    title = {"fr": "La cave", "en": "The cellar"}
    summary = {"fr": "Une cave.", "en": "A cellar."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    depth = Graded({0: 0.0, 10: 60.0}, fr="profondeur", en="depth", unit="m", rate=6.0)

    def build(self):
        self.deck = self.stage.box((1, 1, 1), material="concrete")
        self.hum = self.stage.sound("wind/steady", loop=True)
        self.trap = ""
        self.told = False
        self.heap = []

    def update(self, dt):
        self.deck.at = (0.0, 0.0, self.depth)
        if self.trap and not self.told:
            self.told = True
            tell()
        if self.trap == "loop":
            while True:
                pass
        if self.trap == "ponder":
            re.match("(a+)+$", "a" * 60 + "b")
        if self.trap == "swallow":
            while True:
                try:
                    for _ in range(1000):
                        pass
                except BaseException:
                    continue
        if self.trap == "throw":
            raise ValueError("the author's mistake")
        if self.trap == "exit":
            sys.exit()
        if self.trap == "grow":
            self.heap.append(bytearray(b"x") * 5_000_000)
"""
TRAPS = ("loop", "ponder", "swallow", "throw", "exit", "grow")
EVENTS = "".join(
    f'''
    @event(fr="{name}", en="{name}", cooldown_s=0)
    def {name}(self):
        self.trap = "{name}"
        yield
'''
    for name in TRAPS
)


@contextmanager
def cellar(folder: Path, *options: str, display: str = "null") -> Iterator[RuntimeProcess]:
    """A real runtime that can show the cellar."""
    scenarios = folder / "misbehaving"
    scenarios.mkdir()
    (scenarios / "cellar.py").write_text(SCENARIO + EVENTS)
    with running(folder, *options, "--scenario-dir", str(scenarios), display=display) as runtime:
        yield runtime


class Lead:
    """A console reduced to its sockets that never falls silent while it waits."""

    def __init__(self, runtime: RuntimeProcess) -> None:
        self.runtime = runtime
        self.client = Client(runtime, "therapist")
        self.told: State | None = None

    def until(
        self, holds: Callable[[State], bool], what: str, within_s: float = PATIENCE_S
    ) -> State:
        """Heartbeats until a published state holds; gives that state."""
        ends = time.monotonic() + within_s
        self.client.beat()
        while True:
            assert time.monotonic() < ends, f"waited {within_s} s for {what}; last: {self.told}"
            if self.client.subscriber.poll(100):
                self.told = State.model_validate_json(self.client.subscriber.recv_multipart()[1])
                if holds(self.told):
                    return self.told
            self.client.beat()

    def open(self, scenario: str = "test.cellar", session: str = "s1") -> State:
        """Take control and open a session."""
        self.client.hello()
        self.client.claim()
        act = acts.OpenSession(
            session=session, scenario=scenario, seed=1, ceiling=8, grace_s=PATIENCE_S
        )
        self.client.must(act)
        self.client.session = session
        coming = (Phase.IDLE, Phase.LOADING)
        return self.until(lambda s: s.phase not in coming, "the end of the load")

    def into_scene(self, session: str = "s1") -> State:
        """Open a session and lead it into the scene, settled at a low level."""
        assert self.open(session=session).phase is Phase.READY
        self.client.must(acts.ArmTrial(level=LEVEL))

        def begun() -> bool:
            self.client.beat()
            return isinstance(self.client.ask(acts.BeginTrial(level=LEVEL)).answer, Done)

        eventually(begun, "a steady link")
        return self.until(lambda s: s.level == LEVEL and not s.moving, "the level")

    def spring(self, trap: str) -> None:
        """Let the scenario misbehave from its next tick on."""
        self.client.must(acts.Trigger(name=trap))

    def back(self, boot: str) -> State:
        """Wait for the next start of the runtime."""
        return self.until(lambda s: s.boot != boot, "the next start")

    def told_why(self) -> RuntimeRestarted:
        """The first thing that this start of the runtime has let in."""
        answer = self.client.ask(AskMissed(after=0)).answer
        assert isinstance(answer, Missed)
        first = answer.happened[0].what
        assert isinstance(first, Applied) and isinstance(first.act, RuntimeRestarted), first
        return first.act


@contextmanager
def led(runtime: RuntimeProcess) -> Iterator[Lead]:
    lead = Lead(runtime)
    try:
        yield lead
    finally:
        lead.client.close()


def sprung(log: Path) -> int:
    """When the scenario began to misbehave, in nanoseconds of the machine's monotonic clock."""
    found = re.findall(r"^SPRUNG (\d+)$", log.read_text(errors="replace"), re.M)
    return int(found[0])


@dataclass(frozen=True)
class Picture:
    """One picture that was drawn, as the runtime's own trace tells it."""

    view: View
    begun: int
    ended: int
    """Nanoseconds of the machine's monotonic clock."""


def pictures(runtime: RuntimeProcess, trace: Path) -> list[Picture]:
    """End the runtime in order, so that its trace is written; gives all pictures it drew."""
    kill(runtime.process.pid, signal.SIGTERM)
    assert runtime.process.wait(20) == 0
    told = [json.loads(line) for line in trace.read_text("utf-8").splitlines()]
    return [
        Picture(View(one["view"]), one["begun"], one["ended"]) for one in told if "picture" in one
    ]


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not yet waited for does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def gone(pid: int) -> None:
    """Wait until a process has ended."""
    eventually(lambda: not alive(pid), f"the end of process {pid}")


def kill(pid: int, number: int) -> float:
    """Send a signal; gives the moment."""
    os.kill(pid, number)
    return time.monotonic()
