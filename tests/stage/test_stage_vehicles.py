"""Whoever rides is moved within the limits of comfort, whatever a script asks."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import ScenarioError
from scenarios.api.pose import EYES_M
from vr_runtime.engine.ports import DT
from vr_runtime.stage.heard import Wanted
from vr_runtime.stage.names import Names, shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.runs import largest_ramp, run
from vr_runtime.stage.vehicle import ANNOUNCED_S, PIVOT_M, Carriage, turned
from vr_runtime.stage.viewer import CLEAR_S, DARKEN_S, Footing
from vr_runtime.stage.world import CHIME
from vr_runtime.wire.happenings import ComfortLimited, VehicleAnnounced

NAMES: Names = shipped()


class Ride:
    """A seen stage with one vehicle in it, and all that was drawn at each tick."""

    def __init__(self, seat=(0.0, 0.0, 0.0)) -> None:
        self.stage = NullStage(NAMES)
        world = self.stage.inner
        self.cabin = world.box((2, 2, 0.1), material="steel")
        self.vehicle: Carriage = world.vehicle(self.cabin, fr="La cabine part", en="It moves")
        world.viewer.ride(self.vehicle, at=seat)
        self.viewer = world.standing
        self.viewer.settle()
        self.viewer.seen = True
        self.drawn: list[Footing] = []
        self.told: list[object] = []
        self.edges: list[float] = []

    def go(self, seconds: float) -> None:
        for _ in range(round(seconds / DT)):
            self.stage.tick(DT)
            self.drawn.append(self.viewer.drawn(1.0))
            self.edges.append(self.viewer.edge)
            self.told += self.stage.news()

    def limits(self) -> list[str]:
        return [w.what for w in self.told if isinstance(w, ComfortLimited)]


def slopes(values: list[float]) -> list[float]:
    return [(b - a) / DT for a, b in pairwise(values)]


def ways(values: list[float], least: float) -> list[int]:
    """At which ticks the values have turned back by `least` or more."""
    turns, best, way = [], values[0], 0
    for n, value in enumerate(values):
        if way == 0:
            if abs(value - best) >= least:
                way, best = (1 if value > best else -1), value
        elif (value - best) * way > 0:
            best = value
        elif (best - value) * way >= least:
            turns.append(n)
            way, best = -way, value
    return turns


def comfortable(ride: Ride) -> None:
    """The limits of comfort, by what was drawn alone."""
    for axis in range(3):
        speeds = slopes([f.at[axis] for f in ride.drawn])
        gains = slopes(speeds)
        assert max(map(abs, gains), default=0.0) <= 1.0 + 1e-3
        # An acceleration comes within some tenths of a second, never from one tick to the next.
        jerks = [b - a for a, b in pairwise(gains)]
        assert max(map(abs, jerks), default=0.0) <= 0.45
    turning = slopes([f.heading for f in ride.drawn])
    assert max(map(abs, turning), default=0.0) <= 15.0 + 1e-6
    assert max(map(abs, slopes(turning)), default=0.0) <= 46.0
    for tilt in ([f.pitch for f in ride.drawn], [f.roll for f in ride.drawn]):
        assert max(map(abs, tilt)) <= 6.0 + 1e-9
        turns = [n * DT for n in ways(tilt, 1.5)]
        assert all(c - a >= 1.5 for a, c in zip(turns, turns[2:], strict=False))


def ramps_are_short(speeds: list[float]) -> bool:
    """No change of speed lasts longer than half a second (and the tick in which it ends)."""
    lasting, longest = 0, 0
    for before, after in pairwise(speeds):
        lasting = lasting + 1 if abs(after - before) > 1e-9 else 0
        longest = max(longest, lasting)
    return longest * DT <= 0.5 + 1.5 * DT


def a_wish(chance: random.Random) -> tuple[object, ...]:
    """Anything a script may ask, most of it too much."""
    far = chance.choice((2.0, 30.0, 90.0))
    wide = [chance.uniform(-far, far) for _ in range(4)]
    match chance.choice(("go", "go", "go", "halt", "lean", "rock", "drag", "hide", "show")):
        case "go":
            strengths = (chance.uniform(0, 20), chance.uniform(0, 5), chance.uniform(0, 40))
            return ("go", (wide[0], wide[1], abs(wide[2])), 4 * wide[3], *strengths)
        case "lean":
            return ("lean", wide[0], wide[1])
        case "rock":
            return ("rock", wide[0], wide[1], wide[2] / 30, chance.choice((0.1, 0.5, 3.0)))
        case "drag":
            return ("drag", wide[0])
        case other:
            return (other,)


def ask(ride: Ride, wish) -> None:
    vehicle = ride.vehicle
    match wish:
        case ("go", place, heading, speed, acceleration, turning):
            vehicle.go_to(
                place, heading=heading, speed=speed, acceleration=acceleration, turning=turning
            )
        case ("halt",):
            vehicle.halt()
        case ("lean", pitch, roll):
            vehicle.lean(pitch=pitch, roll=roll)
        case ("rock", pitch, roll, sway, hertz):
            vehicle.rock(pitch=pitch, roll=roll, sway=sway, hertz=hertz)
        case ("drag", by):
            ride.cabin.at = (by, by, by)
            ride.cabin.heading, ride.cabin.pitch = by, by
        case ("hide",) | ("show",):
            ride.cabin.visible = wish[0] == "show"


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_script_moves_whoever_rides_within_the_limits_and_without_a_jerk(seed):
    chance = random.Random(seed)
    ride = Ride(seat=(0.5, -0.5, 0.2))
    speeds: list[float] = []
    for _ in range(chance.randint(1, 8)):
        ask(ride, a_wish(chance))
        for _ in range(round(chance.choice((0.03, 0.4, 2.5, 7.0)) / DT)):
            ride.go(DT)
            speeds.append(ride.vehicle.speed)
    comfortable(ride)
    assert ramps_are_short(speeds)


@settings(max_examples=100, deadline=None)
@given(far=st.floats(0.01, 400.0), speed=st.floats(0.05, 14.0), acceleration=st.floats(0.1, 1.0))
def test_a_way_ends_where_it_was_to_end_and_keeps_its_speed(far, speed, acceleration):
    way = run(far, speed, ramp=largest_ramp(acceleration))
    assert way.way(way.seconds + 1.0) == pytest.approx(far)
    assert max(way.speed(way.seconds * n / 50) for n in range(51)) <= speed + 1e-9
    for part in range(1, 20):
        braked = way.braked(way.seconds * part / 20)
        assert braked.length <= far + 1e-6 and abs(braked.speed(braked.seconds)) < 1e-9


def test_a_vehicle_arrives_exactly():
    ride = Ride()
    ride.vehicle.go_to((1.3, 3.7, 0.9), heading=-200)
    ride.go(20.0)
    assert ride.vehicle.at == (1.3, 3.7, 0.9) and not ride.vehicle.moving
    assert ride.vehicle.heading == pytest.approx(160)


def test_it_says_that_it_will_move_and_only_then_moves():
    ride = Ride()
    mark = next(s for s in ride.stage.inner.heard)
    ride.vehicle.go_to((0, 0, 3))
    ride.go(DT)
    assert [w for w in ride.told if isinstance(w, VehicleAnnounced)] == [
        VehicleAnnounced(fr="La cabine part", en="It moves")
    ]
    assert mark.wanted == [Wanted.PLAY]
    announced = ride.stage.inner.news.announced
    assert announced is not None and announced.words.fr == "La cabine part"
    ride.go(ANNOUNCED_S - 2 * DT)
    assert ride.viewer.drawn(1.0).at[2] == 0.0
    ride.go(10.0)
    assert ride.viewer.drawn(1.0).at[2] == 3.0
    assert ride.stage.inner.news.announced is None


def test_each_limit_is_told_once_until_the_scenario_is_loaded_again():
    ride = Ride()
    for _ in range(5):
        ride.vehicle.go_to((0, 9, 0), speed=99, acceleration=9, turning=99)
        ride.vehicle.rock(pitch=30, sway=1, hertz=9)
        ride.cabin.at = (5, 5, 5)
        ride.go(1.0)
    assert sorted(ride.limits()) == sorted(
        ["speed", "acceleration", "turning", "tilt", "sway", "rocking", "by_hand"]
    )


def test_a_vehicle_whose_cabin_is_hidden_comes_to_rest_and_says_so():
    ride = Ride()
    ride.vehicle.go_to((0, 60, 0), speed=2)
    ride.go(8.0)
    ride.cabin.visible = False
    ride.go(8.0)
    assert ride.vehicle.speed == 0.0 and ride.vehicle.at[1] < 60 and "hidden" in ride.limits()


@pytest.mark.parametrize("scale", [(1e-6, 1e-6, 1e-6), (0.2, 1.0, 1.0), (1.0, -0.1, 1.0)])
def test_a_cabin_that_is_made_too_small_to_be_seen_around_does_not_travel(scale):
    ride = Ride()
    ride.vehicle.go_to((0, 60, 0), speed=2)
    ride.go(8.0)
    ride.cabin.scale = scale
    ride.go(8.0)
    assert ride.vehicle.speed == 0.0 and ride.vehicle.at[1] < 60 and "hidden" in ride.limits()


def test_what_was_made_smaller_than_a_cabin_carries_nobody():
    ride = Ride()
    for cabin in (
        ride.stage.inner.box((0.01, 0.01, 0.01), material="steel"),
        ride.stage.inner.model("animals/pigeon"),
    ):
        cabin.scale = (0.4, 0.4, 0.4)
        small = ride.stage.inner.vehicle(cabin, fr="Il part", en="It leaves")
        ride.stage.inner.viewer.ride(small)
        ride.viewer.settle()
        small.go_to((0, 5, 0))
        ride.go(12.0)
        assert small.at == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("seat", [(1.6, 0, 0), (0, -1.6, 0), (0, 0, 16)])
def test_nobody_rides_beside_a_cabin(seat):
    ride = Ride(seat=(1.4, -1.4, 0.1))
    with pytest.raises(ScenarioError, match="lies beside it"):
        ride.stage.inner.viewer.ride(ride.vehicle, at=seat)


def test_the_patient_stays_where_they_are_in_the_cabin_between_ticks_too():
    ride = Ride(seat=(0.6, -0.4, 0.1))
    ride.vehicle.lean(pitch=5, roll=-4)
    ride.vehicle.rock(roll=2, sway=0.02, hertz=0.4)
    ride.vehicle.go_to((4, 9, 2), heading=80)
    for _ in range(300):
        ride.go(DT)
        for between in (0.0, 0.4, 1.0):
            cabin, feet = ride.cabin.drawn(between), ride.viewer.drawn(between)
            head = turned((0.6, -0.4, 0.1 + PIVOT_M), cabin.heading, cabin.pitch, cabin.roll)
            wanted = [c + h for c, h in zip(cabin.at, head, strict=True)]
            assert math.dist(wanted, (*feet.at[:2], feet.at[2] + PIVOT_M)) < 1e-9


def test_the_edge_of_the_view_darkens_softly_while_it_moves_and_clears_again():
    ride = Ride()
    ride.go(1.0)
    assert max(ride.edges) == 0.0
    ride.vehicle.go_to((0, 12, 0), speed=1)
    ride.go(9.0)
    assert max(ride.edges) == 1.0
    ride.go(12.0)
    assert ride.edges[-1] == 0.0
    steps = [b - a for a, b in pairwise(ride.edges)]
    assert max(steps) <= DT / DARKEN_S + 1e-9 and min(steps) >= -DT / CLEAR_S - 1e-9


def test_nobody_is_put_into_a_vehicle_that_moves():
    ride = Ride()
    other = ride.stage.inner.box((2, 2, 0.1), material="steel", at=(9, 0, 0))
    bus = ride.stage.inner.vehicle(other, fr="Le bus part", en="The bus leaves")
    bus.go_to((9, 20, 0), speed=1)
    ride.go(2.0)
    assert bus.travels, "without the patient in it, it goes without waiting"
    ride.stage.inner.viewer.ride(bus)
    while bus.travels:
        assert ride.viewer.footing.carriage is not bus
        ride.go(DT)
    ride.go(1.0)
    assert ride.viewer.footing.carriage is bus
    assert "The bus leaves" not in [getattr(w, "en", "") for w in ride.told]


def test_outside_a_vehicle_the_view_turns_only_in_the_dark():
    ride = Ride()
    ride.stage.inner.viewer.stand((0, 0, 0), heading=90)
    before = ride.viewer.footing
    for _ in range(30):
        ride.stage.tick(DT)
        if ride.viewer.footing != before:
            assert ride.viewer.brightness() == 0.0
            before = ride.viewer.footing
    assert ride.viewer.drawn(1.0).heading == 90


def test_unseen_it_is_where_it_was_sent_at_once_and_says_nothing():
    ride = Ride()
    ride.viewer.seen = False
    ride.vehicle.go_to((0, 0, 50), speed=0.1)
    ride.go(DT)
    assert ride.viewer.drawn(1.0).at == (0, 0, 50) and not ride.told


def test_a_vehicle_that_is_taken_away_leaves_the_patient_where_they_were():
    ride = Ride()
    ride.vehicle.go_to((0, 5, 0))
    ride.go(4.0)
    at = ride.viewer.drawn(1.0).at
    ride.cabin.remove()
    ride.go(2.0)
    assert math.dist(ride.viewer.drawn(1.0).at, at) < 0.05
    assert ride.stage.inner.vehicles == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda w, cabin, top: w.vehicle(top, fr="a", en="b"), "without a parent"),
        (lambda w, cabin, top: w.vehicle(None, fr="a", en="b"), "needs a cabin"),
        (lambda w, cabin, top: w.vehicle(cabin, fr=" ", en="b"), "French and in English"),
        (lambda w, cabin, top: w.viewer.ride(cabin), "only a vehicle"),
        (
            lambda w, cabin, top: [w.vehicle(cabin, fr="a", en="b") for _ in range(2)],
            "a vehicle already",
        ),
    ],
)
def test_what_cannot_be_a_vehicle_is_told(wrong, told):
    world = NullStage(NAMES).inner
    cabin = world.box((1, 1, 1), material="steel")
    top = world.box((1, 1, 1), material="steel", parent=cabin)
    with pytest.raises(ScenarioError, match=told):
        wrong(world, cabin, top)


def test_the_mark_before_a_movement_ships():
    assert CHIME in NAMES.sounds


def test_who_lies_on_what_slides_is_carried_with_the_eyes_where_they_were_put() -> None:
    ride = Ride()
    ride.viewer.seen = False
    ride.stage.inner.viewer.lie((0.0, 0.2, 1.0), looking_up=15.0, on=ride.vehicle)
    ride.viewer.seen = True
    ride.vehicle.go_to((0.0, -0.5, 0.0), speed=0.08)
    ride.go(ANNOUNCED_S + 0.5 / 0.08 + 1.0)
    assert any(isinstance(what, VehicleAnnounced) for what in ride.told)
    assert all(foot.lying and foot.looking_down == -15.0 for foot in ride.drawn)
    eyes = [(foot.at[0], foot.at[1], foot.at[2] + EYES_M) for foot in ride.drawn]
    assert all((x, z) == (0.0, pytest.approx(1.0)) for x, _y, z in eyes)
    assert max(abs(slope) for slope in slopes([y for _x, y, _z in eyes])) <= 0.08 + 1e-9
    assert eyes[-1][1] == pytest.approx(-0.3)
    with pytest.raises(ScenarioError, match="lies beside it"):
        ride.stage.inner.viewer.lie((4.0, 0.0, 1.0), on=ride.vehicle)
