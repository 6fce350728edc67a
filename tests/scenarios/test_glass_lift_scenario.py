"""The glass lift: it carries whoever rides, stands where the floor says, opens only at rest."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import pytest

from scenarios.api import Context
from scenarios.builtin.heights_lift.ride import BASE_Z, STOREY_M, TOP
from scenarios.builtin.heights_lift.scenario import GlassLift
from vr_runtime.engine.engine import Engine
from vr_runtime.engine.ports import DT
from vr_runtime.loader import Places, discover
from vr_runtime.stage.models.lift import facade, gondola
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.vehicle import STAYS_M, Carriage
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Act, View

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
        return (self.lift._ride.lift.at[2] - BASE_Z) / STOREY_M

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
    first = running.lift._ride.cabin
    running.to_level(4)
    running.pass_time(4.0)
    assert running.floor == pytest.approx(5.0)
    assert not first.visible and running.stage.inner.standing.rides(running.lift._ride.lift)
    assert running.stage.inner.standing.drawn(1.0).at[2] == pytest.approx(
        running.lift._ride.lift.at[2]
    )


def test_a_ride_goes_as_many_floors_as_are_set_and_comes_back() -> None:
    running = Running(5)
    seen = running.play("goes_up")
    floor, floors = running.values["storey"], running.values["floors"]
    assert max(at for at, _opened in seen) == pytest.approx(floor + floors, abs=0.01)
    steps = [STOREY_M * abs(b - a) for (a, _), (b, _) in pairwise(seen)]
    assert max(steps) <= running.values["speed"] * DT + 1e-6


def limits(running: Running) -> list[object]:
    return [n.what for n in running.stage.news() if n.kind == "comfort_limited"]


@pytest.mark.parametrize(("level", "floor"), [(7, 20.0), (7, 5.0), (2, 6.0), (10, 45.0)])
def test_a_floor_that_is_chosen_alone_is_ridden_to_in_the_same_lift(
    level: int, floor: float
) -> None:
    running = Running(level)
    lift, places = running.lift._ride.lift, []
    running.values["storey"] = floor
    for _tick in range(round(40.0 / DT)):
        running.pass_time(DT)
        places.append(running.floor)
        assert running.lift._ride.lift is lift, "nobody is put into another one"
        if lift.speed > 0.0:
            assert running.lift._opened == 0.0, "its doors are shut"
    steps = [STOREY_M * abs(b - a) for a, b in pairwise(places)]
    assert 0.5 * running.values["speed"] * DT < max(steps) <= running.values["speed"] * DT + 1e-6
    assert places[-1] == pytest.approx(floor) and not lift.moving
    assert running.lift._opened == running.values["doors"], "and open again where they stand open"
    assert limits(running) == []


def test_a_floor_that_would_take_long_to_ride_to_is_not_waited_for() -> None:
    running = Running(7)
    lift = running.lift._ride.lift
    running.values["storey"] = 1.0
    running.pass_time(3.0)
    assert running.floor == 1.0 and running.lift._ride.lift is not lift


def test_a_level_that_is_lowered_on_the_way_up_is_there_at_once() -> None:
    running = Running(7)
    things = len(running.stage.inner.placed)
    running.values["storey"] = 20.0
    running.pass_time(7.0)
    assert running.lift._ride.lift.speed > 1.0
    running.to_level(3)
    running.pass_time(2.0)
    lift = running.lift._ride.lift
    assert running.floor == 3.0 and running.stage.inner.standing.rides(lift)
    assert not running.stage.inner.standing.waiting
    assert len(running.stage.inner.placed) == things and limits(running) == []
    running.pass_time(10.0)
    assert running.floor == 3.0 and not lift.moving


@pytest.mark.parametrize("name", ["goes_up", "sinks"])
def test_a_ride_that_an_event_leads_gives_way_to_a_floor_that_is_set(name: str) -> None:
    running = Running(7)
    steps = GlassLift.events()[name].start(running.lift)
    next(steps)
    with pytest.raises(StopIteration):
        for tick in range(round(20.0 / DT)):
            if tick == 120:
                running.to_level(4)
            running.pass_time(DT)
            steps.send(DT)
    assert tick <= 125
    running.pass_time(4.0)
    assert running.floor == 5.0


def test_the_task_to_ride_is_done_when_the_lift_stands_again() -> None:
    running = Running(5)
    steps = GlassLift.tasks()["ride"].start(running.lift)
    next(steps)
    highest = 0.0
    with pytest.raises(StopIteration):
        for _tick in range(round(60.0 / DT)):
            running.pass_time(DT)
            highest = max(highest, running.floor)
            steps.send(DT)
    assert highest == pytest.approx(running.values["storey"] + running.values["floors"])
    assert running.floor == pytest.approx(running.values["storey"])


class Led:
    """A session that a therapist leads, seen by the patient, at level 2."""

    def __init__(self) -> None:
        self.stage = NullStage(shipped())
        self.engine = Engine(self.stage, discover(places=Places()).get)
        self.act(acts.OpenSession(session="s1", scenario=MANIFEST.id, seed=3, ceiling=10))
        self.act(acts.Loaded(sha256="0" * 64))

    def act(self, act: Act) -> None:
        assert self.engine.apply(act, "t") is None
        self.stage.inner.standing.seen = self.engine.view is View.SCENE

    def begin(self, level: int = 2) -> None:
        self.act(acts.ArmTrial(level=level))
        self.act(acts.BeginTrial(level=level))
        self.pass_time(20.0 + 6.0 * level)

    def pass_time(self, seconds: float) -> None:
        for _tick in range(round(seconds / DT)):
            self.engine.tick()

    @property
    def cabin(self) -> Carriage:
        return next(v for v in self.stage.inner.vehicles if self.stage.inner.standing.rides(v))

    @property
    def floor(self) -> float:
        return (self.cabin.at[2] - BASE_Z) / STOREY_M


@pytest.mark.parametrize("leave", [acts.Stop(), acts.SafePlace(), acts.PatientLeft()])
def test_a_ride_to_a_chosen_floor_is_left_at_once_and_is_over(leave: Act) -> None:
    led = Led()
    for _trial in range(2):
        led.begin()
        assert led.floor == pytest.approx(2.0), "on its floor, also anew"
        led.act(acts.SetValue(name="storey", value=6.0))
        led.pass_time(6.0)
        assert led.cabin.travels
        led.act(leave)
        assert led.engine.view is not View.SCENE
        led.pass_time(1.0)
        assert led.engine.disabled is None and not any(v.moving for v in led.stage.inner.vehicles)


@pytest.mark.parametrize("floor", [6.0, 0.0])
def test_in_a_hold_the_lift_stays_where_it_is_and_goes_on_afterwards(floor: float) -> None:
    led = Led()
    led.begin()
    led.act(acts.SetValue(name="storey", value=floor))
    led.pass_time(5.0)
    assert led.cabin.travels
    at_hold = led.cabin.at[2]
    led.act(acts.Hold())
    led.pass_time(3.0)
    rests = led.cabin.at[2]
    assert abs(rests - at_hold) <= STAYS_M and led.cabin.speed == 0.0
    led.pass_time(15.0)
    assert led.cabin.at[2] == rests
    led.act(acts.Resume())
    led.pass_time(30.0)
    assert led.floor == pytest.approx(floor) and not led.cabin.moving


@pytest.mark.parametrize("passed_s", [3.0, 5.0, 9.0, 14.0])
def test_in_a_hold_the_fastest_ride_leaves_the_patient_where_the_hold_found_them(
    passed_s: float,
) -> None:
    led = Led()
    led.begin(10)
    led.act(acts.Trigger(name="goes_up"))
    led.pass_time(passed_s)
    found, highest = led.cabin.at[2], -math.inf
    led.act(acts.Hold())
    for _tick in range(60):
        led.pass_time(DT)
        highest = max(highest, led.cabin.at[2])
    rests = led.cabin.at[2]
    assert abs(rests - found) <= STAYS_M and led.cabin.speed == 0.0
    assert highest - found < 3.0, "it is put back before it has gone far"
    led.pass_time(20.0)
    assert led.cabin.at[2] == rests


def test_in_a_hold_a_lower_level_is_reached_all_the_same() -> None:
    led = Led()
    led.begin(10)
    led.act(acts.Trigger(name="goes_up"))
    led.pass_time(8.0)
    led.act(acts.Hold())
    led.pass_time(2.0)
    led.act(acts.Lower(level=4))
    storey = MANIFEST.value("storey")
    assert storey is not None
    led.pass_time(10.0)
    assert led.floor == pytest.approx(storey.by_level[4], abs=0.1)


def test_in_a_hold_a_lift_that_has_said_that_it_rises_waits_and_says_it_anew() -> None:
    led = Led()
    led.begin()
    led.act(acts.SetValue(name="storey", value=3.0))
    led.pass_time(1.0)
    led.act(acts.Hold())
    led.pass_time(10.0)
    assert led.floor == pytest.approx(2.0)
    led.engine.take_news()
    led.act(acts.Resume())
    led.pass_time(1.0)
    assert led.floor == pytest.approx(2.0)
    assert "vehicle_announced" in [news.what.kind for news in led.engine.take_news()]
    led.pass_time(15.0)
    assert led.floor == pytest.approx(3.0)


def test_doors_are_shut_while_it_travels_whatever_is_set() -> None:
    running = Running(10)
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
    assert highest < TOP == gondola.TOP_FLOOR <= facade.FLOORS - 2
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
    assert not running.lift._ride.lift.moving and running.shown("lift/atrium")
