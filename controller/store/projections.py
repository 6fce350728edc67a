"""Owns what the tables of patients, sessions and ratings say; knows neither database nor key.

One function turns an entry into changed rows. The writer runs it in the transaction that adds the
entry, the rebuilding and the check run it over all entries: so the tables can only say what the
entries say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from sqlalchemy import Connection, Table, delete, insert, select, update

from controller.session.documents import (
    Correction,
    Document,
    Entry,
    FromRuntime,
    OperatorAdded,
    OperatorChanged,
    PatientAdded,
    PatientChanged,
    Rating,
    SessionClosed,
    SessionOpened,
)
from controller.session.keeping import (
    ConsentGiven,
    ConsentWithdrawn,
    PatientErased,
    ProtocolSet,
    Restriction,
    RetentionSet,
)
from controller.session.rectifying import Rectification
from controller.store.chain import canonical
from controller.store.models import (
    CONSENTS,
    ERASED,
    OPERATORS,
    PATIENTS,
    PROJECTIONS,
    RATINGS,
    RULES,
    SESSIONS,
)
from vr_runtime.wire.happenings import LevelReached

Key = tuple[Any, ...]
Row = dict[str, Any]


class Rows(Protocol):
    """Where projected rows are kept, by table and primary key."""

    def get(self, table: Table, key: Key) -> Row | None:
        """A copy of the row, None when there is none."""
        ...

    def put(self, table: Table, row: Row) -> None:
        """Keep the row in place of the one with the same key."""
        ...

    def drop(self, table: Table, key: Key) -> None:
        """Keep the row no more, if there is one."""
        ...


def key_of(table: Table, row: Row) -> Key:
    """The primary key of `row`."""
    return tuple(row[column.name] for column in table.primary_key.columns)


class Sheet:
    """Rows in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[Key, Row]] = {table.name: {} for table in PROJECTIONS}

    def get(self, table: Table, key: Key) -> Row | None:
        """A copy of the row, None when there is none."""
        row = self.rows[table.name].get(key)
        return None if row is None else dict(row)

    def put(self, table: Table, row: Row) -> None:
        """Keep the row in place of the one with the same key."""
        self.rows[table.name][key_of(table, row)] = row

    def drop(self, table: Table, key: Key) -> None:
        """Keep the row no more, if there is one."""
        self.rows[table.name].pop(key, None)


class Stored:
    """Rows in the database, within the transaction of `connection`; written by `flush()`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: dict[tuple[str, Key], Row | None] = {}
        """What the database says."""
        self._changed: dict[tuple[str, Key], tuple[Table, Row | None]] = {}
        """None for a row that is kept no more."""

    def get(self, table: Table, key: Key) -> Row | None:
        """A copy of the row, None when there is none."""
        changed = self._changed.get((table.name, key))
        row = self._look(table, key) if changed is None else changed[1]
        return None if row is None else dict(row)

    def put(self, table: Table, row: Row) -> None:
        """Keep the row in place of the one with the same key."""
        self._changed[table.name, key_of(table, row)] = (table, row)

    def drop(self, table: Table, key: Key) -> None:
        """Keep the row no more, if there is one."""
        self._changed[table.name, key] = (table, None)

    def flush(self) -> None:
        """Write all that was put."""
        fresh: dict[str, tuple[Table, list[Row]]] = {}
        for (name, key), (table, row) in self._changed.items():
            if row is None:
                self._connection.execute(delete(table).where(*_is(table, key)))
            elif self._look(table, key) is None:
                fresh.setdefault(name, (table, []))[1].append(row)
            else:
                self._connection.execute(update(table).where(*_is(table, key)).values(row))
        for table, rows in fresh.values():
            self._connection.execute(insert(table), rows)

    def _look(self, table: Table, key: Key) -> Row | None:
        if (table.name, key) not in self._seen:
            found = self._connection.execute(select(table).where(*_is(table, key)))
            row = found.mappings().first()
            self._seen[table.name, key] = None if row is None else dict(row)
        return self._seen[table.name, key]


def _is(table: Table, key: Key) -> list[Any]:
    columns = table.primary_key.columns
    return [column == value for column, value in zip(columns, key, strict=True)]


def project(entry: Entry, rows: Rows) -> None:
    """Change `rows` by what `entry` says. Entries of one stream must come in their order."""
    what = _BY_DOCUMENT.get(type(entry.data))
    if what is not None:
        what(entry, entry.data, rows)
    session = rows.get(SESSIONS, (entry.session,))
    if session is not None:
        rows.put(SESSIONS, session | _so_far(entry, session))


def _so_far(entry: Entry, session: Row) -> Row:
    """How many entries there are, and how long the session lasted by the console's own clock.

    An interrupted session is closed by a later console, whose clock says nothing of this one; and
    what is added to a closed session does not make it longer.
    """
    closing = isinstance(entry.data, SessionClosed)
    if (closing and session["how"] == "interrupted") or (session["closed"] and not closing):
        return {"entries": entry.seq}
    lasted_s = max(0.0, (entry.mono_ns - session["opened_mono_ns"]) / 1e9)
    return {"entries": entry.seq, "lasted_s": lasted_s}


def _operator(entry: Entry, added: OperatorAdded, rows: Rows) -> None:
    rows.put(OPERATORS, {"operator": added.operator, "name": added.name})


def _operator_changed(entry: Entry, change: OperatorChanged, rows: Rows) -> None:
    row = rows.get(OPERATORS, (change.operator,))
    if row is not None and change.name is not None:
        rows.put(OPERATORS, row | {"name": change.name})


def _patient(entry: Entry, added: PatientAdded, rows: Rows) -> None:
    row = added.model_dump(exclude={"kind"})
    rows.put(PATIENTS, row | {"minor": False, "restricted": None})


def _patient_changed(entry: Entry, change: PatientChanged, rows: Rows) -> None:
    row = rows.get(PATIENTS, (change.patient,))
    if row is not None:
        # How a patient takes part, and their anchors, are read from the entries: no table has them.
        anew = change.model_dump(exclude={"kind", "takes_part", "anchor"}, exclude_none=True)
        rows.put(PATIENTS, row | anew)


def _restriction(entry: Entry, said: Restriction, rows: Rows) -> None:
    row = rows.get(PATIENTS, (said.patient,))
    if row is not None:
        rows.put(PATIENTS, row | {"restricted": said.reason if said.on else None})


def _consent(entry: Entry, given: ConsentGiven, rows: Rows) -> None:
    rows.put(
        CONSENTS,
        {
            "patient": given.patient,
            "consent_to": given.to,
            "version": given.version,
            "given_by": given.by,
            "assent": given.assent,
            "how": given.how,
            "given": entry.wall,
            "withdrawn": None,
        },
    )


def _rectified(entry: Entry, said: Rectification, rows: Rows) -> None:
    if not isinstance(said.was, ConsentGiven):
        return
    row = rows.get(CONSENTS, (said.was.patient, said.was.to))
    if row is None or row["given"] != said.at:
        return  # A consent that was noted later holds.
    if said.stands is None:
        # As if taken back, and never as if nothing had been said before: an earlier withdrawal
        # would be lost.
        rows.put(CONSENTS, row | {"withdrawn": row["withdrawn"] or entry.wall})
    elif isinstance(said.stands, ConsentGiven):
        now = said.stands
        changed = {"version": now.version, "given_by": now.by, "assent": now.assent, "how": now.how}
        rows.put(CONSENTS, row | changed)


def _withdrawn(entry: Entry, withdrawn: ConsentWithdrawn, rows: Rows) -> None:
    row = rows.get(CONSENTS, (withdrawn.patient, withdrawn.to))
    if row is None:
        # The consent itself is on paper, or was never given.
        row = {
            "patient": withdrawn.patient,
            "consent_to": withdrawn.to,
            "version": "",
            "given_by": "",
            "assent": None,
            "how": "",
            "given": "",
            "withdrawn": None,
        }
    if row["withdrawn"] is None:
        rows.put(CONSENTS, row | {"withdrawn": entry.wall})


def _erased(entry: Entry, erased: PatientErased, rows: Rows) -> None:
    # The rows of what is gone went with its entries; a pseudonym may yet be in the clinic's own, as
    # in records that were begun before patients had streams of their own.
    rows.drop(PATIENTS, (erased.patient,))
    rows.put(
        ERASED,
        {
            "patient": erased.patient,
            "erased": entry.wall,
            "reason": erased.reason,
            "streams": len(erased.streams),
        },
    )


def _retention(entry: Entry, rule: RetentionSet, rows: Rows) -> None:
    _rule("retention", entry, rule, rows)


def _protocol(entry: Entry, rule: ProtocolSet, rows: Rows) -> None:
    _rule("protocol", entry, rule, rows)


def _rule(name: str, entry: Entry, rule: Document, rows: Rows) -> None:
    body = canonical(rule.model_dump(mode="json", exclude={"kind"}))
    rows.put(RULES, {"rule": name, "body": body, "since": entry.wall})


def _opened(entry: Entry, opened: SessionOpened, rows: Rows) -> None:
    if rows.get(SESSIONS, (entry.session,)) is not None:
        return  # A session is opened once; what is said again changes nothing.
    rows.put(
        SESSIONS,
        {
            "session": entry.session,
            "patient": opened.patient,
            "pseudonym": opened.pseudonym,
            "scenario": opened.scenario.id,
            "title_fr": opened.scenario.title.fr,
            "title_en": opened.scenario.title.en,
            "operator": entry.operator,
            "opened": entry.wall,
            "opened_mono_ns": entry.mono_ns,
            "closed": None,
            "how": None,
            "lasted_s": 0.0,
            "ratings": 0,
            "highest": 0,
            "entries": entry.seq,
            "simulated": opened.simulated,
        },
    )


def _rating(entry: Entry, rating: Rating, rows: Rows) -> None:
    rows.put(
        RATINGS,
        {
            "session": entry.session,
            "seq": entry.seq,
            "kind": rating.rating,
            "suds": rating.suds,
            "first_suds": rating.suds,
            "corrected_by": None,
            "scale": rating.scale,
            "tick": rating.tick,
            "due": rating.due,
            "level": rating.level,
            "trial": rating.trial,
            "phase": rating.phase,
            "reason": rating.reason,
        },
    )
    _count(entry, rows, int(rating.suds is not None))


def _correction(entry: Entry, correction: Correction, rows: Rows) -> None:
    row = rows.get(RATINGS, (entry.session, correction.corrects))
    if row is None or correction.suds is None:
        return  # It corrects a note, or comments on a rating without changing its value.
    rows.put(RATINGS, row | {"suds": correction.suds, "corrected_by": entry.seq})
    _count(entry, rows, int(row["suds"] is None))


def _count(entry: Entry, rows: Rows, more: int) -> None:
    session = rows.get(SESSIONS, (entry.session,))
    if session is not None:
        rows.put(SESSIONS, session | {"ratings": session["ratings"] + more})


def _heard(entry: Entry, heard: FromRuntime, rows: Rows) -> None:
    what = heard.happened.what
    session = rows.get(SESSIONS, (entry.session,))
    if session is not None and isinstance(what, LevelReached):
        rows.put(SESSIONS, session | {"highest": max(session["highest"], what.level)})


def _closed(entry: Entry, closed: SessionClosed, rows: Rows) -> None:
    session = rows.get(SESSIONS, (entry.session,))
    if session is not None and session["closed"] is None:
        rows.put(SESSIONS, session | {"closed": entry.wall, "how": closed.how})


_BY_DOCUMENT: dict[type, Callable[[Entry, Any, Rows], None]] = {
    OperatorAdded: _operator,
    OperatorChanged: _operator_changed,
    PatientAdded: _patient,
    PatientChanged: _patient_changed,
    Restriction: _restriction,
    ConsentGiven: _consent,
    ConsentWithdrawn: _withdrawn,
    Rectification: _rectified,
    PatientErased: _erased,
    RetentionSet: _retention,
    ProtocolSet: _protocol,
    SessionOpened: _opened,
    FromRuntime: _heard,
    Rating: _rating,
    Correction: _correction,
    SessionClosed: _closed,
}


def of(entries: Iterable[Entry]) -> Sheet:
    """What the tables must say when these are all entries there are."""
    sheet = Sheet()
    for entry in entries:
        project(entry, sheet)
    return sheet


def stored(connection: Connection) -> Sheet:
    """What the tables say."""
    sheet = Sheet()
    for table in PROJECTIONS:
        for row in connection.execute(select(table)).mappings():
            sheet.put(table, dict(row))
    return sheet


def rebuild(connection: Connection, entries: Iterable[Entry]) -> None:
    """Throw the tables away and write them again from `entries`, in the running transaction."""
    replace(connection, of(entries))


def replace(connection: Connection, sheet: Sheet) -> None:
    """Write these rows in place of what the tables say, in the running transaction."""
    for table in PROJECTIONS:
        connection.execute(delete(table))
        if sheet.rows[table.name]:
            connection.execute(insert(table), list(sheet.rows[table.name].values()))
