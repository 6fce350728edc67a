"""`palier questionnaires --ask` keeps answers, `--scores` tells them; no half of one is kept."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from store_samples import TestClock, closed, opened

from controller.cli import main
from controller.session.answering import AlertShown, QuestionnaireAnswered
from controller.session.documents import CLINIC, OperatorAdded, PatientAdded, stream_of
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify

Say = Callable[..., int]
PHQ = {str(n): 1 for n in range(1, 9)} | {"9": 0}
OWN = """
id = "mood"
version = "1"
title = "Mood"
about = "Ours."
used = ["clinic"]
languages = ["en"]
licence = "Ours."
citation = "Ours."
items = [{ id = "a", en = "How are you?" }]
answers = [{ lowest = 0, highest = 4, source = "Ours" }]

[scoring]
missing = "every_item"
missing_source = "Ours"

[[scoring.scales]]
id = "total"
title = "Total"
items = ["a"]
lowest = 0
highest = 4
source = "Ours"
"""


class Screen(io.StringIO):
    """A terminal: what is typed into it, or what is shown on it."""

    def isatty(self) -> bool:
        return True


class Interrupted(Screen):
    """A keyboard at which Ctrl+C is pressed after what was typed."""

    def readline(self, *_size: Any) -> str:
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two patients, each with a closed session."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "record.db"
    with Record.create_or_open(path, operator="op-1", clock=TestClock()) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Dr Example"))
        for name in ("Heron", "Wren"):
            added = PatientAdded(patient=f"id-{name}", pseudonym=name, ceiling=7)
            record.append_now(stream_of(added.patient), added)
            record.append_now(f"s-{name}", opened(added.patient))
            record.append_now(f"s-{name}", closed())
    return path


@pytest.fixture
def say(db: Path) -> Say:
    def said(*words: object) -> int:
        return main(["questionnaires", *map(str, words), "--patient", "heron", "--db", str(db)])

    return said


@pytest.fixture
def at_terminal(say: Say, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    def asked(keyboard: Screen, *words: object) -> tuple[int, str]:
        screen = Screen()
        with monkeypatch.context() as there:
            there.setattr(sys, "stdin", keyboard)
            there.setattr(sys, "stderr", screen)
            return say(*words), screen.getvalue()

    return asked


def kept(db: Path) -> list[QuestionnaireAnswered]:
    entries = Reader.open(db).entries(stream_of("id-Heron"))
    return [e.data for e in entries if isinstance(e.data, QuestionnaireAnswered)]


def written(tmp_path: Path, answers: object) -> Path:
    file = tmp_path / "answers.json"
    file.write_text(answers if isinstance(answers, str) else json.dumps(answers), "utf-8")
    return file


def test_answers_from_a_file_are_kept_and_scored(say, db, tmp_path, capsys):
    file = written(tmp_path, PHQ | {"9": None})
    assert say("--ask", "phq-9", "--answers", file, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    (one,) = kept(db)
    assert one.answers == tuple({**PHQ, "9": None}.items())
    assert (one.patient, one.version, one.when, one.session) == ("id-Heron", "2001", "clinic", "")
    assert one.language is None  # nothing was shown here
    (total,) = told["scores"]
    assert total["score"] is None and total["why"] == "No score: 9 without an answer."
    assert total["source"].startswith("Kroenke") and told["alerts"] == []
    assert verify(db).ok


def test_the_entry_is_the_operators_and_in_the_patients_own_stream(say, db, tmp_path):
    assert say("--ask", "phq-9", "--answers", written(tmp_path, PHQ)) == 0
    *_others, last = Reader.open(db).entries(stream_of("id-Heron"))
    assert last.kind == "questionnaire_answered" and last.operator == "op-1"


def test_at_the_terminal_each_item_is_shown_with_its_anchors_and_the_scores_at_the_end(
    at_terminal, db, capsys
):
    typed = "1\n1\n1\n1\n1\n1\n1\n3\n0\n\n"
    code, screen = at_terminal(Screen(typed), "--ask", "phq-9")
    assert code == 0
    assert "item 1 of 9: Little interest or pleasure in doing things" in screen
    assert "not reviewed by a clinician" in screen
    assert "  3  Nearly every day" in screen and "No permission required" in screen
    out = capsys.readouterr().out
    assert "Total: 10 (0 to 27), moderate" in out and "formula: Kroenke" in out
    assert out.startswith("Saved for Heron.") and "no diagnosis and no advice" in out
    (one,) = kept(db)
    assert one.language == "en" and one.answers[7] == ("8", 3)


def test_an_alert_is_said_before_anything_else_is_asked(at_terminal, db):
    # Item 9 is the last of the PHQ-9: what comes after it is the question whether to save.
    code, screen = at_terminal(Screen("0\n" * 8 + "2\n\n"), "--ask", "phq-9")
    assert code == 0
    alert = screen.index("!! Thoughts of death or self-harm")
    assert screen.index("item 9 of 9") < alert < screen.index("Enter saves")


def test_an_alert_is_said_from_a_file_too(say, tmp_path, capsys):
    assert say("--ask", "phq-9", "--answers", written(tmp_path, PHQ | {"9": 1}), "--json") == 0
    out = capsys.readouterr()
    assert out.err.startswith("!! Thoughts of death or self-harm")
    assert [a["item"] for a in json.loads(out.out)["alerts"]] == ["9"]


def test_b_goes_back_empty_is_no_answer_and_nonsense_is_asked_again(at_terminal, db):
    typed = "2\nb\n3\nfour\n7\n-1\n1_0\n\n" + "0\n" * 7 + "b\n1\nb\nB\n0\n2\n\n"
    code, screen = at_terminal(Screen(typed), "--ask", "phq-9")
    assert code == 0
    (one,) = kept(db)
    assert [value for _item, value in one.answers] == [3, None, 0, 0, 0, 0, 0, 0, 2]
    assert screen.count("Type a whole number from 0 to 3, or nothing, or b.") == 4


@pytest.mark.parametrize("keyboard", [Interrupted, Screen], ids=["ctrl+c", "end of input"])
def test_leaving_in_between_writes_nothing(at_terminal, db, keyboard):
    before = Reader.open(db).heads()[stream_of("id-Heron")]
    code, screen = at_terminal(keyboard("1\n2\n"), "--ask", "phq-9")
    assert code == 130 and screen.endswith("Nothing was saved.\n")
    assert Reader.open(db).heads()[stream_of("id-Heron")] == before


def test_without_a_licence_there_are_numbers_and_ranges_and_no_text(at_terminal, db, monkeypatch):
    monkeypatch.setenv("PALIER_LANG", "fr")
    code, screen = at_terminal(
        Screen("1\n" * 6 + "\n"), "--ask", "csq-vr", "--when", "baseline", "--session", "s-Heron"
    )
    assert code == 0
    assert "question 3 sur 6\nde 1 à 7" in screen and "Do you experience" not in screen
    (one,) = kept(db)
    assert (one.language, one.when, one.session) == (None, "baseline", "s-Heron")


def test_where_nothing_can_be_kept_nothing_is_asked(at_terminal, db):
    with Record.create_or_open(db, operator="op-1"):
        code, screen = at_terminal(Screen("1\n" * 12), "--ask", "phq-9")
    assert code == 3 and screen.startswith("palier: ") and "item 1" not in screen
    assert kept(db) == []


def test_without_a_terminal_and_a_file_nothing_is_asked(say, db, capsys):
    assert say("--ask", "phq-9") == 3
    assert "asking needs a terminal" in capsys.readouterr().err
    assert kept(db) == []


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (PHQ | {"9": 4}, "9 of phq-9 is answered with a whole number, 0 to 3."),
        (PHQ | {"9": True}, "9 of phq-9 is answered with a whole number, 0 to 3."),
        (PHQ | {"9": "1"}, "9 of phq-9 is answered with a whole number, 0 to 3."),
        (PHQ | {"10": 1}, "phq-9 has no item 10."),
        ({}, "No item was answered; nothing was saved."),
        ([1], 'answers.json is not JSON such as {"item": 2, "other": null}.'),
        ("{", 'answers.json is not JSON such as {"item": 2, "other": null}.'),
        ('{"1": 1, "1": 2}', "1 is answered twice in this file."),
    ],
    ids=str,
)
def test_wrong_answers_are_one_sentence_and_write_nothing(say, db, tmp_path, capsys, answers, told):
    assert say("--ask", "phq-9", "--answers", written(tmp_path, answers)) == 2
    assert capsys.readouterr().err == f"palier: {told}\n"
    assert kept(db) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--ask", "none"), "There is no questionnaire of this name"),
        (("--ask", "ssq"), "it is used: baseline, after."),
        (("--ask", "phq-9", "--when", "after"), "it is used: clinic."),
        (("--ask", "phq-9", "--session", "s-Wren"), "Session s-Wren is of another patient."),
        (("--ask", "phq-9", "--session", "s-none"), "There is no session of this name"),
    ],
    ids=str,
)
def test_what_is_not_there_is_said_before_anything_is_asked(say, db, tmp_path, capsys, words, told):
    assert say(*words, "--answers", written(tmp_path, PHQ)) == 2
    err = capsys.readouterr().err
    assert told in err and err.count("\n") == 1
    assert kept(db) == []


@pytest.mark.parametrize(
    "words",
    [
        ("--scores",),
        ("--ask", "phq-9"),
        ("--patient", "Heron"),
        ("--when", "after"),
        ("--answers", "a.json", "--scores", "--patient", "Heron"),
        ("--ask", "phq-9", "--scores", "--patient", "Heron"),
    ],
    ids=str,
)
def test_options_that_do_not_go_together_are_refused(words):
    with pytest.raises(SystemExit) as end:
        main(["questionnaires", *words])
    assert end.value.code == 2


def test_scores_come_in_order_with_the_change_of_the_same_instrument_and_version(
    say, tmp_path, capsys
):
    for last in (0, 2):
        file = written(tmp_path, PHQ | {"8": last})
        assert say("--ask", "phq-9", "--answers", file) == 0
        fms = written(tmp_path, {"sickness": 5 - last})
        assert say("--ask", "fms", "--when", "after", "--session", "last", "--answers", fms) == 0
    capsys.readouterr()
    assert say("--scores", "--json") == 0
    told = json.loads(capsys.readouterr().out)["answered"]
    assert [one["questionnaire"] for one in told] == ["phq-9", "fms", "phq-9", "fms"]
    assert [one["scores"][0]["score"] for one in told] == [7, 5, 9, 3]
    assert [one["scores"][0]["change"] for one in told] == [None, None, 2, -2]
    assert told[2]["compared_with"] == told[0]["entry"]
    assert say("--scores") == 0
    out = capsys.readouterr().out
    assert "Total: 9 (0 to 27), mild; change +2" in out and "; change −2" in out
    assert "session s-Heron" in out and "right after the exposure" in out


def test_an_instrument_of_the_clinic_is_scored_with_its_folder_and_said_to_be_lacking_without(
    say, tmp_path, capsys
):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mood.toml").write_text(OWN, "utf-8")
    file = written(tmp_path, {"a": 3})
    assert say("--ask", "mood", "--folder", folder, "--answers", file) == 0
    assert "Total: 3 (0 to 4)" in capsys.readouterr().out
    assert say("--scores", "--folder", folder) == 0
    assert "Total: 3 (0 to 4)" in capsys.readouterr().out
    assert say("--scores", "--json") == 0
    (one,) = json.loads(capsys.readouterr().out)["answered"]
    assert one["why"] == "No score: the file of mood 1 is not at hand."
    assert one["answers"] == {"a": 3} and one["scores"] == []


def test_reports_and_exports_score_an_instrument_of_the_clinic_with_its_folder(
    say, db, tmp_path, capsys
):
    folder, page = tmp_path / "own", tmp_path / "report.html"
    folder.mkdir()
    (folder / "mood.toml").write_text(OWN, "utf-8")
    (folder / "bad.toml").write_text("id =", "utf-8")
    more = ("--folder", folder, "--session", "last", "--answers", written(tmp_path, {"a": 3}))
    assert say("--ask", "mood", *more) == 0
    report = ["report", "s-Heron", "--out", str(page), "--db", str(db)]
    assert main(report) == 0
    assert "the file of mood 1 is not at hand" in page.read_text("utf-8")
    capsys.readouterr()
    assert main([*report, "--folder", str(folder)]) == 0
    assert "0 to 4" in page.read_text("utf-8")
    assert "bad.toml:1:5:" in capsys.readouterr().err
    export = ["export", "s-Heron", "--format", "csv", "--db", str(db), "--out"]
    assert main([*export, str(tmp_path / "with"), "--folder", str(folder)]) == 0
    assert main([*export, str(tmp_path / "without")]) == 0
    table = (tmp_path / "with" / "questionnaires.csv").read_text("utf-8")
    assert "score,total,3.0,0.0,4.0,Ours" in table
    table = (tmp_path / "without" / "questionnaires.csv").read_text("utf-8")
    assert "item,a,3,," in table and "score" not in table
    assert main([*report, "--folder", str(tmp_path / "none")]) == 2


def test_a_file_changed_under_its_version_scores_nothing_it_does_not_know(say, tmp_path, capsys):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mood.toml").write_text(OWN, "utf-8")
    file = written(tmp_path, {"a": 4})
    assert say("--ask", "mood", "--folder", folder, "--answers", file) == 0
    smaller = OWN.replace("highest = 4", "highest = 3")
    (folder / "mood.toml").write_text(smaller, "utf-8")
    capsys.readouterr()
    assert say("--scores", "--folder", folder) == 0
    told = "No score: the file of mood 1 scores otherwise than it did then."
    assert told in capsys.readouterr().out


def test_restricted_data_are_neither_asked_for_nor_told(say, db, tmp_path, capsys):
    assert main(["patients", "restrict", "Heron", "by letter", "--db", str(db)]) == 0
    assert say("--ask", "phq-9", "--answers", written(tmp_path, PHQ)) == 2
    assert say("--scores") == 2
    assert capsys.readouterr().err.count("are restricted. ") == 2
    assert kept(db) == []


def test_who_reads_scores_is_in_the_access_log(say, db, capsys):
    assert say("--scores") == 0
    assert capsys.readouterr().out == "There are none yet.\n"
    assert main(["operators", "--log", "--db", str(db)]) == 0
    assert "Dr Example  read what Heron answered in questionnaires" in capsys.readouterr().out


def test_the_patients_copy_holds_the_answers(say, db, tmp_path):
    assert say("--ask", "phq-9", "--answers", written(tmp_path, PHQ)) == 0
    out = tmp_path / "copy"
    assert main(["patients", "copy", "Heron", "--out", str(out), "--db", str(db)]) == 0
    (one,) = [
        e
        for e in json.loads((out / "copy.json").read_text("utf-8"))["patient"]
        if e["kind"] == "questionnaire_answered"
    ]
    assert dict(one["data"]["answers"]) == PHQ
    assert "a questionnaire that you answered" in (out / "copy.html").read_text("utf-8")


def test_erasing_takes_the_answers_too(say, db, tmp_path):
    assert say("--ask", "phq-9", "--answers", written(tmp_path, PHQ)) == 0
    assert main(["patients", "erase", "Heron", "--yes", "--db", str(db)]) == 0
    assert Reader.open(db).entries(stream_of("id-Heron")) == []


@pytest.mark.parametrize("answers", [[], [("a", 1), ("a", 2)], [("a", 1.5)], [("a", True)]])
def test_an_entry_holds_each_item_once_with_a_whole_number_or_none(answers):
    with pytest.raises(ValidationError):
        QuestionnaireAnswered(
            patient="p", questionnaire="mood", version="1", language=None, when="clinic",
            answers=answers,
        )  # fmt: skip


def test_a_sickness_at_the_protocols_threshold_is_said_at_once(say, tmp_path, capsys):
    ask = ("--ask", "fms", "--when", "in_session", "--session", "s-Heron")
    assert say(*ask, "--answers", written(tmp_path, {"sickness": 3})) == 0
    assert "threshold" not in capsys.readouterr().err
    assert say(*ask, "--answers", written(tmp_path, {"sickness": 15}), "--json") == 0
    out = capsys.readouterr()
    assert out.err.startswith("!! A threshold of the protocol is reached, to stop at: Leave the")
    told = [(one["id"], one["advice"]) for one in json.loads(out.out)["limits"]]
    assert told[0] == ("stop", "stop") and ("rising", "recommend_stop") in told


def test_an_alert_that_was_shown_is_in_the_record_though_the_questionnaire_was_left(
    at_terminal, db, capsys
):
    code, screen = at_terminal(Interrupted("0\n" * 8 + "2\nb\n2\n"), "--ask", "phq-9")
    assert code == 130 and "that an alert was shown is in the record" in screen
    assert kept(db) == []
    *_before, last = Reader.open(db).entries(stream_of("id-Heron"))
    assert isinstance(last.data, AlertShown)
    assert (last.data.questionnaire, last.data.item, last.operator) == ("phq-9", "9", "op-1")
    assert "2" not in last.data.model_dump_json().replace("2001", "")
    assert len(Reader.open(db).entries(stream_of("id-Heron"))) == 2, "once for each item"
    assert verify(db).ok


def test_a_file_that_scores_otherwise_under_the_same_version_is_said_and_not_scored(
    say, tmp_path, capsys
):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "mood.toml").write_text(OWN, "utf-8")
    answers = written(tmp_path, {"a": 3})
    assert say("--ask", "mood", "--answers", answers, "--folder", folder) == 0
    assert "Total: 3" in capsys.readouterr().out
    (folder / "mood.toml").write_text(OWN.replace("Ours.", "Other words."), "utf-8")
    assert say("--scores", "--folder", folder) == 0
    assert "Total: 3" in capsys.readouterr().out, "another wording scores the same"
    doubled = OWN.replace("highest = 4\nsource", "highest = 8\nmultiplier = 2\nsource")
    (folder / "mood.toml").write_text(doubled, "utf-8")
    assert say("--scores", "--folder", folder) == 0
    assert "mood 1 scores otherwise than it did then" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_is_no_ordinary_file_is_said_and_not_waited_for(say, tmp_path, capsys):
    folder = tmp_path / "own"
    folder.mkdir()
    os.mkfifo(folder / "pipe.toml")
    assert say("--scores", "--folder", folder) == 0
    assert "no ordinary file" in capsys.readouterr().err
    assert main(["questionnaires", "--check", str(folder / "pipe.toml")]) == 3
    assert "no ordinary file" in capsys.readouterr().err
