"""The bedroom: thunder keeps to the speed of sound, and what a child has found is never lost."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest
from panda3d.core import NodePath

from scenarios.api import Context
from scenarios.api.pose import Pose
from scenarios.builtin.storm_bedroom import FIREFLIES, MOST, SECONDS_PER_KM, STARS, Bedroom
from vr_runtime.engine.ports import DT
from vr_runtime.measuring.limits import MOST_DRAWS, MOST_TRIANGLES
from vr_runtime.stage.heard import Wanted
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

MANIFEST = Bedroom.manifest()


class Gaze:
    """A gaze that meets what it is told to."""

    def __init__(self) -> None:
        self.pose = Pose(heading=0, pitch=0, at=(0.0, 0.0, 1.6))
        self.on: str | None = None

    def meets(self, target: str) -> bool:
        return target == self.on


class Night:
    """The bedroom on a stage without pictures, at one level, as seen."""

    def __init__(self, level: int) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.gaze = Gaze()
        values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.room = Bedroom(Context(self.stage.world, Random(4), values, gaze=self.gaze))
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

    def light(self) -> float:
        return sum(lamp.values["light"] for lamp in self.stage.inner.lamps())

    def found(self) -> int:
        stars = [p for p in self.stage.inner.placed if p.made_of == "model bedroom/star"]
        return sum(p.values.get("found", 0.0) == 1.0 and p.scale[0] < 1.0 for p in stars)


def test_each_level_is_darker_than_the_one_before_and_the_last_has_no_lamp() -> None:
    lights = [Night(level).light() for level in range(11)]
    assert lights == sorted(lights, reverse=True)
    assert lights[0] > 1.0 and lights[10] == 0.0


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
    assert night.room._found == len(STARS)


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
    assert night.room._found == 1 + len(FIREFLIES)


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
