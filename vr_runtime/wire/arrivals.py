"""Owns since when something has lain unread at a socket, for measuring alone; it reads nothing.

A loop stamps what it reads when it comes to reading. How long it was busy with something else is
seen only by looking from beside it. It knows no message and no library: only a descriptor.
"""

from __future__ import annotations

import selectors
import threading
import time
from collections.abc import Callable

LOOK_AGAIN_S = 0.1
"""Within so long the thread sees that it is to end."""


class Arrivals:
    """Looks at one descriptor from a thread of its own; who reads asks before, and says so after.

    What is told is never too late by more than the interpreter takes to change threads, 5 ms. It
    may be too early: all that lies unread together has the time of the first, and a socket may
    have something else to do than to be read. Who knows when a message was sent takes the later.
    """

    def __init__(self, descriptor: int, now_ns: Callable[[], int] = time.monotonic_ns) -> None:
        """Watch this descriptor until closed; `now_ns` is called in the thread."""
        self._now_ns = now_ns
        self._lock = threading.Lock()
        self._since: int | None = None
        self._reading = 0
        """How often it was read: what was seen before is of no meaning after."""
        self._read = threading.Event()
        self._ended = False
        self._selector = selectors.DefaultSelector()
        self._selector.register(descriptor, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._look, name="arrivals", daemon=True)
        self._thread.start()

    def since(self) -> int | None:
        """Since when something waits to be read, or None when nothing was seen."""
        return self._since

    def read(self) -> None:
        """All that was there has been read; what comes now is looked at anew."""
        with self._lock:
            self._since = None
            self._reading += 1
        self._read.set()

    def _look(self) -> None:
        while not self._ended:
            reading = self._reading
            if not self._selector.select(LOOK_AGAIN_S):
                continue
            came = self._now_ns()
            with self._lock:
                if reading != self._reading:
                    # Read meanwhile: whether something waits now is looked at anew.
                    continue
                self._since = came
                self._read.clear()
            # Until it is read the descriptor tells nothing new.
            while not self._ended and not self._read.wait(LOOK_AGAIN_S):
                pass

    def close(self) -> None:
        """End the thread; to be called before the descriptor is closed."""
        self._ended = True
        self._read.set()
        self._thread.join()
        self._selector.close()
