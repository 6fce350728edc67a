"""The rings of a walk: seen where they are open and the patient is not, and only looked at then."""

from __future__ import annotations

import math

import pytest

from scenarios.api import Graded, Pose, Scenario, ScenarioError, Walk
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

DT = 1.0 / 30.0


class Jetty(Scenario):
    """A jetty along which one may walk."""

    id = "test.jetty"
    title = {"fr": "La jetée", "en": "The jetty"}
    summary = {"fr": "Une jetée.", "en": "A jetty."}
    phobia = "heights"
    levels = {n: {"fr": f"niveau {n}", "en": f"level {n}"} for n in range(11)}
    place = Graded.steps({0: 0, 10: 4}, fr="place", en="place", unit="m")
    reach = Graded.steps({0: 0, 10: 8}, fr="portée", en="reach", unit="m")
    walk = Walk(start=place, reach=reach, marks=(0.0, 4.0, 8.0))


@pytest.fixture
def stage() -> NullStage:
    made = NullStage(shipped())
    made.speak_for(Jetty.manifest())
    for number, y in enumerate(Jetty.walk.marks):
        made.inner.waypoint(number, at=(0.0, y, 0.0))
    return made


def seen(stage: NullStage) -> list[int]:
    stage.tick(DT)
    return [n for n, ring in enumerate(stage.inner.placed) if ring.visible]


def looked(stage: NullStage, pitch: float, heading: float = 0.0) -> int | None:
    stage.tick(DT)
    sight = Pose(heading, pitch, (0.0, 0.0, 1.6))
    return stage.inner.ways.look(sight, stage.inner.standing.footing)


def down_to(far: float) -> float:
    return -math.degrees(math.atan2(1.6, far))


def test_a_ring_is_seen_while_it_is_open_and_nobody_stands_on_it(stage: NullStage) -> None:
    assert seen(stage) == []
    stage.open_ways(frozenset({0, 1}))
    assert seen(stage) == [1]
    stage.inner.standing.stand((0.0, 4.0, 0.0))
    assert seen(stage) == [0]
    stage.open_ways(frozenset())
    assert seen(stage) == []


def test_the_nearest_to_the_line_of_sight_is_looked_at_and_lights_up(stage: NullStage) -> None:
    stage.open_ways(frozenset({0, 1, 2}))
    assert looked(stage, down_to(4.0)) == 1
    stage.tick(DT)
    assert [ring.values["lit"] for ring in stage.inner.placed] == [0.0, 1.0, 0.0]
    assert looked(stage, down_to(8.0)) == 2
    assert looked(stage, 10.0) is None and looked(stage, down_to(4.0), heading=40.0) is None


def test_what_is_closed_cannot_be_looked_at(stage: NullStage) -> None:
    stage.open_ways(frozenset({0, 1}))
    assert looked(stage, down_to(8.0)) is None


def test_a_turned_patient_looks_where_they_are_turned_to(stage: NullStage) -> None:
    stage.open_ways(frozenset({0, 1}))
    stage.inner.standing.stand((-4.0, 4.0, 0.0), heading=-90.0)
    assert looked(stage, down_to(4.0)) == 1
    assert looked(stage, down_to(4.0), heading=90.0) is None


def test_nobody_looks_where_no_scene_is_seen(stage: NullStage) -> None:
    stage.open_ways(frozenset({1}))
    stage.tick(DT)
    assert stage.inner.ways.look(None, stage.inner.standing.footing) is None


@pytest.mark.parametrize("number", [3, -1, True, "1"])
def test_a_mark_that_the_walk_does_not_have_is_told_and_leaves_nothing(
    stage: NullStage, number: int
) -> None:
    before = len(stage.inner.placed)
    with pytest.raises(ScenarioError, match="from 0 on"):
        stage.inner.waypoint(number, at=(0.0, 0.0, 0.0))
    assert len(stage.inner.placed) == before


def test_a_mark_is_laid_once_until_it_is_taken_away(stage: NullStage) -> None:
    with pytest.raises(ScenarioError, match="laid already"):
        stage.inner.waypoint(1, at=(0.0, 0.0, 0.0))
    stage.inner.placed[1].remove()
    stage.inner.waypoint(1, at=(0.0, 5.0, 0.0))


def test_the_next_scenario_begins_without_any(stage: NullStage) -> None:
    stage.open_ways(frozenset({1}))
    stage.speak_for(Jetty.manifest())
    assert seen(stage) == []
