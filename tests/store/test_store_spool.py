"""Entries that the record cannot take wait in a file of their own; a crash loses none of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import TestClock, note, opened_raw, wait_for

from controller.store import keys, private
from controller.store.errors import ForeignEntries
from controller.store.keys import Keys
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.spool import RESERVE, Said, Spool
from controller.store.verify import verify


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return keys.make(tmp_path_factory.mktemp("keys") / "r.db", use_keyring=False, signed="now")


def said(number: int) -> Said:
    return Said("s-1", note(f"entry {number}"), "op", number, "2026-01-31T09:30:00.000000Z")


def texts(spool: Spool) -> list[str]:
    return [one.document.text for one in spool.kept()]  # type: ignore[attr-defined]


def file_in(folder: Path) -> Path:
    return next(folder.glob("*.unsaved"))


def test_what_is_kept_is_found_in_its_order_and_cannot_be_read_by_others(
    tmp_path: Path, known: Keys
) -> None:
    spool = Spool(tmp_path / "r.db", known, tmp_path / "away")
    assert spool.add([said(1), said(2)])
    assert spool.add([said(3)])
    again = Spool(tmp_path / "r.db", known, tmp_path / "away")
    assert texts(again) == ["entry 1", "entry 2", "entry 3"]
    content = file_in(tmp_path / "away").read_bytes()
    assert b"entry" not in content and b"s-1" not in content
    assert file_in(tmp_path / "away").stat().st_mode & 0o777 == 0o600
    again.clear()
    assert list((tmp_path / "away").glob("*.unsaved")) == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_broken_off_anywhere_gives_what_was_whole_before(
    tmp_path_factory: pytest.TempPathFactory, known: Keys, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("spool")
    spool, ends = Spool(folder / "r.db", known, folder), [0]
    for number in range(4):
        spool.add([said(number)])
        ends.append(file_in(folder).stat().st_size)
    end = data.draw(st.integers(0, ends[-1]))
    file_in(folder).write_bytes(file_in(folder).read_bytes()[:end])
    whole = max(n for n, size in enumerate(ends) if size <= end or n == 0)
    assert texts(spool) == [f"entry {n}" for n in range(whole)]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_changed_anywhere_never_gives_another_entry(
    tmp_path_factory: pytest.TempPathFactory, known: Keys, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("spool")
    spool = Spool(folder / "r.db", known, folder)
    spool.add([said(n) for n in range(3)])
    content = bytearray(file_in(folder).read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    file_in(folder).write_bytes(content)
    try:
        found = texts(spool)
    except ForeignEntries:
        return
    # A length that was changed may look like a file that was broken off.
    assert found == [f"entry {n}" for n in range(len(found))]


def test_on_a_full_disk_the_space_laid_up_is_given_back_and_used(
    tmp_path: Path, known: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "away"
    spool = Spool(tmp_path / "r.db", known, folder)
    spool.prepare()
    assert (folder / RESERVE).stat().st_size > 1_000_000
    append = Spool._append

    def on_a_full_disk(self: Spool, place: Path, frames: bytes) -> None:
        if (folder / RESERVE).exists():
            raise OSError(28, "No space left on device")
        append(self, place, frames)

    monkeypatch.setattr(Spool, "_append", on_a_full_disk)
    assert spool.add([said(1)])
    assert not (folder / RESERVE).exists()
    assert texts(spool) == ["entry 1"]


def test_where_the_folder_cannot_be_written_entries_are_kept_beside_the_record(
    tmp_path: Path, known: Keys
) -> None:
    (tmp_path / "away").write_text("in the way")
    spool = Spool(tmp_path / "r.db", known, tmp_path / "away")
    assert spool.add([said(1)])
    assert private.beside(tmp_path / "r.db", ".unsaved").exists()
    assert texts(spool) == ["entry 1"]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with opened_raw(path, triggers=True) as raw:
        raw.execute("BEGIN IMMEDIATE")
        yield
        raw.execute("ROLLBACK")


async def test_a_locked_record_says_how_many_entries_wait_and_that_they_are_kept(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock, spool=tmp_path / "away") as record:
        with locked(path):
            future = record.append("s-1", note("first"))
            kept = wait_for(record, lambda: "kept encrypted" in (record.health().trouble or ""))
            assert kept
            assert "entries: 1" in (record.health().trouble or "")
            assert not future.done()
            assert file_in(tmp_path / "away").stat().st_size > 0
        assert await future == 1
        # The file is forgotten once the record has all of it.
        assert wait_for(record, lambda: not list((tmp_path / "away").glob("*.unsaved")))
    assert [e.data.text for e in Reader.open(path).entries("s-1")] == ["first"]
    assert verify(path).ok
