"""Owns the record's lists of patients and past sessions; knows no screen and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from controller.questionnaires.library import known
from controller.session import appointments, pack_entries
from controller.session.anchors import Anchor, Anchors, in_force
from controller.session.answered import answered
from controller.session.documents import Entry, Scale, stream_of
from controller.session.glance import Glance, glance
from controller.session.keeping import Consenting, ConsentTo
from controller.session.now import Consented, PatientCard, SessionCard
from controller.session.retelling import retell
from controller.session.taking_part import TakingPart
from controller.store.lengths import as_reported
from controller.store.reader import Reader, SessionRow
from scenarios.api.manifest import Words
from vr_runtime.wire.acts import Refuge


class RecordBooks:
    """The lists that a console shows, asked anew each time (`controller.session.ports.Books`)."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def patients(self) -> tuple[PatientCard, ...]:
        """All patients, in the order of their pseudonyms."""
        sessions, withdrawn = self._reader.sessions(), self._reader.withdrawn("session")
        unwatched = self._reader.withdrawn("observers")
        posed = self._reader.consenting("pose")
        anchors = own_anchors(self._reader)
        parts = parts_taken(self._reader)
        screened, consents = self._reader.screened(), _consents(self._reader)
        cards: list[PatientCard] = []
        for row in self._reader.patients():
            opened = [one.opened for one in sessions if one.patient == row.patient]
            cards.append(
                PatientCard(
                    id=row.patient,
                    pseudonym=row.pseudonym,
                    ceiling=row.ceiling,
                    scale=cast(Scale, row.scale),
                    sessions=len(opened),
                    last=max(opened, default=None),
                    restricted=row.restricted,
                    withdrawn=row.patient in withdrawn,
                    safe_place=cast(Refuge, row.safe_place),
                    unwatched=row.patient in unwatched,
                    pose=row.patient in posed,
                    anchors=anchors.get(row.patient, ()),
                    takes_part=parts.get(row.patient, TakingPart()),
                    minor=row.minor,
                    consents=consents.get(row.patient, ()),
                    screened=screened.get(row.patient),
                )
            )
        return tuple(cards)

    def is_minor(self, patient: str) -> bool:
        """Whether a guardian consents for this patient, by what was set or by the screening."""
        return any(one.id == patient and one.needs_guardian for one in self.patients())

    def sessions(self) -> tuple[SessionCard, ...]:
        """All sessions, newest first."""
        rows = as_reported(self._reader, self._reader.sessions())
        return tuple(_card(row) for row in reversed(rows))

    def approved(self) -> frozenset[str]:
        """Hashes of the packs of scenarios whose approval holds."""
        said = (entry.data for entry in self._reader.clinic(*pack_entries.KINDS))
        return frozenset(pack_entries.approved(said))

    def entries(self, session: str) -> Sequence[Entry]:
        """All entries of one session, in order."""
        return self._reader.entries(session)

    def own(self, patient: str) -> Sequence[Entry]:
        """All entries of one patient's own stream, in order."""
        return self._reader.entries(stream_of(patient))

    def glance(self, patient: str) -> Glance:
        """The course of one patient, by the record's own id."""
        rows = self._reader.sessions(patient)
        own = self._reader.entries(stream_of(patient))
        agreed = (entry.data for entry in own if isinstance(entry.data, appointments.Appointment))
        return glance(
            [retell(self._reader.entries(row.session)) for row in rows],
            answered(own, known),
            appointments.next_one(agreed),
        )


def parts_taken(reader: Reader) -> dict[str, TakingPart]:
    """What was set of how each patient takes part, by the patient's id; only those of whom it was.

    The last word of each setting holds.
    """
    found: dict[str, TakingPart] = {}
    for change in reader.patient_changes():
        if change.takes_part is not None:
            so_far = found.get(change.patient, TakingPart())
            found[change.patient] = so_far.then(change.takes_part)
    return found


def own_anchors(reader: Reader) -> dict[str, Anchors]:
    """The anchors that hold, by the patient's id."""
    said: dict[str, list[Anchor]] = {}
    for change in reader.patient_changes():
        if change.anchor is not None:
            said.setdefault(change.patient, []).append(change.anchor)
    return {patient: in_force(anchors) for patient, anchors in said.items()}


def _consents(reader: Reader) -> dict[str, tuple[Consented, ...]]:
    """The consents that hold, by the patient's id."""
    found: dict[str, tuple[Consented, ...]] = {}
    for row in reader.holding():
        one = Consented(
            to=cast(ConsentTo, row.consent_to),
            version=row.version or "",
            by=cast(Consenting, row.given_by or "patient"),
            given=row.given or "",
        )
        found[row.patient] = (*found.get(row.patient, ()), one)
    return found


def _card(row: SessionRow) -> SessionCard:
    return SessionCard(
        id=row.session,
        pseudonym=row.pseudonym,
        title=Words(fr=row.title_fr, en=row.title_en),
        opened=row.opened,
        minutes=row.lasted_s / 60.0,
        ratings=row.ratings,
        highest=row.highest,
        simulated=row.simulated,
        how=cast(Literal["closed", "interrupted", "mistaken", "open"], row.how or "open"),
    )
