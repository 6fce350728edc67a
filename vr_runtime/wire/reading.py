"""Owns how much is read off the runtime's socket at a time, and what a message is once it is read.

It decodes nothing. Whoever sends without end costs a picture no more than a fixed share of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import zmq

from vr_runtime.wire.version import MAX_MESSAGE_BYTES

READ_FOR_S = 0.005
"""No further message is begun after this: half a picture at 90 a second."""
READ_BYTES = 1_000_000
"""No further message is begun after so many bytes were copied."""
LONGEST_FRAME = MAX_MESSAGE_BYTES + 8192
"""What is a little too large is answered with a reason; beyond this the line is cut unread. Its
encryption counts."""
PARTS = 2
"""No message has more: what it is, and its body or name. One more is kept to see it by."""


@dataclass(frozen=True)
class Incoming:
    """One raw message that reached the runtime."""

    route: bytes
    """Where an answer goes."""
    key: str
    """Public key of the sender, proven by CURVE."""
    parts: tuple[bytes, ...]
    """Without the bytes of one that is too large: empty instead, and never copied."""
    came_ns: int | None = None
    """Since when it could have been read, where arrivals are watched; may be too early."""
    too_large: bool = False
    """Whether one of its parts was larger than a message may be."""

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return sum(len(part) for part in self.parts)


def _proven(frame: Any) -> str:
    return str(frame.get("User-Id"))


class Reading:
    """Reads one socket, a share of a picture at a time."""

    def __init__(
        self,
        socket: zmq.Socket[bytes],
        now: Callable[[], float] = time.monotonic,
        key_of: Callable[[Any], str] = _proven,
    ) -> None:
        """Read this ROUTER, which nobody else reads; `key_of` tells whose a frame is."""
        self._socket = socket
        self._now = now
        self._key_of = key_of
        self._head: zmq.Frame | None = None
        """Route of a message whose parts were not all read the last time."""
        self._parts: list[bytes] = []
        self._too_large = False
        self.dry = True
        """Whether the last reading left nothing behind."""

    def read(self, came_ns: int | None) -> list[Incoming]:
        """What waits, at most for 5 ms or 1 MB, at least one part; the rest stays there.

        The library gives one message of each connection in turn, so that a message alone on its
        connection comes early however much waits on others.
        """
        found: list[Incoming] = []
        until, copied = self._now() + READ_FOR_S, 0
        self.dry = False
        # While messages come one after another the library looks only at each hundredth whether
        # another connection has something as well; asked for this, it looks now.
        self._socket.getsockopt(zmq.EVENTS)
        while True:
            try:
                frame: Any = self._socket.recv(zmq.NOBLOCK, copy=False)
            except zmq.Again:
                self.dry = True
                return found
            copied += self._add(frame)
            if not frame.more:
                found.append(self._whole(came_ns))
            if copied > READ_BYTES or self._now() > until:
                return found

    def _add(self, frame: Any) -> int:
        """One more part of a message; gives the bytes that were copied."""
        if self._head is None:
            self._head = frame
            return 0
        if len(self._parts) > PARTS:
            # A message may have parts without end: they are passed over as they come.
            return 0
        if len(frame) > MAX_MESSAGE_BYTES:
            self._too_large = True
            self._parts.append(b"")
            return 0
        self._parts.append(bytes(frame.buffer))
        return len(frame)

    def _whole(self, came_ns: int | None) -> Incoming:
        head: Any = self._head
        whole = Incoming(
            route=bytes(head.buffer),
            key=self._key_of(head),
            parts=tuple(self._parts),
            came_ns=came_ns,
            too_large=self._too_large,
        )
        self._head, self._parts, self._too_large = None, [], False
        return whole
