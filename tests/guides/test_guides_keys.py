"""A key that the therapist's guide names does something."""

from __future__ import annotations

import inspect
import re

import pytest
from guide_pages import guide, prose

from controller import language
from controller.ui.keys import KEYS, reserved, row
from controller.ui.screens import patients, plan, review, start

NAMED = re.compile(r"(?<![\w+])(F\d+|Ctrl\+[A-Z]|[A-Z]|[↑↓])(?![\w'’])")
STOPS = {"F12"}
ON_PATIENTS = set(re.findall(r'Way\("([A-Z])"', inspect.getsource(patients)))
"""Letters that the list of patients names at its foot."""
ON_REVIEW = set(re.findall(r'Way\("([A-Z])"', inspect.getsource(review)))
"""Letters that a past session names at its foot."""
ON_START = set(re.findall(r'Way\("([A-Z])"', inspect.getsource(start)))
"""Letters that the start screen names at its foot."""
ON_PLANS = set(re.findall(r'Way\("([A-Z])"', inspect.getsource(plan)))
"""Letters that the page of a fear hierarchy names at its foot."""
OF_THE_PLAIN_CONSOLE = {"Ctrl+C"}
"""What the terminal itself sends there."""
OF_THE_NOTE = {"F9"}
"""A key of the page on which the therapist's note is written."""
ON_LIVE_ROW = {"Ctrl+S"}
"""A key of the page that makes a row of the live scene, where letters are typed."""


@pytest.fixture(params=["en", "fr"])
def spoken(request):
    before = language.language()
    language.use(request.param)
    yield request.param
    language.use(before)


def named(page: str) -> set[str]:
    return set(NAMED.findall(prose(page)))


def test_every_key_in_the_guide_is_in_the_table(spoken):
    known = {each.name() for each in KEYS} | {letter.upper() for letter in reserved()}
    known |= STOPS | OF_THE_NOTE | ON_PATIENTS | ON_REVIEW | ON_START | ON_PLANS
    known |= OF_THE_PLAIN_CONSOLE | ON_LIVE_ROW
    found = named(guide("controller", spoken))
    assert {"↑", "↓", "R", "C", "E", "G", "N", "Ctrl+Q", "F12"} <= found
    assert found <= known


def test_the_ways_to_ease_are_named_with_their_keys(spoken):
    page = guide("controller", spoken)
    for act in ("hold", "pause", "safe_place"):
        assert f"| {row(act).name()} |" in page
