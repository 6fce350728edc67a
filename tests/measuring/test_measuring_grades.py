"""What a grade asks for, and what is said to be missing for the next one."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from scenarios.api.manifest import TargetSpec, TaskSpec
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.measuring.grades import ASKED, GRADES, Judged, grade_of, missing, thumbnail_of

BRIDGE = Path(importlib.util.find_spec("scenarios.builtin.heights_bridge").origin)


def told(code: str, weight: str) -> Diagnostic:
    return Diagnostic(path="a.py", line=1, column=1, code=code, message="", weight=weight)


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    from scenarios.builtin.heights_bridge import Bridge

    file = tmp_path / "bridge.py"
    file.write_bytes(BRIDGE.read_bytes())
    file.with_suffix(".jpg").write_bytes(b"")
    return Judged(Bridge.manifest(), (), drawn=True, heard=True, path=file)


def test_each_thing_that_a_grade_asks_for_holds_that_grade_back(judged: Judged) -> None:
    of = {
        "runs": replace(judged, diagnostics=(told("PS201", "error"),)),
        "rules": replace(judged, diagnostics=(told("PS231", "error"),)),
        "drawn": replace(judged, drawn=False),
        "heard": replace(judged, heard=False),
        "warnings": replace(judged, diagnostics=(told("PS203", "warning"),)),
    }
    for key, fault in of.items():
        (asked,) = [a for a in ASKED if a.key == key]
        assert not asked.met(fault)
        reached = grade_of(fault)
        assert (-1 if reached is None else GRADES.index(reached)) < GRADES.index(asked.grade)
        assert key in [each.key for each in missing(fault)]


LOOK = {"fr": "Regardez.", "en": "Look."}
TASK = TaskSpec(name="look", label=LOOK)
TARGET = TargetSpec(name="street", label=LOOK)


@pytest.mark.parametrize(("key", "one", "least"), [("tasks", TASK, 2), ("targets", TARGET, 1)])
def test_gold_asks_for_two_tasks_and_a_target_for_the_gaze(
    key: str, one: object, least: int, judged: Judged
) -> None:
    (asked,) = [a for a in ASKED if a.key == key]
    assert asked.grade == "gold"
    for count in range(least + 2):
        manifest = judged.manifest.model_copy(update={key: (one,) * count})
        assert asked.met(replace(judged, manifest=manifest)) is (count >= least)


def test_the_bridge_has_all_that_gold_asks_for_beside_what_is_measured() -> None:
    from scenarios.builtin.heights_bridge import Bridge

    clean = Judged(Bridge.manifest(), (), drawn=True, heard=True, path=BRIDGE)
    assert missing(clean) == []


def test_what_was_not_drawn_is_bronze_at_most(judged: Judged) -> None:
    assert grade_of(replace(judged, drawn=False)) == "bronze"


def test_keys_are_each_there_once_and_in_the_order_of_the_grades() -> None:
    assert len({a.key for a in ASKED}) == len(ASKED)
    assert [GRADES.index(a.grade) for a in ASKED] == sorted(GRADES.index(a.grade) for a in ASKED)


def test_a_picture_is_found_beside_a_file_and_within_a_folder(tmp_path: Path) -> None:
    file, folder = tmp_path / "pier.py", tmp_path / "pier"
    folder.mkdir()
    file.touch()
    (folder / "scenario.py").touch()
    assert thumbnail_of(file) is None and thumbnail_of(folder) is None
    (tmp_path / "pier.png").touch()
    (folder / "thumbnail.jpg").touch()
    assert thumbnail_of(file) == tmp_path / "pier.png"
    assert thumbnail_of(folder) == folder / "thumbnail.jpg"
