"""Pieces of a class as the author's guide shows them, put into a scenario by the rule it states.

A piece whose name the class has already takes its place, and a new one goes to the end; what stands
above `class` goes above in the same way.
"""

from __future__ import annotations

import ast


def with_piece(scenario: str, piece: str) -> str:
    """The text of a scenario after the reader has put in a block of the guide."""
    tree, shown = _class(piece)
    for node in tree.body:
        if node is not shown:
            scenario = _put_above(scenario, _name(node), _text(piece, node))
    for node in shown.body:
        scenario = _put_inside(scenario, _name(node), _text(piece, node))
    return scenario


def _text(source: str, node: ast.stmt) -> str:
    """The lines of a statement, its decorators included."""
    return "".join(source.splitlines(keepends=True)[_first(node) - 1 : node.end_lineno])


def _first(node: ast.stmt) -> int:
    return min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])


def _name(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.ImportFrom(module=str(name)) | ast.Import(names=[ast.alias(name=name)]):
            return f"import {name}"
    raise ValueError(f"no rule says where this goes: {ast.unparse(node)}")


def _spans(body: list[ast.stmt]) -> dict[str, tuple[int, int]]:
    """First and last line of each statement that has a name."""
    named = (ast.FunctionDef, ast.Assign, ast.ImportFrom, ast.Import)
    return {_name(n): (_first(n), n.end_lineno or 0) for n in body if isinstance(n, named)}


def _class(scenario: str) -> tuple[ast.Module, ast.ClassDef]:
    tree = ast.parse(scenario)
    (made,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return tree, made


def _put_above(scenario: str, name: str, text: str) -> str:
    tree, made = _class(scenario)
    spans = _spans(tree.body)
    if name in spans:
        return _with_lines(scenario, *spans[name], text)
    imports = [n.lineno for n in tree.body if isinstance(n, ast.ImportFrom | ast.Import)]
    line = imports[0] if name.startswith("import ") else made.lineno
    return _with_lines(scenario, line, line - 1, f"{text}\n")


def _put_inside(scenario: str, name: str, text: str) -> str:
    _, made = _class(scenario)
    spans = _spans(made.body)
    if name in spans:
        return _with_lines(scenario, *spans[name], text)
    end = made.end_lineno or 0
    return _with_lines(scenario, end + 1, end, f"\n{text}")


def _with_lines(scenario: str, first: int, last: int, text: str) -> str:
    """The scenario with a text in place of the lines from first to last, both counted from 1."""
    lines = scenario.splitlines(keepends=True)
    return "".join([*lines[: first - 1], text, *lines[last:]])
