"""The kitchen: what encloses holds, what is free is asked for, and many fit into one picture."""

from __future__ import annotations

import math
from importlib import import_module
from random import Random

import pytest
from panda3d.core import NodePath

from scenarios.api import Context
from scenarios.builtin.spiders_kitchen import (
    CASE,
    FREE,
    GLASS,
    JAR,
    MIDDLE,
    MOST,
    TOP_Z,
    Kitchen,
)
from vr_runtime.engine.ports import DT
from vr_runtime.measuring.limits import MOST_DRAWS, MOST_TRIANGLES
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.models.kitchen.jar import RADIUS_M as JAR_M
from vr_runtime.stage.models.kitchen.terrarium import SAND_M
from vr_runtime.stage.models.kitchen.tumbler import RADIUS_M as GLASS_M
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.panda.herd import MOST_FINE

MANIFEST = Kitchen.manifest()


class Running:
    """The kitchen on a stage without pictures, at one level."""

    def __init__(self, level: int) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.kitchen = Kitchen(Context(self.stage.world, Random(4), self.values))
        with self.stage.owner("scene"):
            self.kitchen.build()
        self.tick()

    def tick(self) -> None:
        self.kitchen.update(DT)
        self.stage.tick(DT)

    def play(self, name: str, seconds: float = 60.0) -> list[object]:
        """Play an event or a task as the engine does; the animals at each tick of it."""
        played = {**Kitchen.events(), **Kitchen.tasks()}[name]
        seen: list[object] = []
        with self.stage.owner(name):
            steps = played.start(self.kitchen)
            next(steps)
            for _tick in range(round(seconds / DT)):
                self.tick()
                seen.append([(a.at, a.up) for a in self.seen()])
                try:
                    steps.send(DT)
                except StopIteration:
                    break
            else:
                raise AssertionError(f"{name} never ends")
        self.stage.clear(name)
        return seen

    def seen(self):
        return [animal for animal in self.stage.inner.animals() if animal.visible]

    def shown(self, name: str) -> bool:
        return any(p.visible for p in self.stage.inner.placed if p.made_of == f"model {name}")


@pytest.mark.parametrize("level", range(11))
def test_each_level_shows_as_many_spiders_as_it_says_in_what_it_says(level: int) -> None:
    running = Running(level)
    values = running.values
    assert len(running.seen()) == values["count"]
    held = {CASE: "terrarium", JAR: "jar", GLASS: "tumbler"}
    for enclosure, name in held.items():
        assert running.shown(f"kitchen/{name}") is (values["enclosure"] == enclosure)
    assert {animal.realism for animal in running.seen()} <= {values["realism"]}
    largest = max((animal.size for animal in running.seen()), default=0.0)
    assert largest <= 0.011 * values["size"]


@pytest.mark.parametrize("level", [1, 3, 5, 6])
def test_an_enclosed_spider_stays_within_its_walls_however_long_it_goes_about(level: int) -> None:
    running = Running(level)
    (spider,) = running.seen()
    for _tick in range(2400):
        running.tick()
        reach = max(math.dist(tip[:2], MIDDLE[:2]) for tip in spider.feet.tips)
        assert reach < min(JAR_M, GLASS_M)
    assert spider.at[2] == TOP_Z


def test_the_sand_of_the_case_hides_no_feet() -> None:
    assert SAND_M <= 0.001


@pytest.mark.parametrize("name", [e.name for e in MANIFEST.events])
def test_an_event_ends_with_the_kitchen_as_it_was(name: str) -> None:
    running = Running(7)
    before = len(running.stage.inner.placed)
    seen = running.play(name)
    assert len({repr(each) for each in seen}) > 10 or name in ("taps", "rears")
    assert len(running.stage.inner.placed) == before
    assert len(running.seen()) == 1


@pytest.mark.parametrize("name", [e.name for e in MANIFEST.events])
def test_free_spiders_come_only_where_the_therapist_set_them_free(name: str) -> None:
    free = name not in ("taps", "rears")
    rules = [i for i in MANIFEST.interlocks if name in repr(i)]
    told = [i for i in rules if "enclosure" in repr(i) and f"limit={float(FREE)}" in repr(i)]
    assert bool(told) is free


def test_a_lifted_glass_leaves_the_spider_where_it_is_and_comes_back() -> None:
    running = Running(6)
    (spider,) = running.seen()
    for _tick in range(100):
        running.tick()
    # what it began by itself ends where it stands
    at = spider.at
    places = running.play("lift")
    assert places and spider.at == at
    assert all(glass.at == MIDDLE for glass in running.stage.inner.placed
               if glass.made_of == "model kitchen/tumbler")  # fmt: skip


def test_leaving_in_the_middle_of_anything_puts_all_back() -> None:
    running = Running(7)
    with running.stage.owner("cover"):
        steps = Kitchen.tasks()["cover"].start(running.kitchen)
        next(steps)
        for _tick in range(60):
            running.tick()
            steps.send(DT)
        steps.close()
    running.kitchen.safe()
    running.kitchen.update(0.0)
    assert not running.shown("kitchen/tumbler")
    (spider,) = running.seen()
    assert spider.at == MIDDLE


def cost(root: NodePath) -> tuple[int, int]:
    """Triangles and draws below a node."""
    geoms = [g for p in root.findAllMatches("**/+GeomNode") for g in p.node().getGeoms()]
    return sum(g.getPrimitive(0).getNumFaces() for g in geoms), len(geoms)


def test_the_kitchen_with_the_most_spiders_may_be_drawn_in_time() -> None:
    triangles = draws = 0
    for name in ("room", "tumbler", "card"):
        more = cost(import_module(MODELS[f"kitchen/{name}"].module).build())
        triangles, draws = triangles + more[0], draws + more[1]
    spider = import_module(MODELS["animals/house_spider"].module).build()
    grade = spider.find("**/grade 5")
    fine, plain, below = (cost(grade.find(part)) for part in ("fine", "plain", "below"))
    # and one more that an event brings
    for number in range(MOST + 1):
        own = fine if number < MOST_FINE else plain
        triangles += own[0] + below[0]
        draws += own[1] + below[1]
    assert triangles <= MOST_TRIANGLES
    assert draws <= MOST_DRAWS
