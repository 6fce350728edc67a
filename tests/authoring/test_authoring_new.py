"""`palier-scenario new`: a scenario that is in order and runs; nothing that was there is lost."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys

import pytest
from at_terminal import at_a_terminal
from drop_in_led import led
from hypothesis import given
from hypothesis import strategies as st

from vr_runtime.authoring.cli import main
from vr_runtime.authoring.making.making import Plan, make
from vr_runtime.authoring.making.naming import ID, NoName, kind_for, named, proposed, usual
from vr_runtime.authoring.making.template import KINDS, made_own, template
from vr_runtime.examination.examine import examine
from vr_runtime.examination.rules import judge

LANGUAGES = ("fr", "en")
WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60)


@pytest.fixture(autouse=True)
def nobody_elses_scenarios(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PALIER_LANG", "en")


def without_comments(text: str) -> str:
    tree = ast.parse(text)
    return ast.dump(ast.Module(tree.body[1:], []))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_template_is_in_order_as_it_ships_and_short(kind, language):
    text = template(kind, language)
    assert judge(text, f"{kind}.py") == []
    code = [line for line in text.splitlines() if line.strip() and line.strip() not in ")}"]
    assert len(code) < 65


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_differs_between_languages_in_what_it_explains_alone(kind):
    french, english = template(kind, "fr"), template(kind, "en")
    assert without_comments(french) == without_comments(english)
    assert french.count("#") >= 8 and french != english


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_runs_from_level_0_to_10_with_its_two_events(kind, tmp_path):
    plan = Plan(named("tried.place", "x"), "Le lieu", "The place", "fear", kind)
    make(plan, tmp_path, "en", as_folder=False)
    engine = led(tmp_path)
    manifest = engine.manifest
    assert manifest is not None and engine.ramp is not None
    assert (manifest.id, manifest.title.fr, manifest.title.en) == (
        "tried.place", "Le lieu", "The place",
    )  # fmt: skip
    assert len(manifest.events) == 2 and manifest.comfort and manifest.contraindications
    assert engine.ramp.values == {v.name: v.by_level[10] for v in manifest.graded}


@given(title=WORDS, kind=st.sampled_from(KINDS), language=st.sampled_from(LANGUAGES))
def test_any_title_is_declared_as_it_was_said_and_nothing_else_changes(title, kind, language):
    before = template(kind, language)
    after = made_own(before, "Mine", {"title": {"fr": title, "en": title}})
    (scenario,) = (n for n in ast.parse(after).body if isinstance(n, ast.ClassDef))
    told = {
        n.targets[0].id: n.value
        for n in scenario.body
        if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
    }
    assert ast.literal_eval(told["title"]) == {"fr": title, "en": title}
    assert scenario.name == "Mine"
    kept = [line for line in before.splitlines() if "title" not in line and "class " not in line]
    assert [x for x in after.splitlines() if "title =" not in x and "class " not in x] == kept


@given(WORDS)
def test_whatever_was_typed_a_proposal_is_a_name(text):
    assert ID.fullmatch(proposed(text))


@pytest.mark.parametrize(
    ("given", "proposal"),
    [("Pont trop haut", "pont_trop_haut"), ("Élan", "elan"), ("3d.Lift!", "place_3d.lift"),
     ("a.b.c.d.e", "a.b.c.d"), ("???", "my_place"), ("my-place", "my_place")],
)  # fmt: skip
def test_a_name_that_cannot_be_one_is_answered_with_one_that_can(given, proposal, capsys):
    assert main(["new", given]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and f"try `{proposal}`" in told


def test_names_follow_from_the_name_and_from_what_is_feared():
    assert named("footbridge", "acrophobia").id == "acrophobia.footbridge"
    full = named("heights.foot_bridge", "acrophobia")
    assert (full.id, full.stem, full.class_name) == (
        "heights.foot_bridge", "heights_foot_bridge", "FootBridge",
    )  # fmt: skip
    assert named("local.none", "x").class_name == "NonePlace"
    assert named("local.scenario", "x").class_name == "ScenarioPlace"
    with pytest.raises(NoName):
        named("a.b.c.d.e", "x")


def test_the_usual_name_of_a_fear_is_known_by_what_is_feared_and_by_a_slip():
    assert usual("dogs") == "cynophobia" and usual("acrofobia") == "acrophobia"
    assert usual("zzz") == "" and kind_for("heights") == "height" and kind_for("zzz") == "approach"


def test_what_is_made_by_flags_is_in_order_and_asks_nothing(tmp_path, capsys):
    flags = ["--title-fr", "Le pont", "--title-en", "The bridge", "--phobia", "acrophobia"]
    assert main(["new", "heights.jetty", *flags, "--folder", str(tmp_path), "--json"]) == 0
    told = capsys.readouterr()
    (line,) = told.out.splitlines()
    made = json.loads(line)
    assert made["id"] == "heights.jetty" and told.err == ""
    report = examine("drop-in", made["path"])
    assert report.diagnostics == () and report.manifest is not None
    assert report.manifest.title.model_dump() == {"fr": "Le pont", "en": "The bridge"}
    assert main(["check", "--static", made["path"]]) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_comments_are_in_the_language_of_its_author(language, tmp_path):
    arguments = ["new", "a.place", "--folder", str(tmp_path), "--lang", language]
    assert main([*arguments, "--as-folder"]) == 0
    text = (tmp_path / "a_place" / "scenario.py").read_text("utf-8")
    assert ("une fois, au niveau 0" in text) == (language == "fr")


@pytest.mark.parametrize("there", ["a_place.py", "a_place"])
def test_what_is_there_already_is_never_overwritten(there, tmp_path, capsys):
    (tmp_path / there).write_text("mine", "utf-8")
    assert main(["new", "a.place", "--folder", str(tmp_path)]) == 2
    assert (tmp_path / there).read_text("utf-8") == "mine"
    assert [f.name for f in tmp_path.iterdir() if f.name != "data"] == [there]
    assert "stays as it is" in capsys.readouterr().err


def test_an_id_that_ships_is_not_given_to_another(tmp_path, capsys):
    assert main(["new", "heights.balcony", "--folder", str(tmp_path)]) == 2
    assert "already belongs" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("", "utf-8")
    assert main(["new", "a.place", "--folder", str(tmp_path / "file" / "more")]) == 3
    assert "choose another place" in capsys.readouterr().err


def test_three_questions_make_a_scenario_at_a_terminal(tmp_path):
    answers = ["Le chien\r", "\r", "dogs\r", "\r"]
    shown, code = at_a_terminal(["new", "dog", "--folder", str(tmp_path)], answers)
    assert code == 0, shown
    assert "Title in English [Dog]" in shown and "The usual name is `cynophobia`" in shown
    report = examine("drop-in", str(tmp_path / "dog.py"))
    assert report.manifest is not None
    assert report.manifest.id == "cynophobia.dog"
    assert report.manifest.title.model_dump() == {"fr": "Le chien", "en": "Dog"}


def test_an_answer_that_cannot_be_is_asked_for_again_and_an_end_makes_nothing(tmp_path):
    answers = ["x" * 401 + "\r", "Ici\r", "\x04"]
    shown, code = at_a_terminal(["new", "dog", "--folder", str(tmp_path / "new")], answers)
    assert code == 2 and "1 to 400 characters" in shown and "Nothing was made." in shown
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_whoever_closed_its_streams_gets_a_scenario_without_questions(closed, tmp_path):
    command = f'"{sys.executable}" -m vr_runtime.authoring.cli new quay.a --folder mine {closed}'
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")}
    ended = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert ended.returncode == 0 and "Traceback" not in ended.stderr
    assert (tmp_path / "mine" / "quay_a.py").is_file()


def test_a_name_is_told_on_one_line_whatever_it_holds():
    for name in ("a\nb\x1b[2J", "a" * 3000):
        with pytest.raises(NoName) as caught:
            named(name, "acrophobia")
        assert str(caught.value).isprintable() and len(str(caught.value)) < 300


def test_no_scenario_is_called_as_the_file_that_makes_a_folder_one():
    with pytest.raises(NoName, match="another name"):
        named("scenario", "acrophobia")
