"""Owns the connection that writes, and what one commit holds; knows neither thread nor loop.

A batch is numbered and chained once and then written unchanged however often it takes: a commit
that came to nothing visible and yet reached the disk is recognised by its hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import Connection, insert, select

from controller.session.documents import Entry, is_lasting
from controller.store import ledger, private
from controller.store.aside import Aside
from controller.store.chain import START, Link, Mark, link
from controller.store.clock import Clock, stamp
from controller.store.database import WAL, explain, identity, move_into_file, salt, writing
from controller.store.errors import DamagedFile, RecordError, RecordReplaced
from controller.store.head import HeadFile
from controller.store.keys import Keys
from controller.store.ledger import Seal, SealKind
from controller.store.models import ENTRIES
from controller.store.projections import Stored, project
from controller.store.spool import Said, Spool

STAND_S = 60.0
"""At most so long the newest entries of a running session are without a signature."""
_CLOSING = "session_closed"


@dataclass
class Batch:
    """What one commit adds."""

    before: dict[str, Mark]
    """Where the streams it touches end before it."""
    ledger_before: Mark
    links: list[Link] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)

    def after(self) -> dict[str, Mark]:
        """Where those streams end after it."""
        return self.before | {one.session: one.mark for one in self.links}

    @property
    def ledger_after(self) -> Mark:
        """Where the ledger ends after it."""
        return self.seals[-1].mark if self.seals else self.ledger_before


class Scribe:
    """Writes batches. Used by one thread at a time."""

    def __init__(self, database: Path, keys: Keys, clock: Clock, spool: Spool) -> None:
        self._database = database
        self._spool = spool
        self._keys = keys
        self._clock = clock
        self._head_file = HeadFile(database)
        self._engine = writing(database, keys)
        self._opened_as = identity(database)
        self._salt = salt(database)
        self._connection: Connection | None = None
        self._files: tuple[object, object] | None = None
        self._ends: dict[str, Mark] = {}
        self._ledger = START
        self._sealed: set[str] = set()
        self._unsigned: set[str] = set()
        self._head_owed = False
        self._stood_ns = clock.mono_ns()

    def open(self) -> None:
        """Read where everything ends, sign what a crash left unsigned, add what the spool holds.

        Raises `RecordError`.
        """
        try:
            broken = self._look()
            batch = Batch({}, self._ledger)
            if broken is not None:
                batch.seals.append(self._seal(self._ledger, ledger.BROKEN, "", Mark(0, broken)))
            self._add_seals(batch, self._unsigned)
            self.write(batch)
            self._take_up()
            self._take_up_aside()
        except RecordError:
            self.disconnect()
            raise
        except Exception as error:
            self.disconnect()
            raise self.explain(error) from error

    def explain(self, error: Exception) -> RecordError:
        """What an error of `write` means. A file that took the place of ours is not damaged."""
        trouble = explain(error, self._database, self._keys)
        if isinstance(trouble, DamagedFile) and identity(self._database) != self._opened_as:
            return RecordReplaced(file=self._database.name)
        return trouble

    def _take_up(self) -> None:
        kept = self._spool.kept()
        if kept:
            with self._connected().begin():
                missing = [one for one in kept if not _is_there(self._connected(), one)]
            if missing:
                self.write(self.prepare(missing)[0])
        self._spool.clear()

    def _take_up_aside(self) -> None:
        """Add what reading commands left beside the record."""
        aside = Aside(self._database, self._keys)
        lying = aside.take()
        if not lying:
            return
        with self._connected().begin():
            missing = [said for _place, said in lying if not _is_there(self._connected(), said)]
        if missing:
            self.write(self.prepare(missing)[0])
        aside.forget([place for place, _said in lying])

    def _look(self) -> str | None:
        """Read the ends. Gives the hash that a head names which does not fit, else None."""
        with self._connected().begin():
            connection = self._connected()
            self._ends = ledger.heads(connection)
            seals = ledger.rows(connection)
        newest = ledger.newest(seals)
        self._ledger = seals[-1].mark if seals else START
        self._sealed = {name for name, row in newest.items() if row.kind == "seal"}
        self._unsigned = {
            name
            for name, end in self._ends.items()
            if name not in newest or newest[name].stream != end
        }
        head = self._head_file.read()
        self._head_owed = head is None or head.mark != self._ledger or head.next is not None
        if head is None:
            return ""
        fits = head.allows(self._ledger) and head.is_signed_by(self._keys.public())
        return None if fits else head.hash

    def prepare(self, said: Sequence[Said]) -> tuple[Batch, list[int | ValueError]]:
        """Number, chain and seal; nothing is written yet.

        Gives for each what its number is, or why it cannot be stored. With nothing to say, all
        streams that have unsigned entries get their seal. The batch must be written before the
        next one is prepared.
        """
        batch = Batch({}, self._ledger)
        ends: dict[str, Mark] = {}
        numbers: list[int | ValueError] = []
        for one in said:
            previous = ends.get(one.session) or self._ends.get(one.session, START)
            try:
                entry = _entry(one, previous.seq + 1)
                linked = link(entry, previous)
            except ValueError as error:
                numbers.append(error)
                continue
            batch.before.setdefault(one.session, previous)
            batch.entries.append(entry)
            batch.links.append(linked)
            ends[one.session] = linked.mark
            numbers.append(linked.seq)
        now = {name for name in ends if name in self._sealed or is_lasting(name)}
        now |= {one.session for one in batch.links if one.kind == _CLOSING}
        if not said or self.seconds_to_stand(set(ends)) == 0.0:
            now |= self._unsigned | set(ends)
        self._add_seals(batch, now)
        return batch, numbers

    def seconds_to_stand(self, more: set[str] | None = None) -> float | None:
        """Seconds until unsigned entries must be signed, never below 0; None without such."""
        if not self._unsigned and not more:
            return None
        return max(0.0, STAND_S - (self._clock.mono_ns() - self._stood_ns) / 1e9)

    @property
    def owes(self) -> bool:
        """Whether something written still lacks its signature on disk."""
        return bool(self._unsigned) or self._head_owed

    def _add_seals(self, batch: Batch, streams: set[str]) -> None:
        after = self._ends | batch.after()
        closed = {one.session for one in batch.links if one.kind == _CLOSING} | self._sealed
        for name in sorted(streams):
            kind: SealKind = "seal" if name in closed else "stand"
            batch.seals.append(self._seal(batch.ledger_after, kind, name, after[name]))

    def _seal(self, previous: Mark, kind: SealKind, session: str, stream: Mark) -> Seal:
        return ledger.seal(self._keys, previous, kind, session, stream, stamp(self._clock.wall()))

    def write(self, batch: Batch) -> None:
        """Add the batch; it is on disk when this returns. Raises whatever goes wrong."""
        if batch.links or batch.seals:
            connection = self._connected()
            if batch.seals:
                self._write_head(batch.ledger_before, batch.ledger_after)
            with connection.begin():
                found = self._is_written(connection, batch)
                if not found:
                    self._add(connection, batch)
            if found:
                move_into_file(connection)
            self._same_files()
            self._settle(batch)
        if self._head_owed:
            # The head that stands already allows this ledger, so nothing is lost if this fails.
            with suppress(OSError):
                self._write_head(self._ledger, None)
                self._head_owed = False

    def _add(self, connection: Connection, batch: Batch) -> None:
        if batch.links:
            connection.execute(insert(ENTRIES), [asdict(one) for one in batch.links])
        stored = Stored(connection)
        for entry in batch.entries:
            project(entry, stored)
        stored.flush()
        if batch.seals:
            ledger.add(connection, batch.seals)

    def _is_written(self, connection: Connection, batch: Batch) -> bool:
        """Whether an earlier attempt reached the disk after all.

        Raises `RecordReplaced` when the file ends neither where the batch begins nor where it ends.
        """
        found = {name: _end(connection, name) for name in batch.before}
        end = ledger.last(connection)
        if (found, end) == (batch.before, batch.ledger_before):
            return False
        if (found, end) == (batch.after(), batch.ledger_after):
            return True
        raise RecordReplaced(file=self._database.name)

    def _settle(self, batch: Batch) -> None:
        self._ends |= batch.after()
        self._unsigned |= set(batch.before)
        for row in batch.seals:
            self._unsigned.discard(row.session)
            if row.kind == "seal":
                self._sealed.add(row.session)
        if batch.seals:
            self._ledger = batch.ledger_after
            self._head_owed = True
            self._stood_ns = self._clock.mono_ns()

    def _write_head(self, last: Mark, following: Mark | None) -> None:
        head = self._keys.head(last, following, stamp(self._clock.wall()))
        self._head_file.write(head)

    def _connected(self) -> Connection:
        if self._connection is None:
            found = salt(self._database)
            if self._salt and found and found != self._salt:
                # Opening it would already do harm: what our own -wal file still holds would be
                # written into the file of another record.
                raise RecordReplaced(file=self._database.name)
            self._connection = self._engine.connect()
            self._salt = salt(self._database)
            self._files = None
        return self._connection

    def _same_files(self) -> None:
        """Raise `RecordReplaced` when what was just written lies in files that lost their names."""
        found = (identity(self._database), identity(private.beside(self._database, WAL)))
        if None in found or (self._files is not None and found != self._files):
            raise RecordReplaced(file=self._database.name)
        self._files = found

    def disconnect(self) -> None:
        """Let the connection go; the next batch makes a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.close()


def _entry(said: Said, seq: int) -> Entry:
    return Entry.model_validate(
        {
            "session": said.session,
            "seq": seq,
            "kind": getattr(said.document, "kind", ""),
            "operator": said.operator,
            "mono_ns": said.mono_ns,
            "wall": said.wall,
            "data": said.document,
        }
    )


def _is_there(connection: Connection, said: Said) -> bool:
    """Whether an earlier opening added it already and broke off before it forgot the file."""
    found = connection.execute(
        select(ENTRIES.c.seq).where(
            ENTRIES.c.session == said.session,
            ENTRIES.c.kind == getattr(said.document, "kind", ""),
            ENTRIES.c.operator == said.operator,
            ENTRIES.c.mono_ns == said.mono_ns,
            ENTRIES.c.wall == said.wall,
        )
    )
    return found.first() is not None


def _end(connection: Connection, session: str) -> Mark:
    row = connection.execute(
        select(ENTRIES.c.seq, ENTRIES.c.hash)
        .where(ENTRIES.c.session == session)
        .order_by(ENTRIES.c.seq.desc())
        .limit(1)
    ).first()
    return START if row is None else Mark(row.seq, row.hash)
