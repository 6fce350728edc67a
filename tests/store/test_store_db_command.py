"""`palier db`: what its commands say, ask and end with."""

from __future__ import annotations

import argparse
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import TestClock, copy, note, opened_raw

from controller import asking, cli, language
from controller.asking import Asking
from controller.session.tending import RecordTended
from controller.store import private, rekey, schema
from controller.store.keys import find
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import Verdict, verify

PASSPHRASE = "four plain words here"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    before = language.language()
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    for name in (asking.PASSPHRASE, asking.NEW_PASSPHRASE):
        monkeypatch.delenv(name, raising=False)
    yield
    language.use(before)


@pytest.fixture
def path(small: Path, tmp_path: Path) -> Path:
    return copy(small, tmp_path / "x.db")


@pytest.fixture
def run(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Carry out `palier ARGUMENTS --db X`; gives exit code, standard output and error."""

    def carry_out(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = cli.main([*arguments, "--db", str(path)])
        out = capsys.readouterr()
        return code, out.out, out.err

    return carry_out


def test_backup_and_restore_are_told_in_words_and_as_one_document(
    run, path: Path, tmp_path: Path, clock: TestClock
) -> None:
    target = tmp_path / "b.db"
    code, out, _err = run("db", "backup", "--out", str(target))
    assert code == 0
    assert "27 entries" in out and "checked and is whole" in out
    assert "print a recovery key" in out
    code, _out, err = run("db", "backup", "--out", str(target))
    assert code == 2 and "choose another name" in err
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-3", note("later"))
    code, out, _err = run("db", "restore", str(target))
    assert code == 0
    assert "older than what stood here" in out and "is kept at" in out
    assert "No list of erased patients" not in out
    assert "newest printed report" in out
    code, out, _err = run("db", "restore", str(target), "--json")
    assert code == 0 and out.count("\n") == 1
    told = json.loads(out)
    assert (told["ok"], told["entries"], told["older"], told["erased_again"]) == (
        True, 27, True, 0,
    ), "what the first one left for the access log was written after the backup"  # fmt: skip
    code, out, _err = run("db", "backup", "--out", str(tmp_path / "c.db"), "--json")
    assert json.loads(out)["companions"] == [".head"]


def test_restore_tells_a_backup_that_was_changed_by_exit_code_1(run, path: Path, tmp_path) -> None:
    with opened_raw(path) as raw:
        raw.execute("DELETE FROM entries WHERE session = 's-2' AND seq = 5")
    target = tmp_path / "b.db"
    code, out, _err = run("db", "backup", "--out", str(target))
    assert code == 1 and "copied as it is" in out and "session s-2, entry 5" in out
    code, _out, err = run("db", "restore", str(target))
    assert code == 1 and "session s-2, entry 5" in err
    code, out, _err = run("db", "restore", str(target), "--anyway")
    assert code == 1 and "session s-2, entry 5" in out


def test_a_record_in_use_and_one_that_is_not_there_are_told(
    run, path: Path, tmp_path: Path, clock: TestClock
) -> None:
    target = tmp_path / "b.db"
    with Record.create_or_open(path, operator="op", clock=clock):
        assert run("db", "backup", "--out", str(target))[0] == 0
        for command in (("restore", str(target)), ("rekey",), ("upgrade",), ("recovery",)):
            code, _out, err = run("db", *command)
            assert code == 3 and "already open in another console" in err, command
    for file in tmp_path.glob("x.db*"):
        file.unlink()
    for command in (("rekey",), ("upgrade",), ("recovery",), ("backup", "--out", "b2")):
        code, _out, err = run("db", *command)
        assert code == 3 and "There is no record at" in err, command


def test_upgrade_tells_versions_and_the_copy(
    run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = schema.newest()
    code, out, _err = run("db", "upgrade")
    assert (code, out) == (
        0, f"The record is up to date, version {version}; nothing was changed.\n"
    )  # fmt: skip
    later = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, later, ignore=shutil.ignore_patterns("__pycache__"))
    (later / "versions" / "v9999_rooms.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f'revision, down_revision = "9999", "{version}"\n'
        "def upgrade():\n"
        '    op.create_table("rooms", sa.Column("room", sa.Text, primary_key=True))\n'
    )
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", later)
        code, _out, err = run("sessions")
        assert code == 3 and "run palier db upgrade" in err
        assert verify(path).ok
        code, out, _err = run("db", "upgrade")
        assert code == 0
        assert f"from version {version} to 9999" in out and "x.db.before-9999" in out
        _code, out, _err = run("db", "upgrade", "--json")
        assert json.loads(out) == {
            **{"before": "9999", "after": "9999", "copy": None},
            "rebuilt": [],
        }
    code, _out, err = run("db", "upgrade")
    assert code == 3 and "newer version" in err


def test_tables_that_say_something_else_are_named_and_rebuilt_by_upgrade(run, path: Path) -> None:
    with opened_raw(path) as raw:
        raw.execute("UPDATE patients SET ceiling = 9")
    code, out, _err = run("verify")
    assert code == 1 and "palier db upgrade rebuilds it" in out
    code, out, _err = run("db", "upgrade")
    assert (code, out) == (
        0, "Tables that said something else than the entries were rebuilt: patients.\n"
    )  # fmt: skip
    assert run("verify")[0] == 0
    assert json.loads(run("db", "upgrade", "--json")[1])["rebuilt"] == []
    Record.create_or_open(path, operator="op-1").close()
    (entry,) = Reader.open(path).clinic("record_tended")
    assert entry.data == RecordTended(what="upgrade", known=False)
    log = run("operators", "--log")[1]
    assert log.count("nobody known  wrote tables anew that said something else") == 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a place of Linux")
def test_where_no_record_can_be_kept_it_is_said_so_and_not_that_the_disk_is_full(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add = ["operators", "--add", "Ada", "--no-passphrase"]
    assert cli.main([*add, "--db", "/proc/x.db"]) == 3
    assert "No record can be kept at /proc/x.db" in capsys.readouterr().err


def test_a_passphrase_comes_from_the_environment_and_is_shown_nowhere(
    run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(asking.NEW_PASSPHRASE, PASSPHRASE)
    said = [run("db", "rekey", "--keep-in", "passphrase")]
    assert "locked by the passphrase" in said[-1][1]
    said.append(run("sessions"))
    assert said[-1][0] == 3 and "PALIER_PASSPHRASE" in said[-1][2]
    monkeypatch.setenv(asking.PASSPHRASE, "wrong wrong wrong")
    said.append(run("verify"))
    assert said[-1][0] == 3 and "does not open the keys" in said[-1][2]
    monkeypatch.setenv(asking.PASSPHRASE, PASSPHRASE)
    for command in (("verify",), ("sessions",), ("patients", "--add", "Crane"), ("operators",)):
        said.append(run(*command))
        assert said[-1][0] == 0, command
    said.append(run("db", "rekey", "--keep-in", "files", "--json"))
    assert json.loads(said[-1][1]) == {"keys": "files", "recovery": "none"}
    assert run("verify")[0] == 0
    for _code, out, err in said:
        assert PASSPHRASE not in out + err and "wrong wrong" not in out + err


def test_a_short_passphrase_is_a_wrong_use(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(asking.NEW_PASSPHRASE, "short")
    code, _out, err = run("db", "rekey", "--keep-in", "passphrase")
    assert code == 2 and "at least 12 characters" in err and "short\n" not in err


def test_a_recovery_key_is_shown_once_and_taken_back(run, path: Path) -> None:
    code, out, _err = run("db", "recovery")
    assert code == 0 and "not kept anywhere" in out
    groups = [word for line in out.splitlines() if line.startswith("  ") for word in line.split()]
    groups = [word for word in groups if len(word) == 5]
    assert len(groups) == 13
    path.with_name("x.db.key").unlink()
    mistyped = " ".join(["22222", *groups[1:]])
    code, out, err = run("db", "recovery", "--use", typed=f"{mistyped}\n{' '.join(groups)}\n")
    assert code == 0, err
    assert "Group 1 is mistyped." in err
    assert verify(path).ok
    code, out, _err = run("db", "recovery", "--use", "--json", typed=" ".join(groups))
    assert (code, json.loads(out)) == (0, {"keys": "files", "known": True})
    code, out, _err = run("db", "recovery", "--json")
    assert code == 0 and len(json.loads(out)["groups"]) == 13
    code, _out, err = run("db", "recovery", "--use", typed="")
    assert code == 3 and "no recovery key was typed" in err


@pytest.mark.parametrize(
    ("spoken", "says"),
    [("en", "was erased since is in the record again"), ("fr", "furent effacés depuis y sont")],
)
def test_on_a_new_machine_it_is_said_that_later_erasures_are_not_known(
    run, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], spoken: str, says: str
) -> None:
    target = tmp_path / "b.db"
    assert run("db", "backup", "--out", str(target))[0] == 0
    for ending in (".key", ".signing-key"):
        shutil.copy(private.beside(path, ending), private.beside(target, ending))
    new = tmp_path / "new" / "record.db"
    assert cli.main(["--lang", spoken, "db", "restore", str(target), "--db", str(new)]) == 0
    assert says in capsys.readouterr().out
    assert cli.main(["--lang", spoken, "db", "restore", str(target), "--db", str(new)]) == 0
    assert says in capsys.readouterr().out, "the second time too"
    assert cli.main(["db", "restore", str(target), "--db", str(new), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["list_reaches"], bool(told["erased_unknown_since"])) == (False, True)
    code, out, _err = run("db", "restore", str(target), "--json")
    told = json.loads(out)
    assert (code, told["list_reaches"], told["erased_unknown_since"]) == (0, True, None)


def test_a_refusal_names_the_file_that_was_given_and_none_that_is_made_ready(
    run, path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "b.db"
    assert run("db", "backup", "--out", str(target))[0] == 0
    for ending in (".key", ".signing-key"):
        shutil.copy(private.beside(path, ending), private.beside(target, ending))
    for file in (path, target):
        with opened_raw(file) as raw:
            raw.execute("UPDATE alembic_version SET version_num = '9999'")
    code, _out, err = run("db", "restore", str(target), "--anyway")
    assert code == 3 and err.startswith("palier: b.db was written by a newer version")
    code, _out, err = run("db", "backup", "--out", str(tmp_path / "c.db"))
    assert code == 3 and err.startswith("palier: x.db was written by a newer version")


def test_a_new_key_that_changes_what_the_check_finds_is_told_of_the_record(
    run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = iter([rekey.check(path, find(path)), Verdict(False, 0, None, None, "Something.")])
    monkeypatch.setattr(rekey, "check", lambda database, keys: next(found))
    code, _out, err = run("db", "rekey")
    assert code == 1 and err.startswith("palier: x.db is not whole") and ".next" not in err


def test_the_sheet_is_written_for_its_owner_alone_and_over_nothing(run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    code, out, _err = run("db", "recovery", "--out", str(sheet))
    assert code == 0 and "print it, then delete" in out
    assert sheet.stat().st_mode & 0o777 == 0o600
    page = sheet.read_text()
    assert page.count("<li><small>") == 13 and out.count("<") == 0
    code, _out, err = run("db", "recovery", "--out", str(sheet))
    assert code == 2 and sheet.read_text() == page
    code, _out, err = run("db", "recovery", "--out", str(tmp_path / "none" / "sheet.html"))
    assert code == 3 and "cannot be used (there is no such file or folder)" in err


def test_a_sheet_that_cannot_be_written_is_shown_instead(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = private.make

    def full(target: Path, content: bytes) -> None:
        if target.suffix == ".html" and content.strip():
            raise OSError(28, "No space left on device", str(target))
        make(target, content)

    monkeypatch.setattr(private, "make", full)
    sheet = tmp_path / "sheet.html"
    code, _out, err = run("db", "recovery", "--out", str(sheet))
    assert code == 3 and "shown this once" in err
    assert f"The disk is full: free space on {tmp_path}, then" in err
    assert not sheet.exists()


def asks(lines: list[str], environment: dict[str, str] | None = None) -> Asking:
    return Asking(environment or {}, True, lambda prompt: lines.pop(0), lambda prompt: lines.pop(0))


def test_at_a_terminal_a_passphrase_is_asked_three_times_at_most() -> None:
    asked = asks(["a", "b", "c", "d"])
    assert [asked.passphrase("x.db", wrong) for wrong in range(4)] == ["a", "b", "c", None]
    assert asks([], {asking.PASSPHRASE: "e"}).passphrase("x.db", 1) is None


def test_a_new_passphrase_is_typed_twice_the_same() -> None:
    assert asks(["one", "one"]).new_passphrase() == "one"
    assert asks(["one", "two"]).new_passphrase() == ""


def test_the_commands_of_db_are_these() -> None:
    (of_palier,) = (a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction))
    (of_db,) = (
        a for a in of_palier.choices["db"]._actions if isinstance(a, argparse._SubParsersAction)
    )
    wanted = {"backup", "restore", "upgrade", "rekey", "recovery", "purge"}
    assert set(of_db.choices) == wanted
