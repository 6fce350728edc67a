"""Figures above baseline, of prompts, of leaving and of expectations, worked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.session import course_measures, measures
from controller.session.course_measures import Expectation, Spell
from controller.session.measures import Interval, Sample

times = st.integers(0, 3_600).map(float)
suds = st.integers(0, 100).map(float)
percent = st.integers(0, 100).map(float)
trials = st.lists(
    st.lists(st.builds(Sample, times, suds), max_size=6, unique_by=lambda s: s.t_s), max_size=4
)
stretches = st.lists(
    st.tuples(times, times).map(lambda pair: Interval(min(pair), max(pair))), max_size=6
)


def test_the_area_above_baseline_is_summed_over_trials() -> None:
    # Trial 1, above 20: 20, 60 over 1 min, then 60, 10 over 1 min: 40 + 35 = 75.
    # Trial 2, above 20: 10, -20 over 2 min: -10.
    first = [Sample(0, 40), Sample(60, 80), Sample(120, 30)]
    second = [Sample(600, 30), Sample(720, 0)]
    assert course_measures.above_baseline([first, second], 20) == 65
    assert course_measures.above_baseline([first], 20) == 75
    assert course_measures.above_baseline([second], 20) == -10


def test_holds_and_gaps_are_no_part_of_the_area_above_baseline() -> None:
    trial = [Sample(0, 40), Sample(60, 60), Sample(300, 60)]
    # From 0 to 60 s, 20 to 40 above: 30. From 60 to 300 s, 40 above for 4 min: 160.
    assert course_measures.above_baseline([trial], 20) == 190
    assert course_measures.above_baseline([trial], 20, longest_s=200) == 30
    assert course_measures.above_baseline([trial], 20, [Interval(60, 180)]) == 110
    assert course_measures.above_baseline([trial], 20, [Interval(0, 300)]) is None


@pytest.mark.parametrize(
    ("given_trials", "baseline"),
    [([], 20), ([[]], 20), ([[Sample(0, 40)]], 20), ([[Sample(0, 40), Sample(60, 40)]], None)],
)
def test_without_two_ratings_or_a_baseline_there_is_no_area_and_never_0(
    given_trials: list[list[Sample]], baseline: float | None
) -> None:
    assert course_measures.above_baseline(given_trials, baseline) is None


@given(trials, suds, stretches, st.none() | times)
def test_the_area_above_baseline_agrees_with_the_area_less_the_baseline(
    given_trials: list[list[Sample]],
    baseline: float,
    excluded: list[Interval],
    longest_s: float | None,
) -> None:
    areas = [measures.area(trial, excluded, longest_s) for trial in given_trials]
    parts = [a.suds_min - baseline * a.covered_s / 60 for a in areas if a is not None]
    told = course_measures.above_baseline(given_trials, baseline, excluded, longest_s)
    if told is None:
        assert parts == []
    else:
        assert math.isclose(told, sum(parts), abs_tol=1e-6)


def test_variability_is_the_standard_deviation_of_a_sample() -> None:
    # Mean 50; squares 400 + 0 + 400 over 2.
    assert course_measures.variability([30, 50, 70]) == 20
    assert course_measures.variability([50, 50]) == 0
    assert course_measures.variability([0, 100]) == pytest.approx(70.71, abs=0.005)


@pytest.mark.parametrize("few", [[], [50]])
def test_fewer_than_two_ratings_have_no_variability(few: list[float]) -> None:
    assert course_measures.variability(few) is None


@given(st.lists(suds, min_size=2, max_size=10), suds)
def test_variability_is_not_changed_by_a_shift_and_stays_within_its_range(
    ratings: list[float], shift: float
) -> None:
    told = course_measures.variability(ratings)
    moved = course_measures.variability([r + shift for r in ratings])
    assert told is not None and moved is not None
    assert 0 <= told <= 70.72
    assert math.isclose(told, moved, abs_tol=1e-6)


@pytest.mark.parametrize(
    ("prompts", "expected"),
    [
        ([(0, 4), (120, 126), (240, 260)], 6),
        ([(0, 4), (120, 126), (240, 260), (360, None)], 6),
        ([(0, 4), (120, 126)], 5),
        ([(30, 20), (60, 65)], 2.5),
        ([(30, 12)], 0),
        ([(0, 0)], 0),
        ([(0, None)], None),
        ([], None),
    ],
)
def test_prompt_latency_is_the_median_over_the_answered_ones(
    prompts: list[tuple[float, float | None]], expected: float | None
) -> None:
    assert course_measures.prompt_latency_s(prompts) == expected


@given(st.lists(st.tuples(times, st.none() | times), max_size=8))
def test_an_unanswered_prompt_changes_no_latency(
    prompts: list[tuple[float, float | None]],
) -> None:
    told = course_measures.prompt_latency_s(prompts)
    assert course_measures.prompt_latency_s([*prompts, (5.0, None)]) == told
    late = [max(0.0, a - d) for d, a in prompts if a is not None]
    assert told is None or min(late) <= told <= max(late)


def test_escape_latency_is_the_time_until_the_patient_left() -> None:
    trial = Interval(100, 400)
    assert course_measures.escape_latency_s(trial, [250]) == 150
    assert course_measures.escape_latency_s(trial, [390, 250, 50]) == 150
    assert course_measures.escape_latency_s(trial, [400]) == 300
    assert course_measures.escape_latency_s(trial, [100]) == 0
    assert course_measures.escape_latency_s(trial, [250], [Interval(120, 150)]) == 120
    assert course_measures.escape_latency_s(trial, [250], [Interval(240, 300)]) == 140


@pytest.mark.parametrize("left_s", [[], [99.0], [401.0], [0.0, 500.0]])
def test_a_patient_who_stayed_has_no_escape_latency(left_s: list[float]) -> None:
    assert course_measures.escape_latency_s(Interval(100, 400), left_s) is None


@given(st.tuples(times, times), st.lists(times, max_size=4), stretches)
def test_escape_latency_is_never_longer_than_the_trial(
    ends: tuple[float, float], left_s: list[float], held: list[Interval]
) -> None:
    trial = Interval(min(ends), max(ends))
    told = course_measures.escape_latency_s(trial, left_s, held)
    assert told is None or 0 <= told <= trial.length_s
    assert (told is None) == (not any(trial.from_s <= t <= trial.to_s for t in left_s))


@pytest.mark.parametrize(
    ("given_stretches", "expected"),
    [
        ([], Spell(0, 0, 0)),
        ([Interval(10, 40)], Spell(1, 30, 30)),
        ([Interval(100, 110), Interval(10, 40)], Spell(2, 40, 30)),
        ([Interval(10, 40), Interval(40, 50)], Spell(1, 40, 40)),
        ([Interval(10, 40), Interval(20, 30)], Spell(1, 30, 30)),
        ([Interval(10, 10)], Spell(0, 0, 0)),
    ],
)
def test_safe_places_pauses_and_holds_are_counted_and_summed(
    given_stretches: list[Interval], expected: Spell
) -> None:
    assert course_measures.spells(given_stretches) == expected


@given(stretches)
def test_the_time_of_spells_is_the_time_covered(given_stretches: list[Interval]) -> None:
    told = course_measures.spells(given_stretches)
    assert told.total_s == pytest.approx(measures.total_s(given_stretches))
    assert told.times <= len(given_stretches)
    assert told.longest_s <= told.total_s
    assert (told.times == 0) == (told.total_s == 0)


@pytest.mark.parametrize(
    ("before", "occurred", "after", "violated", "changed"),
    [
        (90, False, 20, 90, 70),
        (100, False, 0, 100, 100),
        (0, True, 100, -100, -100),
        (40, True, 60, -60, -20),
        (100, True, 100, 0, 0),
        (0, False, 0, 0, 0),
        (None, False, 20, None, None),
        (90, None, 20, None, 70),
        (90, False, None, 90, None),
    ],
)
def test_what_was_expected_is_compared_with_what_came(
    before: float | None,
    occurred: bool | None,
    after: float | None,
    violated: float | None,
    changed: float | None,
) -> None:
    told = Expectation(before, occurred, after)
    assert course_measures.violation(told) == violated
    assert course_measures.belief_change(told) == changed


@pytest.mark.parametrize(("before", "after"), [(-1, 0), (101, 0), (0, -0.5), (0, 100.5)])
def test_a_likelihood_outside_0_to_100_is_refused(before: float, after: float) -> None:
    with pytest.raises(ValueError, match="0 to 100 percent"):
        Expectation(before, False, after)


@given(percent, st.booleans(), percent)
def test_violation_and_belief_change_stay_between_minus_100_and_100(
    before: float, occurred: bool, after: float
) -> None:
    told = Expectation(before, occurred, after)
    violated, changed = course_measures.violation(told), course_measures.belief_change(told)
    assert violated is not None and changed is not None
    assert -100 <= violated <= 100
    assert -100 <= changed <= 100
    assert (violated > 0) == (not occurred and before > 0)
