"""Owns what can be asked of the record; changes nothing and knows nothing of writing.

Every question opens its own short connection, so a reader may be used from any thread, while a
console writes, after a crash, or on a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection, Select, Table, func, literal, select

from controller.session.before.entries import ScreeningAnswered
from controller.session.before.screened import Screened
from controller.session.documents import CLINIC, Entry, PatientChanged, stream_of
from controller.session.keeping import ConsentTo, ProtocolSet, RetentionSet
from controller.store import changeover, ledger
from controller.store.aside import Aside
from controller.store.chain import Link, Mark
from controller.store.database import explain, is_there, missing, reading
from controller.store.errors import UnreadableEntry
from controller.store.keys import Keys, find
from controller.store.locked import Ask
from controller.store.models import (
    CONSENTS,
    ENTRIES,
    ERASED,
    OPERATORS,
    PATIENTS,
    RATINGS,
    RULES,
    SESSIONS,
)
from controller.store.schema import require_newest


@dataclass(frozen=True)
class OperatorRow:
    """Somebody who may lead sessions."""

    operator: str
    name: str


@dataclass(frozen=True)
class PatientRow:
    """A patient as they stand now."""

    patient: str
    pseudonym: str
    ceiling: int
    """Highest level this patient may be led to, 0 to 10."""
    scale: str
    minor: bool
    """Whether a guardian has to consent."""
    restricted: str | None
    """Why the data are kept and not used; None while they may be."""
    safe_place: str = "meadow"
    """The one this patient chose."""


@dataclass(frozen=True)
class ConsentRow:
    """A consent as it stands now."""

    patient: str
    consent_to: str
    version: str | None
    """Of the wording that was read; None, as what else is said of its giving, where none of it was
    ever noted here."""
    given_by: str | None
    assent: bool | None
    how: str | None
    given: str | None
    """UTC."""
    withdrawn: str | None
    """UTC; None while it holds."""


@dataclass(frozen=True)
class ErasedRow:
    """A patient who was erased."""

    patient: str
    erased: str
    """UTC."""
    reason: str
    streams: int


@dataclass(frozen=True)
class SessionRow:
    """A session in short."""

    session: str
    patient: str
    pseudonym: str
    """Of the patient now; the session's own entries keep the name it was opened under."""
    scenario: str
    """Its id."""
    title_fr: str
    title_en: str
    operator: str
    """Who opened it."""
    opened: str
    """UTC."""
    opened_mono_ns: int
    closed: str | None
    how: str | None
    """"closed", "interrupted", or None while it is open."""
    lasted_s: float
    """Seconds by the clock of the console to its closing, or to its last entry; see `lengths`."""
    ratings: int
    """Ratings that were answered."""
    highest: int
    """Highest whole level that was reached, 0 to 10."""
    entries: int
    simulated: bool


@dataclass(frozen=True)
class RatingRow:
    """A rating as it stands now, with what was said first."""

    session: str
    seq: int
    kind: str
    suds: int | None
    """Latest value, 0 to 100; None when it was not answered."""
    first_suds: int | None
    """The value before any correction."""
    corrected_by: int | None
    """Number of the latest entry that corrected it."""
    scale: str
    tick: int
    due: int | None
    level: float
    trial: int
    phase: str
    reason: str


Answer = TypeVar("Answer")
RowType = TypeVar("RowType", OperatorRow, PatientRow, ConsentRow, ErasedRow, SessionRow, RatingRow)


class Reader:
    """The read side of one record."""

    def __init__(self, database: Path, keys: Keys) -> None:
        self._database = database
        self._keys = keys
        self._engine = reading(database, keys)
        self.aside = Aside(database, keys)
        """Where whoever only reads leaves what the record is to say of it."""

    @classmethod
    def open(cls, database: Path, ask: Ask | None = None) -> Reader:
        """A reader of an existing record, with the keys that belong to it.

        `ask` is asked for the passphrase where one locks the keys. Raises `RecordGone`,
        `KeyMissing`, `WrongKey`, `DamagedFile`, `NewerSchema`, `OlderSchema`, `PassphraseNeeded` or
        `WrongPassphrase`.
        """
        changeover.settle(database)
        if not is_there(database):
            raise missing(database)
        reader = cls(database, find(database, ask))
        reader._ask(lambda connection: require_newest(connection, database))
        return reader

    def operators(self) -> list[OperatorRow]:
        """All operators, by name."""
        return self._rows(OperatorRow, OPERATORS, select(OPERATORS).order_by(OPERATORS.c.name))

    def patients(self) -> list[PatientRow]:
        """All patients, by pseudonym."""
        return self._rows(PatientRow, PATIENTS, select(PATIENTS).order_by(PATIENTS.c.pseudonym))

    def consents(self, patient: str) -> list[ConsentRow]:
        """What a patient consented to, also what was withdrawn since or refused from the first."""
        asked = select(CONSENTS).where(CONSENTS.c.patient == patient)
        found = self._rows(ConsentRow, CONSENTS, asked.order_by(CONSENTS.c.consent_to))
        return [
            one if one.given else replace(one, version=None, given_by=None, how=None, given=None)
            for one in found
        ]

    def holding(self) -> list[ConsentRow]:
        """All consents that were given and not taken back."""
        asked = select(CONSENTS).where(
            CONSENTS.c.given.is_not(None), CONSENTS.c.withdrawn.is_(None)
        )
        return [
            one
            for one in self._rows(ConsentRow, CONSENTS, asked.order_by(CONSENTS.c.consent_to))
            if one.given
        ]

    def consenting(self, to: ConsentTo) -> set[str]:
        """The patients who have given this consent and not taken it back."""

        def ask(connection: Connection) -> set[str]:
            asked = select(CONSENTS.c.patient).where(
                CONSENTS.c.consent_to == to,
                CONSENTS.c.given.is_not(None),
                CONSENTS.c.withdrawn.is_(None),
            )
            return set(connection.execute(asked).scalars())

        return self._ask(ask)

    def withdrawn(self, to: ConsentTo) -> set[str]:
        """The patients who took this consent back and have not given it again."""

        def ask(connection: Connection) -> set[str]:
            asked = select(CONSENTS.c.patient).where(
                CONSENTS.c.consent_to == to, CONSENTS.c.withdrawn.is_not(None)
            )
            return set(connection.execute(asked).scalars())

        return self._ask(ask)

    def erased(self) -> list[ErasedRow]:
        """Who was erased, the earliest first."""
        return self._rows(ErasedRow, ERASED, select(ERASED).order_by(ERASED.c.erased))

    def retention(self) -> RetentionSet | None:
        """How long the clinic keeps a record; None while it has not said so."""

        body = self._rule("retention")
        return None if body is None else RetentionSet.model_validate_json(body)

    def protocol(self) -> ProtocolSet | None:
        """The protocol that the clinic has set last; None while it has set none."""
        body = self._rule("protocol")
        return None if body is None else ProtocolSet.model_validate_json(body)

    def protocols(self) -> list[ProtocolSet]:
        """Every protocol that was set, the earliest first. Raises `UnreadableEntry`."""
        return [e.data for e in self.entries(CLINIC) if isinstance(e.data, ProtocolSet)]

    def _rule(self, name: str) -> str | None:
        def ask(connection: Connection) -> str | None:
            asked = select(RULES.c.body).where(RULES.c.rule == name)
            return connection.execute(asked).scalar()

        return self._ask(ask)

    def sessions(self, patient: str | None = None) -> list[SessionRow]:
        """All sessions, or those of one patient, under the name they have now; the oldest first."""
        opened_under = SESSIONS.c.pseudonym
        now = func.coalesce(PATIENTS.c.pseudonym, opened_under).label("pseudonym")
        others = [column for column in SESSIONS.c if column is not opened_under]
        asked = (
            select(*others, now)
            .outerjoin_from(SESSIONS, PATIENTS, PATIENTS.c.patient == SESSIONS.c.patient)
            .order_by(SESSIONS.c.opened, SESSIONS.c.session)
        )
        if patient is not None:
            asked = asked.where(SESSIONS.c.patient == patient)
        return self._rows(SessionRow, SESSIONS, asked)

    def open_sessions(self) -> list[SessionRow]:
        """Sessions nobody closed: one that runs, or that broke off with its console."""
        return [one for one in self.sessions() if one.closed is None]

    def ratings(self, session: str) -> list[RatingRow]:
        """The ratings of a session with corrections applied, in order."""
        asked = select(RATINGS).where(RATINGS.c.session == session).order_by(RATINGS.c.seq)
        return self._rows(RatingRow, RATINGS, asked)

    def entries(self, session: str = CLINIC) -> list[Entry]:
        """All entries of a session or of the clinic, in order. Raises `UnreadableEntry`."""
        return [read(row) for row in self._ask(lambda connection: links(connection, session))]

    def clinic(self, *kinds: str, since: str = "") -> list[Entry]:
        """The clinic's entries of these kinds, in order; with `since`, a UTC stamp, not older ones.

        Raises `UnreadableEntry`.
        """
        asked = (
            select(ENTRIES)
            .where(ENTRIES.c.session == CLINIC, ENTRIES.c.kind.in_(kinds))
            .where(ENTRIES.c.wall >= since)
            .order_by(ENTRIES.c.seq)
        )

        def ask(connection: Connection) -> list[Link]:
            return [Link(**row) for row in connection.execute(asked).mappings()]

        return [read(row) for row in self._ask(ask)]

    def patient_changes(self) -> list[PatientChanged]:
        """What was set for patients since they were added, those of one patient in order.

        One that cannot be read is left out: `palier verify` tells of it.
        """
        said = (entry.data for entry in self._own("patient_changed"))
        return [one for one in said if isinstance(one, PatientChanged)]

    def screened(self) -> dict[str, Screened]:
        """The last screening of each patient who was screened, by the patient's id.

        One that cannot be read is left out, and so does not count as answered.
        """
        return {
            entry.data.patient: Screened(entry.wall, entry.data)
            for entry in self._own("screening_answered")
            if isinstance(entry.data, ScreeningAnswered)
        }

    def _own(self, kind: str) -> list[Entry]:
        """The readable entries of this kind in patients' own streams, those of one in order."""
        asked = (
            select(ENTRIES)
            .join(PATIENTS, ENTRIES.c.session == literal(stream_of("")) + PATIENTS.c.patient)
            .where(ENTRIES.c.kind == kind)
            .order_by(ENTRIES.c.session, ENTRIES.c.seq)
        )

        def ask(connection: Connection) -> list[Link]:
            return [Link(**row) for row in connection.execute(asked).mappings()]

        found: list[Entry] = []
        for row in self._ask(ask):
            with suppress(UnreadableEntry):
                found.append(read(row))
        return found

    def heads(self) -> dict[str, Mark]:
        """Where each stream ends, by its name."""
        return self._ask(ledger.heads)

    def ledger_head(self) -> Mark:
        """Where the ledger ends, to be printed on a report."""
        return self._ask(ledger.last)

    def _rows(
        self, kind: type[RowType], table: Table, asked: Select[tuple[Any, ...]]
    ) -> list[RowType]:
        def ask(connection: Connection) -> Sequence[Any]:
            return connection.execute(asked).mappings().all()

        return [kind(**row) for row in self._ask(ask)]

    def _ask(self, question: Callable[[Connection], Answer]) -> Answer:
        try:
            with self._engine.connect() as connection:
                return question(connection)
        except Exception as error:
            raise explain(error, self._database, self._keys) from error


def links(connection: Connection, session: str) -> list[Link]:
    """The rows of one stream as they are stored, in order."""
    found = connection.execute(
        select(ENTRIES).where(ENTRIES.c.session == session).order_by(ENTRIES.c.seq)
    ).mappings()
    return [Link(**row) for row in found]


def read(row: Link) -> Entry:
    """The entry that a row holds. Raises `UnreadableEntry`."""
    try:
        return Entry.from_body(row.body)
    except ValidationError:
        raise UnreadableEntry(session=row.session, seq=row.seq) from None
