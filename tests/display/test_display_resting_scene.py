"""A resting place in a scene looks as the safe place does, and leaves that one as it is."""

from __future__ import annotations

import numpy as np
import pytest
from test_display_pictures import on_screen, settled

from scenarios.api import Breathing
from vr_runtime.engine.guide import BEGIN_TICKS
from vr_runtime.engine.ports import DT
from vr_runtime.stage.panda.rooms import BREEZE
from vr_runtime.wire.acts import View

SEA = slice(46, 62)
"""Rows of the picture in which the sea lies, and the middle of the room."""
PLACES = ("meadow", "shore", "room")


@pytest.fixture
def resting(drawn):
    """The drawn display, left in the meadow."""
    yield drawn
    drawn.accompany("meadow", None, ())
    drawn.draw(1.0)


@pytest.mark.render
@pytest.mark.parametrize("place", PLACES)
def test_left_to_itself_it_looks_as_the_safe_place_does(resting, place):
    resting.accompany(place, None, ())
    safe = settled(resting, View.SAFE_PLACE)
    with resting.stage.owner("scene"):
        resting.stage.world.resting_place(place)
        resting.stage.world.wind(BREEZE)
    assert np.abs(settled(resting, View.SCENE) - safe).mean() < 0.02


@pytest.mark.render
@pytest.mark.parametrize(("place", "value", "to"), [("shore", "waves", 1.0), ("room", "lamp", 0.0)])
def test_what_a_scene_changes_of_it_is_seen_there_and_not_in_the_safe_place(
    resting, place, value, to
):
    resting.accompany(place, None, ())
    safe = settled(resting, View.SAFE_PLACE)
    with resting.stage.owner("scene"):
        made = resting.stage.world.resting_place(place)
    made.set(value, to)
    resting.stage.tick(DT)
    assert np.abs(settled(resting, View.SCENE) - safe)[SEA].mean() > 0.015
    assert np.abs(settled(resting, View.SAFE_PLACE) - safe)[SEA].mean() < 0.01


@pytest.mark.render
def test_a_scene_after_it_has_its_own_clear_day_again(resting):
    with resting.stage.owner("scene"):
        resting.stage.world.box((4.0, 0.2, 4.0), material="plaster", at=(0.0, 4.0, 0.0))
    before = settled(resting, View.SCENE)
    resting.show(View.NEUTRAL)
    resting.stage.clear("scene")
    with resting.stage.owner("scene"):
        resting.stage.world.resting_place("room")
    settled(resting, View.SCENE)
    resting.show(View.NEUTRAL)
    resting.stage.clear("scene")
    with resting.stage.owner("scene"):
        resting.stage.world.box((4.0, 0.2, 4.0), material="plaster", at=(0.0, 4.0, 0.0))
    assert np.abs(settled(resting, View.SCENE) - before).mean() < 0.02


@pytest.mark.render
def test_the_guide_of_a_scene_is_seen_there_alone_and_as_much_as_it_helps(resting):
    with resting.stage.owner("scene"):
        resting.stage.world.resting_place("room")
    without = settled(resting, View.SCENE)
    with resting.stage.owner("event:breathe:1"):
        guide = resting.stage.world.guide(Breathing())
    guide.led.passed = BEGIN_TICKS + 110
    changed = []
    for share in (1.0, 0.5, 0.2):
        guide.help = share
        resting.draw(0.0)
        changed.append(float(np.abs(on_screen(resting) - without).mean()))
    assert changed[0] > changed[1] > changed[2] and changed[2] < 0.005
    guide.help = 1.0
    safe = settled(resting, View.SAFE_PLACE)
    resting.stage.clear("event:breathe:1")
    resting.draw(0.0)
    assert np.abs(on_screen(resting) - safe).mean() < 0.01
