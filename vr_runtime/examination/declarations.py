"""Owns the rules for a scenario's class body: what it must declare."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from vr_runtime.examination.bat import judge_expected, judge_script
from vr_runtime.examination.comfort import judge_comfort, judge_contraindications
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.graded import judge_graded, kind_of
from vr_runtime.examination.played import NAME, judge_name, judge_played
from vr_runtime.examination.sheet import Sheet, assigned, literal
from vr_runtime.examination.texts import judge_levels, judge_lines, judge_words
from vr_runtime.language import _, mark

NEEDED = ("id", "title", "summary", "phobia", "levels")
_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "id": (
        re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,3}"),
        mark('write small letters, digits and dots, as "heights.balcony"'),
    ),
    "version": (re.compile(r"\d+\.\d+\.\d+"), mark('write three numbers, as "1.0.0"')),
    "phobia": (NAME, mark('write one word in small letters, as "heights"')),
}


def judge_class(sheet: Sheet, scenario: ast.ClassDef) -> Iterator[Diagnostic]:
    """PS112-PS114 for what a scenario must declare, and the rules of each thing it declares."""
    written = dict.fromkeys(name for name, _node, _value in assigned(scenario))
    for needed in NEEDED:
        if needed not in written:
            told = _("`{name}` is missing.").format(name=needed)
            alike = nearest(needed, [name for name in written if name not in NEEDED])
            hint = alike or _("write it at the top of the class")
            yield sheet.at(scenario, "PS112", told, hint)
    declared: list[str] = []
    values = 0
    for name, node, value in assigned(scenario):
        kind = kind_of(sheet, value)
        if kind is not None and isinstance(value, ast.Call):
            values += 1
            yield from judge_name(sheet, node, name, declared)
            yield from judge_graded(sheet, value, kind)
        elif name in _FORMS:
            yield from _judge_form(sheet, name, value)
        elif name in ("title", "summary"):
            yield from judge_words(sheet, value)
        elif name == "levels":
            yield from judge_levels(sheet, value)
        elif name in ("lines", "targets"):
            yield from judge_lines(sheet, value)
        elif name == "contraindications":
            yield from judge_contraindications(sheet, value)
        elif name == "expected_distress":
            yield from judge_expected(sheet, value)
        elif name == "warnings" and isinstance(value, ast.Tuple | ast.List):
            for warning in value.elts:
                yield from judge_words(sheet, warning)
    yield from judge_comfort(sheet, scenario)
    if not values:
        told = _("Nothing in this scenario follows the level.")
        hint = _("declare at least one value, as `height = Graded({0: 0, 10: 20}, …)`")
        yield sheet.at(scenario, "PS114", told, hint)
    names = list(declared)
    for part in scenario.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from judge_played(sheet, part, declared)
    for name, _node, value in assigned(scenario):
        if name == "bat":
            yield from judge_script(sheet, value, names, [n for n in declared if n not in names])


def _judge_form(sheet: Sheet, name: str, value: ast.expr) -> Iterator[Diagnostic]:
    pattern, hint = _FORMS[name]
    given = literal(value)
    if given is not ... and not (isinstance(given, str) and pattern.fullmatch(given)):
        told = _("`{value}` cannot be the `{name}` of a scenario.").format(value=given, name=name)
        yield sheet.at(value, "PS113", told, _(hint))
