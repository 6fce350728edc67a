"""Owns who copies a record, puts one back or changes its keys, and the word that is left of it.

The word lies beside the record (`controller.store.aside`) until it is opened for writing the next
time: a console may have it open, or it could not be opened before. It prints nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from controller.identify import Ask, id_of, who_of
from controller.session import permissions
from controller.session.documents import CLINIC
from controller.session.operators import Operator
from controller.session.tending import RecordTended, Tended
from controller.store import changeover
from controller.store import keys as key_ring
from controller.store.aside import Aside
from controller.store.clock import Clock, stamp
from controller.store.database import is_there, opens
from controller.store.errors import RecordError
from controller.store.keys import Keys
from controller.store.locked import Ask as Unlock
from controller.store.reader import Reader
from controller.store.spool import Said


@dataclass(frozen=True)
class Tender:
    """Who does it, as far as can be known."""

    one: Operator | None
    keys: Keys | None
    """Of the record that knows them; None where it was not opened."""


def who_tends(database: Path, what: Tended, name: str | None, ask: Ask, unlock: Unlock) -> Tender:
    """Who copies this record or changes its keys. A record of any version is asked.

    Raises `NotAllowed`, `NoSuchOperator`, `NotIdentified`, and the troubles of its keys and file.
    """
    if not is_there(database):
        return Tender(None, None)
    changeover.settle(database)
    keys = key_ring.find(database, unlock)
    one = who_of(Reader(database, keys), name, ask)
    permissions.require(one, f"db {what}")
    return Tender(one, keys)


def who_restores(
    database: Path, backup: Path, name: str | None, ask: Ask, unlock: Unlock
) -> Tender:
    """Who puts `backup` in the place of `database`: one whom the record there knows.

    Where none stands there, it cannot be read, or nobody is known in it, one whom the backup knows.
    Nobody can be known where only a recovery key opens that one.

    Raises `NotAllowed`, `NoSuchOperator`, `NotIdentified`.
    """
    own: Keys | None = None
    for place in (database, backup):
        keys = None
        with suppress(RecordError):
            changeover.settle(place)
            keys = key_ring.find(place, unlock) if is_there(place) else None
        own = own or keys
        with suppress(RecordError):
            fitting = next((k for k in (keys, own) if k is not None and opens(place, k)), None)
            if fitting is None:
                continue
            reader = Reader(place, fitting)
            # A wrong passphrase is told where the restored record will find it.
            reader.aside = Aside(database, fitting)
            one = who_of(reader, name, ask)
            if one is not None:
                permissions.require(one, "db restore")
                return Tender(one, fitting)
    return Tender(None, None)


def leave_word(
    database: Path,
    keys: Keys,
    what: Tended,
    tender: Tender,
    clock: Clock,
    ledger: int | None = None,
) -> None:
    """Leave beside the record that this was done, and by whom. Raises `OSError`."""
    one = tender.one
    ours = tender.keys is not None and tender.keys.signs_as(keys)
    said = RecordTended(
        what=what,
        known=one is not None,
        name="" if one is None or ours else one.name,
        ledger=ledger,
    )
    told = Said(CLINIC, said, id_of(one if ours else None), clock.mono_ns(), stamp(clock.wall()))
    Aside(database, keys).leave(told)
