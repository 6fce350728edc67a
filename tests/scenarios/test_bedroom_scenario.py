"""The bedroom: thunder keeps to the speed of sound, the torch stays, what a child found is kept."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from panda3d.core import NodePath

from scenarios.api import Context
from scenarios.api.pose import Pose
from scenarios.builtin.storm_bedroom import scenario
from scenarios.builtin.storm_bedroom.scenario import SECONDS_PER_KM, Bedroom
from scenarios.builtin.storm_bedroom.seeking import FIREFLIES, LARGE, MOST, SLOTS, SMALL, STARS
from scenarios.builtin.storm_bedroom.torch import BRIGHT, CEILING
from vr_runtime.engine.ports import DT
from vr_runtime.examination.hierarchies import with_hierarchies
from vr_runtime.measuring.limits import MOST_DRAWS, MOST_TRIANGLES
from vr_runtime.stage.heard import Wanted
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

MANIFEST = with_hierarchies(Bedroom.manifest(), Path(scenario.__file__).parent)


class Gaze:
    """A gaze that meets what it is told to."""

    def __init__(self) -> None:
        self.looks = Pose(heading=0, pitch=0, at=(0.0, 0.0, 1.6))
        self.on: str | None = None
        self.kept = False
        self.asked = 0

    @property
    def pose(self) -> Pose:
        self.asked += 1
        return self.looks

    def meets(self, target: str) -> bool:
        return target == self.on


class Night:
    """The bedroom on a stage without pictures, at one level, as seen."""

    def __init__(self, level: int) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.gaze = Gaze()
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.room = Bedroom(Context(self.stage.world, Random(4), self.values, gaze=self.gaze))
        with self.stage.owner("scene"):
            self.room.build()
        self.tick()
        self.stage.inner.standing.seen = True

    def tick(self) -> None:
        self.room.update(DT)
        self.stage.tick(DT)

    def begin(self, name: str):
        played = {**Bedroom.events(), **Bedroom.tasks()}[name]
        steps = played.start(self.room)
        with self.stage.owner(name):
            next(steps)
        return steps

    def go_on(self, name: str, steps, seconds: float) -> bool:
        """Whether it still goes on after so many seconds."""
        for _tick in range(round(seconds / DT)):
            self.tick()
            with self.stage.owner(name):
                try:
                    steps.send(DT)
                except StopIteration:
                    self.stage.clear(name)
                    return False
        return True

    def ticks(self, seconds: float) -> None:
        for _tick in range(round(seconds / DT)):
            self.tick()

    def light(self) -> float:
        return sum(lamp.values["light"] for lamp in self.stage.inner.lamps())

    def torch(self):
        """The torch beside the bed, and where its light is and how bright."""
        (body,) = [p for p in self.stage.inner.placed if p.made_of == "model bedroom/torch"]
        light = self.room._torch._light
        return body.pose.visible, light.at, light.values["light"]

    def waiting(self):
        stars = [p for p in self.stage.inner.placed if p.made_of == "model bedroom/star"]
        return [p for p in stars if p.pose.visible and p.values.get("found", 0.0) == 0.0]

    def found(self) -> int:
        stars = [p for p in self.stage.inner.placed if p.made_of == "model bedroom/star"]
        return sum(p.values.get("found", 0.0) == 1.0 and p.scale[0] < 1.0 for p in stars)


def test_each_level_is_darker_than_the_one_before_and_the_last_has_no_lamp() -> None:
    lights = [Night(level).light() for level in range(11)]
    assert all(lighter > darker for lighter, darker in pairwise(lights))
    assert lights[0] > 1.0 and lights[10] == 0.0


@pytest.mark.parametrize("level", range(11))
def test_a_torch_may_be_had_for_a_whole_level_and_stands_beside_the_bed(level: int) -> None:
    night = Night(level)
    night.values["torch"] = 60.0
    night.ticks(20.0)
    beside_the_bed, at, light = night.torch()
    assert beside_the_bed and at == CEILING and light == pytest.approx(0.6 * BRIGHT)
    assert night.gaze.asked == 0, "a pose that is not kept is not read"


def test_the_torch_follows_the_gaze_of_who_agreed_to_it_and_is_laid_down_when_they_do_not() -> None:
    night = Night(9)
    night.gaze.kept = True
    night.gaze.looks = Pose(heading=40, pitch=-20, at=(0.0, 0.0, 1.6))
    night.ticks(2.0)
    assert night.gaze.asked == 0, "nothing is asked of who has no torch"
    night.values["torch"] = 60.0
    night.ticks(3.0)
    beside_the_bed, at, light = night.torch()
    assert not beside_the_bed and at[0] < -1.0 and at[2] < 1.0
    assert light == pytest.approx(0.6 * BRIGHT)
    night.gaze.kept, asked = False, night.gaze.asked
    night.ticks(3.0)
    assert night.torch()[:2] == (True, CEILING)
    assert night.gaze.asked == asked


def test_a_task_with_the_torch_lights_it_wholly_and_leaves_it_as_the_level_has_it() -> None:
    night = Night(10)
    steps = night.begin("corner")
    night.go_on("corner", steps, 2.0)
    assert not night.torch()[0] and night.torch()[2] == pytest.approx(BRIGHT)
    night.gaze.on = "corner"
    assert not night.go_on("corner", steps, 6.0)
    night.ticks(3.0)
    assert night.torch() == (True, CEILING, 0.0)


def test_a_power_cut_needs_a_night_lamp_that_stays_and_lamps_that_go_out() -> None:
    allowed = [n for n in range(11) if MANIFEST.allowed_at("power_cut", n)]
    assert allowed == list(range(1, 9))
    assert all(Night(n).values["night_lamp"] >= 10 <= 2 * Night(n).values["light"] for n in allowed)


@pytest.mark.parametrize(("hidden", "most", "size"), [(0.0, 3, LARGE), (100.0, 1, SMALL)])
def test_the_more_stars_are_hidden_the_smaller_they_are_and_the_fewer_wait(
    hidden: float, most: int, size: float
) -> None:
    night = Night(0)
    night.values["hidden"] = hidden
    steps = night.begin("stars")
    night.go_on("stars", steps, 3.0)
    waiting = night.waiting()
    assert len(waiting) == most and {p.scale[0] for p in waiting} == {size}
    places = [at for at, _heading in STARS]
    ranks = [places.index(p.pose.at) for p in waiting]
    assert max(ranks) < 5 if hidden == 0.0 else min(ranks) >= 7


@pytest.mark.parametrize("hidden", [0.0, 50.0, 100.0])
def test_every_star_can_be_found_however_well_it_is_hidden(hidden: float) -> None:
    night = Night(10)
    night.values["hidden"] = hidden
    steps, goes_on = night.begin("stars"), True
    for turn in range(4 * len(STARS)):
        night.gaze.on = SLOTS[turn % len(SLOTS)]
        goes_on = goes_on and night.go_on("stars", steps, 1.0)
    assert not goes_on and night.room._seeking.found == len(STARS)


def test_a_childs_ladder_speaks_to_the_child_and_gives_points_for_finding_alone() -> None:
    (child,) = [each for each in MANIFEST.hierarchies if each.kind == "child"]
    said = [row.item.fr for row in child.rows]
    assert not any(re.search(r"\b(vous|votre|vos)\b", each) for each in said)
    tasks = [task for row in child.rows for task in row.tasks]
    assert tasks.count("stars") >= 3 and tasks.count("fireflies") >= 2
    for row in child.rows:
        assert not ({"stars", "fireflies"} & set(row.tasks) and row.events), row.item.en
        asked = [MANIFEST.task(name) for name in row.tasks]
        assert not any(t is None or re.search(r"ez\b", t.label.fr) for t in asked)


@pytest.mark.parametrize("level", [4, 8, 10])
def test_thunder_follows_its_lightning_by_three_seconds_a_kilometre(level: int) -> None:
    night = Night(level)
    steps = night.begin("thunderclap")
    night.tick()
    assert night.stage.inner.sky.lightning > 0.0
    thunder = [h for h in night.stage.inner.heard if h.made_of in ("rain/thunder", "storm/near")]
    for heard in thunder:
        heard.wanted.clear()
    waited = 0.0
    while not any(Wanted.PLAY in heard.wanted for heard in thunder):
        night.tick()
        steps.send(DT)
        waited += DT
    assert waited == pytest.approx(SECONDS_PER_KM * night.room.thunder, abs=0.1)


def test_in_a_power_cut_the_night_lamp_stays_on_and_the_house_falls_quiet() -> None:
    night = Night(5)
    moon = night.room._moon.values["light"]
    night.values["torch"] = 0.0
    steps = night.begin("power_cut")
    night.go_on("power_cut", steps, 2.0)
    assert night.light() == pytest.approx(moon)
    assert night.room._house.volume == 0.0
    steps.close()
    night.room.safe()
    night.tick()
    assert night.light() > moon and night.room._house.volume > 0.0


@pytest.mark.parametrize("name", [e.name for e in MANIFEST.events])
def test_an_event_ends_with_the_room_as_it_was(name: str) -> None:
    night = Night(6)
    before = (len(night.stage.inner.placed), night.light())
    steps = night.begin(name)
    assert not night.go_on(name, steps, 40.0)
    night.tick()
    assert (len(night.stage.inner.placed), night.light()) == before
    shut = (night.room._shutter.heading, night.room._wardrobe.heading)
    assert shut == (-180.0, 0.0)


def test_a_child_finds_every_star_and_no_time_runs_out() -> None:
    night = Night(0)
    steps = night.begin("stars")
    assert night.go_on("stars", steps, 30.0) and night.found() == 0
    goes_on = True
    while goes_on and night.found() < MOST:
        for slot in ("star_one", "star_two", "star_three"):
            night.gaze.on = slot
            goes_on = goes_on and night.go_on("stars", steps, 1.0)
    assert night.room._seeking.found == len(STARS)


def test_points_stay_when_a_task_is_taken_back_and_when_the_scene_is_left() -> None:
    night = Night(3)
    steps = night.begin("stars")
    night.gaze.on = "star_two"
    night.go_on("stars", steps, 1.0)
    assert night.found() == 1
    steps.close()
    night.stage.clear("stars")
    night.room.safe()
    night.room.update(0.0)
    assert night.found() == 0  # nothing stays in the room
    steps = night.begin("fireflies")
    night.gaze.on = "firefly"
    assert night.found() == 1  # and what was found is shown again
    assert not night.go_on("fireflies", steps, 30.0)
    assert night.room._seeking.found == 1 + len(FIREFLIES)


def test_the_bedroom_may_be_drawn_in_time() -> None:
    triangles = draws = 0
    for name in [n for n in MODELS if n.startswith("bedroom/")]:
        root: NodePath = import_module(MODELS[name].module).build()
        geoms = [g for p in root.findAllMatches("**/+GeomNode") for g in p.node().getGeoms()]
        many = {"bedroom/star": MOST + 3}.get(name, 1)
        triangles += many * sum(g.getPrimitive(0).getNumFaces() for g in geoms)
        draws += many * len(geoms)
    assert triangles <= MOST_TRIANGLES
    assert draws <= MOST_DRAWS
