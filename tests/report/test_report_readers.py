"""Who gets which copy: the patient in plain words, supervision without a name and complete."""

from __future__ import annotations

from dataclasses import replace

import pytest
from course_of import session
from papers import HEAD, text
from recording import Recording, quarter_of_an_hour

from controller.language import use
from controller.report.course_report import course_report
from controller.report.document import Audience, Report, Section, WriteIn
from controller.report.markup import html
from controller.report.page import session_report
from controller.session.history import Incident
from controller.session.retelling import retell

JARGON = (
    "SUDS", "trial", "baseline", "anticipatory", "habituation", "activation", "peak", "hash",
    "seed", "ledger entry", "console", "link", "Halved", "Area", "refused", "essai", "pic ",
    "ligne de base", "graine", "empreinte",
)  # fmt: skip
JUDGEMENT = (
    "fail",
    "success",
    "avoid",
    "progress",
    "well done",
    "échec",
    "réussi",
    "évit",
    "bravo",
)


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def of(recording: Recording, audience: Audience) -> Report:
    return session_report(retell(recording.entries), HEAD, audience)


def table(report: Report, name: str) -> Section:
    (found,) = (b for b in report.blocks if isinstance(b, Section) and b.name == name)
    return found


def own_words(report: Report) -> str:
    """The report without what stands on every one: purpose and foot."""
    return text(replace(report, purpose="", below="", unreviewed=""))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("what", ["session", "course"])
def test_the_patients_copy_has_no_jargon_and_no_judgement(what: str, language: str) -> None:
    use("fr" if language == "fr" else "en")
    if what == "session":
        report = of(quarter_of_an_hour(), "patient")
    else:
        report = course_report([session(9), session(10)], 0, HEAD, "patient")
    told = own_words(report).casefold()
    for word in (*JARGON, *JUDGEMENT):
        assert word.casefold() not in told, word


@pytest.mark.parametrize("audience", ["clinician", "patient", "supervision"])
@pytest.mark.parametrize("what", ["session", "course"])
def test_the_page_says_once_in_its_body_where_the_ledger_ended(
    what: str, audience: Audience
) -> None:
    report = course_report([session(9), session(10)], 0, HEAD, audience)
    if what == "session":
        report = of(quarter_of_an_hour(), audience)
    body = html(report).partition("<body")[2]
    assert body.count(HEAD) == 1


def test_the_patients_copy_has_no_notes_no_reasons_and_no_refusals() -> None:
    told = text(of(quarter_of_an_hour(), "patient"))
    for typed in ("Hands gripping", "did not hear the question", "heard wrongly", "ceiling"):
        assert typed not in told
    assert "did not hear the question" in text(of(quarter_of_an_hour(), "clinician"))


def test_the_patients_copy_says_what_was_done_how_far_and_where_to_ask() -> None:
    report = of(quarter_of_an_hour(), "patient")
    assert report.happened == (
        "On 9 March 2026 you went into this scene. Times you went in: 3. You began at level 3 and "
        "came as far as level 5 of 10."
    )
    assert [row.cells[0] for row in table(report, "levels").rows] == list("012345")
    assert [row.cells[1] for row in table(report, "rests").rows] == [
        "Standing still: nothing new happened",
        "Pause: an empty, quiet room",
        "Safe place: a calm place",
        "Stop: the scene was ended",
    ]
    assert "Ask the person who led the session" in text(report)
    assert any(isinstance(block, WriteIn) for block in report.blocks)


def test_the_patients_numbers_are_on_the_scale_they_were_asked_on() -> None:
    history = retell(quarter_of_an_hour().entries)
    tens = replace(history, header=replace(history.header, scale="0-10"))
    report = session_report(tens, HEAD, "patient")
    numbers = [row.cells[1] for row in table(report, "ratings").rows]
    assert numbers[:8] == ["1.5", "4", "5.5", "7", "6", "4", "no answer", "6"]
    figures = {f.name: (f.value, f.beside) for f in report.figures}
    assert figures["Highest number"] == ("7.5", "of 10")
    assert "Your ratings, 0 to 10" in text(report)
    hundred = session_report(history, HEAD, "patient")
    assert table(hundred, "ratings").rows[3].cells[1] == "70"


def test_a_question_without_an_answer_is_left_open_for_the_patient_too() -> None:
    row = table(of(quarter_of_an_hour(), "patient"), "ratings").rows[6]
    assert row.cells[:2] == ("6:10", "no answer")


def test_every_figure_of_the_patients_copy_is_explained() -> None:
    report = of(quarter_of_an_hour(), "patient")
    for figure in report.figures:
        assert any(note.startswith(figure.name) for note in report.figure_notes)


def test_a_session_without_a_trial_is_told_plainly() -> None:
    r = Recording()
    r.load()
    r.close()
    report = of(r, "patient")
    assert report.happened == "On 9 March 2026 you had a session. You did not go into the scene."
    assert [f.value for f in report.figures] == ["0:00", "—", "—", "—"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("typed", ["LYNX-07", "lynx-07", "Lynx-07,"])
def test_the_pseudonym_is_nowhere_in_what_supervision_gets(typed: str, language: str) -> None:
    use("fr" if language == "fr" else "en")
    r = quarter_of_an_hour()
    del r.entries[-1]
    noted = r.note(f"Talked with {typed} about the week.")
    r.correct(noted, text=f"{typed} said so on the phone")
    r.rate(None, reason=f"{typed} coughed")
    r.close()
    report = of(r, "supervision")
    for told in (text(report), html(report)):
        assert "lynx-07" not in told.casefold()
        assert ("[pseudonyme]" if language == "fr" else "[pseudonym]") in told


def test_a_short_pseudonym_does_not_tear_words_apart() -> None:
    r = Recording(pseudonym="A")
    r.load()
    r.at(1).note("A was calm; Anna waited.")
    r.close()
    (row,) = table(of(r, "supervision"), "notes").rows
    assert row.cells[1] == "[pseudonym] was calm; Anna waited."


def test_supervision_is_told_of_every_refusal_hold_link_and_fault() -> None:
    report = of(quarter_of_an_hour(), "supervision")
    assert table(report, "refusals").rows[0].cells == (
        "4:00",
        "Raise",
        "the therapist",
        "This is above the patient's ceiling.",
    )
    assert table(report, "links").rows[0].cells == ("12:40 – 12:44", "4 s", "late: no news for 1 s")
    assert [row.cells[0] for row in table(report, "apart").rows] == [
        "Hold",
        "Pause",
        "Safe place",
        "Stop",
    ]


def test_supervision_is_told_where_there_was_nothing() -> None:
    r = Recording()
    r.load()
    r.close()
    report = of(r, "supervision")
    for name in ("apart", "refusals", "faults", "links"):
        (row,) = table(report, name).rows
        assert row.cells[0] == "none"


def test_a_course_for_supervision_is_without_the_pseudonym_and_complete() -> None:
    named = Incident(60.0, "observer_came", "room of LYNX-07")
    report = course_report(
        [session(9), replace(session(10), incidents=(named,))], 0, HEAD, "supervision"
    )
    assert "room of [pseudonym]" in text(report)
    assert "LYNX-07" not in text(report) and "LYNX-07" not in html(report)
    assert len(table(report, "apart").rows) == 8
    assert len(table(report, "refusals").rows) == 2
    assert len(table(report, "links").rows) == 2


def test_a_course_for_the_patient_keeps_the_scale_of_each_session() -> None:
    course = [session(9), session(10, scale="0-10")]
    rows = [row.cells for row in table(course_report(course, 0, HEAD, "patient"), "sessions").rows]
    assert rows[0][4:6] == ("75 of 100", "20 of 100")
    assert rows[1][4:6] == ("7.5 of 10", "2 of 10")
