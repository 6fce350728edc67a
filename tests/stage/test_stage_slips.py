"""Slips of an author's pen fail where they stand, in the author's language, and leave no trace."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios.api import Opening, ScenarioError, Stage
from vr_runtime.language import use
from vr_runtime.stage.names import shipped
from vr_runtime.stage.null import NullStage
from vr_runtime.thrown import words_of

ROOT = Path(__file__).resolve().parents[2]
ERRORS = ("ScenarioError", "Contradiction", "TooMany", "NoSuchWord")


@pytest.fixture
def stage() -> NullStage:
    return NullStage(shipped())


def box(world: Stage, **more: object):
    return world.box((1, 1, 1), material="wood", **more)


def tower(world: Stage) -> None:
    below = box(world)
    for _n in range(2000):
        below = box(world, parent=below)


SLIPS: dict[str, tuple[Callable[[Stage], object], str]] = {
    "a parent that is set": (lambda w: setattr(box(w), "parent", box(w)), "parent"),
    "a size that is set": (lambda w: setattr(box(w), "size", (2, 2, 2)), "`scale`"),
    "a word that is set": (lambda w: setattr(w, "wind", 0.5), "`stage`"),
    "a viewer that is set": (lambda w: setattr(w, "viewer", None), "`stage`"),
    "a word of the viewer that is set": (lambda w: setattr(w.viewer, "stand", 1), "`stage.viewer`"),
    "a word nobody knows": (lambda w: w.widn(0.5), "`wind`"),
    "what lies behind the stage": (lambda w: w.governor, "`governor`"),
    "a tower of two thousand": (tower, "32"),
    "a number beyond any float, not finite": (lambda w: w.wind(math.nan), "nan"),
    "an opening alone": (
        lambda w: w.room((4, 4, 3), openings=Opening("left")),
        "Opening",
    ),
    "an opening that is nowhere": (
        lambda w: w.room((4, 4, 3), openings=(Opening("left", at=math.nan),)),
        "nan",
    ),
    "a name that is a list": (lambda w: w.model(["x"]), "['x']"),
    "a sign that steers a terminal": (
        lambda w: w.text({"fr": "a\x1b[2J", "en": "b"}, at=(0, 0, 0)),
        "300",
    ),
    "a vehicle that steers a terminal": (lambda w: w.vehicle(box(w), fr="\x1b", en="b"), "80"),
    "a marker that steers a terminal": (lambda w: w.mark("\x1b[2J"), ""),
    "a marker that cannot be written": (lambda w: w.mark("\udcff"), ""),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_in_both_languages(stage: NullStage, slip: str):
    ask, named = SLIPS[slip]
    with pytest.raises(ScenarioError) as caught:
        ask(stage.world)
    told = {}
    for language in ("fr", "en"):
        use(language)
        told[language] = words_of(caught.value)
        assert named in told[language]
    assert told["en"] == str(caught.value) and told["fr"] != told["en"]


@pytest.mark.parametrize("slip", SLIPS)
def test_the_next_scenario_finds_the_stage_as_it_was(stage: NullStage, slip: str):
    with pytest.raises(ScenarioError):
        SLIPS[slip][0](stage.world)
    stage.clear("scene")
    assert not stage.inner.placed and not stage.inner.heard and not stage.inner.marked
    stage.world.wind(0.25)
    stage.world.viewer.stand((0, 1, 0))
    stage.tick(1 / 30)
    assert stage.inner.wind_strength == 0.25


def test_something_that_nothing_in_the_world_has_cannot_be_set_on_it(stage: NullStage):
    with pytest.raises(AttributeError, match="positon"):
        box(stage.world).positon = (1, 2, 3)
    with pytest.raises(AttributeError, match="volme"):
        stage.world.sound("calm/chime").volme = 1.0


def test_a_whole_number_beyond_any_float_is_held_within_the_limits(stage: NullStage):
    far = box(stage.world, at=(10**400, 0, -(10**400)))
    assert far.at == (20_000.0, 0.0, -20_000.0)


def test_words_of_the_stage_stay_within_reason_however_long_a_name_is(stage: NullStage):
    with pytest.raises(ScenarioError) as caught:
        stage.world.model("x" * 10_000_000)
    assert len(words_of(caught.value)) <= 200


def test_numbers_are_written_as_the_language_writes_them(stage: NullStage):
    openings = (Opening("left", at=1.25, width=3.5),)
    with pytest.raises(ScenarioError) as caught:
        stage.world.room((4, 4, 3), openings=openings)
    use("fr")
    assert "1,25\u00a0m" in words_of(caught.value)
    use("en")
    assert "1.25 m" in words_of(caught.value)


def test_what_a_scenario_itself_says_is_told_as_it_is():
    assert words_of(ScenarioError("the {rail} is at 3.5")) == "the {rail} is at 3.5"
    assert words_of(ScenarioError()) == ""


def test_every_sentence_of_an_error_is_one_that_the_catalogue_can_find():
    """A sentence put together where it is raised would be told in English for ever."""
    fixed = []
    for folder in ("scenarios/api", "vr_runtime/stage"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            raised = (n.exc for n in ast.walk(ast.parse(file.read_text())) if type(n) is ast.Raise)
            for call in raised:
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ERRORS:
                    told = call.args[0]
                    fixed.append(told)
                    assert not isinstance(told, ast.JoinedStr), f"{file}:{told.lineno}"
    assert len(fixed) > 30
