"""A BAT script and the distress expected of levels are declared, checked by line, and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from vr_runtime.authoring.cli import main
from vr_runtime.examination.bat import judge_bat
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.examine import examine
from vr_runtime.examination.rules import judge
from vr_runtime.examination.source import import_by_path, scenario_classes
from vr_runtime.language import use

BEFORE = "    def build(self):"
DECLARED = """\
    expected_distress = {0: 5, 4: 30, 10: 90}
    interlocks = (posts.at_most(2).requires(height.at_least(8)),)
    bat = Bat(
        instruction={"fr": "Aussi loin que vous voulez.", "en": "As far as you want."},
        steps=(
            BatStep(fr="Au niveau 1.", en="At level 1.", level=1, seconds=10),
            BatStep(fr="Plus haut.", en="Higher.", level=1, seconds=10, values={"height": 2.4}),
            BatStep(fr="Au bord.", en="At the edge.", level=3, seconds=20, task="stay"),
        ),
        measure="height",
    )

"""
PIER = (
    (Path(__file__).parent / "pier.py")
    .read_text("utf-8")
    .replace("import Comfort,", "import Bat, BatStep, Comfort,")
    .replace(BEFORE, f"{DECLARED}{BEFORE}")
)


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def found(text: str, folder: Path) -> list[Diagnostic]:
    """What the check says: of the text, and only where that is in order of the declaration."""
    file = folder / "pier.py"
    file.write_text(text, "utf-8")
    told = judge(text, "pier.py")
    if told:
        return told
    (scenario,) = scenario_classes(import_by_path(file))
    return list(judge_bat(scenario.manifest(), text, "Pier", "pier.py"))


def test_a_script_that_is_in_order_is_shown_with_what_is_scored(tmp_path: Path, capsys) -> None:
    assert found(PIER, tmp_path) == []
    assert main(["show", str(tmp_path / "pier.py")]) == 0
    told = capsys.readouterr().out
    assert "level 1, height 2 m; done after 10 s" in told
    assert "level 3; done after 20 s, with the task: Stay at the edge." in told
    assert "Scored: the number of steps done, and height at the last of them." in told
    assert "   4  4 m up  (30)" in told and "   2  2 m up  (18)" in told
    assert "no clinical norm" in told


SLIPS = [
    ("4: 30", "4: 95", "PS125", "falls"),
    ("10: 90", "10: 101", "PS125", "0 to 100"),
    ("10: 90", "9: 90", "PS125", "at level 10 is missing"),
    ('en="Higher."', 'en=""', "PS122", "1 to 400"),
    ('fr="Plus haut.", ', "", "PS123", "fr"),
    ("level=3, seconds", "level=11, seconds", "PS131", "whole numbers 0 to 10"),
    ("seconds=20", "second=20", "PS133", "did you mean `seconds`?"),
    ('"height": 2.4', '"heigth": 2.4', "PS192", "did you mean `height`?"),
    ('task="stay"', 'task="stey"', "PS192", "did you mean `stay`?"),
    ('measure="height"', 'measure="higth"', "PS192", "did you mean `height`?"),
    ('"height": 2.4', '"height": 13', "PS192", "it is 0 to 12"),
    ("level=3, seconds", "level=2, seconds", "PS193", "below level 3"),
    ('"height": 2.4', '"posts": 2', "PS193", "only with `height` at least 8 m"),
    ('"height": 2.4', '"height": 0.5', "PS194", "`height` is easier here"),
    (', values={"height": 2.4}', "", "PS194", "Nothing is harder here"),
    ('"fr": "Aussi loin que vous voulez.", ', "", "PS122", "`fr` is missing"),
]


@pytest.mark.parametrize(("right", "slip", "code", "words"), SLIPS, ids=[s[1][:24] for s in SLIPS])
def test_each_slip_is_told_at_its_line(
    right: str, slip: str, code: str, words: str, tmp_path: Path
) -> None:
    assert PIER.count(right) == 1
    text = PIER.replace(right, slip)
    told = found(text, tmp_path)
    assert [each.code for each in told] == [code], told
    assert words in str(told[0])
    (changed,) = (n for n, line in enumerate(PIER.splitlines(), 1) if right in line)
    assert told[0].line == changed


def test_what_only_running_tells_is_told_at_the_script(tmp_path: Path) -> None:
    file = tmp_path / "pier.py"
    file.write_text(PIER.replace("seconds=20", "seconds=30 * 20"), "utf-8")
    (told,) = examine("drop-in", str(file)).diagnostics
    assert told.code == "PS151" and "seconds" in told.message
