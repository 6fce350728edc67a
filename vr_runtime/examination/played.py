"""Owns the rules for what is played in a scenario, events and tasks, and for names that are shared.

Names of values, events and tasks are the console's and the record's: each is there once.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Literal

from scenarios.api import event, task
from scenarios.api.manifest import LONGEST_INSTRUCTION
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.graded import judge_arguments
from vr_runtime.examination.sheet import Sheet, literal, number
from vr_runtime.examination.texts import is_level, judge_words
from vr_runtime.language import _, mark

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
WAITING = ("wait", "looking")
"""Methods of a scenario that do nothing but in `yield from`."""

Kind = Literal["event", "task"]
_DECLARED_BY: dict[Kind, Callable[..., object]] = {"event": event, "task": task}
_NAMELESS = {
    "event": (mark("`@event` needs the event's names."), '`@event(fr="…", en="…")`'),
    "task": (mark("`@task` needs the instruction."), '`@task(fr="…", en="…")`'),
}
_SELF_ALONE = {
    "event": mark("An event takes `self` and nothing else."),
    "task": mark("A task takes `self` and nothing else."),
}


def judge_name(sheet: Sheet, node: ast.AST, name: str, declared: list[str]) -> Iterator[Diagnostic]:
    """PS135 for a name that was `declared` before, PS136 for one of the wrong form; adds it."""
    if name in declared:
        told = _("`{name}` is declared twice.").format(name=name)
        yield sheet.at(node, "PS135", told, _("give each value, event and task a name of its own"))
    elif not NAME.fullmatch(name):
        told = _("`{name}` cannot be a name here.").format(name=name)
        hint = _("begin with a small letter; small letters, digits and _ may follow")
        yield sheet.at(node, "PS136", told, hint)
    declared.append(name)


def judge_played(
    sheet: Sheet, play: ast.FunctionDef | ast.AsyncFunctionDef, declared: list[str]
) -> Iterator[Diagnostic]:
    """The rules of an event or a task; nothing for a method that is neither.

    PS122 and PS123 for texts, PS131 to PS133 for arguments, PS145 for parameters; PS143 for an
    event that never yields, PS147 for a task without an end, PS148 for one that waits for nothing,
    PS149 for one that another decorator hides.
    """
    for decorator in play.decorator_list:
        bare = _kind(sheet.word(decorator))
        if bare is not None:
            told, form = _NAMELESS[bare]
            hint = _("write {form}").format(form=form)
            yield sheet.at(decorator, "PS123", _(told), hint)
        kind = _kind(sheet.word(decorator.func)) if isinstance(decorator, ast.Call) else None
        if kind is None or not isinstance(decorator, ast.Call):
            continue
        yield from judge_name(sheet, play, play.name, declared)
        known = list(inspect.signature(_DECLARED_BY[kind]).parameters)
        yield from judge_arguments(sheet, decorator, known)
        for keyword in decorator.keywords:
            yield from _judge_given(sheet, kind, keyword)
        yield from _judge_event(sheet, play) if kind == "event" else _judge_task(sheet, play)
        if len(play.args.args) != 1:
            yield sheet.at(play, "PS145", _(_SELF_ALONE[kind]))
        if decorator is not play.decorator_list[0]:
            told = _("What stands above `@{kind}` hides it: nobody could begin it.")
            hint = _("write `@{kind}(…)` first, and other decorators below it")
            above = play.decorator_list[0]
            yield sheet.at(above, "PS149", told.format(kind=kind), hint.format(kind=kind))


def _kind(word: str | None) -> Kind | None:
    return "event" if word == "event" else "task" if word == "task" else None


def _judge_given(sheet: Sheet, kind: Kind, keyword: ast.keyword) -> Iterator[Diagnostic]:
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
    if kind == "task" and keyword.arg in ("fr", "en") and isinstance(given, str):
        if len(given) > LONGEST_INSTRUCTION:
            told = _("An instruction has at most {count} characters.")
            hint = _("write what the patient is to do, in one short sentence")
            yield sheet.at(keyword.value, "PS122", told.format(count=LONGEST_INSTRUCTION), hint)


def _judge_event(
    sheet: Sheet, play: ast.FunctionDef | ast.AsyncFunctionDef
) -> Iterator[Diagnostic]:
    if not _yields(play):
        told = _("The event `{name}` never yields.").format(name=play.name)
        hint = _("let time pass in it, as `yield from self.wait(2.0)`")
        yield sheet.at(play, "PS143", told, hint)


def _judge_task(sheet: Sheet, play: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Diagnostic]:
    if _yields(play):
        for loop in (node for node in _own(play) if isinstance(node, ast.While)):
            if _is_endless(loop):
                told = _("The task `{name}` never ends.").format(name=play.name)
                hint = _("leave `yield` out where the therapist says when it is done")
                yield sheet.at(loop, "PS147", told, hint)
        return
    told = _("The task `{name}` waits for nothing.").format(name=play.name)
    if isinstance(play, ast.AsyncFunctionDef):
        yield sheet.at(play, "PS148", told, _("write `def` instead of `async def`"))
        return
    for node in _own(play):
        gives = (
            isinstance(node, ast.Return)
            and node.value is not None
            and literal(node.value) is not None
        )
        if gives or (isinstance(node, ast.Call) and _is_waiting(node.func)):
            hint = _("write `yield from` before what it is to wait for")
            yield sheet.at(node, "PS148", told, hint)
            return


def _is_waiting(node: ast.expr) -> bool:
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return False
    return node.value.id == "self" and node.attr in WAITING


def _is_endless(loop: ast.While) -> bool:
    """Whether nothing in the loop leads out of it: no end of its condition, `break`, `return`."""
    if not isinstance(loop.test, ast.Constant) or not loop.test.value:
        return False
    return not any(
        isinstance(node, ast.Break | ast.Return | ast.Raise) for node in _inside(loop.body)
    )


def _yields(play: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is a generator: a `yield` of its own, not of one defined inside it."""
    if isinstance(play, ast.AsyncFunctionDef):
        return False
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own(play))


def _own(play: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    return _inside(play.body)


def _inside(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """All that stands in these lines, but not in functions that are defined in them."""
    waiting: list[ast.AST] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += reversed(list(ast.iter_child_nodes(node)))
