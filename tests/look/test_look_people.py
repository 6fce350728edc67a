"""Passers-by: they walk without sliding, keep out of each other's way, and are drawn as they go."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import get_args

import numpy as np
import pytest
from studio import HEIGHT, NOTHING, WIDTH, Studio, share_that_changed

from vr_runtime.stage.look import gait
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import Hour, Weather
from vr_runtime.stage.models.city import crowd, figures
from vr_runtime.stage.models.city.figures import Does, Who
from vr_runtime.stage.models.city.street import KERB_NORTH, KERB_SOUTH, LINE_NORTH, PAVEMENT_Z
from vr_runtime.stage.models.mesh import Mesh

Point = tuple[float, float]
SPEED = 1.28
"""Of somebody who goes one stride of a grown-up in a second, in m/s."""
SQUARE = (-4.0, 26.6, 60.0, 76.6)


def mixed(part: float) -> gait.Bends:
    """How the right leg is bent, from the table as the shader reads it."""
    table, at = gait.table(), (part % 1.0) * gait.SAMPLES
    before, after = table[int(at) % gait.SAMPLES], table[(int(at) + 1) % gait.SAMPLES]
    a, b, c, d = (x + (y - x) * (at % 1.0) for x, y in zip(before, after, strict=True))
    return a, b, c, d


def sole(part: float, ahead: float) -> Point:
    """Where a point of the right sole is on the ground and above it, `ahead` m of its ankle."""
    thigh, shank, foot, rise = mixed(part)
    high, low = gait.HIP_Z - gait.KNEE_Z, gait.KNEE_Z - gait.ANKLE_Z
    along = high * math.sin(thigh) + low * math.sin(shank) + gait.STRIDE * part
    up = gait.HIP_Z + rise - high * math.cos(thigh) - low * math.cos(shank)
    c, s = math.cos(foot), math.sin(foot)
    return along + ahead * c + gait.ANKLE_Z * s, up + ahead * s - gait.ANKLE_Z * c


def test_a_foot_on_the_ground_neither_slides_nor_sinks() -> None:
    down = np.linspace(0.0, gait.STANCE - 0.01, 80)
    for roll, held in ((gait.HEEL, down[down < 0.35]), (gait.TOES, down[down > 0.15])):
        places = np.asarray([sole(part, roll) for part in held])
        assert np.ptp(places[:, 0]) < 0.015
        assert np.abs(places[:, 1]).max() < 0.012
    for part in np.linspace(0.0, 1.0, 200):
        assert min(sole(part, gait.HEEL)[1], sole(part, gait.TOES)[1]) > -0.012


def test_a_foot_in_the_air_is_carried_one_stride_further_by_a_knee_that_bends_backwards() -> None:
    (before, _), (after, _) = sole(0.2, 0.0), sole(1.2, 0.0)
    assert after - before == pytest.approx(gait.STRIDE)
    lifted = [sole(part, 0.0)[1] for part in np.linspace(gait.STANCE, 1.0, 40)]
    assert 0.05 < max(lifted) < 0.2
    bent = [thigh - shank for thigh, shank, _, _ in gait.table()]
    assert min(bent) > 0.0 and 0.7 < max(bent) < 1.2


@pytest.mark.parametrize(
    ("grade", "most"), [(figures.NEAR, 1200), (figures.ACROSS, 760), (figures.FAR, 400)]
)
@pytest.mark.parametrize("who", get_args(Who))
def test_everybody_stands_on_the_pavement_as_tall_as_people_are_and_costs_little(
    who: Who, grade: figures.Grade, most: int
) -> None:
    for seed, does in enumerate(4 * get_args(Does)):
        mesh = Mesh()
        figures.figure(mesh, 5.0, 2.0, 30.0, seed, does=does, who=who, grade=grade)
        rows = mesh.packed()
        points = rows["v"].reshape(-1, 3)
        assert PAVEMENT_Z <= points[:, 2].min() < PAVEMENT_Z + 0.02
        tall = points[:, 2].max() - PAVEMENT_Z
        assert 1.1 < tall < 1.4 if who == "child" else 1.5 < tall < 2.05
        assert np.hypot(*(points[:, :2] - (5.0, 2.0)).T).max() < 0.75
        assert np.allclose(np.linalg.norm(rows["n"], axis=-1), 1.0, atol=0.02)
        assert 2 * len(mesh) <= most


def test_nobody_on_the_avenue_walks_into_another() -> None:
    """Those of one line are equally fast, and lines lie further apart than shoulders are wide."""
    people = crowd.passers_by([SQUARE])
    rows = people.walking.packed()
    assert len(rows)
    motion = rows["m"][:, 0]
    bodies = {}
    for start in np.unique(motion[:, 2]):
        own = rows[motion[:, 2] == start]
        chest = own["v"].reshape(-1, 3)
        speed = float(own["m"][0, 0, 0])
        bodies[float(start)] = (float(np.median(chest[:, 1])), speed)
    assert len(bodies) > 40
    for (one, (y, speed)), (other, (beside, its)) in combinations(bodies.items(), 2):
        if speed == its:
            gap = abs(one - other) % crowd.WALK_M
            near = min(gap, crowd.WALK_M - gap)
            assert near > 0.5 or abs(y - beside) > 0.35
        else:
            assert abs(y - beside) > 0.3
    ys = [y for y, _ in bodies.values()]
    assert all(3.4 < y < KERB_SOUTH or KERB_NORTH < y < LINE_NORTH for y in ys)


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    opened = Studio()
    yield opened
    opened.engine.removeAllWindows()


def somebody_walks(studio: Studio) -> float:
    """A man goes east from x = -32 in the picture; how tall he is."""
    mesh = Mesh()
    figures.figure(mesh, 0.0, 0.0, -90.0, 4, motion=(SPEED, 0.0, 0.0), does="goes", who="man")
    node = mesh.nodes("walker", "walker", moving=True)
    dress(node, "walker")
    node.setShaderInput("track", 64.0)
    node.reparentTo(studio.root)
    return float(mesh.packed()["t"][0, 0, 2])


@pytest.mark.render
def test_who_walks_is_the_same_again_after_a_stride_and_otherwise_within_it(
    studio: Studio,
) -> None:
    weather = studio.begin(Weather(sky=False))
    quarter_s = gait.STRIDE * somebody_walks(studio) / SPEED / 4.0
    seen = []
    for quarter in range(5):
        # an eye that goes along beside
        seen.append(studio.look((-32.0 + SPEED * quarter * quarter_s, -1.7, 0.9), 0, 0))
        weather.advance(quarter_s)
    assert share_that_changed(seen[0], seen[4]) < 0.004
    assert min(share_that_changed(seen[0], other) for other in seen[1:4]) > 0.02


@pytest.mark.render
def test_a_shoe_on_the_ground_is_seen_where_it_was_while_its_bearer_goes_on(
    studio: Studio,
) -> None:
    weather = studio.begin(Weather(sky=False))
    tall = somebody_walks(studio)
    stride_s = gait.STRIDE * tall / SPEED
    at, _ = sole(0.2, 0.03)
    weather.advance(0.16 * stride_s)
    seen = []
    for _ in range(4):
        # at the shoe's own height: the lowest rows, from its heel on, show nothing but its sole
        shown = studio.look((-32.0 + tall * at, -0.5, PAVEMENT_Z + 0.02), 0, 0)
        seen.append(shown[HEIGHT // 2 : HEIGHT // 2 + 5, WIDTH // 3 : WIDTH * 3 // 4])
        weather.advance(0.05 * stride_s)
    shoe = (np.abs(seen[0] - np.asarray(NOTHING)) > 40).any(axis=2)
    assert 0.1 < shoe.mean() < 0.9
    assert all(share_that_changed(seen[0], later) < 0.03 for later in seen[1:])


@pytest.mark.render
def test_a_shadow_by_the_sun_fades_with_it_and_the_one_below_the_feet_stays(
    studio: Studio,
) -> None:
    weather = studio.begin()
    ground = Mesh()
    ground.add([[(-5, -5, -0.03), (5, -5, -0.03), (5, 5, -0.03), (-5, 5, -0.03)]])
    floor = ground.nodes("ground", "layered")
    dress(floor, "layered")
    floor.reparentTo(studio.root)
    mesh = Mesh()
    figures.cast_shadow(mesh, 0.0, 0.0, (0.0, 0.0, 0.0))
    node = mesh.nodes("shadow", "shade", moving=True)
    dress(node, "shade")
    node.reparentTo(studio.root)

    def share(hour: Hour) -> float:
        weather.turn(hour)
        node.show()
        with_it = studio.look((0.5, 0.5, 3.0), 0, -90)
        node.hide()
        without = studio.look((0.5, 0.5, 3.0), 0, -90)
        return float((with_it < 0.93 * without).all(axis=2).mean())

    noon, night = share(Hour()), share(Hour(daylight=0.0))
    assert noon > 1.8 * night > 0.0
