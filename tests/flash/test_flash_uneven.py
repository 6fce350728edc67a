"""How often something flashes is told by time, wherever between two pictures its changes fall."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vr_runtime.flash.measure import Report, measure
from vr_runtime.flash.watch import FlashWatch

SECONDS = 3.0
frames_ms = st.lists(st.integers(8, 41), min_size=375, max_size=375)
"""Milliseconds from picture to picture, from 24 to 125 of them a second."""
phases = st.integers(0, 10_000)
"""Tenths of a millisecond until the first change."""


def hundredths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low, high).map(lambda n: n / 100.0)


def flashing(frames: list[int], hertz: float, phase: int) -> list[tuple[float, np.ndarray]]:
    """Black and white in turn, seen at these times."""
    told = []
    for ms in accumulate(frames, initial=0):
        at_s = ms / 1000.0
        if at_s >= SECONDS:
            break
        white = math.floor(2.0 * hertz * (at_s - phase / 10_000.0) + 1e-9) % 2
        told.append((at_s, np.full((4, 4, 3), float(white))))
    return told


def verdict(frames: list[int], hertz: float, phase: int) -> Report:
    return measure(flashing(frames, hertz, phase), keep_frames=False)


@settings(max_examples=25, deadline=None)
@given(frames_ms, hundredths(50, 300), phases)
@example([17, 33, 41] * 125, 3.0, 0)
@example([8] * 40 + [41] * 300, 3.0, 1)
@example([33, 34, 33] * 125, 3.0, 5)
def test_three_a_second_or_fewer_never_fail_by_rate(frames, hertz, phase):
    assert verdict(frames, hertz, phase).wcag_s is None


@settings(max_examples=25, deadline=None)
@given(frames_ms, hundredths(330, 800), phases)
@example([41] * 375, 3.3, 0)
def test_clearly_more_than_three_a_second_always_fail(frames, hertz, phase):
    assert verdict(frames, hertz, phase).wcag_s is not None


@settings(max_examples=25, deadline=None)
@given(frames_ms, hundredths(50, 200), phases)
@example([17, 33, 41] * 125, 2.0, 0)
def test_two_a_second_or_fewer_never_break_our_own_limit(frames, hertz, phase):
    assert verdict(frames, hertz, phase).passes


@settings(max_examples=25, deadline=None)
@given(frames_ms, hundredths(220, 800), phases)
@example([41] * 375, 2.2, 0)
def test_clearly_more_than_two_a_second_always_break_our_own_limit(frames, hertz, phase):
    assert not verdict(frames, hertz, phase).passes


@settings(max_examples=15, deadline=None)
@given(frames_ms, hundredths(50, 800), phases)
def test_what_a_patient_sees_is_judged_by_the_same_second(frames, hertz, phase):
    watch, dimmed = FlashWatch(), False
    for at_s, picture in flashing(frames, hertz, phase):
        watch.take(at_s, picture)
        dimmed = dimmed or watch.advance(at_s, 0.01) < 1.0
    assert dimmed is not verdict(frames, hertz, phase).passes


@pytest.mark.parametrize("fps", [23.976, 25, 29.97, 30, 50, 59.94, 60, 72, 90])
@pytest.mark.parametrize("late", [0.0, 0.3, 0.9])
def test_exactly_three_a_second_pass_at_every_even_rate_wherever_its_changes_fall(fps, late):
    frames = [
        (n / fps, np.full((4, 4, 3), float(math.floor(6.0 * (n + late) / fps + 1e-9) % 2)))
        for n in range(round(SECONDS * fps))
    ]
    assert measure(frames, keep_frames=False).wcag_s is None


def test_at_even_rates_a_little_more_than_three_a_second_fail_as_soon_as_that_is_sure():
    for fps in (30, 60, 90):
        frames = [
            (n / fps, np.full((4, 4, 3), float(math.floor(6.25 * n / fps) % 2)))
            for n in range(4 * fps)
        ]
        assert measure(frames, keep_frames=False).wcag_s is not None
