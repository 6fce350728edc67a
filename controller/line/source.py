"""Owns where typed lines come from: a terminal, a pipe, a file; it understands none of them.

A terminal and a pipe are read as soon as something is there, by a thread, so that a stop is heard
while something else is under way. A file is read line by line, each when the one before is worked
off: whoever wrote it meant an order.
"""

from __future__ import annotations

import asyncio
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

LONGEST = 16_384
"""Bytes of a line; what goes beyond is cut off, and that is said."""


@dataclass(frozen=True)
class Line:
    """One line as it came."""

    text: str
    """Without its end; bytes that are no text are lone surrogates."""
    too_long: bool = False


class Lines:
    """Cuts bytes into lines, whatever their ends; holds at most one line back."""

    def __init__(self) -> None:
        self._held = b""
        self._cut = False
        self._after_return = False

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """The lines that are whole by now."""
        # A line end of two bytes is one, also where it comes in two pieces.
        if self._after_return and chunk.startswith(b"\n"):
            chunk = chunk[1:]
        self._after_return = chunk.endswith(b"\r") if chunk else False
        *whole, last = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for body in whole:
            self._hold(body)
            yield self._take()
        self._hold(last)

    def rest(self) -> Iterator[Line]:
        """What came last and has no end."""
        if self._held:
            yield self._take()

    def _hold(self, body: bytes) -> None:
        self._held += body
        if len(self._held) > LONGEST:
            self._held, self._cut = self._held[:LONGEST], True

    def _take(self) -> Line:
        line = Line(self._held.decode("utf-8", "surrogateescape"), self._cut)
        self._held, self._cut = b"", False
        return line


def is_file(descriptor: int) -> bool:
    """Whether lines there are read in their order, and none before it is wanted."""
    try:
        return stat.S_ISREG(os.fstat(descriptor).st_mode)
    except OSError:
        return False


def listen(descriptor: int, heard: Callable[[Line], None], ended: Callable[[], None]) -> None:
    """Read in a thread of its own; both are called in the loop that runs now."""
    loop = asyncio.get_running_loop()

    def tell(call: Callable[[], None]) -> bool:
        # The loop may have ended while this waited for a line.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(call)
            return True
        return False

    def read() -> None:
        lines = Lines()
        while True:
            try:
                chunk = os.read(descriptor, 65_536)
            except OSError:
                chunk = b""
            found = list(lines.feed(chunk) if chunk else lines.rest())
            for line in found:
                if not tell(lambda line=line: heard(line)):  # type: ignore[misc]
                    return
            if not chunk:
                tell(ended)
                return

    threading.Thread(target=read, name="lines in", daemon=True).start()


def in_order(descriptor: int) -> Iterator[Line]:
    """The lines of a file, one at a time."""
    lines = Lines()
    with os.fdopen(os.dup(descriptor), "rb") as file:
        for chunk in iter(lambda: file.readline(LONGEST + 2), b""):
            yield from lines.feed(chunk)
    yield from lines.rest()


class Echo:
    """Whether a terminal shows what is typed; does nothing where there is none."""

    def __init__(self, descriptor: int | None) -> None:
        """`descriptor` is the keyboard's; None where nobody types."""
        self._descriptor = descriptor
        self._before: list[object] | None = None

    def hide(self, hidden: bool) -> bool:
        """Hide what is typed from now on, or show it again; False where it cannot be hidden."""
        if self._descriptor is None:
            return False
        try:
            import termios
        except ImportError:
            return False
        try:
            now = termios.tcgetattr(self._descriptor)
            if hidden and self._before is None:
                self._before = list(now)
                now[3] = now[3] & ~termios.ECHO
                termios.tcsetattr(self._descriptor, termios.TCSANOW, now)
            elif not hidden and self._before is not None:
                before, self._before = self._before, None
                termios.tcsetattr(self._descriptor, termios.TCSANOW, before)  # type: ignore[arg-type]
        except (termios.error, OSError):
            return False
        return True
