"""A real terminal for tests: tmux types keys and reads the screen."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PATIENCE_S = 40.0


class Terminal:
    """One terminal with one program in it."""

    def __init__(self, socket: str, told: int) -> None:
        """`told` is a pipe that gets whatever the program writes."""
        self._socket, self._told = socket, told

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

    def title(self) -> str:
        """The terminal's title."""
        return self._tmux("display-message", "-t", "p", "-p", "#{pane_title}").strip()

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self._tmux("resize-window", "-t", "p", "-x", str(columns), "-y", str(rows))

    def processes(self) -> list[int]:
        """What runs in the terminal now, each as a file that can be waited on."""
        shell = self._tmux("display-message", "-t", "p", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=False)
        return [os.pidfd_open(int(pid)) for pid in found.stdout.split()]

    def shows(self, *texts: str, within_s: float = PATIENCE_S) -> str:
        """Wait until all of these are on the screen; gives the screen."""
        return self._wait(lambda screen: all(text in screen for text in texts), texts, within_s)

    def shows_one_of(self, *texts: str) -> str:
        """Wait until one of these is on the screen; gives the screen."""
        return self._wait(lambda screen: any(text in screen for text in texts), texts, PATIENCE_S)

    def comes(self, text: str, within_s: float) -> bool:
        """Whether this comes on the screen in time."""
        try:
            self.shows(text, within_s=within_s)
        except AssertionError:
            return False
        return True

    def loses(self, text: str) -> None:
        """Wait until this is on the screen no more."""
        self._wait(lambda screen: text not in screen, (f"no {text!r}",), PATIENCE_S)

    def _wait(self, holds: Callable[[str], bool], texts: tuple[str, ...], within_s: float) -> str:
        until = time.monotonic() + within_s
        while not holds(screen := self.screen()):
            left = until - time.monotonic()
            assert left > 0, f"waited for {texts}; the screen shows:\n{screen}"
            # Looked at again when the program has written: looking costs it the processor. What
            # it wrote reaches this pipe before the screen, so no look is the last one for long.
            if select.select([self._told], [], [], min(left, 0.5))[0]:
                os.read(self._told, 1 << 16)
        return screen


@contextmanager
def palier_in_terminal(
    home: Path, *arguments: str, columns: int = 80, rows: int = 24, runtime_stays: bool = False
) -> Iterator[Terminal]:
    """Run `palier` in a terminal; the shell stays when it ends.

    With a session open the runtime stays with its patient, and does so for a next console here
    only with `runtime_stays`: it would stay through other tests.
    """
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
    pipe = home / f"{socket}.told"
    os.mkfifo(pipe)
    told = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    subprocess.run(
        ["tmux", "-L", socket, "pipe-pane", "-t", "p", f"exec cat >'{pipe}'"], check=True
    )
    terminal = Terminal(socket, told)
    try:
        yield terminal
        consoles = terminal.processes()
        subprocess.run(["tmux", "-L", socket, "kill-server"], check=True)
        for console in consoles:
            # A console without a terminal would keep the record locked for the next one.
            assert select.select([console], [], [], PATIENCE_S)[0], "it outlived its terminal"
            os.close(console)
    finally:
        subprocess.run(["tmux", "-L", socket, "kill-server"], check=False, capture_output=True)
        os.close(told)
        for announced in () if runtime_stays else home.rglob("runtime.json"):
            with suppress(ProcessLookupError):
                os.killpg(json.loads(announced.read_text())["pid"], signal.SIGKILL)
