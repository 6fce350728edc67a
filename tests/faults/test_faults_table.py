"""Each fault is tried by a test that says so, and the guides tell of the same faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from promises import LATER, PROMISES
from table import BETWEEN, PAGES

TESTS = Path(__file__).parents[1]
MARK = re.compile(r'mark\.fault\("(F\d+)"\)')
AWAITED: frozenset[str] = frozenset()
"""Faults whose tests may still be missing; take an id away here once its test is there."""


def test_every_fault_is_tried_by_a_test_that_names_it() -> None:
    named = {
        fault
        for file in sorted(TESTS.rglob("test_*.py"))
        for fault in MARK.findall(file.read_text("utf-8"))
    }
    numbered = {f"F{number}" for number in range(1, 34)}
    assert named <= numbered
    assert numbered - named - set(LATER) - AWAITED == set(), "no test is marked with these faults"


def test_every_fault_has_its_promise() -> None:
    assert [*PROMISES, *LATER] == sorted(
        (f"F{number}" for number in range(1, 34)), key=lambda f: (f in LATER, int(f[1:]))
    )


@pytest.mark.parametrize("language", PAGES)
def test_the_guide_tells_of_every_fault_and_its_promise(language) -> None:
    found = BETWEEN.search(PAGES[language].read_text("utf-8"))
    assert found is not None
    rows = [line.strip("| ").split(" | ") for line in found[0].splitlines() if line[:3] == "| F"]
    assert {row[0]: row[1] for row in rows} == {f: p.get(language) for f, p in PROMISES.items()}
    assert all(row[2].strip() for row in rows)
