"""Owns what the console's screens need of past sessions; knows no record."""

from __future__ import annotations

from typing import Protocol

from controller.session.clinical import OutcomeOf
from controller.session.now import Outcome
from controller.session.reviewed import Reviewed


class Reviews(Protocol):
    """Past sessions of one record."""

    async def read(self, session: str) -> Reviewed | str:
        """A session in the language spoken; else one sentence on why not, and what to do."""
        ...

    async def correct(self, session: str, entry: int, said: str, why: str) -> Outcome:
        """Set a rating or a note right by a new entry; said once it is durable."""
        ...

    async def mistaken(self, session: str, entry: int, why: str) -> Outcome:
        """Say that an adverse event or a fear was noted by mistake; said once it is durable."""
        ...

    async def follow_up(
        self, session: str, entry: int, found: str, outcome: OutcomeOf, again: str
    ) -> Outcome:
        """Add what became of an adverse event; said once it is durable."""
        ...
