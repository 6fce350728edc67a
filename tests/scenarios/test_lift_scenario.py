"""The closed lift: doors do as the values say, whoever is in it is let out, all is put back."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from scenarios.api import Context
from scenarios.builtin.enclosed_lift.scenario import Lift
from scenarios.builtin.enclosed_lift.sizes import DOORS_M, SIZES
from scenarios.builtin.enclosed_lift.trip import FLOORS, RIDING, STALLED
from vr_runtime.engine.ports import DT
from vr_runtime.stage.models.lift import plan
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

MANIFEST = Lift.manifest()


class Running:
    """The lift on a stage without pictures, at one level."""

    def __init__(self, level: int) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.lift = Lift(Context(self.stage.world, Random(4), self.values))
        with self.stage.owner("scene"):
            self.lift.build()
        self.pass_time(DT)

    def pass_time(self, seconds: float) -> None:
        for _tick in range(round(seconds / DT)):
            self.lift.update(DT)
            self.stage.tick(DT)

    def passes(self, seconds: float) -> list[tuple[float, float, int]]:
        """Doors, floor and state, tick by tick."""
        seen = []
        for _tick in range(round(seconds / DT)):
            self.pass_time(DT)
            seen.append((self.doors, self.lift._trip.floor, self.lift._trip.state))
        return seen

    @property
    def cabins(self):
        made = {f"model {size[0]}" for size in SIZES}
        return [p for p in self.stage.inner.placed if p.made_of in made and p.visible]

    @property
    def doors(self) -> float:
        return self.cabins[0].values["doors"]


@pytest.mark.parametrize("level", range(11))
def test_each_level_has_one_lift_of_the_size_it_says(level: int) -> None:
    running = Running(level)
    (cabin,) = running.cabins
    assert cabin.made_of == f"model {SIZES[int(running.values['cabin'])][0]}"


def test_the_scenario_knows_the_cabins_as_they_are_built() -> None:
    built = (plan.BED, plan.BROAD, plan.OFFICE, plan.HOUSE, plan.NARROW, plan.TINY)
    assert [(c.wide, c.deep) for c in built] == [size[1:3] for size in SIZES]
    assert [c.door for c in built] == list(DOORS_M)


@pytest.mark.parametrize("level", range(4))
def test_doors_stay_open_where_no_time_is_set(level: int) -> None:
    assert all(doors == 1.0 for doors, *_ in Running(level).passes(30.0))


@pytest.mark.parametrize("level", [4, 5, 7])
def test_a_lift_goes_as_many_floors_as_are_set_and_opens(level: int) -> None:
    running = Running(level)
    seen = running.passes(90.0)
    floors = [floor for doors, floor, _state in seen if doors == 1.0]
    assert running.values["floors"] in floors
    assert all(doors == 0.0 for doors, _floor, state in seen if state in (RIDING, STALLED))
    assert max(floors) <= FLOORS
    stood = DT * sum(state == STALLED for *_rest, state in seen[: round(60.0 / DT)])
    assert stood == pytest.approx(running.values["stall"], abs=0.2)


def test_whoever_is_stuck_is_let_out_once_the_therapist_eases() -> None:
    running = Running(10)
    running.pass_time(60.0)
    assert running.lift._trip.state in (RIDING, STALLED)
    running.values.update(shut=0.0, stall=0.0, floors=0.0)
    assert any(doors == 1.0 for doors, *_ in running.passes(10.0))


def test_doors_that_open_badly_open_in_the_end() -> None:
    running = Running(5)
    running.pass_time(8.0)
    with running.stage.owner("sticks"):
        steps = Lift.events()["sticks"].start(running.lift)
        next(steps)
        seen = []
        for _tick in range(round(40.0 / DT)):
            running.pass_time(DT)
            seen.append(running.doors)
            try:
                steps.send(DT)
            except StopIteration:
                break
    assert 0.0 in seen and 0.05 < max(seen[: seen.index(0.0) + 100]) <= 1.0
    assert any(doors == 1.0 for doors, *_ in running.passes(4.0))


def test_a_lift_that_is_called_comes_behind_shut_doors_and_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    running = Running(1)
    looked: list[str] = []
    monkeypatch.setattr(Lift, "looks_at", lambda _lift, name: looked.append(name) or True)
    seen = []
    with running.stage.owner("press_call"):
        steps = Lift.tasks()["press_call"].start(running.lift)
        next(steps)
        for _tick in range(round(40.0 / DT)):
            running.pass_time(DT)
            seen.append((running.doors, running.cabins[0].values["call"]))
            try:
                steps.send(DT)
            except StopIteration:
                break
    assert set(looked) == {"call"}
    lit = [doors for doors, call in seen if call == 1.0]
    assert lit and set(lit) == {0.0}, "the ring is lit while the lift is awaited"
    running.pass_time(1.0)
    assert (running.doors, running.cabins[0].values["call"]) == (1.0, 0.0)


def test_a_task_taken_back_leaves_no_lift_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    running = Running(0)
    monkeypatch.setattr(Lift, "looks_at", lambda _lift, _name: False)
    with running.stage.owner("press_call"):
        steps = Lift.tasks()["press_call"].start(running.lift)
        next(steps)
        for _tick in range(round(6.0 / DT)):
            running.pass_time(DT)
            steps.send(DT)
        assert running.doors == 0.0
        steps.close()
    assert running.passes(4.0)[-1][0] == 1.0


def test_a_slower_lift_takes_longer_for_the_same_floors() -> None:
    def rides(speed: float) -> float:
        running = Running(6)
        running.values.update(stall=0.0, speed=speed)
        arrived = running.values["floors"]
        floors = [floor for _doors, floor, _state in running.passes(60.0)]
        left = next(n for n, floor in enumerate(floors) if floor > 0.0)
        return DT * (floors.index(arrived) - left)

    assert rides(0.5) == pytest.approx(2.0 * rides(1.0), rel=0.02)


def test_leaving_in_the_middle_of_a_stall_puts_all_back() -> None:
    running = Running(7)
    with running.stage.owner("stops"):
        steps = Lift.events()["stops"].start(running.lift)
        next(steps)
        for _tick in range(300):
            running.pass_time(DT)
            steps.send(DT)
        steps.close()
    running.values.update({v.name: v.by_level[0] for v in MANIFEST.graded})
    running.lift.safe()
    running.lift.update(0.0)
    assert (running.doors, running.lift._trip.floor) == (1.0, 0.0)


@pytest.mark.parametrize("level", [3, 8, 10])
def test_a_light_that_fails_sinks_to_the_emergency_lamp_and_comes_back(level: int) -> None:
    running = Running(level)
    before = running.cabins[0].values["light"]
    with running.stage.owner("light_fails"):
        steps = Lift.events()["light_fails"].start(running.lift)
        next(steps)
        seen = []
        for _tick in range(round(20.0 / DT)):
            running.pass_time(DT)
            seen.append(running.cabins[0].values["light"])
            try:
                steps.send(DT)
            except StopIteration:
                break
    running.pass_time(2.0)
    assert min(seen) < 0.05 < before
    assert running.cabins[0].values["light"] == pytest.approx(before)
    steepest = max(abs(b - a) for a, b in pairwise(seen))
    assert steepest <= 1.2 * DT, "whatever fails, no lamp of a cabin goes out at once"
