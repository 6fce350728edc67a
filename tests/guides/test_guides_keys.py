"""A key that the therapist's guide names does something."""

from __future__ import annotations

import re

import pytest
from guide_pages import guide, prose

from controller import language
from controller.ui.keys import KEYS, reserved, row

NAMED = re.compile(r"(?<![\w+])(F\d+|Ctrl\+[A-Z]|[A-Z]|[↑↓])(?![\w'’])")
STOPS = {"F12"}


@pytest.fixture(params=["en", "fr"])
def spoken(request):
    before = language.language()
    language.use(request.param)
    yield request.param
    language.use(before)


def named(page: str) -> set[str]:
    return set(NAMED.findall(prose(page)))


def test_every_key_in_the_guide_is_in_the_table(spoken):
    known = {each.name() for each in KEYS} | {letter.upper() for letter in reserved()} | STOPS
    found = named(guide("controller", spoken))
    assert {"↑", "↓", "R", "C", "E", "G", "N", "Ctrl+Q", "F12"} <= found
    assert found <= known


def test_the_ways_to_ease_are_named_with_their_keys(spoken):
    page = guide("controller", spoken)
    for act in ("hold", "pause", "safe_place"):
        assert f"| {row(act).name()} |" in page
