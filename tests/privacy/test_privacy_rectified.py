"""An adverse event, a feared outcome, a questionnaire or a consent is set right by a later word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from store_samples import TestClock, closed, opened

from controller import language, reporting
from controller.cli import main
from controller.questionnaires.library import known
from controller.session.answered import around_sessions
from controller.session.documents import CLINIC, OperatorAdded, PatientAdded, stream_of
from controller.session.retelling import retell
from controller.store.books import RecordBooks
from controller.store.reader import Reader
from controller.store.record import Record, rebuild_projections
from controller.store.verify import verify

Say = Callable[..., int]
EVENT = ("sessions", "adverse", "s-1", "--type", "panic", "--severity", "mild")
FEAR = ("sessions", "expectancy", "s-1", "--about", "event")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    before = language.language()
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "x.db"
    with Record.create_or_open(path, operator="op-1", clock=TestClock()) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Dr Example"))
        record.append_now(stream_of("id"), PatientAdded(patient="id", pseudonym="Wren", ceiling=5))
        record.append_now("s-1", opened("id"))
        record.append_now("s-1", closed())
    yield path
    language.use(before)


@pytest.fixture
def say(db: Path) -> Say:
    return lambda *words: main([*words, "--db", str(db)])


def history(db: Path) -> Any:
    return retell(Reader.open(db).entries("s-1"))


def sickness(folder: Path, **answers: int) -> str:
    file = folder / "answers.json"
    file.write_text(json.dumps(answers))
    return str(file)


def test_an_adverse_event_and_a_fear_say_what_was_said_last(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say(*EVENT, "--text", "he fainted") == 0
    assert say(*FEAR, "--feared", "the rail breaks", "--before", "80") == 0
    assert say(*EVENT, "--text", "he sat down", "--corrects", "3") == 0
    assert say(*FEAR, "--feared", "the rail breaks", "--before", "60", "--corrects", "4") == 0
    assert say(*EVENT, "--text", "he sat down by himself", "--corrects", "5") == 0
    told = history(db)
    assert [(seq, one.description) for seq, one in told.adverse] == [(3, "he sat down by himself")]
    assert [(seq, one.likelihood_before) for seq, one in told.expectancies] == [(4, 60)]
    assert [(seq, said.of, said.was.kind) for seq, said in told.rectified] == [
        (5, 3, "adverse_event"),
        (6, 4, "expectancy"),
        (7, 3, "adverse_event"),
    ]
    assert Reader.open(db).entries("s-1")[2].data.description == "he fainted"
    capsys.readouterr()
    assert say("sessions", "show", "s-1") == 0
    assert "he sat down by himself  (corrected)" in capsys.readouterr().out
    assert verify(db).ok


def test_what_was_noted_by_mistake_is_told_no_more_and_stays_in_the_record(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say(*EVENT, "--text", "another patient's") == 0
    assert say(*FEAR, "--feared", "another patient's") == 0
    assert say("sessions", "correct", "s-1", "3", "--mistaken", "of another patient") == 0
    assert say("sessions", "correct", "s-1", "4", "--mistaken", "of another patient") == 0
    assert (history(db).adverse, history(db).expectancies) == ((), ())
    assert len(Reader.open(db).entries("s-1")) == 6
    assert say("sessions", "correct", "s-1", "3", "--mistaken", "again") == 2
    assert "as a mistake already" in capsys.readouterr().err
    assert say("sessions", "show", "s-1", "--json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert [(one["seq"], one["why"]) for one in shown["mistaken"]] == [
        (3, "of another patient"),
        (4, "of another patient"),
    ]
    assert verify(db).ok


def test_a_questionnaire_says_what_was_answered_last_in_scores_and_comparisons(
    say: Say, db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ("questionnaires", "--patient", "Wren", "--ask", "ssq", "--session", "s-1")
    assert say(*ask, "--when", "baseline", "--answers", sickness(tmp_path, nausea=0)) == 0
    assert say(*ask, "--when", "after", "--answers", sickness(tmp_path, nausea=3)) == 0
    corrects = ("questionnaires", "--patient", "Wren", "--ask", "ssq", "--corrects", "3")
    assert say(*corrects, "--answers", sickness(tmp_path, nausea=1)) == 0
    reader = Reader.open(db)
    course = reporting.answers_of(reader, "id", known)
    assert [(one.seq, dict(one.said.answers)["nausea"]) for one in course] == [(2, 0), (3, 1)]
    (pair,) = around_sessions(course)
    assert (pair.after.said.when, pair.after.said.session) == ("after", "s-1")
    other = ("questionnaires", "--patient", "Wren", "--ask", "phq-9", "--corrects", "3")
    assert say(*other, "--answers", sickness(tmp_path)) == 2
    assert "another questionnaire" in capsys.readouterr().err
    assert say("patients", "correct", "Wren", "2", "--mistaken", "never asked") == 0
    course = reporting.answers_of(reader, "id", known)
    assert [one.seq for one in course] == [3] and course[0].before is None
    assert verify(db).ok


def test_a_consents_note_is_set_right_and_tables_rebuilt_say_the_same(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say("patients", "consent", "Wren", "pose", "--version", "2025") == 0
    corrected = ("patients", "consent", "Wren", "pose", "--version", "2026", "--verbal")
    assert say(*corrected, "--corrects", "2") == 0
    (row,) = Reader.open(db).consents("id")
    assert (row.version, row.how, row.withdrawn) == ("2026", "verbal_witnessed", None)
    assert row.given == Reader.open(db).entries(stream_of("id"))[1].wall
    assert say("patients", "consent", "Wren", "gaze", "--version", "1", "--corrects", "2") == 2
    rebuild_projections(db)
    assert Reader.open(db).consents("id") == [row]
    assert verify(db).ok


def test_the_patients_copy_names_who_set_an_entry_right(say: Say, db: Path, tmp_path: Path) -> None:
    with Record.create_or_open(db, operator="op-1", clock=TestClock()) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-2", name="Bruno"))
    first, second = ("--operator", "Dr Example"), ("--operator", "Bruno")
    assert say("patients", "consent", "Wren", "pose", "--version", "2025", *first) == 0
    corrected = ("patients", "consent", "Wren", "pose", "--version", "2026", "--corrects", "2")
    assert say(*corrected, *second) == 0
    assert say("patients", "copy", "Wren", "--out", str(tmp_path / "copy"), *first) == 0
    page = (tmp_path / "copy" / "copy.html").read_text()
    assert "wording of 2026" in page and "wording of 2025" not in page
    assert "<td>Dr Example; set right by Bruno on " in page


def test_a_consent_noted_by_mistake_is_none_and_ends_no_withdrawal(say: Say, db: Path) -> None:
    for version in ("1", "2"):
        if version == "2":
            assert say("patients", "withdraw", "Wren", "session") == 0
        assert say("patients", "consent", "Wren", "session", "--version", version) == 0
    (card,) = RecordBooks(Reader.open(db)).patients()
    assert not card.withdrawn
    assert say("patients", "correct", "Wren", "4", "--mistaken", "another patient's paper") == 0
    (card,) = RecordBooks(Reader.open(db)).patients()
    assert card.withdrawn, "the withdrawal of before holds"
    assert verify(db).ok


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("sessions", "correct", "s-1", "1", "--mistaken", "x"), "is none of these"),
        (("sessions", "correct", "s-1", "9", "--mistaken", "x"), "is none of these"),
        (("sessions", "correct", "s-1", "3", "--mistaken", ""), "Say why"),
        (("sessions", "correct", "s-1", "3", "--mistaken", "x", "--text", "y"), "goes alone"),
        ((*FEAR, "--feared", "x", "--corrects", "3"), "of another kind"),
        (("patients", "correct", "Wren", "1", "--mistaken", "x"), "is none of these"),
    ],
)
def test_what_cannot_be_set_right_is_refused_and_nothing_is_written(
    say: Say, db: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert say(*EVENT, "--text", "x") == 0
    before = Reader.open(db).heads()
    assert say(*words) == 2
    assert says in capsys.readouterr().err
    assert Reader.open(db).heads() == before


def test_report_supervision_and_export_tell_both_words_and_who_set_it_right(
    say: Say, tmp_path: Path
) -> None:
    assert say(*EVENT, "--text", "Wren fainted") == 0
    assert say(*EVENT, "--text", "Wren sat down", "--corrects", "3") == 0
    assert say(*FEAR, "--feared", "the rail breaks") == 0
    assert say("sessions", "correct", "s-1", "5", "--mistaken", "said of another day") == 0
    out = tmp_path / "r.html"
    assert say("report", "s-1", "--out", str(out)) == 0
    page = out.read_text()
    for words in ("Wren fainted", "Wren sat down", "noted by mistake", "said of another day"):
        assert words in page, words
    assert say("report", "s-1", "--for", "supervision", "--out", str(out)) == 0
    told = out.read_text()
    assert "fainted" in told and "Wren" not in told
    assert say("export", "s-1", "--format", "csv", "--out", str(tmp_path / "csv")) == 0
    rows = (tmp_path / "csv" / "corrections.csv").read_text("utf-8-sig")
    assert "adverse_event" in rows and "fainted" in rows and "said of another day" in rows
