"""Red that comes and goes in its place flashes; red that moves past, or is covered, does not."""

from __future__ import annotations

import numpy as np
import pytest
from signals import grey, square

from vr_runtime.flash.light import in_cells, light_of
from vr_runtime.flash.measure import measure
from vr_runtime.flash.watch import FlashWatch

HZ = 30.0
CELL = 4


def painted(*things):
    """A dark picture with red things at (left, top, width, height) in cells."""
    picture = np.full((36 * CELL, 64 * CELL, 3), 0.1)
    for left, top, wide, high in things:
        x, y = round(left * CELL), round(top * CELL)
        right, low = round((left + wide) * CELL), round((top + high) * CELL)
        picture[max(0, y) : low, max(0, x) : max(0, right)] = (1.0, 0.0, 0.0)
    return picture


def dims(of, seconds=3.0, cover=lambda at_s: 1.0) -> bool:
    watch = FlashWatch()
    for n in range(round(seconds * HZ)):
        light = in_cells(light_of(of(n / HZ))) * shown_part(cover(n / HZ))
        watch.take(n / HZ, light, cover=cover(n / HZ))
        if watch.advance(n / HZ, 1.0 / HZ) < 1.0:
            return True
    return False


def shown_part(cover: float) -> float:
    return cover**2.2


def proved(of, seconds=3.0) -> bool:
    return measure((n / HZ, of(n / HZ)) for n in range(round(seconds * HZ))).passes


def car(speed, wide, high):
    return lambda at_s: (speed * at_s - wide, 10.0, wide, high)


@pytest.mark.parametrize("speed", [4.0, 15.0, 30.0])
@pytest.mark.parametrize("size", [(4, 3), (10, 6), (24, 12)])
def test_a_red_thing_that_moves_past_is_no_flash(speed, size):
    passing = car(speed, *size)
    assert proved(lambda at_s: painted(passing(at_s)))
    assert not dims(lambda at_s: painted(passing(at_s)))


@pytest.mark.parametrize("hertz", [1.5, 3.0])
@pytest.mark.parametrize("company", [False, True])
def test_the_smallest_lamp_that_blinks_is_one_also_beside_a_red_car(hertz, company):
    passing = car(15.0, 10, 6)

    def of(at_s):
        lamp = [(40.0, 24.0, 3, 3)] if square(hertz, at_s) else []
        return painted(*lamp, *([passing(at_s)] if company else []))

    assert not proved(of) and dims(of)


def test_two_lamps_that_blink_in_turn_are_no_red_that_moves():
    for apart in (3, 6):
        of = lambda at_s, apart=apart: painted((20 + apart * square(3.0, at_s), 10, 3, 3))  # noqa: E731
        assert not proved(of) and dims(of)


def fade(every_s):
    """A cover of 200 ms, again and again."""

    def cover(at_s):
        passed = (at_s - 0.5) % every_s if at_s >= 0.5 else 1.0
        return min(1.0, abs(1.0 - passed / 0.1))

    return cover


@pytest.mark.parametrize("every_s", [1.0, 3.0])
def test_a_fade_of_the_engine_before_something_red_is_no_flash(every_s):
    assert not dims(lambda at_s: painted((20, 10, 8, 6)), 6.0, fade(every_s))


def test_fades_that_come_too_often_are_flashes():
    assert dims(lambda at_s: painted((20, 10, 8, 6)), 3.0, fade(0.45))
    assert dims(lambda at_s: grey(1.0), 3.0, fade(0.3))


@pytest.mark.parametrize("hertz", [2.0, 5.0])
def test_what_flashes_around_fades_is_dimmed_all_the_same(hertz):
    assert dims(
        lambda at_s: painted((20, 10, 8, 6)) if square(hertz, at_s) else painted(), 3.0, fade(1.0)
    )


def test_red_that_comes_and_goes_while_a_fade_runs_is_dimmed():
    cover = fade(3.0)

    def of(at_s):
        return painted((20, 10, 8, 6)) if 0.52 < at_s < 0.6 else painted()

    assert dims(of, 2.0, cover)


def test_a_thing_about_as_red_as_a_saturated_red_does_not_flicker():
    # One state is just saturated and the other just not: there is little between them.

    def of(at_s):
        picture = painted((20, 10, 8, 6))
        picture[picture[..., 0] == 1.0] = (0.9, 0.43 if square(5.0, at_s) else 0.45, 0.2)
        return picture

    assert proved(of) and not dims(of)


def test_a_slowly_turning_head_does_not_hide_a_red_lamp():
    def of(at_s):
        return painted((40.0 - 7.0 * at_s, 10, 6, 6)) if square(3.0, at_s) else painted()

    watch, part = FlashWatch(), 1.0
    for n in range(90):
        watch.take(n / HZ, in_cells(light_of(of(n / HZ))), gaze=(-12.0 * n / HZ, 0.0))
        part = min(part, watch.advance(n / HZ, 1.0 / HZ))
    assert part < 1.0


def test_a_red_car_that_flickers_behind_posts_is_no_flash():
    posts = [slice(CELL * left, CELL * left + 2) for left in range(0, 64, 3)]

    def of(at_s):
        picture = painted((30.0 * at_s - 10, 10, 10, 4))
        for post in posts:
            picture[:, post] = 0.1
        return picture

    assert proved(of) and not dims(of)
