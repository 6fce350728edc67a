"""What insects keep: a tripod of planted feet, a flight without leaps, wings that fold at rest."""

from __future__ import annotations

import math
from importlib import import_module

import pytest
from panda3d.core import NodePath

from scenarios.api import ScenarioError, Solid
from vr_runtime.engine.ports import DT
from vr_runtime.stage.animals.insect import FOLLOWS_PER_S, Insect
from vr_runtime.stage.models.animals.insect.build import BEATING, FOLDED
from vr_runtime.stage.models.animals.insect.plan import BUILDS, DRAWN
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.models.driven import ready
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.panda.herd import Herd
from vr_runtime.stage.space import length, minus

TOP = Solid((-0.6, 0.6, 0.72), (0.6, 1.4, 0.75))
START = (0.0, 1.0, 0.75)


@pytest.fixture
def stage():
    return NullStage(shipped())


def wasp(stage, kind: str = "wasp") -> Insect:
    made = stage.world.animal(kind, at=START, ground=(TOP,))
    assert isinstance(made, Insect)
    return made


def played(stage, *behaviours, most_s: float = 60.0):
    """Play one behaviour after the other, tick by tick."""
    left = round(most_s / DT)
    for behaviour in behaviours:
        try:
            next(behaviour)
            while True:
                stage.tick(DT)
                yield
                left -= 1
                assert left > 0, "it never ends"
                behaviour.send(DT)
        except StopIteration:
            continue


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("aloft", [True, False])
def test_what_an_insect_does_ends_in_the_air_and_unseen_too(stage, aloft, shown) -> None:
    insect = wasp(stage)
    if aloft:
        for _tick in played(stage, insect.fly_to((0.0, 1.0, 1.2))):
            pass
    insect.visible = shown
    ticks = sum(1 for _tick in played(stage, insect.act("groom", seconds=1.0), most_s=5.0))
    assert ticks == pytest.approx(1.0 / DT, abs=2)


@pytest.mark.parametrize("kind", BUILDS)
def test_it_walks_on_a_tripod_and_lifts_each_leg(stage, kind: str) -> None:
    insect = wasp(stage, kind)
    stood: list[int] = []
    lifted: set[int] = set()
    for _tick in played(stage, insect.walk_to((0.0, 1.08, 0.75))):
        stands = [leg for leg in DRAWN if insect.feet.standing(leg)]
        stood.append(len(stands))
        lifted |= set(DRAWN) - set(stands)
    # a leg that is late may still be in the air when the other three rise
    assert min(stood) >= 2
    assert sum(count >= 3 for count in stood) > 0.85 * len(stood)
    assert lifted == set(DRAWN)


def test_it_flies_there_lands_and_folds_its_wings(stage) -> None:
    insect = wasp(stage)
    flew = []
    for _tick in played(
        stage, insect.fly_to((0.3, 0.9, 1.0)), insect.land_on((-0.2, 0.8, 0.75)), insect.stay(0.5)
    ):
        flew.append(insect.stance(1.0).aloft)
    assert flew[2] and not flew[-1]
    assert math.dist(insect.at, (-0.2, 0.8, 0.75)) < 1e-6
    assert all(abs(insect.feet.tips[leg][2] - 0.75) < 1e-6 for leg in DRAWN)


def test_it_lands_on_what_is_steep_too(stage) -> None:
    insect = wasp(stage)
    for _tick in played(stage, insect.land_on((0.0, 0.6, 0.735), up=(0.0, -1.0, 0.0))):
        pass
    assert insect.up == (0.0, -1.0, 0.0)
    assert all(abs(insect.feet.tips[leg][1] - 0.6) < 1e-6 for leg in DRAWN)


@pytest.mark.parametrize("speed", [0.2, 1.0, 3.0])
def test_its_flight_never_leaps_and_keeps_out_of_what_it_stands_on(stage, speed: float) -> None:
    insect = wasp(stage)
    before, went = insect.at, (0.0, 0.0, 0.0)
    circle = insect.circle((0.0, 1.0, 0.80), radius=0.2, seconds=4.0, speed=speed)
    for _tick in played(stage, circle, insect.fly_to((0.1, 0.9, 0.60), speed=speed), most_s=20.0):
        step = minus(insect.at, before)
        assert length(step) < 1.5 * speed * DT + 0.01
        change = length(minus(step, went)) / DT
        assert change < 4.0 * FOLLOWS_PER_S * max(speed, 0.2) * DT + 0.25
        x, y, z = insect.at
        assert not (abs(x) < 0.6 and 0.6 < y < 1.4 and 0.72 < z < 0.75)
        before, went = insect.at, step


def test_who_is_led_by_nobody_hovers_where_it_was_left(stage) -> None:
    insect = wasp(stage)
    for _tick in played(stage, insect.fly_to((0.2, 0.9, 1.0))):
        pass
    for _tick in range(300):
        stage.tick(DT)
        assert math.dist(insect.at, (0.2, 0.9, 1.0)) < 0.05
    assert insect.aloft


def test_the_same_insect_flies_the_same_way_each_time() -> None:
    ways = []
    for _time in range(2):
        stage = NullStage(shipped())
        insect = wasp(stage)
        circle = insect.circle((0.0, 1.0, 1.0), radius=0.2, seconds=2.0)
        ways.append([insect.at for _tick in played(stage, circle)])
    assert ways[0] == ways[1]


def test_who_is_put_somewhere_stands_there_and_what_cannot_be_is_told(stage) -> None:
    insect = wasp(stage)
    for _tick in played(stage, insect.fly_to((0.2, 0.9, 1.0))):
        pass
    with pytest.raises(ScenarioError, match="let it land"):
        next(insect.walk_to(START))
    insect.at = START
    assert not insect.aloft
    spider = stage.world.animal("house_spider")
    for ask in (
        lambda: spider.fly_to(START),
        lambda: spider.land_on(START),
        lambda: spider.circle(START, radius=0.1, seconds=1.0),
    ):
        with pytest.raises(ScenarioError, match="does not fly"):
            ask()


def test_wings_are_drawn_beating_in_the_air_and_folded_at_rest(stage) -> None:
    name = "animals/wasp"
    model: NodePath = ready(import_module(MODELS[name].module).build(), name)
    insect, herd, root = wasp(stage), Herd(NodePath("scene")), NodePath("holder")
    herd.take(insect, root, model.copyTo(root))

    def shown(part: str) -> bool:
        return not root.find(f"**/grade 5/{part}").isHidden()

    assert (shown(FOLDED), shown(BEATING)) == (True, False)
    for _tick in played(stage, insect.fly_to((0.2, 0.9, 1.0))):
        herd.follow(insect, 1.0)
    assert (shown(FOLDED), shown(BEATING)) == (False, True)
