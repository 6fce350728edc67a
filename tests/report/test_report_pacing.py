"""What was said of time and breaks, as report, timeline and exports tell it."""

from __future__ import annotations

import pytest
from recording import Recording

from controller.exports.tables import happened
from controller.language import LANGUAGES, Language, use
from controller.report.pace_table import pace
from controller.report.page import session_report
from controller.report.retold import retold
from controller.session.pacing.entries import Paced
from controller.session.retelling import retell


def recorded() -> Recording:
    r = Recording().at(30)
    r.write(Paced(what="break_due", minutes=30.0, tick=r.tick))
    r.at(31).write(Paced(what="break_begun", minutes=10.0, tick=r.tick))
    r.at(42).write(Paced(what="break_ended", minutes=11.5, tick=r.tick))
    return r


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_notice_and_each_break_has_its_minute_and_its_length(language: Language) -> None:
    use(language)
    history = retell(recorded().entries)
    rows = pace(history).rows
    assert [row.cells[0] for row in rows] == ["30:00", "31:00", "42:00"]
    assert ("11.5" if language == "en" else "11,5") in rows[-1].cells[1]
    assert {row.cells[1] for row in rows} <= {row.text for row in retold(history)}
    report = session_report(history, None, "clinician")
    assert pace(history).title in [getattr(block, "title", "") for block in report.blocks]


def test_exports_have_them_as_what_was_said_or_done() -> None:
    told = [(row[3], row[5]) for row in happened(retell(recorded().entries)) if row[2] == "paced"]
    assert told == [("break_due", "30 min"), ("break_begun", "10 min"), ("break_ended", "11.5 min")]


def test_a_session_of_which_nothing_was_said_has_no_such_table() -> None:
    assert not pace(retell(Recording().entries)).rows
