"""Owns the lists of patients, sessions and approvals as last read; asks the record off the loop.

A record in trouble leaves them as they were, so that no screen waits for it or falls with it. Only
this console writes the record, so reading anew after each of its own changes is enough.
"""

from __future__ import annotations

import asyncio
import uuid

from controller.language import _
from controller.session.documents import PatientAdded, Scale, stream_of
from controller.session.now import PatientCard, SessionCard
from controller.session.ports import Books, Recorder
from controller.session.pseudonyms import fit_pseudonym
from vr_runtime.wire.acts import Refuge


class Lists:
    """What a console shows of the record."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.patients: tuple[PatientCard, ...] = ()
        """All patients, in the order of their pseudonyms."""
        self.sessions: tuple[SessionCard, ...] = ()
        """All sessions, newest first."""
        self.approved: frozenset[str] = frozenset()
        """Hashes of the packs of scenarios whose approval holds."""

    async def refresh(self) -> None:
        """Read all of them anew."""
        try:
            self.patients = await asyncio.to_thread(self._books.patients)
            self.sessions = await asyncio.to_thread(self._books.sessions)
            self.approved = await asyncio.to_thread(self._books.approved)
        except OSError:
            return

    async def add(
        self,
        recorder: Recorder,
        pseudonym: str,
        ceiling: int,
        scale: Scale,
        safe_place: Refuge = "meadow",
    ) -> str:
        """Add a patient to the record and to the lists; gives the pseudonym as it is kept.

        Raises:
            NotAPseudonym: it is none, too long, not printable or another patient's.
        """
        name = fit_pseudonym(pseudonym, (one.pseudonym for one in self.patients))
        patient = PatientAdded(
            patient=uuid.uuid4().hex,
            pseudonym=name,
            ceiling=ceiling,
            scale=scale,
            safe_place=safe_place,
        )
        await recorder.append(stream_of(patient.patient), patient)
        await self.refresh()
        return name

    def posed(self, patient: str) -> bool:
        """Whether this patient consents to their pose being kept."""
        return any(one.id == patient and one.pose for one in self.patients)

    def unwatched(self, patient: str) -> str:
        """Why nobody may be let watch the patient of this id; empty where it may be asked."""
        card = next((one for one in self.patients if one.id == patient and one.unwatched), None)
        if card is None:
            return ""
        text = _("{name} took back the consent to being watched: nobody is let watch.")
        return text.format(name=card.pseudonym)

    def open_session(self, session: str) -> SessionCard | None:
        """The session of this name, if the record holds it as open."""
        found = (one for one in self.sessions if one.id == session and one.how == "open")
        return next(found, None)
