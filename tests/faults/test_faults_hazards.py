"""Each known hazard has what answers it and the tests that hold that, or says that nothing does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hazards import HAZARDS, PLACE, Hazard, drawn
from marked import PAGES

TESTS = Path(__file__).parents[1]


def test_every_hazard_is_there() -> None:
    assert [*HAZARDS] == [f"H{number}" for number in range(1, 21)]


@pytest.mark.parametrize("hazard", HAZARDS.values(), ids=HAZARDS)
def test_what_is_said_to_answer_a_hazard_is_held_by_tests_that_exist(hazard: Hazard) -> None:
    assert (hazard.answer is not None) == bool(hazard.tests)
    assert hazard.answer is not None or hazard.missing is not None
    for named in hazard.tests:
        file, _, test = named.partition("::")
        text = (TESTS / file).read_text("utf-8")
        assert re.search(rf"^(async )?def {test}\(", text, re.M), named


@pytest.mark.parametrize("language", PAGES)
def test_the_guide_tells_of_every_hazard(language) -> None:
    now = PLACE.standing(language)
    assert now == drawn(language), "write it anew: uv run python tests/faults/hazards.py"
