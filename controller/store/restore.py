"""Owns how a backup becomes the record; knows no entry.

Everything is made ready beside the record F and checked there, and then changes places at once
(`controller.store.changeover`): broken off at any moment, this leaves the old record or the new.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from controller.store import changeover, copies, erasures, ledger, locked, private, recovery, schema
from controller.store import keys as key_ring
from controller.store.chain import Mark
from controller.store.changeover import NEXT, Changeover, Step
from controller.store.clock import Clock, stamp
from controller.store.database import (
    JOURNAL,
    SHARED_MEMORY,
    WAL,
    broken_pages,
    copy,
    explain,
    in_one_file,
    is_there,
    missing,
    opens,
    reading,
)
from controller.store.errors import DamagedFile, NoKeyFits, NotWhole, RecordError
from controller.store.head import ENDING as HEAD
from controller.store.head import HeadFile
from controller.store.keys import KEY, SIGNING_KEY, Keys
from controller.store.locked import Ask
from controller.store.record import bring_up
from controller.store.rekey import take_up
from controller.store.spool import ENDING as SPOOL
from controller.store.verify import check

_SECRETS = (KEY, SIGNING_KEY, locked.ENDING, recovery.ENDING)


@dataclass(frozen=True)
class Restored:
    """What stands there now, and what stood there before."""

    entries: int
    ledger: Mark
    """Where the restored ledger ends."""
    signed: str
    """UTC: when the backup's head was signed."""
    kept: Path | None
    """The record that stood there before."""
    before: int | None
    """Where the ledger of that one ended, by its head."""
    erased: int
    """Patients erased again."""
    unknown_since: str | None
    """None where what stood here knew of erasures up to the backup's end or later. Else when the
    backup was made that no list of erased patients reached beyond, UTC, or empty where it does not
    say: nobody here knows who was erased since, and they are in the record again."""
    ok: bool
    text: str
    """What the check found, one sentence."""
    keys: Keys
    """Of the restored record."""


def restore(
    backup: Path,
    path: Path,
    *,
    ask: Ask | None,
    ask_recovery: Callable[[str], bytes | None],
    use_keyring: bool,
    clock: Clock,
    spool: Path | None,
    anyway: bool = False,
) -> Restored:
    """Put the backup in place of the record at `path`, which is kept under another name.

    The keys are those of the record, or those that belong to the backup, or what its recovery key
    opens; `ask_recovery` is asked for that one with the name of the file. Keys that are new here
    go into the keyring with `use_keyring`, else into files. A backup in which something was changed
    is refused, but for `anyway`: then the check of the record finds the same. Raises
    `RecordInUse`, `NoKeyFits`, `NotWhole`, and what reading a record raises: then
    nothing has changed.
    """
    backup, database = backup.absolute(), path.absolute()
    if not is_there(backup):
        raise missing(backup)
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with changeover.alone(database):
            own = _own(database, ask)
            keys = _fitting(backup, database, own, ask, ask_recovery)
            return _Restoring(backup, database, keys, own, use_keyring, clock).carry_out(
                anyway, spool
            )
    except RecordError as error:
        raise error.naming(changeover.coming(database), backup) from error
    except OSError:
        raise
    except Exception as error:
        raise explain(error, database) from error


def _own(database: Path, ask: Ask | None) -> Keys | None:
    """The keys of the record that stands there, if they can be had."""
    try:
        return key_ring.find(database, ask)
    except RecordError:
        return None


def _fitting(
    backup: Path,
    database: Path,
    own: Keys | None,
    ask: Ask | None,
    ask_recovery: Callable[[str], bytes | None],
) -> Keys:
    if own is not None and opens(backup, own):
        return own
    with suppress(RecordError):
        beside = key_ring.find(backup, ask)
        if opens(backup, beside):
            return beside
    for place in (backup, database):
        path = private.beside(place, recovery.ENDING)
        if not path.exists():
            continue
        secret = ask_recovery(backup.name)
        if secret is None:
            break
        keys = recovery.unsealed(path, secret)
        if opens(backup, keys):
            return keys
    raise NoKeyFits(file=backup.name)


class _Restoring:
    """One restoring, while the record is held alone."""

    def __init__(
        self,
        backup: Path,
        database: Path,
        found: Keys,
        own: Keys | None,
        use_keyring: bool,
        clock: Clock,
    ) -> None:
        self._backup = backup
        self._database = database
        self._coming = changeover.coming(database)
        self._found = found
        self._own = own
        self._same_keys = own is not None and own.same_as(found)
        self._use_keyring = use_keyring
        self._clock = clock

    def carry_out(self, anyway: bool, spool: Path | None) -> Restored:
        """Make ready, check, change places."""
        changeover.clear(self._database)
        keys, placed, gone = self._lay_up()
        signed = self._make_ready(keys)
        verdict = check(self._coming, keys)
        if not verdict.ok and not anyway:
            raise NotWhole(file=self._backup.name, text=verdict.text)
        if self._own is not None:
            # What waits for the old record belongs into it, not into the restored one. That one
            # may be damaged in any way; then it is kept as it is.
            with suppress(Exception):
                bring_up(self._database, self._own)
                take_up(self._database, self._own, self._clock, spool)
        since = self._unknown_since(signed)
        if self._merge_erased(keys, since):
            placed = (*placed, erasures.ENDING)
        erased = len(erasures.apply_again(self._coming, keys, clock=self._clock))
        if erased:
            verdict = check(self._coming, keys)
        in_one_file(self._coming, keys)
        with reading(self._coming, keys).connect() as connection:
            last = ledger.last(connection)
        stood = HeadFile(self._database).read()
        steps, kept = self._out_of_the_way({*placed, *gone})
        steps += [Step(what="remove", ending=ending) for ending in (WAL, SHARED_MEMORY, JOURNAL)]
        steps += [Step(what="place", ending=NEXT + one, to=one) for one in ("", HEAD, *placed)]
        steps += [Step(what="remove", ending=ending) for ending in gone]
        changeover.commit(self._database, Changeover(steps=tuple(steps)))
        return Restored(
            ok=verdict.ok,
            text=verdict.text,
            entries=verdict.entries,
            ledger=last,
            signed=signed,
            kept=kept,
            before=None if stood is None else stood.seq,
            erased=erased,
            unknown_since=since,
            keys=keys,
        )

    def _make_ready(self, keys: Keys) -> str:
        """Copy the backup, sign its end, bring it to our schema; when its head was signed."""
        head = HeadFile(self._backup).read()
        try:
            copy(self._backup, self._coming, keys)
            with reading(self._coming, keys).connect() as connection:
                if broken_pages(connection):
                    raise DamagedFile(file=self._backup.name)
                last = ledger.last(connection)
        except Exception as error:
            raise explain(error, self._backup, self._found) from error
        fresh = keys.head_of_copy(head, last, stamp(self._clock.wall()))
        HeadFile(self._coming).write(fresh)
        schema.upgrade(self._coming, keys)
        return "" if head is None else head.signed

    def _lay_up(self) -> tuple[Keys, tuple[str, ...], tuple[str, ...]]:
        """The keys with the place where they rest from now on; endings to place and to remove."""
        if self._own is not None and self._same_keys:
            return self._own, (), ()
        keys, placed = self._found, []
        if keys.place == "passphrase":
            placed = [locked.ENDING]
        elif keys.place == "files":
            keys = key_ring.lay_up_in_order(keys, self._coming, use_keyring=self._use_keyring)
            placed = [KEY, SIGNING_KEY] if keys.place == "files" else []
        if private.beside(self._backup, recovery.ENDING).exists():
            placed.append(recovery.ENDING)
        for ending in placed:
            file = private.beside(self._backup, ending)
            if ending in (locked.ENDING, recovery.ENDING):
                private.replace(private.beside(self._coming, ending), file.read_bytes())
        return keys, tuple(placed), tuple(one for one in _SECRETS if one not in placed)

    def _unknown_since(self, signed: str) -> str | None:
        """Since when nobody here knows who was erased; None where somebody does.

        A record that was itself put back without a newer list knows no more for having been led on,
        however far its ledger goes; but of its own erasures, which its own backups do not hold.
        """
        known = erasures.unknown_since(self._database, self._found)
        if known != erasures.unknown_since(self._backup, self._found) or not self._has_newer_list():
            return signed
        return known

    def _has_newer_list(self) -> bool:
        """Whether the list beside the record is at least as new as the backup, for all we know.

        It is as new as the signed head beside it, if that is this record's; without one, as one
        that names somebody whom the backup's does not.
        """
        with reading(self._coming, self._found).connect() as connection:
            end = ledger.last(connection)
        head = HeadFile(self._database).read()
        ours = head is not None and head.is_signed_by(self._found.public())
        if head is not None and ours and head.seq >= end.seq:
            return True
        known = erasures.listed(self._database, self._found)
        return bool(known.keys() - erasures.listed(self._backup, self._found).keys())

    def _merge_erased(self, keys: Keys, since: str | None) -> bool:
        """One list out of the record's and the backup's; whether there is any."""
        lines: dict[str, None] = {} if since is None else {erasures.gap(keys, since): None}
        for place in (self._database, self._backup):
            lines |= dict.fromkeys(erasures.without_gaps(keys, erasures.lines(place)))
        if lines:
            content = "".join(line + "\n" for line in lines).encode()
            private.replace(private.beside(self._coming, erasures.ENDING), content)
        return bool(lines)

    def _out_of_the_way(self, replaced: set[str]) -> tuple[list[Step], Path | None]:
        """The steps that keep what stood there, with keys that open it."""
        ending = self._free_ending()
        there = is_there(self._database)
        moved = ["", WAL, JOURNAL, HEAD]
        moved += [one for one in _SECRETS if one in replaced]
        if not self._same_keys:
            moved.append(SPOOL)
        steps: list[Step] = []
        for one in moved:
            # A step for a file that is not there would, after a crash, take away the new one.
            if private.beside(self._database, one).exists():
                steps.append(Step(what="keep", ending=one, to=ending + one))
        for one in (*_SECRETS, erasures.ENDING):
            file = private.beside(self._database, one)
            if there and one not in moved and file.exists():
                # The restored record goes on with this file, so the kept one gets a copy.
                private.replace(private.beside(self._coming, ".kept" + one), file.read_bytes())
                steps.append(Step(what="place", ending=f"{NEXT}.kept{one}", to=ending + one))
        return steps, private.beside(self._database, ending) if there else None

    def _free_ending(self) -> str:
        """An ending with which no file beside the record begins."""
        named = copies.KEPT + self._clock.wall().strftime("%Y%m%dT%H%M%SZ")
        taken = [file.name for file in self._database.parent.iterdir()]
        number, ending = 1, named
        while any(name.startswith(self._database.name + ending) for name in taken):
            number += 1
            ending = f"{named}-{number}"
        return ending
