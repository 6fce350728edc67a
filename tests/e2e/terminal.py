"""A real terminal for tests: tmux types keys and reads the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE_S = 40.0


class Terminal:
    """One terminal with one program in it."""

    def __init__(self, socket: str) -> None:
        self._socket = socket

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, *arguments], capture_output=True, text=True, check=False
        )
        return done.stdout

    def keys(self, *keys: str) -> None:
        """Press keys, by tmux's names."""
        self._tmux("send-keys", "-t", "p", *keys)

    def text(self, text: str) -> None:
        """Type a text."""
        self._tmux("send-keys", "-t", "p", "-l", text)

    def screen(self) -> str:
        """What the terminal shows."""
        return self._tmux("capture-pane", "-t", "p", "-p")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self._tmux("resize-window", "-t", "p", "-x", str(columns), "-y", str(rows))

    def shows(self, *texts: str, within_s: float = PATIENCE_S) -> str:
        """Wait until all of these are on the screen; gives the screen."""
        return self._wait(lambda screen: all(text in screen for text in texts), texts, within_s)

    def shows_one_of(self, *texts: str) -> str:
        """Wait until one of these is on the screen; gives the screen."""
        return self._wait(lambda screen: any(text in screen for text in texts), texts, PATIENCE_S)

    def loses(self, text: str) -> None:
        """Wait until this is on the screen no more."""
        self._wait(lambda screen: text not in screen, (f"no {text!r}",), PATIENCE_S)

    def _wait(self, holds: Callable[[str], bool], texts: tuple[str, ...], within_s: float) -> str:
        until = time.monotonic() + within_s
        while not holds(screen := self.screen()):
            assert time.monotonic() < until, f"waited for {texts}; the screen shows:\n{screen}"
        return screen


@contextmanager
def palier_in_terminal(
    home: Path, *arguments: str, columns: int = 80, rows: int = 24
) -> Iterator[Terminal]:
    """Run `palier` in a terminal with an empty home; the shell stays when it ends."""
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is missing; install the package tmux")
        pytest.skip("tmux is not installed")
    socket = f"palier-{uuid.uuid4().hex[:8]}"
    home.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "HOME": str(home),
        "PALIER_LANG": "en",
        "XDG_DATA_HOME": str(home / "data"),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }
    command = " ".join([sys.executable, "-m", "controller", *arguments])
    shell = f"{command}; echo LEFT WITH $?; exec cat"
    size = ["-x", str(columns), "-y", str(rows)]
    subprocess.run(
        ["tmux", "-L", socket, "-f", "/dev/null", "new-session", "-d", "-s", "p", *size, shell],
        env=environment,
        check=True,
    )
    try:
        yield Terminal(socket)
    finally:
        subprocess.run(["tmux", "-L", socket, "kill-server"], check=False)
