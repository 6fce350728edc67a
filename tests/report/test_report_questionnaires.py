"""Reports show questionnaires over time where there are any, each score with its source."""

from __future__ import annotations

from pathlib import Path

import exporting
import pytest
from answering import PHQ_9, SICKNESS, entry
from course_of import session
from papers import HEAD, text

from controller import language
from controller.cli import main
from controller.language import use
from controller.questionnaires.library import known
from controller.report.course_report import course_report
from controller.report.document import Audience, Report, Section
from controller.report.markup import html
from controller.report.page import session_report
from controller.session.answered import Answered, answered, of_session
from controller.session.documents import Entry

ONE, TWO = "s-2026-0309", "s-2026-0316"
SOURCE = "Kroenke et al. 2001: sum of the nine items"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch):
    before = language.language()
    monkeypatch.setenv("PALIER_LANG", "en")
    use("en")
    yield
    use(before)


def stream() -> list[Entry]:
    """Twice the PHQ-9, the SSQ around the first session, and once more after it alone."""
    days = [f"2026-03-{day:02d}T09:00:00.000000+00:00" for day in (2, 9, 9, 10, 16)]
    return [
        entry("phq-9", PHQ_9, seq=2, wall=days[0]),
        entry("ssq", SICKNESS, seq=3, when="baseline", session=ONE, wall=days[1]),
        entry("ssq", {**SICKNESS, "nausea": 1}, seq=4, when="after", session=ONE, wall=days[2]),
        entry("phq-9", {**PHQ_9, "1": 0, "9": 0}, seq=5, wall=days[3]),
        entry("ssq", {**SICKNESS, "burping": None}, seq=6, when="after", session=TWO, wall=days[4]),
    ]


def course() -> tuple[Answered, ...]:
    return answered(stream(), known)


def of_course(answers: tuple[Answered, ...], audience: Audience = "clinician") -> Report:
    return course_report([session(9), session(16)], 0, HEAD, audience, answers)


def section(report: Report, name: str) -> Section:
    (found,) = (b for b in report.blocks if isinstance(b, Section) and b.name == name)
    return found


def names(report: Report) -> set[str]:
    return {b.name for b in report.blocks if isinstance(b, Section)}


def cells(table: Section) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def test_scores_stand_over_time_with_the_change_of_the_same_instrument() -> None:
    table = section(of_course(course()), "questionnaires")
    assert [c[:2] + c[3:7] for c in cells(table) if c[3] == "Total"] == [
        ("2 March 2026", "phq-9 2001", "Total", "10", "0 to 27", "—"),
        ("10 March 2026", "phq-9 2001", "Total", "7", "0 to 27", "−3"),
    ]
    first = next(c for c in cells(table) if c[1] == "phq-9 2001")
    assert first[7] == "moderate; item 9 answered with 2" and first[2] == "at the clinic"
    ssq = [c for c in cells(table) if c[1] == "ssq 1993" and c[3] == "Total (T)"]
    assert [c[4] for c in ssq] == ["0", "7.48", "—"]
    assert [c[5:7] for c in ssq] == [("0 to 235.62", change) for change in ("—", "+7.48", "—")]
    assert ssq[0][2] == "before the exposure, session 1"
    assert ssq[2][7] == "No score: burping without an answer."


def test_every_score_names_the_source_of_its_formula_and_none_is_advice() -> None:
    for name in ("questionnaires", "before-after"):
        table = section(of_course(course()), name)
        notes = " ".join(note.text for note in table.notes)
        for one in course():
            assert one.scores is not None
            if f"{one.said.questionnaire} {one.said.version}" in {
                r for c in cells(table) for r in c
            }:
                assert all(s.scale.source.en in notes for s in one.scores.scores)
    notes = [note.text for note in section(of_course(course()), "questionnaires").notes]
    assert "Scores are no diagnosis and no advice." in notes
    assert any(SOURCE in note and "Patient Health Questionnaire (PHQ-9)" in note for note in notes)


def test_the_change_over_a_session_needs_both_a_before_and_an_after() -> None:
    table = section(of_course(course()), "before-after")
    assert [c for c in cells(table) if c[2] == "Total (T)"] == [
        ("1", "ssq 1993", "Total (T)", "0", "7.48", "+7.48", "")
    ]
    assert {c[0] for c in cells(table)} == {"1"}


def test_without_answers_there_is_no_table() -> None:
    assert not names(of_course(())) & {"questionnaires", "before-after"}
    alone = of_course(course()[:1])
    assert "questionnaires" in names(alone) and "before-after" not in names(alone)


def test_an_instrument_whose_file_is_not_at_hand_is_said_to_be_unscored() -> None:
    nothing = answered(stream()[:1], lambda _name, _version: None)
    (row,) = section(of_course(nothing), "questionnaires").rows
    assert row.tone == "missing"
    assert row.cells[4:] == ("—", "—", "—", "No score: the file of phq-9 2001 is not at hand.")


def test_the_patients_copy_shows_no_scores_and_supervisions_does() -> None:
    assert not names(of_course(course(), "patient")) & {"questionnaires", "before-after"}
    assert names(of_course(course(), "supervision")) >= {"questionnaires", "before-after"}
    own = of_session(course(), ONE)
    assert "questionnaires" not in names(session_report(session(9), HEAD, "patient", own))
    assert "questionnaires" in names(session_report(session(9), HEAD, "supervision", own))


def test_a_sessions_report_shows_those_of_the_session_alone() -> None:
    made = session_report(session(9), HEAD, "clinician", of_session(course(), ONE))
    assert {c[1] for c in cells(section(made, "questionnaires"))} == {"ssq 1993"}
    assert section(made, "before-after").columns[0].title == "Questionnaire"
    assert cells(section(made, "before-after"))[-1][2:5] == ("0", "7.48", "+7.48")
    assert "questionnaires" not in names(session_report(session(9), HEAD, "clinician", ()))


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_page_and_pdf_say_the_same(spoken: language.Language) -> None:
    use(spoken)
    report = of_course(course())
    page, paper = " ".join(html(report).split()), text(report)
    figure = "235,62" if spoken == "fr" else "235.62"
    source = "Kroenke et al. 2001 : somme des neuf items" if spoken == "fr" else SOURCE
    for words in (source, figure, "phq-9 2001", "−3"):
        assert words in page and words in paper, words
    if spoken == "fr":
        assert "Questionnaires" in paper and "avant l'exposition, séance 1" in paper
        assert "Answered" not in paper and "before the exposure" not in page


def test_the_command_writes_them_from_the_record(tmp_path: Path) -> None:
    database = tmp_path / "record.db"
    first, second = exporting.write_record(database)

    def written(*words: str) -> str:
        out = tmp_path / "report.html"
        assert main(["report", *words, "--out", str(out), "--db", str(database)]) == 0
        return out.read_text("utf-8")

    assert "ssq 1993" in written(first) and "phq-9" not in written(first)
    assert "ssq 1993" not in written(second)
    whole = written("--patient", exporting.PSEUDONYM)
    assert "ssq 1993" in whole and "phq-9 2001" in whole and "27.84" in whole
