"""A storm in a process of its own: `storm_alone.py FOLDER SECONDS SEED` says what came of it.

It waits far more than it works, so that other tests go on beside it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "ground"))

from far_wire import far_wire
from runtime_process import running
from storm import Storm
from verdict import applied

NAMES = ("therapist", "second", "observer")


def storm(folder: Path, *, seconds: float, seed: int) -> Storm:
    """Let it storm over a new runtime, and judge."""
    # Freezing the process is one of the mishaps: a watchdog would take it for a hang, and rightly.
    with running(folder, "--no-watchdog") as runtime, ExitStack() as stack:
        wires = {name: stack.enter_context(far_wire(runtime.port)) for name in NAMES}
        made = Storm(runtime, wires, seed)
        stack.callback(made.leave)
        made.rage(seconds)
        made.judge()
        return made


def begun(folder: Path, *, seconds: float, seed: int) -> subprocess.Popen[str]:
    """A storm that has begun in a process of its own."""
    return subprocess.Popen(
        [sys.executable, __file__, str(folder), str(seconds), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def main() -> None:
    made = storm(Path(sys.argv[1]), seconds=float(sys.argv[2]), seed=int(sys.argv[3]))
    entered = [act.act.kind for _, act in applied(made.told)]
    print(json.dumps({"entered": entered, "tried": made.tried}))


if __name__ == "__main__":
    main()
