"""Owns that a process with an author's code ends with all it started; knows not what it ran.

What leaves the process group, as a daemon does, is found by a mark in the environment that it
inherits. That needs /proc: where there is none (macOS, Windows) the group alone is ended.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

MARK = "PALIER_AUTHORS_CODE"
DEEPEST = 3
"""So many processes with an author's code may stand within each other; Palier's own need two."""
ROUNDS = 20
"""How often it is looked for what was started while it was ended."""


def marked_environment() -> dict[str, str]:
    """This process's environment, with a mark that nobody else has.

    It begins with the mark of who began this process, if an author's code stands in it already:
    whoever ends that one ends this one too.
    """
    own = secrets.token_hex(16)
    return {**os.environ, MARK: ".".join([*filter(None, [os.environ.get(MARK)]), own])}


def too_deep() -> bool:
    """Whether this process stands so deep within others that no more may be begun.

    A scenario whose own file examines its folder would go on for ever.
    """
    return os.environ.get(MARK, "").count(".") >= DEEPEST - 1


def end(child: subprocess.Popen[bytes], mark: str) -> int:
    """End a process with all it started, and wait for it; its process group is its own.

    Args:
        child: the process, started with `start_new_session`.
        mark: what `MARK` is in its environment.

    Returns:
        Its exit status; negative for the signal that ended it.
    """
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, AttributeError):
        child.kill()
    for _round in range(ROUNDS):
        strays = list(_strays(f"{MARK}={mark}".encode(), child.pid))
        for pid in strays:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                continue
        if not strays:
            break
    return child.wait()


def _strays(mark: bytes, known: int) -> Iterator[int]:
    """Living processes whose mark begins with this one, but for the one that is known."""
    for place in Path("/proc").glob("[0-9]*/environ"):
        pid = int(place.parent.name)
        try:
            if pid != known and (b"\0" + place.read_bytes()).find(b"\0" + mark) >= 0:
                yield pid
        except OSError:
            continue
