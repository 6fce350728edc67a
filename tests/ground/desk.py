"""A screen of its own for the patient's window, and hands and eyes before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image, ImageGrab

NEEDED = ("Xvfb", "openbox", "xdotool", "xev", "xprop")


class Desk:
    """A screen of its own with a window manager and another window that has the keyboard."""

    def __init__(self, display: str) -> None:
        self.environment = {**os.environ, "DISPLAY": display}
        self.processes: list[subprocess.Popen[str]] = []
        self.meanwhile: Callable[[], None] = lambda: None
        """Called with everything that is asked: a console must not fall silent."""

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
        self.meanwhile()
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def until(self, *command: str, says: str) -> None:
        deadline = time.monotonic() + 20
        while says not in self.ask(*command):
            gone = [p.args for p in self.processes if p.poll() is not None]
            assert time.monotonic() < deadline, f"{command} never said {says}; ended: {gone}"

    def picture(self) -> Image.Image:
        """What is on the screen now, as whoever sits before it sees it."""
        return ImageGrab.grab(xdisplay=self.environment["DISPLAY"]).convert("RGB")

    def keyboard_at(self) -> str:
        return self.ask("xdotool", "getwindowfocus", "getwindowname")


@contextmanager
def desk_of(size: tuple[int, int]) -> Iterator[Desk]:
    """A screen of so many pixels; another window has the keyboard."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    assert not missing, f"install {', '.join(missing)} to test the patient's window"
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", f"{size[0]}x{size[1]}x24"],
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
        desk.start("xev", "-geometry", "200x100-20-20")
        other = ("xdotool", "search", "--onlyvisible", "--name", "Event Tester")
        desk.until(*other, "windowfocus", "getwindowfocus", "getwindowname", says="Event Tester")
        yield desk
    finally:
        for process in [*reversed(desk.processes), server]:
            process.terminate()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


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
