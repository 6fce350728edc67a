"""Lifts obey their values: doors clear the way, one number is lit, light falls from the ceiling."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from panda3d.core import NodePath

from tests.look.studio import Studio
from vr_runtime.stage.look.weather import Weather
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.models.driven import drive, ready
from vr_runtime.stage.models.lift.fitted import Emergency
from vr_runtime.stage.models.lift.numerals import bell, doors, figures
from vr_runtime.stage.models.lift.panel import BUTTON_M
from vr_runtime.stage.models.lift.plan import BED, BUTTONS, FRONT_Y, TINY, TOP_FLOOR, Cabin
from vr_runtime.stage.models.lift.steel import polished, polished_dark
from vr_runtime.stage.models.mesh import Mesh


@pytest.fixture(scope="module")
def lift() -> NodePath:
    return ready(import_module(MODELS["lift/tiny"].module).build(), "lift/tiny")


def spans(lift: NodePath) -> tuple[float, float]:
    """Where the left leaf ends and the right one begins, across the doorway."""
    left, right = (lift.find(side).getTightBounds() for side in ("left", "right"))
    return left[1].x, right[0].x


def test_doors_meet_when_shut_and_clear_the_way_when_open(lift: NodePath) -> None:
    drive(lift, "doors", 0.0)
    left, right = spans(lift)
    assert left >= 0.0 >= right
    drive(lift, "doors", 1.0)
    left, right = spans(lift)
    assert right - left >= TINY.door - 0.05


@pytest.mark.parametrize("floor", [0, 7, 12, 40])
def test_one_number_is_lit(lift: NodePath, floor: int) -> None:
    drive(lift, "floor", floor / TOP_FLOOR)
    lit = [n.getName() for n in lift.findAllMatches("floor *") if not n.isHidden()]
    assert lit == [f"floor {floor}"]


@pytest.mark.parametrize(("value", "shown"), [(0.0, []), (0.5, ["up"]), (1.0, ["down"])])
def test_an_arrow_tells_the_way(lift: NodePath, value: float, shown: list[str]) -> None:
    drive(lift, "way", value)
    assert [n for n in ("up", "down") if not lift.find(n).isHidden()] == shown


def test_it_is_brighter_below_a_lamp_than_in_a_corner() -> None:
    up = np.asarray([[0.0, 0.0, 1.0]], dtype=np.float32)
    below = np.asarray([[0.22 * TINY.wide, TINY.lamps_y[0], 0.9]], dtype=np.float32)
    corner = np.asarray([[TINY.wide / 2, TINY.back_y, 0.0]], dtype=np.float32)
    light = TINY.light
    assert light.paint(below, up)[0] > light.paint(corner, up)[0]


FACING = ((0.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
"""A button that is read by whoever looks against x."""


def test_each_button_bears_its_figure_within_its_rim_and_towards_who_reads_it() -> None:
    for floor in range(BUTTONS):
        mesh = Mesh()
        figures(mesh, floor, FACING, 0.0185 if floor < 10 else 0.0155, (0.1, 0.1, 0.1))
        rows = mesh.packed()
        assert np.linalg.norm(rows["v"][..., 1:], axis=-1).max() < BUTTON_M, floor
        assert (rows["n"][..., 0] > 0.99).all(), floor


def test_the_signs_of_alarm_and_doors_are_seen_from_the_same_side() -> None:
    mesh = Mesh()
    bell(mesh, FACING, 0.026, (0.1, 0.1, 0.1))
    for opens in (True, False):
        doors(mesh, FACING, 0.0155, (0.1, 0.1, 0.1), opens=opens)
    assert (mesh.packed()["n"][..., 0] > 0.99).all()


@pytest.mark.parametrize("size", [BED, TINY])
def test_steel_shows_the_floor_darker_than_what_is_level_with_the_eyes(size: Cabin) -> None:
    y = np.full(40, FRONT_Y[1] + 0.5 * size.deep)
    z = np.linspace(0.1, size.high - 0.1, 40)
    wall = np.stack([np.full(40, -size.wide / 2), y, z], axis=-1)
    shown = polished(wall.astype(np.float32), (1.0, 0.0, 0.0), size)
    assert shown.shape == (40, 3) and np.isfinite(shown).all()
    assert 0.3 < shown.min() and shown.max() <= 1.25
    assert shown[:5].mean() < shown[18:26].mean()


@pytest.mark.parametrize("size", [BED, TINY])
def test_without_its_lamps_a_cabin_is_darker_but_its_walls_are_told_from_black(
    size: Cabin,
) -> None:
    emergency = Emergency(size)
    x, z = np.meshgrid(np.linspace(-0.3, 0.3, 9), np.linspace(0.9, 1.8, 10))
    doors = np.stack([x, np.full_like(x, FRONT_Y[1]), z], axis=-1).astype(np.float32)
    bright = polished(doors, (0.0, 1.0, 0.0), size)
    dark = polished_dark(doors, (0.0, 1.0, 0.0), size, emergency)
    assert dark.shape == (10, 9, 3) and 0.0 < dark.min() and dark.max() <= 1.0
    assert dark.mean() < bright.mean()
    # the lamp hangs at the side of smaller x: it is brighter there
    assert dark[:, 0].mean() > dark[:, -1].mean()


def test_the_value_light_takes_the_lamps_away_and_leaves_enough_to_see_the_walls(
    lift: NodePath,
) -> None:
    studio = Studio()
    studio.begin(Weather(zenith=(1.32,) * 3, horizon=(1.32,) * 3, ground=(1.39,) * 3, sky=False))
    lift.reparentTo(studio.root)
    drive(lift, "doors", 0.0)
    seen = []
    for value in (1.0, 0.5, 0.0):
        drive(lift, "light", value)
        seen.append(studio.look((0.0, TINY.eyes_y, 1.6), 154.0, -4.0).mean())
    studio.engine.removeAllWindows()
    lift.detachNode()
    assert seen[0] > 1.2 * seen[1] > 1.4 * seen[2] > 20.0
