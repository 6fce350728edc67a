"""The shipped city as the patient sees it: nothing is missing, and sun and shade are told apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from places_studio import NOTHING, Picture, PlacesStudio

from scenarios.builtin.heights_balcony.scenario import Balcony
from vr_runtime.display.eyes import EYE_M

pytestmark = pytest.mark.render

WIDTH, HEIGHT = 192, 108


class City(PlacesStudio):
    """District and tower, looked at from the balcony's edge."""

    def __init__(self) -> None:
        super().__init__((WIDTH, HEIGHT))
        self.district = self.add("city/district")
        self.add("city/tower")

    def at(self, level: int, heading: float, pitch: float) -> Picture:
        """What a patient at that level sees there, without the balcony."""
        height = {value.name: value.by_level[level] for value in Balcony.manifest().graded}
        return self.look((0.0, 0.4, height["height"] + EYE_M), heading, pitch)


@pytest.fixture(scope="module")
def town() -> Iterator[City]:
    opened = City()
    yield opened
    opened.close()


@pytest.mark.parametrize("level", [0, 4, 10])
@pytest.mark.parametrize(("heading", "pitch"), [(0, 0), (70, -10), (-70, -10), (0, -50)])
def test_no_direction_shows_a_hole_or_a_missing_picture(
    town: City, level: int, heading: float, pitch: float
) -> None:
    shown = town.at(level, heading, pitch)
    assert not (np.abs(shown - np.asarray(NOTHING)) < 40).all(axis=2).any()
    assert shown.std() > 18, "there is something to see"
    assert (shown.min(axis=2) > 250).mean() < 0.02, "nothing is burnt out"


@pytest.mark.parametrize("level", [4, 10])
def test_the_sky_stays_blue_down_to_the_horizon(town: City, level: int) -> None:
    town.district.hide()
    open_sky = town.at(level, 0, 0)[: HEIGHT // 2]
    town.district.show()
    assert (open_sky[..., 2] >= open_sky[..., 0]).mean() > 0.98
    assert (open_sky[-4:].min(axis=2) < 235).mean() > 0.9


def test_the_street_lies_partly_in_the_sun_and_partly_in_the_tower_s_shadow(town: City) -> None:
    shown = town.at(7, 0, -50).mean(axis=2)
    ground = shown[HEIGHT // 3 :]
    assert np.percentile(ground, 90) > 1.8 * np.percentile(ground, 10)


def test_each_level_shows_more_of_the_ground_far_off(town: City) -> None:
    before = town.at(0, 0, -10)
    for level in (3, 6, 10):
        after = town.at(level, 0, -10)
        changed = (np.abs(after - before).max(axis=2) > 12).mean()
        assert changed > 0.25
        before = after
