"""Owns how a shipped template becomes an author's own scenario; asks nothing, writes nothing.

A template is a scenario that is in order and runs as it stands. What is an author's own is set
where it is declared, by the place of it in the code: everything else stays as tests have run it.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path

KINDS = ("approach", "height", "room")
"""Something comes nearer; a high place; a narrow one."""
FOLDER = Path(__file__).parent.parent / "templates"


def template(kind: str, language: str) -> str:
    """The text of the template of this kind, its comments in this language."""
    return (FOLDER / f"{kind}_{language}.py").read_text("utf-8")


def made_own(text: str, class_name: str, declared: Mapping[str, str | Mapping[str, str]]) -> str:
    """The template's text with another class name, and these attributes declared anew.

    Raises:
        KeyError: the template declares no such attribute.
    """
    (scenario,) = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    values = {
        node.targets[0].id: node.value
        for node in scenario.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    lines = text.splitlines(keepends=True)
    # From the last to the first, so that no place moves before it is reached.
    places = sorted(((values[n], v) for n, v in declared.items()), key=lambda p: -p[0].lineno)
    for node, value in places:
        _set(lines, node, literal(value))
    at = scenario.lineno - 1
    lines[at] = lines[at].replace(f"class {scenario.name}(", f"class {class_name}(", 1)
    return "".join(lines)


def literal(value: str | Mapping[str, str]) -> str:
    """A text, or a text in several languages, as Python reads it."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    inside = ", ".join(f"{literal(key)}: {literal(text)}" for key, text in value.items())
    return f"{{{inside}}}"


def _set(lines: list[str], node: ast.expr, value: str) -> None:
    """Put `value` in the place of a node, which may go over several lines."""
    assert node.end_lineno is not None and node.end_col_offset is not None, "read from a text"
    first, last = node.lineno - 1, node.end_lineno - 1
    # The places of `ast` are counted in bytes.
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset :].decode()
    lines[first : last + 1] = [before + value + after]
