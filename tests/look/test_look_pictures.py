"""What is drawn: every material takes light, glass shows what lies below, wind moves the flag."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from studio import (
    HEIGHT,
    NOTHING,
    WIDTH,
    Picture,
    Studio,
    box,
    number_parts,
    share_that_changed,
)

from scenarios.builtin.heights_balcony.roof import BALCONY
from scenarios.builtin.heights_balcony.scenario import (
    HIGHEST_RAIL_M,
    Balcony,
    _clouds,
    _looking_down,
)
from vr_runtime.display.eyes import EYE_M, FIELD
from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import Weather
from vr_runtime.stage.look.materials import MATERIALS, material
from vr_runtime.stage.models.driven import drive
from vr_runtime.stage.models.mesh import Mesh

pytestmark = pytest.mark.render
NEED_MORE = (
    "foliage",
    "driving",
    "falling",
    "walker",
    "limbed",
    "shade",
    "limbed_shade",
    "boned_shade",
    "glow",
    "baked",
)
"""Kinds of material that want more of a model than a box has."""

_PLACES = next(value for value in Balcony.manifest().graded if value.name == "place").by_level
ON_THE_BALCONY = [level for level in range(11) if _PLACES[level] == BALCONY]
"""The others are on a roof."""


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    opened = Studio()
    yield opened
    opened.engine.removeAllWindows()


@pytest.mark.parametrize(
    "name",
    [m for m in MATERIALS if material(m).kind not in NEED_MORE],
)
def test_a_box_of_each_material_is_seen_and_lit(studio: Studio, name: str) -> None:
    studio.begin(Weather(sky=False))
    node = box()
    node.clearTag("material")
    dress(node, name)
    node.reparentTo(studio.root)
    shown = studio.look((-2.2, -0.5, 1.6), -32, -25)
    nothing = (np.abs(shown - np.asarray(NOTHING)) < 3).all(axis=2)
    assert 0.08 < float((~nothing).mean()) < 0.9
    if material(name).kind == "surface" and name != "black":
        body = shown[~nothing].mean(axis=1)
        assert np.percentile(body, 95) > np.percentile(body, 5) + 8, "sun and shade differ"


def test_the_sky_fills_what_nothing_covers_and_is_blue_above(studio: Studio) -> None:
    studio.begin()
    shown = studio.look((0, 0, 1.6), 0, 35)
    assert not (np.abs(shown - np.asarray(NOTHING)) < 3).all(axis=2).any()
    above = shown[:20].mean(axis=(0, 1))
    assert above[2] > above[0] + 25
    horizon = studio.look((0, 0, 1.6), 0, 0)[44].mean()
    assert horizon > above.mean()


def test_clear_glass_shows_what_lies_below(studio: Studio) -> None:
    studio.begin()
    terrace = studio.add("balcony/terrace")
    below = box()
    below.setTag("material", "plain")
    dress(below, "white_paint")
    below.setPos(0, -4, -6)
    below.reparentTo(studio.root)
    covered = studio.look((0, -2.1, 1.65), 0, -85)
    drive(terrace, "glass", 1.0)
    clear = studio.look((0, -2.1, 1.65), 0, -85)
    assert share_that_changed(covered, clear) > 0.5
    drive(terrace, "glass", 0.5)
    half = studio.look((0, -2.1, 1.65), 0, -85)
    assert 0.05 < share_that_changed(covered, half) < share_that_changed(covered, clear)


@pytest.mark.parametrize("pitch", [-10.0, -40.0])
def test_a_pane_lays_no_pattern_over_what_lies_behind(studio: Studio, pitch: float) -> None:
    studio.begin(Weather(sky=False))
    pane = Mesh()
    pane.add([[(-9, 1, -30), (9, 1, -30), (9, 1, 60), (-9, 1, 60)]])
    node = pane.nodes("pane", "plain", moving=True)
    node.clearTag("material")
    dress(node, "glass")
    node.reparentTo(studio.root)
    for height in (4.0, 12.0, 30.0):
        shown = studio.look((0, 0, height), 0, pitch).mean(axis=2)
        assert (shown < np.mean(NOTHING) - 2).mean() > 0.95, "it is seen"
        for axis in (0, 1):
            before, here, after = (np.roll(shown, 4 * step, axis) for step in (-1, 0, 1))
            inside = (before - 2.0 * here + after)[4:-4, 4:-4]
            assert np.abs(inside).max() < 3.0, "nothing in it begins or ends"


def test_a_lower_rail_is_seen_lower(studio: Studio) -> None:
    studio.begin()
    terrace = studio.add("balcony/terrace")
    drive(terrace, "rail", 1.0)
    high = studio.look((0, -1.2, 1.65), 0, -20)
    drive(terrace, "rail", 0.6)
    low = studio.look((0, -1.2, 1.65), 0, -20)
    assert share_that_changed(high, low) > 0.03


@pytest.mark.parametrize("level", ON_THE_BALCONY)
@pytest.mark.parametrize("pitch", [0.0, -20.0])
def test_boards_and_rail_are_in_the_picture_at_every_level(
    studio: Studio, level: int, pitch: float
) -> None:
    at = {value.name: value.by_level[level] for value in Balcony.manifest().graded}
    studio.begin(Weather(sky=False))
    terrace = studio.add("balcony/terrace")
    drive(terrace, "rail", at["rail"] / HIGHEST_RAIL_M)
    drive(terrace, "glass", at["glass"] / 100.0)

    def seen() -> Picture:
        return studio.look((0, -at["distance"], EYE_M), 0, pitch)

    whole = seen()
    for part in ("handrail", "fixed"):
        terrace.find(part).hide()
        assert share_that_changed(whole, seen()) > 0.004, part
        terrace.find(part).show()


@pytest.mark.parametrize("level", ON_THE_BALCONY)
def test_the_rail_is_drawn_where_height_and_distance_put_it(studio: Studio, level: int) -> None:
    at = {value.name: value.by_level[level] for value in Balcony.manifest().graded}
    studio.begin(Weather(sky=False))
    terrace = studio.add("balcony/terrace")
    drive(terrace, "rail", at["rail"] / HIGHEST_RAIL_M)
    number_parts(studio.root, ("handrail",))
    for glass in terrace.findAllMatches("**/=material=glass"):
        glass.hide()
    lowered = _looking_down(at["distance"])
    drawn = studio.look((0, -at["distance"], EYE_M), 0, -lowered)[..., 0]
    rows = np.flatnonzero((drawn[:, WIDTH // 2 - 2 : WIDTH // 2 + 2] == 1).any(axis=1))
    below = math.degrees(math.atan2(EYE_M - at["rail"], at["distance"])) - lowered
    part = math.tan(math.radians(below)) / math.tan(math.radians(FIELD / 2))
    assert rows.mean() == pytest.approx(HEIGHT / 2 * (1 + part), abs=2.5)
    assert len(rows) == rows[-1] - rows[0] + 1 <= 9, "one bar, nothing of it elsewhere"


@pytest.mark.parametrize("level", [0, 4, 6])
def test_the_horizon_stands_where_the_gaze_leaves_it(studio: Studio, level: int) -> None:
    """What is infinitely far is level with the eyes at any height."""
    at = {value.name: value.by_level[level] for value in Balcony.manifest().graded}
    studio.begin()
    studio.add("city/district")
    lowered = _looking_down(at["distance"])
    studio.root.find("sky").hide()
    down = math.radians(lowered)
    row = HEIGHT / 2 * (1 - math.tan(down) / math.tan(math.radians(FIELD / 2)))
    shown = studio.look((0, -at["distance"], at["height"] + EYE_M), 0, -lowered)
    nothing = (np.abs(shown - np.asarray(NOTHING)) < 3).all(axis=2)
    assert not nothing[math.ceil(row) + 1 :].any(), "the ground reaches up to it"
    assert nothing[: math.floor(row) - 1].any(), "and ends there"


def test_the_wind_moves_the_flag_and_a_calm_lets_it_hang(studio: Studio) -> None:
    weather = studio.begin()
    studio.add("city/flag")

    def after(strength: float) -> Picture:
        weather.wind(strength)
        for _ in range(60):
            weather.advance(0.1)
        return studio.look((0.9, -4.0, 1.2), 0, 5)

    calm = after(0.0)
    assert weather.strength == pytest.approx(0.0, abs=0.01)
    blown = after(0.7)
    assert weather.strength == pytest.approx(0.7, abs=0.01)
    assert share_that_changed(calm, blown) > 0.02
    weather.advance(0.2)
    assert share_that_changed(blown, studio.look((0.9, -4.0, 1.2), 0, 5)) > 0.003


def test_nothing_moves_while_time_stands_still(studio: Studio) -> None:
    weather = studio.begin()
    studio.add("city/flag")
    weather.wind(1.0)
    weather.advance(3.0)
    first = studio.look((0.9, -4.0, 1.2), 0, 5)
    assert np.array_equal(first, studio.look((0.9, -4.0, 1.2), 0, 5))


def test_a_removed_light_takes_its_sky_along(studio: Studio) -> None:
    weather = studio.begin()
    assert not studio.root.find("sky").isEmpty()
    weather.remove()
    assert studio.root.find("sky").isEmpty()


def test_the_sky_of_each_level_of_the_balcony_differs_from_the_next(studio: Studio) -> None:
    wind = Balcony.manifest().value("wind")
    assert wind is not None
    weather = studio.begin()
    skies = []
    for level in range(11):
        weather.clouds(_clouds(wind.by_level[level]))
        weather.advance(0.0)
        skies.append(studio.look((0, 0, 2), 0, 20))
    for below, above in pairwise(skies):
        assert share_that_changed(below, above) > 0.02
