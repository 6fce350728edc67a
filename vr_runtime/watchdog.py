"""Owns the process beside the one that renders: it starts it, hears it, ends it, starts it again.

It runs no author's code, opens no port and draws nothing, so that nothing of theirs can end it. It
never looks into what a session leaves behind.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from vr_runtime.language import _
from vr_runtime.watch.beats import EXAMINED, Again, Opened, Said, Why, read, without_again
from vr_runtime.watch.judge import Tries, Watched
from vr_runtime.watch.memory import resident_bytes, usual_limit
from vr_runtime.watch.modes import TerminalModes

LOOK_EVERY_S = 0.05
DUMP_S = 0.1
"""Waited for a hung process to write down where it hangs."""
ENDING_S = 3.0
"""Waited for a process that was asked to end."""
NO_START_S = 1.0
"""Waited before the next try where the system gave no process."""
DONE, WRONG_USAGE, NOT_AVAILABLE = 0, 2, 3
IN_ORDER = (WRONG_USAGE, NOT_AVAILABLE)
"""Exit codes of a start that has told its reason itself."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Over:
    """How one start ended."""

    code: int
    why: Why | None
    """None when it ended in order."""
    blamed: bool = False
    """Whether the scenario was at fault, as it stood when that was judged."""


@dataclass(frozen=True)
class _Judged:
    """Why a process is ended, said at the moment of the judgement."""

    why: Why
    blamed: bool


class Watchdog:
    """Runs the runtime until it ends in order."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        in_step: bool,
        memory_limit: int | None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Watch over a runtime.

        Args:
            arguments: the command line of `palier-runtime`, as it was given.
            in_step: whether ticks are granted.
            memory_limit: bytes of resident memory; None for what is usual on this machine.
            now: monotonic seconds.
        """
        self._arguments = list(arguments)
        self._in_step = in_step
        self._limit = usual_limit() if memory_limit is None else memory_limit
        self._now = now
        self._asked_to_end = False
        self._opened: Opened | None = None
        self._modes = TerminalModes()
        self._examined = ""

    def run(self) -> int:
        """Start the runtime, and again as often as it must be; gives the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        if resident_bytes(os.getpid()) is None or self._limit is None:
            log.warning("this system does not tell the memory of a process; it is not limited")
        with _shared_file() as self._examined:
            return self._until_the_end()

    def _until_the_end(self) -> int:
        again: Again | None = None
        tries, just_open = Tries(), False
        while True:
            watched = (
                Watched(self._in_step)
                if again is None
                else Watched(self._in_step, facts=again.facts, leading=again.leading)
            )
            over = self._one_start(watched, again, just_open=just_open)
            if over.why is None:
                return over.code
            if self._asked_to_end:
                return DONE
            if again is None and over.code in IN_ORDER:
                return over.code
            if not tries.over(watched.open_s):
                told = _("The patient's side broke off again and again; see its log.")
                print(f"palier-runtime: {told}", file=sys.stderr, flush=True)
                return NOT_AVAILABLE
            just_open = watched.opened is not None
            again = _next(over.why, watched, again, blamed=over.blamed)

    def _end(self, _number: int, _frame: object) -> None:
        self._asked_to_end = True

    # -- one start

    def _one_start(self, watched: Watched, again: Again | None, *, just_open: bool) -> _Over:
        environment = without_again(os.environ)
        environment[EXAMINED] = self._examined
        if again is not None:
            again.into(environment)
        try:
            process = subprocess.Popen(
                self._command(again, just_open), stdout=subprocess.PIPE, env=environment
            )
        except OSError as error:
            log.warning("the runtime could not be started: %s", error)
            time.sleep(NO_START_S)
            return _Over(NOT_AVAILABLE, "crashed")
        assert process.stdout is not None, "just made"
        said: deque[Said] = deque()
        reader = threading.Thread(target=_listen, args=(process.stdout, said), daemon=True)
        reader.start()
        judged = self._watch(process, watched, said)
        code = process.wait()
        self._modes.give_back()
        reader.join(1.0)
        _hear(watched, said)
        process.stdout.close()
        self._opened = watched.opened or self._opened
        if watched.ending:
            # A driver that breaks off while all is given back changes nothing any more.
            return _Over(DONE, None)
        if judged is not None:
            # What was still in the pipe was written before the end, or while it was being ended: it
            # is no longer what the process was judged by.
            return _Over(max(0, code), judged.why, judged.blamed)
        why: Why = "killed" if code == -signal.SIGKILL else "crashed"
        # What it could not get, or what was wrongly asked for, it has said in its own sentence.
        if again is not None or code not in IN_ORDER:
            log.warning("the runtime has ended by itself with code %d", code)
        return _Over(max(0, code), why, why != "killed" and watched.in_scenario)

    def _command(self, again: Again | None, just_open: bool) -> list[str]:
        command = [sys.executable, "-m", "vr_runtime", *self._arguments, "--watched"]
        if again is None or self._opened is None:
            return command
        # Consoles know where it was.
        command += ["--bind", self._opened.address]
        if just_open:
            # What drew a moment ago needs no trial; where it does not again, all is tried anew.
            command += ["--display", self._opened.display, "--tried"]
        return command

    def _watch(
        self, process: subprocess.Popen[bytes], watched: Watched, said: deque[Said]
    ) -> _Judged | None:
        """Until the process has ended or was ended; gives what it was ended for."""
        looked_at = self._now()
        end_at: float | None = None
        while process.poll() is None:
            time.sleep(LOOK_EVERY_S)
            now = self._now()
            watched.pass_time(now - looked_at)
            looked_at = now
            _hear(watched, said)
            if self._asked_to_end:
                if end_at is None:
                    process.terminate()
                    end_at = now + ENDING_S
                elif now > end_at:
                    log.warning("the runtime did not end when asked; it was killed")
                    process.kill()
                    return None
            elif watched.hangs:
                log.warning(
                    "nothing was heard of the runtime for %.2f s while %s; it is killed",
                    watched.silent_s,
                    watched.doing.value,
                )
                judged = _Judged("hung", watched.in_scenario)
                _dump(process)
                process.kill()
                return judged
            elif self._eats_memory(process):
                process.kill()
                return _Judged("memory", blamed=True)
        return None

    def _eats_memory(self, process: subprocess.Popen[bytes]) -> bool:
        used = resident_bytes(process.pid)
        if used is None or self._limit is None or used <= self._limit:
            return False
        log.warning(
            "the runtime used %d MB, more than %d; it is killed", used >> 20, self._limit >> 20
        )
        return True


@contextmanager
def _shared_file() -> Iterator[str]:
    """The path of a private file for all starts, gone at the end."""
    number, path = tempfile.mkstemp(prefix="palier-runtime-")
    os.close(number)
    try:
        yield path
    finally:
        with suppress(OSError):
            os.unlink(path)


def _next(why: Why, watched: Watched, before: Again | None, *, blamed: bool) -> Again:
    """What the next start is told."""
    if before is not None and watched.opened is None:
        # It did not come so far as to keep in mind itself what it was told.
        blamed = blamed or before.blamed
    restarts = 1 if before is None else before.restarts + 1
    return Again(why, blamed and bool(watched.facts), watched.facts, restarts, watched.leading)


def _listen(pipe: IO[bytes], said: deque[Said]) -> None:
    """Read what the runtime writes until its end; a thread of its own, since reading waits."""
    with suppress(ValueError, OSError):
        for written in pipe:
            message = read(written)
            if message is not None:
                said.append(message)


def _hear(watched: Watched, said: deque[Said]) -> None:
    while said:
        watched.hear(said.popleft())


def _dump(process: subprocess.Popen[bytes]) -> None:
    """Let it write to its log where it hangs, if it still can."""
    if hasattr(signal, "SIGUSR2"):
        process.send_signal(signal.SIGUSR2)
        with suppress(subprocess.TimeoutExpired):
            process.wait(DUMP_S)
