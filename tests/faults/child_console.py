"""A console without a screen in a process of its own, and what it is asked; see `console_child`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from runtime_process import RuntimeProcess

HERE = Path(__file__).parent


class Child:
    """A console in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.session = self.line()

    def line(self) -> Any:
        assert self.process.stdout is not None
        told = self.process.stdout.readline()
        assert told, "the console ended"
        return json.loads(told)

    def ask(self, what: str) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        return self.line()

    def fenced(self) -> None:
        """Wait until it says that it is not in control."""
        until = time.monotonic() + 20.0
        while self.ask("in control"):
            assert time.monotonic() < until, "it still thinks that it leads"


@contextmanager
def console(
    runtime: RuntimeProcess,
    record: Path,
    *,
    around: Sequence[str] = (),
    spool: Path | None = None,
) -> Iterator[Child]:
    """A console that has led into the scene; killed in the end.

    Args:
        runtime: whom it leads.
        record: its record.
        around: a command that runs it somewhere else, such as on a disk of its own.
        spool: where it keeps what the record does not take.
    """
    told = {
        "address": runtime.address,
        "key": runtime.key,
        "identities": {n: i.model_dump(mode="json") for n, i in runtime.identities.items()},
        "record": str(record),
        "spool": None if spool is None else str(spool),
    }
    paths = [str(HERE), str(HERE.parent / "ground"), str(HERE.parents[1])]
    with subprocess.Popen(
        [*around, sys.executable, str(HERE / "console_child.py"), json.dumps(told)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    ) as process:
        try:
            yield Child(process)
        finally:
            process.kill()
