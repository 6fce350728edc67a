"""Owns which modules beside a scenario it reaches, and that they keep the same rules; runs none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.examination.imports import judge_imports
from vr_runtime.examination.sheet import Sheet
from vr_runtime.examination.source import TooLong, text_of
from vr_runtime.examination.unparsed import parsed
from vr_runtime.language import _

Package = tuple[str, ...]
"""Where a module lies below the scenario's folder, as the names of folders."""


def judge_helpers(main: Sheet, folder: Path, shown: str) -> Iterator[Diagnostic]:
    """What is wrong with the modules that `from .name import ...` reaches, from one to the next.

    What lies beside and is never imported is its author's own business.
    """
    waiting, seen = list(_imported(main.tree, folder, ())), set()
    while waiting:
        file, package = waiting.pop(0)
        if file in seen:
            continue
        seen.add(file)
        path = str(Path(shown).parent / file.relative_to(folder))
        sheet = _sheet(file, path)
        if isinstance(sheet, Diagnostic):
            yield sheet
            continue
        yield from judge_imports(sheet)
        waiting += _imported(sheet.tree, folder, package)


def _sheet(file: Path, shown: str) -> Sheet | Diagnostic:
    try:
        return parsed(text_of(file), shown)
    except (OSError, UnicodeDecodeError, TooLong):
        told = _("This module is no text that can be read.")
        hint = _("save it as UTF-8, as a file of 2 MB at most")
        return Diagnostic(path=shown, line=1, column=1, code="PS100", message=told, hint=hint)


def _imported(tree: ast.Module, folder: Path, package: Package) -> Iterator[tuple[Path, Package]]:
    """The files that the relative imports of one module of `package` read."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        if node.level - 1 > len(package):
            continue  # it leads out of the folder, and fails where it runs
        base = package[: len(package) - (node.level - 1)]
        base += tuple(node.module.split(".")) if node.module else ()
        for parts in (base, *((*base, alias.name) for alias in node.names)):
            for end in range(1, len(parts) + 1):
                yield from _files(folder, parts[:end])


def _files(folder: Path, parts: Package) -> Iterator[tuple[Path, Package]]:
    place = folder.joinpath(*parts)
    if place.with_name(f"{place.name}.py").is_file():
        yield place.with_name(f"{place.name}.py"), parts[:-1]
    if (place / "__init__.py").is_file():
        yield place / "__init__.py", parts
