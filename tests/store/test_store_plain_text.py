"""A raw search of every file a record leaves: no word of it, and no key, can be read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import TestClock, copy, note, opened, opened_raw

from controller.session.documents import CLINIC, OperatorAdded, PatientAdded
from controller.store import letters, recovery
from controller.store.backup import backup
from controller.store.errors import KeptAside
from controller.store.keys import Keys, find
from controller.store.record import Record, erase_patient
from controller.store.rekey import rekey

PASSPHRASE = "four plain words here"
PSEUDONYM, OPERATOR, REMARK = "Balbuzard", "Dr Quidam", "he trembles when the lift stops"
KEY_FILES = (".key", ".signing-key")


def spellings(word: str) -> Iterator[bytes]:
    for text in (word, word.upper(), word.lower()):
        yield text.encode()
        yield text.encode("utf-16-le")


def of_keys(keys: Keys) -> Iterator[bytes]:
    halves = (bytes.fromhex(keys.key), keys.signing.private_bytes_raw())
    for half in halves:
        yield half
        yield half.hex().encode()
        yield half.hex().upper().encode()
        yield half.hex()[:16].encode()


def searched(folder: Path, wanted: list[bytes], *, but: tuple[str, ...] = ()) -> set[str]:
    """The names of the files that were searched, in which none of it was found."""
    names: set[str] = set()
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.name.endswith(but):
            continue
        content = file.read_bytes()
        for plain in wanted:
            assert plain not in content, (file.name, plain)
        names.add(file.name)
    return names


def write(record: Record) -> None:
    record.append_now(CLINIC, OperatorAdded(operator="op-1", name=OPERATOR))
    record.append_now(CLINIC, PatientAdded(patient="p-1", pseudonym=PSEUDONYM, ceiling=7))
    record.append_now("s-1", opened().model_copy(update={"pseudonym": PSEUDONYM}))
    for _n in range(40):
        record.append_now("s-1", note(REMARK))


WORDS = [plain for word in (PSEUDONYM, OPERATOR, REMARK, PASSPHRASE) for plain in spellings(word)]
FORM = [b"SQLite format", b"CREATE TABLE", b"patient_added", b"session_opened"]


def test_in_use_and_afterwards(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op-1", clock=clock) as record:
        write(record)
        wanted = [*WORDS, *FORM, *of_keys(find(path))]
        during = searched(path.parent, wanted, but=KEY_FILES)
    assert {"record.db", "record.db-wal", "record.db-shm", "record.db.head"} <= during
    assert "record.db" in searched(path.parent, wanted, but=KEY_FILES)


def test_where_entries_wait(path: Path, tmp_path: Path, clock: TestClock) -> None:
    away = tmp_path / "away"

    async def leave() -> None:
        record = Record.create_or_open(path, operator="op-1", clock=clock, spool=away)
        await asyncio.to_thread(write, record)
        with opened_raw(path, triggers=True) as raw:
            raw.execute("BEGIN IMMEDIATE")
            future = record.append("s-1", note(REMARK))
            with pytest.raises(KeptAside):
                await asyncio.to_thread(record.close, patience_s=0.1)
            raw.execute("ROLLBACK")
        await asyncio.gather(future, return_exceptions=True)

    asyncio.run(leave())
    names = searched(tmp_path, [*WORDS, *FORM, *of_keys(find(path))], but=KEY_FILES)
    assert any(name.endswith(".unsaved") for name in names)


def test_beside_a_record_from_which_somebody_was_erased(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op-1", clock=clock) as record:
        write(record)
    erase_patient(
        path, "p-1", operator=OPERATOR, reason="request", despite=f"{PSEUDONYM} went to court"
    )
    backup(path, tmp_path / "b.db", ask=None, clock=clock)
    names = searched(tmp_path, [*WORDS, *FORM, *of_keys(find(path))], but=KEY_FILES)
    assert {"record.db.erased", "b.db.erased"} <= names


def test_in_backups_sheets_locked_keys_and_kept_copies(
    small: Path, tmp_path: Path, clock: TestClock
) -> None:
    path = copy(small, tmp_path / "here" / "x.db")
    with Record.create_or_open(path, operator="op-1", clock=clock) as record:
        write(record)
    wanted = [*WORDS, *FORM, *of_keys(find(path))]
    groups = recovery.new_sheet(path, ask=None, clock=clock)
    secret = letters.read(" ".join(groups))
    wanted += [secret, secret.hex().encode(), *(group.encode() for group in groups)]
    backup(path, tmp_path / "b.db", ask=None, clock=clock)

    def knows(file: str, wrong: int) -> str:
        return PASSPHRASE

    rekey(path, ask=None, new_passphrase=lambda: PASSPHRASE, keep_in="passphrase",
          clock=clock, spool=None)  # fmt: skip
    wanted += of_keys(find(path, knows))
    backup(path, tmp_path / "c.db", ask=knows, clock=clock)
    names = searched(tmp_path, wanted)
    assert {"x.db", "x.db.recovery", "x.db.locked-keys", "b.db", "b.db.recovery"} <= names
    assert {"c.db", "c.db.locked-keys", "c.db.head"} <= names
