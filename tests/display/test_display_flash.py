"""No shipped scenario flashes at a head held still: measured in the pictures, level by level."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from drawing import load
from lot import by_lot
from numpy.typing import NDArray

from vr_runtime.display.panda import PandaDisplay
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.ports import DT
from vr_runtime.flash.measure import Measurer, Report
from vr_runtime.loader import Library, Places, discover
from vr_runtime.wire import acts

pytestmark = [pytest.mark.render, pytest.mark.timeout(900)]

LIBRARY: Library = discover(places=Places())
IDS = [manifest.id for manifest in LIBRARY.manifests()]
LEVEL_S = 2.5
LONGEST_EVENT_S = 20.0


class Showing:
    """A scenario in lock-step: a picture for each tick, and the verdict on all of them."""

    def __init__(self, display: PandaDisplay, name: str, patch: pytest.MonkeyPatch) -> None:
        self.display, self.now = display, 1e6
        patch.setattr(display, "_clock", lambda: self.now)
        self.engine = Engine(display.stage, LIBRARY.get)
        opening = acts.OpenSession(session="s1", scenario=name, seed=2, ceiling=10)
        assert self.engine.apply(opening, "t") is None
        load(display, seconds=170.0)
        self.engine.apply(acts.Loaded(sha256="0" * 64), "runtime")
        self._measurer = Measurer()

    def begin(self, level: int, *, drawn: bool) -> None:
        """A trial up to its level, its ramp drawn or not."""
        engine = self.engine
        engine.apply(acts.SafePlace(), "t")
        assert engine.apply(acts.ArmTrial(level=level), "t") is None
        assert engine.apply(acts.BeginTrial(level=level), "t") is None
        self.display.show(engine.view)
        self._measurer = Measurer()
        while engine.raise_in_s > 0.0:
            if drawn:
                self.tick()
            else:
                engine.tick()
        if not drawn:
            # the sky's clouds, which only seen ticks of the stage bring, stand as the level has it
            self.display._ease.advance(1.0)
            self.now += DT
            self.display.draw(1.0)
            self._measurer = Measurer()

    def tick(self) -> None:
        self.engine.tick()
        self.now += DT
        self.display.draw(1.0)
        self._measurer.take(self.now, seen(self.display))

    def go(self, seconds: float) -> Report:
        for _ in range(round(seconds / DT)):
            self.tick()
        return self._measurer.report

    def fire(self, name: str) -> Report:
        assert self.engine.apply(acts.Trigger(name=name), "t") is None
        passed = 0.0
        assert self.engine.host is not None
        while self.engine.host.running(name) and passed < LONGEST_EVENT_S:
            self.tick()
            passed += DT
        return self._measurer.report


def seen(display: PandaDisplay) -> NDArray[np.uint8]:
    """The picture before the last, as it was sampled from the patient's output."""
    points = display._sampler._points
    shape = (points.getYSize(), points.getXSize(), 3)
    return np.frombuffer(points.getRamImageAs("RGB"), dtype=np.uint8).reshape(shape)


@pytest.fixture
def showing(drawn: PandaDisplay, request: pytest.FixtureRequest) -> Iterator[Showing]:
    with pytest.MonkeyPatch.context() as patch:
        yield Showing(drawn, request.param, patch)


def in_order(report: Report, what: str) -> None:
    lit = report.frames[-1].luminance
    assert lit > 0.0005, f"{what}: nothing was drawn: {lit}"  # a room at night
    assert report.passes, (
        f"{what}: after {report.own_s} most {report.most} stripes {report.stripes_s}"
    )


@pytest.mark.parametrize("showing", by_lot(IDS), indirect=True)
def test_the_lowest_and_the_highest_level_do_not_flash(showing: Showing) -> None:
    for level in (0, 10):
        showing.begin(level, drawn=False)
        in_order(showing.go(LEVEL_S), f"level {level}")
    assert showing.display._flashes.part == 1.0, "nothing had to be dimmed"


@pytest.mark.long
@pytest.mark.parametrize("showing", IDS, indirect=True)
def test_no_level_no_ramp_and_no_event_flashes(showing: Showing) -> None:
    for level in range(11):
        showing.begin(level, drawn=False)
        in_order(showing.go(LEVEL_S), f"level {level}")
    showing.begin(10, drawn=True)
    in_order(showing.go(DT), "the ramp from 0 to 10")
    manifest = showing.engine.manifest
    assert manifest is not None
    for event in manifest.events:
        # at the highest level at which nothing bars it
        highest = max(level for level in range(11) if manifest.allowed_at(event.name, level))
        showing.begin(highest, drawn=False)
        in_order(showing.fire(event.name), f"event {event.name}")
    assert showing.display._flashes.part == 1.0, "nothing had to be dimmed"
