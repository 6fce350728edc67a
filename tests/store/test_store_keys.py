from __future__ import annotations

import json
import os
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from store_drawer import Drawer
from store_samples import TestClock, copy, note

from controller.store.errors import KeyMissing
from controller.store.keys import Keys, find
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify


def files(path: Path) -> set[str]:
    return {file.name.removeprefix(path.name) for file in path.parent.iterdir()}


def test_all_files_of_a_record_can_be_read_by_their_owner_alone(
    path: Path, clock: TestClock
) -> None:
    before = os.umask(0)
    try:
        with Record.create_or_open(path, operator="op", clock=clock) as record:
            record.append_now("s-1", note())
            modes = {f.name: f.stat().st_mode & 0o777 for f in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}
    endings = ("", "-wal", "-shm", ".key", ".signing-key", ".head", ".lock")
    assert {"record.db" + ending for ending in endings} == set(modes)


def test_nothing_said_can_be_read_in_any_file(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op-geheim", clock=clock) as record:
        for _n in range(50):
            record.append_now("s-1", note("a very private remark"))
        during = b"".join(file.read_bytes() for file in path.parent.iterdir())
    after = b"".join(file.read_bytes() for file in path.parent.iterdir())
    for plain in (b"private", b"op-geheim", b"note", b"entries", b"SQLite format"):
        assert plain not in after.replace(b'"next"', b"")
        assert plain not in during


def test_keys_rest_in_the_keyring_where_that_is_asked_for(
    path: Path, tmp_path: Path, clock: TestClock, drawer: Drawer
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock, use_keyring=True) as record:
        record.append_now("s-1", note())
    assert files(path) == {"", ".head", ".lock"}
    assert len(drawer.kept) == 2
    moved = copy(path, tmp_path / "elsewhere" / "x.db")
    assert verify(moved).ok
    assert len(Reader.open(moved).entries("s-1")) == 1
    drawer.kept.clear()
    with pytest.raises(KeyMissing):
        Record.create_or_open(path, operator="op", clock=clock, use_keyring=True)


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_a_keyring_that_does_not_work_is_passed_over_in_favour_of_files(
    path: Path, clock: TestClock, drawer: Drawer, backend: type[KeyringBackend]
) -> None:
    keyring.set_keyring(backend())
    Record.create_or_open(path, operator="op", clock=clock, use_keyring=True).close()
    assert {".key", ".signing-key"} <= files(path)
    assert verify(path).ok


def test_a_record_begun_with_key_files_goes_on_with_them(
    path: Path, clock: TestClock, drawer: Drawer
) -> None:
    Record.create_or_open(path, operator="op", clock=clock).close()
    key = path.with_name("record.db.key").read_text()
    Record.create_or_open(path, operator="op", clock=clock, use_keyring=True).close()
    assert path.with_name("record.db.key").read_text() == key
    assert not drawer.kept


@pytest.mark.parametrize("reached", [{".key"}, {".key", ".signing-key"}, {".head"}])
def test_a_beginning_that_broke_off_is_begun_again(
    path: Path, tmp_path: Path, clock: TestClock, reached: set[str]
) -> None:
    Record.create_or_open(path, operator="op", clock=clock).close()
    broken = tmp_path / "broken" / "record.db"
    broken.parent.mkdir()
    for ending in reached - {".head"}:
        content = path.with_name(path.name + ending).read_bytes()
        broken.with_name(broken.name + ending).write_bytes(content)
    broken.write_bytes(b"")
    with Record.create_or_open(broken, operator="op", clock=clock) as record:
        assert record.append_now("s-1", note()) == 1
    assert verify(broken).ok


def test_keys_are_not_shown_when_they_are_printed(path: Path, clock: TestClock) -> None:
    Record.create_or_open(path, operator="op", clock=clock).close()
    keys = find(path)
    assert isinstance(keys, Keys)
    assert keys.key not in repr(keys)
    head = json.loads(path.with_name("record.db.head").read_text())
    assert keys.key not in json.dumps(head)
    assert head["seq"] == 0
