"""Owns what the runtime's server needs of its sockets; opens none."""

from __future__ import annotations

from typing import Protocol

from vr_runtime.wire.reading import Incoming


class Sockets(Protocol):
    """What the server needs of the runtime's sockets."""

    def receive(self) -> list[Incoming]:
        """All messages that wait now."""
        ...

    def answer(self, route: bytes, *parts: bytes) -> None:
        """Send to one console."""
        ...

    def publish(self, *parts: bytes) -> None:
        """Send to everyone who listens."""
        ...

    def readmit(self) -> None:
        """Admit anew all who listen."""
        ...

    def watch_arrivals(self) -> None:
        """From now on tell of each message since when it could have been read."""
        ...
