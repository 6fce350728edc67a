"""What a patient sees is judged by the rule that judges a scenario: never by a weaker one."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from signals import Picture, grey, shown, square, stripes

from vr_runtime.flash.light import in_cells, in_fields, light_of
from vr_runtime.flash.measure import measure
from vr_runtime.flash.watch import DIMMED, FlashWatch

HZ = 30.0
Gaze = tuple[float, float]
STILL: Gaze = (0.0, 0.0)


def watched(
    of: Callable[[float], Picture],
    seconds: float = 3.0,
    gaze: Callable[[float], Gaze] = lambda at_s: STILL,
    **seen: float,
) -> float | None:
    """After how many seconds the watch begins to dim."""
    watch = FlashWatch()
    for n in range(round(seconds * HZ)):
        at_s = n / HZ
        watch.take(at_s, in_cells(light_of(of(at_s))), gaze=gaze(at_s), **seen)
        if watch.advance(at_s, 1.0 / HZ) < 1.0:
            return at_s
    return None


def patch(share: float, hertz: float = 5.0, high: float = 1.0, colour: int | None = None):
    """A patch of this share of the picture, as wide as high, comes and goes."""
    side = round(math.sqrt(share * 36 * 64))

    def of(at_s: float) -> Picture:
        picture = grey(0.0)
        if square(hertz, at_s):
            part = picture[10 : 10 + side, 20 : 20 + side]
            part[..., slice(None) if colour is None else colour] = shown(high)
        return picture

    return of


@pytest.mark.parametrize("share", [0.02, 0.05, 0.20, 0.25, 0.4])
def test_a_flashing_patch_is_dimmed_as_soon_as_the_proof_says_that_it_flashes(share):
    of = patch(share)
    proved = measure((n / HZ, of(n / HZ)) for n in range(90))
    seen = watched(of)
    assert seen is not None and seen == proved.own_s
    if share <= 0.2:
        assert proved.wcag_s is None


@pytest.mark.parametrize("share", [0.02, 0.05, 0.20, 1.0])
def test_two_flashes_a_second_and_changes_below_a_tenth_are_not_dimmed(share):
    assert watched(patch(share, 2.0)) is None
    assert watched(patch(share, 5.0, high=0.09)) is None


def test_what_is_far_smaller_than_a_field_is_not_dimmed():
    assert watched(patch(0.0005)) is None


@pytest.mark.parametrize("chance", range(6))
def test_nothing_that_breaks_the_limit_of_the_proof_escapes(chance):
    dice = np.random.default_rng(chance)
    course = dice.random((90, 4, 4)) * dice.random((4, 4))

    def of(at_s: float) -> Picture:
        light = np.kron(course[round(at_s * HZ) % 90], np.ones((9, 16)))
        return np.vectorize(shown)(light)[..., None].repeat(3, axis=2)

    proved = measure((n / HZ, of(n / HZ)) for n in range(60))
    seen = watched(of, 2.0)
    assert proved.own_s is None or (seen is not None and seen <= proved.own_s)


@pytest.mark.parametrize("share", [0.01, 0.05, 1.0])
def test_one_pair_of_red_changes_is_dimmed(share):
    red = patch(share, colour=0)
    assert watched(lambda at_s: red(0.15 if 1.0 <= at_s < 1.4 else 0.0)) == pytest.approx(1.4)


def test_red_that_comes_and_stays_is_not_dimmed():
    red = patch(0.3, colour=0)
    assert watched(lambda at_s: red(0.15 if at_s >= 1.0 else 0.0)) is None


def panned(deg_s: float, colour: int | None = None):
    """A wall of wide bars as a head sees it that turns from side to side, and where it points."""
    wall = np.zeros((36, 64 * 8, 3))
    for left in range(0, 64 * 8, 16):
        wall[:, left : left + 8, slice(None) if colour is None else colour] = 1.0

    def gaze(at_s: float) -> Gaze:
        return 40.0 + 30.0 * math.sin(deg_s / 30.0 * at_s), 0.0

    def of(at_s: float) -> Picture:
        left = round(gaze(at_s)[0] * 64 / 94)
        return wall[:, left : left + 64]

    return of, gaze


@pytest.mark.parametrize("deg_s", [20.0, 60.0, 120.0, 200.0])
def test_what_a_turning_head_brings_is_no_flash(deg_s):
    of, gaze = panned(deg_s)
    assert watched(of, 4.0, gaze) is None
    if deg_s > 60.0:
        assert watched(of, 4.0) is not None, "the same before a head held still"


@pytest.mark.parametrize("deg_s", [6.0, 20.0, 60.0])
def test_a_red_thing_that_a_turning_head_passes_is_no_flash(deg_s):
    of, gaze = panned(deg_s, colour=0)
    assert watched(of, 4.0, gaze) is None


@pytest.mark.parametrize("deg_s", [20.0, 120.0])
def test_a_turning_head_does_not_hide_that_the_whole_picture_flashes(deg_s):
    _, gaze = panned(deg_s)
    assert watched(patch(1.0), 3.0, gaze) is not None


def test_a_slowly_turning_head_does_not_hide_a_patch_that_flashes():
    assert watched(patch(0.05), 3.0, lambda at_s: (12.0 * at_s, 0.0)) is not None


def test_after_a_turn_a_patch_that_flashes_is_found_again():
    seen = watched(patch(0.05), 4.0, lambda at_s: (100.0 * min(at_s, 1.0), 0.0))
    assert seen is not None and 1.0 < seen < 2.0


def test_a_field_is_as_wide_in_a_headset_as_on_a_screen():
    def of(at_s: float) -> Picture:
        picture = grey(0.0)
        picture[12, 20:23] = 1.0 if square(5.0, at_s) else 0.0
        return picture

    assert watched(of) is None, "three cells are 8 % of a field of 6 by 6"
    assert watched(of, high_deg=110.0, wide=1.0) is not None, "and 17 % of one of 3 by 6"


def test_a_picture_once_dimmed_stays_so_until_three_quiet_seconds():
    watch, of = FlashWatch(), patch(0.1)
    parts = []
    for n in range(round(9.0 * HZ)):
        at_s = n / HZ
        picture = light_of(of(at_s if at_s < 2.0 else 0.0))
        watch.take(at_s, in_cells(picture * watch.part**2.2), watch.part)
        parts.append(watch.advance(at_s, 1.0 / HZ))
    told = [watch.news(), watch.news()]
    assert min(parts) == DIMMED and parts[-1] == 1.0 and told == [True, False]
    assert all(part < 1.0 for part in parts[round(2.0 * HZ) : round(4.9 * HZ)])


def test_drifting_stripes_are_left_to_the_proof():
    assert watched(stripes(20, 0.0, 1.0, 1.0), 2.0) is None


def test_fields_overlap_by_half_and_are_means():
    cells = np.random.default_rng(2).random((36, 64))
    fields = in_fields(cells)
    assert fields.shape == (11, 20)
    assert fields[4, 7] == pytest.approx(cells[12:18, 21:27].mean())
    assert in_fields(cells, 50, 50).shape == (1, 1 + 14 // 25)
