"""The rock of the gorge: it has no gaps, holds the bridges, and lies in its own shade."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from panda3d.core import NodePath

from vr_runtime.stage.look.weather import CLEAR_DAY, SUN, VALLEY_DAY
from vr_runtime.stage.models.gorge.beds import DEEP, Band, bands
from vr_runtime.stage.models.gorge.cliffs import columns
from vr_runtime.stage.models.gorge.lit import Relief, openness, relief, sunlit, turned_from_sun
from vr_runtime.stage.models.gorge.plan import SUN_ASIDE, rims
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.panda.scenery import PandaScenery

X = columns()
NEAR_BRIDGE = np.abs(X) < 1.2


@cache
def side(*, far: bool) -> tuple[Band, ...]:
    return tuple(bands(X, far=far))


@cache
def both() -> Relief:
    return relief(X, list(side(far=False)), list(side(far=True)))


@pytest.mark.parametrize("far", [False, True])
def test_each_band_begins_where_the_last_one_ends_and_none_rises(far: bool) -> None:
    for above, below in pairwise(side(far=far)):
        assert np.allclose(above.down[-1], below.down[0])
        assert np.allclose(above.out[-1], below.out[0])
        assert (np.diff(below.down, axis=0) > -0.05).all()
    assert (side(far=far)[-1].down[-1] > DEEP - 5.0).all(), "rubble hides what is missing"


@pytest.mark.parametrize("far", [False, True])
def test_the_rock_leaves_room_for_what_the_bridges_rest_on(far: bool) -> None:
    for band in side(far=far):
        near = band.out[:, NEAR_BRIDGE][band.down[:, NEAR_BRIDGE] < 2.0]
        assert (near < 1.0).all()


def on_far(x: float, down: float) -> np.ndarray:
    y = float(both().at(both().far, np.asarray(x), np.asarray(down)))
    return np.asarray((x, y, -down))


def test_a_bridge_throws_its_shadow_on_the_far_cliff_down_and_to_the_right() -> None:
    facing = np.asarray((0.0, -1.0, 0.0))
    for down in (6.0, 18.0, 30.0):
        x = SUN_ASIDE * down
        below = sunlit(both(), on_far(x, down), facing)
        assert below <= 0.5, f"in the shadow, {down} m down"


def test_less_of_the_sky_is_seen_the_deeper_one_is() -> None:
    xs = np.linspace(-20.0, 20.0, 81)
    seen = [
        openness(both(), np.stack([on_far(x, down) for x in xs]), far=True).mean()
        for down in (4.0, 30.0, 60.0)
    ]
    assert seen == sorted(seen, reverse=True)


def test_what_no_sun_reaches_is_turned_from_it_and_what_is_lit_is_left_as_it_is() -> None:
    facing = np.asarray([(0.0, -0.8, 0.6), (-0.6, 0.0, 0.8)])
    dark, light = turned_from_sun(facing, np.zeros(2)), turned_from_sun(facing, np.ones(2))
    assert ((dark * SUN).sum(-1) <= 0.0).all() and np.allclose(light, facing)


def test_ravines_notch_the_rims_beside_the_bridge_and_never_at_it() -> None:
    near, far = rims(np.asarray((0.0, 15.0, -14.0)))
    assert near[0] == pytest.approx(0.0, abs=0.1) and far[0] == pytest.approx(44.0, abs=0.1)
    assert far[1] > far[0] + 2.0 and near[2] < near[0] - 2.0


def test_the_land_brings_the_air_of_a_valley_and_takes_it_away() -> None:
    stage: Any = NullStage(shipped())
    nothing: Any = SimpleNamespace(ask=lambda name: None)
    scenery = PandaScenery(NodePath("root"), nothing, nothing, nothing, nothing, nothing)
    stage.world.model("gorge/banks")
    (land,) = stage.inner.placed
    assert scenery.weather == CLEAR_DAY
    scenery.model(land, "gorge/banks")
    assert scenery.weather == VALLEY_DAY
    scenery.gone(land)
    assert scenery.weather == CLEAR_DAY
