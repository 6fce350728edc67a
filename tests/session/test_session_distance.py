"""How far away the runtime is, and how long a question may wait for its answer by that."""

from __future__ import annotations

import pytest

from controller.session.distance import Distance


def measured(*trips: float) -> Distance:
    distance = Distance()
    for trip in trips:
        distance.measured(trip)
    return distance


def test_before_the_first_answer_nothing_is_claimed() -> None:
    assert Distance().round_trip_s is None
    assert Distance().one_way_s == 0.0


def test_one_late_answer_does_not_make_a_link_long_but_is_waited_for() -> None:
    distance = measured(0.1, 0.1, 0.9, 0.1, 0.1)
    assert distance.round_trip_s == 0.1
    assert distance.overdue_s == pytest.approx(1.35)


def test_what_was_long_ago_is_forgotten() -> None:
    assert measured(2.0, *[0.1] * 5).overdue_s == 0.3


@pytest.mark.parametrize("trip", [0.001, 0.2, 1.0, 1.4])
def test_an_answer_is_waited_for_longer_than_it_takes_and_repeated_only_after(trip: float) -> None:
    distance = measured(trip)
    assert distance.overdue_s > trip
    assert distance.patience_s >= max(2.5, 2.5 * distance.overdue_s)
