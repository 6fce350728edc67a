"""What falls: it comes down, begins again above, and what runs down a pane never runs up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from studio import NOTHING, Picture, Studio

from vr_runtime.stage.look.lighting import Lighting, Weather
from vr_runtime.stage.models.bedroom.rain import FALLS_M_S, HIGH_M
from vr_runtime.stage.models.driven import drive

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    opened = Studio()
    yield opened
    opened.engine.removeAllWindows()


def _shown(picture: Picture) -> np.ndarray:
    shown: np.ndarray = (np.abs(picture - np.asarray(NOTHING)) >= 3).any(axis=2)
    return shown


def _at(studio: Studio, lighting: Lighting, dt: float) -> Picture:
    lighting.advance(dt)
    return studio.look((0.0, -1.0, 5.0), 0, 0)


def test_rain_falls_and_after_its_whole_way_it_is_as_before(studio: Studio) -> None:
    lighting = studio.begin(Weather(sky=False))
    drive(studio.add("bedroom/rain"), "amount", 1.0)
    first = _at(studio, lighting, 0.0)
    later = _at(studio, lighting, 0.2)
    again = _at(studio, lighting, HIGH_M / FALLS_M_S - 0.2)
    assert 0.001 < float(_shown(first).mean()) < 0.2
    assert float((_shown(first) & _shown(later)).mean()) < 0.5 * float(_shown(first).mean())
    assert float((_shown(first) ^ _shown(again)).mean()) < 0.1 * float(_shown(first).mean())


def test_more_rain_shows_more_streaks_and_none_when_it_is_dry(studio: Studio) -> None:
    lighting = studio.begin(Weather(sky=False))
    rain = studio.add("bedroom/rain")
    shares = []
    for amount in (0.0, 0.2, 0.5, 1.0):
        drive(rain, "amount", amount)
        shares.append(float(_shown(_at(studio, lighting, 0.0)).mean()))
    assert shares[0] == 0.0
    assert shares == sorted(set(shares))


def test_what_runs_down_the_pane_never_runs_up(studio: Studio) -> None:
    lighting = studio.begin(Weather(sky=False))
    drive(studio.add("bedroom/runnels"), "amount", 0.2)
    feet: list[float] = []
    for _step in range(40):
        lighting.advance(0.1)
        lowest = np.flatnonzero(_shown(studio.look((0.0, -4.0, 0.3), 0, 0)).any(axis=1))
        feet.append(float(lowest[-1]) if len(lowest) else -1.0)
    ways = np.diff(feet)
    # down is a larger row; up is only the leap from below to above, far out of the pane
    assert (ways > 0).sum() > 10
    assert not ((ways < 0) & (ways > -20)).any()
