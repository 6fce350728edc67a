"""A console of its own process that leads into the scene and beats: to be killed or halted.

`python leading.py ADDRESS KEY NAME PUBLIC SECRET` says LEADS once the patient is in the scene.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zmq
from runtime_process import Client, RuntimeProcess, eventually

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.keys import Identity
from vr_runtime.wire.messages import Done
from vr_runtime.wire.state import State

LEVEL = 1


@contextmanager
def _leading(runtime: RuntimeProcess) -> Iterator[subprocess.Popen[str]]:
    who = runtime.identities["therapist"]
    command = [sys.executable, __file__, runtime.address, runtime.key, "therapist"]
    process = subprocess.Popen(
        [*command, who.public, who.secret], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline().strip() == "LEADS"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def lead(console: Client) -> None:
    """Open the session unless it is open, and begin a trial once the link has been steady."""
    state = console.hello().state
    console.claim(takeover=True)
    if state.session is None:
        console.must(acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8))
    console.session = "s1"

    def told(holds: Any) -> bool:
        console.beat()
        return bool(holds(console.state()))

    eventually(lambda: told(lambda s: s.phase is not Phase.LOADING), "the load")
    if console.state().phase is not Phase.READY:
        console.stop()
    console.must(acts.ArmTrial(level=LEVEL))
    begin = acts.BeginTrial(level=LEVEL)
    eventually(lambda: told(lambda _: isinstance(console.ask(begin).answer, Done)), "a steady link")
    eventually(lambda: told(lambda s: s.reached == LEVEL and not s.moving), "the level")


@contextmanager
def silenced(runtime: RuntimeProcess, how: signal.Signals) -> Iterator[Client]:
    """The patient stands in the scene, and the console that led there is killed or halted."""
    watching = Client(runtime, "second")
    try:
        with _leading(runtime) as console:
            until(watching, lambda s: s.phase is Phase.EXPOSURE, "the scene")
            console.send_signal(how)
            yield watching
    finally:
        watching.close()


def until(watching: Client, holds: Callable[[State], bool], what: str) -> State:
    """The first state for which it holds, as one hears it who leads nothing."""
    seen: list[State] = []

    def look() -> bool:
        seen.append(watching.state())
        return holds(seen[-1])

    eventually(look, what)
    return seen[-1]


def main() -> None:
    address, key, name, public, secret = sys.argv[1:]
    identities = {name: Identity(public=public, secret=secret)}
    nobody: Any = None
    console = Client(RuntimeProcess(nobody, address, key, identities, Path(), Path()), name)
    lead(console)
    print("LEADS", flush=True)
    poller = zmq.Poller()
    while True:
        console.beat()
        poller.poll(200)


if __name__ == "__main__":
    main()
