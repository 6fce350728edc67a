"""Whoever follows the author's guide has, after each step, what the guide says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from drop_in_led import led
from guide_pages import LANGUAGES, all_pages, author_page, blocks
from guide_pieces import with_piece
from lot import PART_OR_WHOLE

from vr_runtime import language
from vr_runtime.authoring.check import Checked, check
from vr_runtime.authoring.cli import main
from vr_runtime.measuring.grades import thumbnail_of

STEPS = range(1, 11)


@pytest.fixture(autouse=True)
def spoken_before():
    before = language.language()
    yield
    language.use(before)


def steps(spoken: str) -> list[str]:
    """The text of each step, the first at 0."""
    return re.split(r"^## \d+\. ", author_page("ten-steps", spoken), flags=re.M)[1:]


def after(step: int, spoken: str, folder: Path) -> Path:
    """The author's file after so many steps, made by the command and changed as each step says."""
    words = ["heights.footbridge", "--phobia", "acrophobia", "--folder", str(folder)]
    assert main(["new", "--lang", spoken, *words]) == 0
    file = folder / "heights_footbridge.py"
    text = file.read_text("utf-8")
    for told in steps(spoken)[:step]:
        for piece in blocks(told, "python"):
            text = with_piece(text, piece)
    file.write_text(text, "utf-8")
    return file


def graded(file: Path, lot: int | None = None) -> Checked:
    """What the measured check says of a file; with a lot a part of it is drawn."""
    (checked,) = check([str(file)], {}, lambda _what: None, lot=lot)
    return checked


def test_there_are_ten_steps_and_each_asks_for_something():
    told = steps("en")
    assert len(told) == len(STEPS)
    assert all("```" in step for step in told)


@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("step", STEPS)
def test_after_each_step_the_scenario_passes_the_check_and_runs(step, spoken, tmp_path, capsys):
    file = after(step, spoken, tmp_path)
    assert main(["check", "--lang", "en", "--static", str(file)]) == 0, capsys.readouterr().out
    led(tmp_path)


@pytest.mark.long
@pytest.mark.render
@pytest.mark.timeout(600)
def test_after_six_steps_it_is_silver(tmp_path):
    found = graded(after(6, "en", tmp_path))
    assert found.grade == "silver", found.diagnostics


@pytest.mark.soak
@pytest.mark.render
@pytest.mark.timeout(600)
@pytest.mark.parametrize("lot", PART_OR_WHOLE)
def test_after_nine_steps_gold_asks_for_a_picture_alone_and_the_tenth_makes_it(
    lot, tmp_path, monkeypatch
):
    # The first drawing of a process opens its sound: what the next ones find is decided here.
    monkeypatch.setenv("ALSOFT_DRIVERS", "null")
    file = after(9, "en", tmp_path)
    nearly = graded(file, lot)
    assert [asked.key for asked in nearly.missing] == ["thumbnail"], nearly.diagnostics
    words = [
        "heights.footbridge",
        "--scenario-dir",
        str(tmp_path),
        "--out",
        str(tmp_path / "heights_footbridge.jpg"),
    ]
    assert thumbnail_of(file) is None
    assert main(["thumbnail", *words]) == 0
    assert thumbnail_of(file) is not None


@pytest.mark.soak
@pytest.mark.render
@pytest.mark.timeout(600)
@pytest.mark.parametrize("lot", PART_OR_WHOLE)
def test_forty_lines_written_from_the_guide_are_silver(lot, tmp_path):
    (text,) = blocks(all_pages()["scenarios/GUIDE.md"], "python")
    assert len([line for line in text.splitlines() if line.strip()]) <= 40
    assert main(["new", "darkness.courtyard", "--folder", str(tmp_path)]) == 0
    file = tmp_path / "darkness_courtyard.py"
    assert file.exists()
    file.write_text(text, "utf-8")
    found = graded(file, lot)
    assert found.grade == "silver", found.diagnostics
