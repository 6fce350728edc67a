"""Owns what is done with a past session: it is read, and later words are added; nothing is changed.

It draws nothing and knows no database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from controller.language import _
from controller.session.clinical import OutcomeOf
from controller.session.document import Document
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.ports import Recorder
from controller.session.retelling import NotASession
from controller.session.reviewed import NotReviewed, Reviewed


class Reviewer(Protocol):
    """Reads past sessions and makes later words on them. All may block; raises `NotReviewed`."""

    def read(self, session: str) -> Reviewed:
        """One session, in the language spoken; that it was looked at is in the access log."""
        ...

    def correction(self, session: str, entry: int, said: str, why: str) -> Document:
        """The entry that sets a rating or a note right; `why` remarks on a rating."""
        ...

    def mistaken(self, session: str, entry: int, why: str) -> Document:
        """The entry that says that an adverse event or a fear was noted by mistake."""
        ...

    def follow_up(
        self, session: str, entry: int, found: str, outcome: OutcomeOf, again: str
    ) -> Document:
        """The later word on an adverse event: what was found, how it is, when to look again."""
        ...


class Reviews:
    """Past sessions of one record."""

    def __init__(
        self,
        recorder: Recorder,
        barred: Callable[[], str],
        say: Callable[[bool, str, Tone], Outcome],
    ) -> None:
        """`barred` tells why whoever sits here may enter nothing, `say` tells the therapist."""
        self._recorder, self._barred, self._say = recorder, barred, say
        self._reviewer: Reviewer | None = None

    def read_by(self, reviewer: Reviewer) -> None:
        """Who reads them, before any is."""
        self._reviewer = reviewer

    async def read(self, session: str) -> Reviewed | str:
        """A session, read off the loop; else one sentence on why not, and what to do."""
        if self._reviewer is None:
            return why_unread()
        try:
            return await asyncio.to_thread(self._reviewer.read, session)
        except NotReviewed as error:
            return str(error)
        except OSError as error:
            return why_unread(error)

    async def correct(self, session: str, entry: int, said: str, why: str) -> Outcome:
        """Set a rating or a note right by a new entry; said once it is durable."""
        return await self._enter(session, lambda by: by.correction(session, entry, said, why))

    async def mistaken(self, session: str, entry: int, why: str) -> Outcome:
        """Say that an adverse event or a fear was noted by mistake; said once it is durable."""
        return await self._enter(session, lambda by: by.mistaken(session, entry, why))

    async def follow_up(
        self, session: str, entry: int, found: str, outcome: OutcomeOf, again: str
    ) -> Outcome:
        """Add what became of an adverse event; said once it is durable."""
        return await self._enter(
            session, lambda by: by.follow_up(session, entry, found, outcome, again)
        )

    async def _enter(self, session: str, make: Callable[[Reviewer], Document]) -> Outcome:
        if barred := self._barred():
            return self._say(False, barred, "refused")
        if self._reviewer is None:
            return self._say(False, why_unread(), "alarm")
        try:
            said = await asyncio.to_thread(make, self._reviewer)
        except NotReviewed as error:
            return self._say(False, str(error), "refused")
        except OSError as error:
            return self._say(False, why_unread(error), "alarm")
        seq = await self._recorder.append(session, said)
        told = _("Saved as entry {seq}; what was written first stays.")
        return self._say(True, told.format(seq=seq), "done")


def why_unread(error: Exception | None = None) -> str:
    """The record's own sentence where it has one: trouble of the system is in its own language."""
    own = isinstance(error, NotASession) or (isinstance(error, OSError) and error.errno is None)
    if own and str(error):
        return str(error)
    return _("The record cannot be read now; go on, and look again later.")
