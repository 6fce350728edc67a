"""Owns the rules for a scenario's class body: what it must declare, and its events."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

from scenarios.api import event
from vr_runtime.examination.comfort import judge_comfort, judge_contraindications
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.graded import judge_arguments, judge_graded, kind_of
from vr_runtime.examination.sheet import Sheet, assigned, literal, number
from vr_runtime.examination.texts import is_level, judge_levels, judge_lines, judge_words
from vr_runtime.language import _, mark

NEEDED = ("id", "title", "summary", "phobia", "levels")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "id": (
        re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,3}"),
        mark('write small letters, digits and dots, as "heights.balcony"'),
    ),
    "version": (re.compile(r"\d+\.\d+\.\d+"), mark('write three numbers, as "1.0.0"')),
    "phobia": (_NAME, mark('write one word in small letters, as "heights"')),
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
            yield from _judge_name(sheet, node, name, declared)
            yield from judge_graded(sheet, value, kind)
        elif name in _FORMS:
            yield from _judge_form(sheet, name, value)
        elif name in ("title", "summary"):
            yield from judge_words(sheet, value)
        elif name == "levels":
            yield from judge_levels(sheet, value)
        elif name == "lines":
            yield from judge_lines(sheet, value)
        elif name == "contraindications":
            yield from judge_contraindications(sheet, value)
        elif name == "warnings" and isinstance(value, ast.Tuple | ast.List):
            for warning in value.elts:
                yield from judge_words(sheet, warning)
    yield from judge_comfort(sheet, scenario)
    if not values:
        told = _("Nothing in this scenario follows the level.")
        hint = _("declare at least one value, as `height = Graded({0: 0, 10: 20}, …)`")
        yield sheet.at(scenario, "PS114", told, hint)
    for part in scenario.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _judge_event(sheet, part, declared)


def _judge_form(sheet: Sheet, name: str, value: ast.expr) -> Iterator[Diagnostic]:
    pattern, hint = _FORMS[name]
    given = literal(value)
    if given is not ... and not (isinstance(given, str) and pattern.fullmatch(given)):
        told = _("`{value}` cannot be the `{name}` of a scenario.").format(value=given, name=name)
        yield sheet.at(value, "PS113", told, _(hint))


def _judge_name(
    sheet: Sheet, node: ast.AST, name: str, declared: list[str]
) -> Iterator[Diagnostic]:
    if name in declared:
        told = _("`{name}` is declared twice.").format(name=name)
        yield sheet.at(node, "PS135", told, _("give each value and event a name of its own"))
    elif not _NAME.fullmatch(name):
        told = _("`{name}` cannot be a name here.").format(name=name)
        hint = _("begin with a small letter; small letters, digits and _ may follow")
        yield sheet.at(node, "PS136", told, hint)
    declared.append(name)


def _judge_event(
    sheet: Sheet, play: ast.FunctionDef | ast.AsyncFunctionDef, declared: list[str]
) -> Iterator[Diagnostic]:
    for decorator in play.decorator_list:
        if sheet.word(decorator) == "event":
            told = _("`@event` needs the event's names.")
            yield sheet.at(decorator, "PS123", told, _('write `@event(fr="…", en="…")`'))
        if not isinstance(decorator, ast.Call) or sheet.word(decorator.func) != "event":
            continue
        yield from _judge_name(sheet, play, play.name, declared)
        yield from judge_arguments(sheet, decorator, list(inspect.signature(event).parameters))
        for keyword in decorator.keywords:
            given = literal(keyword.value)
            if keyword.arg == "min_level" and given is not ... and not is_level(given):
                told = _("`{key}` is no level.").format(key=given)
                hint = _("levels are the whole numbers 0 to 10")
                yield sheet.at(keyword.value, "PS131", told, hint)
            if keyword.arg == "cooldown_s" and given is not ...:
                seconds = number(given)
                if seconds is None or not 0 <= seconds <= 600:
                    told = _("A cool-down lasts 0 to 600 seconds.")
                    yield sheet.at(keyword.value, "PS132", told)
            if keyword.arg == "warning":
                yield from judge_words(sheet, keyword.value)
        if isinstance(play, ast.AsyncFunctionDef) or not _yields(play):
            told = _("The event `{name}` never yields.").format(name=play.name)
            hint = _("let time pass in it, as `yield from self.wait(2.0)`")
            yield sheet.at(play, "PS143", told, hint)
        if len(play.args.args) != 1:
            told = _("An event takes `self` and nothing else.")
            yield sheet.at(play, "PS145", told)


def _yields(play: ast.FunctionDef) -> bool:
    """Whether a function is a generator: a `yield` of its own, not of one defined inside it."""
    waiting: list[ast.AST] = list(play.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
    return False
