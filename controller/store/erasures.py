"""Owns how all about one patient leaves a record, and that it stays gone; knows no screen.

Nothing else takes away what was written. What remains is the tombstone in the clinic's stream, one
signed row `erased` of the ledger for each stream, and a line in F.erased, by which a backup that is
put back beside it loses the patient again; one from before that is put back elsewhere does not. The
line says who erased, and why, so that the tombstone written again says the same. Who it was and
what they wrote is encrypted in it: a reason may name somebody, and the list lies in every backup.
Its key comes of the signing key, which a change of the database's key leaves as it is, so that
lists of older backups stay readable.

Where a backup was put back and no list reached beyond it, a line says so from then on: nobody there
knows who was erased after that backup was made.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Table, delete, insert, select

from controller.session.document import CLINIC, stream_of
from controller.session.documents import Entry
from controller.session.keeping import ErasedStream, PatientErased, WhyErased
from controller.store import ledger, private
from controller.store.chain import START, Mark, canonical, link
from controller.store.clock import Clock, SystemClock, stamp
from controller.store.database import explain, reading, writing
from controller.store.head import HeadFile
from controller.store.keys import Keys
from controller.store.models import CONSENTS, ENTRIES, ERASED, PATIENTS, RATINGS, SESSIONS
from controller.store.projections import Stored, project

ENDING = ".erased"
_MAGIC = "palier erased 1\n"
_GAP_MAGIC = "palier erased gap 1\n"
"""Signed with it, a line is none of an erased patient for versions that know of no gaps either."""
_SEALED = '"sealed":'
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Erasure:
    """What was taken away."""

    patient: str
    sessions: tuple[str, ...]
    entries: int


@dataclass(frozen=True)
class Listed:
    """What a line of the list says beside the patient."""

    reason: WhyErased
    operator: str = ""
    """Who erased; empty in lines of versions that did not note it."""
    despite: str = ""


def listed(database: Path, keys: Keys) -> dict[str, Listed]:
    """Whom the file beside the record names as erased, by whom and why.

    Lines nobody signed are skipped.
    """
    found: dict[str, Listed] = {}
    for line in lines(database):
        said, _space, signature = line.rpartition(" ")
        if keys.signed(_MAGIC.encode() + said.encode(), signature):
            patient, told = _read(keys, said)
            # Of two lines, as after lists were put together, the record's own comes first.
            found.setdefault(patient, told)
    return found


def unknown_since(database: Path, keys: Keys) -> str | None:
    """Since when whoever was erased may be missing from the list, UTC; None where it is whole.

    Empty where it is not known when the backup was made that the list does not reach beyond.
    """
    for line in lines(database):
        if _is_gap(keys, line):
            since: str = json.loads(line.rpartition(" ")[0])["unknown_since"]
            return since
    return None


def gap(keys: Keys, since: str) -> str:
    """The line that says since when the list may not be whole."""
    said = canonical({"unknown_since": since})
    return f"{said} {keys.sign(_GAP_MAGIC.encode() + said.encode())}"


def without_gaps(keys: Keys, found: Iterable[str]) -> list[str]:
    """The lines but those that say since when the list may not be whole."""
    return [line for line in found if not _is_gap(keys, line)]


def _is_gap(keys: Keys, line: str) -> bool:
    said, _space, signature = line.rpartition(" ")
    return keys.signed(_GAP_MAGIC.encode() + said.encode(), signature)


def lines(database: Path) -> list[str]:
    """The lines of the list as they stand there, signed or not; none where there is no list."""
    try:
        text = private.beside(database, ENDING).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    # Not `splitlines`: a reason may hold signs that it takes for the end of a line.
    return [line for line in text.split("\n") if line.strip()]


def erase(
    database: Path,
    keys: Keys,
    patient: str,
    *,
    operator: str,
    reason: WhyErased,
    despite: str = "",
    clock: Clock | None = None,
) -> Erasure:
    """Take away the patient's stream and sessions; durable and gone from the file when it returns.

    Whoever calls holds the record (`Occupancy`); nothing may wait in the spool. A crash at any
    moment leaves the patient whole or gone, and the list already says so: `apply_again` finishes.

    Raises the errors of the database, and `ValueError` for a reason that no entry can hold: then
    nobody is on the list.
    """
    clock = SystemClock() if clock is None else clock
    tombstone = PatientErased(patient=patient, reason=reason, despite=despite, streams=())
    try:
        _note(database, keys, patient, Listed(reason, operator, despite))
        with writing(database, keys).connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA secure_delete = ON")
            done = _Erasing(connection, database, keys, clock).run(tombstone, operator)
            # The pages that held it are overwritten, in the file and in what was not yet moved.
            for command in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
                raw.execute(command).fetchall()
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return done
    except Exception as error:
        raise explain(error, database, keys) from error


def apply_again(database: Path, keys: Keys, *, clock: Clock | None = None) -> list[Erasure]:
    """Erase whoever is on the list and yet in the record, as after a backup was put back.

    Lines of versions that encrypted nothing are written anew first. Raises the errors of the
    database.
    """
    _encrypt_all(database, keys)
    done = []
    for patient, told in listed(database, keys).items():
        try:
            with reading(database, keys).connect() as connection:
                there = bool(_streams(connection, patient))
        except Exception as error:
            raise explain(error, database, keys) from error
        if there:
            done.append(
                erase(
                    database,
                    keys,
                    patient,
                    operator=told.operator,
                    reason=told.reason,
                    despite=told.despite,
                    clock=clock,
                )
            )
    return done


def _note(database: Path, keys: Keys, patient: str, told: Listed) -> None:
    """Put the patient on the list, before anything is taken away."""
    if patient in listed(database, keys):
        return
    path = private.beside(database, ENDING)
    before = path.read_bytes() if path.exists() else b""
    said = _said(keys, patient, told)
    signature = keys.sign(_MAGIC.encode() + said.encode())
    private.replace(path, before + f"{said} {signature}\n".encode())


def _encrypt_all(database: Path, keys: Keys) -> None:
    """Write anew, encrypted, each line of ours that tells who erased or why as it is."""
    before = lines(database)
    after = []
    for line in before:
        said, _space, signature = line.rpartition(" ")
        if keys.signed(_MAGIC.encode() + said.encode(), signature) and _SEALED not in said:
            said = _said(keys, *_read(keys, said))
            line = f"{said} {keys.sign(_MAGIC.encode() + said.encode())}"
        after.append(line)
    if after != before:
        content = "".join(f"{line}\n" for line in after)
        private.replace(private.beside(database, ENDING), content.encode())


def _said(keys: Keys, patient: str, told: Listed) -> str:
    """The line without its signature."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    plain = canonical({"operator": told.operator, "despite": told.despite}).encode()
    sealed = nonce + _cipher(keys).encrypt(nonce, plain, _MAGIC.encode() + patient.encode())
    return canonical({"patient": patient, "reason": told.reason, "sealed": sealed.hex()})


def _read(keys: Keys, said: str) -> tuple[str, Listed]:
    """The patient of a line whose signature holds, and what it says."""
    told = json.loads(said)
    patient: str = told.pop("patient")
    # Lines of versions that encrypted nothing have these words as they are.
    sealed = bytes.fromhex(told.pop("sealed", ""))
    if sealed:
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        bound = _MAGIC.encode() + patient.encode()
        told |= json.loads(_cipher(keys).decrypt(nonce, rest, bound))
    return patient, Listed(**told)


def _cipher(keys: Keys) -> AESGCM:
    seed = keys.signing.private_bytes_raw()
    return AESGCM(hmac.new(seed, _MAGIC.encode() + b"key", hashlib.sha256).digest())


def _streams(connection: Connection, patient: str) -> dict[str, Mark]:
    """The patient's own stream and sessions that hold entries, with where each ends."""
    asked = select(SESSIONS.c.session).where(SESSIONS.c.patient == patient)
    names = {stream_of(patient), *connection.execute(asked).scalars()}
    return {name: end for name, end in ledger.heads(connection).items() if name in names}


class _Erasing:
    """One erasure in one transaction."""

    def __init__(self, connection: Connection, database: Path, keys: Keys, clock: Clock) -> None:
        self._connection = connection
        self._head = HeadFile(database)
        self._keys = keys
        self._clock = clock

    def run(self, said: PatientErased, operator: str) -> Erasure:
        """Take it all away; `said` is the tombstone without the streams."""
        connection, patient = self._connection, said.patient
        with connection.begin():
            streams = _streams(connection, patient)
            before = ledger.last(connection)
            gone = tuple(
                ErasedStream(stream=name, entries=end.seq, head=end.hash)
                for name, end in sorted(streams.items())
            )
            tombstone = said.model_copy(update={"streams": gone})
            end = ledger.heads(connection).get(CLINIC, START)
            entry = self._entry(tombstone, operator, end.seq + 1)
            row = link(entry, end)
            wall = entry.wall
            seals = []
            last = before
            for name, mark in [*sorted(streams.items()), (CLINIC, row.mark)]:
                kind = ledger.ERASED if name != CLINIC else "stand"
                seals.append(ledger.seal(self._keys, last, kind, name, mark, wall))
                last = seals[-1].mark
            self._head.write(self._keys.head(before, last, wall))
            with _without_triggers(connection):
                connection.execute(delete(ENTRIES).where(ENTRIES.c.session.in_(streams)))
            _clear(connection, patient, streams)
            connection.execute(insert(ENTRIES), [vars(row)])
            stored = Stored(connection)
            project(entry, stored)
            stored.flush()
            ledger.add(connection, seals)
        self._head.write(self._keys.head(last, None, wall))
        sessions = tuple(name for name in sorted(streams) if name != stream_of(patient))
        return Erasure(patient, sessions, sum(end.seq for end in streams.values()))

    def _entry(self, tombstone: PatientErased, operator: str, seq: int) -> Entry:
        return Entry(
            session=CLINIC,
            seq=seq,
            kind=tombstone.kind,
            operator=operator,
            mono_ns=self._clock.mono_ns(),
            wall=stamp(self._clock.wall()),
            data=tombstone,
        )


def _clear(connection: Connection, patient: str, streams: Iterable[str]) -> None:
    connection.execute(delete(RATINGS).where(RATINGS.c.session.in_(list(streams))))
    by_patient: tuple[Table, ...] = (SESSIONS, PATIENTS, CONSENTS, ERASED)
    for table in by_patient:
        connection.execute(delete(table).where(table.c.patient == patient))


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    """Let entries be taken away, in this transaction alone."""
    asked = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries' "
        "AND name LIKE '%no_delete'"
    )
    found = connection.exec_driver_sql(asked).all()
    for name, _sql in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _name, sql in found:
        connection.exec_driver_sql(sql)
