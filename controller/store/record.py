"""Owns the record as the rest of the console uses it; knows no table and no SQL."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from controller.session.documents import Document, Entry
from controller.session.keeping import WhyErased
from controller.session.now import RecordHealth
from controller.store import changeover, erasures, private, projections, schema
from controller.store import keys as key_ring
from controller.store.clock import Clock, SystemClock, stamp
from controller.store.database import broken_pages, explain, is_there, missing, reading, writing
from controller.store.erasures import Erasure
from controller.store.errors import DamagedFile, PlaceRefused, RecordError
from controller.store.head import HeadFile
from controller.store.keys import Keys
from controller.store.locked import Ask
from controller.store.occupancy import Occupancy
from controller.store.reader import Reader
from controller.store.scribe import Scribe
from controller.store.spool import Spool
from controller.store.writer import Writer

_NO_PLACE = (
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.ENAMETOOLONG,
    errno.EINVAL,
)
PATIENCE_S = 5.0
"""How long closing, or one entry of a command, waits for a record in trouble."""


class Record:
    """A record open for writing, by this console alone. Use it as a context manager."""

    def __init__(
        self,
        database: Path,
        keys: Keys,
        occupancy: Occupancy,
        operator: str,
        clock: Clock,
        spool: Path | None,
    ) -> None:
        self.database = database
        self.operator = operator
        """Who says what is appended from now on."""
        self._occupancy = occupancy
        room = Spool(database, keys, spool)
        scribe = Scribe(database, keys, clock, room)
        scribe.open()
        room.prepare()
        self._writer = Writer(scribe, room, clock, database)
        self.reader = Reader(database, keys)
        """Asks what is durable; not what still waits."""
        self._closed = False

    @classmethod
    def create_or_open(
        cls,
        path: Path | str,
        *,
        operator: str,
        clock: Clock | None = None,
        use_keyring: bool = False,
        spool: Path | None = None,
        wait_s: float = 0.0,
        ask: Ask | None = None,
    ) -> Record:
        """Open the record at `path`, or begin a new one there.

        An older schema is brought up to date after a copy was made; `use_keyring` matters for a
        new record only. Entries that cannot be written in time are kept in the folder `spool`, or
        beside the record; those that an earlier console left there are added first. A console that
        is just ending is waited for, `wait_s` seconds at most. `ask` is asked for the passphrase
        where one locks the keys.

        Raises `RecordInUse`, `KeyMissing`, `WrongKey`, `DamagedFile`, `NewerSchema`, `RecordGone`,
        `RecordLocked`, `DiskFull`, `PlaceRefused`, `ForeignEntries`, `PassphraseNeeded`,
        `WrongPassphrase`: then the file is as it was.
        """
        database = Path(path).absolute()
        clock = SystemClock() if clock is None else clock
        try:
            database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            occupancy = Occupancy(database, wait_s)
        except OSError as error:
            if error.errno in _NO_PLACE and not isinstance(error, RecordError):
                raise PlaceRefused(file=database) from error
            raise explain(error, database) from error
        try:
            changeover.finish(database)
            keys = _keys_of(database, clock, use_keyring, ask)
            schema.upgrade(database, keys)
            # A copy from before an erasure was put back, or an erasure was broken off.
            erasures.apply_again(database, keys, clock=clock)
            return cls(database, keys, occupancy, operator, clock, spool)
        except Exception as error:
            occupancy.leave()
            if isinstance(error, RecordError):
                raise
            raise explain(error, database, None) from error

    def append(self, session: str, document: Document) -> asyncio.Future[int]:
        """Hand over one entry from an event loop; the future gives its number once durable."""
        return self._writer.append(session, document, self.operator)

    def leave(self, session: str, document: Document) -> None:
        """Hand over one entry that nobody waits for; from any thread."""
        self._writer.leave(session, document, self.operator)

    def append_now(
        self, session: str, document: Document, *, patience_s: float = PATIENCE_S
    ) -> int:
        """Write one entry and wait for it; for commands, never on an event loop.

        Raises `RecordError` for a trouble that lasts longer than `patience_s`; the entry goes on
        waiting until the record is closed.
        """
        return self._writer.append_now(session, document, self.operator, patience_s)

    def health(self) -> RecordHealth:
        """How many entries wait, and the trouble if there is one."""
        return self._writer.health()

    def close(self, *, patience_s: float = PATIENCE_S) -> None:
        """Write what waits, sign, and let go. Blocks for at most about twice `patience_s`.

        Raises `KeptAside` when entries could not be written and lie encrypted in the spool until
        the record is opened again, `NotSaved` when even that failed.
        """
        if self._closed:
            return
        self._closed = True
        try:
            trouble = self._writer.close(patience_s)
        finally:
            self._occupancy.leave()
        if trouble is not None:
            raise trouble

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def erase_patient(
    path: Path | str,
    patient: str,
    *,
    operator: str,
    reason: WhyErased,
    despite: str = "",
    clock: Clock | None = None,
    spool: Path | None = None,
    ask: Ask | None = None,
) -> Erasure:
    """Take all about one patient out of the record; see `erasures`. Copies are not touched.

    Raises what opening a record raises.
    """
    database = Path(path).absolute()
    if not is_there(database):
        raise missing(database)
    # What waits to be added comes first: it may be about the same patient.
    Record.create_or_open(database, operator=operator, clock=clock, spool=spool, ask=ask).close()
    # Also what a change that broke off had made ready: it would keep the patient.
    with changeover.alone(database):
        return erasures.erase(
            database,
            key_ring.find(database, ask),
            patient,
            operator=operator,
            reason=reason,
            despite=despite,
            clock=clock,
        )


def rebuild_projections(path: Path | str, ask: Ask | None = None) -> None:
    """Write the tables of patients, sessions and ratings again from the entries.

    Raises what opening a record raises, and `UnreadableEntry`.
    """
    database = Path(path).absolute()
    if not database.parent.exists():
        raise missing(database)
    with changeover.alone(database):
        if not is_there(database):
            raise missing(database)
        keys = key_ring.find(database, ask)
        bring_up(database, keys)
        with writing(database, keys).begin() as connection:
            projections.rebuild(connection, _entries(database, keys))


def _entries(database: Path, keys: Keys) -> Iterator[Entry]:
    reader = Reader(database, keys)
    return (entry for stream in sorted(reader.heads()) for entry in reader.entries(stream))


def _rebuilt(database: Path, keys: Keys) -> tuple[str, ...]:
    """Write the tables anew where they differ from the entries; gives which did."""
    wanted = projections.of(_entries(database, keys))
    with reading(database, keys).connect() as connection:
        kept = projections.stored(connection)
    differ = tuple(sorted(name for name, rows in wanted.rows.items() if kept.rows[name] != rows))
    if differ:
        with writing(database, keys).begin() as connection:
            projections.replace(connection, wanted)
    return differ


@dataclass(frozen=True)
class Upgraded:
    """Which versions of the tables a record had and has, and the copy made between."""

    before: str | None
    after: str
    copy: Path | None
    keys: Keys
    rebuilt: tuple[str, ...] = ()
    """Tables that said something else than the entries, and were written anew."""


def upgrade(path: Path | str, *, ask: Ask | None = None) -> Upgraded:
    """Bring an existing record to the newest version of the tables, as opening it does.

    Tables that say something else than the entries are written anew from them; no entry is
    changed. Raises what opening a record raises, and `UnreadableEntry`.
    """
    database = Path(path).absolute()
    if not database.parent.exists():
        raise missing(database)
    with changeover.alone(database):
        if not is_there(database):
            raise missing(database)
        keys = key_ring.find(database, ask)
        try:
            with reading(database, keys).connect() as connection:
                before = schema.current(connection)
            copy = bring_up(database, keys)
            return Upgraded(before, schema.newest(), copy, keys, _rebuilt(database, keys))
        except Exception as error:
            raise explain(error, database, keys) from error


def bring_up(database: Path, keys: Keys) -> Path | None:
    """Look through an existing record and bring it to the newest schema.

    Only while the record is held alone. Gives the copy made before the schema was changed, if it
    was. Raises what opening a record raises.
    """
    _look_through(database, keys)
    return schema.upgrade(database, keys)


def _keys_of(database: Path, clock: Clock, use_keyring: bool, ask: Ask | None) -> Keys:
    """The keys of the record, which is looked through first, or those of a new one."""
    if is_there(database):
        keys = key_ring.find(database, ask)
        _look_through(database, keys)
        return keys
    head = HeadFile(database).read()
    if head is not None and head.seq > 0:
        raise missing(database)
    keys = key_ring.make(database, use_keyring=use_keyring, signed=stamp(clock.wall()))
    if not database.exists():
        private.make(database, b"")
    return keys


def _look_through(database: Path, keys: Keys) -> None:
    """Refuse a record that cannot be written safely, before anything touches it."""
    try:
        with reading(database, keys).connect() as connection:
            head = HeadFile(database).read()
            version = schema.refuse_newer(connection, database)
            emptied = version is None and head is not None and head.seq > 0
            if emptied or broken_pages(connection, thorough=False):
                raise DamagedFile(file=database.name)
    except Exception as error:
        raise explain(error, database, keys) from error
