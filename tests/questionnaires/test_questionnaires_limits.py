"""What a sickness rating in the session advises, and that it is only ever the newest one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import BY_ID

from controller.protocol.reading import shipped
from controller.protocol.sickness import asked
from controller.questionnaires.limits import reached

FMS = asked(shipped().protocol.sickness)
assert FMS is not None
ratings = st.lists(st.tuples(st.floats(0, 3600), st.integers(0, 20).map(float)), max_size=12)


def ids(given_ratings: list[tuple[float, float]]) -> list[str]:
    return [t.id for t in reached(FMS, "sickness", given_ratings)]


@pytest.mark.parametrize(
    ("given_ratings", "expected"),
    [
        ([], []),
        ([(0, 6)], []),
        ([(0, 7)], ["caution"]),
        ([(0, 11)], ["caution"]),
        ([(0, 12)], ["recommend_stop", "caution"]),
        ([(0, 14)], ["recommend_stop", "caution"]),
        ([(0, 15)], ["stop", "recommend_stop", "caution"]),
        ([(0, 20)], ["stop", "recommend_stop", "caution"]),
        ([(0, 1), (120, 6)], ["rising"]),
        ([(0, 1), (121, 6)], []),
        ([(0, 1), (120, 5)], []),
        ([(0, 3), (60, 1), (119, 6)], ["rising"]),
        ([(0, 9), (60, 2)], []),
        ([(0, 0), (60, 20), (120, 3)], []),
        ([(120, 6), (0, 1)], ["rising"]),
        ([(0, 8), (100, 13)], ["recommend_stop", "rising", "caution"]),
    ],
)
def test_the_newest_rating_reaches(
    given_ratings: list[tuple[float, float]], expected: list[str]
) -> None:
    assert ids(given_ratings) == expected


@given(ratings)
def test_a_higher_newest_rating_never_reaches_less(
    given_ratings: list[tuple[float, float]],
) -> None:
    newest_s = max((t for t, _value in given_ratings), default=0.0) + 1
    told = [set(ids([*given_ratings, (newest_s, float(value))])) for value in range(21)]
    assert all(lower <= higher for lower, higher in pairwise(told))


def test_a_questionnaire_without_thresholds_advises_nothing() -> None:
    assert reached(BY_ID["ssq"], "total", [(0, 235.62)]) == ()
    assert reached(FMS, "another", [(0, 20)]) == ()
