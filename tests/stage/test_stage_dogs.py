"""Dogs: paws that stand do not slide, gaits as dogs have them, what is shown can be told apart."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scenarios.api import ScenarioError
from vr_runtime.engine.ports import DT
from vr_runtime.stage.animals.dog.bearing import Mood, bearing
from vr_runtime.stage.animals.dog.bones import Body
from vr_runtime.stage.animals.dog.dog import Dog
from vr_runtime.stage.animals.kinds import KINDS, DogKind
from vr_runtime.stage.models.animals.dog.plan import BONES, HOUNDS, LEGS
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage

DOGS = sorted(name for name, kind in KINDS.items() if isinstance(kind, DogKind))


class Led:
    """One dog on a stage without pictures."""

    def __init__(self, kind: str = "large_dog", **how: object) -> None:
        self.stage = NullStage(shipped())
        made = self.stage.world.animal(kind, **how)  # type: ignore[arg-type]
        assert isinstance(made, Dog)
        self.dog = made

    def play(self, steps, most_s: float = 30.0):
        """Each tick of it: which paws stand, and where."""
        next(steps)
        for _tick in range(round(most_s / DT)):
            self.stage.tick(DT)
            paws = self.dog.paws
            yield [paws.tips[leg] if paws.standing(leg) else None for leg in range(4)]
            try:
                steps.send(DT)
            except StopIteration:
                return
        raise AssertionError("it never ends")


@pytest.mark.parametrize("kind", DOGS)
@pytest.mark.parametrize("share", [0.6, 1.8, 5.5])
def test_a_paw_that_stands_does_not_slide_at_any_gait(kind: str, share: float) -> None:
    led = Led(kind)
    steps = led.dog.walk_to((0.0, 5.0, 0.0), speed=min(share * led.dog.size, 4.0))
    before: list[object] = [None] * 4
    for now in led.play(steps):
        for old, new in zip(before, now, strict=True):
            assert old is None or new is None or old == new
        before = list(now)


def test_it_walks_in_four_beats_hind_foot_before_the_fore_foot_of_its_side() -> None:
    led = Led()
    landed: list[str] = []
    before: list[object] = [1] * 4
    for now in led.play(led.dog.walk_to((0.0, 6.0, 0.0), speed=0.9)):
        landed += [LEGS[k] for k in range(4) if before[k] is None and now[k] is not None]
        before = list(now)
    settled = landed[6:-6]
    following = {"hl": "fl", "fl": "hr", "hr": "fr", "fr": "hl"}
    right = [following[a] == b for a, b in pairwise(settled)]
    assert len(right) > 6 and sum(right) >= 0.8 * len(right)


def test_it_gets_up_before_it_walks_and_lies_down_again() -> None:
    led = Led()
    led.dog.set("lie", 1.0)
    for _tick in range(90):
        led.stage.tick(DT)
    assert led.dog.dog_stance(1.0).bearing.lie > 0.95
    moved = [led.dog.dog_stance(1.0) for _ in led.play(led.dog.walk_to((0.0, 2.0, 0.0)))]
    assert all(s.bearing.lie < 0.2 for s in moved if s.frame.at[1] > 0.05)
    for _tick in range(90):
        led.stage.tick(DT)
    assert led.dog.dog_stance(1.0).bearing.lie > 0.95


@pytest.mark.parametrize("name", ["bow", "walk", "look"])
def test_what_a_dog_was_asked_ends_though_it_is_hidden(name: str) -> None:
    led = Led()
    led.dog.set("lie", 1.0)
    for _tick in range(90):
        led.stage.tick(DT)
    asked = {
        "bow": led.dog.act("bow", seconds=2.0),
        "walk": led.dog.walk_to((0.0, 1.0, 0.0)),
        "look": led.dog.look_at((3.0, 0.0, 0.0)),
    }
    led.dog.visible = False
    ticks = sum(1 for _tick in led.play(asked[name], most_s=10.0))
    assert 0 < ticks <= 5.0 / DT
    led.dog.visible = True
    low = min(led.dog.paws.tips, key=lambda tip: abs(tip[1] - led.dog.at[1]))
    assert abs(low[1] - led.dog.at[1]) < led.dog.size, "its paws are below it"


def test_ease_play_and_threat_can_be_told_apart() -> None:
    hound = HOUNDS["large_dog"]

    def shown(mood: Mood, seconds: float = 0.4):
        return bearing(hound, mood, seconds=seconds, step=0.0, turn=0.0, nod=0.0, blink=0.0)

    calm, play, threat = shown(Mood()), shown(Mood(play=1.0, wag=1.0)), shown(Mood(tense=1.0))
    assert threat.ears > 0.0 > calm.ears and play.ears < 0.0
    assert threat.tail > play.tail > calm.tail
    swings = [
        [abs(shown(m, 0.05 * k).wag) for k in range(20)]
        for m in (Mood(play=1.0, wag=1.0), Mood(tense=1.0))
    ]
    assert max(swings[0]) > 5.0 * max(swings[1])
    assert threat.shift > calm.shift


@pytest.mark.parametrize("kind", DOGS)
def test_every_bone_stays_a_bone_and_no_paw_leaves_its_place(kind: str) -> None:
    hound = HOUNDS[kind]
    body = Body(hound)
    for mood in (Mood(), Mood(sit=1.0), Mood(lie=1.0, sleep=1.0), Mood(bow=1.0), Mood(sniff=1.0)):
        told = bearing(hound, mood, seconds=1.0, step=1.0, turn=0.5, nod=0.2, blink=0.0)
        body.bend(told, [leg.rest for leg in hound.legs])
        assert len(body.rows()) == 3 * len(BONES)
        for name, leg in zip(("toes_r", "toes_l", "sole_r", "sole_l"), hound.legs, strict=True):
            assert body.place(name, leg.joints[3])[:2] == pytest.approx(leg.rest[:2], abs=1e-6)


def test_what_a_dog_cannot_be_is_said() -> None:
    world = NullStage(shipped()).world
    with pytest.raises(ScenarioError, match="golden"):
        world.animal("small_dog", coat="goldn")
    with pytest.raises(ScenarioError, match="grades"):
        world.animal("small_dog", realism=3)
    with pytest.raises(ScenarioError, match="coat"):
        world.animal("house_spider", coat="golden")
    with pytest.raises(ScenarioError, match="collar"):
        world.animal("house_spider").leash_to((0.0, 0.0, 1.0))
