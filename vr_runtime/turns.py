"""Owns who is heard next of all that wait to be decoded; decodes nothing and knows no socket.

Each key has a queue of its own: whoever sends without end fills its own, and costs the others no
message. The key that leads has every second turn, so that its heartbeat is never late by others.
"""

from __future__ import annotations

from collections import deque

from vr_runtime.wire.reading import Incoming

MESSAGES_AT_MOST = 1000
BYTES_AT_MOST = 1_000_000
"""What may wait of one key. Beyond it the oldest goes: its sender repeats what it gets no answer
to."""


class _Queue:
    """What waits of one key, each with whether a stop has overtaken it."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Incoming, bool]] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, message: Incoming, *, overtaken: bool) -> None:
        """One more, for which the oldest may have to go."""
        self._waiting.append((message, overtaken))
        self._bytes += message.size
        while len(self._waiting) > MESSAGES_AT_MOST or self._bytes > BYTES_AT_MOST:
            self.take()

    def take(self) -> tuple[Incoming, bool]:
        """The oldest."""
        message, overtaken = self._waiting.popleft()
        self._bytes -= message.size
        return message, overtaken

    def overtake(self) -> None:
        """A stop has overtaken all of it."""
        self._waiting = deque((message, True) for message, _ in self._waiting)


class Turns:
    """What came in and is not yet decoded."""

    def __init__(self) -> None:
        self._queues: dict[str, _Queue] = {}
        """By key, in the order in which they are served."""
        self._led = False
        """Whether the last turn was that of the key that leads."""

    def put(self, message: Incoming, *, overtaken: bool) -> None:
        """One more message waits."""
        self._queues.setdefault(message.key, _Queue()).put(message, overtaken=overtaken)

    def overtake(self) -> None:
        """A stop has overtaken all that waits."""
        for queue in self._queues.values():
            queue.overtake()

    def take(self, leads: str | None) -> tuple[Incoming, bool] | None:
        """The next one, with whether a stop has overtaken it; None when nothing waits.

        Args:
            leads: the key in control, which has every second turn; None for nobody.
        """
        others = (key for key in self._queues if key != leads)
        waits = leads in self._queues
        chosen = leads if waits and not self._led else next(others, leads if waits else None)
        if chosen is None:
            return None
        self._led = chosen == leads
        queue = self._queues.pop(chosen)
        taken = queue.take()
        if len(queue):
            # Behind all others that wait.
            self._queues[chosen] = queue
        return taken
