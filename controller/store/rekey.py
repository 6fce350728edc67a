"""Owns the change of a record's database key and of where its keys rest; knows no entry.

The signing key stays: what it signed must be checked by it for good. The record's random name
changes, so that a keyring holds old and new keys side by side until the change has happened.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from controller.store import changeover, keys, ledger, locked, private, recovery
from controller.store.changeover import NEXT, Changeover, Step
from controller.store.clock import Clock, stamp
from controller.store.database import (
    JOURNAL,
    SHARED_MEMORY,
    WAL,
    change_key,
    copy,
    explain,
    is_there,
    missing,
    reading,
)
from controller.store.errors import NotWhole, RecordError
from controller.store.head import ENDING as HEAD
from controller.store.head import HeadFile, Place
from controller.store.keys import KEY, SIGNING_KEY, Keys
from controller.store.locked import Ask
from controller.store.record import bring_up
from controller.store.scribe import Scribe
from controller.store.spool import Spool
from controller.store.verify import check

_KEY_FILES = (KEY, SIGNING_KEY, locked.ENDING)


@dataclass(frozen=True)
class Rekeyed:
    """What the change led to."""

    place: Place
    """Where the keys rest now."""
    recovery: Literal["none", "kept", "lost"]
    """Whether the printed sheet still opens the record; "lost" where a new one must be made."""
    keys: Keys
    """The new ones."""


def rekey(
    path: Path,
    *,
    ask: Ask | None,
    new_passphrase: Callable[[], str],
    keep_in: Place | None,
    clock: Clock,
    spool: Path | None,
) -> Rekeyed:
    """Give the record at `path` a new database key; the old one opens it no more.

    Entries that wait in the folder `spool`, under the old key, are added first. The keys stay where
    they are, or go to `keep_in`; `new_passphrase` is asked when they are to be locked by one that
    is not the present one. Broken off at any moment, this leaves a record that opens.

    Raises `RecordInUse`, `NotWhole`, `NoKeyring`, `PassphraseTooShort`, and what opening a record
    raises: then the record is as it was.
    """
    database = path.absolute()
    if not database.parent.exists():
        raise missing(database)
    with changeover.alone(database):
        if not is_there(database):
            raise missing(database)
        try:
            return _rekey(database, _Remembering(ask), new_passphrase, keep_in, clock, spool)
        except RecordError as error:
            raise error.naming(changeover.coming(database), database) from error
        except Exception as error:
            raise explain(error, database) from error


class _Remembering:
    """Asks, and knows afterwards which passphrase it was."""

    def __init__(self, ask: Ask | None) -> None:
        self._ask = ask
        self.given: str | None = None

    def __call__(self, file: str, wrong: int) -> str | None:
        self.given = None if self._ask is None else self._ask(file, wrong)
        return self.given


def _rekey(
    database: Path,
    ask: _Remembering,
    new_passphrase: Callable[[], str],
    keep_in: Place | None,
    clock: Clock,
    spool: Path | None,
) -> Rekeyed:
    old = keys.find(database, ask)
    bring_up(database, old)
    place = old.place if keep_in is None else keep_in
    passphrase = ""
    if place == "passphrase":
        same = keep_in is None and ask.given is not None
        passphrase = ask.given if same and ask.given is not None else new_passphrase()
    take_up(database, old, clock, spool)
    before = check(database, old)
    fresh = replace(old, record=secrets.token_hex(16), place=place, key=secrets.token_hex(32))

    changeover.clear(database)
    coming = changeover.coming(database)
    copy(database, coming, old)
    change_key(coming, old, fresh)
    with reading(coming, fresh).connect() as connection:
        last = ledger.last(connection)
    head = fresh.head_of_copy(HeadFile(database).read(), last, stamp(clock.wall()))
    HeadFile(coming).write(head)
    after = check(coming, fresh)
    if after != before:
        raise NotWhole(file=database.name, text=after.text)
    sheet = _sheet(database, coming, fresh, old)
    placed = (*keys.lay_up(fresh, coming, passphrase), HEAD)
    if sheet == "kept":
        placed = (*placed, recovery.ENDING)
    gone = [one for one in (*_KEY_FILES, recovery.ENDING) if one not in placed]
    changeover.commit(
        database,
        Changeover(
            steps=(
                *(Step(what="remove", ending=ending) for ending in (WAL, SHARED_MEMORY, JOURNAL)),
                Step(what="place", ending=NEXT, to=""),
                *(Step(what="place", ending=NEXT + ending, to=ending) for ending in placed),
                *(Step(what="remove", ending=ending) for ending in gone),
            ),
            forget=(old.record,) if old.place == "keyring" else (),
        ),
    )
    return Rekeyed(place, sheet, fresh)


def take_up(database: Path, keys: Keys, clock: Clock, spool: Path | None) -> None:
    """Add what waits for the record, sign what is unsigned, and let no second file be needed.

    Only while the record is held alone.
    """
    scribe = Scribe(database, keys, clock, Spool(database, keys, spool))
    try:
        scribe.open()
    finally:
        scribe.disconnect()


def _sheet(database: Path, coming: Path, fresh: Keys, old: Keys) -> Literal["none", "kept", "lost"]:
    if not private.beside(database, recovery.ENDING).exists():
        return "none"
    content = recovery.sealed_anew(database, fresh, old)
    if content is None:
        return "lost"
    private.replace(private.beside(coming, recovery.ENDING), content)
    return "kept"
