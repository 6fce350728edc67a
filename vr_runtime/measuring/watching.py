"""Owns a measuring process from outside: its time, its memory, its end; runs none of its code.

Memory is read from /proc on Linux; where there is none (macOS, Windows) the limit of address space
and the time alone bound it.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from pydantic import ValidationError

from vr_runtime.examination.ending import MARK, end, marked_environment
from vr_runtime.language import language
from vr_runtime.measuring import limits
from vr_runtime.measuring.outcome import Outcome, Spot
from vr_runtime.watch.memory import resident_bytes

Way = Literal["walk", "compare", "draw"]
Why = Literal["", "hung", "memory", "time", "died", "unwanted"]
WHERE, ALIVE, OUTCOME = "where.txt", "alive ", "outcome "
LOOK_S, ASKED_S, READ_S = 0.05, 0.5, 2.0
NOWHERE = Spot()
_LINE = re.compile(r'^\s+File "(.+)", line (\d+) in ', re.M)


@dataclass(frozen=True)
class Bounds:
    """What one process may take."""

    wall_s: float
    resident: int
    space: int
    silent_s: float = limits.SILENT_S


BOUNDS: dict[Way, Bounds] = {
    "walk": Bounds(limits.WALKED_S, limits.WALKED_RESIDENT, limits.WALKED_SPACE),
    "compare": Bounds(limits.WALKED_S, limits.WALKED_RESIDENT, limits.WALKED_SPACE),
    "draw": Bounds(
        limits.DRAWN_S, limits.DRAWN_RESIDENT, limits.DRAWN_SPACE, limits.DRAWN_SILENT_S
    ),
}


@dataclass(frozen=True)
class Ended:
    """How a measuring process ended."""

    outcome: Outcome | None
    why: Why = ""
    """Why there is no outcome."""
    where: Spot = NOWHERE
    """The author's line it was at, as far as that is known."""
    last: str = ""
    """What it was doing."""
    status: int = 0


def run(
    way: Way,
    path: Path,
    owns: Callable[[str], bool],
    progress: Callable[[str], None],
    unwanted: threading.Event,
    bounds: Bounds | None = None,
    lot: int | None = None,
) -> Ended:
    """Measure a scenario in one way, and wait for it.

    Args:
        way: what is measured.
        path: the scenario's file or folder, absolute.
        owns: whether a file, as Python names it, is the author's.
        progress: told what begins.
        unwanted: ends it early once it is set.
        bounds: what it may take; the usual if left out.
        lot: draws of pictures only a part, by this lot; all if left out.
    """
    held = BOUNDS[way] if bounds is None else bounds
    with tempfile.TemporaryDirectory(prefix="palier-measured-") as folder:
        environment = marked_environment()
        child = _start(way, path, held, folder, lot, environment)
        assert child.stdout is not None, "it is piped"
        lines: queue.Queue[bytes] = queue.Queue()
        reader = threading.Thread(target=_read, args=(child.stdout, lines), daemon=True)
        reader.start()
        try:
            return _watch(
                child, lines, Path(folder), held, owns, progress, unwanted, environment[MARK]
            )
        finally:
            end(child, environment[MARK])
            reader.join(READ_S)


def _start(
    way: Way,
    path: Path,
    bounds: Bounds,
    folder: str,
    lot: int | None,
    environment: dict[str, str],
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "vr_runtime.measuring.child", way, str(path),
         str(bounds.space), "" if lot is None else str(lot)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        # The two walks differ in all that must make no difference.
        env={**environment, "PALIER_LANG": language(),
             "PYTHONHASHSEED": "2" if way == "compare" else "1",
             # what is measured is heard by nobody
             "ALSOFT_DRIVERS": "null"},
        start_new_session=True,
    )  # fmt: skip


def _watch(
    child: subprocess.Popen[bytes],
    lines: queue.Queue[bytes],
    folder: Path,
    bounds: Bounds,
    owns: Callable[[str], bool],
    progress: Callable[[str], None],
    unwanted: threading.Event,
    mark: str,
) -> Ended:
    began = heard = time.monotonic()
    last = ""
    worked: float | None = 0.0
    why: Why = ""
    while not why:
        try:
            line = lines.get(timeout=LOOK_S).decode(errors="replace").rstrip("\n")
        except queue.Empty:
            line = None
        now = time.monotonic()
        if line == "":
            break
        if line is not None and line.startswith(OUTCOME):
            try:
                outcome = Outcome.model_validate_json(line.removeprefix(OUTCOME))
            except ValidationError:
                break
            return Ended(outcome)
        if line is not None and line.startswith(ALIVE):
            heard, what = now, line.removeprefix(ALIVE)
            worked = _worked_s(child.pid)
            if what:
                last = what
                progress(what)
        resident = resident_bytes(child.pid) or 0
        if unwanted.is_set():
            return Ended(None, "unwanted")
        if resident > bounds.resident:
            why = "memory"
        elif now - heard > bounds.silent_s and _works_or_idles(child.pid, now - heard, worked):
            why = "hung"
        elif now - began > bounds.wall_s:
            why = "time"
    if why:
        _ask(child)
    else:
        with contextlib.suppress(subprocess.TimeoutExpired):
            # its output ends a moment before it does, and its status is its own
            child.wait(ASKED_S)
    status = end(child, mark)
    return Ended(None, why or "died", _where(folder / WHERE, owns), last, status)


def _worked_s(pid: int) -> float | None:
    """Seconds that the processor has worked for a process; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return None


def _works_or_idles(pid: int, silent_s: float, before_s: float | None) -> bool:
    """Whether one that is silent for so long is at work all the while, or for far too long."""
    now_s = _worked_s(pid)
    if now_s is None or before_s is None or silent_s > limits.SILENT_IDLE_S:
        return True
    return now_s - before_s > limits.SILENT_BUSY_S


def _read(out: IO[bytes], lines: queue.Queue[bytes]) -> None:
    with out:
        for line in out:
            lines.put(line)
    lines.put(b"")


def _ask(child: subprocess.Popen[bytes]) -> None:
    """Let it write down where it is, as far as it can."""
    if hasattr(signal, "SIGUSR1"):
        try:
            child.send_signal(signal.SIGUSR1)
            child.wait(ASKED_S)
        except (OSError, subprocess.TimeoutExpired):
            return


def _where(told: Path, owns: Callable[[str], bool]) -> Spot:
    try:
        text = told.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Spot()
    for file, line in _LINE.findall(text):
        if owns(file):
            return Spot(file=file, line=int(line))
    return Spot()
