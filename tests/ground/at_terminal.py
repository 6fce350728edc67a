"""A command at a real terminal, its questions answered one after the other."""

from __future__ import annotations

import os
import pty
import select
import sys


def at_a_terminal(arguments: list[str], answers: list[str]) -> tuple[str, int]:
    """What a real terminal shows when each question, known by its colon, gets its answer."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "vr_runtime.authoring.cli", *arguments])
    shown, left = "", list(answers)
    while select.select([terminal], [], [], 30.0)[0]:
        try:
            got = os.read(terminal, 4096).decode()
        except OSError:
            break
        shown += got
        if shown.rstrip(" ").endswith(":") and shown.endswith(" ") and left:
            os.write(terminal, left.pop(0).encode())
    os.close(terminal)
    return shown, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
