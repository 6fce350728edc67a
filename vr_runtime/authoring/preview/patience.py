"""Owns how long a call may take before it is given up; knows nothing of what is called.

It is for code that swallows every interruption: what it does then is the caller's to say, from
another thread, and usually the end of the process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE_S = 20.0
"""Twice what the engine grants a call where nobody waits: what then goes on, will not end."""


class Patience:
    """Waits for one call at a time."""

    def __init__(self, give_up: Callable[[], None], seconds: float = PATIENCE_S) -> None:
        """`give_up` is called where a call has taken so many seconds of wall time."""
        self._give_up = give_up
        self._seconds = seconds

    @contextmanager
    def over(self) -> Iterator[None]:
        """Over what is done inside."""
        waiting = threading.Timer(self._seconds, self._give_up)
        waiting.daemon = True
        waiting.start()
        try:
            yield
        finally:
            waiting.cancel()
