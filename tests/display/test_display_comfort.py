"""What the patient sees of movement and of what would flash."""

from __future__ import annotations

import math
import time
from io import BytesIO

import numpy as np
import pytest
from drawing import SIZE, load
from numpy.typing import NDArray
from panda3d.core import LVecBase3f, NodePath
from PIL import Image

from vr_runtime.display.eyes import EYE_M, Eyes
from vr_runtime.display.panda import PandaDisplay
from vr_runtime.engine.ports import DT
from vr_runtime.flash.watch import DIMMED
from vr_runtime.stage.vehicle import PIVOT_M, turned
from vr_runtime.stage.viewer import Footing
from vr_runtime.wire.acts import FlashDimmed, View

Pixels = NDArray[np.float64]


def picture(display: PandaDisplay) -> Pixels:
    display._ease.advance(1.0)
    display._mirror.outdated()
    display.draw(1.0)
    jpeg = display.picture(*SIZE)
    assert jpeg is not None
    return np.asarray(Image.open(BytesIO(jpeg)).convert("RGB"), dtype=np.float64) / 255.0


def sampled(display: PandaDisplay) -> Pixels:
    """What lies over the mirror too, in cells from the lowest row up."""
    for _ in range(3):
        display._ease.advance(1.0)
        display.draw(1.0)
    light = display._sampler.light()
    assert light is not None
    return light


def test_whoever_rides_is_tilted_as_the_cabin_is():
    eyes = Eyes({View.SCENE: NodePath("scene")})
    eyes.view = View.SCENE
    feet = Footing(at=(1.0, 2.0, 3.0), heading=40.0, pitch=5.0, roll=-4.0)
    eyes.stand(feet, 0.0, 0.0)
    for ahead in ((0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)):
        seen = eyes.camera.getRelativeVector(eyes.camera, LVecBase3f(*ahead))
        seen = NodePath(eyes.camera.getTop()).getRelativeVector(eyes.camera, seen)
        assert math.dist(seen, turned(ahead, 40.0, 5.0, -4.0)) < 1e-5
    assert abs(eyes.camera.getZ() - 3.0 - EYE_M) < 1e-5 and abs(EYE_M - PIVOT_M) < 0.2


@pytest.mark.render
def test_before_and_while_it_moves_the_patient_reads_it_and_the_edge_is_dark(drawn):
    world = drawn.stage.inner
    cabin = world.box((4, 4, 0.1), material="white_paint")
    world.box((40, 0.1, 40), material="white_paint", at=(0, 6, -20))
    vehicle = world.vehicle(cabin, fr="L'ascenseur démarre", en="The lift leaves")
    world.viewer.ride(vehicle)
    load(drawn)
    drawn.show(View.SCENE)
    drawn.stage.tick(DT)
    still = picture(drawn)
    vehicle.go_to((0, 0, 6), speed=0.6)
    before = sampled(drawn)
    drawn.stage.tick(DT)
    after = sampled(drawn)
    assert drawn._in_sight.announced.get("en") == "The lift leaves"
    # Rows from below: it is read near the lower edge, and what is looked at stays free.
    assert np.abs(after - before)[:6].max() > 0.1 and np.abs(after - before)[8:].max() < 0.02
    for _ in range(round(5.0 / DT)):
        drawn.stage.tick(DT)
    moving = picture(drawn)
    assert world.standing.edge == 1.0
    middle, corner = (slice(38, 46), slice(70, 90)), (slice(0, 8), slice(0, 14))
    assert moving[middle].mean() > 0.8 * still[middle].mean()
    assert moving[corner].mean() < 0.45 * still[corner].mean()
    drawn.show(View.SAFE_PLACE)
    picture(drawn)
    assert drawn._in_sight.announced is None and drawn._eyes._edge.strength == 0.0


@pytest.mark.render
@pytest.mark.parametrize("side_m", [60.0, 4.3, 2.2], ids=["all", "a fifth", "a twentieth"])
def test_a_thing_that_appears_and_vanishes_is_dimmed_and_told_once(drawn, side_m):
    world = drawn.stage.inner
    world.box((60, 0.1, 60), material="black", at=(0, 9, -30))
    middle = EYE_M - 0.5 * side_m
    wall = world.box((side_m, 0.1, side_m), material="white_paint", at=(0, 6, middle))
    load(drawn)
    drawn.show(View.SCENE)
    drawn.occurrences()
    told: list[object] = []
    deadline = time.monotonic() + 20.0
    while drawn._flashes.part > DIMMED and time.monotonic() < deadline:
        wall.visible = math.floor(10.0 * time.monotonic()) % 2 == 0
        drawn.stage.tick(DT)
        drawn.draw(1.0)
        told += drawn.occurrences()
    assert drawn._flashes.part == DIMMED
    assert [what for what in told if isinstance(what, FlashDimmed)] == [FlashDimmed()]
    wall.visible = True
    while drawn._flashes.part < 1.0 and time.monotonic() < deadline:
        drawn.stage.tick(DT)
        drawn.draw(1.0)
    assert drawn._flashes.part == 1.0
