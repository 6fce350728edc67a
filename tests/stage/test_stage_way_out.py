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


@pytest.mark.parametrize(
    "words",
    [
        {"fr": "", "en": "squeeze"},
        {"fr": "x", "en": "y" * 41},
        {"fr": "pressez", "en": "\u200b"},
        {"fr": "pres\x1bsez", "en": "squeeze"},
        {"fr": "pressez", "en": "\u202eezeeuqs"},
        {"fr": 3, "en": "squeeze"},
    ],
    ids=["missing", "long", "unseen", "control character", "turned", "no text"],
)
def test_both_languages_say_it_shortly(stage, words: dict[str, str]) -> None:
    ball = stage.inner.model("scanner/ball")
    with pytest.raises(ScenarioError, match=str(LONGEST_WORDS)):
        stage.world.way_out(ball, "pressed", **words)


def test_its_words_stay_on_one_line_and_are_taken_as_they_are(stage) -> None:
    ball = stage.inner.model("scanner/ball")
    stage.world.way_out(ball, "pressed", fr=" pressez\n\n\nla poire ", en="squeeze {controls}")
    words = stage.inner.exit.words
    assert (words.fr, words.en) == ("pressez la poire", "squeeze {controls}")


def test_its_words_go_with_it_when_it_is_taken_away_for_good(stage) -> None:
    ball = stage.inner.model("scanner/ball")
    stage.world.way_out(ball, "pressed", **WORDS)
    ball.visible = False
    assert stage.inner.exit.read(in_scene=False) and stage.inner.exit.read(in_scene=True) is None
    ball.remove()
    assert stage.inner.exit.read(in_scene=False) is None


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
    with pytest.raises(ScenarioError, match="for the way out must stand in this world"):
        stage.world.way_out(box, "pressed", **WORDS)
    with pytest.raises(ScenarioError, match="for the way out must stand in this world"):
        stage.world.way_out(None, "pressed", **WORDS)
