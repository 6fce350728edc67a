"""How loud several sounds may be at once: for any scene whatever, not for those we thought of."""

from __future__ import annotations

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vr_runtime.stage.mixing import (
    AIM_PEAK,
    ATTACK_S,
    BED_LUFS,
    DUCKED,
    EVENT_LUFS,
    GIVES_WAY,
    RELEASE_S,
    Bus,
    Ducking,
    Measured,
    Part,
    mixed,
)

PARTS = st.builds(
    Part,
    st.sampled_from(Bus),
    # What is softer than a millionth is below what a device can play.
    st.just(0.0) | st.floats(1e-6, 1.0),
    st.builds(Measured, st.floats(-40.0, -3.0), st.floats(0.01, 1.0)),
    st.none() | st.floats(0.0, 500.0),
)
SCENES = st.lists(PARTS, max_size=30)


def lufs(parts: list[Part], gains: list[float], buses: tuple[Bus, ...]) -> float:
    power = sum(p.power * g * g for p, g in zip(parts, gains, strict=True) if p.bus in buses)
    return 10.0 * log10(power) if power > 0.0 else float("-inf")


@given(SCENES, st.floats(DUCKED, 1.0))
def test_the_sum_of_all_peaks_stays_below_the_limit(parts, ducking):
    gains = mixed(parts, ducking)
    assert sum(p.peak * g for p, g in zip(parts, gains, strict=True)) <= AIM_PEAK + 1e-9


@given(SCENES, st.floats(DUCKED, 1.0))
def test_nothing_is_louder_than_was_wanted_and_silence_stays_silence(parts, ducking):
    for part, gain in zip(parts, mixed(parts, ducking), strict=True):
        assert 0.0 <= gain <= part.wanted
        assert (gain == 0.0) == (part.wanted == 0.0)


@given(SCENES)
def test_beds_together_and_events_together_keep_their_loudness(parts):
    gains = mixed(parts)
    assert lufs(parts, gains, (Bus.BED,)) <= BED_LUFS + 1e-6
    assert lufs(parts, gains, (Bus.EVENT, Bus.LINE)) <= EVENT_LUFS + 1e-6


@given(SCENES, PARTS)
def test_a_further_sound_makes_no_other_one_louder(parts, further):
    # Beds gain room when what stands before them becomes softer; all else only gives.
    before = mixed(parts)
    after = mixed([*parts, further])[:-1]
    for part, was, now in zip(parts, before, after, strict=True):
        if part.bus not in GIVES_WAY and further.bus not in (Bus.EVENT, Bus.LINE):
            assert now <= was + 1e-9


@given(PARTS)
def test_one_shipped_sound_alone_is_as_loud_as_it_was_made(part):
    calm = Part(part.bus, part.wanted, Measured(-23.0, 0.3))
    assert mixed([calm]) == [pytest.approx(part.wanted)]


def test_beds_give_way_to_a_bang_before_the_bang_becomes_softer():
    bed = Part(Bus.BED, 1.0, Measured(-23.0, 0.3))
    bang = Part(Bus.EVENT, 1.0, Measured(-16.0, 0.3))
    bed_gain, bang_gain = mixed([bed, bang])
    assert bang_gain == 1.0 and DUCKED < bed_gain < 0.6


def test_beds_give_way_by_8_db_and_no_farther_while_all_become_softer_alike():
    bed = Part(Bus.BED, 1.0, Measured(-23.0, 0.3))
    bang = Part(Bus.EVENT, 1.0, Measured(-16.0, 1.0))
    for ducking in (1.0, DUCKED):
        bed_gain, bang_gain = mixed([bed, bang], ducking)
        assert bed_gain / bang_gain == pytest.approx(DUCKED)


def test_giving_way_takes_150_ms_and_coming_back_600():
    ducking = Ducking()
    for _ in range(9):
        ducking.advance(ATTACK_S / 10, called=True)
    assert ducking.gain > DUCKED
    assert ducking.advance(ATTACK_S / 10, called=True) == pytest.approx(DUCKED)
    assert 20.0 * log10(DUCKED) == pytest.approx(-8.0)
    assert ducking.advance(RELEASE_S / 2, called=False) < 1.0
    assert ducking.advance(RELEASE_S / 2, called=False) == pytest.approx(1.0)
