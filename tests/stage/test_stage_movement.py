"""What is drawn between ticks, and how the patient is put elsewhere."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.engine.ports import DT
from vr_runtime.stage.placed import Placed, Pose
from vr_runtime.stage.viewer import HALF_S, REST_S, StandingViewer


def placed() -> Placed:
    return Placed(
        at=(0, 0, 0),
        heading=0,
        parent=None,
        parameters=frozenset(),
        owner="scene",
        forget=lambda thing: None,
    )


def test_a_moving_thing_is_drawn_between_its_last_two_ticks():
    thing = placed()
    thing.at = (0.2, 0, 0)
    thing.advance(behind_a_fade=False)
    assert thing.drawn(0.0).at == (0, 0, 0)
    assert thing.drawn(0.5).at == (0.1, 0, 0)
    assert thing.drawn(1.0).at == (0.2, 0, 0)


def test_a_thing_that_jumps_is_never_drawn_on_the_way():
    thing = placed()
    thing.at = (0, 0, 12)
    thing.advance(behind_a_fade=False)
    assert thing.drawn(0.01).at == (0, 0, 12)


def test_turning_takes_the_short_way():
    assert Pose(heading=350).towards(Pose(heading=10), 0.5).heading % 360 == 0


def seen_viewer() -> StandingViewer:
    viewer = StandingViewer()
    viewer.seen = True
    return viewer


def test_a_change_of_place_happens_only_in_the_dark():
    viewer = seen_viewer()
    viewer.stand((0, 0, 30))
    before = viewer.footing
    moved_at = None
    for tick in range(12):
        viewer.advance(DT)
        if viewer.footing != before and moved_at is None:
            moved_at = tick
            assert viewer.brightness() == 0.0
    assert moved_at is not None
    assert viewer.brightness() == 1.0


def test_the_floor_that_jumps_along_waits_for_the_dark_moment():
    viewer, floor = seen_viewer(), placed()
    floor.at = (0, 0, 30)
    viewer.stand((0, 0, 30))
    for _ in range(30):
        viewer.advance(DT)
        floor.advance(behind_a_fade=viewer.waiting)
        assert (floor.drawn(1.0).at[2] == 30) == (viewer.footing.at[2] == 30)
    assert floor.drawn(0.0).at == (0, 0, 30)


def test_unseen_changes_need_no_fade():
    viewer = StandingViewer()
    viewer.stand((1, 2, 3), heading=90)
    assert viewer.footing.at == (1, 2, 3) and viewer.brightness() == 1.0


def test_before_a_flat_screen_the_picture_is_lowered_by_40_degrees_at_most():
    viewer = StandingViewer()
    for asked, had in ((12.5, 12.5), (-20, 0.0), (400, 40.0)):
        viewer.stand((0, 0, 0), looking_down=asked)
        assert viewer.footing.looking_down == had


def test_who_lies_has_the_eyes_where_the_scene_says_however_tall():
    viewer = StandingViewer()
    viewer.lie((1.0, -0.5, 1.1), heading=90.0, looking_up=25.0)
    footing = viewer.footing
    assert footing.lying and (footing.heading, footing.looking_down) == (90.0, -25.0)
    for eye_m in (0.9, 1.2, 1.65, 1.9):
        assert footing.at[2] + eye_m + footing.raised_m(eye_m) == pytest.approx(1.1)
    viewer.stand((0.0, 0.0, 0.0))
    assert viewer.footing.raised_m(1.2) == 0.0


def test_who_lies_is_put_there_behind_a_fade_as_anybody():
    viewer = seen_viewer()
    viewer.lie((0.0, 0.0, 1.0))
    assert not viewer.footing.lying
    dark = [viewer.brightness() for _tick in range(30) if viewer.advance(DT) is None]
    assert viewer.footing.lying and min(dark) < 0.2


def test_the_same_place_again_does_nothing():
    viewer = seen_viewer()
    for _ in range(30):
        viewer.stand((0, 0, 0))
        viewer.advance(DT)
        assert viewer.brightness() == 1.0


@settings(max_examples=80, deadline=None)
@given(wishes=st.lists(st.integers(0, 3), min_size=60, max_size=150))
def test_however_often_a_scene_asks_it_darkens_at_most_once_a_second(wishes):
    viewer = seen_viewer()
    dark_starts, was = [], 1.0
    for tick, place in enumerate(wishes):
        viewer.stand((0, 0, float(place)))
        viewer.advance(DT)
        now = viewer.brightness(DT / 2)
        if was == 1.0 and now < 1.0:
            dark_starts.append(tick * DT)
        was = now
    gaps = [b - a for a, b in pairwise(dark_starts)]
    assert all(gap >= REST_S - 1e-6 for gap in gaps)


def test_the_newest_of_many_wishes_is_fulfilled():
    viewer = seen_viewer()
    for n in range(1, 5):
        viewer.stand((0, 0, float(n)))
    for _ in range(int((2 * HALF_S) / DT) + 2):
        viewer.advance(DT)
    assert viewer.footing.at == (0, 0, 4)
    assert not viewer.waiting
