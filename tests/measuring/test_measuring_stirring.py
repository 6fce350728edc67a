"""Of what might flash it is known when, and where a head is to be turned to see it."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from vr_runtime.measuring.stirring import AHEAD, MARGIN, Stirring, View, direction
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.viewer import Footing
from vr_runtime.stage.world import World

NAMES = shipped()
AT = 60
"""Ticks of quiet before anything happens."""


def stirred(
    do: Callable[[World, int], None], at: tuple[float, float, float] = (0.0, 6.0, 1.6)
) -> dict[int, tuple[View, ...]]:
    """When and where a box might flash to which this is done at each tick, from `AT` on."""
    world = NullStage(NAMES).inner
    world.box((1, 1, 1), material="wood", at=at)
    stirring = Stirring(world)
    for _tick in range(AT):
        stirring.take()
    stirring.begin()
    for tick in range(1, AT + 1):
        do(world, tick)
        stirring.take()
    return stirring.views()


def blinks(world: World, tick: int) -> None:
    world.placed[0].visible = tick // 5 % 2 == 0


def swings(world: World, tick: int) -> None:
    x, y, z = world.placed[0].at
    world.placed[0].at = (x + 0.1 * math.cos(2.0 * math.pi * 3.0 * tick / 30.0), y, z)


def breathes(world: World, tick: int) -> None:
    size = 1.0 + 0.5 * math.sin(2.0 * math.pi * 3.0 * tick / 30.0)
    world.placed[0].scale = (size, size, size)


def comes_anew(world: World, tick: int) -> None:
    if tick % 5 == 0:
        at = world.placed[0].at
        world.placed[0].remove()
        world.box((1, 1, 1), material="plaster", at=at)


def spins(world: World, tick: int) -> None:
    world.placed[0].heading = 12.0 * tick


def rushes_by(world: World, tick: int) -> None:
    world.placed[0].at = (0.4 * tick - 12.0, 6.0, 1.6)


@pytest.mark.parametrize("do", [blinks, swings, breathes, comes_anew, spins, rushes_by])
def test_what_changes_again_and_again_might_flash(do: Callable[[World, int], None]) -> None:
    assert stirred(do)


def test_what_changes_once_does_not() -> None:
    def once(world: World, tick: int) -> None:
        world.placed[0].visible = tick < 20

    def slowly(world: World, tick: int) -> None:
        world.placed[0].at = (0.0, 6.0 + 0.05 * tick, 1.6)

    def not_at_all(world: World, tick: int) -> None:
        world.placed[0].at = (0.0, 6.0, 1.6)

    assert [stirred(do) for do in (once, slowly, not_at_all)] == [{}, {}, {}]


def test_what_is_far_away_is_too_small() -> None:
    assert stirred(blinks, (0.0, 400.0, 0.0)) == {}


def test_it_is_looked_at_from_before_its_first_change_until_after_its_last() -> None:
    def twice(world: World, tick: int) -> None:
        world.placed[0].visible = not 30 <= tick < 40

    told = stirred(twice)
    assert min(told) == 30 - MARGIN and max(told) == 40 + MARGIN - 1


@pytest.mark.parametrize(
    ("at", "view"),
    [
        ((0.0, 6.0, 1.6), AHEAD),
        ((-6.0, 0.0, 1.6), (90, 0)),
        ((6.0, 0.0, 1.6), (-90, 0)),
        ((0.0, -6.0, 1.6), (180, 0)),
        ((0.0, 0.5, 9.0), (0, 75)),
        ((0.0, 0.5, -9.0), (0, -80)),
        ((0.0, 6.0, 6.0), (0, 30)),
    ],
)
def test_a_head_is_turned_to_where_it_stands(at: tuple[float, float, float], view: View) -> None:
    assert direction(at, Footing()) == view
    looks = {each for views in stirred(blinks, at).values() for each in views}
    assert looks == {view}


def test_ahead_is_where_the_patient_was_put() -> None:
    assert direction((-6.0, 0.0, 1.6), Footing(heading=90.0)) == AHEAD
    assert direction((0.0, 16.0, 1.6), Footing(at=(0.0, 10.0, 0.0))) == AHEAD
    # What is called ahead is sunk here: level with the eyes is above it.
    assert direction((0.0, 6.0, 1.6), Footing(looking_down=30.0)) == (0, 30)


def test_a_thing_on_another_stands_where_that_one_has_turned_it() -> None:
    world = NullStage(NAMES).inner
    table = world.box((1, 1, 1), material="wood", at=(0.0, 0.0, 1.6))
    table.heading = 180.0
    lamp = world.box((1, 1, 1), material="wood", at=(0.0, 6.0, 0.0), parent=table)
    stirring = Stirring(world)
    for tick in range(40):
        lamp.visible = tick // 5 % 2 == 0
        stirring.take()
    assert {view for views in stirring.views().values() for view in views} == {(180, 0)}
