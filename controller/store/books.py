"""Owns the record's lists of patients and past sessions; knows no screen and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from controller.session import pack_entries
from controller.session.anchors import Anchor, Anchors, in_force
from controller.session.documents import Entry, Scale
from controller.session.now import PatientCard, SessionCard
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
                )
            )
        return tuple(cards)

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
        how=cast(Literal["closed", "interrupted", "open"], row.how or "open"),
    )
