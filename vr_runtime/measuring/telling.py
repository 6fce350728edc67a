"""Owns how a finding becomes a diagnostic at a place in the author's file; finds nothing."""

from __future__ import annotations

import ast
from pathlib import Path

from scenarios.api.errors import ScenarioError
from vr_runtime.engine.budget import Overran
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.sheet import Sheet, assigned, lines_of, literal
from vr_runtime.examination.source import main_file, text_of
from vr_runtime.language import _
from vr_runtime.measuring.codes import RULES
from vr_runtime.measuring.outcome import Finding, Spot
from vr_runtime.measuring.refusing import NotAllowed
from vr_runtime.stage.checked import TooMany
from vr_runtime.thrown import words_of

ELSE = {"update": ("build",), "safe": ("update", "build")}
"""Where to point when a scenario does not have what should be pointed at."""


def thrown(error: BaseException, spot: Spot, where: str) -> Finding:
    """What an exception says; `where` is the event or method that ran, if the line is not known."""
    there = spot if spot.line else Spot(name=where)
    text = words_of(error)
    if isinstance(error, NotAllowed):
        return not_allowed(there, text)
    if isinstance(error, Overran):
        # of a line it may have interrupted anything: where the line begins is told
        there = there.model_copy(update={"column": 1})
        told = _("It does not come back in time.")
        hint = _("a tick has 250 ms at most, leaving 50 ms, building 2 s; do less at a time")
        return Finding(code="PS202", spot=there, message=told, hint=hint)
    if isinstance(error, MemoryError):
        told = _("More memory is asked for here than a scenario may take.")
        return Finding(code="PS204", spot=there, message=told)
    if isinstance(error, SystemExit | KeyboardInterrupt | GeneratorExit):
        told = _("It ends the process ({error}).").format(error=type(error).__name__)
        hint = _("a scenario is left by the therapist and the patient alone")
        return Finding(code="PS206", spot=there, message=told, hint=hint)
    if isinstance(error, TooMany):
        told = _("There are {what}.").format(what=text)
        return Finding(code="PS212", spot=there, message=told)
    kind = "" if isinstance(error, ScenarioError) else f"{type(error).__name__}: "
    told = _("It fails here: {error}.").format(error=f"{kind}{text}".rstrip("."))
    return Finding(code="PS201", spot=there, message=told)


def not_allowed(spot: Spot, what: str) -> Finding:
    """PS207 for what was refused."""
    told = _("A scenario may not do this: it {what}.").format(what=what)
    hint = _("what is seen and heard goes through `self.stage`; a scenario keeps nothing")
    return Finding(code="PS207", spot=spot, message=told, hint=hint)


class Author:
    """The files of one scenario, as their author knows them."""

    def __init__(self, given: str) -> None:
        """The scenario at this path; diagnostics begin with it."""
        path = Path(given)
        self._shown = main_file(path)
        self._main = self._shown.resolve()
        self._folder = self._main.parent if path.is_dir() else None
        text = text_of(path)
        self._sheet = Sheet(text, str(self._shown))
        self._lines = lines_of(text)
        self._class = _scenario(self._sheet.tree)

    def owns(self, file: str) -> bool:
        """Whether a file, as Python names it, is one of the author's."""
        path = Path(file)
        return path == self._main or (self._folder is not None and self._folder in path.parents)

    def told(self, finding: Finding) -> Diagnostic:
        """The finding where its author will look for it."""
        spot, rule = finding.spot, RULES[finding.code]
        path, line, column = str(self._shown), spot.line, spot.column
        if not line:
            line, column = self._place(spot.name)
        elif spot.file and Path(spot.file) != self._main and self._folder is not None:
            path = str(self._shown.parent / Path(spot.file).relative_to(self._folder))
        elif column == 1:
            column = self._indent(line)
        else:
            column = self._sheet.column(line, column - 1)
        return Diagnostic(
            path=path,
            line=line,
            column=column,
            code=finding.code,
            message=finding.message,
            hint=finding.hint,
            weight=rule.weight,
        )

    def _indent(self, line: int) -> int:
        """Where a line begins, where only its number is known."""
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        return len(text) - len(text.lstrip()) + 1

    def _place(self, name: str) -> tuple[int, int]:
        """Line and column of what the class declares by this name, else of the class."""
        if self._class is None:
            return 1, 1
        declared = (_declared(self._class, each) for each in (name, *ELSE.get(name, ())))
        node: ast.AST = next((each for each in declared if each is not None), self._class)
        line = getattr(node, "lineno", 1)
        return line, self._sheet.column(line, getattr(node, "col_offset", 0))


def _scenario(tree: ast.Module) -> ast.ClassDef | None:
    """The class that is the scenario: the last one that declares levels, else the last one."""
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    with_levels = [c for c in classes if any(n == "levels" for n, _s, _v in assigned(c))]
    return next(reversed(with_levels or classes), None)


def _declared(scenario: ast.ClassDef, name: str) -> ast.AST | None:
    if name.startswith("level "):
        return _level(scenario, int(name.removeprefix("level ")))
    for part in scenario.body:
        if isinstance(part, ast.FunctionDef) and part.name == name:
            return part
    return next((node for n, node, _value in assigned(scenario) if n == name), None)


def _level(scenario: ast.ClassDef, level: int) -> ast.AST | None:
    """The level's own key among `levels`."""
    for name, node, value in assigned(scenario):
        if name != "levels":
            continue
        for key in value.keys if isinstance(value, ast.Dict) else ():
            if key is not None and literal(key) == level:
                return key
        return node
    return None
