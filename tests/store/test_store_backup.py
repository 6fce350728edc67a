"""A backup is whole, checked, and never written over anything."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from store_kills import each_step
from store_samples import TestClock, bytes_of, copy, note, opened_raw

from controller.session.documents import CLINIC, OperatorAdded
from controller.store import backup as backups
from controller.store import database as databases
from controller.store import recovery
from controller.store.backup import BackedUp
from controller.store.errors import DamagedFile, DiskFull, NameReserved, NameTaken, NoRecord
from controller.store.keys import KEY, SIGNING_KEY, Keys, find
from controller.store.record import Record
from controller.store.verify import check, verify

ENTRIES = 27


def backed_up(path: Path, target: Path) -> BackedUp:
    return backups.backup(path, target, ask=None, clock=TestClock())


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def with_keys(path: Path, target: Path) -> Path:
    """The backup with copies of the keys, so that it can be checked like any record."""
    for ending in (KEY, SIGNING_KEY):
        content = path.with_name(path.name + ending).read_bytes()
        target.with_name(target.name + ending).write_bytes(content)
    return target


def test_a_backup_is_the_record_with_a_head_and_without_its_keys(
    small: Path, tmp_path: Path
) -> None:
    before = bytes_of(small)
    made = backed_up(small, tmp_path / "b.db")
    assert (made.ok, made.entries) == (True, ENTRIES)
    assert names(tmp_path) == ["b.db", "b.db.head"]
    assert {f.stat().st_mode & 0o777 for f in tmp_path.iterdir()} == {0o600}
    assert check(tmp_path / "b.db", find(small)).ok
    assert verify(with_keys(small, tmp_path / "b.db")).entries == ENTRIES
    assert bytes_of(small) == before


def test_what_brings_it_back_elsewhere_goes_along(
    small: Path, tmp_path: Path, clock: TestClock
) -> None:
    path = copy(small, tmp_path / "x.db")
    recovery.new_sheet(path, ask=None, clock=clock)
    (tmp_path / "safe").mkdir()
    made = backed_up(path, tmp_path / "safe" / "b.db")
    assert made.companions == (".head", ".recovery")
    assert names(tmp_path / "safe") == ["b.db", "b.db.head", "b.db.recovery"]


@pytest.mark.parametrize("ending", ["", ".head", ".recovery", ".locked-keys", ".erased"])
def test_nothing_is_ever_written_over(small: Path, tmp_path: Path, ending: str) -> None:
    taken = tmp_path / ("b.db" + ending)
    taken.write_bytes(b"mine")
    with pytest.raises(NameTaken, match="choose another name"):
        backed_up(small, tmp_path / "b.db")
    assert taken.read_bytes() == b"mine"
    assert names(tmp_path) == [taken.name]


@pytest.mark.parametrize("ending", [".next", ".next.db"])
def test_a_name_that_the_record_would_take_away_is_refused(
    small: Path, tmp_path: Path, ending: str
) -> None:
    path = copy(small, tmp_path / "x.db")
    with pytest.raises(NameReserved, match="uses itself"):
        backed_up(path, tmp_path / ("x.db" + ending))
    assert not [name for name in names(tmp_path) if ".next" in name]


def test_a_name_that_is_taken_meanwhile_is_not_written_over(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(path: Path, keys: object) -> object:
        (tmp_path / "b.db").write_bytes(b"mine")
        return check(path, keys)

    monkeypatch.setattr(backups, "check", late)
    with pytest.raises(NameTaken):
        backed_up(small, tmp_path / "b.db")
    assert (tmp_path / "b.db").read_bytes() == b"mine"
    assert not [name for name in names(tmp_path) if "partial" in name]


def test_a_drive_without_links_takes_a_backup_too(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(backups.os, "link", refuse)
    backed_up(small, tmp_path / "b.db")
    assert names(tmp_path) == ["b.db", "b.db.head"]
    assert check(tmp_path / "b.db", find(small)).ok


def test_backups_made_while_a_console_writes_are_whole(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    enough = threading.Event()
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())

        def lead() -> None:
            number = 0
            while not enough.is_set():
                number += 1
                record.append_now("s-1", note("x" * (number % 700)))
                record.append_now(CLINIC, OperatorAdded(operator=str(number), name="Dr Example"))

        console = threading.Thread(target=lead)
        console.start()
        try:
            found = [backed_up(path, tmp_path / f"b-{n}.db") for n in range(8)]
        finally:
            enough.set()
            console.join()
    assert all(one.ok for one in found), [one.text for one in found]
    entries = [one.entries for one in found]
    assert entries == sorted(entries) and entries[0] < entries[-1]


def test_what_was_changed_in_a_record_is_not_made_good_by_copying(
    small: Path, tmp_path: Path
) -> None:
    path = copy(small, tmp_path / "x.db")
    with opened_raw(path) as raw:
        raw.execute("DELETE FROM entries WHERE session = 's-2' AND seq = 5")
    made = backed_up(path, tmp_path / "b.db")
    assert not made.ok
    found = check(tmp_path / "b.db", find(path))
    assert (found.session, found.seq) == ("s-2", 5)


@pytest.mark.parametrize("harm", ["older", "gone", "cut"])
def test_a_head_that_does_not_fit_does_not_fit_its_copy(
    path: Path, tmp_path: Path, clock: TestClock, harm: str
) -> None:
    head = path.with_name(path.name + ".head")
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now(CLINIC, OperatorAdded(operator="a", name="b"))
    older = head.read_bytes()
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now(CLINIC, OperatorAdded(operator="c", name="d"))
    if harm == "older":
        head.write_bytes(older)
    elif harm == "gone":
        head.unlink()
    else:
        with opened_raw(path) as raw:
            raw.execute("DELETE FROM ledger WHERE seq = 2")
            raw.execute("DELETE FROM entries WHERE seq = 2")
            raw.execute("DELETE FROM operators WHERE operator = 'c'")
    assert not verify(path).ok
    assert not backed_up(path, tmp_path / "b.db").ok
    assert not verify(with_keys(path, tmp_path / "b.db")).ok


def test_a_damaged_file_gives_no_backup(small: Path, tmp_path: Path) -> None:
    path = copy(small, tmp_path / "x.db")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    with pytest.raises(DamagedFile, match=r"x\.db: file damaged"):
        backed_up(path, tmp_path / "b.db")
    assert not [name for name in names(tmp_path) if name.startswith("b.db")]


def test_a_copy_without_room_says_where_it_would_have_been_and_nothing_of_it_is_left(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = databases._connect

    def small_disk(database: Path, mode: str, keys: Keys) -> Any:
        connection = connect(database, mode, keys)
        if database.suffix == backups.PARTIAL:
            connection.execute("PRAGMA max_page_count = 3")
        return connection

    monkeypatch.setattr(databases, "_connect", small_disk)
    (tmp_path / "safe").mkdir()
    with pytest.raises(DiskFull, match=f"free space on {tmp_path / 'safe'},"):
        backed_up(small, tmp_path / "safe" / "b.db")
    assert names(tmp_path / "safe") == []


def test_where_there_is_no_record_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoRecord):
        backed_up(tmp_path / "x.db", tmp_path / "b.db")
    assert names(tmp_path) == []


@pytest.mark.parametrize("part", range(1, 4))
def test_a_kill_at_any_step_leaves_a_whole_backup_or_none(
    small: Path, tmp_path: Path, part: int
) -> None:
    keys = find(small)
    there: list[bool] = []
    for path, target, _killed in each_step("backup", small, Path("-"), tmp_path, part, 3):
        there.append(target.exists())
        if target.exists():
            assert check(target, keys).entries == ENTRIES
        assert bytes_of(path).keys() == bytes_of(copy(small, tmp_path / "plain" / "x.db")).keys()
    assert there == sorted(there)
    assert there[-1] and not there[0]
