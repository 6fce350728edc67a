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
from vr_runtime.examination.imports import judge_imports
from vr_runtime.examination.names import judge_names
from vr_runtime.examination.own import judge_credits, judge_own_names
from vr_runtime.examination.sheet import Sheet, assigned
from vr_runtime.language import _


def judge(text: str, shown: str, folder: Path | None = None) -> list[Diagnostic]:
    """All that is wrong with a scenario's text, in the order of its lines.

    Of a scenario that is a `folder`, then what is wrong with its own files and their credits.

    Classes that derive from more than `Scenario` are left to the run: what they inherit cannot be
    read here.
    """
    try:
        sheet = Sheet(text, shown)
    except (RecursionError, MemoryError):
        told = _("Something in this file is nested too deeply to be read.")
        hint = _("write long tables and sums in shorter parts")
        return [Diagnostic(path=shown, line=1, column=1, code="PS101", message=told, hint=hint)]
    except (SyntaxError, ValueError) as error:
        line, column, why = 1, 1, str(error)
        if isinstance(error, SyntaxError):
            line, column, why = error.lineno or 1, error.offset or 1, error.msg
        told = _("This is not Python: {error}.").format(error=why)
        place = {"line": max(line, 1), "column": max(column, 1)}
        return [Diagnostic(path=shown, code="PS101", message=told, **place)]
    found = list(judge_imports(sheet))
    for scenario in sheet.scenarios():
        found += judge_class(sheet, scenario)
        found += judge_names(sheet, scenario)
        found += judge_own_names(sheet, scenario, folder)
    found.sort(key=lambda each: (each.line, each.column, each.code))
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
