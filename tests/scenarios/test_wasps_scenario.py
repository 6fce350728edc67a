"""The terrace: what separates holds, who flies keeps off the face, what comes goes away again."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from scenarios.api import Context
from scenarios.builtin.wasps_terrace import scenario
from scenarios.builtin.wasps_terrace.scenario import Terrace
from scenarios.builtin.wasps_terrace.table import (
    EYES_M,
    FREE,
    GLASS,
    HORNETS,
    PICTURE,
    SCREEN,
    SCREEN_Y,
    SILENT,
    SPOT,
    TABLE_Y,
    TOP_Z,
)
from vr_runtime.engine.ports import DT
from vr_runtime.examination.hierarchies import with_hierarchies
from vr_runtime.stage.models.kitchen.tumbler import HIGH_M, RADIUS_M
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

MANIFEST = Terrace.manifest()


class Running:
    """The terrace on a stage without pictures, at one level."""

    def __init__(self, level: int) -> None:
        self.stage = NullStage(shipped())
        self.stage.speak_for(MANIFEST)
        self.values = {v.name: v.by_level[level] for v in MANIFEST.graded}
        self.terrace = Terrace(Context(self.stage.world, Random(4), self.values))
        with self.stage.owner("scene"):
            self.terrace.build()
        self.tick()

    def tick(self) -> None:
        self.terrace.update(DT)
        self.stage.tick(DT)

    def play(self, name: str, seconds: float = 60.0) -> int:
        """Play an event or a task as the engine does; the most insects seen meanwhile."""
        played = {**Terrace.events(), **Terrace.tasks()}[name]
        most = 0
        with self.stage.owner(name):
            steps = played.start(self.terrace)
            next(steps)
            for _tick in range(round(seconds / DT)):
                self.tick()
                most = max(most, len(self.seen()))
                try:
                    steps.send(DT)
                except StopIteration:
                    break
            else:
                raise AssertionError(f"{name} never ends")
        self.stage.clear(name)
        return most

    def seen(self):
        return [animal for animal in self.stage.inner.animals() if animal.visible]

    def shown(self, name: str) -> bool:
        return any(p.visible for p in self.stage.inner.placed if p.made_of == f"model {name}")


@pytest.mark.parametrize("level", range(11))
def test_each_level_shows_as_many_insects_as_it_says_behind_what_it_says(level: int) -> None:
    running = Running(level)
    values = running.values
    drawn = values["barrier"] == PICTURE
    assert len(running.seen()) == (0 if drawn else values["count"])
    assert running.shown("garden/card") is (drawn and values["count"] > 0)
    assert running.shown("kitchen/tumbler") is (values["barrier"] == GLASS)
    assert running.shown("garden/screen") is (values["barrier"] == SCREEN)
    kinds = {animal.made_of.split()[1] for animal in running.seen()}
    assert ("hornet" in kinds) is (values["kind"] == HORNETS)


def test_from_level_to_level_the_first_insect_is_nearer_to_the_eyes() -> None:
    away = []
    for level in range(2, 11):
        running = Running(level)
        eyes = (0.0, TABLE_Y - running.values["distance"], TOP_Z + EYES_M)
        away.append(math.dist(running.terrace.swarm.first.at, eyes))
    assert all(nearer < farther for farther, nearer in pairwise(away))
    assert away[1] > 1.0, "level 3 says: more than a metre away"
    assert away[5] < 0.9, "a free wasp is near enough to be told from a crumb"


def test_what_is_under_the_glass_stays_under_it_also_while_it_flies() -> None:
    running = Running(5)
    running.values["flight"] = 2
    (wasp,) = running.seen()
    flew = False
    for _tick in range(900):
        running.tick()
        flew = flew or wasp.aloft
        x, y, z = wasp.at
        assert math.hypot(x - SPOT[0], y - SPOT[1]) < RADIUS_M - 0.01
        assert SPOT[2] <= z < SPOT[2] + HIGH_M - 0.02
    assert flew


def test_what_is_behind_the_pane_stays_behind_it() -> None:
    running = Running(6)
    for _tick in range(900):
        running.tick()
        assert all(animal.at[1] > SCREEN_Y for animal in running.seen())


def test_nobody_comes_to_the_face_by_itself_and_a_tick_moves_nobody_far() -> None:
    running = Running(10)
    face = (0.0, TABLE_Y - running.values["distance"], TOP_Z + EYES_M)
    before = {animal: animal.at for animal in running.seen()}
    nearest = 9.0
    for _tick in range(900):
        running.tick()
        for animal in running.seen():
            assert math.dist(animal.at, before[animal]) < 0.1
            before[animal] = animal.at
            nearest = min(nearest, math.dist(animal.at, face))
    applied = 0.01 * running.values["nearest"]
    assert 0.6 * applied < nearest < 2.0 * applied


def nearest_in(running: Running, seconds: float) -> float:
    """The nearest that any insect comes to the face meanwhile."""
    face = (0.0, TABLE_Y - running.values["distance"], TOP_Z + EYES_M)
    nearest = 9.0
    for _tick in range(round(seconds / DT)):
        running.tick()
        nearest = min(nearest, *(math.dist(animal.at, face) for animal in running.seen()))
    return nearest


def test_insects_keep_as_far_from_the_face_as_is_applied() -> None:
    running = Running(10)
    running.values["nearest"] = 80.0
    for _tick in range(150):
        running.tick()  # who was on the way there already comes back
    kept = nearest_in(running, 20.0)
    running.values["nearest"] = 34.0
    assert nearest_in(running, 20.0) < kept - 0.1 and kept > 0.55


def test_a_visitor_circles_the_head_nearer_where_nearer_is_applied() -> None:
    nearest = {}
    for applied in (70.0, 45.0):
        running = Running(7)
        running.values["nearest"] = applied
        face = (0.0, TABLE_Y - running.values["distance"], TOP_Z + EYES_M)
        nearest[applied] = 9.0
        with running.stage.owner("head"):
            steps = Terrace.events()["head"].start(running.terrace)
            next(steps)
            for _tick in range(round(20.0 / DT)):
                running.tick()
                far = [math.dist(animal.at, face) for animal in running.seen()]
                nearest[applied] = min(nearest[applied], *far)
                try:
                    steps.send(DT)
                except StopIteration:
                    break
    assert 0.3 < nearest[45.0] < nearest[70.0] - 0.12


def fastest_in(running: Running, seconds: float) -> float:
    """The fastest that any insect goes meanwhile, in m/s."""
    before = {animal: animal.at for animal in running.seen()}
    fastest = 0.0
    for _tick in range(round(seconds / DT)):
        running.tick()
        for animal in running.seen():
            fastest = max(fastest, math.dist(animal.at, before[animal]) / DT)
            before[animal] = animal.at
    return fastest


@pytest.mark.parametrize("applied", [0.3, 0.6, 1.1])
def test_insects_fly_as_fast_as_is_applied(applied: float) -> None:
    running = Running(9)
    running.values["speed"] = applied
    # one weaves and takes off beside it
    assert 0.6 * applied < fastest_in(running, 12.0) < 1.6 * applied + 0.05


def test_the_garden_is_heard_as_much_as_is_applied() -> None:
    running = Running(0)
    (summer,) = (s for s in running.stage.inner.heard if s.made_of.endswith("garden/summer"))
    loud = summer.volume
    running.values["garden"] = 30.0
    running.tick()
    assert summer.volume == pytest.approx(0.3 * loud)


def test_four_values_glide_each_with_a_unit_and_a_rate() -> None:
    gliding = [v for v in MANIFEST.graded if v.kind == "points" and v.unit and v.rate > 0]
    assert len(gliding) >= 4


def test_the_cautious_ladder_ends_where_the_direct_one_does() -> None:
    manifest = with_hierarchies(MANIFEST, Path(scenario.__file__).parent)
    cautious, direct = sorted(manifest.hierarchies, key=lambda each: each.kind)
    assert cautious.rows[-1].level == direct.rows[-1].level == 10
    assert cautious.rows[-1].distress == direct.rows[-1].distress


@pytest.mark.parametrize("event", MANIFEST.events, ids=lambda e: e.name)
def test_an_event_ends_with_the_table_as_it_was(event) -> None:
    level = {"buzzes": 4, "pane": 6}.get(event.name, 7)
    running = Running(level)
    before = len(running.stage.inner.placed)
    most = running.play(event.name)
    assert most >= 1
    assert len(running.stage.inner.placed) == before
    assert len(running.seen()) == running.values["count"]


def test_buzzes_are_heard_only_while_wings_beat_and_as_loud_as_applied() -> None:
    running = Running(8)
    buzzes = running.terrace.swarm.buzzes
    heard = set()
    for _tick in range(600):
        running.tick()
        for animal, sound in buzzes.items():
            if sound.volume > 0.4 * running.values["buzz"] * 0.0055:
                heard.add(animal)
                assert animal in running.terrace.swarm.seen
    assert heard
    running.values["buzz"] = 0.0
    for _tick in range(60):
        running.tick()
    assert all(sound.volume == SILENT for sound in buzzes.values())


def test_leaving_in_the_middle_of_anything_puts_all_back() -> None:
    running = Running(7)
    with running.stage.owner("caught"):
        steps = Terrace.events()["caught"].start(running.terrace)
        next(steps)
        for _tick in range(240):
            running.tick()
            steps.send(DT)
        steps.close()
    running.stage.clear("caught")
    running.terrace.safe()
    running.terrace.update(0.0)
    assert not running.shown("kitchen/tumbler")
    (wasp,) = running.seen()
    assert not wasp.aloft
    assert running.values["barrier"] == FREE
