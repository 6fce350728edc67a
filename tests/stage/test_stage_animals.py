"""What living animals keep: planted feet, legs as long as their bones, the same steps each time."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.api import ScenarioError, Solid
from vr_runtime.engine.ports import DT
from vr_runtime.measuring.trace import Trace
from vr_runtime.stage.animals.animal import Animal
from vr_runtime.stage.animals.kinds import KINDS, SpiderKind
from vr_runtime.stage.animals.made import MOST_ANIMALS
from vr_runtime.stage.animals.surfaces import hold, solid_boxes
from vr_runtime.stage.look.limbs import bent
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.space import length, minus, times, unit

SLIPS_M = 0.0005
SPIDERS = {name: kind for name, kind in KINDS.items() if isinstance(kind, SpiderKind)}
FLOOR = Solid((-4.0, -4.0, -0.2), (4.0, 4.0, 0.0))
TOP = Solid((-0.6, 0.6, 0.72), (0.6, 1.4, 0.75))
LEG = Solid((-0.6, 0.6, 0.0), (-0.54, 0.66, 0.72))
GROUND = (FLOOR, TOP, LEG)
LEGS = range(8)


@pytest.fixture
def stage():
    return NullStage(shipped())


def played(stage, animal: Animal, *behaviours):
    """Play one behaviour after the other; gives the animal after each tick."""
    for behaviour in behaviours:
        try:
            next(behaviour)
            while True:
                yield from ticked(stage, animal)
                behaviour.send(DT)
        except StopIteration:
            yield from ticked(stage, animal)


def ticked(stage, animal: Animal):
    stage.tick(DT)
    yield animal


def kept_by_feet(stage, animal: Animal, *behaviours) -> None:
    """Every foot that stands stays, lies on what is walked on, and within the reach of its leg."""
    feet, bones = animal.feet, animal.kind.skeleton
    before: dict[int, tuple[float, float, float]] = {}
    steps = 0
    for _tick in played(stage, animal, *behaviours):
        now = {leg: feet.tips[leg] for leg in LEGS if feet.standing(leg)}
        for leg, tip in now.items():
            if leg in before:
                assert length(minus(tip, before[leg])) < SLIPS_M
            reach = length(minus(tip, feet.hip(leg, animal.frame, animal.size)))
            assert reach <= bones.limbs[leg].reach * animal.size
            on = hold(feet.boxes, tip, plane=(animal.frame.at, animal.frame.up))
            assert length(minus(on, tip)) < SLIPS_M
        steps += sum(leg not in now for leg in before)
        before = now
    assert steps >= len(LEGS), "it has walked: every leg was lifted"


@pytest.mark.parametrize("kind", SPIDERS)
@pytest.mark.parametrize("speed", [0.02, 0.08, 0.2, 0.4])
def test_a_foot_that_stands_never_slides_and_no_leg_is_longer_than_its_bones(stage, kind, speed):
    animal = stage.world.animal(kind)
    kept_by_feet(
        stage,
        animal,
        animal.walk_to((0.25, 0.35, 0.0), speed=speed),
        animal.walk_to((-0.1, 0.1, 0.0), speed=speed),
        animal.look_at((0.0, 3.0, 0.0)),
    )


@pytest.mark.parametrize("kind", SPIDERS)
def test_feet_stay_planted_up_a_table_leg_and_over_the_edge(stage, kind):
    animal = stage.world.animal(kind, at=(-0.57, 0.3, 0.0), ground=GROUND)
    kept_by_feet(
        stage,
        animal,
        animal.walk_to((-0.57, 0.6, 0.4), up=(0.0, -1.0, 0.0), speed=0.12),
        animal.walk_to((-0.57, 0.8, 0.75), speed=0.12),
    )
    assert animal.at == (-0.57, 0.8, 0.75) and animal.up == (0.0, 0.0, 1.0)


@settings(max_examples=25, deadline=None)
@given(
    kind=st.sampled_from(sorted(SPIDERS)),
    to=st.tuples(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5)),
    speed=st.floats(0.03, 0.5),
    size=st.floats(0.03, 0.2),
)
def test_it_arrives_wherever_it_was_sent_and_then_stands_on_all_feet(kind, to, speed, size):
    stage = NullStage(shipped())
    animal = stage.world.animal(kind, size=size)
    animal.set("life", 0.0)
    target = (*to, 0.0)
    for _tick in played(stage, animal, animal.walk_to(target, speed=speed), animal.stay(1.5)):
        pass
    assert length(minus(animal.at, target)) < 1e-6
    assert all(animal.feet.standing(leg) for leg in LEGS)


@pytest.mark.parametrize("kind", SPIDERS)
def test_what_is_asked_of_one_who_is_hidden_ends_and_its_feet_are_where_it_is(stage, kind):
    animal = stage.world.animal(kind)
    animal.visible = False
    walk = animal.walk_to((0.0, 0.5, 0.0), speed=0.2)
    ticks = list(played(stage, animal, animal.act("groom", seconds=1.0), walk))
    assert 1.0 / DT <= len(ticks) <= 8.0 / DT
    animal.visible = True
    for leg in LEGS:
        reach = length(
            minus(animal.feet.tips[leg], animal.feet.hip(leg, animal.frame, animal.size))
        )
        assert reach <= animal.kind.skeleton.limbs[leg].reach * animal.size


def test_between_two_ticks_planted_feet_are_drawn_where_they_stand(stage):
    animal = stage.world.animal("house_spider")
    ticks = played(stage, animal, animal.walk_to((0.0, 0.5, 0.0), speed=0.2))
    seen = 0
    before = list(animal.feet.tips)
    for _tick in ticks:
        stood = [leg for leg in LEGS if animal.feet.tips[leg] == before[leg]]
        before = list(animal.feet.tips)
        for between in (0.25, 0.7):
            stance = animal.stance(between)
            for leg in stood:
                drawn = stance.frame.world(times(stance.tips[leg][:3], stance.size))
                assert length(minus(drawn, before[leg])) < 1e-6
                seen += 1
    assert seen > 100


@settings(max_examples=80, deadline=None)
@given(
    leg=st.sampled_from(range(8)),
    kind=st.sampled_from(sorted(SPIDERS)),
    off=st.tuples(*[st.floats(-0.12, 0.12)] * 3),
)
def test_bones_keep_their_length_and_meet_the_foot_they_can_reach(leg, kind, off):
    bones = SPIDERS[kind].skeleton
    limb = bones.limbs[leg]
    hip = (limb.hip[0], limb.hip[1], limb.hip[2] + bones.height)
    tip = tuple(a + b for a, b in zip(limb.rest, off, strict=True))
    outwards = unit((limb.hip[0], limb.hip[1], 0.0))
    knee, heel, end = bent(hip, tip, limb.bones, limb.bend, outwards)
    for a, b, long in zip((hip, knee, heel), (knee, heel, end), limb.bones, strict=True):
        assert length(minus(a, b)) == pytest.approx(long, rel=1e-6)
    if length(minus(tip, hip)) < 0.99 * limb.reach:
        assert length(minus(end, tip)) < 1e-6
        assert knee[2] > min(hip[2], tip[2])


def walked(stage) -> list[str]:
    """The digests of a stage on which an animal goes about."""
    trace = Trace(stage.inner)
    animal = stage.world.animal("house_spider", at=(-0.57, 0.3, 0.0), ground=GROUND)
    for _tick in played(
        stage,
        animal,
        animal.run_to((-0.57, 0.6, 0.4), up=(0.0, -1.0, 0.0)),
        animal.stay(12.0),
        animal.act("rear", seconds=1.0),
        animal.hang_to((-0.57, 0.5, 0.2)),
    ):
        trace.take()
    return [*trace.digests, repr(animal.feet.tips)]


def test_the_same_script_gives_the_same_steps_twice(stage):
    assert walked(stage) == walked(NullStage(shipped()))


def test_it_hangs_straight_below_where_its_thread_is_fixed(stage):
    spider = stage.world.animal("house_spider", at=(0.0, 1.0, 2.0))
    for _tick in played(stage, spider, spider.hang_to((0.0, 1.0, 1.2), speed=0.4)):
        pass
    fixed = spider.stance(1.0).thread
    assert fixed is not None
    assert spider.frame.world(times(fixed, spider.size)) == pytest.approx((0.0, 1.0, 2.0))
    assert spider.frame.forward[2] < -0.99, "head down"
    for _tick in played(stage, spider, spider.walk_to((0.0, 1.2, 1.2), speed=0.4)):
        pass
    assert spider.stance(1.0).thread is None


def test_what_it_does_by_itself_stops_without_life_and_no_foot_is_lifted(stage):
    animal = stage.world.animal("house_spider")
    animal.set("life", 0.0)
    still = {repr(animal.stance(1.0)) for _n in range(600) if stage.tick(DT) is None}
    assert len(still) == 1
    animal.set("life", 1.0)
    lively = {repr(animal.stance(1.0)) for _n in range(600) if stage.tick(DT) is None}
    assert len(lively) > 100


def test_grade_and_size_may_change_while_it_stands(stage):
    animal = stage.world.animal("bird_spider", realism=1)
    assert animal.realism == 1 and animal.values["realism"] == 0.0
    animal.realism, animal.size = 4, 0.12
    stage.tick(DT)
    assert (animal.realism, animal.size, animal.values["realism"]) == (4, 0.12, 0.75)
    reach = max(length(minus(tip, animal.at)) for tip in animal.feet.tips)
    assert reach < 0.12


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda w: w.animal("house_spidr"), 'no animal "house_spidr"; the nearest is "house_spid'),
        (
            lambda w: w.animal("house_spider").act("reer"),
            'this animal cannot "reer"; the nearest it can is "rear"',
        ),
        (lambda w: w.animal("bird_spider").hang_to((0, 0, 0)), "spins no thread"),
        (lambda w: w.animal("house_spider", up=(0, 0, 0)), "`up` needs a direction"),
        (lambda w: w.animal("house_spider", ground=((0, 0, 0),)), "Solid(low, high)"),
        (lambda w: w.animal("house_spider", ground=(Solid((0, 0, 0), (1, 1, 0)),)), "above `low`"),
        (lambda w: w.animal("house_spider").walk_to((0, 0, -1), up=(0, 0, -1)), "turned against"),
        (lambda w: w.animal("house_spider", size=math.nan), "must be a number"),
        (lambda w: setattr(w.animal("house_spider"), "pitch", 3.0), "as its surface does"),
        (lambda w: setattr(w.animal("house_spider"), "scale", (2, 2, 2)), "`size`"),
        (lambda w: [w.animal("house_spider") for _n in range(MOST_ANIMALS + 1)], "more than 60"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_write(stage, ask, told):
    with pytest.raises(ScenarioError, match=re.escape(told)):
        asked = ask(stage.world)
        next(asked)


def test_a_foot_finds_hold_on_the_nearest_side_of_what_it_walks_on():
    boxes = solid_boxes(GROUND)
    plane = ((0.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    assert hold(boxes, (0.0, 1.0, 0.80), plane=plane) == (0.0, 1.0, 0.75)
    assert hold(boxes, (0.62, 1.0, 0.74), plane=plane) == (0.6, 1.0, 0.74)
    assert hold(boxes, (-0.57, 0.62, 0.4), plane=plane)[1] == pytest.approx(0.6)
    assert hold((), (1.0, 2.0, 3.0), plane=plane) == (1.0, 2.0, 0.0)
