"""The verdict on pictures whose answer is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from signals import RATES, flashing, grey, part_flashing, run, shown, stripes, times

from vr_runtime.flash.light import in_cells, light_of, luminance
from vr_runtime.flash.measure import (
    Measurer,
    NotRising,
    OtherProportions,
    Report,
    Rule,
    measure,
)

at_every_rate = pytest.mark.parametrize("fps", RATES)


def verdict(of, seconds: float = 3.0, fps: float = 30) -> Report:
    return measure(run(of, times(fps, seconds)))


@at_every_rate
def test_one_flash_a_second_passes_every_rule(fps):
    told = verdict(flashing(1.0), 8.0, fps)
    assert told.passes and told.most == 2


@at_every_rate
@pytest.mark.parametrize("hertz", [2.0, 2.5, 3.0])
def test_two_to_three_a_second_pass_by_rate_and_fail_once_kept_up_for_five_seconds(hertz, fps):
    short = verdict(flashing(hertz), 4.0, fps)
    assert short.wcag_s is None and short.extended_s is None
    long = verdict(flashing(hertz), 7.0, fps)
    assert long.wcag_s is None
    assert long.extended_s is not None and 5.0 <= long.extended_s <= 6.5


@at_every_rate
@pytest.mark.parametrize("hertz", [3.5, 5.0, 10.0])
def test_more_than_three_a_second_fail(hertz, fps):
    told = verdict(flashing(hertz), 3.0, fps)
    assert told.wcag_s is not None and told.wcag_s < 1.3


def test_our_own_limit_is_two_a_second():
    assert verdict(flashing(2.0), 4.0).passes
    told = verdict(flashing(2.5), 4.0)
    assert not told.passes and told.wcag_s is None


@at_every_rate
@pytest.mark.parametrize(("step", "fails"), [(0.09, False), (0.11, True)])
@pytest.mark.parametrize("base", [0.0, 0.3, 0.6])
def test_a_change_counts_from_a_tenth_of_white_on(step, fails, base, fps):
    told = verdict(flashing(5.0, base, base + step), 2.0, fps)
    assert (told.wcag_s is not None) is fails


@at_every_rate
def test_two_states_above_four_fifths_of_white_pass(fps):
    assert verdict(flashing(5.0, 0.82, 1.0), 2.0, fps).passes
    assert verdict(flashing(5.0, 0.78, 1.0), 2.0, fps).wcag_s is not None


@at_every_rate
@pytest.mark.parametrize(("share", "fails"), [(0.25, True), (0.20, False)])
def test_a_flashing_quarter_fails_and_a_fifth_passes_where_small_areas_are_exempt(
    share, fails, fps
):
    told = verdict(part_flashing(5.0, share), 2.0, fps)
    assert (told.wcag_s is not None) is fails
    assert told.wcag_no_exemption_s is not None and not told.passes


@at_every_rate
def test_two_halves_that_flash_against_each_other_fail_although_the_mean_is_even(fps):
    def of(at_s: float):
        picture = grey(0.0)
        half = slice(0, 32) if math.floor(10 * at_s + 1e-9) % 2 else slice(32, 64)
        picture[:, half] = 1.0
        return picture

    told = verdict(of, 2.0, fps)
    assert told.wcag_s is not None
    assert {round(f.luminance, 6) for f in told.frames} == {0.5}


def test_a_small_thing_that_passes_is_no_flash_and_one_that_blinks_is():
    def passing(at_s: float):
        picture = grey(0.1)
        for wheel in range(3):
            picture[16, int(20 * at_s + 5 * wheel) % 16] = 1.0
        return picture

    def blinking(at_s: float):
        picture = grey(0.1)
        if math.floor(10 * at_s + 1e-9) % 2:
            picture[14:18, 30:36] = 1.0
        return picture

    assert verdict(passing, 3.0, 60).passes
    assert verdict(blinking, 3.0, 60).wcag_no_exemption_s is not None


@at_every_rate
def test_a_smooth_wave_counts_like_a_square_one(fps):
    def wave(hertz: float):
        return lambda at_s: grey(0.5 + 0.45 * math.sin(2 * math.pi * hertz * at_s))

    assert verdict(wave(5.0), 2.0, fps).wcag_s is not None
    assert verdict(wave(1.0), 4.0, fps).passes
    kept_up = verdict(wave(2.5), 6.5, fps)
    assert kept_up.wcag_s is None and kept_up.extended_s is not None


def red(level: float):
    picture = grey(0.0)
    picture[..., 0] = shown(level)
    return picture


@at_every_rate
def test_alternating_saturated_red_fails_and_a_steady_one_passes(fps):
    other = grey(0.2126)  # as bright as the red: luminance alone says nothing

    def of(at_s: float):
        return red(1.0) if math.floor(10 * at_s + 1e-9) % 2 else other

    told = verdict(of, 2.0, fps)
    assert told.wcag_s is not None
    assert max(f.transitions for f in told.frames) == 0
    assert verdict(lambda at_s: red(1.0), 2.0, fps).passes


def test_one_pair_of_red_changes_breaks_our_own_limit_alone():
    told = verdict(lambda at_s: red(1.0) if 1.0 <= at_s < 1.4 else grey(0.2126))
    assert told.wcag_s is None and not told.passes


@pytest.mark.parametrize("tilt", [0.0, 0.6, math.pi / 2])
@pytest.mark.parametrize("pairs", [10, 15, 25])
def test_regular_stripes_of_full_contrast_fail_whichever_way_they_run(pairs, tilt):
    assert verdict(stripes(pairs, 0.0, 1.0, tilt=tilt), 1.0).stripes_s is not None
    assert verdict(stripes(pairs, 0.0, 1.0, 0.4, tilt), 1.0).stripes_s is not None


def test_stripes_of_low_contrast_few_stripes_and_noise_pass():
    assert verdict(stripes(12, 0.30, 0.38), 1.0).passes
    assert verdict(stripes(4, 0.0, 1.0), 1.0).stripes_s is None
    noise = np.random.default_rng(3).random((72, 128, 3))
    assert verdict(lambda at_s: noise, 1.0).stripes_s is None


def test_stripes_in_a_small_part_pass():
    striped = stripes(20, 0.0, 1.0)

    def of(at_s: float):
        picture = np.full((72, 128, 3), 0.5)
        picture[:24, :40] = striped(at_s)[:24, :40]
        return picture

    assert verdict(of, 1.0).stripes_s is None


@at_every_rate
def test_ramps_and_slow_fades_pass(fps):
    assert verdict(lambda at_s: grey(min(1.0, at_s / 2.0)), 2.0, fps).passes
    assert verdict(lambda at_s: grey(abs(1.0 - at_s / 2.0 % 2.0)), 8.0, fps).passes


@at_every_rate
def test_stripes_count_after_half_a_second_at_every_rate(fps):
    told = verdict(stripes(12, 0.0, 1.0), 1.0, fps)
    assert told.stripes_s is not None and 0.5 <= told.stripes_s < 0.75
    assert verdict(stripes(12, 0.30, 0.38), 1.0, fps).passes


def test_bytes_measure_as_floats_do():
    floats = verdict(flashing(5.0)).frames
    bytes_ = measure(
        (t, (p * 255).astype(np.uint8)) for t, p in run(flashing(5.0), times(30, 3.0))
    ).frames
    assert [f.transitions for f in floats] == [f.transitions for f in bytes_]


def test_each_picture_has_its_own_verdict_and_a_rule_that_was_broken_is_kept_again():
    def of(at_s: float):
        return flashing(5.0)(at_s) if at_s < 1.0 else grey(0.5)

    told = verdict(of, 4.0)
    broken = [frame.broken for frame in told.frames]
    first = next(n for n, rules in enumerate(broken) if Rule.WCAG in rules)
    assert told.frames[first].at_s == told.wcag_s
    assert told.frames[first].transitions > 6 >= told.frames[first - 1].transitions
    assert broken[0] == broken[-1] == frozenset()
    assert {Rule.WCAG, Rule.WCAG_NO_EXEMPTION, Rule.OWN} == broken[first]
    by_rate = [frame for frame in told.frames if Rule.OWN in frame.broken]
    assert by_rate and all(frame.transitions_field > 4 for frame in by_rate)


def test_where_pictures_are_not_kept_the_verdict_is_the_same():
    signal = list(run(flashing(5.0), times(30, 2.0)))
    told, short = measure(signal), measure(signal, keep_frames=False)
    assert short.frames == [] and len(told.frames) == 60
    assert (short.pictures, short.most, short.broken_s) == (60, told.most, told.broken_s)


def test_a_large_picture_is_made_small_as_light_and_not_as_displayed():
    fine = np.zeros((1080, 1920, 3), dtype=np.uint8)
    fine[::2, ::2] = fine[1::2, 1::2] = 255  # half of the light of white; displayed it is 188
    seen = in_cells(luminance(light_of(fine, 640)))
    assert seen.shape == (36, 64) and np.allclose(seen, 0.5, atol=0.03)
    whole = np.random.default_rng(1).integers(0, 256, (73, 1300, 3), dtype=np.uint8)
    means = [luminance(light_of(whole, widest)).mean() for widest in (640, None)]
    assert np.isclose(*means, rtol=0.001)


def test_our_fields_are_as_wide_as_high_whatever_the_proportions():
    def of(shape: tuple[int, int], columns: int):
        """Columns of cells in the middle, of 64, flash from top to bottom."""

        def at(at_s: float):
            picture = np.full((*shape, 3), 0.0)
            wide = shape[1] // 64
            left = 32 * wide
            if math.floor(10 * at_s + 1e-9) % 2:
                picture[:, left : left + columns * wide] = 1.0
            return picture

        return at

    # Two columns are a third of a field of a screen, and a tenth of one of an upright picture.
    assert verdict(of((72, 128), 2), 2.0, 24).frames[-1].transitions_field > 4
    assert verdict(of((228, 128), 1), 2.0, 24).frames[-1].transitions_field == 0


def test_time_that_stands_still_or_is_none_and_pictures_of_another_shape_are_told():
    for wrong in (0.0, -1.0, 0.0001, math.nan, math.inf):
        with pytest.raises(NotRising, match="rise"):
            measure([(0.0, grey(0.0)), (wrong, grey(1.0))])
    with pytest.raises(NotRising):
        Measurer().take(math.nan, grey(0.0))
    for other in ((20, 20, 3), (72, 96, 3), (128, 72, 3)):
        with pytest.raises(OtherProportions, match="sizes"):
            measure([(0.0, grey(0.0)), (0.1, np.zeros(other))])
    assert measure([(0.0, grey(0.0)), (0.1, np.zeros((72, 128, 3)))]).pictures == 2
    for nothing in ((4, 4, 2), (0, 4, 3)):
        with pytest.raises(ValueError, match="3 colours"):
            measure([(0.0, np.zeros(nothing))])
