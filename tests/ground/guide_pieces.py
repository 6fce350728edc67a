"""Pieces of a class as the author's guide shows them, put into a scenario by the rule it states.

What begins at the left edge goes above the class; a piece whose name the class has already takes
its place, and a new one goes to the end.
"""

from __future__ import annotations

import ast
import re
import textwrap


def with_piece(scenario: str, piece: str) -> str:
    """The text of a scenario after the reader has put in a block of the guide."""
    above, inside = split(piece)
    for name, text in _named(above):
        scenario = _put_above(scenario, name, text)
    for name, text in _named(textwrap.dedent(inside)):
        scenario = _put_inside(scenario, name, textwrap.indent(text, "    "))
    ast.parse(scenario)
    return scenario


def split(piece: str) -> tuple[str, str]:
    """What goes above the class, and what goes into it, of one block."""
    begins = re.search(r"^ {4}", piece, re.M)
    where = begins.start() if begins else len(piece)
    above = piece[:where]
    try:
        ast.parse(above)
    except SyntaxError:
        # The first indented line goes on with a statement at the left edge: a class-less block
        # has all at the left edge, or all of it within brackets there.
        return piece, ""
    return above, piece[where:]


def _named(text: str) -> list[tuple[str, str]]:
    """Each statement with the name that it gives."""
    lines = text.splitlines(keepends=True)
    found = []
    for node in ast.parse(text).body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
        found.append((_name(node), "".join(lines[first - 1 : node.end_lineno])))
    return found


def _name(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.ImportFrom(module=str(name)) | ast.Import(names=[ast.alias(name=name)]):
            return f"import {name}"
    raise ValueError(f"no rule says where this goes: {ast.unparse(node)}")


def _spans(body: list[ast.stmt]) -> dict[str, tuple[int, int]]:
    """First and last line of each named statement."""
    found = {}
    for node in body:
        try:
            name = _name(node)
        except ValueError:
            continue
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
        found[name] = (first, node.end_lineno or first)
    return found


def _put_above(scenario: str, name: str, text: str) -> str:
    tree = ast.parse(scenario)
    spans = _spans(tree.body)
    if name in spans:
        return _replaced(scenario, spans[name], text)
    (made,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    if name.startswith("import "):
        line = next(n.lineno for n in tree.body if isinstance(n, ast.ImportFrom | ast.Import))
        return _inserted(scenario, line, text)
    return _inserted(scenario, made.lineno, text + "\n\n")


def _put_inside(scenario: str, name: str, text: str) -> str:
    (made,) = (node for node in ast.parse(scenario).body if isinstance(node, ast.ClassDef))
    spans = _spans(made.body)
    if name in spans:
        return _replaced(scenario, spans[name], text)
    return _inserted(scenario, (made.end_lineno or 0) + 1, "\n" + text)


def _replaced(scenario: str, span: tuple[int, int], text: str) -> str:
    lines = scenario.splitlines(keepends=True)
    return "".join([*lines[: span[0] - 1], text, *lines[span[1] :]])


def _inserted(scenario: str, line: int, text: str) -> str:
    lines = scenario.splitlines(keepends=True)
    return "".join([*lines[: line - 1], text, *lines[line - 1 :]])
