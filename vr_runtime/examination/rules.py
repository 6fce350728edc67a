"""Owns the order in which a scenario's text is judged; runs none of it and knows no runtime.

Codes: PS10x file and imports, PS11x what must be there, PS12x texts, PS13x values, PS14x names,
events and tasks, PS15x what running the declaration showed, PS16x where scenarios are looked for,
PS17x own files, PS19x hierarchies and BAT scripts.
"""

from __future__ import annotations

import ast
from pathlib import Path

from vr_runtime.examination.declarations import judge_class
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.helpers import judge_helpers
from vr_runtime.examination.imports import judge_imports
from vr_runtime.examination.names import judge_names
from vr_runtime.examination.own import judge_credits, judge_own_names
from vr_runtime.examination.sheet import Sheet, assigned
from vr_runtime.examination.unparsed import parsed


def judge(text: str, shown: str, folder: Path | None = None) -> list[Diagnostic]:
    """All that is wrong with a scenario's text, in the order of its lines.

    Of a scenario that is a `folder`, then what is wrong with the modules it imports from there, and
    with its own files and their credits.

    Classes that derive from more than `Scenario` are left to the run: what they inherit cannot be
    read here.
    """
    sheet = parsed(text, shown)
    if isinstance(sheet, Diagnostic):
        return [sheet]
    found = list(judge_imports(sheet))
    for scenario in sheet.scenarios():
        found += judge_class(sheet, scenario)
        found += judge_names(sheet, scenario)
        found += judge_own_names(sheet, scenario, folder)
    found.sort(key=lambda each: (each.line, each.column, each.code))
    if folder is not None:
        found += judge_helpers(sheet, folder, shown)
    return found if found or folder is None else list(judge_credits(folder, shown))


def place_of(text: str, scenario: str, name: str) -> tuple[int, int]:
    """Line and column of what a class declares as `name`, else of the class, else of the file."""
    sheet = Sheet(text, "")
    for node in ast.walk(sheet.tree):
        if isinstance(node, ast.ClassDef) and node.name == scenario:
            for declared, statement, _value in assigned(node):
                if declared == name:
                    return statement.lineno, statement.col_offset + 1
            return node.lineno, node.col_offset + 1
    return 1, 1
