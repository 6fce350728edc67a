"""Owns what the session needs of the record and the link; knows neither database nor socket."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Protocol

from controller.session.documents import Document


@dataclass(frozen=True)
class RecordHealth:
    """How the record stands, for the line of what matters."""

    waiting: int
    """Entries handed over and not yet durable."""
    trouble: str | None
    """One sentence on what is wrong and what to do, or None."""


class Recorder(Protocol):
    """Writes entries. Nothing is saved until the awaited call has returned."""

    def append(self, session: str, document: Document) -> Awaitable[int]:
        """Hand over one entry; the awaitable gives its number once it is durable on disk.

        Order of calls is order of entries. Handing over never blocks and never fails; the awaitable
        raises `OSError` with one plain sentence only when the record is given up.
        """
        ...

    def health(self) -> RecordHealth:
        """How the record stands now."""
        ...
