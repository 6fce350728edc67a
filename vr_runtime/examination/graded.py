"""Owns the rules for graded values: their points, their pace, their names."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from scenarios.api import Graded
from scenarios.api.manifest import LEVELS
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.sheet import Sheet, literal, number
from vr_runtime.examination.texts import is_level, judge_length, judge_words
from vr_runtime.language import _

_KINDS: dict[str, Callable[..., Any]] = {
    "points": Graded.__init__,
    "steps": Graded.steps,
    "choice": Graded.choice,
}


def kind_of(sheet: Sheet, node: ast.expr) -> str | None:
    """Which declaration of a graded value this is: points, steps, choice; None for another."""
    if not isinstance(node, ast.Call):
        return None
    if sheet.word(node.func) == "Graded":
        return "points"
    if isinstance(node.func, ast.Attribute) and sheet.word(node.func.value) == "Graded":
        return node.func.attr if node.func.attr in ("steps", "choice") else None
    return None


def judge_graded(sheet: Sheet, call: ast.Call, kind: str) -> Iterator[Diagnostic]:
    """PS122-PS123 for texts, PS130 for points, PS132 for figures, PS133 for unknown arguments."""
    known = [name for name in inspect.signature(_KINDS[kind]).parameters if name != "self"]
    given = {k.arg: k.value for k in call.keywords if k.arg is not None}
    yield from judge_arguments(sheet, call, known)
    unit = literal(given.get("unit"))
    if isinstance(unit, str) and len(unit) > 12:
        yield sheet.at(given["unit"], "PS132", _("A unit has at most 12 characters."))
    for name in ("rate", "ease_rate", "step"):
        figure = literal(given.get(name))
        if figure is not ... and figure is not None and (number(figure) or 0.0) <= 0.0:
            told = _("`{name}` must be greater than 0.").format(name=name)
            yield sheet.at(given[name], "PS132", told)
    rate, ease = number(literal(given.get("rate"))), number(literal(given.get("ease_rate")))
    if rate is not None and ease is not None and ease < rate:
        told = _("Coming down may not be slower than going up.")
        hint = _("let `ease_rate` be at least `rate`")
        yield sheet.at(given["ease_rate"], "PS132", told, hint)
    options = given.get("options")
    count = None
    if isinstance(options, ast.Tuple | ast.List):
        count = len(options.elts)
        for option in options.elts:
            yield from judge_words(sheet, option)
    points = call.args[0] if call.args else given.get("points")
    if isinstance(points, ast.Dict):
        yield from _judge_points(sheet, points, count if kind == "choice" else None)


def judge_arguments(sheet: Sheet, call: ast.Call, known: list[str]) -> Iterator[Diagnostic]:
    """PS133 for an argument nobody knows, PS123 where one of the names fr and en is missing."""
    given = [k.arg for k in call.keywords]
    for keyword in call.keywords:
        if keyword.arg is not None and keyword.arg not in known:
            told = _("There is no argument `{name}`.").format(name=keyword.arg)
            yield sheet.at(keyword, "PS133", told, nearest(keyword.arg, known))
        elif keyword.arg in ("fr", "en"):
            yield from judge_length(sheet, keyword.value)
    missing = [name for name in ("fr", "en") if name not in given]
    if missing and None not in given:
        told = _("The name in {languages} is missing.").format(languages=", ".join(missing))
        yield sheet.at(call, "PS123", told, _('give it as `fr="…", en="…"`'))


def _judge_points(sheet: Sheet, node: ast.Dict, options: int | None) -> Iterator[Diagnostic]:
    levels = [literal(key) for key in node.keys]
    values = [number(literal(value)) for value in node.values]
    for level, where, value in zip(levels, node.keys, node.values, strict=True):
        if level is not ... and not is_level(level):
            told = _("`{key}` is no level.").format(key=level)
            hint = _("levels are the whole numbers 0 to 10")
            yield sheet.at(where or value, "PS130", told, hint)
    if any(not is_level(level) for level in levels) or None in values:
        return
    at = {int(str(k)): v for k, v in zip(levels, values, strict=True) if v is not None}
    ends = [str(n) for n in (0, LEVELS - 1) if n not in at]
    if ends:
        told = _("The value at level {levels} is missing.").format(levels=", ".join(ends))
        yield sheet.at(node, "PS130", told, _("give it at level 0 and at level 10"))
        return
    rising = at[LEVELS - 1] > at[0]
    ordered = [at[n] for n in sorted(at)]
    if len(set(ordered)) == 1:
        told = _("The value is the same at every level.")
        yield sheet.at(node, "PS130", told, _("let it change between level 0 and level 10"))
    elif ordered != sorted(ordered, reverse=not rising):
        told = _("The value gets easier again between two levels.")
        hint = _("let it go one way only from level 0 to level 10")
        yield sheet.at(node, "PS130", told, hint)
    if options is not None and any(v not in range(options) for v in ordered):
        told = _("A choice is given by the number of its option, counted from 0.")
        yield sheet.at(node, "PS130", told)
