"""Owns the check of a whole record against its chains, seals and signatures; changes nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from controller.language import _, mark
from controller.session.documents import Entry
from controller.session.keeping import PatientErased
from controller.store import changeover, ledger, private, projections, schema
from controller.store.chain import START, Fault, Link, Mark, fault
from controller.store.database import (
    SHARED_MEMORY,
    WAL,
    broken_pages,
    explain,
    is_there,
    missing,
    reading,
)
from controller.store.errors import DamagedFile, RecordError, UnreadableEntry
from controller.store.head import Head, HeadFile
from controller.store.keys import Keys, find
from controller.store.ledger import BROKEN, ERASED, Seal
from controller.store.locked import Ask
from controller.store.reader import links, read

LEDGER = "ledger"
"""Stands for the name of a session in a verdict on the ledger itself."""

ATTEMPTS = 5
"""A check that finds something while a console moves the signed head is made again."""

_FAULTS: dict[Fault, str] = {
    "missing": mark("session {session}, entry {seq}: missing."),
    "link": mark("session {session}, entry {seq}: does not follow the entry before it."),
    "hash": mark("session {session}, entry {seq}: changed after it was written."),
    "form": mark("session {session}, entry {seq}: not in the form in which entries are written."),
    "columns": mark(
        "session {session}, entry {seq}: its columns say something else than its text."
    ),
}


@dataclass(frozen=True)
class Verdict:
    """What a check found."""

    ok: bool
    entries: int
    """How many entries were found sound."""
    session: str | None
    """Stream of the first bad entry; "ledger" for the ledger; None when there is none to name."""
    seq: int | None
    """Number of the first bad entry in its stream."""
    text: str
    """One sentence in the console's language."""


@dataclass
class _Bad(Exception):
    session: str | None
    seq: int | None
    text: str


def verify(database: Path, session: str | None = None, *, ask: Ask | None = None) -> Verdict:
    """Check the record at `database`, or one session of it and the ledger.

    Nothing on disk is changed, except that a change of files which a crash broke off is finished;
    and a console may be using the record meanwhile. `ask` is asked for the passphrase where one
    locks the keys. Raises `RecordGone`, `KeyMissing`, `WrongKey`, `NewerSchema`,
    `PassphraseNeeded` or `WrongPassphrase` when the check cannot be made at all; a damaged file is
    a verdict.
    """
    changeover.settle(database)
    if not is_there(database):
        return _unreadable(missing(database))
    return check(database, find(database, ask), session)


def check(database: Path, keys: Keys, session: str | None = None) -> Verdict:
    """The same with keys that were found elsewhere, as for a backup that lies without them."""
    for _attempt in range(ATTEMPTS):
        before = _state(database)
        verdict = _verdict(database, keys, session)
        if verdict.ok or _state(database) == before:
            break
    return verdict


def _state(database: Path) -> tuple[str | None, int, int, bool]:
    """What a console changes when it moves what a check compares, so that the check is repeated."""
    file = database.stat()
    wal = private.beside(database, WAL).exists()
    return HeadFile(database).text(), file.st_mtime_ns, file.st_size, wal


def _verdict(database: Path, keys: Keys, session: str | None) -> Verdict:
    try:
        head = HeadFile(database).read()
        with _undisturbed(database) as readable, reading(readable, keys).begin() as connection:
            return _Check(connection, keys, head, session).verdict(database)
    except Exception as error:
        return _unreadable(explain(error, database, keys))


def _unreadable(trouble: RecordError) -> Verdict:
    """That the file is damaged is a verdict; whatever else is in the way is raised."""
    if isinstance(trouble, DamagedFile):
        return Verdict(False, 0, None, None, str(trouble))
    raise trouble


@contextmanager
def _undisturbed(database: Path) -> Iterator[Path]:
    """The file itself, or a copy of it when reading it in place would leave something behind.

    That is so after a crash: the -wal file lies there and nobody has it open.
    """
    wal = private.beside(database, WAL)
    if not wal.exists() or private.beside(database, SHARED_MEMORY).exists():
        yield database
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "record"
        shutil.copyfile(database, copy)
        shutil.copyfile(wal, private.beside(copy, WAL))
        yield copy


class _Check:
    """One check, on one connection and so on one state of the record."""

    def __init__(
        self, connection: Connection, keys: Keys, head: Head | None, session: str | None
    ) -> None:
        self._connection = connection
        self._keys = keys
        self._head = head
        self._only = session
        self._sound = 0
        self._sheet = projections.Sheet()
        self._tombstones: list[PatientErased] = []

    def verdict(self, database: Path) -> Verdict:
        """The first thing that is wrong, or that nothing is."""
        schema.require(self._connection, database)
        if broken_pages(self._connection):
            raise DamagedFile(file=database.name)
        try:
            self._go_through()
        except _Bad as bad:
            return Verdict(False, self._sound, bad.session, bad.seq, bad.text)
        text = _("The record is whole: {count} entries.").format(count=self._sound)
        return Verdict(True, self._sound, None, None, text)

    def _go_through(self) -> None:
        seals = ledger.rows(self._connection)
        ends = ledger.heads(self._connection)
        about: dict[str, list[Seal]] = {name: [] for name in ends}
        for row in seals:
            if row.kind != BROKEN:
                about.setdefault(row.session, []).append(row)
        if self._only is not None and self._only not in about:
            raise _Bad(
                self._only, None, _("There is no session {session}.").format(session=self._only)
            )
        for name in sorted(about):
            if self._only in (None, name):
                self._stream(name, about[name])
        self._ledger(seals)
        if self._only is None:
            self._erasures(seals)
        # Tables of an older version lack columns that ours have.
        if self._only is None and schema.current(self._connection) == schema.newest():
            self._projections()

    def _stream(self, name: str, seals: Sequence[Seal]) -> None:
        previous = START
        hashes = {0: START.hash}
        for row in links(self._connection, name):
            found = fault(row, previous)
            if found is not None:
                seq = previous.seq + 1 if found == "missing" else row.seq
                raise _Bad(name, seq, _(_FAULTS[found]).format(session=name, seq=seq))
            # At once, so that a large record need not lie in memory as a whole.
            entry = self._read(row)
            if isinstance(entry.data, PatientErased):
                self._tombstones.append(entry.data)
            projections.project(entry, self._sheet)
            previous = row.mark
            hashes[row.seq] = row.hash
            self._sound += 1
        self._against_seals(name, seals, hashes, previous)

    def _read(self, row: Link) -> Entry:
        try:
            return read(row)
        except UnreadableEntry as error:
            raise _Bad(row.session, row.seq, str(error)) from None

    def _against_seals(
        self, name: str, seals: Sequence[Seal], hashes: dict[int, str], end: Mark
    ) -> None:
        if seals and seals[-1].kind == ERASED:
            if end.seq:
                text = _("session {session}, entry {seq}: there though it was erased.")
                raise _Bad(name, 1, text.format(session=name, seq=1))
            return
        for row in seals:
            if row.entries > end.seq:
                seq = end.seq + 1
                raise _Bad(name, seq, _(_FAULTS["missing"]).format(session=name, seq=seq))
            if hashes[row.entries] != row.head:
                text = _("session {session}, entry {seq}: not the one that was sealed.")
                raise _Bad(name, row.entries, text.format(session=name, seq=row.entries))
        if seals and seals[-1].kind == "seal" and seals[-1].entries < end.seq:
            seq = seals[-1].entries + 1
            text = _("session {session}, entry {seq}: added after the session was sealed.")
            raise _Bad(name, seq, text.format(session=name, seq=seq))

    def _ledger(self, seals: Sequence[Seal]) -> None:
        previous = START
        for row in seals:
            if not ledger.is_sound(row, previous, self._keys.public()):
                seq = previous.seq + 1
                text = _("ledger, entry {seq}: missing, changed or not signed with this key.")
                raise _Bad(LEDGER, seq, text.format(seq=seq))
            if row.kind == BROKEN:
                text = _(
                    "ledger, entry {seq}: when the record was opened then, its signed head did "
                    "not fit; what was removed before cannot be told."
                )
                raise _Bad(LEDGER, row.seq, text.format(seq=row.seq))
            previous = row.mark
        head = self._head
        if head is None or not head.is_signed_by(self._keys.public()):
            raise _Bad(
                LEDGER, None, _("ledger: its signed head is missing, changed or of another record.")
            )
        if not head.allows(previous):
            if head.seq > previous.seq:
                text = _("ledger, entry {seq}: missing, the signed head names it.")
                raise _Bad(LEDGER, previous.seq + 1, text.format(seq=previous.seq + 1))
            text = _("ledger, entry {seq}: the signed head is older than the ledger.")
            raise _Bad(LEDGER, head.seq, text.format(seq=head.seq))

    def _erasures(self, seals: Sequence[Seal]) -> None:
        """Each stream that is gone is named by the tombstone of a patient, and the other way."""
        gone = {row.session: row.stream for row in seals if row.kind == ERASED}
        named = {
            one.stream: Mark(one.entries, one.head)
            for tombstone in self._tombstones
            for one in tombstone.streams
        }
        for name in sorted(gone.keys() | named.keys()):
            if gone.get(name) != named.get(name):
                text = _("session {session}: the ledger and the note of its erasure differ.")
                raise _Bad(name, None, text.format(session=name))

    def _projections(self) -> None:
        said = self._sheet.rows
        kept = projections.stored(self._connection).rows
        for table, rows in said.items():
            for key in sorted(rows.keys() | kept[table].keys(), key=repr):
                if rows.get(key) != kept[table].get(key):
                    text = _(
                        "The table {table} says something else than the entries: palier db upgrade "
                        "rebuilds it."
                    )
                    raise _Bad(None, None, text.format(table=table))
