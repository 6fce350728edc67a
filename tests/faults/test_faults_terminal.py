"""In a real terminal the console hears Esc Esc, and gives the terminal back when it is ended."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from controller.ui.run import HUNG_UP

GROUND = Path(__file__).parents[1] / "ground"
ROOT = GROUND.parents[1]
COMMAND = [sys.executable, str(GROUND / "console_in_terminal.py")]
ENVIRONMENT = {
    **os.environ,
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "ESCDELAY": "50",
    "PYTHONPATH": f"{GROUND}{os.pathsep}{ROOT}",
}


class Terminal:
    """A pseudo-terminal of 80 by 24 with a console in it."""

    def __init__(self) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, COMMAND, ENVIRONMENT)
        self.resize(80, 24)
        self.seen = ""

    def resize(self, columns: int, rows: int) -> None:
        """Another size, as when its window is dragged."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, text: str) -> None:
        """Read until this text has come; the terminal falling silent for 20 s is a failure."""
        while text not in self.seen:
            ready, _w, _x = select.select([self.fd], [], [], 20.0)
            assert ready, f"{text!r} did not come"
            try:
                self.seen += os.read(self.fd, 65536).decode("utf-8", "replace")
            except OSError as error:
                raise AssertionError(f"ended before {text!r} came") from error

    def to_end(self) -> int:
        """Read to the end; the exit code."""
        while True:
            try:
                part = os.read(self.fd, 65536)
            except OSError:
                break
            if not part:
                break
            self.seen += part.decode("utf-8", "replace")
        _pid, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    found = Terminal()
    yield found
    os.close(found.fd)


@pytest.mark.terminal
@pytest.mark.filterwarnings("ignore:This process")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.fault("F17")
@pytest.mark.fault("F18")
def test_a_signal_ends_the_console_cleanly_and_gives_the_terminal_back(
    terminal: Terminal, number: signal.Signals
) -> None:
    terminal.until("EXPOSURE")
    os.kill(terminal.pid, number)
    assert terminal.to_end() == 128 + number
    assert "\x1b[?1049l" in terminal.seen
    assert "\x1b[?25h" in terminal.seen


@pytest.mark.terminal
@pytest.mark.filterwarnings("ignore:This process")
@pytest.mark.parametrize(
    "told", [(signal.SIGCONT, signal.SIGHUP), (signal.SIGHUP, signal.SIGCONT)], ids=str
)
@pytest.mark.fault("F17")
def test_a_terminal_that_hangs_up_and_says_go_on_ends_the_console_all_the_same(
    terminal: Terminal, told: tuple[signal.Signals, ...]
) -> None:
    terminal.until("EXPOSURE")
    for number in told:
        os.kill(terminal.pid, number)
    assert terminal.to_end() == HUNG_UP


@pytest.mark.terminal
@pytest.mark.filterwarnings("ignore:This process")
def test_a_console_that_is_told_to_go_on_takes_its_terminal_once_and_still_stops(
    terminal: Terminal,
) -> None:
    terminal.until("EXPOSURE")
    for _time in range(3):
        terminal.seen = ""
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until("\x1b[?1049h")
    os.write(terminal.fd, b"\x1b\x1b")
    terminal.until("It has stopped.")
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.to_end() == 128 + signal.SIGTERM


@pytest.mark.terminal
@pytest.mark.filterwarnings("ignore:This process")
def test_a_console_that_was_told_to_go_on_leaves_keys_and_title_as_they_were(
    terminal: Terminal,
) -> None:
    terminal.until("EXPOSURE")
    before = ""
    for _time in range(3):
        before, terminal.seen = before + terminal.seen, ""
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until("\x1b]2;Palier")
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.to_end()
    told = before + terminal.seen
    for sign in (r"\x1b\[(>\d+|<)u", r"\x1b\[(22|23);2t"):
        found = re.findall(sign, told)
        assert len(found) == 8, found
        depths = list(accumulate(-1 if one in ("<", "23") else 1 for one in found))
        assert depths == [1, 0] * 4, (sign, found)


@pytest.mark.terminal
@pytest.mark.filterwarnings("ignore:This process")
def test_two_escapes_in_one_write_stop(terminal: Terminal) -> None:
    terminal.until("EXPOSURE")
    os.write(terminal.fd, b"\x1b\x1b")
    terminal.until("It has stopped.")
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.to_end()


@pytest.mark.terminal
@pytest.mark.fault("F17")
def test_a_console_whose_terminal_is_gone_ends_without_being_told() -> None:
    """What is written then fails, and a console that waited for it would keep the record locked."""
    ours, theirs = pty.openpty()
    # A session of its own without a terminal that rules it: no signal tells of the end.
    process = subprocess.Popen(
        COMMAND, env=ENVIRONMENT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    seen = b""
    while b"EXPOSURE" not in seen:
        assert select.select([ours], [], [], 20.0)[0], "it never drew"
        seen += os.read(ours, 65536)
    os.close(ours)
    assert process.wait(timeout=20) == HUNG_UP
