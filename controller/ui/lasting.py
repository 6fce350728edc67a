"""Owns the terminal as it really is: that it may go away, and what its size is.

The toolkit writes from a thread of its own. That thread would end with the first write that fails,
and the console would wait for ever for the next one to be taken: without a heartbeat, without an
end, and with the record still locked for whoever starts anew.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any, TextIO, cast

from textual.driver import Driver

NAMED = "\x1b[22;2t\x1b]2;Palier\x07"
"""Keeps the title the terminal had, then gives it this one: never a patient's or anybody's name."""
NAMED_AGAIN = "\x1b[23;2t"
"""The title from before."""
KEYS_AS_BEFORE = "\x1b[<u"
"""The way to tell keys from before, in terminals that have several."""
UNNAMED = frozenset({"", "dumb", "linux"})
"""Terminals without a title, which would show these signs."""


class Lasting:
    """A terminal's file. Once a write has failed, what is written is let fall."""

    def __init__(self, file: TextIO, on_gone: Callable[[], object]) -> None:
        """`on_gone` is called once, from the thread whose write failed."""
        self._file, self._on_gone, self._gone = file, on_gone, False

    def write(self, text: str) -> int:
        """Write, or let it fall."""
        self._try(lambda: self._file.write(text))
        return len(text)

    def flush(self) -> None:
        """Flush, or let it be."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """The terminal's number, for its size and its modes."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it was a terminal when it was there."""
        return self._file.isatty()

    def _try(self, act: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            act()
        except (OSError, ValueError):
            self._gone = True
            self._on_gone()


def lasting(driver: type[Driver], on_gone: Callable[[], object]) -> type[Driver]:
    """The toolkit's driver for this system, writing to a file that lasts.

    It names the terminal while the console has it, and tells the size that it has now. The toolkit
    hears of sizes by signals, and where a second one comes while the first is being heard, the
    older size is told last and stays.

    When the process is told to go on, it takes the terminal once. The toolkit would begin to read a
    second time beside what reads already, as a system tells whoever hangs up to go on too, and
    the thread that is forgotten so would keep the console from ever ending.
    """

    def __init__(self: Any, *arguments: Any, **named: Any) -> None:
        driver.__init__(self, *arguments, **named)
        self._file = Lasting(self._file, on_gone)
        self._has_terminal = False

    def terminal_size(self: Any) -> tuple[int, int]:
        columns, rows = self._get_terminal_size()
        return columns, rows

    def start_application_mode(self: Any) -> None:
        driver.start_application_mode(self)
        self._has_terminal = True
        if os.environ.get("TERM", "") not in UNNAMED:
            self._file.write(NAMED)

    def stop_application_mode(self: Any) -> None:
        self._has_terminal = False
        driver.stop_application_mode(self)
        if os.environ.get("TERM", "") not in UNNAMED:
            self._file.write(NAMED_AGAIN)

    went_on = getattr(driver, "_sigcont_application", None)

    def begin_again(self: Any) -> None:
        if not self._has_terminal:
            return
        # What was typed meanwhile stays to be read: a stop may be among it.
        modes, reader = self.attrs_before, self._key_thread
        if reader is not None:
            self.exit_event.set()
            reader.join()
            self.exit_event.clear()
        # The terminal keeps one above the other what it is told of keys and of its title: what is
        # told again now takes the place of the first, as the end takes back one of each.
        self.write(KEYS_AS_BEFORE)
        if os.environ.get("TERM", "") not in UNNAMED:
            self.write(NAMED_AGAIN)
        self.close()
        self.start_application_mode()
        self.attrs_before = modes

    def goes_on(self: Any, *told: object) -> None:
        if went_on is not None and self._must_signal_resume:
            went_on(self, *told)
        elif self._has_terminal:
            # Not in the handler: it may stand in the middle of what is being written.
            asyncio.get_running_loop().call_soon_threadsafe(begin_again, self)

    added: dict[str, object] = {
        "__init__": __init__,
        "start_application_mode": start_application_mode,
        "stop_application_mode": stop_application_mode,
    }
    if went_on is not None:
        added["_sigcont_application"] = goes_on
    if hasattr(driver, "_get_terminal_size"):
        added["terminal_size"] = terminal_size
    return cast("type[Driver]", type(driver.__name__, (driver,), added))
