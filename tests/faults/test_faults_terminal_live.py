"""A real session led from a real terminal that goes away, is interrupted, or is made tiny."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from runtime_process import Client, RuntimeProcess, eventually
from safety import GRACE_S, how_soon

from controller.session.documents import Rating
from controller.store.reader import Reader
from controller.store.verify import verify
from controller.ui.run import HUNG_UP
from vr_runtime.wire.acts import Phase

Connect = Callable[..., Client]
Measured = Callable[[str, object], None]

GROUND = Path(__file__).parents[1] / "ground"
PATIENCE_S = 20.0
LEFT_S = 5.0
"""A console that is ended has answered what was sent, and let go of record and terminal."""
ALONE = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Makes the terminal the one that rules this process, as a shell's is."""


class Live:
    """A console in a terminal of its own, whose modes stay to be seen after it."""

    def __init__(self, runtime: RuntimeProcess, record: Path, size: tuple[int, int]) -> None:
        told = {
            "address": runtime.address,
            "key": runtime.key,
            "identities": {n: i.model_dump(mode="json") for n, i in runtime.identities.items()},
            "record": str(record),
            "grace_s": GRACE_S,
        }
        self.ours, self.theirs = pty.openpty()
        self.resize(*size)
        self.before = termios.tcgetattr(self.theirs)
        self.seen = ""
        script = str(GROUND / "live_in_terminal.py")
        self.process = subprocess.Popen(
            [sys.executable, "-c", ALONE, sys.executable, script, json.dumps(told)],
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=self.theirs,
            start_new_session=True,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "ESCDELAY": "50",
                "PYTHONPATH": os.pathsep.join([str(GROUND), str(GROUND.parents[1])]),
            },
        )

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: bytes) -> None:
        os.write(self.ours, keys)

    def read(self, within_s: float) -> bool:
        """Take what was drawn; whether anything came in time."""
        if not select.select([self.ours], [], [], within_s)[0]:
            return False
        with suppress(OSError):
            self.seen += os.read(self.ours, 65536).decode("utf-8", "replace")
        return True

    def reads(self, code: str) -> bool:
        """Take what was drawn; whether this code has ever come."""
        self.read(0.05)
        return code in self.seen

    def until(self, text: str) -> None:
        """Read until the terminal shows this text anew."""
        ends = time.monotonic() + PATIENCE_S
        while text not in drawn(self.seen):
            assert time.monotonic() < ends, f"{text!r} did not come: {drawn(self.seen)[-500:]!r}"
            assert self.process.poll() is None, f"it ended: {drawn(self.seen)[-500:]!r}"
            self.read(0.1)

    def forget(self) -> None:
        """What is looked for has to come from now on."""
        while self.read(0.0):
            pass
        self.seen = ""

    def ended(self) -> int:
        """Read to the end, so that it is not kept from writing; the exit code."""
        ends = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert time.monotonic() < ends, f"it goes on: {drawn(self.seen)[-500:]!r}"
            self.read(0.05)
        while self.read(0.0):
            pass
        return self.process.returncode

    def hang_up(self) -> None:
        """The terminal's window is closed: nobody holds either end any more but the console."""
        os.close(self.theirs)
        os.close(self.ours)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for end in (self.ours, self.theirs):
            with suppress(OSError):
                os.close(end)


def drawn(seen: str) -> str:
    """The letters of what was drawn, without where and in which colour."""
    return re.sub(r"\x1b\[[0-9;?<>]*[ -/]*[@-~]|\x1b[()].|\x1b.", "", seen)


@contextmanager
def live(runtime: RuntimeProcess, record: Path, size: tuple[int, int] = (80, 24)) -> Iterator[Live]:
    found = Live(runtime, record, size)
    try:
        yield found
    finally:
        found.close()


def left_alone(terminal: Live, how: signal.Signals | str) -> int | None:
    """End the console this way; gives its exit code, None where nothing is left to tell it by."""
    if how == "closed":
        terminal.hang_up()
        return terminal.process.wait(PATIENCE_S)
    if how == "ctrl+c":
        terminal.forget()
        terminal.type(b"\x03")
        terminal.until("Leave the console?")
        terminal.until("Without a console the runtime holds")
        # The second of the other ways: leave without stopping.
        terminal.type(b"\x1b[B\x1b[B\r")
        return terminal.ended()
    assert isinstance(how, signal.Signals)
    terminal.process.send_signal(how)
    return terminal.ended()


CLOSED, ASKED = pytest.mark.fault("F17"), pytest.mark.fault("F18")


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("how", "code"),
    [
        pytest.param("closed", HUNG_UP, marks=CLOSED, id="closed"),
        pytest.param(signal.SIGHUP, 128 + signal.SIGHUP, marks=CLOSED, id="SIGHUP"),
        pytest.param(signal.SIGTERM, 128 + signal.SIGTERM, marks=ASKED, id="SIGTERM"),
        pytest.param(signal.SIGINT, 128 + signal.SIGINT, marks=ASKED, id="SIGINT"),
        pytest.param("ctrl+c", 0, marks=ASKED, id="ctrl+c"),
    ],
)
def test_however_a_console_is_ended_the_patient_is_made_safe_and_nothing_saved_is_missing(
    by_clock: RuntimeProcess,
    connect: Connect,
    tmp_path: Path,
    record_property: Measured,
    how: signal.Signals | str,
    code: int,
) -> None:
    path = tmp_path / "record.db"
    watcher = connect(by_clock, "second")
    with live(by_clock, path) as terminal:
        terminal.until("EXPOSURE")
        terminal.type(b"40\r")
        terminal.until("Rating 40 is saved")
        began = time.monotonic()
        ended = left_alone(terminal, how)
        took_s = time.monotonic() - began
        hold, safe = how_soon(watcher, watcher.state().tick)
        assert ended == code
        assert took_s < LEFT_S, "whoever starts anew finds the record free"
        if how != "closed":
            assert termios.tcgetattr(terminal.theirs) == terminal.before
            assert "Traceback" not in terminal.seen
            shown = terminal.seen[terminal.seen.rindex("\x1b[?1049l") :]
            assert "\x1b[?25h" in shown, "the cursor is back, on the terminal's own page"
    state = watcher.state()
    assert (state.phase, state.session is not None) == (Phase.SAFE_PLACE, True)
    reader = Reader.open(path)
    (open_,) = reader.open_sessions()
    kept = [e.data.suds for e in reader.entries(open_.session) if isinstance(e.data, Rating)]
    assert kept == [40]
    assert verify(path).ok
    name = how if isinstance(how, str) else how.name
    told = f"{name}: ended after {took_s:.2f} s, {hold:.2f} s, {safe:.2f} s ({GRACE_S:g} s)"
    record_property("measured", told)


def stopped_by_f12(terminal: Live, watcher: Client) -> float:
    """Press the key; gives the seconds until the patient's side has stopped."""
    began = time.monotonic()
    terminal.type(b"\x1b[24~")

    def stopped() -> bool:
        terminal.read(0.0)
        return watcher.state().phase is Phase.STOPPED

    eventually(stopped, "the stop")
    return time.monotonic() - began


def seen_at_full_size(terminal: Live) -> None:
    terminal.forget()
    terminal.resize(80, 24)
    terminal.until("It has stopped.")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM


@pytest.mark.terminal
@pytest.mark.fault("F19")
@pytest.mark.parametrize("size", [(40, 12), (20, 6)], ids=str)
def test_a_terminal_made_too_small_says_what_it_lacks_and_stop_acts_while_it_is_small(
    by_clock: RuntimeProcess,
    connect: Connect,
    tmp_path: Path,
    record_property: Measured,
    size: tuple[int, int],
) -> None:
    watcher = connect(by_clock, "second")
    with live(by_clock, tmp_path / "record.db") as terminal:
        terminal.until("EXPOSURE")
        terminal.forget()
        terminal.resize(*size)
        terminal.until("Needs 60x20")
        assert watcher.state().phase is Phase.EXPOSURE
        took_s = stopped_by_f12(terminal, watcher)
        seen_at_full_size(terminal)
    record_property("measured", f"{size[0]}x{size[1]}: stop {took_s:.2f} s")


@pytest.mark.terminal
@pytest.mark.fault("F19")
@pytest.mark.parametrize("size", [(1, 1), (5, 2)], ids=str)
def test_in_a_terminal_that_never_was_large_enough_for_a_word_stop_acts(
    by_clock: RuntimeProcess,
    connect: Connect,
    tmp_path: Path,
    record_property: Measured,
    size: tuple[int, int],
) -> None:
    watcher = connect(by_clock, "second")
    with live(by_clock, tmp_path / "record.db", size) as terminal:
        eventually(lambda: terminal.reads("\x1b[?2004h"), "the console to take the terminal")
        took_s = stopped_by_f12(terminal, watcher)
        seen_at_full_size(terminal)
    record_property("measured", f"{size[0]}x{size[1]}: stop {took_s:.2f} s")
