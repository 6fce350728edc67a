"""The stop keys in the terminal where the runtime was started by hand."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from runtime_process import Client, eventually, running

from vr_runtime.terminal import KeyReader
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase

IN_A_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""A process of its own session takes the terminal on its input for its own, as a shell's does."""


@pytest.mark.parametrize(
    ("sent", "stops"),
    [
        ([(b"\x1b[24~", 0.0)], True),
        ([(b"\x1b", 0.0), (b"[24~", 0.01)], True),
        ([(b"\x1b\x1b", 0.0)], True),
        ([(b"\x1b", 0.0), (b"\x1b", 0.5)], True),
        ([(b"\x1b", 0.0), (b"\x1b", 0.7)], False),
        ([(b"\x1b", 0.0), (b"a", 0.1), (b"\x1b", 0.2)], False),
        ([(b"\x1b[A\x1b[A\x1b[B", 0.0)], False),
        ([(b"\x1bOP\x1bOP", 0.0)], False),
        ([(b"hello\xff\x00", 0.0)], False),
        ([(b"words \x1b[24~ words", 0.0)], True),
    ],
)
def test_f12_and_two_escapes_are_told_from_all_other_keys(sent, stops) -> None:
    reader = KeyReader()
    heard = [reader.feed(part, now) for part, now in sent]
    assert (True in heard) is stops


def test_a_key_in_its_terminal_stops_a_runtime_without_a_window(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    started = (sys.executable, "-c", IN_A_TERMINAL)
    try:
        with running(tmp_path, inside=started, stdin=theirs) as runtime:
            console = Client(runtime, "therapist")
            console.hello()
            console.claim()
            opening = acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8)
            console.must(opening)
            os.write(ours, b"x")
            os.write(ours, b"\x1b[24~")

            def stopped() -> bool:
                console.beat()
                return console.state().phase is Phase.STOPPED

            eventually(stopped, "the stop")
            assert console.state().cause == "runtime_key_stop"
            console.close()
            runtime.process.terminate()
            assert runtime.process.wait(20) == 0
            assert "F12" in runtime.log.read_text()
        # Whoever typed there finds the terminal as it was.
        assert termios.tcgetattr(theirs) == before
    finally:
        os.close(ours)
        os.close(theirs)


def test_started_without_a_terminal_no_key_is_waited_for(tmp_path: Path) -> None:
    with running(tmp_path, stdin=subprocess.DEVNULL) as runtime:
        assert "F12" not in runtime.log.read_text()
