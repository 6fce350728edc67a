"""The guide of the patient's machine says what the machine does."""

from __future__ import annotations

import pytest
from guide_pages import guide, tables

from vr_runtime.cli import parser
from vr_runtime.display.build import OFFSCREEN_HZ, WINDOW_HZ
from vr_runtime.display.leave import HOLD_S
from vr_runtime.engine import drawn, phases

LANGUAGES = ("en", "fr")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_tables_of_phases_are_those_that_are_obeyed(spoken, capsys):
    assert drawn.main(["--lang", spoken]) == 0
    told = capsys.readouterr().out
    assert told.count("\n") == len(phases.ROWS) + len(phases.STAYING) + 5
    assert f"\n\n{told}\n" in guide("vr_runtime", spoken)


def test_a_row_names_where_an_act_begins_and_where_it_leads(capsys):
    drawn.main(["--lang", "en"])
    lines = capsys.readouterr().out.splitlines()
    assert "| the patient presses the way out | safe place | stopped |" in lines
    assert "| the therapist stops | any, once a session is open | stopped |" in lines


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_displays_are_those_that_can_be_chosen(spoken):
    (option,) = [a for a in parser()._actions if a.dest == "display"]
    assert {row[0] for row in tables(guide("vr_runtime", spoken))[0]} == {
        f"`{kind}`" for kind in option.choices
    }


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize(("kind", "hz"), [("offscreen", OFFSCREEN_HZ), ("desktop", WINDOW_HZ)])
def test_a_display_draws_as_often_as_is_told(spoken, kind, hz):
    told = {row[0]: row[1] for row in tables(guide("vr_runtime", spoken))[0]}
    assert f" {hz:g} " in told[f"`{kind}`"]


def test_the_time_that_holding_the_way_out_takes_is_the_one_told():
    assert f"holds it for {HOLD_S:g} seconds" in guide("vr_runtime", "en")
    assert f"la tient {HOLD_S:g} seconde".replace(".", ",") in guide("vr_runtime", "fr")
