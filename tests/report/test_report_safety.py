"""Safety behaviours as report, timeline and exports tell them."""

from __future__ import annotations

import pytest
from recording import Recording

from controller.exports.tables import happened
from controller.language import LANGUAGES, Language, use
from controller.report.page import session_report
from controller.report.retold import retold
from controller.report.safety_table import safety_behaviours
from controller.session.retelling import retell
from controller.session.safety.entries import SafetyBehaviour


def recorded() -> Recording:
    r = Recording().at(3)
    r.write(SafetyBehaviour(name="grips the rail", used=True, tick=r.tick))
    r.at(5).write(SafetyBehaviour(name="grips the rail", used=False, tick=r.tick))
    return r


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_change_has_its_minute_and_its_word_in_report_and_timeline(language: Language) -> None:
    use(language)
    history = retell(recorded().entries)
    table = safety_behaviours(history)
    used, dropped = ("in use", "dropped") if language == "en" else ("en cours", "abandonné")
    assert [row.cells for row in table.rows] == [
        ("3:00", "grips the rail", used),
        ("5:00", "grips the rail", dropped),
    ]
    lines = [(row.at_s, row.text) for row in retold(history) if "grips the rail" in row.text]
    assert [at_s for at_s, _text in lines] == [180.0, 300.0]
    assert used in lines[0][1] and dropped in lines[1][1]
    report = session_report(history, None, "clinician")
    assert table.title in [getattr(block, "title", "") for block in report.blocks]


def test_exports_tell_what_was_noted_and_the_name_is_free_text() -> None:
    told = [row for row in happened(retell(recorded().entries)) if row[2] == "safety_behaviour"]
    assert [row[3:] for row in told] == [
        ("", "used", "grips the rail"),
        ("", "dropped", "grips the rail"),
    ]


def test_a_session_in_which_none_was_noted_has_no_such_rows() -> None:
    assert not safety_behaviours(retell(Recording().entries)).rows
