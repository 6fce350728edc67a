"""Owns the lists of patients and sessions as they were last read; asks the record off the loop.

A record in trouble leaves them as they were, so that no screen waits for it or falls with it. Only
this console writes the record, so reading anew after each of its own changes is enough.
"""

from __future__ import annotations

import asyncio

from controller.session.now import PatientCard, SessionCard
from controller.session.ports import Books


class Lists:
    """What a console shows of the record."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.patients: tuple[PatientCard, ...] = ()
        """All patients, in the order of their pseudonyms."""
        self.sessions: tuple[SessionCard, ...] = ()
        """All sessions, newest first."""

    async def refresh(self) -> None:
        """Read both anew."""
        try:
            self.patients = await asyncio.to_thread(self._books.patients)
            self.sessions = await asyncio.to_thread(self._books.sessions)
        except OSError:
            return

    def open_session(self, session: str) -> SessionCard | None:
        """The session of this name, if the record holds it as open."""
        found = (one for one in self.sessions if one.id == session and one.how == "open")
        return next(found, None)
