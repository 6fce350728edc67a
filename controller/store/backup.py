"""Owns how a record is copied to a safe place, whole and checked; changes nothing of the record."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from controller.store import changeover, erasures, ledger, locked, private, recovery
from controller.store import keys as key_ring
from controller.store.chain import START, Mark
from controller.store.clock import Clock, stamp
from controller.store.database import broken_pages, copy, explain, is_there, missing, reading
from controller.store.errors import DamagedFile, NameReserved, NameTaken, RecordError
from controller.store.head import ENDING as HEAD
from controller.store.head import Head, HeadFile
from controller.store.keys import Keys
from controller.store.locked import Ask
from controller.store.verify import check

COMPANIONS = (recovery.ENDING, locked.ENDING, erasures.ENDING)
"""What goes along where it is there: each is of use on another machine, and none opens the copy."""
PARTIAL = ".partial"
"""Begins the endings of what is not whole yet."""
_ATTEMPTS = 5


@dataclass(frozen=True)
class BackedUp:
    """What the backup holds."""

    file: Path
    entries: int
    ledger: Mark
    """Where its ledger ends."""
    companions: tuple[str, ...]
    """Endings of the files beside it."""
    ok: bool
    """Whether the check found it whole; where not, the record itself is not."""
    text: str
    """What the check found, one sentence."""


def backup(path: Path, target: Path, *, ask: Ask | None, clock: Clock) -> BackedUp:
    """Copy the record at `path` to the new file `target`, with a signed head, while it may be used.

    The copy has the record's keys; they are not copied. It has its name only when it was checked
    and is on disk. A record in which something was changed is copied as it is: the check of the
    copy finds the same. Raises `NameTaken`, `NameReserved`, and what reading a record raises.
    """
    database, target = path.absolute(), target.absolute()
    changeover.settle(database)
    if not is_there(database):
        raise missing(database)
    if target.parent == database.parent and changeover.is_to_come(target.name, database):
        raise NameReserved(file=target.name)
    for ending in ("", HEAD, *COMPANIONS):
        if private.beside(target, ending).exists():
            raise NameTaken(file=private.beside(target, ending).name)
    keys = key_ring.find(database, ask)
    partial = private.beside(target, PARTIAL)
    try:
        clear(target)
        return _backup(database, target, partial, keys, clock)
    except RecordError as error:
        raise error.naming(partial, database) from error
    except OSError:
        raise
    except Exception as error:
        raise explain(error, database, keys) from error
    finally:
        clear(target)


def clear(target: Path) -> None:
    """Remove what an attempt that broke off had made."""
    prefix = target.name + PARTIAL
    for file in list(target.parent.iterdir()):
        if file.name.startswith(prefix):
            file.unlink()


def _backup(database: Path, target: Path, partial: Path, keys: Keys, clock: Clock) -> BackedUp:
    last = _copied(database, partial, keys, clock)
    with reading(partial, keys).connect() as connection:
        if broken_pages(connection):
            raise DamagedFile(file=database.name)
    verdict = check(partial, keys)
    along: list[str] = []
    for ending in COMPANIONS:
        companion = private.beside(database, ending)
        if companion.exists():
            private.replace(private.beside(partial, ending), companion.read_bytes())
            along.append(ending)
    # The database comes last: with its name the backup is there, without it there is none.
    for ending in (HEAD, *along, ""):
        _name(private.beside(partial, ending), private.beside(target, ending))
    private.sync_folder(target.parent)
    return BackedUp(target, verdict.entries, last, (HEAD, *along), verdict.ok, verdict.text)


def _copied(database: Path, partial: Path, keys: Keys, clock: Clock) -> Mark:
    """Copy, with a head that fits where the record's own does; gives the end of the ledger.

    A console may move that head meanwhile, hence the attempts.
    """
    own = HeadFile(database)
    last, heads = START, list[Head | None]()

    def look() -> None:
        heads.append(own.read())

    for _attempt in range(_ATTEMPTS):
        heads.clear()
        look()
        copy(database, partial, keys, look)
        look()
        with reading(partial, keys).connect() as connection:
            last = ledger.last(connection)
        if heads[0] == heads[-1] or any(_allows(head, last) for head in heads):
            break
    fitting = next((head for head in heads if _allows(head, last)), heads[-1])
    HeadFile(partial).write(keys.head_of_copy(fitting, last, stamp(clock.wall())))
    return last


def _allows(head: Head | None, last: Mark) -> bool:
    return head is not None and head.allows(last)


def _name(partial: Path, target: Path) -> None:
    """Give a file its name unless something has it. Raises `NameTaken`."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise NameTaken(file=target.name) from None
    except OSError:
        # Drives without links, such as most memory sticks.
        if target.exists():
            raise NameTaken(file=target.name) from None
        os.replace(partial, target)
    else:
        partial.unlink()
