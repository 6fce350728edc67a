"""Owns what a scenario may import; knows nothing of what it declares."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import scenarios.api
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.sheet import API, Sheet
from vr_runtime.language import _, mark

_WORLD = mark("the world is reached through `self.stage` alone")
_CHANCE = mark("use `self.random`: its seed is kept, so that the session can be shown again")
_TIME = mark("time comes as `dt` in `update`, and passes at each `yield` of an event")
_ALONE = mark("a scenario runs inside the engine's tick: no threads, processes or network")

FORBIDDEN: dict[str, str] = {
    **dict.fromkeys(("vr_runtime", "controller", "panda3d", "direct", "zmq"), _WORLD),
    **dict.fromkeys(("textual", "sqlalchemy", "importlib", "scenarios"), _WORLD),
    **dict.fromkeys(("random", "secrets", "uuid"), _CHANCE),
    **dict.fromkeys(("time", "datetime", "sched"), _TIME),
    **dict.fromkeys(("threading", "_thread", "multiprocessing", "asyncio", "concurrent"), _ALONE),
    **dict.fromkeys(("socket", "ssl", "http", "urllib", "subprocess", "signal", "ctypes"), _ALONE),
}
"""Top-level modules a scenario may not import, and what to do instead."""


def judge_imports(sheet: Sheet) -> Iterator[Diagnostic]:
    """PS102 for a forbidden module, PS103 for a word that `scenarios.api` does not have."""
    for node in ast.walk(sheet.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _module(sheet, node, alias.name)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            module = node.module or ""
            if module == "scenarios" and all(a.name == "api" for a in node.names):
                continue
            yield from _module(sheet, node, module)
            if module == API:
                yield from _words(sheet, node)


def _module(sheet: Sheet, node: ast.AST, module: str) -> Iterator[Diagnostic]:
    if module == API or module.startswith(f"{API}."):
        return
    hint = FORBIDDEN.get(module.partition(".")[0])
    if hint is not None:
        told = _("A scenario may not import `{module}`.").format(module=module)
        yield sheet.at(node, "PS102", told, _(hint))


def _words(sheet: Sheet, node: ast.ImportFrom) -> Iterator[Diagnostic]:
    known = [name for name in vars(scenarios.api) if not name.startswith("_")]
    for alias in node.names:
        if alias.name not in known and alias.name != "*":
            told = _("`scenarios.api` has no `{name}`.").format(name=alias.name)
            yield sheet.at(alias, "PS103", told, nearest(alias.name, known))
