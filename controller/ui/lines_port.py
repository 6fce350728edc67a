"""Owns what the console needs of whoever plays recorded lines."""

from __future__ import annotations

from typing import Protocol

from controller.recorded.model import RecordedLine
from controller.session.now import Outcome


class Lines(Protocol):
    """The clinic's recorded lines; which one is heard is told by the runtime's state."""

    there: tuple[RecordedLine, ...]
    """Those that can be played."""

    async def play(self, name: str) -> Outcome:
        """Let the patient hear it; the one that is heard already is ended instead."""
        ...

    async def end(self) -> Outcome:
        """End the line that is heard."""
        ...
