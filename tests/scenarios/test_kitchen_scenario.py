"""The kitchen: what encloses holds, what is free is asked for, and many fit into one picture."""

from __future__ import annotations

import math
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random

import pytest
from panda3d.core import NodePath

from scenarios.api import Context, Pose
from scenarios.builtin.spiders_kitchen import scenario
from scenarios.builtin.spiders_kitchen.nearing import UNAPPROACHED
from scenarios.builtin.spiders_kitchen.scenario import Kitchen
from scenarios.builtin.spiders_kitchen.table import (
    CASE,
    FEET,
    FREE,
    GLASS,
    JAR,
    MIDDLE,
    MOST,
    TOP_Z,
)
from vr_runtime.engine.ports import DT
from vr_runtime.examination.hierarchies import with_hierarchies
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
    """The kitchen on a stage without pictures, at one level, and a patient's head before it."""

    def __init__(self, level: int) -> None:
        self.pose = Pose()
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.kitchen = Kitchen(Context(self.stage.world, Random(4), self.values, self))
        with self.stage.owner("scene"):
            self.kitchen.build()
        self.tick()

    def tick(self) -> None:
        self.kitchen.update(DT)
        self.stage.tick(DT)

    def meets(self, target: str) -> bool:
        """The gaze of who looks at nothing declared."""
        return False

    def play(
        self, name: str, seconds: float = 60.0, meanwhile: Callable[[float], None] | None = None
    ) -> list[object]:
        """Play an event or a task as the engine does; the animals at each tick of it."""
        played = {**Kitchen.events(), **Kitchen.tasks()}[name]
        seen: list[object] = []
        with self.stage.owner(name):
            steps = played.start(self.kitchen)
            next(steps)
            for tick in range(round(seconds / DT)):
                if meanwhile is not None:
                    meanwhile(tick * DT)
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


def run_of(running: Running, meanwhile: Callable[[float], None]) -> bool:
    """Whether the spider of an armed event ran while all this happened."""
    places = running.play("approached", meanwhile=meanwhile)
    return any(math.dist(at, MIDDLE) > 0.3 for each in places for at, _up in each)


def test_a_spider_that_waits_runs_once_from_a_head_that_comes_nearer() -> None:
    running = Running(7)

    def leans(passed: float) -> None:
        running.pose = Pose(at=(0.0, 0.3, 1.4)) if passed > 5.0 else Pose(at=(0.0, 0.1, 1.6))

    assert run_of(running, leans)
    assert running.stage.marks() == []
    (spider,) = running.seen()
    assert spider.at == MIDDLE, "it came back"


def test_a_step_back_and_again_ahead_is_coming_nearer() -> None:
    running = Running(7)

    def steps(passed: float) -> None:
        running.pose = Pose(at=(0.0, -0.4 if 2.0 < passed < 5.0 else 0.0, 1.6))

    assert run_of(running, steps)


def test_a_nearer_distance_makes_it_run_without_any_pose_once_the_fade_is_over() -> None:
    running = Running(7)
    moved: list[float] = []

    def put_nearer(passed: float) -> None:
        if passed > 4.0:
            running.values["distance"] = 0.75
        (spider,) = running.seen()
        if spider.at != MIDDLE:
            moved.append(passed)

    assert run_of(running, put_nearer)
    assert moved[0] > 4.5


def test_a_head_that_only_stirs_makes_nothing_happen_and_the_record_is_told() -> None:
    running = Running(7)

    def stirs(passed: float) -> None:
        running.pose = Pose(at=(0.0, 0.1 * (int(passed) % 2), 1.6))

    assert not run_of(running, stirs)
    assert running.stage.marks() == [UNAPPROACHED]
    assert len(UNAPPROACHED) <= 80


def reach_and_speed(running: Running, seconds: float) -> tuple[float, float]:
    """How far from where it began the first spider gets, in cm, and how fast, in cm/s."""
    first = running.seen()[0]
    before, far, fast = first.at, 0.0, 0.0
    for _tick in range(round(seconds / DT)):
        running.tick()
        far = max(far, *(abs(a - b) for a, b in zip(first.at[:2], MIDDLE[:2], strict=True)))
        fast = max(fast, math.dist(first.at, before) / DT)
        before = first.at
    return 100.0 * far, 100.0 * fast


@pytest.mark.parametrize(("roaming", "pace"), [(4.0, 3.0), (20.0, 3.0), (20.0, 12.0)])
def test_a_free_spider_goes_as_far_and_as_fast_as_is_applied(roaming: float, pace: float) -> None:
    running = Running(7)
    running.values.update(roaming=roaming, pace=pace)
    far, fast = reach_and_speed(running, 60.0)
    assert 0.4 * roaming < far <= roaming + 0.1
    assert 0.8 * pace < fast <= pace + 0.1


@pytest.mark.parametrize("applied", [0.0, 50.0, 100.0])
def test_feet_are_heard_as_much_as_is_applied(applied: float) -> None:
    running = Running(7)
    running.values["rustle"] = applied
    loud: set[float] = set()

    def listens(_passed: float) -> None:
        own = [s for s in running.stage.inner.heard if str(s.owner) == "crosses"]
        loud.update(s.volume for s in own if s.made_of.endswith("kitchen/rustle"))

    running.play("crosses", meanwhile=listens)
    assert loud == {applied / 100.0}
    for _tick in range(900):
        running.tick()
    feet = {s.volume for s in running.stage.inner.heard if s.made_of.endswith("kitchen/rustle")}
    assert feet == {1.0, FEET * applied / 100.0}, "the first goes about, two are not there"


def test_four_values_glide_each_with_a_unit_and_a_rate() -> None:
    gliding = [v for v in MANIFEST.graded if v.kind == "points" and v.unit and v.rate > 0]
    assert len(gliding) >= 4


def test_the_ladders_and_the_approach_test_lead_to_the_last_fear() -> None:
    manifest = with_hierarchies(MANIFEST, Path(scenario.__file__).parent)
    cautious, direct = sorted(manifest.hierarchies, key=lambda each: each.kind)
    assert cautious.rows[-1].level == direct.rows[-1].level == 10
    assert cautious.rows[-1].distress == direct.rows[-1].distress
    assert any("card" in row.tasks for row in cautious.rows)
    assert manifest.bat is not None
    assert [step.task for step in manifest.bat.steps][-3:] == ["cover", "pen", "hand"]
    assert 12 <= len(manifest.bat.steps) <= 13


def test_the_sand_of_the_case_hides_no_feet() -> None:
    assert SAND_M <= 0.001


@pytest.mark.parametrize("name", [e.name for e in MANIFEST.events])
def test_an_event_ends_with_the_kitchen_as_it_was(name: str) -> None:
    running = Running(7)
    before = len(running.stage.inner.placed)
    seen = running.play(name)
    assert len({repr(each) for each in seen}) > 10 or name in ("taps", "rears", "approached")
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


def glass_of(running: Running):
    return next(p for p in running.stage.inner.placed if p.made_of == "model kitchen/tumbler")


def under_way(running: Running, name: str):
    """An event or a task, and how to let it go on for some seconds; whether it then goes on."""
    steps = {**Kitchen.events(), **Kitchen.tasks()}[name].start(running.kitchen)
    next(steps)

    def go_on(seconds: float) -> bool:
        for _tick in range(round(seconds / DT)):
            try:
                steps.send(DT)
            except StopIteration:
                return False
        return True

    return go_on


@pytest.mark.parametrize(("task", "level"), [("lift", 6), ("cover", 7)])
def test_an_event_that_ends_leaves_the_glass_to_the_task_that_leads_it(
    task: str, level: int
) -> None:
    running = Running(level)
    (spider,), glass = running.seen(), glass_of(running)
    before = glass.visible
    task_on, taps_on = under_way(running, task), under_way(running, "taps")
    ended, at, jumps = 0.0, glass.at, []
    for tick in range(round(60.0 / DT)):
        running.tick()
        if not task_on(DT):
            break
        jumps.append(math.dist(at, glass.at))
        at = glass.at
        if not ended and not taps_on(DT):
            ended = tick * DT
            stood = spider.at
        assert glass.visible
        if ended and task == "lift":
            assert spider.at == stood, "it is led still"
    assert 0.0 < ended < 4.0 < 0.9 * len(jumps) * DT
    assert max(jumps[1:]) < 0.05, "it never jumps"
    running.tick()
    assert glass.at == MIDDLE and glass.visible is before
    assert glass.values["down"] == 1.0 and running.kitchen._led == 0


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
