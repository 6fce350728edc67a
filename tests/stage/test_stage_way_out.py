"""What a scenario may say of the patient's way out: a thing and its words, never the way."""

from __future__ import annotations

import pytest

from scenarios.api import ScenarioError
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.stage.way_out import LONGEST_WORDS

WORDS = {"fr": "pressez la poire", "en": "squeeze the ball"}


@pytest.fixture
def stage() -> NullStage:
    return NullStage(shipped())


def test_a_thing_with_a_value_stands_for_the_way_out_until_the_scenario_is_gone(stage) -> None:
    world = stage.inner
    assert world.exit is None
    table = world.model("scanner/couch")
    ball = world.model("scanner/ball", parent=table)
    stage.world.way_out(ball, "pressed", **WORDS)
    assert world.exit is not None and world.exit.seen
    table.visible = False
    assert not world.exit.seen, "what carries it is not shown"
    table.visible = True
    ball.remove()
    assert not world.exit.seen
    stage.clear("scene")
    assert world.exit is None


@pytest.mark.parametrize("value", ["squeezed", ""])
def test_a_value_that_the_thing_does_not_have_is_named(stage, value: str) -> None:
    ball = stage.inner.model("scanner/ball")
    with pytest.raises(ScenarioError, match="pressed"):
        stage.world.way_out(ball, value, **WORDS)
    assert stage.inner.exit is None


@pytest.mark.parametrize("words", [{"fr": "", "en": "squeeze"}, {"fr": "x", "en": "y" * 41}])
def test_both_languages_say_it_shortly(stage, words: dict[str, str]) -> None:
    ball = stage.inner.model("scanner/ball")
    with pytest.raises(ScenarioError, match=str(LONGEST_WORDS)):
        stage.world.way_out(ball, "pressed", **words)


def test_there_is_one_and_no_event_brings_another(stage) -> None:
    ball = stage.inner.model("scanner/ball")
    with stage.owner("wave"), pytest.raises(ScenarioError, match="build"):
        stage.world.way_out(ball, "pressed", **WORDS)
    stage.world.way_out(ball, "pressed", **WORDS)
    with pytest.raises(ScenarioError, match="one way out"):
        stage.world.way_out(ball, "pressed", **WORDS)
    box = stage.inner.box((0.1, 0.1, 0.1), material="wood")
    box.remove()
    stage.inner.exit = None
    with pytest.raises(ScenarioError, match="stand in this world"):
        stage.world.way_out(box, "pressed", **WORDS)
