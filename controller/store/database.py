"""Owns how the encrypted file is opened and what its errors mean; knows no table.

The raw key comes first, then WAL with `synchronous=FULL`: a commit has reached the disk when it
returns. Whoever only reads opens the file so that nothing on disk changes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from controller import unusable
from controller.store import private
from controller.store.errors import (
    DamagedFile,
    DiskFull,
    DiskTrouble,
    NoRecord,
    RecordError,
    RecordGone,
    RecordLocked,
    WrongKey,
)
from controller.store.head import HeadFile
from controller.store.keys import Keys

WAL = "-wal"
SHARED_MEMORY = "-shm"
JOURNAL = "-journal"
"""Only while a database is made or its key changed; with it belongs what an old one would hold."""
BUSY_S = 1.0
"""How long one attempt waits for a lock: short, so that the alarm comes within 2 s."""
_SPARE_BYTES = 1_000_000
"""With less space than this an input or output error is told as a full disk."""

# Primary result codes of SQLite, https://www.sqlite.org/rescode.html
_BUSY, _LOCKED, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 10, 11, 13, 14, 26
_BY_WORDS = {
    "database is locked": _BUSY,
    "database table is locked": _LOCKED,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
}
"""The same by `sqlite3_errstr`: what SQLite's own backup raises carries its words and no code."""


def is_there(database: Path) -> bool:
    """Whether there is a record at all; a file of no bytes is a beginning that was broken off."""
    return database.exists() and database.stat().st_size > 0


def missing(database: Path) -> RecordError:
    """What to say where `is_there` does not hold: emptied, moved away, or never there."""
    if HeadFile(database).read() is None:
        return NoRecord(file=str(database))
    # The file is made before its head is: one that has a head held something.
    return DamagedFile(file=database.name) if database.exists() else RecordGone(file=database.name)


def writing(database: Path, keys: Keys) -> Engine:
    """An engine whose transactions take the write lock at once. The file must exist."""

    def connect() -> Any:
        connection = _connect(database, "mode=rw", keys)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    return _engine(connect, "BEGIN IMMEDIATE")


def reading(database: Path, keys: Keys) -> Engine:
    """An engine that can change nothing.

    With no -wal file nobody writes, and the file is read as it lies. With one, the file is shared
    with its writer in the ordinary way (which touches the -shm file and nothing else).
    """

    return _engine(lambda: _connect(database, _looking(database), keys), "BEGIN")


def copy(
    database: Path, target: Path, keys: Keys, fixed: Callable[[], None] = lambda: None
) -> None:
    """Copy the record with SQLite's own backup, which takes along what lies in the -wal file.

    The copy has the same key; an older copy of that name is replaced. `fixed` is called at the
    moment as of which the copy is made, however long it takes and whatever is written meanwhile.
    Nothing is left of a copy that breaks off. Raises `DiskFull` where the copy has no room.
    """
    target.unlink(missing_ok=True)
    try:
        _copy(database, target, keys, fixed)
    except BaseException as error:
        for ending in ("", JOURNAL):
            private.beside(target, ending).unlink(missing_ok=True)
        # Whoever copies explains the rest: it is about the record that was read.
        if isinstance(error, sqlcipher.Error | OSError):
            trouble = explain(error, target)
            if isinstance(trouble, DiskFull):
                raise trouble from error
        raise


def _copy(database: Path, target: Path, keys: Keys, fixed: Callable[[], None]) -> None:
    private.make(target, b"")
    with (
        closing(_connect(database, _looking(database), keys)) as source,
        closing(_connect(target, "mode=rw", keys)) as goal,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        fixed()
        source.backup(goal)


def change_key(database: Path, keys: Keys, fresh: Keys) -> None:
    """Encrypt the file anew, all or nothing; only for one that nobody else has open."""
    with closing(_connect(database, "mode=rw", keys)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute(f"PRAGMA rekey = \"x'{fresh.key}'\"")
    in_one_file(database, fresh)


def in_one_file(database: Path, keys: Keys) -> None:
    """Leave nothing beside the file, and itself as a writer leaves it; it may then be renamed.

    Only for one nobody else has open. Raises `RecordLocked` when somebody has.
    """
    with closing(_connect(database, "mode=rw", keys)) as connection:
        # As ever after: else the next writer would change it by a journal, which a reader that
        # looks at the file alone would miss.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if any(private.beside(database, ending).exists() for ending in (WAL, JOURNAL)):
        raise RecordLocked()


def opens(database: Path, keys: Keys) -> bool:
    """Whether these keys open the file. Raises `RecordError` when something else is in the way."""
    try:
        with closing(_connect(database, _looking(database), keys)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.Error as error:
        trouble = explain(error, database, keys)
        if isinstance(trouble, WrongKey):
            return False
        raise trouble from error
    return True


def _looking(database: Path) -> str:
    return "mode=ro" if private.beside(database, WAL).exists() else "mode=ro&immutable=1"


def _connect(database: Path, mode: str, keys: Keys) -> Any:
    connection = sqlcipher.connect(
        f"{database.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_S,
        check_same_thread=False,
        isolation_level=None,
    )
    # SQLCipher would write its own messages over the console's screen.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{keys.key}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _engine(connect: Callable[[], Any], begin: str) -> Engine:
    engine = create_engine(
        "sqlite://", creator=connect, module=sqlcipher, poolclass=NullPool, hide_parameters=True
    )

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", start)
    return engine


def explain(error: Exception, database: Path, keys: Keys | None = None) -> RecordError:
    """What an error means, as one of our own. With `keys` a wrong key is told from damage."""
    if isinstance(error, RecordError):
        return error
    if isinstance(error, DBAPIError) and isinstance(error.orig, Exception):
        return explain(error.orig, database, keys)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and isinstance(error, sqlcipher.Error):
        code = _BY_WORDS.get(str(error))
    if code is not None:
        return _of_database(code & 0xFF, database, keys)
    if isinstance(error, OSError):
        full = unusable.is_full(error) or _is_full(database)
        return DiskFull(folder=database.parent) if full else DiskTrouble()
    return RecordError()


def _of_database(code: int, database: Path, keys: Keys | None) -> RecordError:
    if code in (_BUSY, _LOCKED):
        return RecordLocked()
    if code == _FULL or (code == _IOERR and _is_full(database)):
        return DiskFull(folder=database.parent)
    if code == _IOERR:
        return DiskTrouble()
    if code == _CANTOPEN and not database.exists():
        return RecordGone(file=database.name)
    if code == _NOTADB and keys is not None and not _belongs(database, keys):
        return WrongKey(file=database.name)
    if code in (_CORRUPT, _NOTADB):
        return DamagedFile(file=database.name)
    return RecordError()


def _belongs(database: Path, keys: Keys) -> bool:
    """Whether these are the keys the head beside the record was signed with.

    SQLCipher says the same of a wrong key and of a damaged first page; the head knows better.
    Without a head a wrong key is assumed: it is the commoner accident, and harmless to say.
    """
    head = HeadFile(database).read()
    return head is not None and head.key_check == keys.key_check()


def _is_full(database: Path) -> bool:
    try:
        found = shutil.disk_usage(database.parent)
        # What has no size at all, such as /proc, is no disk that could be full.
        return found.total > 0 and found.free < _SPARE_BYTES
    except OSError:
        return False


def move_into_file(connection: Connection) -> None:
    """Write all that lies in the -wal file into the database itself, and wait for the disk.

    After a failed synchronisation the system may take pages for written that are not, so what was
    found there is written anew. Outside a transaction only. Raises `RecordLocked` when a reader is
    in the way, and the errors of the database.
    """
    raw: Any = connection.connection.dbapi_connection
    busy, _pages, _moved = raw.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
    if busy:
        raise RecordLocked()


def broken_pages(connection: Connection, *, thorough: bool = True) -> bool:
    """Whether any page fails its own check (HMAC-SHA512 for each page, then SQLite's order).

    Only a `thorough` check looks up every entry in every index. That takes a large record many
    times as long as all the rest, and finds nothing that a damaged disk can do: it fails the HMAC.
    """
    if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
        return True
    check = "PRAGMA integrity_check" if thorough else "PRAGMA quick_check"
    return connection.exec_driver_sql(check).scalar() != "ok"


def salt(database: Path) -> bytes:
    """The 16 random bytes with which SQLCipher begins each file; empty where there is none yet.

    They tell one record from another without opening either.
    """
    try:
        with database.open("rb") as file:
            return file.read(16)
    except OSError:
        return b""


def identity(path: Path) -> tuple[int, int] | None:
    """Device and number of a file, to see that a name still means the same file; None if gone."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
