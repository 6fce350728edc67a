"""Owns the modes of the terminal a runtime was started in: kept before it, given back after it.

A runtime without a window reads its terminal key by key. One that is killed cannot give it back,
and whoever types there next would see nothing of it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any


class TerminalModes:
    """The modes of standard input's terminal, as they are when this is made."""

    def __init__(self) -> None:
        """Keep them; where there is no terminal there is nothing to keep."""
        self._kept: list[Any] | None = None
        if sys.platform == "win32":
            return
        import termios

        with suppress(termios.error, OSError, ValueError):
            self._fd = sys.stdin.fileno()
            self._kept = termios.tcgetattr(self._fd)

    def give_back(self) -> None:
        """Put them back; not from the background, where the terminal is another's."""
        if self._kept is None or sys.platform == "win32":
            return
        import termios

        with suppress(termios.error, OSError):
            if os.tcgetpgrp(self._fd) == os.getpgrp():
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._kept)
