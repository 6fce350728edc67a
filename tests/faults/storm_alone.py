"""A storm in a process of its own: `storm_alone.py FOLDER SECONDS SEED` says what came of it.

It waits far more than it works, so that other tests go on beside it. Without a seed it takes that
of `PALIER_STORM_SEED`, else always the same.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "ground"))

from core import core
from far_wire import far_wire
from runtime_process import running
from storm import GRACE_S, Storm
from storm_console import StormConsole
from storm_judge import Judged, judge
from storm_wall import WallClock
from verdict import applied

from controller.session.clocks import Clocks
from controller.store.record import Record

NAMES = ("therapist", "second", "observer")
SEED = int(os.environ.get("PALIER_STORM_SEED") or 20)


def storm(folder: Path, *, seconds: float, seed: int) -> tuple[Storm, Judged]:
    """Let it storm over a new runtime, and judge."""
    wall = WallClock(folder / "wall")
    with ExitStack() as stack:
        stack.enter_context(wall.for_processes())
        runtime = stack.enter_context(running(folder, also={"scribe": "therapist"}))
        wires = {name: stack.enter_context(far_wire(runtime.port)) for name in NAMES}
        database = folder / "record.db"
        began = time.monotonic()

        async def rage() -> Storm:
            with Record.create_or_open(database, operator="storm", clock=wall) as record:
                async with core(
                    runtime,
                    port=wires["therapist"].port,
                    grace_s=GRACE_S,
                    countdown_s=1,  # between two mishaps there is little time for a trial
                    stored=record,
                    clocks=Clocks(wall.reading),
                ) as led:
                    console = StormConsole(led, random.Random(seed + 1))
                    made = Storm(runtime, wires, wall, console, seed)
                    stack.callback(made.leave)
                    await made.rage(seconds)
                    return made

        made = asyncio.run(rage())
        made.seconds = time.monotonic() - began
        made.scribe.read()
        made.scribe.look_back()
        return made, judge(made, database)


def begun(folder: Path, *, seconds: float, seed: int = SEED) -> subprocess.Popen[str]:
    """A storm that has begun in a process of its own."""
    return subprocess.Popen(
        [sys.executable, __file__, str(folder), str(seconds), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def main() -> None:
    folder, seconds, *given = sys.argv[1:]
    seed = int(given[0]) if given else SEED
    made, found = storm(Path(folder), seconds=float(seconds), seed=seed)
    told = {
        "entered": [act.act.kind for _, act in applied(found.told)],
        "tried": made.tried,
        "starts": len(made.scribe.told),
        "slowest_back_s": round(max(made.back, default=0.0), 2),
        "entries": found.entries,
        "sessions": found.sessions,
        "notes": len(made.console.saved),
        "jumps": [len(made.wall.jumps), found.jumps],
        "unheard": found.unheard,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
