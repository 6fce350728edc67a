"""How late a try may be that is measured on a machine with other work: judged without a clock."""

from __future__ import annotations

import pytest
import quiet
from bounds import kept


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test is waited for: nothing here takes any time."""
    monkeypatch.setattr(quiet, "_rooms", [])


@pytest.mark.parametrize(
    ("tries", "best"),
    [
        ([1.0], 1.0),
        ([1.5], 1.5),
        ([4.0, 1.2, 1.4], 1.2),
        ([2.0, 3.0, 1.5], 1.5),
    ],
)
def test_one_try_in_time_is_enough_and_after_a_late_one_two_of_three_have_to_be_near(
    tries: list[float], best: float
) -> None:
    left = list(tries)
    assert kept(lambda _number: left.pop(0), 1.5, each_s=5.0) == best
    assert not left, "as many as were to be made"


@pytest.mark.parametrize(
    "tries",
    [
        [5.1],
        [4.0, 4.5, 1.2],
        [1.6, 1.7, 1.8],
        [2.0, 1.0, 5.1],
    ],
    ids=["one far too late", "two late", "none in time", "one far too late after all"],
)
def test_a_promise_that_is_kept_once_by_chance_is_not_kept(tries: list[float]) -> None:
    left = list(tries)
    with pytest.raises(AssertionError):
        kept(lambda _number: left.pop(0), 1.5, each_s=5.0)
