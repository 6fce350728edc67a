"""The glass lift: it carries whoever rides, stands where the floor says, opens only at rest."""

from __future__ import annotations

from itertools import pairwise
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

    def play(self, name: str) -> list[tuple[float, float]]:
        """Floor and doors, tick by tick, while an event goes on."""
        seen: list[tuple[float, float]] = []
        with self.stage.owner(name):
            steps = GlassLift.events()[name].start(self.lift)
            next(steps)
        for _tick in range(round(90.0 / DT)):
            self.pass_time(DT)
            seen.append((self.floor, self.lift._opened))
            try:
                with self.stage.owner(name):
                    steps.send(DT)
            except StopIteration:
                break
        else:
            raise AssertionError(f"{name} never ends")
        self.stage.clear(name)
        return seen

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


def test_another_floor_is_another_lift_into_which_the_patient_is_put() -> None:
    running = Running(3)
    first = running.lift._cabin
    running.to_level(4)
    running.pass_time(4.0)
    assert running.floor == pytest.approx(5.0)
    assert not first.visible and running.stage.inner.standing.rides(running.lift._lift)
    assert running.stage.inner.standing.drawn(1.0).at[2] == pytest.approx(running.lift._lift.at[2])


def test_a_ride_goes_as_many_floors_as_are_set_and_comes_back() -> None:
    running = Running(5)
    seen = running.play("goes_up")
    floor, floors = running.values["storey"], running.values["floors"]
    assert max(at for at, _opened in seen) == pytest.approx(floor + floors, abs=0.01)
    steps = [STOREY_M * abs(b - a) for (a, _), (b, _) in pairwise(seen)]
    assert max(steps) <= running.values["speed"] * DT + 1e-6


def test_doors_are_shut_while_it_travels_whatever_is_set() -> None:
    running = Running(10)
    running.values["storey"] = 30.0
    running.pass_time(6.0)
    assert running.lift._opened == 1.0
    seen = running.play("goes_up")
    going = [opened for (a, _), (b, opened) in pairwise(seen) if abs(b - a) > 0.005]
    assert going and not any(going)


@pytest.mark.parametrize("name", [e.name for e in MANIFEST.events])
def test_an_event_ends_with_all_as_it_was(name: str) -> None:
    running = Running(7)
    things = len(running.stage.inner.placed)
    running.play(name)
    running.pass_time(12.0)
    assert len(running.stage.inner.placed) == things
    assert running.floor == pytest.approx(running.values["storey"])
    assert running.lift._opened == 0.0


def test_the_tower_is_as_high_as_the_highest_floor() -> None:
    highest = max(max(v.by_level) for v in MANIFEST.graded if v.name == "storey")
    assert facade.FLOORS >= highest + 2
    assert facade.STOREY_M == STOREY_M


def test_who_comes_back_stands_at_the_first_level_at_once() -> None:
    running = Running(10)
    running.stage.inner.standing.seen = False
    running.to_level(0)
    running.lift.safe()
    running.lift.update(0.0)
    running.stage.inner.standing.seen = True
    running.pass_time(2 * DT)
    assert running.floor == 0.0
    assert not running.lift._lift.moving and running.shown("lift/atrium")
