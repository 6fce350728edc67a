"""How living animals are drawn: finely who is near, with shadows that fall away from the light."""

from __future__ import annotations

from importlib import import_module

import pytest
from panda3d.core import LVecBase3f, NodePath

from vr_runtime.engine.ports import DT
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.models.driven import ready
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.panda.herd import MOST_FINE, Herd

SPIDER = "animals/house_spider"


@pytest.fixture(scope="module")
def model() -> NodePath:
    made: NodePath = ready(import_module(MODELS[SPIDER].module).build(), SPIDER)
    return made


class Drawn:
    """Spiders in a row away from the eyes, and the nodes they are drawn with."""

    def __init__(self, model: NodePath, count: int) -> None:
        self.root = NodePath("scene")
        self.root.setShaderInput("sun_colour", LVecBase3f(1.0, 1.0, 1.0))
        self.root.setShaderInput("sun_towards", LVecBase3f(-0.6, 0.0, 0.8))
        self.stage = NullStage(shipped())
        self.herd = Herd(self.root)
        self.animals = [
            self.stage.world.animal("house_spider", at=(0.0, 0.2 * n, 0.0)) for n in range(count)
        ]
        self.models = []
        for animal in self.animals:
            holder = self.root.attachNewNode("holder")
            copy = model.copyTo(holder)
            self.models.append(copy)
            self.herd.take(animal, holder, copy)

    def fine(self) -> list[bool]:
        return [not model.find("**/grade 5/fine").isHidden() for model in self.models]


def slant(node: NodePath) -> tuple[float, ...]:
    given = node.getShaderInput("slant")
    return tuple(given.getVector())


def test_the_nearest_to_the_eyes_are_drawn_finely_and_all_others_plainly(model) -> None:
    drawn = Drawn(model, MOST_FINE + 3)
    drawn.herd.look_from((0.0, -1.0, 1.5))
    assert drawn.fine() == [True] * MOST_FINE + [False] * 3
    drawn.herd.look_from((0.0, 5.0, 1.5))
    assert drawn.fine() == [False] * 3 + [True] * MOST_FINE
    for each, fine in zip(drawn.models, drawn.fine(), strict=True):
        assert each.find("**/grade 5/plain").isHidden() is fine


def test_few_are_all_drawn_finely(model) -> None:
    drawn = Drawn(model, 2)
    drawn.herd.look_from((0.0, 9.0, 1.5))
    assert drawn.fine() == [True, True]


def test_a_shadow_falls_away_from_the_light_and_in_the_air_there_is_none(model) -> None:
    drawn = Drawn(model, 1)
    (spider,), (node,) = drawn.animals, drawn.models
    # the light comes from -x, which is to the left of what looks along y
    assert slant(node)[0] > 0.5 and slant(node)[3] == 1.0
    spider.at = (0.0, 0.0, 2.0)
    steps = spider.hang_to((0.0, 0.0, 1.0))
    next(steps)
    for _tick in range(30):
        steps.send(DT)
        drawn.stage.tick(DT)
    drawn.herd.follow(spider, 1.0)
    assert slant(node)[3] == 0.0
    assert not node.find("thread").isHidden()


def test_an_animal_is_drawn_where_it_is_as_large_as_it_is(model) -> None:
    drawn = Drawn(model, 1)
    (spider,), (node,) = drawn.animals, drawn.models
    spider.size = 0.12
    spider.at, spider.heading = (0.3, 0.2, 0.75), 90.0
    drawn.stage.tick(DT)
    drawn.herd.follow(spider, 1.0)
    assert tuple(node.getPos(drawn.root)) == pytest.approx((0.3, 0.2, 0.75))
    ahead = drawn.root.getRelativeVector(node, LVecBase3f(0.0, 1.0, 0.0))
    assert tuple(ahead) == pytest.approx((-0.12, 0.0, 0.0), abs=1e-6)
