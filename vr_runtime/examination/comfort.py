"""Owns the rules for what a scenario declares of risk and comfort, against what it does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import get_args

from scenarios.api.manifest import Contraindication, Motion
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.sheet import Sheet, assigned, literal
from vr_runtime.language import _

_RIDES = frozenset({"vehicle", "ride"})
_TILTS = frozenset({"lean", "rock"})
"""Words of a vehicle that a scenario of low motion does not use."""


def judge_contraindications(sheet: Sheet, node: ast.expr) -> Iterator[Diagnostic]:
    """PS124 for a name that is none of the closed list."""
    known = get_args(Contraindication)
    for entry in node.elts if isinstance(node, ast.Tuple | ast.List) else ():
        name = literal(entry)
        if name is not ... and name not in known:
            told = _("`{name}` is no contraindication that is known here.").format(name=name)
            hint = nearest(str(name), known) or _("they are: {names}").format(
                names=", ".join(known)
            )
            yield sheet.at(entry, "PS124", told, hint)


def judge_comfort(sheet: Sheet, scenario: ast.ClassDef) -> Iterator[Diagnostic]:
    """PS134 where `comfort` is of the wrong form or says less than what the class does."""
    for name, _node, value in assigned(scenario):
        if name == "comfort" and isinstance(value, ast.Call) and sheet.word(value.func):
            yield from _judge_motion(sheet, scenario, value)


def _judge_motion(sheet: Sheet, scenario: ast.ClassDef, call: ast.Call) -> Iterator[Diagnostic]:
    given = next((k.value for k in call.keywords if k.arg == "motion"), None)
    motion = literal(given)
    known = get_args(Motion)
    if given is None or (motion is not ... and motion not in known):
        told = _("`comfort` says what moves the view.")
        hint = _('write `Comfort(motion="none")`, "low" or "high"')
        yield sheet.at(given or call, "PS134", told, hint)
        return
    declared = [literal(v) for name, _node, v in assigned(scenario) if name == "contraindications"]
    named = [d for d in declared if isinstance(d, tuple | list)]
    if motion in ("low", "high") and not any("vection" in each for each in named):
        told = _("A view that is moved may make some patients unwell.")
        hint = _('add "vection" to `contraindications`')
        yield sheet.at(call, "PS134", told, hint)
    for node in ast.walk(scenario):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        word = node.func.attr
        if motion == "none" and word in _RIDES and _is_of_stage(node.func.value):
            told = _("`comfort` declares that nothing moves the view.")
            hint = _('write `Comfort(motion="low")`, or "high"')
            yield sheet.at(node, "PS134", told, hint)
        turns = word == "go_to" and any(k.arg == "heading" for k in node.keywords)
        if motion == "low" and (word in _TILTS or turns):
            told = _("A vehicle of low motion stays level and does not turn.")
            yield sheet.at(node, "PS134", told, _('write `Comfort(motion="high")`'))


def _is_of_stage(node: ast.expr) -> bool:
    """Whether this is `self.stage` or what belongs to it."""
    if isinstance(node, ast.Attribute):
        return node.attr == "stage" or _is_of_stage(node.value)
    return False
