"""An approach test as the report, the course, the timeline and the exports tell it."""

from __future__ import annotations

import pytest
from approaching import SPEC, recorded
from recording import Recording

from controller.exports.bat import approach_tests as exported
from controller.exports.tables import happened
from controller.language import LANGUAGES, Language, use
from controller.report.bat_table import approach_tests, compared
from controller.report.page import session_report
from controller.report.retold import retold
from controller.report.wording import DASH
from controller.session.between import sittings
from controller.session.retelling import retell


def test_each_step_has_the_distress_that_belongs_to_it_and_none_that_is_carried_on() -> None:
    use("en")
    (bat,) = retell(recorded(refused=3).entries).bats
    assert [(t.anticipatory, t.during, t.after) for t in bat.tried] == [
        (21, 61, 30),
        (22, 62, 30),
        (90, None, None),
    ]
    first = bat.tried[0]
    assert (first.gone_s, first.arrived_s, first.ended_s) == (140.0, 150.0, 180.0)
    assert (bat.score, bat.highest, bat.measured) == (2, 62, 12.0)


def test_a_peak_that_was_asked_for_afterwards_counts_at_no_step() -> None:
    r = recorded(refused=3)
    r.at(2, 45)
    r.rate(99, "peak", due=False)
    last = r.entries.pop()
    at = next(n for n, e in enumerate(r.entries) if getattr(e.data, "suds", None) == 50)
    r.entries.insert(at, last)
    r.entries[:] = [e.model_copy(update={"seq": n}) for n, e in enumerate(r.entries, 1)]
    (bat,) = retell(r.entries).bats
    assert [t.during for t in bat.tried] == [61, 62, None] and bat.highest == 62


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_has_a_row_for_each_step_and_the_score(language: Language) -> None:
    use(language)
    history = retell(recorded(refused=3).entries)
    rows = approach_tests(history).rows
    assert [row.cells[1] for row in rows] == ["1", "2", "3", ""]
    assert ("score 2 of 4" if language == "en" else "score 2 sur 4") in rows[-1].cells
    report = session_report(history, None, "clinician")
    assert approach_tests(history).title in [getattr(block, "title", "") for block in report.blocks]
    assert SPEC.steps[2].item.get(language) in rows[2].cells[2]
    assert any("BAT 3" in row.text for row in retold(history))


def test_the_course_compares_tests_by_the_same_script_alone() -> None:
    use("en")
    histories = [retell(recorded(refused=n).entries) for n in (2, 4)]
    course = sittings(histories)
    scores = [(row.cells[3], row.cells[4]) for row in compared(course).rows]
    assert scores == [("1/4", DASH), ("3/4", "+2")]


def test_exports_have_each_step_with_its_times() -> None:
    history = retell(recorded(refused=2).entries)
    assert [(row[4], row[6], row[11]) for row in exported(history)] == [
        (1, "done", 21),
        (2, "refused", 90),
    ]
    told = [row for row in happened(history) if row[2] == "bat"]
    assert [(row[3], row[4]) for row in told] == [("1", "done"), ("2", "refused")]


def test_a_session_without_a_test_says_nothing_of_one() -> None:
    assert not approach_tests(retell(Recording().entries)).rows
