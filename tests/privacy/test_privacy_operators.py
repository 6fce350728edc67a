"""Who may take data away, and that looking at them leaves word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store_samples import TestClock, closed, opened

from controller.cli import main
from controller.language import use
from controller.session.documents import PatientAdded, stream_of
from controller.store.reader import Reader
from controller.store.record import Record

Say = Callable[..., int]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    """Commands on a record with one patient, led by Ada who administers and Bruno who does not."""
    for name, value in {"XDG_DATA_HOME": str(tmp_path / "data"), "PALIER_LANG": "en"}.items():
        monkeypatch.setenv(name, value)
    db = tmp_path / "record.db"
    with Record.create_or_open(db, operator="op", clock=TestClock()) as record:
        record.append_now(stream_of("id"), PatientAdded(patient="id", pseudonym="Heron", ceiling=5))
        record.append_now("s-1", opened("id"))
        record.append_now("s-1", closed())

    def said(*words: str) -> int:
        return main([*words, "--db", str(db)])

    assert said("operators", "--add", "Ada", "--no-passphrase") == 0
    bruno = ("--add", "Bruno", "--role", "therapist", "--no-passphrase", "--operator", "Ada")
    assert said("operators", *bruno) == 0
    yield said
    use("en")


def test_only_who_administers_erases_or_sets_how_long_records_are_kept(
    say: Say, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert say("patients", "erase", "Heron", "--yes", "--operator", "Bruno") == 2
    rule = ("db", "purge", "--keep-years", "20", "--duty", "rule")
    assert say(*rule, "--operator", "Bruno") == 2
    assert "who administer" in capsys.readouterr().err
    assert say(*rule, "--operator", "Ada") == 0
    assert say("patients", "erase", "Heron", "--yes", "--despite", "x", "--operator", "Ada") == 0
    reader = Reader.open(tmp_path / "record.db")
    assert reader.patients() == []
    erased = [entry for entry in reader.entries() if entry.kind == "patient_erased"]
    assert [entry.operator for entry in erased] == ["op-1"]


def test_an_act_about_a_patient_carries_the_name_of_who_gave_it(say: Say, tmp_path: Path) -> None:
    assert say("patients", "restrict", "Heron", "asked", "--operator", "Bruno") == 0
    assert say("patients", "--operator", "Bruno", "allow", "Heron") == 0
    entries = Reader.open(tmp_path / "record.db").entries(stream_of("id"))
    assert [entry.operator for entry in entries] == ["op", "op-2", "op-2"]


def test_copies_exports_and_reports_leave_word_of_who_made_them(
    say: Say, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    who = ("--operator", "Bruno")
    assert say("patients", "copy", "Heron", "--out", str(tmp_path / "copy"), *who) == 0
    assert say("export", "s-1", "--format", "csv", "--out", str(tmp_path / "csv"), *who) == 0
    assert say("report", "s-1", "--out", str(tmp_path / "r.pdf"), *who) == 0
    assert say("sessions", "show", "s-1", *who) == 0
    capsys.readouterr()
    assert say("operators", "--log", "--json", "--operator", "Ada") == 0
    log = json.loads(capsys.readouterr().out)
    seen = [(row["name"], row["what"]) for row in log if row["patient"] or row["session"]]
    assert seen == [("Bruno", what) for what in ("copy", "export", "report", "session")]
