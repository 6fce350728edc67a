"""Owns the process that shows, as who watches has it: started, heard, ended; knows no scenario."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

from pydantic import ValidationError

from vr_runtime.authoring.watching.words import (
    ANSWERED,
    Closed,
    End,
    Failed,
    Ready,
    Show,
    Shown,
    Tell,
    Unable,
    Where,
)
from vr_runtime.examination.ending import MARK, end, marked_environment
from vr_runtime.language import language, mark
from vr_runtime.watch.memory import resident_bytes, usual_limit

PATIENCE_S = 10.0
"""Seconds without a sign of life after which a window that was open is taken to hang."""
OPENING_S = 300.0
"""The same until it is open: a first start makes what is shown."""
END_S = 3.0
ENDS: dict[str, str] = {
    "hangs": mark("The code did not come back, and was ended."),
    "memory": mark("The scenario took too much memory, and was ended."),
    "ended": mark("The scenario ended its whole process."),
}
"""What became of one that is not well, in words."""

Answer = Ready | Shown | Failed | Where | Closed | Unable


class Process:
    """One process that shows, from its start to its end."""

    def __init__(
        self,
        display: str,
        size: tuple[int, int],
        out: Path | None,
        *,
        patience_s: float = PATIENCE_S,
        memory_bytes: int | None = None,
    ) -> None:
        """Start it; `memory_bytes` is the most it may have, half of the machine's if not given."""
        command = [sys.executable, "-P", "-m", "vr_runtime.authoring.watching.showing"]
        command += ["--display", display, "--size", *map(str, size), "--lang", language()]
        command += ["--out", str(out.absolute())] if out is not None else []
        # A terminal's Ctrl+C goes to who watches, who then ends this one in order.
        environment = marked_environment()
        self._mark = environment[MARK]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        self._patience_s = patience_s
        self._memory = usual_limit() if memory_bytes is None else memory_bytes
        self._answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        self._open = False
        self._heard_s = time.monotonic()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValidationError):
                self._answers.put(ANSWERED.validate_json(line))
        self._answers.put(None)

    def ask(self, word: Show | Tell | End) -> None:
        """Let it hear a word; nothing happens where it has ended."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(word.model_dump_json().encode() + b"\n")
            self._process.stdin.flush()

    def answers(self) -> list[Answer]:
        """What it said since the last call."""
        found: list[Answer] = []
        while not self._answers.empty():
            answer = self._answers.get()
            if answer is None:
                break
            self._heard_s = time.monotonic()
            self._open = self._open or isinstance(answer, Ready)
            found.append(answer)
        return found

    def wrong(self) -> str | None:
        """What became of it, where it is not well any more: `ended`, `hangs` or `memory`."""
        if self._process.poll() is not None:
            return "ended"
        patience = self._patience_s if self._open else OPENING_S
        if time.monotonic() - self._heard_s > patience:
            return "hangs"
        used = resident_bytes(self._process.pid)
        if used is not None and self._memory is not None and used > self._memory:
            return "memory"
        return None

    def end(self, *, at_once: bool = False) -> None:
        """End it, and all that it started; in order where it still hears."""
        if not at_once:
            self.ask(End())
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(END_S)
        end(self._process, self._mark)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
