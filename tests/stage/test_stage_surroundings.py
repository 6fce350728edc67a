"""The world never glides past a patient who stands, whatever a script asks."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vr_runtime.engine.ports import DT
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.placed import Placed, Pose
from vr_runtime.stage.viewer import COVER_REST_S, REST_S
from vr_runtime.wire.happenings import ComfortLimited

NAMES = shipped()


class Street:
    """A stage whose patient stands and sees it, and what was drawn of one thing at each tick."""

    def __init__(self) -> None:
        self.stage = NullStage(NAMES)
        self.world = self.stage.inner
        self.viewer = self.world.standing
        self.brightness: list[float] = []
        self.drawn: list[float] = []

    def see(self) -> None:
        self.stage.tick(DT)
        self.viewer.seen = True

    def push(self, thing: Placed, seconds: float, m_s: float) -> None:
        for _ in range(round(seconds / DT)):
            x, y, z = thing.at
            thing.at = (x, y + m_s * DT, z)
            self.stage.tick(DT)
            self.brightness.append(self.viewer.brightness())
            self.drawn.append(thing.drawn(1.0).at[1])

    def limits(self) -> list[str]:
        return [told.what for told in self.stage.news() if isinstance(told, ComfortLimited)]

    def moved_at(self) -> list[int]:
        return [n for n, (a, b) in enumerate(pairwise(self.drawn), 1) if a != b]


def moved_place(street: Street) -> Placed:
    return street.world.model("city/district")


def moved_ground(street: Street) -> Placed:
    return street.world.box((40, 40, 0.2), material="asphalt", at=(0, 3, -0.2))


def moved_carrier(street: Street) -> Placed:
    carrier = street.world.box((0.1, 0.1, 0.1), material="steel", at=(0, 3, -0.2))
    street.world.model("city/tower", parent=carrier)
    return carrier


def grown_ground(street: Street) -> Placed:
    slab = street.world.box((1, 1, 0.2), material="asphalt", at=(0, 0, -0.2))
    slab.scale = (60, 60, 1)
    return slab


@pytest.mark.parametrize("made", [moved_place, moved_ground, moved_carrier, grown_ground])
def test_ground_and_place_are_moved_in_dark_moments_alone_and_seldom(made):
    street = Street()
    thing = made(street)
    street.see()
    street.push(thing, 10.0, 1.5)
    moves = street.moved_at()
    assert 2 <= len(moves) <= math.ceil(10.0 / COVER_REST_S)
    assert all(street.brightness[n] == 0.0 for n in moves)
    assert all((b - a) * DT >= COVER_REST_S - 1e-9 for a, b in pairwise(moves))
    assert street.limits() == ["surroundings"]


def test_where_the_patient_is_put_elsewhere_the_place_comes_along_in_the_same_dark_moment():
    street = Street()
    terrace = street.world.model("balcony/terrace")
    street.see()
    for _ in range(round(3 * REST_S / DT)):
        street.viewer.stand((0.0, -1.0, 3.0))
        terrace.at = (0.0, 0.0, 3.0)
        before = (street.viewer.drawn(1.0).at[2], terrace.drawn(1.0).at[2])
        street.stage.tick(DT)
        after = (street.viewer.drawn(1.0).at[2], terrace.drawn(1.0).at[2])
        if before != after:
            assert (before, after) == ((0.0, 0.0), (3.0, 3.0))
            assert street.viewer.brightness() == 0.0
    assert terrace.drawn(1.0).at[2] == 3.0
    assert street.limits() == []


def test_what_goes_about_beside_the_patient_moves_as_it_is_asked_to():
    street = Street()
    world = street.world
    train = world.box((3, 40, 3), material="steel", at=(4, -60, 0))
    far = world.box((20, 20, 0.5), material="steel", at=(80, 0, 0))
    ceiling = world.box((20, 20, 0.2), material="plaster", at=(0, 0, 4))
    street.see()
    for thing in (train, far, ceiling):
        street.drawn.clear()
        street.push(thing, 1.0, 5.0)
        assert len(street.moved_at()) == len(street.drawn) - 1
    assert set(street.brightness) == {1.0}
    assert street.limits() == []


def test_whoever_rides_sees_the_world_pass():
    street = Street()
    cabin = street.world.box((2, 2, 0.1), material="steel")
    street.viewer.ride(street.world.vehicle(cabin, fr="La cabine part", en="It moves"))
    district = street.world.model("city/district")
    street.see()
    street.push(district, 1.0, -5.0)
    assert len(street.moved_at()) == len(street.drawn) - 1
    assert street.limits() == []


def test_unseen_a_place_is_put_wherever_it_is_asked_for():
    street = Street()
    district = street.world.model("city/district")
    street.push(district, 1.0, 12.0)
    assert len(street.moved_at()) == len(street.drawn) - 1
    assert street.limits() == []


@given(
    st.sampled_from(["at", "heading", "pitch", "roll", "scale", "visible"]),
    st.floats(-50.0, 50.0, allow_nan=False),
)
def test_a_pose_stands_as_another_whatever_is_seen_of_it_and_in_nothing_else(what, value):
    given_as = {"at": (0.0, value, 0.0), "scale": (1.0, value, 1.0), "visible": value > 0.0}
    changed = replace(Pose(), **{what: given_as.get(what, value)})
    assert changed.stands_as(Pose()) is (replace(changed, visible=True) == Pose())
    assert Pose().stands_as(changed) is changed.stands_as(Pose())
