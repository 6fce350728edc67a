"""Copying a record, putting one back and changing its keys: who may, and the word that is left."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from store_samples import TestClock, copy, write_small

from controller.cli import main
from controller.language import language, use
from controller.session.tending import RecordTended
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def run(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Run]:
    """Commands on a record: Dr Example (op-1) administers, Bruno leads, Tim is a trainee."""
    before = language()
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    small = tmp_path / "small" / "record.db"
    small.parent.mkdir()
    write_small(small, TestClock())
    copy(small, db)

    def carry_out(*words: str, typed: str = "", on: Path = db) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([*words, "--db", str(on)])
        out = capsys.readouterr()
        return code, out.out, out.err

    admin = ("--operator", "Dr Example", "--no-passphrase")
    assert carry_out("operators", "--add", "Bruno", "--role", "therapist", *admin)[0] == 0
    assert carry_out("operators", "--add", "Tim", "--role", "trainee", *admin)[0] == 0
    yield carry_out
    use(before)


def by(name: str) -> tuple[str, str]:
    return "--operator", name


def left(db: Path, run: Run) -> list[tuple[str, str, bool, str]]:
    """What stands in the record of it once it was opened: what, by whom, known, named."""
    Record.create_or_open(db, operator="op-1", clock=TestClock()).close()
    found = Reader.open(db).clinic("record_tended")
    said: list[Any] = [(entry.data, entry.operator) for entry in found]
    assert all(isinstance(one, RecordTended) for one, _by in said)
    return [(one.what, operator, one.known, one.name) for one, operator in said]


def test_each_of_them_leaves_word_of_who_did_it(run: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup" / "b.db"
    target.parent.mkdir()
    assert run("db", "backup", "--out", str(target), *by("Bruno"))[0] == 0
    assert run("db", "recovery", *by("Dr Example"))[0] == 0
    assert run("db", "rekey", *by("Dr Example"))[0] == 0
    Record.create_or_open(db, operator="op-1", clock=TestClock()).close()
    _code, out, _err = run("operators", "--log", "--json", *by("Dr Example"))
    told = [(r["what"], r["name"], r["saved"]) for r in json.loads(out)]
    for one in (("backup", "Bruno"), ("recovery", "Dr Example"), ("rekey", "Dr Example")):
        assert (*one, True) in told
    assert verify(db).ok
    assert "Dr Example  gave the record a new key" in run("operators", "--log", *by("op-1"))[1]


def test_a_restored_record_says_who_put_it_back(run: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    assert run("db", "backup", "--out", str(target), *by("Bruno"))[0] == 0
    code, out, _err = run("db", "restore", str(target), "--json", *by("Dr Example"))
    assert code == 0 and json.loads(out)["known"] is True
    assert ("restore", "op-1", True, "") in left(db, run)
    assert verify(db).ok


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("Tim", ("backup", "--out", "{b}"), "A trainee may not"),
        ("Tim", ("rekey",), "administer"),
        ("Bruno", ("rekey",), "administer"),
        ("Bruno", ("recovery",), "administer"),
        ("Bruno", ("recovery", "--use"), "administer"),
        ("Bruno", ("restore", "{b}"), "administer"),
    ],
)
def test_whoever_may_not_changes_nothing(
    run: Run, db: Path, tmp_path: Path, name: str, words: tuple[str, ...], says: str
) -> None:
    target = tmp_path / "b.db"
    if words[0] == "restore":
        assert run("db", "backup", "--out", str(target), *by("Bruno"))[0] == 0
    before = {file.name: file.read_bytes() for file in tmp_path.glob("*.*") if file.is_file()}
    code, _out, err = run("db", *(word.format(b=target) for word in words), *by(name))
    assert code == 2 and says in err
    after = {file.name: file.read_bytes() for file in tmp_path.glob("*.*") if file.is_file()}
    assert after == before
    assert run("db", words[0], *(w.format(b=target) for w in words[1:]))[0] == 2, "nobody named"


def test_over_a_broken_record_the_backups_own_operators_are_asked(
    run: Run, db: Path, tmp_path: Path
) -> None:
    target = tmp_path / "b.db"
    assert run("db", "backup", "--out", str(target), *by("Bruno"))[0] == 0
    db.write_bytes(b"not a database at all" * 400)
    assert run("db", "restore", str(target), *by("Bruno"))[0] == 2
    assert run("db", "restore", str(target), *by("Dr Example"))[0] == 0
    assert ("restore", "op-1", True, "") in left(db, run)


def test_keys_brought_back_by_the_sheet_are_recorded_as_by_nobody_known(run: Run, db: Path) -> None:
    _code, out, _err = run("db", "recovery", "--json", *by("Dr Example"))
    groups = " ".join(json.loads(out)["groups"])
    db.with_name("record.db.key").unlink()
    code, out, _err = run("db", "recovery", "--use", typed=groups)
    assert code == 0 and "nobody known" in out
    assert ("recovery_used", "console", False, "") in left(db, run)


def test_a_backup_of_another_record_keeps_the_name_of_who_put_it_there(
    run: Run, db: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "o.db"
    other.parent.mkdir()
    write_small(other, TestClock())
    assert run("db", "restore", str(other), *by("Bruno"))[0] == 2
    assert run("db", "restore", str(other), *by("Dr Example"))[0] == 0
    assert ("restore", "console", True, "Dr Example") in left(db, run)
