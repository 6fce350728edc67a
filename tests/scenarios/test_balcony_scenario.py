"""The balcony: its ladder only gets harder, each step can be seen, and its events clean up."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import pytest

from scenarios.api import Context, Pose
from scenarios.builtin.heights_balcony.roof import (
    BALCONY,
    CONCRETE,
    GLASS,
    PLANK,
    PLANK_M,
    ROOF,
    ROOF_M,
    WALL_M,
    WOOD,
)
from scenarios.builtin.heights_balcony.scenario import (
    HIGHEST_RAIL_M,
    LEAST_RAIL_M,
    OUT_M,
    SHIPPED_TOWER_M,
    STEP_M,
    TOES_M,
    Balcony,
)
from vr_runtime.display.eyes import EYE_M, FIELD
from vr_runtime.engine.sightline import Head, quantised
from vr_runtime.stage.models.glb import Glb, place_file
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

DT = 1.0 / 30.0
TOWER_H, TOWER_D = 215.0, 19.8
TERRACE = Glb(place_file("balcony/terrace")).told
MANIFEST = Balcony.manifest()
LEAST_SEEN = {
    "place": 1, "way": 1, "height": 3.0, "distance": 0.1, "rail": 0.03, "glass": 5.0, "wind": 0.3,
    "rain": 10.0, "light": 10.0,
}  # fmt: skip
"""A change of a value that a patient notices in the picture."""


class Running:
    """The balcony on a stage without pictures, at one level."""

    def __init__(self, level: int, seed: int = 5) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.scenario = Balcony(Context(self.stage.world, Random(seed), self.values))
        with self.stage.owner("scene"):
            self.scenario.build()

    def set_level(self, level: int) -> None:
        self.values.update({v.name: v.by_level[level] for v in MANIFEST.graded})

    def tick(self) -> None:
        self.scenario.update(DT)
        self.stage.tick(DT)

    def play(self, name: str, seconds: float = 60.0) -> int:
        """Play an event as the engine does; the ticks it took."""
        with self.stage.owner(name):
            steps = self.scenario.events()[name].start(self.scenario)
            next(steps)
            for tick in range(1, round(seconds / DT)):
                self.tick()
                try:
                    steps.send(DT)
                except StopIteration:
                    return tick
        raise AssertionError(f"{name} never ends")


def test_it_speaks_both_languages_at_every_level() -> None:
    for sentence in MANIFEST.levels:
        assert sentence.fr != sentence.en
        for text in (sentence.fr, sentence.en):
            assert text[0].isupper() and text.endswith(".")


@pytest.mark.parametrize("level", range(11))
def test_whoever_looks_ahead_on_a_flat_screen_has_the_rail_in_the_picture(level: int) -> None:
    running = Running(level)
    running.tick()
    footing = running.stage.inner.standing.footing
    rail = running.values["rail"]
    if running.values["place"] == PLANK:
        # no rail: the end of the plank
        below = math.degrees(math.atan2(EYE_M, 3.3 - footing.at[1])) - footing.looking_down
    else:
        below = math.degrees(math.atan2(EYE_M - rail, -footing.at[1])) - footing.looking_down
    assert -FIELD / 2 < below < FIELD / 2 - 2.0
    assert footing.looking_down < FIELD / 2, "and the horizon"


def test_levels_are_told_apart_by_their_first_two_words() -> None:
    for texts in ([s.fr for s in MANIFEST.levels], [s.en for s in MANIFEST.levels]):
        assert len({" ".join(text.split()[:2]) for text in texts}) == len(texts)


@pytest.mark.parametrize("level", range(10))
def test_each_level_differs_visibly_from_the_next(level: int) -> None:
    changed = [
        value.name
        for value in MANIFEST.graded
        if abs(value.by_level[level + 1] - value.by_level[level]) >= LEAST_SEEN[value.name]
    ]
    assert len(changed) >= 2


def test_level_0_is_the_same_place_without_its_threat() -> None:
    at_0 = {value.name: value.by_level[0] for value in MANIFEST.graded}
    assert at_0["height"] == 0.0 and at_0["glass"] == 0.0
    ground, tower = Running(0), Running(10)
    assert len(ground.stage.inner.placed) == len(tower.stage.inner.placed)


def test_the_rail_never_leaves_what_the_model_can_show() -> None:
    rail = MANIFEST.value("rail")
    assert rail is not None and 0.0 <= rail.low and rail.high <= HIGHEST_RAIL_M


@pytest.mark.parametrize("level", range(11))
def test_the_patient_stands_on_the_terrace_at_the_level_s_height(level: int) -> None:
    running = Running(level)
    for _ in range(40):
        running.tick()
    at = running.stage.inner.standing.footing.at
    terrace = next(p for p in running.stage.inner.placed if "rail" in p.values)
    place, height = running.values["place"], running.values["height"]
    on = height + {BALCONY: 0.0, ROOF: ROOF_M, PLANK: ROOF_M + PLANK_M}[int(place)]
    to_edge = {BALCONY: -TOES_M, ROOF: -TOES_M - WALL_M, PLANK: OUT_M}[int(place)]
    assert at == pytest.approx((0.0, to_edge - running.values["distance"], on))
    assert terrace.visible is (place == BALCONY)
    assert terrace.at[2] == height
    rail = max(LEAST_RAIL_M, running.values["rail"])
    assert terrace.values["rail"] == pytest.approx(rail / HIGHEST_RAIL_M)
    assert terrace.values["glass"] == pytest.approx(running.values["glass"] / 100.0)
    if place == PLANK:
        assert 0.0 < at[1] < 3.0 - STEP_M, "the feet stay on the plank, beyond the edge"
    else:
        assert -4.0 < at[1] < -0.3, "the feet stay between the door and the edge"


@pytest.mark.parametrize("place", [BALCONY, ROOF, PLANK])
@pytest.mark.parametrize("height", [0.0, 30.0, SHIPPED_TOWER_M, 90.0, 180.0])
def test_a_tower_carries_every_place_at_every_height(place: int, height: float) -> None:
    running = Running(0)
    running.values.update({"place": place, "height": height})
    running.tick()
    scenario = running.scenario
    assert scenario._tower.visible is not scenario._top.body.visible
    if scenario._top.body.visible:
        top = scenario._top.body.at[2] + TOWER_H
        assert top == pytest.approx(height) if place != BALCONY else top > height + 10.0
        assert scenario._top.body.at[2] < 0.0, "it goes on below the ground"
        front = scenario._top.body.at[1] + TOWER_D / 2
        assert front == pytest.approx(-4.75 if place == BALCONY else 0.0)
    else:
        assert place == BALCONY and height <= SHIPPED_TOWER_M
    assert scenario._top.roof.visible is (place != BALCONY)
    assert any(way.visible for way in scenario._top.ways) is (place == PLANK)
    wall, cope = scenario._top.parapet[-1]
    assert (wall.visible, cope.visible) == (place != PLANK,) * 2, "the plank goes out by a gap"


@pytest.mark.parametrize("way", [CONCRETE, GLASS, WOOD])
def test_one_walkway_or_the_plank_goes_out_with_its_upper_face_below_the_feet(way: int) -> None:
    running = Running(10)
    running.values["way"] = way
    running.tick()
    running.stage.inner.standing.settle()
    shown = [n for n, each in enumerate(running.scenario._top.ways) if each.visible]
    assert shown == [way]
    box = running.scenario._top.ways[way]
    assert box.box_size is not None
    assert box.at[2] + box.box_size[2] == pytest.approx(running.stage.inner.standing.footing.at[2])


@pytest.mark.parametrize("place", [BALCONY, ROOF])
def test_no_rail_is_left_where_none_is_set_and_it_can_be_had_at_the_highest_ceiling_alone(
    place: int,
) -> None:
    rail = MANIFEST.value("rail")
    assert rail is not None and rail.low == 0.0 and min(rail.by_level[:10]) >= 0.5
    running = Running(7)
    running.values.update({"place": place, "rail": 0.0})
    running.tick()
    for wall, cope in running.scenario._top.parapet:
        assert wall.box_size is not None
        assert wall.box_size[2] * wall.scale[2] < 0.03 and cope.at[2] == pytest.approx(ROOF_M)
    terrace = next(p for p in running.stage.inner.placed if "rail" in p.values)
    assert terrace.values["rail"] * HIGHEST_RAIL_M < 0.03


def test_no_plank_lies_behind_a_full_rail() -> None:
    (lock,) = [i for i in MANIFEST.interlocks if i.when and i.when.value == "place"]
    assert lock.rule == "forbids" and lock.when is not None and lock.when.holds(PLANK)
    assert not lock.allows(1.0) and lock.allows(0.99) and not lock.when.holds(ROOF)


def test_a_step_along_the_plank_is_taken_and_given_back_also_when_it_is_cut_short() -> None:
    running = Running(10)
    running.tick()
    before = running.stage.inner.standing.footing.at
    steps = running.scenario.tasks()["step"].start(running.scenario)
    next(steps)
    running.tick()
    running.stage.inner.standing.settle()
    after = running.stage.inner.standing.footing.at
    assert after[1] == pytest.approx(before[1] + STEP_M)
    steps.close()
    running.tick()
    running.stage.inner.standing.settle()
    assert running.stage.inner.standing.footing.at == before


def test_the_street_grows_quiet_and_the_wind_loud_with_height() -> None:
    running = Running(0)
    running.tick()
    breeze, near, far = running.stage.inner.heard
    low = (breeze.volume, near.volume, far.volume)
    running.set_level(10)
    running.tick()
    assert breeze.volume > low[0] and near.volume < low[1] and far.volume > low[2]


def test_the_sky_clouds_over_from_level_to_level_and_not_with_a_gust() -> None:
    shares = []
    for level in range(11):
        running = Running(level)
        running.tick()
        shares.append(running.stage.inner.sky.clouded)
    assert shares[0] == 0.0 and shares[10] == 1.0
    assert all(b > a + 0.04 for a, b in pairwise(shares))
    running = Running(5)
    running.play("gust")
    assert running.stage.inner.sky.clouded == pytest.approx(shares[5])


@pytest.mark.parametrize("name", [event.name for event in MANIFEST.events])
def test_every_event_ends_by_itself(name: str) -> None:
    assert Running(10).play(name) * DT > 1.0


def test_a_gust_swells_and_leaves_the_wind_as_it_was() -> None:
    running = Running(8)
    running.tick()
    before = running.stage.inner.wind_strength
    strongest = before
    steps = running.scenario.events()["gust"].start(running.scenario)
    next(steps)
    for _ in range(90):
        steps.send(DT)
        running.tick()
        strongest = max(strongest, running.stage.inner.wind_strength)
    steps.close()
    running.tick()
    assert strongest > before + 0.3
    assert running.stage.inner.wind_strength == pytest.approx(before)


def test_the_pigeon_rests_on_the_handrail_even_while_the_rail_sinks() -> None:
    running = Running(6)
    with running.stage.owner("pigeon"):
        steps = running.scenario.events()["pigeon"].start(running.scenario)
        next(steps)
        bird = running.stage.inner.placed[-1]
        for _ in range(round(5.0 / DT)):
            running.values["rail"] = max(0.8, running.values["rail"] - 0.002)
            running.tick()
            steps.send(DT)
    assert bird.values["fold"] == 1.0
    on_rail = running.values["height"] + running.values["rail"]
    assert bird.at[2] == pytest.approx(on_rail, abs=0.05)
    assert bird.at[0] == TERRACE["arms"][1][0] and 0.3 < bird.at[1] < TERRACE["reach"] - 0.2


def test_chance_comes_from_the_session_alone() -> None:
    def perch(seed: int) -> tuple[float, float, float]:
        running = Running(5, seed)
        with running.stage.owner("pigeon"):
            steps = running.scenario.events()["pigeon"].start(running.scenario)
            next(steps)
            for _ in range(round(5.0 / DT)):
                running.tick()
                steps.send(DT)
        return running.stage.inner.placed[-1].at

    assert perch(3) == perch(3) != perch(4)


def seen(level: int, name: str, *, pitch: float, heading: float = 0.0) -> bool:
    """Whether a patient at this level who looks there looks at a target."""
    running = Running(level)
    running.stage.inner.standing.settle()
    running.set_level(level)
    running.tick()
    running.stage.inner.standing.settle()
    pose = quantised(Head(heading=heading, pitch=pitch))
    return running.stage.meets(name, pose)


@pytest.mark.parametrize("level", range(2, 11))
def test_the_street_is_looked_at_by_looking_down_alone(level: int) -> None:
    downwards = [pitch for pitch in range(-85, 90, 5) if seen(level, "street", pitch=pitch)]
    assert downwards and max(downwards) < 0, "a level gaze is none at the street"
    along = 65.0 if level < 8 else 5.0
    aside = [p for p in range(-60, 5, 5) if seen(level, "street", pitch=p, heading=along)]
    assert aside, "a street can be looked along, without the chin on the chest"


@pytest.mark.parametrize("level", range(3, 11))
def test_straight_below_is_met_by_the_chin_on_the_chest_alone(level: int) -> None:
    pitches = [pitch for pitch in range(-90, 90, 5) if seen(level, "below", pitch=pitch)]
    assert pitches and max(pitches) < -55 and min(pitches) <= -70


@pytest.mark.parametrize("level", range(11))
def test_the_distance_is_straight_ahead_at_every_level(level: int) -> None:
    assert seen(level, "far", pitch=0.0)
    assert not seen(level, "far", pitch=-25.0) and not seen(level, "far", pitch=0.0, heading=40.0)


def test_its_tasks_wait_for_the_gaze_or_the_therapist_and_leave_nothing() -> None:
    assert [(t.name, t.min_level, t.by_therapist) for t in MANIFEST.tasks] == [
        ("look_far", 0, False),
        ("look_down", 2, False),
        ("straight_down", 3, False),
        ("step", 0, False),
        ("drop", 1, False),
        ("hand", 1, False),
        ("find", 2, False),
        ("arms", 1, True),
    ]
    told = {t.name for t in MANIFEST.targets}
    assert told == {"street", "far", "below", "rail", "ball", "ambulance"}
    for task in MANIFEST.tasks:
        assert len(task.label.en) <= 90 and len(task.label.fr) <= 90, "read in a glance"


class Watching:
    """A patient whose gaze and steps a test leads."""

    def __init__(self, running: Running) -> None:
        self.running, self.pose, self.looks = running, Pose(), ""
        scenario = running.scenario
        scenario.context = Context(running.stage.world, Random(1), running.values, self)
        running.tick()
        running.stage.inner.standing.settle()

    def meets(self, target: str) -> bool:
        return target == self.looks

    def give(self, name: str) -> None:
        running = self.running
        with running.stage.owner(name):
            self.steps = running.scenario.tasks()[name].start(running.scenario)
            next(self.steps)

    def goes_on(self, seconds: float) -> bool:
        """Whether the task still goes on after so long."""
        for _ in range(round(seconds / DT)):
            self.running.tick()
            try:
                with self.running.stage.owner("task"):
                    self.steps.send(DT)
            except StopIteration:
                return False
        return True


@pytest.mark.parametrize("level", [1, 6, 8, 9, 10])
def test_a_ball_falls_when_it_is_looked_at_and_the_task_ends_by_looking_down(level: int) -> None:
    watching = Watching(Running(level))
    things = watching.running.stage.inner.placed
    watching.give("drop")
    ball = next(p for p in things if p.made_of == "model park/ball" and p.visible)
    start = ball.at
    assert start[2] > watching.running.values["height"]
    assert watching.goes_on(5.0) and ball.at == start
    watching.looks = "ball"
    assert watching.goes_on(2.0) and ball.at[2] < start[2] - 2.0
    watching.looks = ""
    assert watching.goes_on(8.0) and ball.at[2] == pytest.approx(0.1), "it lies on the ground"
    watching.looks = "below"
    assert watching.goes_on(2.8) and not watching.goes_on(0.4)


@pytest.mark.parametrize(("name", "pitches"), [("ball", (-85, 0)), ("rail", (-85, -25))])
def test_rail_and_ball_are_met_by_looking_at_them(name: str, pitches: tuple[int, int]) -> None:
    watching = Watching(Running(7))
    watching.give({"ball": "drop", "rail": "hand"}[name])
    stage = watching.running.stage
    poses = [quantised(Head(heading=0.0, pitch=float(p))) for p in range(*pitches, 5)]
    assert any(stage.meets(name, pose) for pose in poses)
    assert not stage.meets(name, quantised(Head(heading=0.0, pitch=15.0)))


def test_a_hand_on_the_rail_asks_to_be_near_it_and_to_look_there() -> None:
    watching = Watching(Running(5))
    watching.give("hand")
    watching.looks = "rail"
    assert watching.goes_on(15.0), "too far away"
    watching.pose = Pose(at=(0.0, 1.0, 1.6))
    watching.looks = ""
    assert watching.goes_on(15.0), "near, and not looking"
    watching.looks = "rail"
    assert watching.goes_on(9.5) and not watching.goes_on(1.0)


@pytest.mark.parametrize("level", range(2, 11))
def test_an_ambulance_that_stops_below_is_found_by_a_coarse_gaze(level: int) -> None:
    watching = Watching(Running(level))
    watching.give("find")
    assert watching.goes_on(8.5)
    stage = watching.running.stage
    poses = [
        quantised(Head(heading=float(h), pitch=float(p)))
        for h in range(-40, 45, 5)
        for p in range(-90, 5, 5)
    ]
    met = [pose for pose in poses if stage.meets("ambulance", pose)]
    assert met and len(met) < len(poses) / 10
    assert not stage.meets("ambulance", quantised(Head(heading=0.0, pitch=0.0)))
    watching.looks = "ambulance"
    assert watching.goes_on(4.5) and not watching.goes_on(1.0)
