"""A finding stands where its author will look for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vr_runtime.engine.budget import Overran
from vr_runtime.measuring.measure import slow
from vr_runtime.measuring.outcome import Effort, Finding, Spot, Walked
from vr_runtime.measuring.telling import Author, thrown

PIER = Path(__file__).parents[1] / "authoring" / "pier.py"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("update", "def update"),
        ("wave", "def wave"),
        ("levels", "levels = "),
        ("safe", "def update"),
        ("level 7", "7: {"),
        ("nowhere", "class Pier"),
    ],
)
def test_what_is_known_by_its_name_is_told_where_that_is_declared(name: str, begins: str) -> None:
    author = Author(str(PIER))
    told = author.told(Finding(code="PS209", spot=Spot(name=name), message=""))
    line = PIER.read_text("utf-8").splitlines()[told.line - 1]
    assert line[told.column - 1 :].startswith(begins)
    assert told.path == str(PIER)


def test_what_came_back_too_late_is_told_of_what_ran() -> None:
    found = thrown(Overran("did not come back within 250 ms"), Spot(), "wave")
    assert (found.code, found.spot.name) == ("PS202", "wave")


def test_a_few_slow_ticks_are_forgiven_and_many_are_warned_of() -> None:
    few = Walked(effort=Effort(ticks=1000, slow=20, worst_ms=9.0))
    many = Walked(effort=Effort(ticks=1000, slow=200, worst_ms=9.0))
    assert slow(few) == []
    assert [f.code for f in slow(many)] == ["PS203"]
