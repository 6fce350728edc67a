"""`palier export` on a record, as it is typed."""

from __future__ import annotations

import json
import os
import pty
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import exporting
import pytest
from exporting import OPERATOR, PSEUDONYM, SECRETS

from controller.cli import main
from controller.language import use

FORMATS = ("csv", "bids", "fhir", "research")
Export = Callable[..., int]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "record.db"
    exporting.write_record(path)
    return path


@pytest.fixture
def export(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    monkeypatch.setenv("PALIER_LANG", "en")
    use("en")

    def carried_out(*words: str, out: str = "out") -> int:
        return main(["export", *words, "--db", str(database), "--out", str(tmp_path / out)])

    return carried_out


def contents(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "\n".join(path.read_text("utf-8-sig") for path in files)


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_written_and_told_as_one_line_of_json(
    export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    more = ["--yes"] if form == "research" else []
    assert export("--patient", PSEUDONYM.upper(), "--format", form, "--json", *more) == 0
    told = capsys.readouterr().out
    assert told.count("\n") == 1
    document = json.loads(told)
    assert set(document) == {"format", "out", "sessions", "files"}
    assert (document["format"], document["sessions"]) == (form, 2)
    folder = tmp_path / "out"
    there = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    assert document["files"] == sorted(there)
    assert all(p.stat().st_mode & 0o077 == 0 for p in (folder, *folder.rglob("*")))


def test_one_session_is_named_by_its_beginning_or_as_the_last(
    export: Export, tmp_path: Path
) -> None:
    assert export("3d59", "--format", "csv", out="named") == 0
    assert export("last", "--format", "csv", out="last") == 0
    assert "3d59d5f6a489414e" in contents(tmp_path / "named")
    assert "a07c11d2b3e94410" not in contents(tmp_path / "named")
    assert "a07c11d2b3e94410" in contents(tmp_path / "last")


def test_the_operator_is_in_the_bundle_and_nowhere_in_research(
    export: Export, tmp_path: Path
) -> None:
    assert export("last", "--format", "fhir", out="fhir") == 0
    assert export("last", "--format", "research", "--yes", out="research") == 0
    assert OPERATOR[1] in contents(tmp_path / "fhir")
    told = contents(tmp_path / "research")
    today = datetime.now(UTC).date().isoformat()
    names = (*OPERATOR, PSEUDONYM, *SECRETS, exporting.PATIENT, "a07c11d2b3e94410", today)
    assert not [name for name in names if name in told]


def test_research_is_not_written_before_somebody_said_yes(
    export: Export,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with open(os.devnull, encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert export("last", "--format", "research") == 2
    told = capsys.readouterr().err
    assert "ratings.csv: patient, session, onset_s" in told
    assert "Nothing was written" in told
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("answer", "code"), [("yes", 0), ("YES", 0), ("no", 2), ("", 2)])
def test_in_a_terminal_the_fields_are_shown_and_asked_about(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    ours, theirs = pty.openpty()
    with (
        os.fdopen(theirs, "r", encoding="utf-8") as stdin,
        os.fdopen(os.dup(theirs), "w", encoding="utf-8") as stderr,
    ):
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(sys, "stderr", stderr)
        os.write(ours, f"{answer}\n".encode())
        assert export("last", "--format", "research") == code
        shown = ""
        while "Type yes" not in shown:
            shown += os.read(ours, 65536).decode()
    os.close(ours)
    assert "ratings.csv: patient" in shown
    assert (tmp_path / "out").exists() == (code == 0)


def test_what_is_in_the_folder_is_never_written_over(
    export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    for form in FORMATS:
        assert export("last", "--format", form) == 2
        assert "name a new one" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "csv"),
        ("last", "--patient", PSEUDONYM, "--format", "csv"),
        ("last", "--format", "xlsx"),
        ("last", "--format", "bids", "--decimal-comma"),
        ("last", "--format", "csv", "--yes"),
    ],
    ids=["nobody", "both", "format", "comma", "yes"],
)
def test_wrong_usage_is_told_before_anything_is_read(export: Export, words: tuple[str]) -> None:
    with pytest.raises(SystemExit) as end:
        export(*words)
    assert end.value.code == 2


@pytest.mark.parametrize("words", [("nothing",), ("--patient", "Nobody")])
def test_who_is_not_there_is_told_in_one_sentence(
    export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert export(*words, "--format", "csv") == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_without_its_library_fhir_is_told_how_to_come_by(
    export: Export,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    assert export("last", "--format", "fhir") == 3
    told = capsys.readouterr().err
    assert "palier[fhir]" in told
    assert told.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told_in_one_sentence(
    export: Export, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert export("last", "--format", "csv", out="file/out") == 3
    assert "Traceback" not in capsys.readouterr().err
