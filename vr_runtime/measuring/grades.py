"""Owns what a grade asks for, as one table; measures nothing.

A grade is technical. It says nothing about what a scenario does for anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from scenarios.api.manifest import Manifest
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.source import main_file
from vr_runtime.language import mark
from vr_runtime.wire.packs import Grade as Grade

GRADES: tuple[Grade, ...] = get_args(Grade)
NOTE = mark("A grade is technical: it says nothing about clinical effect.")
NAMES: dict[Grade, str] = {
    "bronze": mark("bronze"),
    "silver": mark("silver"),
    "gold": mark("gold"),
}
PICTURES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Judged:
    """All that a grade is given for."""

    manifest: Manifest
    diagnostics: Sequence[Diagnostic]
    drawn: bool
    """Whether pictures were measured too."""
    heard: bool
    """Whether sound was measured too."""
    path: Path
    """The scenario's file or folder."""

    @property
    def errors(self) -> set[str]:
        """Codes of what is wrong."""
        return {d.code for d in self.diagnostics if d.weight == "error"}

    def count(self, what: str) -> int:
        """How many of these the scenario declares."""
        return len(getattr(self.manifest, what))


@dataclass(frozen=True)
class Asked:
    """One thing that a grade asks for."""

    grade: Grade
    key: str
    """By which programs know it; stable."""
    what: str
    """In a line, to be translated."""
    met: Callable[[Judged], bool]


def thumbnail_of(path: Path) -> Path | None:
    """The picture beside a scenario: `NAME.jpg` beside `NAME.py`, `thumbnail.jpg` in a folder."""
    stem = path / "thumbnail" if path.is_dir() else main_file(path).with_suffix("")
    return next((p for p in map(stem.with_suffix, PICTURES) if p.is_file()), None)


def _runs(judged: Judged) -> bool:
    return not any(code < "PS214" for code in judged.errors)


ASKED: tuple[Asked, ...] = (
    Asked("bronze", "declaration", mark("the declaration is in order"), lambda j: True),
    Asked("bronze", "runs", mark("every level and event runs without a fault, twice alike"), _runs),
    Asked("silver", "rules", mark("no rule is broken"), lambda j: not j.errors),
    Asked("silver", "drawn", mark("pictures were measured"), lambda j: j.drawn),
    Asked("silver", "heard", mark("sound was measured"), lambda j: j.heard),
    Asked("silver", "values", mark("two values follow the level"), lambda j: j.count("graded") > 1),
    Asked("silver", "events", mark("two events"), lambda j: j.count("events") > 1),
    Asked("gold", "warnings", mark("nothing is warned of"), lambda j: not j.diagnostics),
    Asked(
        "gold",
        "four_values",
        mark("four values follow the level"),
        lambda j: j.count("graded") > 3,
    ),
    Asked("gold", "four_events", mark("four events"), lambda j: j.count("events") > 3),
    Asked(
        "gold",
        "comfort",
        mark("`comfort` says what moves the view"),
        lambda j: j.manifest.comfort is not None,
    ),
    Asked(
        "gold",
        "contraindications",
        mark("`contraindications` are declared"),
        lambda j: j.count("contraindications") > 0,
    ),
    Asked(
        "gold",
        "content",
        mark("`warnings` say what the patient should agree to"),
        lambda j: j.count("warnings") > 0,
    ),
    Asked(
        "gold",
        "thumbnail",
        mark("a picture lies beside it, as `thumbnail` draws it"),
        lambda j: thumbnail_of(j.path) is not None,
    ),
    Asked("gold", "tasks", mark("two tasks for the patient"), lambda j: j.count("tasks") > 1),
    Asked("gold", "targets", mark("a target for the gaze"), lambda j: j.count("targets") > 0),
)
"""In the order of the grades; each grade asks for all that those before it ask for."""


def grade_of(judged: Judged) -> Grade | None:
    """The highest grade of which nothing is missing; None where even bronze is not reached."""
    reached: Grade | None = None
    for grade in GRADES:
        if any(a.grade == grade and not a.met(judged) for a in ASKED):
            return reached
        reached = grade
    return reached


def missing(judged: Judged) -> list[Asked]:
    """What is missing for the next grade; nothing where it is gold."""
    reached = grade_of(judged)
    at = 0 if reached is None else GRADES.index(reached) + 1
    if at == len(GRADES):
        return []
    return [a for a in ASKED if a.grade == GRADES[at] and not a.met(judged)]
