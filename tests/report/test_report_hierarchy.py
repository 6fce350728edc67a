"""The fear hierarchy in reports: the patient's words for the clinician, and for nobody else."""

from __future__ import annotations

import pytest
from papers import HEAD, text
from recording import quarter_of_an_hour

from controller.language import Language, use
from controller.report.course_report import course_report
from controller.report.document import Audience, Report, Section
from controller.report.hierarchy_table import with_hierarchy
from controller.report.markup import html
from controller.report.page import session_report
from controller.report.wording import DASH
from controller.session.documents import Entry, stream_of
from controller.session.plans.entries import HierarchySet, PlanRow
from controller.session.retelling import retell

LOW = PlanRow(
    item="LYNX-07 leans on the rail.",
    distress=55,
    scenario="heights.balcony",
    level=3,
    feared="I will topple over",
    likelihood=60,
    drops="holding on",
)
HIGH = LOW.model_copy(update={"item": "No hands.", "level": 10, "likelihood": None, "drops": ""})


def saved(*versions: tuple[PlanRow, ...]) -> list[Entry]:
    return [
        Entry(
            session=stream_of("p"),
            seq=seq,
            kind="hierarchy_set",
            operator="op-1",
            mono_ns=seq,
            wall=f"2026-03-0{seq}T10:00:00.000000+00:00",
            data=HierarchySet(patient="p", rows=rows),
        )
        for seq, rows in enumerate(versions, 1)
    ]


def of(audience: Audience, *, course: bool = False, entries: list[Entry] | None = None) -> Report:
    histories = [retell(quarter_of_an_hour().entries)]
    if course:
        report = course_report(histories, 0, HEAD, audience)
    else:
        report = session_report(histories[0], HEAD, audience)
    own = saved((HIGH,), (LOW, HIGH)) if entries is None else entries
    return with_hierarchy(report, histories, own, audience)


def table(report: Report) -> Section:
    (found,) = (b for b in report.blocks if isinstance(b, Section) and b.name == "hierarchy")
    return found


@pytest.mark.parametrize("course", [False, True])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Fear hierarchy", "What is feared", "I will topple over", "60 %", "version 2")),
        ("fr", ("Hiérarchie des peurs", "redouté", "I will topple over", "60 %", "version 2")),
    ],
)
def test_the_clinician_reads_the_rows_that_hold_on_page_and_paper(
    language: Language, words: tuple[str, ...], course: bool
) -> None:
    use(language)
    report = of("clinician", course=course)
    page, paper = html(report), text(report)
    for word in words:
        assert word in page, word
        assert "".join(word.split()) in "".join(paper.split()), word


def test_time_there_is_of_the_rows_level_and_a_row_that_was_not_reached_has_none() -> None:
    use("en")
    low, high = table(of("clinician")).rows
    assert low.cells[7] != DASH and high.cells[7] == DASH
    assert low.cells[1:4] == ("55", "The balcony", "3") and high.cells[5:7] == (DASH, DASH)


@pytest.mark.parametrize("course", [False, True])
def test_a_supervisors_report_has_the_rows_without_the_pseudonym(course: bool) -> None:
    use("en")
    report = of("supervision", course=course)
    assert "leans on the rail" in table(report).rows[0].cells[0]
    assert "LYNX" not in text(report)


@pytest.mark.parametrize("course", [False, True])
def test_the_copy_that_the_patient_takes_home_has_no_row(course: bool) -> None:
    use("en")
    assert "topple" not in text(of("patient", course=course))


def test_where_there_is_no_hierarchy_nothing_is_said_of_one() -> None:
    use("en")
    assert "Fear hierarchy" not in text(of("clinician", entries=[]))
