from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from store_samples import TestClock, bytes_of, copy, note, opened_raw

from controller.store import schema
from controller.store.database import reading
from controller.store.errors import (
    DamagedFile,
    KeyMissing,
    NewerSchema,
    NoRecord,
    RecordError,
    RecordGone,
    RecordInUse,
    WrongKey,
)
from controller.store.keys import find
from controller.store.models import METADATA
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify


def take_key(path: Path) -> None:
    path.with_name(path.name + ".key").unlink()


def take_signing_key(path: Path) -> None:
    path.with_name(path.name + ".signing-key").unlink()


def change_key(path: Path) -> None:
    path.with_name(path.name + ".key").write_text("ab" * 32 + "\n")


def spoil_key(path: Path) -> None:
    path.with_name(path.name + ".key").write_text("not a key\n")


def damage_first_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100] ^= 255
    path.write_bytes(content)


def damage_another_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)


def come_from_the_future(path: Path) -> None:
    with opened_raw(path, triggers=True) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")


def lose_file(path: Path) -> None:
    path.unlink()


CASES = [
    (take_key, KeyMissing, "x.db.key is missing"),
    (take_signing_key, KeyMissing, "x.db.signing-key is missing"),
    (change_key, WrongKey, "does not open"),
    (spoil_key, WrongKey, "does not open"),
    (damage_first_page, DamagedFile, "file damaged"),
    (damage_another_page, DamagedFile, "file damaged"),
    (come_from_the_future, NewerSchema, "newer version"),
    (lose_file, RecordGone, "is missing though"),
]


@pytest.mark.parametrize(("harm", "kind", "said"), CASES, ids=lambda c: getattr(c, "__name__", ""))
@pytest.mark.fault("F23")
def test_a_record_that_cannot_be_used_is_refused_by_one_sentence_and_left_as_it_is(
    small: Path, tmp_path: Path, clock: TestClock, harm, kind: type[RecordError], said: str
) -> None:
    path = copy(small, tmp_path / "x.db")
    harm(path)
    before = bytes_of(path)
    with pytest.raises(kind, match=said) as refused:
        Record.create_or_open(path, operator="op", clock=clock)
    assert bytes_of(path) == before
    assert refused.value.exit_code == 3
    assert str(refused.value).count("\n") == 0
    # It is not left locked either: another attempt gets the same answer.
    with pytest.raises(kind):
        Record.create_or_open(path, operator="op", clock=clock)


@pytest.mark.parametrize("harm", [take_key, change_key, come_from_the_future, lose_file])
def test_reading_and_checking_refuse_it_too(small: Path, tmp_path: Path, harm) -> None:
    path = copy(small, tmp_path / "x.db")
    harm(path)
    with pytest.raises(RecordError) as by_reader:
        Reader.open(path)
    with pytest.raises(type(by_reader.value)):
        verify(path)


def test_where_no_record_ever_was_that_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    for ask in (Reader.open, verify):
        with pytest.raises(NoRecord, match=r"There is no record at .*x\.db"):
            ask(tmp_path / "x.db")
    assert list(tmp_path.iterdir()) == []


def test_a_record_left_open_by_a_crash_is_refused_with_a_wrong_key_and_left_as_it_is(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())
        left = copy(path, tmp_path / "crash" / "x.db")
    change_key(left)
    before = {name: content for name, content in bytes_of(left).items() if "shm" not in name}
    with pytest.raises(WrongKey):
        Record.create_or_open(left, operator="op", clock=clock)
    after = bytes_of(left)
    assert {name: after[name] for name in before} == before


@pytest.mark.fault("F16")
def test_a_second_console_on_the_same_record_is_refused_until_the_first_lets_go(
    path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as first:
        with pytest.raises(RecordInUse, match="already open"):
            Record.create_or_open(path, operator="op", clock=clock)
        assert first.append_now("s-1", note()) == 1
    with Record.create_or_open(path, operator="op", clock=clock) as second:
        assert second.append_now("s-1", note()) == 2


def test_the_migrations_make_the_tables_that_the_software_uses(small: Path) -> None:
    with reading(small, find(small)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_file_is_copied_before_its_schema_is_changed(
    small: Path, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, later, ignore=shutil.ignore_patterns("__pycache__"))
    (later / "versions" / "v9999_rooms.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f'revision, down_revision = "9999", "{schema.newest()}"\n'
        "def upgrade():\n"
        '    op.create_table("rooms", sa.Column("room", sa.Text, primary_key=True))\n'
    )
    path = copy(small, tmp_path / "x.db")
    sound = verify(path)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", later)
        with Record.create_or_open(path, operator="op", clock=clock) as record:
            record.append_now("s-3", note())
        assert verify(path).entries == sound.entries + 1
    with pytest.raises(NewerSchema):
        verify(path)
    kept = path.with_name("x.db.before-9999")
    assert kept.stat().st_mode & 0o777 == 0o600
    for ending in (".key", ".signing-key"):
        shutil.copy(path.with_name("x.db" + ending), kept.with_name(kept.name + ending))
    assert [one.session for one in Reader.open(kept).sessions()] == ["s-1", "s-2", "s-3"]
