from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.simulation.patient import NO_ANSWER, REST, SimulatedPatient
from vr_runtime.wire.acts import Phase

MINUTE = 30 * 60

circumstances = st.tuples(
    st.integers(0, 90),
    st.floats(0, 10, allow_nan=False),
    st.sampled_from(list(Phase)),
    st.integers(0, 3),
)


def mean_over(patient: SimulatedPatient, seconds: int, level: float, phase: Phase) -> float:
    total = 0.0
    for _ in range(seconds):
        patient.advance(30, level, phase)
        total += patient.distress()
    return total / seconds


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**53 - 1), st.lists(circumstances, max_size=8))
def test_the_course_does_not_depend_on_how_ticks_are_grouped(
    seed: int, course: list[tuple[int, float, Phase, int]]
) -> None:
    at_once, one_by_one = SimulatedPatient(seed), SimulatedPatient(seed)
    for ticks, level, phase, events in course:
        at_once.advance(ticks, level, phase, events)
        for _ in range(ticks):
            one_by_one.advance(1, level, phase, events)
        assert at_once.distress() == one_by_one.distress()
        assert at_once.would_leave() == one_by_one.would_leave()


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 2**53 - 1),
    st.floats(0, 2),
    st.lists(circumstances, max_size=8),
)
def test_distress_and_ratings_stay_on_the_scale(
    seed: int, sensitivity: float, course: list[tuple[int, float, Phase, int]]
) -> None:
    patient = SimulatedPatient(seed, sensitivity=sensitivity)
    for ticks, level, phase, events in course:
        patient.advance(ticks, level, phase, events)
        assert 0.0 <= patient.distress() <= 100.0
        fine, coarse = patient.rating("0-100"), patient.rating("0-10")
        assert fine == "" or (0 <= int(fine) <= 100 and int(fine) % 5 == 0)
        assert coarse == "" or 0 <= int(coarse) <= 10


def test_asking_does_not_change_the_course() -> None:
    asked, left_alone = SimulatedPatient(3), SimulatedPatient(3)
    for _ in range(60):
        asked.advance(30, 6.0, Phase.EXPOSURE)
        asked.rating("0-100")
        left_alone.advance(30, 6.0, Phase.EXPOSURE)
    assert asked.distress() == left_alone.distress()


@given(st.integers(0, 2**20), st.integers(0, 9))
@settings(deadline=None, max_examples=20)
def test_a_higher_level_distresses_more(seed: int, level: int) -> None:
    lower, higher = SimulatedPatient(seed), SimulatedPatient(seed)
    assert mean_over(higher, 60, level + 1.0, Phase.EXPOSURE) > mean_over(
        lower, 60, float(level), Phase.EXPOSURE
    )


@pytest.mark.parametrize("seed", range(5))
def test_staying_at_a_level_eases(seed: int) -> None:
    patient = SimulatedPatient(seed)
    first = mean_over(patient, 60, 5.0, Phase.EXPOSURE)
    mean_over(patient, 7 * 60, 5.0, Phase.EXPOSURE)
    assert mean_over(patient, 60, 5.0, Phase.EXPOSURE) < first - 15


@pytest.mark.parametrize("seed", range(5))
def test_a_new_level_brings_fear_back_in_part(seed: int) -> None:
    prepared, unprepared = SimulatedPatient(seed), SimulatedPatient(seed)
    mean_over(prepared, 8 * 60, 5.0, Phase.EXPOSURE)
    mean_over(unprepared, 8 * 60, 5.0, Phase.READY)
    eased = mean_over(prepared, 30, 5.0, Phase.EXPOSURE)
    mean_over(unprepared, 30, 5.0, Phase.READY)
    for patient in (prepared, unprepared):
        mean_over(patient, 30, 7.0, Phase.EXPOSURE)
    back = mean_over(prepared, 30, 7.0, Phase.EXPOSURE)
    assert eased + 5 < back < mean_over(unprepared, 30, 7.0, Phase.EXPOSURE) - 5


@pytest.mark.parametrize("phase", [Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED])
def test_leaving_the_scene_calms(phase: Phase) -> None:
    patient = SimulatedPatient(1)
    high = mean_over(patient, 60, 8.0, Phase.EXPOSURE)
    mean_over(patient, 120, 8.0, phase)
    calm = mean_over(patient, 60, 8.0, phase)
    assert calm < high / 2
    assert calm == pytest.approx(REST, abs=8)


def test_a_hold_keeps_the_fear_of_the_level() -> None:
    held, going = SimulatedPatient(1), SimulatedPatient(1)
    assert mean_over(held, 60, 8.0, Phase.HOLD) == mean_over(going, 60, 8.0, Phase.EXPOSURE)


def test_an_event_startles() -> None:
    startled, spared = SimulatedPatient(1), SimulatedPatient(1)
    startled.advance(MINUTE, 4.0, Phase.EXPOSURE, 1)
    spared.advance(MINUTE, 4.0, Phase.EXPOSURE, 0)
    assert startled.distress() > spared.distress() + 5


def test_some_questions_go_unanswered_and_the_seed_decides_which() -> None:
    def missing(seed: int) -> list[bool]:
        patient = SimulatedPatient(seed)
        return [patient.rating("0-100") == "" for _ in range(1000)]

    assert missing(5) == missing(5) != missing(6)
    unanswered = [sum(missing(seed)) for seed in range(20)]
    assert sum(unanswered) / 20_000 == pytest.approx(NO_ANSWER, abs=0.01)


def test_an_answer_is_what_is_felt_to_the_nearest_step() -> None:
    patient = SimulatedPatient(2)
    patient.advance(MINUTE, 6.0, Phase.EXPOSURE)
    answers = {patient.rating("0-100") for _ in range(20)} - {""}
    assert len(answers) == 1
    assert abs(int(answers.pop()) - patient.distress()) <= 2.5


def test_the_patient_would_leave_only_after_too_much_for_too_long() -> None:
    patient = SimulatedPatient(4, sensitivity=2.0, leaves_above=85.0, leaves_after_s=10.0)
    since = None
    for second in range(120):
        patient.advance(30, 10.0, Phase.EXPOSURE)
        if patient.distress() > 85.0 and since is None:
            since = second
        if patient.would_leave():
            break
    assert since is not None
    assert patient.would_leave()
    assert 9 <= second - since <= 11
    patient.advance(2 * MINUTE, 0.0, Phase.SAFE_PLACE)
    assert not patient.would_leave()


def test_a_calm_patient_never_wants_to_leave() -> None:
    patient = SimulatedPatient(4)
    for _ in range(300):
        patient.advance(30, 3.0, Phase.EXPOSURE)
        assert not patient.would_leave()


@pytest.mark.parametrize("sensitivity", [-0.1, 2.1])
def test_a_sensitivity_outside_its_range_is_refused(sensitivity: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 2"):
        SimulatedPatient(1, sensitivity=sensitivity)
