"""`palier protocol` shows the one in force, checks a clinic's file and takes it into the record."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from drafts import REVIEW, draft
from store_samples import protocol

from controller import language, paths
from controller.cli import main
from controller.protocol.reading import shipped
from controller.session.documents import CLINIC, OperatorAdded
from controller.store import keys
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    before = language.language()
    # A command sets it for the whole process.
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setattr(paths, "record", lambda: tmp_path / "usual" / "record.db")
    monkeypatch.setattr(paths, "unsaved", lambda: tmp_path / "unsaved")
    made = keys.make
    monkeypatch.setattr(keys, "make", lambda *a, **k: made(*a, **{**k, "use_keyring": False}))
    yield
    language.use(before)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.toml"
    path.write_text(draft(("seconds = 5\n", "seconds = 8\n")), "utf-8")
    return path


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A record with somebody in it who administers."""
    path = tmp_path / "record.db"
    led(path)
    return path


def led(path: Path) -> None:
    with Record.create_or_open(path, operator="op-1") as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Dr Example"))


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["protocol", *map(str, words)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_before_there_is_a_record_the_shipped_one_is_shown_and_no_record_begun(capsys, tmp_path):
    code, out, err = said(capsys)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:3] == [
        "What Palier proposes",
        "palier-default 1  not reviewed by a clinician",
        f"SHA-256 {shipped().sha256}",
    ]
    assert "  - Held so long before the safe place: 5 s" in lines
    assert not (tmp_path / "usual").exists()


def test_it_is_shown_in_french(capsys, monkeypatch):
    monkeypatch.setenv("PALIER_LANG", "fr")
    _code, out, _err = said(capsys)
    assert out.startswith("Ce que propose Palier\npalier-default 1  non relu par un clinicien\n")
    assert "  - Maintien avant le lieu sûr : 5 s" in out.splitlines()


def test_json_is_one_document_on_one_line(capsys):
    code, out, err = said(capsys, "--json")
    told = json.loads(out)
    assert code == 0 and out.count("\n") == 1 and err == ""
    assert set(told) == {"protocol", "sha256", "reviewed", "in_force", "set", "problems"}
    assert (told["in_force"], told["set"], told["reviewed"]) == (True, False, False)
    assert told["sha256"] == hashlib.sha256(shipped().text.encode()).hexdigest()
    assert told["protocol"]["grace"]["seconds"] == 5
    assert told["protocol"]["reviewed"] is None and told["problems"] == []


def test_a_good_file_is_shown_and_nothing_is_changed(capsys, file, tmp_path):
    code, out, _err = said(capsys, "--check", file)
    assert code == 0 and "  - Held so long before the safe place: 8 s" in out.splitlines()
    code, out, _err = said(capsys, "--check", file, "--json")
    assert json.loads(out)["in_force"] is False
    assert not (tmp_path / "usual").exists()


@pytest.mark.parametrize("option", ["--check", "--use"])
def test_a_bad_file_is_told_by_file_line_and_column_with_exit_code_1(
    option, capsys, file, tmp_path
):
    bad = draft(("seconds = 5\n", "seconds = 31\n"))
    file.write_text(bad, "utf-8")
    line = bad[: bad.index("seconds = 31")].count("\n") + 1
    code, out, _err = said(capsys, option, file)
    assert code == 1
    assert out == f"{file}:{line}:1: seconds is 31; it lies between 0 and 30.\n"
    code, out, _err = said(capsys, option, file, "--json")
    told = json.loads(out)
    assert code == 1 and told["protocol"] is None
    assert told["problems"] == [
        {
            "file": str(file),
            "line": line,
            "column": 1,
            "text": "seconds is 31; it lies between 0 and 30.",
        }
    ]
    assert not (tmp_path / "usual").exists()


def test_a_file_is_taken_into_the_record_and_shown_from_then_on(capsys, file, database):
    code, out, _err = said(capsys, "--use", file, "--db", database)
    assert code == 0
    assert out == (
        "The protocol clinic 1 is in force from the next session on "
        "(not reviewed by a clinician).\n"
    )
    _code, out, _err = said(capsys, "--json", "--db", database)
    told = json.loads(out)
    assert (told["in_force"], told["set"]) == (True, True)
    assert told["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert told["protocol"]["grace"]["seconds"] == 8
    (entry,) = Reader.open(database).clinic("protocol_set")
    assert entry.data.text == file.read_text("utf-8")
    assert verify(database).ok


def test_the_usual_record_is_meant_where_none_is_named(capsys, file):
    led(paths.record())
    assert said(capsys, "--use", file)[0] == 0
    _code, out, _err = said(capsys)
    assert "clinic 1  not reviewed by a clinician" in out.splitlines()


def test_what_is_in_force_already_is_not_written_again(capsys, file, database):
    said(capsys, "--use", file, "--db", database)
    code, out, _err = said(capsys, "--use", file, "--db", database)
    assert code == 0 and "is in force already" in out
    assert len(Reader.open(database).clinic("protocol_set")) == 1


def test_a_changed_file_needs_a_version_of_its_own(capsys, file, database):
    said(capsys, "--use", file, "--db", database)
    file.write_text(draft(REVIEW), "utf-8")
    code, out, _err = said(capsys, "--use", file, "--db", database)
    assert code == 1
    assert out.endswith(
        "There is another protocol clinic with version 1; give this one its own version.\n"
    )
    assert len(Reader.open(database).clinic("protocol_set")) == 1
    text = file.read_text("utf-8").replace(
        'id = "clinic"\nversion = "1"', 'id = "clinic"\nversion = "2"'
    )
    file.write_text(text, "utf-8")
    code, out, _err = said(capsys, "--use", file, "--db", database)
    assert code == 0 and "clinic 2 is in force" in out
    assert "reviewed by Dr A on 2026-11-02" in out


def test_one_may_go_back_to_an_earlier_one_and_to_the_shipped_one(capsys, file, tmp_path, database):
    own = tmp_path / "default.toml"
    own.write_bytes(shipped().text.encode())
    for one in (file, own, file):
        assert said(capsys, "--use", one, "--db", database)[0] == 0
    reader = Reader.open(database)
    assert [one.id for one in reader.protocols()] == ["clinic", "palier-default", "clinic"]


def test_a_new_patient_has_the_protocols_scale_unless_another_is_named(capsys, tmp_path, database):
    file = tmp_path / "clinic.toml"
    file.write_text(draft(('scale = "0-100"', 'scale = "0-10"')), "utf-8")
    said(capsys, "--use", file, "--db", database)
    assert main(["patients", "--add", "A", "--db", str(database)]) == 0
    assert main(["patients", "--add", "B", "--scale", "0-100", "--db", str(database)]) == 0
    assert [(p.pseudonym, p.scale) for p in Reader.open(database).patients()] == [
        ("A", "0-10"),
        ("B", "0-100"),
    ]


def test_the_page_is_written_of_what_is_in_force_or_of_the_file_that_is_checked(
    capsys, file, tmp_path
):
    page = tmp_path / "page.html"
    code, out, _err = said(capsys, "--out", page)
    assert (code, out) == (0, f"The page is at {page}.\n")
    assert "palier-default 1" in page.read_text("utf-8")
    code, _out, _err = said(capsys, "--check", file, "--out", page)
    assert code == 0 and "clinic 1" in page.read_text("utf-8")
    assert page.stat().st_mode & 0o777 == 0o600


def test_what_is_not_there_is_said_in_one_sentence_with_its_exit_code(capsys, tmp_path, file):
    code, out, err = said(capsys, "--check", tmp_path / "none.toml")
    assert (code, out) == (3, "") and err.count("\n") == 1 and "none.toml" in err
    code, out, err = said(capsys, "--db", tmp_path / "none.db")
    assert (code, out) == (3, "") and err.count("\n") == 1
    code, out, err = said(capsys, "--out", tmp_path / "page.pdf")
    assert (code, out) == (
        2,
        "",
    ) and err == "palier: Name the page to write with the ending .html.\n"
    code, out, err = said(capsys, "--out", tmp_path / "none" / "page.html")
    assert (code, out) == (3, "") and err.count("\n") == 1


def test_check_and_use_do_not_go_together(capsys):
    with pytest.raises(SystemExit) as end:
        main(["protocol", "--check", "a", "--use", "b"])
    assert end.value.code == 2


def test_one_that_this_version_cannot_use_is_said_and_a_mended_file_takes_its_place(
    capsys, file, database
):
    with Record.create_or_open(database, operator="op") as record:
        record.append_now(CLINIC, protocol("nothing of the kind"))
    code, out, err = said(capsys, "--db", database)
    assert (code, out) == (3, "") and err.count("\n") == 1
    assert "take a mended file into the record" in err
    file.write_text(draft(('version = "1"', 'version = "2"')), "utf-8")
    assert said(capsys, "--use", file, "--db", database)[0] == 0
    assert said(capsys, "--db", database)[0] == 0
