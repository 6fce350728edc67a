"""Owns the stop keys in the terminal where the runtime was started by hand; knows no session.

Where there is no window there is no other key at this machine. It reads only while the runtime is
in the foreground of a terminal, so that a shell keeps its keys.
"""

from __future__ import annotations

import os
import re
import select
import sys
from contextlib import suppress

from vr_runtime.display.leave import StopKeys

ESCAPE, F12 = b"\x1b", b"\x1b[24~"
_KEYS = re.compile(rb"\x1b\[24~|\x1b\[[0-9;]*[@-~]|\x1bO.|\x1b|.", re.DOTALL)
AT_ONCE = 256


class KeyReader:
    """Turns what a terminal sends into stops; a sequence may come in two parts."""

    def __init__(self) -> None:
        self._stop = StopKeys()
        self._open = b""

    def feed(self, sent: bytes, now_s: float) -> bool:
        """Whether these bytes, read at `now_s`, contain a stop: F12, or Esc twice."""
        if self._open and sent.startswith(b"["):
            sent = self._open + sent
        stopped = False
        for key in _KEYS.findall(sent):
            name = "f12" if key == F12 else "escape" if key == ESCAPE else "another"
            stopped = self._stop.press(name, now_s) or stopped
        self._open = ESCAPE if sent.endswith(ESCAPE) else b""
        return stopped


class TerminalKeys:
    """The keyboard of one terminal, read key by key without waiting."""

    def __init__(self, fd: int) -> None:
        """Take the terminal `fd`, which is in the foreground. Raises `OSError`."""
        import termios
        import tty

        self._fd = fd
        self._reader = KeyReader()
        try:
            self._before = termios.tcgetattr(fd)
            # One that was killed here could not give it back: lines and echo come back in any case.
            self._before[3] |= termios.ICANON | termios.ECHO
            # What was typed while the runtime before this one hung is kept: it may be a stop.
            tty.setcbreak(fd, termios.TCSANOW)
        except termios.error as error:
            raise OSError(str(error)) from error

    @classmethod
    def at_hand(cls) -> TerminalKeys | None:
        """The terminal this process was started in, or None where there is none to read."""
        if sys.platform == "win32":
            return None
        with suppress(OSError, ValueError):
            fd = sys.stdin.fileno()
            if _ours(fd):
                return cls(fd)
        return None

    def stopped(self, now_s: float) -> bool:
        """Whether a stop was pressed since the last call. Never waits."""
        if not _ours(self._fd) or not select.select([self._fd], [], [], 0.0)[0]:
            return False
        try:
            sent = os.read(self._fd, AT_ONCE)
        except OSError:
            return False
        return self._reader.feed(sent, now_s)

    def close(self) -> None:
        """Give the terminal back as it was."""
        import termios

        if _ours(self._fd):
            with suppress(termios.error):
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)


def _ours(fd: int) -> bool:
    """Whether this process may read the terminal: from the background it would be halted."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return False
