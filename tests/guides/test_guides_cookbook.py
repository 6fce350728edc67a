"""Every recipe of the cookbook is a scenario as it stands, and passes the check."""

from __future__ import annotations

import re

import pytest
from drop_in_led import led
from guide_pages import author_page, blocks
from guide_pieces import with_piece
from vocabulary import WORDS

from vr_runtime.authoring.check import check

BARE = f'''"""A scenario that lacks what the recipe brings."""

from scenarios.api import {", ".join(WORDS)}


class Recipe(Scenario):
    id = "cookbook.recipe"
    title = {{"fr": "Recette", "en": "Recipe"}}
    summary = {{"fr": "Une recette.", "en": "A recipe."}}
    phobia = "agoraphobia"
    comfort = Comfort(motion="none")
    levels = {{n: {{"fr": f"Niveau {{n}}.", "en": f"Level {{n}}."}} for n in range(11)}}
'''


def recipes() -> dict[str, str]:
    """The one block of code below each heading of the cookbook."""
    found = {}
    for part in re.split(r"^## ", author_page("cookbook", "en"), flags=re.M)[1:]:
        (found[part.partition("\n")[0]],) = blocks(part, "python")
    return found


ASKED_FOR = ("crowd", "vehicle", "Weather", "animal", "task", "door", "lamp", "voice")


@pytest.mark.parametrize("name", recipes())
def test_a_recipe_passes_the_check_and_runs_with_its_events(name, tmp_path):
    file = tmp_path / "recipe.py"
    file.write_text(with_piece(BARE, recipes()[name]), "utf-8")
    (checked,) = check([str(file)], {})
    assert checked.diagnostics == ()
    engine = led(tmp_path)
    assert engine.ramp is not None
    assert engine.ramp.values == {g.name: g.by_level[10] for g in engine.manifest.graded}


SOON = "A vehicle"
"""Measured in an ordinary run: it says that it will move before it does."""
LATE = (pytest.mark.long, pytest.mark.timeout(300))


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n == SOON else LATE) for n in recipes()]
)
def test_a_recipe_breaks_no_rule_that_is_measured_without_pictures(name, tmp_path):
    file = tmp_path / "recipe.py"
    file.write_text(with_piece(BARE, recipes()[name]), "utf-8")
    (checked,) = check([str(file)], {}, lambda _what: None, pictures=False)
    assert checked.diagnostics == ()


@pytest.mark.parametrize("about", ASKED_FOR)
def test_what_authors_ask_for_has_a_recipe(about):
    assert any(about in name for name in recipes())
