"""The printed recovery key: it brings the keys back, and is kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_kills import each_step
from store_samples import TestClock, bytes_of, copy, note

from controller.store import letters, recovery
from controller.store.errors import (
    NoRecovery,
    RecordInUse,
    UnreadableCompanion,
    WrongKey,
    WrongRecoveryKey,
)
from controller.store.keys import find
from controller.store.record import Record
from controller.store.verify import verify


@pytest.fixture
def path(small: Path, tmp_path: Path) -> Path:
    return copy(small, tmp_path / "x.db")


def new_secret(path: Path) -> bytes:
    return letters.read(" ".join(recovery.new_sheet(path, ask=None, clock=TestClock())))


def test_it_brings_lost_key_files_back(path: Path, clock: TestClock) -> None:
    keys, secret = find(path), new_secret(path)
    for ending in (".key", ".signing-key"):
        path.with_name("x.db" + ending).unlink()
    recovery.bring_back(path, secret)
    assert find(path).same_as(keys)
    assert path.with_name("x.db.key").stat().st_mode & 0o777 == 0o600
    assert verify(path).ok
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-3", note())
    assert verify(path).ok


def test_it_brings_them_back_without_a_head_too_and_the_head_stays_missed(path: Path) -> None:
    secret = new_secret(path)
    for ending in (".key", ".signing-key", ".head"):
        path.with_name("x.db" + ending).unlink()
    recovery.bring_back(path, secret)
    assert "head is missing" in verify(path).text


def test_a_key_file_that_holds_something_else_is_kept(path: Path) -> None:
    secret = new_secret(path)
    path.with_name("x.db.key").write_text("ab" * 32 + "\n")
    recovery.bring_back(path, secret)
    assert verify(path).ok
    assert path.with_name("x.db.key.before-recovery").read_text() == "ab" * 32 + "\n"


def test_a_new_sheet_makes_the_older_one_worthless(path: Path) -> None:
    older, newer = new_secret(path), new_secret(path)
    assert older != newer
    with pytest.raises(WrongRecoveryKey, match="newest sheet"):
        recovery.bring_back(path, older)
    recovery.bring_back(path, newer)


def test_the_key_is_kept_nowhere(path: Path) -> None:
    groups = recovery.new_sheet(path, ask=None, clock=TestClock())
    secret = letters.read(" ".join(groups))
    content = b"\n".join(bytes_of(path).values())
    for plain in (secret, secret.hex().encode(), *(group.encode() for group in groups)):
        assert plain not in content


def test_what_is_missing_changed_or_of_another_record_is_told(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    with pytest.raises(NoRecovery, match=r"x\.db\.recovery is missing"):
        recovery.bring_back(path, bytes(32))
    file = path.with_name("x.db.recovery")
    file.write_text("{}")
    with pytest.raises(UnreadableCompanion, match="damaged"):
        recovery.bring_back(path, bytes(32))
    other = tmp_path / "other.db"
    Record.create_or_open(other, operator="op", clock=clock).close()
    secret = new_secret(other)
    file.write_bytes(other.with_name("other.db.recovery").read_bytes())
    with pytest.raises(WrongKey):
        recovery.bring_back(path, secret)
    assert verify(path).ok


def test_any_changed_sign_of_the_file_opens_nothing(path: Path) -> None:
    keys = find(path)
    new_secret(path)
    file = path.with_name("x.db.recovery")
    content = file.read_bytes()
    told = recovery.look(file)
    assert told.is_signed_by(keys.public())
    for place in range(0, len(content), 7):
        changed = bytearray(content)
        changed[place] ^= 1
        file.write_bytes(changed)
        try:
            assert not recovery.look(file).is_signed_by(keys.public())
        except UnreadableCompanion:
            continue


def test_a_record_that_a_console_has_open_is_left_alone(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op", clock=clock):
        with pytest.raises(RecordInUse):
            new_secret(path)


def test_a_kill_at_any_step_leaves_a_sheet_that_is_whole_or_none(
    small: Path, tmp_path: Path
) -> None:
    there: list[bool] = []
    for path, _backup, _killed in each_step("recovery", small, Path("-"), tmp_path, 1, 1):
        assert verify(path).ok
        there.append(path.with_name("x.db.recovery").exists())
        if there[-1]:
            file = path.with_name("x.db.recovery")
            assert recovery.look(file).is_signed_by(find(path).public())
    assert there == sorted(there)
    assert there[-1] and not there[0]


def test_a_kill_at_any_step_leaves_keys_that_can_be_brought_back(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    keys, typed = find(path), tmp_path / "typed"
    typed.write_text(" ".join(recovery.new_sheet(path, ask=None, clock=clock)))
    path.with_name("x.db.key").write_text("ab" * 32 + "\n")
    for work, _typed, _killed in each_step("use", path, typed, tmp_path, 1, 1):
        recovery.bring_back(work, letters.read(typed.read_text()))
        assert find(work).same_as(keys)
        assert verify(work).ok
        aside = [file.name for file in work.parent.iterdir() if "before-recovery" in file.name]
        assert aside == ["x.db.key.before-recovery"]
