"""What the author's guide shows runs as it stands, and lists what ships."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import fields
from pathlib import Path

import pytest
from drop_in_led import led
from guide_pages import ROOT, author_page, author_pages, blocks, guide, mentions, tables
from owning import block, equirect, glb, own_in
from vocabulary import WORDS, example

from scenarios.api import Animal, Breathing, Stage, Tensing, Vehicle, Viewer
from vr_runtime import language
from vr_runtime.assets import assets_dir
from vr_runtime.authoring.cli import main
from vr_runtime.examination.examine import examine
from vr_runtime.stage.models.catalogue import MODELS
from vr_runtime.stage.names import shipped
from vr_runtime.stage.world import MOST_SOUNDS, MOST_THINGS

LANGUAGES = ("en", "fr")
OWN = {
    ".jpg": lambda: equirect(kind="JPEG"),
    ".ogg": lambda: (assets_dir() / "audio/calm/chime.ogg").read_bytes(),
    ".glb": lambda: glb(*block()),
}
"""Own files that examples name, by their ending."""
EXAMPLE = example()
WHOLE = ("cookbook", "ten-steps")
"""Pages whose code is put together by tests of their own."""
FRAGMENTS = [
    text
    for name in author_pages()
    if name not in WHOLE
    for text in blocks(author_page(name, "en"), "python")
    if text != EXAMPLE
]


@pytest.fixture(autouse=True)
def spoken_before():
    before = language.language()
    yield
    language.use(before)


def test_the_example_runs_from_level_0_to_10_with_its_events_and_its_task(tmp_path):
    (tmp_path / "footbridge.py").write_text(EXAMPLE, "utf-8")
    engine = led(tmp_path)
    assert engine.ramp is not None
    assert engine.ramp.values == {"height": 20.0, "width": 1.0, "rail": 2.0}


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda text: text.split("(")[0].strip("@ "))
def test_every_fragment_runs_within_the_example(fragment, tmp_path):
    more = textwrap.indent(fragment, "    ")
    words = [w for w in WORDS if re.search(rf"(?<![.\w]){w}\b", fragment)]
    more_words = f"from scenarios.api import {', '.join(words)}\n" if words else ""
    text = f"{EXAMPLE}\n\n{more_words}\nclass Tried(Footbridge):\n{more}"
    own = {name: OWN[Path(name).suffix]() for name in re.findall(r'"(own/[^"]+)"', fragment)}
    place = tmp_path / "tried"
    place.mkdir()
    (own_in(place, own) / "scenario.py").write_text(text, "utf-8")
    manifest = led(tmp_path).manifest
    assert manifest is not None
    declares = len(re.findall(r"^(?:\w+ = Graded|@event|@task)", fragment, re.MULTILINE))
    played = len(manifest.events) + len(manifest.tasks)
    assert len(manifest.graded) + played == 6 + declares


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_hierarchies_that_are_shown_belong_to_the_example(spoken, tmp_path):
    (tmp_path / "footbridge.py").write_text(EXAMPLE, "utf-8")
    (shown,) = blocks(author_page("hierarchies", spoken), "toml")
    (tmp_path / "footbridge.hierarchies.toml").write_text(shown, "utf-8")
    report = examine("drop-in", str(tmp_path / "footbridge.py"))
    assert report.manifest is not None, report.diagnostics
    assert [each.kind for each in report.manifest.hierarchies] == ["cautious"]


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_check_says_what_the_guide_says_it_says(spoken, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    good = Path("footbridge.py")
    good.write_text(EXAMPLE, "utf-8")
    assert main(["check", "--static", "--lang", spoken, "footbridge.py"]) == 0
    capsys.readouterr()
    good.write_text(EXAMPLE.replace('material="wood"', 'material="wod"'), "utf-8")
    assert main(["check", "--lang", spoken, "footbridge.py"]) == 1
    assert [capsys.readouterr().out] == blocks(guide("scenarios", spoken), "text")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_models_materials_and_sounds_are_those_that_ship(spoken):
    page, names = guide("scenarios", spoken), shipped()
    told = {
        row[0].strip("`"): set(mentions(row[2]))
        for table in tables(page)
        for row in table
        if row[0].strip("`") in MODELS
    }
    assert told == {name: set(values) for name, values in names.models.items()}
    lines = page.splitlines()
    begins = {"en": ("Materials", "Sounds:"), "fr": ("Matières", "Sons")}[spoken]
    materials, sounds = (
        next(set(mentions(line)) for line in lines if line.startswith(begin)) for begin in begins
    )
    assert materials == set(names.materials)
    assert sounds == set(names.sounds)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_words_of_the_stage_are_its_own(spoken):
    told = {}
    for table in tables(guide("scenarios", spoken)):
        for row in table:
            found = re.fullmatch(r"`(?:viewer\.)?(\w+)\((.*)\)`", row[0])
            if found:
                told[found[1]] = set(filter(None, found[2].split(", ")))
    methods = {**vars(Stage), **vars(Animal), **vars(Vehicle)}
    methods |= {"stand": Viewer.stand, "lie": Viewer.lie, "ride": Viewer.ride}
    real = {
        name: set(inspect.signature(method).parameters) - {"self"}
        for name, method in methods.items()
        if inspect.isfunction(method) and not name.startswith("_")
    }
    exercises = {kind.__name__: {f.name for f in fields(kind)} for kind in (Breathing, Tensing)}
    assert told == real | exercises


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_code_of_the_check_is_explained_and_no_other(spoken):
    used: set[str] = set()
    for file in (ROOT / "vr_runtime").rglob("*.py"):
        used.update(re.findall(r'"(PS\d{3})"', file.read_text("utf-8")))
    told = [row[0] for table in tables(guide("scenarios", spoken)) for row in table]
    assert [code for code in told if re.fullmatch(r"PS\d{3}", code)] == sorted(used)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_most_that_may_stand_in_the_world_is_the_engines_own(spoken):
    assert re.search(rf"{MOST_THINGS} \w+ \w+ {MOST_SOUNDS} ", guide("scenarios", spoken))
