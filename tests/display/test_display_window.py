"""The patient's window: it takes no keyboard by itself, and its controls leave and stop."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.render

NEEDED = ("Xvfb", "openbox", "xdotool", "xev", "xprop")


class Desk:
    """A screen of its own with a window manager and another window that has the keyboard."""

    def __init__(self, display: str) -> None:
        self.environment = {**os.environ, "DISPLAY": display}
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, *command: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.processes.append(process)
        return process

    def ask(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def until(self, *command: str, says: str) -> None:
        deadline = time.monotonic() + 20
        while says not in self.ask(*command):
            gone = [p.args for p in self.processes if p.poll() is not None]
            assert time.monotonic() < deadline, f"{command} never said {says}; ended: {gone}"

    def keyboard_at(self) -> str:
        return self.ask("xdotool", "getwindowfocus", "getwindowname")


class Told:
    """The lines a window process says, awaited one by one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.process = process
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def await_line(self, beginning: str) -> str:
        seen = []
        while True:
            try:
                line = self.lines.get(timeout=20)
            except queue.Empty:
                raise AssertionError(f"never said {beginning!r}, only {seen}") from None
            if line.startswith(beginning):
                return line
            seen.append(line)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    assert not missing, f"install {', '.join(missing)} to test the patient's window"
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "1024x600x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as numbers:
        desk = Desk(":" + numbers.readline().strip())
    try:
        desk.start("openbox")
        # Set last of all: a window mapped before it may be lost to a manager that is starting.
        desk.until("xprop", "-root", "_NET_SUPPORTING_WM_CHECK", says="window id")
        desk.until("xprop", "-root", "_NET_CLIENT_LIST", says="window id")
        desk.start("xev", "-geometry", "200x100+700+400")
        other = ("xdotool", "search", "--onlyvisible", "--name", "Event Tester")
        desk.until(*other, "windowfocus", "getwindowfocus", "getwindowname", says="Event Tester")
        yield desk
    finally:
        for process in [*reversed(desk.processes), server]:
            process.terminate()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def open_window(desk: Desk, *arguments: str) -> Told:
    script = Path(__file__).parent / "windowed.py"
    return Told(desk.start(sys.executable, str(script), *arguments))


def pointer_into(desk: Desk) -> None:
    desk.ask("xdotool", "mousemove", "--window", patients(desk), "160", "90")


def patients(desk: Desk) -> str:
    """The number of the patient's window, once it is on the screen."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = desk.ask("xdotool", "search", "--onlyvisible", "--name", "^Palier$").split()
        if found:
            return found[0]
    raise AssertionError("the patient's window never appeared")


def focus(desk: Desk) -> None:
    """Click into the window until it has the keyboard, as someone does who wants to type there."""
    pointer_into(desk)
    desk.until("xdotool", "click", "1", "getwindowfocus", "getwindowname", says="Palier")


def close(desk: Desk) -> None:
    """Ask for the end of the window that has the keyboard, as the cross in its bar does."""
    desk.ask("xdotool", "key", "alt+F4")


def test_the_window_takes_no_keyboard_and_its_mouse_leaves_and_looks(desk):
    told = open_window(desk, "here")
    told.await_line("OPEN")
    assert told.await_line("FOCUS") == "FOCUS no"
    assert desk.keyboard_at() == "Event Tester"
    pointer_into(desk)
    desk.ask("xdotool", "key", "F12")
    desk.ask("xdotool", "mousedown", "1")
    told.await_line("HOLDS")
    desk.ask("xdotool", "mousemove_relative", "--sync", "60", "0")
    # Looking is by the patient's own hand, the world follows it; F12 went to the other window.
    assert told.await_line("TURNED") == "TURNED left"
    desk.ask("xdotool", "mouseup", "1")
    desk.ask("xdotool", "click", "3")
    assert told.await_line("TOLD") == "TOLD patient_left"
    desk.ask("xdotool", "click", "3")
    assert told.await_line("TOLD") == "TOLD patient_stopped"
    # Who clicks into it gives it the keyboard: there its stop keys work, and Space does nothing.
    focus(desk)
    told.await_line("FOCUS yes")
    desk.ask("xdotool", "key", "space")
    desk.ask("xdotool", "key", "Escape", "key", "Escape")
    assert told.await_line("TOLD") == "TOLD runtime_key_stop"
    desk.ask("xdotool", "key", "F12")
    assert told.await_line("TOLD") == "TOLD runtime_key_stop"
    close(desk)
    assert told.await_line("TOLD") == "TOLD window_closed"
    assert told.process.wait(timeout=20) == 0


def test_with_the_console_elsewhere_the_keyboard_and_space_are_the_patients(desk):
    told = open_window(desk, "elsewhere")
    told.await_line("OPEN")
    told.await_line("FOCUS yes")
    pointer_into(desk)
    desk.ask("xdotool", "key", "space")
    assert told.await_line("TOLD") == "TOLD patient_left"
    close(desk)
    assert told.await_line("TOLD") == "TOLD window_closed"


def test_a_monitor_is_filled_and_a_missing_one_is_told(desk):
    told = open_window(desk, "here", "0")
    assert told.await_line("OPEN") == "OPEN 1024 600"
    focus(desk)
    close(desk)
    told.await_line("TOLD window_closed")
    refused = open_window(desk, "here", "7").await_line("REFUSED")
    assert (
        refused == "REFUSED There is no monitor 7 here (1 found): choose a number counted from 0."
    )
