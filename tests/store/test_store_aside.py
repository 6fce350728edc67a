"""What reading commands leave beside a record: private, once, and in the record at its opening."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_samples import TestClock, bytes_of, copy

from controller.session.documents import CLINIC, Accessed, Document
from controller.store.aside import ENDING
from controller.store.clock import stamp
from controller.store.passphrases import Passphrases
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.spool import Said
from controller.store.verify import verify

SAID = Accessed(what="report", session="s-secret-name")


def said(clock: TestClock, document: Document = SAID) -> Said:
    return Said(CLINIC, document, "op-secret", clock.mono_ns(), stamp(clock.wall()))


def left(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}{ENDING}*"))


@pytest.fixture
def record(small: Path, tmp_path: Path) -> Path:
    return copy(small, tmp_path / "record.db")


def test_leaving_word_does_not_change_the_record(record: Path, clock: TestClock) -> None:
    before = bytes_of(record)
    Reader.open(record).aside.leave(said(clock))
    after = bytes_of(record)
    assert {name: after[name] for name in before} == before
    assert verify(record).ok


def test_neither_content_nor_name_of_the_file_tells_anything(
    record: Path, clock: TestClock
) -> None:
    Reader.open(record).aside.leave(said(clock), once="op-secret")
    (file,) = left(record)
    for told in (b"secret", b"report", b"accessed", b"clinic"):
        assert told not in file.read_bytes() and told.decode() not in file.name.lower()
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_was_left_is_in_the_record_once_it_is_opened_and_the_file_is_gone(
    record: Path, clock: TestClock
) -> None:
    first, second = said(clock), said(clock, Accessed(what="sessions"))
    aside = Reader.open(record).aside
    aside.leave(first)
    aside.leave(second)
    assert aside.lying() == [first, second]
    Record.create_or_open(record, operator="op-1", clock=clock).close()
    assert left(record) == []
    found = Reader.open(record).clinic("accessed")
    assert [(e.data, e.operator, e.wall) for e in found] == [
        (one.document, one.operator, one.wall) for one in (first, second)
    ]
    assert verify(record).ok


def test_the_same_thing_said_twice_is_kept_once(record: Path, clock: TestClock) -> None:
    aside = Reader.open(record).aside
    aside.leave(said(clock), once="this hour")
    aside.leave(said(clock), once="this hour")
    assert len(left(record)) == 1
    aside.leave(said(clock))
    aside.leave(said(clock))
    assert len(left(record)) == 3


def test_a_file_that_could_not_be_removed_is_not_added_twice(
    record: Path, clock: TestClock
) -> None:
    Reader.open(record).aside.leave(said(clock))
    (file,) = left(record)
    kept = file.read_bytes()
    Record.create_or_open(record, operator="op-1", clock=clock).close()
    file.write_bytes(kept)
    Record.create_or_open(record, operator="op-1", clock=clock).close()
    assert len(Reader.open(record).clinic("accessed")) == 1
    assert left(record) == []


@pytest.mark.parametrize("damage", ["cut", "changed", "renamed", "foreign"])
def test_a_damaged_or_foreign_file_stays_and_keeps_no_console_from_opening(
    record: Path, clock: TestClock, small: Path, tmp_path: Path, damage: str
) -> None:
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "record.db"
    Record.create_or_open(other, operator="op-1", clock=clock).close()
    Reader.open(other if damage == "foreign" else record).aside.leave(said(clock))
    (file,) = left(other if damage == "foreign" else record)
    content = file.read_bytes()
    file.unlink()
    name = file.name[:-4] + "0000" if damage == "renamed" else file.name
    content = {"cut": content[:-9], "changed": content[:-1] + b"~"}.get(damage, content)
    (tmp_path / name).write_bytes(content)
    aside = Reader.open(record).aside
    assert aside.lying() == [] and aside.unreadable() == 1
    Record.create_or_open(record, operator="op-1", clock=clock).close()
    assert len(left(record)) == 1
    assert Reader.open(record).clinic("accessed") == []


def test_word_can_be_left_while_a_console_has_the_record_open(
    record: Path, clock: TestClock
) -> None:
    with Record.create_or_open(record, operator="op-1", clock=clock) as opened:
        Reader.open(record).aside.leave(said(clock))
        opened.leave(CLINIC, Accessed(what="sessions"))
    Record.create_or_open(record, operator="op-1", clock=clock).close()
    assert len(Reader.open(record).clinic("accessed")) == 2


def test_only_these_kinds_and_times_of_the_clinic_are_read(small: Path) -> None:
    reader = Reader.open(small)
    added = reader.clinic("patient_added")
    assert {entry.kind for entry in added} == {"patient_added"}
    assert reader.clinic("patient_added", since=added[-1].wall) == added[-1:]
    assert reader.clinic() == []


def test_a_passphrase_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    usual = Passphrases()
    first, second = usual.kept("été 26"), usual.kept("été 26")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second and "été" not in first
    assert usual.opens(first, "été 26") and usual.opens(second, "été 26")
    assert not usual.opens(first, "ete 26")
    for broken in ("", "no hash", first[:-1] + "~"):
        assert not usual.opens(broken, "été 26")
