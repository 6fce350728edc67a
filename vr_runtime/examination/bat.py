"""Owns the rules for a BAT script and for the distress expected of levels, where they are written.

What can be read is judged on the text, the rest on the declaration as data.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Collection, Iterator
from itertools import pairwise

from scenarios.api import BatStep
from scenarios.api.ladders import HARDEST, BatSpec, BatStepSpec
from scenarios.api.manifest import Manifest
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.graded import judge_arguments
from vr_runtime.examination.settings import NAMED, ORDER, applied, misfits
from vr_runtime.examination.sheet import Sheet, assigned, literal, number
from vr_runtime.examination.texts import is_level, judge_words
from vr_runtime.language import _


def judge_script(
    sheet: Sheet, bat: ast.expr, values: Collection[str], tasks: Collection[str]
) -> Iterator[Diagnostic]:
    """PS122, PS123, PS131, PS133 and PS192 for what is written of a BAT and its steps.

    Args:
        sheet: the file.
        bat: what the class declares as `bat`.
        values: names of the values that the class declares.
        tasks: names of its tasks.
    """
    for node in ast.walk(bat):
        kind = sheet.word(node.func) if isinstance(node, ast.Call) else None
        if not isinstance(node, ast.Call) or kind not in ("Bat", "BatStep"):
            continue
        given = {k.arg: k.value for k in node.keywords if k.arg is not None}
        if kind == "Bat":
            yield from judge_words(sheet, given.get("instruction", node))
            yield from _known(sheet, given.get("measure"), values)
            continue
        yield from judge_arguments(sheet, node, list(inspect.signature(BatStep).parameters))
        level = literal(given.get("level"))
        if level is not ... and not is_level(level):
            told = _("`{key}` is no level.").format(key=level)
            hint = _("levels are the whole numbers 0 to 10")
            yield sheet.at(given["level"], "PS131", told, hint)
        yield from _known(sheet, given.get("task"), tasks, task=True)
        apart = given.get("values")
        for key in apart.keys if isinstance(apart, ast.Dict) else ():
            yield from _known(sheet, key, values)


def _known(
    sheet: Sheet, node: ast.expr | None, names: Collection[str], *, task: bool = False
) -> Iterator[Diagnostic]:
    name = literal(node)
    if node is None or not isinstance(name, str) or name in names:
        return
    told = (
        _("There is no task `{name}` in this scenario.")
        if task
        else _("There is no value `{name}` in this scenario.")
    )
    yield sheet.at(node, NAMED, told.format(name=name), nearest(name, names))


def judge_expected(sheet: Sheet, node: ast.expr) -> Iterator[Diagnostic]:
    """PS125 for a distress that is expected outside 0 to 100, at no level, or that falls."""
    if not isinstance(node, ast.Dict):
        return
    at: dict[int, float] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        level, given = literal(key), literal(value)
        if level is ... or given is ...:
            return
        distress = number(given)
        if not is_level(level) or distress is None or not 0 <= distress <= HARDEST:
            told = _("At a level 0 to 10 a distress of 0 to {hardest} is expected.")
            yield sheet.at(key or value, "PS125", told.format(hardest=HARDEST))
            return
        at[int(str(level))] = distress
    ordered = [at[level] for level in sorted(at)]
    if ordered and not {0, 10} <= set(at):
        told = _("The distress expected at level 0 and at level 10 is missing.")
        yield sheet.at(node, "PS125", told)
    elif ordered != sorted(ordered):
        told = _("The distress that is expected falls towards a harder level.")
        yield sheet.at(node, "PS125", told, _("let it rise, or stay, from level 0 to level 10"))


def judge_bat(manifest: Manifest, text: str, scenario: str, shown: str) -> Iterator[Diagnostic]:
    """PS192 and PS193 for steps that do not fit, PS194 for one that is easier.

    Args:
        manifest: what the scenario declares.
        text: its file, to place what is found; "" places all at the beginning.
        scenario: the name of its class.
        shown: the file's path as its author gave it.
    """
    if manifest.bat is None:
        return
    sheet = Sheet(text, shown)
    places = _places(sheet, scenario, manifest.bat)
    fit = True
    for step, place in zip(manifest.bat.steps, places, strict=True):
        for misfit in misfits(step, manifest):
            fit = False
            yield sheet.at(place, misfit.code, misfit.told, misfit.hint)
    for (before, step), place in zip(pairwise(manifest.bat.steps), places[1:], strict=True):
        told = _not_on(before, step, manifest) if fit else ""
        if told:
            yield sheet.at(place, ORDER, told, _("let each step be one further than the last"))


def _not_on(before: BatStepSpec, step: BatStepSpec, manifest: Manifest) -> str:
    """Why a step does not lead on from the one before; empty where it does."""
    then, now = applied(before, manifest), applied(step, manifest)
    for spec in manifest.graded:
        if spec.is_harder(then[spec.name], now[spec.name]):
            return _("`{name}` is easier here than in the step before.").format(name=spec.name)
    if then == now and step.task in (None, before.task):
        return _("Nothing is harder here than in the step before.")
    return ""


def _places(sheet: Sheet, scenario: str, bat: BatSpec) -> list[ast.AST]:
    """Where each step is written; where steps are made otherwise, where the script is."""
    for node in ast.walk(sheet.tree):
        if not isinstance(node, ast.ClassDef) or node.name != scenario:
            continue
        for name, _statement, value in assigned(node):
            if name == "bat":
                calls = [
                    each
                    for each in ast.walk(value)
                    if isinstance(each, ast.Call) and sheet.word(each.func) == "BatStep"
                ]
                calls.sort(key=lambda each: (each.lineno, each.col_offset))
                alone = len(calls) == len(bat.steps)
                return list(calls) if alone else [value] * len(bat.steps)
        return [node] * len(bat.steps)
    return [sheet.tree] * len(bat.steps)
