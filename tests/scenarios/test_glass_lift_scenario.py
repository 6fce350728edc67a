"""The glass lift: it carries whoever rides, stands where the floor says, opens only at rest."""

from __future__ import annotations

from random import Random

import pytest

from scenarios.api import Context
from scenarios.builtin.heights_lift import BASE_Z, STOREY_M, GlassLift
from vr_runtime.engine.ports import DT
from vr_runtime.stage.models.lift import facade
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

MANIFEST = GlassLift.manifest()


class Running:
    """The lift on a stage without pictures, seen by a patient, at one level."""

    def __init__(self, level: int) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.lift = GlassLift(Context(self.stage.world, Random(4), self.values))
        with self.stage.owner("scene"):
            self.lift.build()
        self.pass_time(2.0)
        self.stage.inner.standing.seen = True
        self.pass_time(2.0)

    def to_level(self, level: int) -> None:
        self.values.update({v.name: v.by_level[level] for v in MANIFEST.graded})

    def pass_time(self, seconds: float) -> None:
        for _tick in range(round(seconds / DT)):
            self.lift.update(DT)
            self.stage.tick(DT)

    @property
    def floor(self) -> float:
        return (self.lift._lift.at[2] - BASE_Z) / STOREY_M

    def shown(self, name: str) -> bool:
        return any(p.visible for p in self.stage.inner.placed if p.made_of == f"model {name}")


@pytest.mark.parametrize("level", range(11))
def test_each_level_stands_on_its_floor_in_its_place(level: int) -> None:
    running = Running(level)
    assert running.floor == pytest.approx(running.values["storey"])
    assert running.shown("lift/facade") is (running.values["place"] == 1)
    assert running.shown("lift/atrium") is (running.values["place"] == 0)


def test_a_raise_lets_the_lift_travel_in_sight_and_never_leap() -> None:
    running = Running(3)
    running.to_level(4)
    before, steps = running.floor, []
    for _tick in range(round(30.0 / DT)):
        running.pass_time(DT)
        steps.append((running.floor - before) * STOREY_M)
        before = running.floor
    assert running.floor == pytest.approx(5.0)
    assert max(steps) <= running.values["speed"] * DT + 1e-6


def test_doors_are_shut_while_it_travels_whatever_is_set() -> None:
    running = Running(10)
    running.pass_time(4.0)
    assert running.lift._opened == 1.0
    running.values["storey"] = 39.0
    seen = []
    for _tick in range(round(12.0 / DT)):
        running.pass_time(DT)
        seen.append((running.lift._lift.speed, running.lift._opened))
    assert any(speed > 0.3 for speed, _opened in seen)
    assert all(opened == 0.0 for speed, opened in seen if speed > 0.3)


@pytest.mark.parametrize("name", [e.name for e in MANIFEST.events])
def test_an_event_ends_with_all_as_it_was(name: str) -> None:
    running = Running(7)
    things = len(running.stage.inner.placed)
    with running.stage.owner(name):
        steps = GlassLift.events()[name].start(running.lift)
        next(steps)
        for _tick in range(round(60.0 / DT)):
            running.pass_time(DT)
            try:
                steps.send(DT)
            except StopIteration:
                break
        else:
            raise AssertionError(f"{name} never ends")
    running.stage.clear(name)
    running.pass_time(12.0)
    assert len(running.stage.inner.placed) == things
    assert running.floor == pytest.approx(running.values["storey"])
    assert running.lift._opened == 0.0


def test_the_tower_is_as_high_as_the_highest_floor() -> None:
    highest = max(max(v.by_level) for v in MANIFEST.graded if v.name == "storey")
    assert facade.FLOORS >= highest + 2
    assert facade.STOREY_M == STOREY_M
