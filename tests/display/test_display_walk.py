"""A patient before a picture looks at a ring on the ground, and a press goes there."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from drawing import SIZE, load

from scenarios.api import Graded, Scenario, Walk
from vr_runtime.display.eyes import EYE_M
from vr_runtime.engine.ports import DT
from vr_runtime.flash.watch import FlashWatch
from vr_runtime.wire.acts import PatientWalked, View

pytestmark = pytest.mark.render

FAR_M = 3.0


class Jetty(Scenario):
    """A jetty along which one may walk."""

    id = "test.jetty"
    title = {"fr": "La jetée", "en": "The jetty"}
    summary = {"fr": "Une jetée.", "en": "A jetty."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    place = Graded.steps({0: 0, 10: 4}, fr="place", en="place", unit="m")
    reach = Graded.steps({0: 0, 10: 8}, fr="portée", en="reach", unit="m")
    walk = Walk(start=place, reach=reach, marks=(0.0, FAR_M))


def look(display, pitch):
    display._hand.look.point(0.0, pitch)
    for _picture in range(3):
        display.stage.tick(DT)
        display._flashes = FlashWatch()
        display.draw(1.0)
    return display._hand.answering.faced


def pixels(display):
    wide, high = SIZE
    return np.frombuffer(display.pixels(SIZE), np.uint8).reshape(high, wide, 3).astype(int)


def test_the_ring_before_the_eyes_is_lit_and_gone_to_by_a_press_and_by_nothing_else(drawn):
    down = -math.degrees(math.atan2(EYE_M, FAR_M))
    drawn.stage.speak_for(Jetty.manifest())
    drawn.stage.world.box((20.0, 20.0, 0.1), material="wood", at=(0.0, 0.0, -0.1))
    drawn.stage.world.waypoint(1, at=(0.0, FAR_M, 0.0))
    load(drawn)
    drawn.show(View.SCENE)
    assert look(drawn, down) is None, "what is closed is nothing"
    closed = pixels(drawn)
    drawn.stage.open_ways(frozenset({0, 1}))
    assert look(drawn, 20.0) is None
    assert look(drawn, down) == 1
    assert (np.abs(pixels(drawn) - closed).max(axis=2) > 20).mean() > 0.001, "the ring is seen"
    now = time.monotonic()
    drawn._hand.answering.press("gamepad", now)
    drawn._hand.answering.release("gamepad", now + 0.2)
    assert drawn._hand.answering.news(now + 0.3) == [PatientWalked(mark=1)]
    drawn.show(View.NEUTRAL)
    assert look(drawn, down) is None, "outside the scene nobody goes anywhere"
    drawn._hand.look.centre()
