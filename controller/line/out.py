"""Owns how sentences leave the plain console: one on a line, readable aloud, never in its way.

A terminal that takes nothing more, held by Ctrl+S or a slow line, must not keep a stop from being
heard: lines are written by a thread of their own. For how long nothing was taken can be asked.
"""

from __future__ import annotations

import queue
import threading
import time
import unicodedata
from collections.abc import Callable
from typing import Protocol, TextIO

from controller import typed

PATIENCE_S = 2.0
"""So long the end of the console waits for its last lines to be taken."""
_SPOKEN = {
    "\u00b7": ",",  # between facts that stand side by side on a screen
    "\u2026": "...",
    "\u2212": "-",
    "\u00d7": "x",
    "\u2265": ">=",
    "\u2264": "<=",
    "\u25cb": "-",
    "`": '"',  # round a command that is to be typed elsewhere
}
"""Signs that are put in others, which every reader speaks and every terminal shows."""
_DRAWN = frozenset({"So", "Sm", "Sk", "Co", "Cf"})
"""Categories of Unicode whose signs are drawn, or are for the terminal alone."""
_KEPT = frozenset("\u00b0\u00b1+<=>|~%")


def readable(text: str) -> str:
    """A sentence on one line, without any sign that is drawn and not read."""
    told = "".join(_SPOKEN.get(sign, sign) for sign in text)
    kept = (
        sign if sign in _KEPT or unicodedata.category(sign) not in _DRAWN else " " for sign in told
    )
    return typed.line("".join(kept)).replace(" ,", ",")


class Out(Protocol):
    """Where sentences go."""

    def say(self, text: str) -> None:
        """Put one sentence on a line of its own; returns at once."""
        ...

    @property
    def stuck_s(self) -> float:
        """For how many seconds a line has waited to be taken; 0 while none does."""
        ...

    @property
    def gone(self) -> bool:
        """Whether nobody will read any further line."""
        ...


class Written:
    """Lines to a stream, each as soon as it takes them."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._began: float | None = None
        self.gone = False
        self._thread = threading.Thread(target=self._write, name="lines out", daemon=True)
        self._thread.start()

    def say(self, text: str) -> None:
        """Put one sentence on a line of its own; returns at once."""
        self._lines.put(readable(text))

    @property
    def stuck_s(self) -> float:
        """For how many seconds the line that is being written has waited."""
        began = self._began
        return 0.0 if began is None else self._clock() - began

    def close(self) -> None:
        """Wait for the last lines, not without end."""
        self._lines.put(None)
        self._thread.join(PATIENCE_S)

    def _write(self) -> None:
        while (text := self._lines.get()) is not None:
            self._began = self._clock()
            try:
                self._stream.write(f"{text}\n")
                self._stream.flush()
            except (OSError, ValueError):
                self.gone = True
                return
            finally:
                self._began = None
