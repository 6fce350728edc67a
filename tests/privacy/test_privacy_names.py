"""A patient's present name stands on what is read later, and no earlier one slips through."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from answering import BY_ID
from store_samples import TestClock, closed, note, opened, rating

from controller.cli import main
from controller.session.clinical import Expectancy
from controller.session.documents import CLINIC, OperatorAdded, PatientAdded, stream_of
from controller.store.reader import Reader
from controller.store.record import Record

Say = Callable[..., int]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """A record whose patient was Heron in a session and is called Owl-99 now."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "record.db"
    with Record.create_or_open(path, operator="op-1", clock=TestClock()) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Dr Example"))
        added = PatientAdded(patient="id-1", pseudonym="Heron", ceiling=7)
        record.append_now(stream_of("id-1"), added)
        record.append_now("s-1", opened("id-1"))
        record.append_now("s-1", rating(40))
        record.append_now("s-1", note("Heron, whom some call Owl-99"))
        record.append_now("s-1", Expectancy(feared="that OWL-99 falls", about="event"))
        record.append_now("s-1", closed())

    def said(*words: str) -> int:
        return main([*words, "--db", str(path)])

    assert said("patients", "rename", "Heron", "Owl-99") == 0
    return said


def test_reports_exports_and_the_copy_bear_the_present_pseudonym(say: Say, tmp_path: Path) -> None:
    page, course = tmp_path / "s.html", tmp_path / "c.html"
    assert say("report", "s-1", "--out", str(page)) == 0
    assert say("report", "--patient", "owl-99", "--out", str(course)) == 0
    for written in (page, course):
        told = written.read_text()
        assert "Owl-99" in told
        assert "Heron" not in told.replace("Heron, whom some call", "")
    assert say("export", "s-1", "--format", "bids", "--out", str(tmp_path / "bids")) == 0
    names = [str(path.relative_to(tmp_path / "bids")) for path in (tmp_path / "bids").rglob("*")]
    assert any("sub-Owl99" in name for name in names)
    assert not any("Heron" in name for name in names)
    assert say("patients", "copy", "Owl-99", "--out", str(tmp_path / "copy")) == 0
    assert "Owl-99" in (tmp_path / "copy" / "sessions" / "s-1.html").read_text()


def test_supervision_is_told_none_of_the_names(say: Say, tmp_path: Path) -> None:
    for words in (("s-1",), ("--patient", "Owl-99")):
        out = tmp_path / "supervision.html"
        assert say("report", *words, "--for", "supervision", "--out", str(out)) == 0
        told = out.read_text().casefold()
        assert "heron" not in told and "owl-99" not in told
        assert "[pseudonym]" in told


def test_a_report_says_who_led_the_session(say: Say, tmp_path: Path) -> None:
    assert say("report", "s-1", "--out", str(tmp_path / "s.html")) == 0
    assert "Dr Example" in (tmp_path / "s.html").read_text()


def test_the_copy_tells_consents_answers_restrictions_and_accesses_to_be_read(
    say: Say, tmp_path: Path
) -> None:
    answers = tmp_path / "phq9.json"
    answers.write_text(json.dumps({str(item): 1 for item in range(1, 10)}))
    asked = ("questionnaires", "--ask", "phq-9", "--patient", "Owl-99", "--answers", str(answers))
    assert say(*asked, "--when", "clinic") == 0
    assert say("patients", "consent", "Owl-99", "gaze", "--version", "2026-11") == 0
    assert say("patients", "restrict", "Owl-99", "is being looked into") == 0
    assert say("patients", "copy", "Owl-99", "--out", str(tmp_path / "copy")) == 0
    page = (tmp_path / "copy" / "copy.html").read_text()
    for words in (
        "phq-9",
        "recording where the eyes look",
        "wording of 2026-11",
        "is being looked into",
        "pseudonym Owl-99",
        "Dr Example",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        ("en", ("before the exposure", "right after the exposure")),
        ("fr", ("avant l'exposition", "juste après l'exposition")),
    ],
)
def test_the_copy_tells_two_questionnaires_of_one_day_apart(
    say: Say,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoken: str,
    words: tuple[str, str],
) -> None:
    monkeypatch.setenv("PALIER_LANG", spoken)
    answers = tmp_path / "ssq.json"
    for when, value in (("baseline", 0), ("after", 3)):
        answers.write_text(json.dumps({item.id: value for item in BY_ID["ssq"].items}))
        asked = ("questionnaires", "--ask", "ssq", "--patient", "Owl-99", "--answers")
        assert say(*asked, str(answers), "--when", when, "--session", "s-1") == 0
    assert say("patients", "copy", "Owl-99", "--out", str(tmp_path / "c")) == 0
    page = unescape((tmp_path / "c" / "copy.html").read_text())
    rows = [
        re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)
    ]
    told = [(row[2], row[-1]) for row in rows if len(row) == 5 and row[1] == "ssq"]
    # The first answer of each, and four scores of each.
    assert [when for when, _last in told] == [words[0], words[1], *[words[0]] * 4, *[words[1]] * 4]
    assert [last for _when, last in told[:2]] == ["0", "3"]


def test_the_copy_tells_accesses_that_lie_beside_the_record_and_its_own_making(
    say: Say, tmp_path: Path
) -> None:
    assert say("sessions", "show", "s-1") == 0
    assert say("report", "s-1", "--out", str(tmp_path / "r.html")) == 0
    before = len(Reader.open(tmp_path / "record.db").aside.lying())
    assert say("patients", "copy", "Owl-99", "--out", str(tmp_path / "copy")) == 0
    lying = Reader.open(tmp_path / "record.db").aside.lying()
    assert (before, len(lying)) == (2, 3), "nothing that only reads writes the record"
    page = (tmp_path / "copy" / "copy.html").read_text()
    looked = page.partition("Who looked at your data")[2]
    for what in ("a session", "a report", "this copy"):
        assert f"<td>Dr Example</td><td>{what}</td>" in looked, what
    data = json.loads((tmp_path / "copy" / "copy.json").read_text())
    told = [(one["operator"], one["data"]["what"]) for one in data["beside"]]
    assert told == [("op-1", "session"), ("op-1", "report"), ("op-1", "copy")]
    assert data["operators"] == {"op-1": "Dr Example"}


def test_the_copy_leaves_out_accesses_to_others(say: Say, tmp_path: Path) -> None:
    assert say("patients", "--add", "Wren") == 0
    assert say("patients", "show", "Wren") == 0
    assert say("patients", "copy", "Owl-99", "--out", str(tmp_path / "copy")) == 0
    data = json.loads((tmp_path / "copy" / "copy.json").read_text())
    assert [one["data"]["what"] for one in data["beside"]] == ["copy"]


def test_a_patient_of_an_older_record_is_found_and_not_added_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "record.db"
    # Added before pseudonyms that read alike were one: decomposed, wide, with another hyphen.
    kept = ("e\u0301lan", "ＬＹＮＸ\u201107")
    with Record.create_or_open(path, operator="op-1", clock=TestClock()) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Dr Example"))
        for number, name in enumerate(kept):
            added = PatientAdded(patient=f"id-{number}", pseudonym=name, ceiling=7)
            record.append_now(stream_of(added.patient), added)

    def said(*words: str) -> int:
        return main([*words, "--db", str(path)])

    capsys.readouterr()
    for typed, name in (("élan", kept[0]), ("Lynx-07", kept[1]), (kept[1], kept[1])):
        assert said("patients", "show", typed, "--json") == 0
        assert json.loads(capsys.readouterr().out)["pseudonym"] == name
        assert said("patients", "--add", typed) == 2
        assert "already" in capsys.readouterr().err
