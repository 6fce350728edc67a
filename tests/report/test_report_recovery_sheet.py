"""The sheet of a recovery key: everything a person needs years later, and nothing from outside."""

from __future__ import annotations

import re
from contextvars import copy_context

import pytest

from controller.language import Language, use
from controller.purpose import PURPOSE
from controller.report.recovery_sheet import page, rows

GROUPS = tuple(f"{letter * 4}2" for letter in "ABCDEFGHJKMNP")


def sheet(language: Language, record: str = "record.db") -> str:
    def spoken() -> str:
        use(language)
        return page(GROUPS, record)

    return copy_context().run(spoken)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_group_stands_there_once_with_its_number(language: Language) -> None:
    found = re.findall(r"<small>(\d+)</small><b>(\w+)</b>", sheet(language))
    assert found == [(str(n), group) for n, group in enumerate(GROUPS, start=1)]


def test_it_says_what_it_is_for_how_to_use_it_and_that_it_is_kept_nowhere() -> None:
    english, french = sheet("en"), sheet("fr")
    for text in ("kept nowhere", "palier db recovery --use", "palier db restore FILE", PURPOSE):
        assert text in english
    for text in ("Clé de secours", "nulle part", "palier db recovery --use"):
        assert text in french
    assert "kept nowhere" not in french


def test_it_asks_nothing_of_the_network_and_is_made_for_one_a4_page() -> None:
    text = sheet("en")
    assert "size: A4" in text
    assert not re.search(r"https?:|<script|<link|<img|url\(", text)


def test_a_file_name_is_text_and_nothing_else() -> None:
    assert "<b>x</b>.db" not in sheet("en", "<b>x</b>.db")
    assert "&lt;b&gt;x&lt;/b&gt;.db" in sheet("en", "<b>x</b>.db")


def test_rows_name_all_groups_in_order() -> None:
    told = [one for row in rows(GROUPS) for one in row]
    assert [one.split()[1] for one in told] == list(GROUPS)
    assert max(len(row) for row in rows(GROUPS)) == 4
