"""The places that always stand ready: light enough to draw, whole from where a patient is."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda import evening_room, land, meadow, quiet_room, shore
from vr_runtime.stage.panda.resting import (
    bay,
    country,
    driftwood,
    evening_plan,
    lake,
    plan,
    skyline,
    strand,
    strand_light,
    strand_tiles,
)
from vr_runtime.stage.panda.resting.broadleaf import broadleaf
from vr_runtime.stage.panda.resting.foliage import EYE, facing
from vr_runtime.stage.panda.resting.grass import grass
from vr_runtime.stage.panda.resting.lamplight import Solid
from vr_runtime.stage.panda.resting.tree import tree

Parts = Mapping[str, NDArray[Any]]
FACES = 30_000
MIDDLES = {"its hills": slice(100, 180), "its woods": slice(30, 100)}
"""Rows of the painted country."""


@pytest.fixture(scope="module")
def meadow_parts() -> Parts:
    return meadow.grown()


@pytest.fixture(scope="module")
def room_parts() -> Parts:
    return quiet_room.reckoned()


@pytest.fixture(scope="module")
def shore_parts() -> Parts:
    return shore.made()


@pytest.fixture(scope="module")
def evening_parts() -> Parts:
    return evening_room.reckoned()


def faces_in(parts: Parts) -> int:
    return sum(len(rows) for rows in parts.values() if rows.dtype.names)


def test_each_place_has_at_most_sixty_thousand_triangles(
    meadow_parts, room_parts, shore_parts, evening_parts
):
    for parts in (meadow_parts, room_parts, shore_parts, evening_parts):
        assert 1000 < faces_in(parts) <= FACES


def test_a_place_is_the_same_each_time(meadow_parts, shore_parts, evening_parts):
    for parts, made_again in (
        (meadow_parts, meadow.grown()),
        (shore_parts, shore.made()),
        (evening_parts, evening_room.reckoned()),
    ):
        assert all(np.array_equal(made_again[name], rows) for name, rows in parts.items())


@given(degrees=st.floats(-60.0, 60.0))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_the_sea_is_seen_from_where_the_patient_stands_on_the_shore(degrees):
    turn = np.radians(degrees)
    far = np.linspace(0.5, 220.0, 900)
    z = bay.height(far * np.sin(turn), far * np.cos(turn))
    edge = int(np.argmax(z < bay.WATER_M))
    assert z[edge] < bay.WATER_M and far[edge] > 6.0, "the sea does not reach the feet"
    sight = EYE[2] + (z[edge] - EYE[2]) * far[:edge] / far[edge]
    assert (z[:edge] < sight).all()


def test_nobody_stands_on_a_slope_at_the_shore_and_dunes_shelter_their_back():
    assert abs(float(bay.height(0.0, 0.0))) < 0.05
    around = np.linspace(0.0, 2 * np.pi, 33)
    near = bay.height(0.5 * np.sin(around), 0.5 * np.cos(around))
    assert np.ptp(near) < 0.04
    behind = np.linspace(-60.0, 60.0, 61)
    crest = [bay.height(np.full(40, x), np.linspace(-40.0, -6.0, 40)).max() for x in behind]
    assert min(crest) > 0.7


@pytest.fixture(scope="module")
def near_sand(shore_parts: Parts) -> NDArray[np.float64]:
    """How open to the sky and how reached by the lantern the sand is, as 0 to 1."""
    return shore_parts["near_sand"][..., [2, 1]] / 255.0


def on_sand(near_sand, x, y):
    west, south, wide, deep = strand_light.NEAR
    row = int((y - south) / deep * strand_light.DEEP)
    return near_sand[row, int((x - west) / wide * strand_light.WIDE)]


def test_the_trunk_keeps_the_lantern_from_the_sand_behind_it_and_sky_from_its_foot(near_sand):
    path, thick = driftwood.axis()
    lamp = np.asarray(strand.LANTERN_AT)
    for k in range(4, 20, 4):
        away = path[k, :2] - lamp
        away /= np.linalg.norm(away)
        _, behind = on_sand(near_sand, *(path[k, :2] + away * (thick[k] + 0.10)))
        foot, before = on_sand(near_sand, *(path[k, :2] - away * (thick[k] + 0.02)))
        open_sand, _ = on_sand(near_sand, *(path[k, :2] + away * (thick[k] + 0.9)))
        assert behind < 0.25
        assert before > 2.0 * behind
        assert foot < 0.75 < 0.95 < open_sand


def test_every_stone_and_the_lantern_darken_the_sand_they_stand_on(near_sand):
    corner = strand.corners_of_lantern(strand.HALF_M + 0.004)[0]
    assert on_sand(near_sand, *corner)[0] < 0.6
    west, south, wide, deep = strand_light.NEAR
    for stone in strand.stones():
        x, y = stone.at
        if west + 1.0 < x < west + wide - 1.0 and south + 1.0 < y < south + deep - 1.0:
            assert on_sand(near_sand, x, y)[0] < 0.7


def test_what_is_near_ends_without_a_trace_where_its_picture_ends(shore_parts):
    pixels = shore_parts["near_sand"]
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    assert (edge == (strand_tiles.LEVEL, 255, 255, strand_tiles.LEVEL)).all()


@pytest.mark.parametrize("name", ["sand", "waves"])
def test_sand_and_waves_have_no_seams(shore_parts, name):
    pixels = shore_parts[name].astype(float)
    for axis in (0, 1):
        step = np.abs(np.diff(pixels, axis=axis)).mean()
        seam = np.abs(np.take(pixels, 0, axis) - np.take(pixels, -1, axis)).mean()
        assert seam < 1.6 * step


def test_hills_leave_the_sea_open_where_the_sky_is_brightest_and_have_no_steps():
    glow = np.degrees(np.arctan2(shore.SUN_DOWN[0], shore.SUN_DOWN[1]))
    around = np.linspace(-110.0, 110.0, 4401)
    crests = np.asarray([ridge.crest(around) for ridge in skyline.RIDGES])
    assert crests[:, np.abs(around - glow) < 4.0].max() < 1e-9
    assert crests.max() > 1.5
    assert np.abs(np.diff(crests, n=2, axis=1)).max() < 0.002


def test_the_evening_room_is_warmest_by_its_lamp_and_nowhere_black():
    light = evening_plan.daylight()
    x = np.linspace(evening_plan.WEST + 0.2, evening_plan.EAST - 0.1, 40)
    wall = np.stack([x, np.full(40, evening_plan.NORTH), np.full(40, 1.9)], axis=-1)
    facing_south = np.tile(np.asarray((0, -1, 0), dtype=np.float32), (40, 1))
    bright = light.paint(wall.astype(np.float32), facing_south)
    assert abs(x[int(bright.argmax())] - evening_plan.LAMP[0]) < 0.4
    assert bright.min() > 0.35


def test_nothing_the_lamp_lights_is_brighter_than_its_shade(evening_parts):
    shade = evening_parts["lamp"]
    middle = np.abs(shade["v"][..., 2] - evening_plan.BULB_Z) < 0.05
    cloth = shade["c"][middle][:, :3] * np.asarray(evening_room.LAMP_GLOW)
    assert cloth.mean(axis=1).min() > evening_parts["room"]["c"][..., :3].mean(axis=-1).max()


@pytest.mark.parametrize(
    ("lit", "shaded"),
    [
        pytest.param((1.9, 2.9), (0.45, 2.30), id="the chair's on the rug"),
        pytest.param((1.9, 2.0), (-0.50, 2.86), id="the table's on the floor"),
    ],
)
def test_what_stands_before_the_lamp_casts_a_shadow(lit, shaded):
    light = evening_plan.daylight()
    bare = dataclasses.replace(light, solids=())
    floor = np.asarray([(*lit, 0.0), (*shaded, 0.0)], dtype=np.float32)
    up = np.tile(np.asarray((0, 0, 1), dtype=np.float32), (2, 1))
    kept = light.paint(floor, up) / bare.paint(floor, up)
    assert kept[0] > 0.9
    assert kept[1] < 0.85


def test_a_shadow_has_a_soft_edge():
    solid = Solid(((-0.2, -0.2, 0.4), (0.2, 0.2, 0.5)))
    light = dataclasses.replace(
        evening_plan.daylight(), solids=(solid,), lamp=(0.0, 0.0, 1.2), given_back=0.0
    )
    floor = np.zeros((60, 3), dtype=np.float32)
    floor[:, 0] = np.linspace(0.0, 0.9, 60)
    up = np.tile(np.asarray((0, 0, 1), dtype=np.float32), (60, 1))
    bare = dataclasses.replace(light, solids=()).paint(floor, up)
    kept = light.paint(floor, up) / bare
    assert kept[0] < 0.2 and kept[-1] > 0.99
    assert ((kept > 0.2) & (kept < 0.95)).sum() >= 6


def test_leaves_are_drawn_from_the_nearest_on(meadow_parts):
    far = np.linalg.norm(meadow_parts["leaves"]["v"].mean(axis=1), axis=-1)
    assert (np.diff(far) > -1e-3).all()


@given(degrees=st.floats(-35.0, 45.0))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_the_near_shore_is_seen_from_where_the_patient_stands(degrees):
    turn = np.radians(degrees)
    far = np.linspace(1.0, 120.0, 600)
    x, y = far * np.sin(turn), far * np.cos(turn)
    z = land.height(x, y)
    shore = int(np.argmax(z < land.WATER_M))
    assert z[shore] < land.WATER_M
    sight = EYE[2] + (z[shore] - EYE[2]) * far[:shore] / far[shore]
    assert (z[:shore] < sight).all()


def test_the_water_ends_below_the_ground_and_never_in_the_air():
    around = np.linspace(0, 2 * np.pi, 721)
    out = np.linspace(0.6, 1.6, 1201)[:, None]
    x, y = 14.0 + 88.0 * out * np.cos(around), 96.0 + 60.0 * out * np.sin(around)
    measured, ground = land.basin(x, y), land.height(x, y)
    beyond = (measured > 1.05) & (measured < 1.2)
    assert (ground[beyond] > land.WATER_M).all()
    assert (ground[measured < land.SHORE_OUT - 0.01] < land.WATER_M).all()


def test_the_lake_is_level_and_shallow_all_along_its_shore():
    mesh = Mesh()
    lake.water(mesh)
    rows = mesh.packed()
    assert (rows["v"][..., 2] == np.float32(land.WATER_M)).all()
    deep, out = rows["t"][..., 0], land.basin(rows["v"][..., 0], rows["v"][..., 1])
    assert (deep[out > land.SHORE_OUT + 0.005] < 0.0).all(), "its last hand's breadth lies on land"
    assert (deep[out < 0.93] > 0.05).all()


@pytest.mark.parametrize("kind", sorted(MIDDLES))
def test_the_country_around_closes_without_a_seam(meadow_parts, kind):
    painted = meadow_parts["country"][MIDDLES[kind]].astype(float)
    beside = np.abs(np.diff(painted, axis=1)).mean()
    seam = np.abs(painted[:, 0] - painted[:, -1]).mean()
    assert painted.shape[1] == country.WIDE
    assert seam < 2.5 * beside + 4.0


def test_the_country_around_has_land_below_and_sky_above(meadow_parts):
    cover = meadow_parts["country"][..., 3]
    assert (cover[0] == 255).all(), "where the wall stands in the ground nothing shines through"
    assert (cover[-1] == 0).all(), "no hill is cut off"


def test_each_near_tree_lays_a_long_shadow_away_from_the_low_sun(meadow_parts):
    hidden = meadow_parts["shadows"][..., 0] / 65535.0 * land.SPAN + land.LOWEST

    def shaded(x: float, y: float) -> bool:
        column, row = (int((side / land.MAP_M + 0.5) * land.MAP_SIZE) for side in (x, y))
        return float(hidden[row, column]) > float(land.height(x, y))

    for (x, y, above, radius), _ in meadow.NEAR_TREES:
        reach = (above - 0.4 * radius) / land.LOW_SUN[2]
        behind = [
            shaded(x - land.LOW_SUN[0] * part * reach, y - land.LOW_SUN[1] * part * reach)
            for part in (0.2, 0.4, 0.6, 0.8, 1.0)
        ]
        before = [
            shaded(x + land.LOW_SUN[0] * part, y + land.LOW_SUN[1] * part) for part in (1.0, 2.0)
        ]
        assert sum(behind) >= 4
        assert not any(before)


def test_no_ring_is_seen_where_the_grass_ends():
    """Blades lie down bit by bit: no distance is where the grass ends."""
    leaves = Mesh()
    grass(leaves, lambda x, y: np.ones((len(x), 3)), np.random.default_rng(5))
    rows = leaves.packed()["v"]
    far = np.hypot(rows[:, 0, 0], rows[:, 0, 1])
    tall = np.ptp(rows[..., 2], axis=1)
    rings = [tall[(far > near) & (far <= near + 5.0)].sum() for near in np.arange(3.0, 45.0, 5.0)]
    assert all(0.25 * one < other for one, other in pairwise(rings[:-1]))


@given(x=st.floats(-30, 30), y=st.floats(-30, 30), z=st.floats(2, 9), seed=st.integers(0, 2**16))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_no_card_of_leaves_is_seen_as_a_sliver(x, y, z, seed):
    at = np.asarray((x, y, z)) + np.zeros((64, 3))
    if np.linalg.norm(at[0] - EYE) < 1.0:
        return
    cards = facing(at, np.full(64, 0.4), 0.55, np.random.default_rng(seed))
    n = np.cross(cards[:, 1] - cards[:, 0], cards[:, 3] - cards[:, 0])
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    way = (EYE - at) / np.linalg.norm(EYE - at, axis=1, keepdims=True)
    assert np.median((n * way).sum(axis=1)) > 0.75
    assert ((n * way).sum(axis=1) > 0.35).mean() > 0.9


@given(seed=st.integers(0, 2**16))
@settings(max_examples=8, derandomize=True, deadline=None)
def test_all_leaves_of_a_tree_in_the_meadow_and_what_hides_the_sun_stay_at_its_crown(seed):
    solid, leaves = Mesh(), Mesh()
    random = np.random.default_rng(seed)
    hiding = broadleaf(solid, leaves, (4.0, 9.0, 6.0, 3.0), 0.5, land.LOW_SUN, random, 400)
    middle = np.asarray((4.0, 9.0, 6.0))
    assert np.linalg.norm(leaves.packed()["v"] - middle, axis=-1).max() < 1.75 * 3.0
    wood = solid.packed()["v"]
    assert wood[..., 2].min() < 0.5
    assert np.linalg.norm(wood - middle, axis=-1).max() < 7.0
    assert np.linalg.norm(hiding[:, :3] - middle, axis=-1).max() < 7.0
    assert (wood[..., 2] < leaves.packed()["v"][..., 2].max()).all(), "no stick above the leaves"


@given(seed=st.integers(0, 2**16))
@settings(max_examples=15, derandomize=True, deadline=None)
def test_all_leaves_of_a_tree_stay_at_its_crown_and_its_trunk_in_the_ground(seed):
    solid, leaves = Mesh(), Mesh()
    tree(solid, leaves, (4.0, 9.0, 6.0, 3.0), 0.5, np.random.default_rng(seed), 12)
    apart = np.linalg.norm(leaves.packed()["v"] - (4.0, 9.0, 6.0), axis=-1)
    assert apart.max() < 1.75 * 3.0
    wood = solid.packed()["v"]
    assert wood[..., 2].min() < 0.5
    assert np.linalg.norm(wood - (4.0, 9.0, 6.0), axis=-1).max() < 7.0


def test_the_sun_lies_on_the_floor_near_the_windows_alone():
    light = plan.daylight()
    x = np.linspace(plan.WEST + 0.2, plan.EAST - 0.1, 60)
    floor = np.stack([x, np.full(60, 1.4), np.zeros(60)], axis=-1).astype(np.float32)
    up = np.tile(np.asarray((0, 0, 1), dtype=np.float32), (60, 1))
    bright = light.paint(floor, up)
    assert bright[:25].max() > 0.9
    assert bright[40:].max() < 0.85
    assert bright.min() > 0.3


def test_no_sun_reaches_the_floor_behind_the_pot():
    light = plan.daylight()
    low, high = (np.asarray(end) for end in plan.POT)
    middle = (low + high) / 2
    behind = middle - 0.42 * np.asarray(plan.SUN) / abs(plan.SUN[0])
    behind[2] = 0.0
    up = np.asarray([(0.0, 0.0, 1.0)], dtype=np.float32)
    assert light._sunny(behind[None].astype(np.float32))[0] == 0.0
    assert light.paint(behind[None].astype(np.float32), up)[0] < 0.8
