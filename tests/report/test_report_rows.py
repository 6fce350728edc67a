"""Rows of the hierarchy that a session worked on, as report, course, timeline and exports tell."""

from __future__ import annotations

import pytest
from papers import HEAD, text
from recording import Recording

from controller.exports.rows import worked_on
from controller.exports.tables import happened
from controller.language import LANGUAGES, Language, use
from controller.report.course_report import course_report
from controller.report.document import Audience
from controller.report.page import session_report
from controller.report.retold import retold
from controller.report.row_table import rows_over_sessions, rows_worked_on
from controller.report.wording import DASH
from controller.session.bat.entries import BatBegun, BatEnded
from controller.session.between import sittings
from controller.session.plans.entries import PlanRow, RowTaken
from controller.session.retelling import retell
from controller.session.summary import summarise
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase

LOW = PlanRow(
    item="LYNX-07 leans on the rail.",
    distress=55,
    scenario="heights.balcony",
    level=3,
    feared="I will topple over",
    likelihood=60,
)
HIGH = LOW.model_copy(update={"item": "No hands.", "level": 5, "distress": 90, "feared": ""})
LAST = LOW.model_copy(update={"item": "Eyes shut.", "level": 6, "distress": 95})


def recorded() -> Recording:
    """Two rows with a trial each, a BAT's trial that is of none, and a row without any."""
    r = Recording()
    r.write(RowTaken(row=LOW, tick=r.tick))
    r.load()
    for minute, suds in ((1, (70, 40)), (6, (55, 75)), (11, (99, 98))):
        if minute == 6:
            r.at(5).write(RowTaken(row=HIGH, tick=r.tick))
        if minute == 11:
            r.at(10, 50).write(BatBegun(steps=3, tick=r.tick))
        r.at(minute).begin(3)
        for at, given in enumerate(suds, 1):
            r.at(minute + at).rate(given)
        r.at(minute + 3).leave(acts.SafePlace(), Phase.SAFE_PLACE)
    r.write(BatEnded(how="therapist", score=0, steps=3, tick=r.tick))
    r.at(15).write(RowTaken(row=LAST, tick=r.tick))
    r.close()
    return r


def test_distress_predicted_stands_beside_distress_met_in_the_trials_of_the_row() -> None:
    use("en")
    history = retell(recorded().entries)
    table = rows_worked_on(history, summarise(history))
    assert [row.cells for row in table.rows] == [
        ("0:00", LOW.item, "3", LOW.feared, "1", "55", "70"),
        ("5:00", HIGH.item, "5", DASH, "2", "90", "75"),
        ("15:00", LAST.item, "6", LAST.feared, DASH, "95", DASH),
    ]
    course = rows_over_sessions(sittings([history, history]))
    assert [row.cells[0] for row in course.rows] == ["1", "1", "1", "2", "2", "2"]
    assert course.rows[0].cells[-3:] == ("1", "55", "70")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("course", [False, True])
@pytest.mark.parametrize("audience", ["clinician", "supervision", "patient"])
def test_the_words_stand_in_the_clinicians_reports_and_in_none_that_is_taken_home(
    language: Language, course: bool, audience: Audience
) -> None:
    use(language)
    history = retell(recorded().entries)
    report = course_report([history], 0, HEAD, audience) if course else session_report(
        history, HEAD, audience
    )  # fmt: skip
    told = text(report)
    titles = [getattr(block, "name", "") for block in report.blocks]
    assert ("rows" in titles) is (audience != "patient")
    assert ("No hands." in told) is (audience != "patient")
    if audience == "supervision":
        assert "LYNX" not in told and "leans on the rail" in told


def test_timeline_and_exports_tell_each_row_at_its_moment() -> None:
    use("en")
    history = retell(recorded().entries)
    lines = [(row.at_s, row.text) for row in retold(history) if "row of the hierarchy" in row.text]
    assert [at_s for at_s, _text in lines] == [0.0, 300.0, 900.0]
    assert "No hands., level 5, predicted 90" in lines[1][1]
    rows = worked_on(history, summarise(history))
    assert [(row[0], row[2], row[3], row[4], row[5]) for row in rows] == [
        (0.0, 3, 55, 70, 1),
        (300.0, 5, 90, 75, 1),
        (900.0, 6, 95, None, 0),
    ]
    told = [row for row in happened(history) if row[2] == "row"]
    assert [(row[0], row[3], row[5]) for row in told][1] == (300.0, "5", "No hands.")
