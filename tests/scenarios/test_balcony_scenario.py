"""The balcony: its ladder only gets harder, each step can be seen, and its events clean up."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import pytest

from scenarios.api import Context
from scenarios.builtin.heights_balcony import (
    BALCONY,
    HIGHEST_RAIL_M,
    OUT_M,
    PLANK,
    PLANK_M,
    ROOF,
    ROOF_M,
    SHIPPED_TOWER_M,
    STEP_M,
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
    "place": 1, "height": 3.0, "distance": 0.1, "rail": 0.03, "glass": 5.0, "wind": 0.3,
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
    assert rail is not None and 0.0 < rail.low and rail.high <= HIGHEST_RAIL_M


@pytest.mark.parametrize("level", range(11))
def test_the_patient_stands_on_the_terrace_at_the_level_s_height(level: int) -> None:
    running = Running(level)
    for _ in range(40):
        running.tick()
    at = running.stage.inner.standing.footing.at
    terrace = next(p for p in running.stage.inner.placed if "rail" in p.values)
    place, height = running.values["place"], running.values["height"]
    on = height + {BALCONY: 0.0, ROOF: ROOF_M, PLANK: ROOF_M + PLANK_M}[int(place)]
    out = OUT_M if place == PLANK else 0.0
    assert at == pytest.approx((0.0, out - running.values["distance"], on))
    assert terrace.visible is (place == BALCONY)
    assert terrace.at[2] == height
    assert terrace.values["rail"] == pytest.approx(running.values["rail"] / HIGHEST_RAIL_M)
    assert terrace.values["glass"] == pytest.approx(running.values["glass"] / 100.0)
    if place == PLANK:
        assert 0.0 < at[1] < 3.0 - STEP_M, "the feet stay on the plank, beyond the edge"
    else:
        assert -4.2 < at[1] < -0.3, "the feet stay between the door and the edge"


@pytest.mark.parametrize("place", [BALCONY, ROOF, PLANK])
@pytest.mark.parametrize("height", [0.0, 30.0, SHIPPED_TOWER_M, 90.0, 180.0])
def test_a_tower_carries_every_place_at_every_height(place: int, height: float) -> None:
    running = Running(0)
    running.values.update({"place": place, "height": height})
    running.tick()
    scenario = running.scenario
    assert scenario._tower.visible is not scenario._body.visible
    if scenario._body.visible:
        top = scenario._body.at[2] + TOWER_H
        assert top == pytest.approx(height) if place != BALCONY else top > height + 10.0
        assert scenario._body.at[2] < 0.0, "it goes on below the ground"
        front = scenario._body.at[1] + TOWER_D / 2
        assert front == pytest.approx(-4.75 if place == BALCONY else 0.0)
    else:
        assert place == BALCONY and height <= SHIPPED_TOWER_M
    assert scenario._roof.visible is (place != BALCONY)
    assert scenario._plank.visible is (place == PLANK)
    wall, cope = scenario._parapet[-1]
    assert (wall.visible, cope.visible) == (place != PLANK,) * 2, "the plank goes out by a gap"


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
        ("arms", 1, True),
    ]
    assert {t.name for t in MANIFEST.targets} == {"street", "far", "below"}
    for task in MANIFEST.tasks:
        assert len(task.label.en) <= 80 and len(task.label.fr) <= 80, "read in a glance"
