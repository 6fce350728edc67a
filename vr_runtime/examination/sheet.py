"""Owns a scenario's text as the rules read it: parsed, with places; judges nothing."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator

from vr_runtime.examination.diagnostics import Diagnostic

API = "scenarios.api"
_LINE_END = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """The lines of a text as Python counts them: other line breaks of Unicode are none."""
    return _LINE_END.split(text)


class Sheet:
    """One parsed file, and what its author calls the words of `scenarios.api`."""

    def __init__(self, text: str, shown: str) -> None:
        """Parse `text`; raises `SyntaxError`, and `ValueError` for a text with null bytes."""
        self.tree = ast.parse(text)
        self._shown = shown
        self._lines = lines_of(text)
        self._words: dict[str, str] = {}
        self._modules: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module == API:
                self._words.update({a.asname or a.name: a.name for a in node.names})
            elif isinstance(node, ast.ImportFrom) and node.module == "scenarios":
                self._modules.update(a.asname or a.name for a in node.names if a.name == "api")
            elif isinstance(node, ast.Import):
                self._modules.update(a.asname for a in node.names if a.name == API and a.asname)

    def at(self, node: ast.AST, code: str, message: str, hint: str = "") -> Diagnostic:
        """A diagnostic at a node; columns count characters from 1."""
        line = getattr(node, "lineno", 1)
        return Diagnostic(
            path=self._shown,
            line=line,
            column=self.column(line, getattr(node, "col_offset", 0)),
            code=code,
            message=message,
            hint=hint,
        )

    def column(self, line: int, byte_offset: int) -> int:
        """The column, from 1 and in characters, of what Python places by bytes from 0."""
        text = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        return len(text.encode()[:byte_offset].decode(errors="ignore")) + 1

    def word(self, node: ast.AST) -> str | None:
        """Which word of `scenarios.api` this expression is, whatever it was imported as."""
        if isinstance(node, ast.Name):
            return self._words.get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return node.attr if node.value.id in self._modules else None
        return None

    def scenarios(self) -> Iterator[ast.ClassDef]:
        """The classes that derive from `Scenario` and from nothing else."""
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef) and [self.word(b) for b in node.bases] == [
                "Scenario"
            ]:
                yield node


def assigned(scenario: ast.ClassDef) -> Iterator[tuple[str, ast.stmt, ast.expr]]:
    """What a class body assigns: name, statement, value; in the order of the lines."""
    for node in scenario.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            if isinstance(node.target, ast.Name):
                yield node.target.id, node, node.value


def literal(node: ast.expr | None) -> object:
    """The value of a literal; `Ellipsis` for what only running the file can tell."""
    if node is None:
        return ...
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ...
    return value


def number(value: object) -> float | None:
    """A value as a number, or None when it is none; True and False are none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
