"""Owns the rules for interlocks: that each can matter, none contradicts another, all levels fit.

They are judged on the declaration as data, once the file has run; its text gives the places.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scenarios.api.manifest import LEVELS, BoundSpec, GradedSpec, InterlockSpec, Manifest
from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.sheet import Sheet, assigned
from vr_runtime.language import _, filled


def judge_interlocks(
    manifest: Manifest, text: str, scenario: str, shown: str
) -> Iterator[Diagnostic]:
    """PS137 for a bound that never matters, PS138 for contradictions, PS139 for levels.

    Args:
        manifest: the declaration to judge.
        text: its file, to place what is found; "" places all at the beginning.
        scenario: the name of its class.
        shown: the file's path as its author gave it.
    """
    sheet = Sheet(text, shown)
    for each in manifest.interlocks:
        told = _idle(each, manifest) or _contradiction(each, manifest) or _levels(each, manifest)
        if told is not None:
            code, message, hint = told
            yield sheet.at(_place(sheet, scenario, each, manifest), code, message, hint)


Told = tuple[str, str, str]


def in_words(bound: BoundSpec, manifest: Manifest) -> str:
    """A bound as its author would say it: name, side, limit with its unit."""
    spec = _spec(bound, manifest)
    text = (
        _("`{name}` at least {limit}")
        if bound.side == "at_least"
        else _("`{name}` at most {limit}")
    )
    unit = f" {spec.unit}" if spec.unit else ""
    return text.format(name=bound.value, limit=f"{bound.limit:g}{unit}")


def _idle(each: InterlockSpec, manifest: Manifest) -> Told | None:
    """A bound that always or never holds excludes nothing, or everything."""
    for bound in (each.when, each.other):
        if bound is None:
            continue
        spec = _spec(bound, manifest)
        held = {bound.holds(v) for v in (spec.low, spec.high)}
        if len(held) == 1:
            told = _("{bound} always holds.") if held.pop() else _("{bound} never holds.")
            hint = _("`{name}` is {low:g} to {high:g} at the levels")
            return (
                "PS137",
                told.format(bound=in_words(bound, manifest)),
                filled(hint, name=spec.name, low=spec.low, high=spec.high),
            )
    if each.when is not None and each.when.value == each.other.value:
        told = _("An interlock is between two values; here both are `{name}`.")
        return "PS137", told.format(name=each.other.value), ""
    return None


def _contradiction(each: InterlockSpec, manifest: Manifest) -> Told | None:
    """Whether what holds together with this interlock leaves its other value anywhere to be."""
    together = [
        other
        for other in manifest.interlocks
        if other.other.value == each.other.value and _in_force_with(other, each, manifest)
    ]
    candidates = _candidates(each.other.value, manifest)
    if any(all(other.allows(value) for other in together) for value in candidates):
        return None
    told = _("Interlocks contradict each other: no `{name}` satisfies them together.")
    hint = _("look at: {bounds}").format(
        bounds=", ".join(in_words(other.other, manifest) for other in together)
    )
    return "PS138", told.format(name=each.other.value), hint


def _in_force_with(other: InterlockSpec, each: InterlockSpec, manifest: Manifest) -> bool:
    """Whether `other` is in force wherever `each` is."""
    if each.when is None or other.when is None:
        return other.event == each.event and other.when is each.when is None
    if other.when.value != each.when.value:
        return False
    values = [v for v in _candidates(each.when.value, manifest) if each.when.holds(v)]
    return all(other.when.holds(v) for v in values)


def _levels(each: InterlockSpec, manifest: Manifest) -> Told | None:
    """Whether the declared levels, and the ways between them, keep the interlock."""
    if each.event is not None:
        if any(manifest.allowed_at(each.event, level) for level in range(LEVELS)):
            return None
        task = manifest.task(each.event) is not None
        told = (
            _("At no level can the task `{name}` be given.")
            if task
            else _("At no level can the event `{name}` be fired.")
        ).format(name=each.event)
        needs = [i.other for i in manifest.interlocks if i.event == each.event]
        hint = _("look at: {bounds}").format(
            bounds=", ".join(["min_level", *(in_words(b, manifest) for b in needs)])
        )
        return "PS139", told, hint
    assert each.when is not None, "an interlock is of an event or of a value"
    first, second = _spec(each.when, manifest), _spec(each.other, manifest)
    for level in range(LEVELS):
        if _breaks(each, first.by_level[level : level + 1], second.by_level[level : level + 1]):
            told = _("Level {level} breaks this interlock: {what}.")
            return "PS139", told.format(level=level, what=both(each, manifest)), ""
    for level in range(LEVELS - 1):
        if _breaks(each, first.by_level[level : level + 2], second.by_level[level : level + 2]):
            told = _("Between level {low} and {high} this interlock is broken on the way: {what}.")
            hint = _("let one value change a level before the other")
            what = both(each, manifest)
            return "PS139", told.format(low=level, high=level + 1, what=what), hint
    return None


def _breaks(each: InterlockSpec, first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether any mix of these values is excluded: values need not move at one pace."""
    assert each.when is not None, "an interlock between values"
    return any(map(each.when.holds, first)) and not all(map(each.allows, second))


def both(each: InterlockSpec, manifest: Manifest) -> str:
    """An interlock between values as its author would say it."""
    assert each.when is not None, "an interlock between values"
    text = (
        _("{what} only with {bound}") if each.rule == "requires" else _("{what} not with {bound}")
    )
    return text.format(what=in_words(each.when, manifest), bound=in_words(each.other, manifest))


def _candidates(name: str, manifest: Manifest) -> list[float]:
    """Values that stand for all there are: the ends, every limit, and one between each two."""
    spec = manifest.value(name)
    assert spec is not None, "the manifest names only what it declares"
    if spec.kind == "choice":
        return [float(n) for n in range(int(spec.low), int(spec.high) + 1)]
    bounds = [b for i in manifest.interlocks for b in (i.when, i.other) if b is not None]
    ends = {spec.low, spec.high, *(b.limit for b in bounds if b.value == name)}
    points = sorted(p for p in ends if spec.low <= p <= spec.high)
    return [*points, *((a + b) / 2 for a, b in pairwise(points))]


def _spec(bound: BoundSpec, manifest: Manifest) -> GradedSpec:
    spec = manifest.value(bound.value)
    assert spec is not None, "the manifest names only what it declares"
    return spec


def _place(sheet: Sheet, scenario: str, each: InterlockSpec, manifest: Manifest) -> ast.AST:
    """Where the interlock is written: its entry in `interlocks`, or the event's own bound."""
    alike = [i for i in manifest.interlocks if (i.event, i.rule) == (each.event, each.rule)]
    number = alike.index(each)
    for node in ast.walk(sheet.tree):
        if not isinstance(node, ast.ClassDef) or node.name != scenario:
            continue
        if each.event is None:
            between = [i for i in manifest.interlocks if i.event is None]
            written = [v for name, _node, v in assigned(node) if name == "interlocks"]
            return _entry(written, between.index(each)) or node
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name == each.event:
                calls = [d for d in part.decorator_list if isinstance(d, ast.Call)]
                given = [k.value for call in calls for k in call.keywords if k.arg == each.rule]
                return _entry(given, number) or part
        return node
    return sheet.tree


def _entry(written: list[ast.expr], number: int) -> ast.expr | None:
    """The entry of a tuple or list that was written, or all of it where it is built otherwise."""
    if not written:
        return None
    if isinstance(written[0], ast.Tuple | ast.List) and number < len(written[0].elts):
        return written[0].elts[number]
    return written[0]
