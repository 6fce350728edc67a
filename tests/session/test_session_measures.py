from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.session import measures
from controller.session.measures import Area, Interval, Sample

# Worked by hand. Minutes 0, 1, 3, 4: ratings 40, 80, 60, 30.
TRIAL = [Sample(0, 40), Sample(60, 80), Sample(180, 60), Sample(240, 30)]

times = st.integers(0, 3_600).map(float)
suds = st.integers(0, 100).map(float)
samples = st.lists(st.builds(Sample, times, suds), max_size=12)
two_or_more = st.lists(
    st.builds(Sample, times, suds), min_size=2, max_size=12, unique_by=lambda s: s.t_s
)
intervals = st.lists(
    st.tuples(times, times).map(lambda pair: Interval(min(pair), max(pair))), max_size=5
)


def test_the_trial_worked_by_hand() -> None:
    top, last = measures.peak(TRIAL), measures.end(TRIAL)
    assert measures.initial(TRIAL) == 40
    assert top == 80
    assert last == 30
    assert measures.initial_fear_activation(top, 15) == 65
    assert measures.habituation(top, last) == 50
    assert measures.habituation_share(top, last) == 0.625
    assert measures.halved(top, last) is True
    assert measures.time_to_half_s(TRIAL) == 180
    # 60 x 1 + 70 x 2 + 45 x 1 = 245 SUDS min over 4 minutes.
    area = measures.area(TRIAL)
    assert area == Area(245, 240, 0)
    assert measures.mean_over_time(area) == 61.25


def test_a_hold_is_cut_out_of_the_area_along_the_straight_line() -> None:
    # From minute 1.5 to 2.5 the line falls from 75 to 65: 70 SUDS min are left out.
    assert measures.area(TRIAL, [Interval(90, 150)]) == Area(175, 180, 0)


def test_overlapping_exclusions_count_once() -> None:
    cuts = [Interval(90, 130), Interval(100, 150), Interval(120, 125)]
    assert measures.area(TRIAL, cuts) == measures.area(TRIAL, [Interval(90, 150)])
    assert measures.total_s(cuts) == 60


def test_ratings_too_far_apart_are_a_gap_and_not_joined() -> None:
    assert measures.area(TRIAL, longest_s=119) == Area(105, 120, 1)
    assert measures.area(TRIAL, longest_s=120) == Area(245, 240, 0)


def test_the_change_between_two_sessions_is_the_earlier_less_the_later_one() -> None:
    assert measures.between(80, 55) == 25
    assert measures.between(40, 60) == -20
    assert measures.between(None, 60) is None
    assert measures.between(60, None) is None


@pytest.mark.parametrize("few", [[], [Sample(60, 50)]])
def test_fewer_than_two_ratings_give_no_figure_and_never_0(few: list[Sample]) -> None:
    assert measures.initial(few) is None
    assert measures.peak(few, [70]) is None
    assert measures.end(few) is None
    assert measures.area(few) is None
    assert measures.mean_over_time(measures.area(few)) is None
    assert measures.time_to_half_s(few) is None
    assert measures.habituation(measures.peak(few), measures.end(few)) is None
    assert measures.habituation_share(measures.peak(few), measures.end(few)) is None
    assert measures.halved(measures.peak(few), measures.end(few)) is None
    assert measures.initial_fear_activation(measures.peak(few), 10) is None


def test_without_a_baseline_there_is_no_activation() -> None:
    assert measures.initial_fear_activation(80, None) is None


@pytest.mark.parametrize(
    ("top", "last", "expected"),
    [(80, 40, True), (80, 41, False), (20, 10, True), (19, 0, None), (0, 0, None)],
)
def test_the_half_criterion_is_judged_only_from_a_peak_of_20(
    top: float, last: float, expected: bool | None
) -> None:
    assert measures.halved(top, last) is expected


def test_the_floor_of_the_criterion_can_be_set() -> None:
    assert measures.halved(30, 10, floor=40) is None


def test_a_peak_of_0_has_no_relative_fall() -> None:
    calm = [Sample(0, 0), Sample(60, 0)]
    assert measures.habituation(measures.peak(calm), measures.end(calm)) == 0
    assert measures.habituation_share(measures.peak(calm), measures.end(calm)) is None
    assert measures.time_to_half_s(calm) is None


def test_time_to_half_counts_from_the_first_of_equal_peaks() -> None:
    twice = [Sample(0, 80), Sample(60, 80), Sample(90, 41), Sample(120, 40)]
    assert measures.time_to_half_s(twice) == 120


def test_time_to_half_is_unknown_when_it_never_fell_so_far() -> None:
    assert measures.time_to_half_s(TRIAL[:3]) is None


def test_a_peak_told_afterwards_counts_for_height_but_has_no_time() -> None:
    assert measures.peak(TRIAL, [95]) == 95
    assert measures.peak(TRIAL, [60]) == 80
    assert measures.time_to_half_s(TRIAL, [95]) is None
    assert measures.time_to_half_s(TRIAL, [60]) == 180


def test_the_last_rating_before_a_moment_is_taken_and_none_after_it() -> None:
    assert measures.last_before(TRIAL, 180) == 60
    assert measures.last_before(TRIAL, 179) == 80
    assert measures.last_before(TRIAL, -1) is None


def test_coverage_is_answered_of_due_and_unknown_when_nothing_was_due() -> None:
    assert measures.coverage(6, 8) == 0.75
    assert measures.coverage(0, 4) == 0.0
    assert measures.coverage(0, 0) is None


def test_time_at_levels_counts_from_reaching_one_to_reaching_the_next() -> None:
    path = [(10.0, 0), (12.0, 1), (14.0, 2), (60.0, 1), (62.0, 2)]
    assert measures.time_at_levels(path, Interval(10, 100)) == {0: 2, 1: 4, 2: 84}
    held = [Interval(20, 30), Interval(90, 120)]
    assert measures.time_at_levels(path, Interval(10, 100), held) == {0: 2, 1: 4, 2: 64}


@given(two_or_more)
def test_peak_is_at_least_every_rating_and_habituation_is_never_negative(
    given_samples: list[Sample],
) -> None:
    top, last = measures.peak(given_samples), measures.end(given_samples)
    assert top is not None
    assert last is not None
    assert all(top >= s.suds for s in given_samples)
    fall = measures.habituation(top, last)
    assert fall is not None and 0 <= fall <= 100
    share = measures.habituation_share(top, last)
    assert share is None or 0 <= share <= 1
    if measures.halved(top, last):
        assert share is not None and share >= 0.5
        assert measures.time_to_half_s(given_samples) is not None


@given(samples, intervals, st.none() | times)
def test_the_mean_lies_between_the_lowest_and_the_highest_rating(
    given_samples: list[Sample], cuts: list[Interval], longest_s: float | None
) -> None:
    mean = measures.mean_over_time(measures.area(given_samples, cuts, longest_s))
    if mean is not None:
        lowest = min(s.suds for s in given_samples)
        assert lowest - 1e-6 <= mean <= max(s.suds for s in given_samples) + 1e-6


@given(samples, st.randoms(use_true_random=False))
def test_the_order_in_which_ratings_are_given_does_not_matter(
    given_samples: list[Sample], random: object
) -> None:
    shuffled = list(given_samples)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert measures.area(shuffled) == measures.area(given_samples)
    assert measures.peak(shuffled) == measures.peak(given_samples)


@given(two_or_more, times)
def test_cutting_at_a_moment_leaves_two_areas_that_add_up(
    given_samples: list[Sample], moment: float
) -> None:
    whole = measures.area(given_samples)
    assert whole is not None
    before = measures.area(given_samples, [Interval(moment, 1e6)])
    after = measures.area(given_samples, [Interval(-1e6, moment)])
    parts = [a for a in (before, after) if a is not None]
    assert math.isclose(sum(a.suds_min for a in parts), whole.suds_min, abs_tol=1e-6)
    assert math.isclose(sum(a.covered_s for a in parts), whole.covered_s, abs_tol=1e-6)


@given(two_or_more, suds)
def test_an_unchanging_rating_is_its_own_mean(given_samples: list[Sample], level: float) -> None:
    flat = [Sample(s.t_s, level) for s in given_samples]
    mean = measures.mean_over_time(measures.area(flat))
    assert mean is not None and math.isclose(mean, level, abs_tol=1e-9)


@given(st.tuples(times, times), intervals)
def test_what_is_left_and_what_is_taken_out_make_the_whole(
    ends: tuple[float, float], cuts: list[Interval]
) -> None:
    stretch = Interval(min(ends), max(ends))
    left = measures.without(stretch, cuts)
    together = measures.total_s(left) + measures.overlap_s(stretch, cuts)
    assert together == pytest.approx(stretch.length_s)
    assert all(i.length_s > 0 and stretch.from_s <= i.from_s for i in left)
    assert all(measures.overlap_s(i, cuts) == 0 for i in left)


@given(
    st.lists(st.tuples(times, st.integers(0, 10)), min_size=1, max_size=10),
    st.tuples(times, times),
)
def test_time_at_levels_adds_up_to_the_time_since_the_first_level(
    path: list[tuple[float, int]], ends: tuple[float, float]
) -> None:
    ordered = sorted(path, key=lambda step: step[0])
    within = Interval(min(ends), max(ends))
    known = Interval(max(within.from_s, ordered[0][0]), within.to_s)
    spent = sum(measures.time_at_levels(ordered, within).values())
    assert spent == pytest.approx(known.length_s)
