"""A backup comes back: drilled, on this machine and on a new one, and killed at every step."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from store_drawer import Drawer
from store_killed import PASSPHRASE
from store_kills import at_any_moment, each_step
from store_samples import TestClock, bytes_of, closed, copy, note, opened, opened_raw

from controller.store import erasures, letters, recovery
from controller.store.backup import backup
from controller.store.errors import (
    DamagedFile,
    NoKeyFits,
    NotWhole,
    RecordInUse,
    WrongRecoveryKey,
)
from controller.store.keys import find
from controller.store.reader import Reader
from controller.store.record import Record, erase_patient
from controller.store.rekey import rekey
from controller.store.restore import Restored, restore
from controller.store.spool import Said, Spool
from controller.store.verify import verify

ENTRIES = 27


def restored(kept: Path, path: Path, **words: Any) -> Restored:
    asked = {"ask": None, "ask_recovery": lambda file: None, "use_keyring": False} | words
    return restore(kept, path, clock=TestClock(), spool=None, **asked)


def to_come(path: Path) -> list[str]:
    """The files of a change that lie beside the record."""
    return [name for name in bytes_of(path) if ".next" in name or name.endswith(".changeover")]


@pytest.fixture
def kept(small: Path, tmp_path: Path) -> Path:
    """A backup of the small record, in a folder of its own."""
    (tmp_path / "safe").mkdir()
    target = tmp_path / "safe" / "b.db"
    backup(small, target, ask=None, clock=TestClock())
    return target


@pytest.fixture
def later(small: Path, tmp_path: Path, kept: Path, clock: TestClock) -> Path:
    """The record after it was used again."""
    path = copy(small, tmp_path / "here" / "x.db")
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-4", opened())
        record.append_now("s-4", closed())
    return path


def test_a_backup_takes_the_place_of_the_record_which_is_kept(later: Path, kept: Path) -> None:
    before = verify(later)
    told = restored(kept, later)
    assert (told.ok, told.entries) == (True, ENTRIES)
    assert verify(later).entries == ENTRIES
    assert [row.session for row in Reader.open(later).sessions()] == ["s-1", "s-2", "s-3"]
    assert told.kept is not None
    assert verify(told.kept).entries == before.entries
    assert not to_come(later)
    with Record.create_or_open(later, operator="op", clock=TestClock()) as record:
        assert record.append_now("s-3", note()) == 8
    assert verify(later).ok


def test_an_older_end_of_the_ledger_is_told(later: Path, kept: Path) -> None:
    head = Reader.open(later).ledger_head()
    told = restored(kept, later)
    assert told.before == head.seq
    assert told.ledger.seq < head.seq
    assert told.ledger == Reader.open(later).ledger_head()


def test_a_damaged_record_is_replaced_too_and_kept_as_it_is(later: Path, kept: Path) -> None:
    content = bytearray(later.read_bytes())
    content[len(content) // 2] ^= 255
    later.write_bytes(content)
    told = restored(kept, later)
    assert verify(later).entries == ENTRIES
    assert told.kept is not None and told.kept.read_bytes() == content


def test_a_record_that_is_gone_comes_back(later: Path, kept: Path) -> None:
    later.unlink()
    assert restored(kept, later).kept is None
    assert verify(later).entries == ENTRIES


def test_a_record_that_a_console_has_open_is_left_alone(
    later: Path, kept: Path, clock: TestClock
) -> None:
    with Record.create_or_open(later, operator="op", clock=clock) as record:
        with pytest.raises(RecordInUse):
            restored(kept, later)
        record.append_now("s-4", note())
    assert verify(later).entries == ENTRIES + 3


def test_a_backup_in_which_something_was_changed_is_refused_and_nothing_has_changed(
    later: Path, kept: Path
) -> None:
    for ending in (".key", ".signing-key"):
        content = later.with_name("x.db" + ending).read_bytes()
        kept.with_name("b.db" + ending).write_bytes(content)
    with opened_raw(kept) as raw:
        raw.execute("DELETE FROM entries WHERE session = 's-2' AND seq = 5")
    entries = verify(later).entries
    with pytest.raises(NotWhole, match="session s-2, entry 5"):
        restored(kept, later)
    assert verify(later).entries == entries
    assert not to_come(later), "a copy that no erasure would find"
    told = restored(kept, later, anyway=True)
    assert (told.ok, "session s-2, entry 5" in told.text) == (False, True)
    assert verify(later).seq == 5


def test_a_damaged_backup_is_refused(later: Path, kept: Path) -> None:
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 255
    kept.write_bytes(content)
    entries = verify(later).entries
    with pytest.raises(DamagedFile, match=r"b\.db: file damaged"):
        restored(kept, later, anyway=True)
    assert verify(later).entries == entries
    assert not to_come(later)


def test_a_head_rolled_back_beside_the_backup_is_refused(
    later: Path, kept: Path, tmp_path: Path
) -> None:
    older = kept.with_name("b.db.head").read_bytes()
    newer = tmp_path / "newer.db"
    backup(later, newer, ask=None, clock=TestClock())
    newer.with_name("newer.db.head").write_bytes(older)
    with pytest.raises(NotWhole, match="older than the ledger"):
        restored(newer, later)


@pytest.mark.parametrize("keyring_works", [False, True])
def test_on_a_new_machine_the_printed_key_brings_it_back(
    small: Path, tmp_path: Path, clock: TestClock, drawer: Drawer, keyring_works: bool
) -> None:
    path = copy(small, tmp_path / "old" / "x.db")
    secret = letters.read(" ".join(recovery.new_sheet(path, ask=None, clock=clock)))
    (tmp_path / "safe").mkdir()
    target = tmp_path / "safe" / "b.db"
    backup(path, target, ask=None, clock=clock)
    new = tmp_path / "new machine" / "folder" / "record.db"
    with pytest.raises(NoKeyFits, match=r"type its recovery key"):
        restored(target, new)
    with pytest.raises(WrongRecoveryKey):
        restored(target, new, ask_recovery=lambda file: bytes(32))
    asked: list[str] = []

    def type_it(file: str) -> bytes:
        asked.append(file)
        return secret

    restored(target, new, ask_recovery=type_it, use_keyring=keyring_works)
    assert asked == ["b.db"]
    assert verify(new).entries == ENTRIES
    assert len(drawer.kept) == (2 if keyring_works else 0)
    assert new.with_name("record.db.key").exists() is not keyring_works
    # The sheet goes on opening the restored record.
    assert recovery.unsealed(new.with_name("record.db.recovery"), secret).same_as(find(new))


def test_on_a_new_machine_the_passphrase_brings_it_back(
    small: Path, tmp_path: Path, clock: TestClock
) -> None:
    path = copy(small, tmp_path / "old" / "x.db")

    def knows(file: str, wrong: int) -> str | None:
        return PASSPHRASE if wrong == 0 else None

    rekey(path, ask=None, new_passphrase=lambda: PASSPHRASE, keep_in="passphrase",
          clock=clock, spool=None)  # fmt: skip
    (tmp_path / "safe").mkdir()
    target = tmp_path / "safe" / "b.db"
    backup(path, target, ask=knows, clock=clock)
    new = tmp_path / "new" / "record.db"
    restored(target, new, ask=knows)
    assert verify(new, ask=knows).entries == ENTRIES
    assert not new.with_name("record.db.key").exists()


def test_a_backup_from_before_a_new_key_comes_back_with_the_sheet_and_both_keep_their_keys(
    small: Path, tmp_path: Path, clock: TestClock
) -> None:
    path = copy(small, tmp_path / "here" / "x.db")
    secret = letters.read(" ".join(recovery.new_sheet(path, ask=None, clock=clock)))
    target = tmp_path / "b.db"
    backup(path, target, ask=None, clock=clock)
    old = find(path)
    rekey(path, ask=None, new_passphrase=str, keep_in=None, clock=clock, spool=None)
    told = restored(target, path, ask_recovery=lambda file: secret)
    assert find(path).same_as(old)
    assert verify(path).ok
    assert told.kept is not None
    assert verify(told.kept).ok
    assert not find(told.kept).same_as(old)


def test_entries_that_wait_for_the_old_record_stay_with_it(
    later: Path, kept: Path, clock: TestClock
) -> None:
    waiting = Spool(later, find(later), None)
    assert waiting.add([Said("s-4", note("late"), "op", 5, "2026-02-01T00:00:00.000000Z")])
    told = restored(kept, later)
    assert told.kept is not None
    assert [e.data.text for e in Reader.open(told.kept).entries("s-4") if e.kind == "note"]
    with Record.create_or_open(later, operator="op", clock=clock) as record:
        assert record.reader.entries("s-4") == []


def test_an_erased_patient_does_not_come_back(later: Path, kept: Path, clock: TestClock) -> None:
    done = erase_patient(later, "p-1", operator="op", reason="request", clock=clock)
    assert done.sessions
    told = restored(kept, later)
    assert (told.ok, told.erased) == (True, 1)
    assert Reader.open(later).sessions() == []
    assert "p-1" not in [row.patient for row in Reader.open(later).patients()]
    assert verify(later).ok


def test_where_no_newer_list_lies_it_is_known_that_the_erased_came_back(
    later: Path, kept: Path, tmp_path: Path, clock: TestClock
) -> None:
    erase_patient(later, "p-1", operator="op", reason="request", clock=clock)
    newer = tmp_path / "newer.db"
    backup(later, newer, ask=None, clock=TestClock())
    for target in (kept, newer):
        for ending in (".key", ".signing-key"):
            secret = later.with_name("x.db" + ending).read_bytes()
            target.with_name(target.name + ending).write_bytes(secret)

    def on_a_machine(name: str, *, listed: Path | None = None) -> tuple[bool, int, list[str]]:
        path = tmp_path / name / "x.db"
        path.parent.mkdir()
        if listed is not None:
            path.with_name("x.db.erased").write_bytes(listed.read_bytes())
        told = restored(kept, path)
        return (
            told.unknown_since is None,
            told.erased,
            [row.patient for row in Reader.open(path).patients() if row.patient == "p-1"],
        )

    assert on_a_machine("new") == (False, 0, ["p-1"])
    assert on_a_machine("with the list", listed=later.with_name("x.db.erased")) == (True, 1, [])
    assert on_a_machine("from a backup", listed=newer.with_name("newer.db.erased")) == (True, 1, [])
    # An older record in the place knows no more than the backup does.
    old = copy(kept, tmp_path / "old" / "x.db")
    assert restored(newer, old).unknown_since is not None
    assert restored(kept, later).unknown_since is None


def test_every_restore_says_so_while_nobody_here_knows_who_was_erased_since(
    later: Path, kept: Path, tmp_path: Path, clock: TestClock
) -> None:
    def machine(backup_: Path, name: str) -> Path:
        for ending in (".key", ".signing-key"):
            secret = later.with_name("x.db" + ending).read_bytes()
            backup_.with_name(backup_.name + ending).write_bytes(secret)
        (tmp_path / name).mkdir(exist_ok=True)
        return tmp_path / name / "x.db"

    erase_patient(later, "p-1", operator="op", reason="request", clock=clock)
    path = machine(kept, "new")
    first = restored(kept, path).unknown_since
    assert first
    assert restored(kept, path).unknown_since == first, "the same backup once more"
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        for number in range(40):
            record.append_now("clinic", note(f"led on {number}"))
    assert restored(kept, path).unknown_since == first, "a longer ledger knows no more"
    own = tmp_path / "own.db"
    backup(path, own, ask=None, clock=TestClock())
    assert restored(own, path).unknown_since == first, "a backup of such a record"
    assert restored(own, machine(own, "third")).unknown_since is not None
    shutil.copy(later.with_name("x.db.erased"), path.with_name("x.db.erased"))
    told = restored(kept, path)
    assert (told.unknown_since, told.erased) == (None, 1), "the list was put there"
    assert verify(path).ok


def test_erasures_are_applied_before_the_restored_record_takes_its_place(
    later: Path, kept: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_patient(later, "p-1", operator="op", reason="request", clock=clock)
    called: list[tuple[str, int]] = []
    apply = erasures.apply_again

    def noted(database: Path, keys: Any, **more: Any) -> Any:
        called.append((database.name, len(Reader(database, keys).entries("s-1"))))
        return apply(database, keys, **more)

    monkeypatch.setattr(erasures, "apply_again", noted)
    restored(kept, later)
    assert called[0] == ("x.db.next", 8)
    assert list(erasures.listed(later, find(later))) == ["p-1"]


@pytest.mark.parametrize("part", range(1, 7))
def test_a_kill_at_any_step_leaves_the_old_record_or_the_new_one(
    later: Path, kept: Path, tmp_path: Path, clock: TestClock, part: int
) -> None:
    entries, outcomes = verify(later).entries, []
    for path, _backup, _killed in each_step("restore", later, kept, tmp_path, part, 6):
        verdict = verify(path)
        assert verdict.ok, verdict.text
        assert verdict.entries in (entries, ENTRIES)
        outcomes.append(verdict.entries == ENTRIES)
        if outcomes[-1]:
            (stood,) = [f for f in path.parent.iterdir() if f.name.endswith("Z")]
            assert verify(stood).entries == entries
        with Record.create_or_open(path, operator="op", clock=clock) as record:
            record.append_now("s-9", closed())
        assert verify(path).ok
        assert not to_come(path)
    assert outcomes == sorted(outcomes)
    assert outcomes[-1] and not outcomes[0]


def test_a_kill_at_any_moment_does_so_too(later: Path, kept: Path, tmp_path: Path) -> None:
    entries = verify(later).entries
    for path, _backup, _killed in at_any_moment("restore", later, kept, tmp_path, 12):
        verdict = verify(path)
        assert verdict.ok, verdict.text
        assert verdict.entries in (entries, ENTRIES)
