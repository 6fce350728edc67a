"""The console's guide shows the tables that the console obeys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from guide_pages import guide

from controller.language import use
from controller.session import drawn
from controller.session.standings import (
    CONTROL,
    LINK,
    SESSION,
    Heard,
    Leading,
    Linked,
    Sat,
    Step,
    Told,
)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use("en")


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_the_tables_of_standings_are_those_that_are_obeyed(spoken, capsys):
    assert drawn.main(["--lang", spoken]) == 0
    told = capsys.readouterr().out
    assert told.count("\n") == sum(len(rows) + 2 for rows in (LINK, CONTROL, SESSION)) + 2
    assert f"\n\n{told}" in guide("controller", spoken)


def test_every_standing_and_everything_that_comes_has_its_word():
    every = {each for kind in (Linked, Heard, Leading, Told, Sat, Step) for each in kind}
    assert set(drawn.WORDS) == every
