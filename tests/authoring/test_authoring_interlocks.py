"""Interlocks that cannot be kept are told where they stand, before anybody meets the scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from vr_runtime.authoring.page import page
from vr_runtime.examination.examine import examine
from vr_runtime.examination.interlocks import judge_interlocks
from vr_runtime.examination.source import import_by_path, scenario_classes
from vr_runtime.language import use
from vr_runtime.loader import Found

PIER = (Path(__file__).parent / "pier.py").read_text("utf-8")
BETWEEN = "    interlocks = (\n        {},\n    )\n\n    def build(self):"
EVENT = "cooldown_s=20, {})"


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def between(interlock: str) -> str:
    """The pier with this interlock: its height 0 to 12 m, its posts 8, 4 from level 5, 0 at 10."""
    assert PIER.count("    def build(self):") == 1
    return PIER.replace("    def build(self):", BETWEEN.format(interlock))


def of_event(bounds: str) -> str:
    """The pier whose wave, from level 2 on, requires or forbids this."""
    assert PIER.count("cooldown_s=20)") == 1
    return PIER.replace("cooldown_s=20)", EVENT.format(bounds))


WRONG = [
    ("a bound that is never reached", between("posts.at_most(0).requires(height.at_least(20))"),
     "PS137", "`height` at least 20 m never holds"),
    ("a bound that always holds", between("posts.at_most(9).forbids(height.at_least(10))"),
     "PS137", "`posts` at most 9 always holds"),
    ("both sides of one value", between("height.at_most(2).forbids(height.at_least(10))"),
     "PS137", "between two values"),
    ("an event's bounds that exclude each other",
     of_event("requires=(height.at_most(3),), forbids=(height.at_most(3),)"),
     "PS138", "no `height` satisfies them together"),
    ("an event that no level allows", of_event("requires=(height.at_most(2),)"),
     "PS139", "At no level can the event `wave` be fired"),
    ("a level that breaks it", between("posts.at_most(4).requires(height.at_most(8))"),
     "PS139", "Level 7 breaks"),
    ("a way between two levels that breaks it",
     between("posts.at_most(4).forbids(height.at_most(5))"),
     "PS139", "Between level 4 and 5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "words"), [w[1:] for w in WRONG],
                         ids=[w[0] for w in WRONG])  # fmt: skip
def test_an_interlock_that_cannot_be_kept_is_told_where_it_stands(
    text: str, code: str, words: str, tmp_path: Path
) -> None:
    file = tmp_path / "pier.py"
    file.write_text(text, "utf-8")
    (scenario,) = scenario_classes(import_by_path(file))
    found = list(judge_interlocks(scenario.manifest(), text, "Pier", "my/pier.py"))
    assert {each.code for each in found} == {code}, found
    assert words in str(found[0])
    changed = [n for n, line in enumerate(text.splitlines(), 1) if line not in PIER.splitlines()]
    line = text.splitlines()[found[0].line - 1]
    assert found[0].line in changed
    assert line[found[0].column - 1 :].startswith(("posts.", "height.")), "at the bound itself"


def test_two_interlocks_of_which_each_alone_could_be_kept_contradict_each_other(
    tmp_path: Path,
) -> None:
    high = "posts.at_most(0).requires(height.at_least(12))"
    low = "posts.at_most(4).forbids(height.at_least(12))"
    file = tmp_path / "pier.py"
    file.write_text(between(f"{high},\n        {low}"), "utf-8")
    (scenario,) = scenario_classes(import_by_path(file))
    found = list(judge_interlocks(scenario.manifest(), "", "Pier", "pier.py"))
    assert [each.code for each in found] == ["PS138", "PS139"]


def test_the_check_tells_it_by_file_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "pier.py"
    file.write_text(of_event("requires=(height.at_most(2),)"), "utf-8")
    (told,) = examine("drop-in", str(file)).diagnostics
    assert str(told).startswith(f"{file}:{told.line}:") and told.code == "PS139"


def test_what_is_no_bound_is_told_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "pier.py"
    file.write_text(of_event("requires=height"), "utf-8")
    (told,) = examine("drop-in", str(file)).diagnostics
    assert told.code == "PS151" and "in brackets" in told.message
    assert "@event" in file.read_text("utf-8").splitlines()[told.line - 1]


def test_interlocks_that_can_be_kept_are_shown_in_words(tmp_path: Path) -> None:
    file = tmp_path / "pier.py"
    kept = between("posts.at_most(0).forbids(height.at_most(6))")
    file.write_text(kept.replace("cooldown_s=20)", EVENT.format("requires=(rail.at_most(0),)")),
                    "utf-8")  # fmt: skip
    report = examine("drop-in", str(file))
    assert not report.diagnostics and report.manifest is not None
    lines = page(Found(report.manifest, "0" * 64, "given", file, lambda: None)).splitlines()  # type: ignore[arg-type,return-value]
    assert "  `posts` at most 0: not with `height` at most 6 m" in lines
    assert "  wave: only with `rail` at most 0" in lines
