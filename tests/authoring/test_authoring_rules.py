"""Each slip an author may make is told by line and column, with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vr_runtime.examination.rules import judge
from vr_runtime.language import use

GOOD = (Path(__file__).parent / "pier.py").read_text("utf-8")


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def test_a_good_scenario_has_nothing_to_tell():
    assert judge(GOOD, "pier.py") == []


SLIPS = [
    ("class Pier(Scenario):", "class Pier(Scenario)", "PS101", "a `:` is missing"),
    ("Graded, Sc", "Gradde, Graded, Sc", "PS103", "did you mean `Graded`?"),
    ('    id = "heights.pier"\n', "", "PS112", "`id` is missing"),
    ("    title =", "    titel =", "PS112", "did you mean `titel`?"),
    ('"heights.pier"', '"Heights Pier"', "PS113", "as \"heights.balcony\""),
    ('"1.0.0"', '"1.0"', "PS113", "three numbers"),
    ('        7: {"fr": "7 m", "en": "7 m up"},\n', "", "PS120", "no sentence for level 7"),
    ("        10: {", '        11: {"fr": "a", "en": "a"},\n        10: {', "PS121",
     "whole numbers 0 to 10"),
    ('"fr": "La jetée", "en"', '"fr": "La jetée", "eng"', "PS122", "did you mean `en`?"),
    ('{"fr": "Une jetée.", "en": "A pier."}', '{"fr": "Une jetée."}', "PS122", "`en` is missing"),
    ('{"fr": "bas", "en": "low"}', '{"en": "low"}', "PS122", "`fr` is missing"),
    ('({"fr": "eau", "en": "water"},)', '({"fr": "eau"},)', "PS122", "`en` is missing"),
    ('"en": "water"', '"en": " "', "PS122", "1 to 400 characters"),
    ('"en": "water"', '"en": "wa\\x1b[2Jter"', "PS122", "control character"),
    ('"en": "water"', '"en": "wa\u202eter"', "PS122", "control character"),
    ('    @event(fr="Une vague"', '    @hidden\n    @event(fr="Une vague"', "PS149", "first"),
    ('fr="hauteur", ', "", "PS123", "name in fr is missing"),
    ('fr="Une vague", en="A wave"', 'fr="Une vague"', "PS123", "name in en is missing"),
    ("{0: 0.0, 10: 12.0}", "{0: 0.0, 9: 12.0}", "PS130", "level 10 is missing"),
    ("{0: 0.0, 10: 12.0}", "{0: 0.0, 10: 12.0, 12: 1}", "PS130", "`12` is no level"),
    ("{0: 0.0, 10: 12.0}", "{0: 2, 10: 2.0}", "PS130", "same at every level"),
    ("{0: 0.0, 10: 12.0}", "{0: 0, 4: 9, 6: 8, 10: 12}", "PS130", "gets easier again"),
    ("{0: 0, 10: 1}", "{0: 0, 10: 2}", "PS130", "number of its option"),
    ("min_level=2", "min_level=12", "PS131", "`12` is no level"),
    ("cooldown_s=20", "cooldown_s=-1", "PS132", "0 to 600 seconds"),
    ("rate=0.5", "rate=0", "PS132", "greater than 0"),
    ("rate=0.5", "rate=0.5, ease_rate=0.1", "PS132", "slower than going up"),
    ('unit="m"', 'unit="metres above sea"', "PS132", "at most 12 characters"),
    ("min_level=2", "minlevel=2", "PS133", "did you mean `min_level`?"),
    ("rate=0.5", "raet=0.5", "PS133", "did you mean `rate`?"),
    ("    posts =", "    height =", "PS135", "declared twice"),
    ("    posts =", "    Posts =", "PS136", "small letter"),
    ("(0, 0, self.height)\n        self.stage", "(0, 0, self.hieght)\n        self.stage",
     "PS140", "did you mean `height`?"),
    ("self.stage.box", "self.stage.bocks", "PS141", "`stage` has no `bocks`"),
    ("viewer.stand", "viewer.stnad", "PS141", "did you mean `stand`?"),
    ("        self.foam()", "        self.height = 3", "PS142", "never sets it"),
    ('yield from self.wait(self.stage', 'self.wait(self.stage', "PS143", "never yields"),
    ("def wave(self)", "def wave(self, level)", "PS145", "`self` and nothing else"),
    ("def update(self, dt)", "def udpate(self, dt)", "PS146", "did you mean `update`?"),
    ("    def foam(self):", "    def save(self):\n        pass\n\n    def foam(self):", "PS146",
     "did you mean `safe`?"),
    ('material="wood"', 'material="woood"', "PS144", "did you mean `wood`?"),
    ('self.stage.box((3, 2, 0.1), material="wood")', 'self.stage.model("city/distrikt")', "PS144",
     "did you mean `city/district`?"),
    ("self.stage.wind(self.random.random())", 'self.stage.sound(name="no/such")', "PS144",
     "There is no sound `no/such`"),
    ('say("hello")', 'say("helo")', "PS144", "did you mean `hello`?"),
    ('"hello": {"fr"', '"bye bye": {"fr": "a", "en": "a"}, "hello": {"fr"', "PS136",
     "small letter"),
    ('{"fr": "Bonjour.", "en": "Hello."}', '{"en": "Hello."}', "PS122", "`fr` is missing"),
    ('("heights",)', '("height",)', "PS124", "did you mean `heights`?"),
    ('motion="none"', 'motion="slow"', "PS134", 'write `Comfort(motion="none")`'),
    ('motion="none"', '', "PS134", "says what moves the view"),
    ('motion="none"', 'motion="high"', "PS134", 'add "vection"'),
    ('        self.foam()\n\n', '        self.stage.viewer.ride(self.deck)\n\n', "PS134",
     "nothing moves the view"),
    ('@event(fr="Une vague", en="A wave", min_level=2, cooldown_s=20)', "@event", "PS123",
     "`@event` needs"),
    ('@task(fr="Restez au bord.", en="Stay at the edge.", min_level=3)', "@task", "PS123",
     "`@task` needs the instruction"),
    ('fr="Restez au bord.", ', "", "PS123", "name in fr is missing"),
    ('"Stay at the edge."', f'"{"Stay. " * 21}"', "PS122", "at most 120 characters"),
    ("min_level=3", "min_level=-1", "PS131", "`-1` is no level"),
    ("min_level=3", "cooldown_s=3", "PS133", "no argument `cooldown_s`"),
    ("min_level=3", 'min_level=3, warning={"fr": "Haut."}', "PS122", "`en` is missing"),
    ("def stay(self)", "def wave(self)", "PS135", "declared twice"),
    ("def stay(self)", "def Stay(self)", "PS136", "small letter"),
    ("def arms(self)", "def arms(self, left)", "PS145", "A task takes `self`"),
    ("        yield from self.wait(10.0)", "        while True:\n            yield", "PS147",
     "leave `yield` out"),
    ("        yield from self.wait(10.0)", "        self.wait(10.0)", "PS148", "`yield from`"),
    ("        yield from self.wait(10.0)", "        return self.wait(10.0)", "PS148",
     "waits for nothing"),
    ("    def stay(self)", "    async def stay(self)", "PS148", "instead of `async def`"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "code", "words"), SLIPS)
def test_a_slip_is_told_where_it_stands(right, wrong, code, words):
    assert GOOD.count(right) == 1
    text = GOOD.replace(right, wrong)
    found = judge(text, "my/pier.py")
    assert {each.code for each in found} == {code}, found
    assert any(words in str(each) for each in found), found
    changed = {n for n, line in enumerate(text.splitlines(), 1) if line not in GOOD.splitlines()}
    around = {1, *range(min(changed, default=1) - 1, max(changed, default=99) + 2)}
    missing = code in ("PS112", "PS120", "PS143")
    for each in found:
        assert str(each).startswith(f"my/pier.py:{each.line}:{each.column}: {code} ")
        assert missing or each.line in around


@pytest.mark.parametrize(
    ("statement", "hint"),
    [
        ("import vr_runtime.engine", "self.stage"),
        ("from panda3d.core import NodePath", "self.stage"),
        ("from scenarios.builtin import heights_balcony", "self.stage"),
        ("import random", "self.random"),
        ("from time import sleep", "dt"),
        ("import json, threading", "no threads"),
        ("def late():\n    import socket", "network"),
    ],
)
def test_a_forbidden_import_is_told_with_what_to_use_instead(statement, hint):
    (found,) = judge(f"{statement}\n{GOOD}", "pier.py")
    assert (found.code, found.line) == ("PS102", 1 + statement.count("\n"))
    assert hint in found.hint


@pytest.mark.parametrize("call", ["rock(roll=1)", "lean(pitch=1)", "go_to((0, 0, 1), heading=9)"])
def test_a_vehicle_of_low_motion_is_asked_for_no_more(call):
    low = GOOD.replace('motion="none"', 'motion="low"').replace('"heights",)', '"vection",)')
    assert judge(low, "p.py") == []
    before, foam, after = low.partition("        self.foam()\n\n")
    (found,) = judge(f"{before}        self.deck.{call}\n{foam}{after}", "p.py")
    assert (found.code, found.line) == ("PS134", before.count("\n") + 1)


def test_a_scenario_without_values_is_told():
    lines = GOOD.split("    height = Graded")[0]
    assert [each.code for each in judge(lines, "pier.py")] == ["PS114"]


def test_what_the_api_was_imported_as_makes_no_difference():
    text = GOOD.replace(
        "from scenarios.api import Comfort, Graded, Scenario, event, task",
        "from scenarios import api",
    )
    for word in ("Scenario)", "Comfort(", "Graded(", "Graded.", "event(", "task("):
        text = text.replace(word, f"api.{word}")
    assert judge(text, "pier.py") == []
    assert [d.code for d in judge(text.replace("min_level=2", "min_level=11"), "p.py")] == ["PS131"]


def test_columns_count_characters_from_one():
    text = GOOD.replace('"fr": "La jetée", "en": "The pier"', '"fr": "La jetée", "én": "The pier"')
    where = {(each.code, each.line, each.column) for each in judge(text, "pier.py")}
    line = text.splitlines()[8]
    assert ("PS122", 9, line.index('"én"') + 1) in where


def test_french_authors_are_told_in_french():
    use("fr")
    (found,) = judge(GOOD.replace("min_level=2", "min_level=12"), "pier.py")
    assert "niveau" in str(found)
    use("en")


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_text_whatever_makes_the_rules_fail(text):
    for each in judge(text, "x.py"):
        assert each.line >= 1


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 30))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_file_cut_anywhere_is_told_and_never_breaks_the_rules(start, length):
    for each in judge(GOOD[:start] + GOOD[start + length :], "x.py"):
        assert each.column >= 1


@pytest.mark.parametrize(
    "body",
    [
        "while self.height < 3.0:\n            yield",
        "while True:\n            if self.height > 3.0:\n                return\n            yield",
        "while True:\n            yield\n            if self.height > 3.0:\n                break",
    ],
)
def test_a_task_whose_loop_has_a_way_out_ends(body):
    assert judge(GOOD.replace("yield from self.wait(10.0)", body), "pier.py") == []
