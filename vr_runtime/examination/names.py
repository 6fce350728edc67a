"""Owns the rules for names that a scenario uses: its own, the stage's, and of what ships."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from scenarios.api import Scenario, Stage, Viewer
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.graded import kind_of
from vr_runtime.examination.sheet import Sheet, assigned, literal
from vr_runtime.language import _, mark
from vr_runtime.stage.names import shipped
from vr_runtime.stage.own import is_own
from vr_runtime.stage.resting import PLACES

CALLED = ("build", "update", "safe")
"""What the engine calls by name: a slip of the pen there would be silent."""

WORN = {"text": ("plate",), "room": ("wall", "floor", "ceiling")}
"""What signs and rooms are made of, by the word that makes them."""

MISSING = {
    "model": mark("There is no model `{name}`."),
    "box": mark("There is no material `{name}` for a box."),
    "sound": mark("There is no sound `{name}`."),
    "say": mark("No line `{name}` is declared in `lines`."),
    "target": mark("No target `{name}` is declared in `targets`."),
    "resting_place": mark("There is no resting place `{name}`."),
}
"""What each call of the stage asks for by name."""


def judge_names(sheet: Sheet, scenario: ast.ClassDef) -> Iterator[Diagnostic]:
    """PS140 for names nobody declared, PS141 of the stage, PS142 for writing to a graded value.

    Then PS144 for models, materials and sounds that are not shipped and for lines and targets that
    are not declared, and PS146 for a misspelt `build`, `update` or `safe`.
    """
    graded = {name for name, _node, value in assigned(scenario) if kind_of(sheet, value)}
    uses = list(_uses_of_self(scenario))
    methods = [part for part in scenario.body if isinstance(part, ast.FunctionDef)]
    known = {name for name in dir(Scenario) if not name.startswith("__")} | {"context"}
    known |= {name for name, _node, _value in assigned(scenario)}
    known |= {part.name for part in methods}
    known |= {use.attr for use in uses if isinstance(use.ctx, ast.Store)}
    for use in uses:
        if isinstance(use.ctx, ast.Store) and use.attr in graded:
            told = _("`{name}` follows the level; a scenario reads it and never sets it.")
            yield sheet.at(use, "PS142", told.format(name=use.attr))
        elif use.attr not in known and not use.attr.startswith("__"):
            told = _("Nothing here is called `{name}`.").format(name=use.attr)
            yield sheet.at(use, "PS140", told, nearest(use.attr, known))
    yield from _judge_stage(sheet, scenario)
    yield from _judge_shipped(sheet, scenario)
    yield from _judge_looked_at(sheet, scenario)
    read = {use.attr for use in uses}
    for method in methods:
        wanted = [name for name in CALLED if name not in {part.name for part in methods}]
        hint = nearest(method.name, wanted)
        if hint and method.name not in read and not method.decorator_list:
            told = _("Nothing ever calls `{name}`.").format(name=method.name)
            yield sheet.at(method, "PS146", told, hint)


def _uses_of_self(scenario: ast.ClassDef) -> Iterator[ast.Attribute]:
    for node in ast.walk(scenario):
        if isinstance(node, ast.Attribute) and _is_self(node.value):
            yield node


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _judge_stage(sheet: Sheet, scenario: ast.ClassDef) -> Iterator[Diagnostic]:
    for node in ast.walk(scenario):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Attribute):
            continue
        owner = node.value
        if owner.attr == "stage" and _is_self(owner.value):
            known = _members(Stage)
        elif owner.attr == "viewer" and isinstance(owner.value, ast.Attribute):
            if owner.value.attr != "stage" or not _is_self(owner.value.value):
                continue
            known = _members(Viewer)
        else:
            continue
        if node.attr not in known:
            told = _("`{owner}` has no `{name}`.").format(owner=owner.attr, name=node.attr)
            yield sheet.at(node, "PS141", told, nearest(node.attr, known))


def _judge_shipped(sheet: Sheet, scenario: ast.ClassDef) -> Iterator[Diagnostic]:
    try:
        names = shipped()
    except FileNotFoundError:
        # An installation without its assets is told by whatever needs them, not by a scenario.
        return
    known: dict[str, Collection[str]] = {
        "model": names.models,
        "box": names.materials,
        "sound": names.sounds,
        "say": _keys_of("lines", scenario),
        "target": _keys_of("targets", scenario),
        "resting_place": PLACES,
    }
    for node in ast.walk(scenario):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        asked, stage = node.func.attr, node.func.value
        if not isinstance(stage, ast.Attribute) or stage.attr != "stage":
            continue
        if not _is_self(stage.value):
            continue
        yield from _judge_worn(sheet, node, asked, names.materials)
        if asked not in known:
            continue
        argument = {"box": "material", "say": "line"}.get(asked, "name")
        given = next((k.value for k in node.keywords if k.arg == argument), None)
        if given is None and asked != "box" and node.args:
            given = node.args[0]
        name = literal(given)
        if given is not None and isinstance(name, str) and name not in known[asked]:
            if asked in ("model", "sound") and is_own(name):
                continue  # judged with all that is the scenario's own
            told = _(MISSING[asked]).format(name=name)
            yield sheet.at(given, "PS144", told, nearest(name, known[asked]))


def _judge_worn(
    sheet: Sheet, call: ast.Call, asked: str, materials: Collection[str]
) -> Iterator[Diagnostic]:
    """PS144 for a material of a sign or a room that does not ship."""
    for given in call.keywords:
        name = literal(given.value)
        if given.arg in WORN.get(asked, ()) and isinstance(name, str) and name not in materials:
            told = _("There is no material `{name}`.").format(name=name)
            yield sheet.at(given.value, "PS144", told, nearest(name, materials))


def _judge_looked_at(sheet: Sheet, scenario: ast.ClassDef) -> Iterator[Diagnostic]:
    """PS144 for a target that `self.looks_at` or `self.looking` names and nobody declares."""
    known = _keys_of("targets", scenario)
    for node in ast.walk(scenario):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr not in ("looks_at", "looking") or not _is_self(node.func.value):
            continue
        given = next((k.value for k in node.keywords if k.arg == "target"), None)
        given = node.args[0] if given is None and node.args else given
        name = literal(given)
        if given is not None and isinstance(name, str) and name not in known:
            told = _(MISSING["target"]).format(name=name)
            yield sheet.at(given, "PS144", told, nearest(name, known))


def _keys_of(attribute: str, scenario: ast.ClassDef) -> list[str]:
    """The names that a dict of the class declares."""
    declared = [value for name, _node, value in assigned(scenario) if name == attribute]
    keys = [key for value in declared if isinstance(value, ast.Dict) for key in value.keys]
    return [key.value for key in keys if isinstance(key, ast.Constant) and type(key.value) is str]


def _members(protocol: type) -> set[str]:
    names = set(vars(protocol)) | set(protocol.__annotations__)
    return {name for name in names if not name.startswith("_")}
