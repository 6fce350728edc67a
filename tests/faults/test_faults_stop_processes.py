"""With the console's process killed or halted, the runtime's own terminal still stops."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from leading import silenced, until
from runtime_process import running

from vr_runtime.wire.acts import Phase

IN_A_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "halted"])
def test_without_a_window_the_runtimes_own_terminal_stops(tmp_path: Path, how) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    try:
        inside = (sys.executable, "-c", IN_A_TERMINAL)
        with running(tmp_path, inside=inside, stdin=theirs) as runtime:
            with silenced(runtime, how) as watching:
                os.write(ours, b"\x1b\x1b")
                stopped = until(watching, lambda s: s.phase is Phase.STOPPED, "the stop")
                assert stopped.cause == "runtime_key_stop"
            runtime.process.terminate()
            assert runtime.process.wait(20) == 0
        # Whoever typed there finds the terminal as it was.
        assert termios.tcgetattr(theirs) == before
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_terminal_is_given_back_by_the_watchdog_where_the_runtime_no_longer_can(
    tmp_path: Path,
) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    try:
        inside = (sys.executable, "-c", IN_A_TERMINAL)
        with running(tmp_path, inside=inside, stdin=theirs) as runtime:
            assert termios.tcgetattr(theirs) != before, "it reads key by key"
            # It does not hear that it is to end, and is killed.
            os.kill(runtime.renders, signal.SIGSTOP)
            runtime.process.terminate()
            runtime.process.wait(20)
        assert termios.tcgetattr(theirs) == before
    finally:
        os.close(ours)
        os.close(theirs)


def test_started_without_a_terminal_no_key_is_waited_for(tmp_path: Path) -> None:
    with running(tmp_path, stdin=subprocess.DEVNULL) as runtime:
        assert "F12" not in runtime.log.read_text()
