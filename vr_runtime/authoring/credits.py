"""Owns whether every picture, sound, film and model of a scenario has an origin; opens none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from vr_runtime.examination.diagnostics import Diagnostic
from vr_runtime.language import _
from vr_runtime.packs import fault
from vr_runtime.packs.manifest import Listed
from vr_runtime.packs.names import is_text

CREDITS = "CREDITS.toml"
"""In the scenario's folder: of each file its licence, author, source and SHA-256."""
FIELDS = ("licence", "author", "source")


def uncredited(
    scenario: Path, inside: str, files: Iterable[Listed], shown: str
) -> Iterator[Diagnostic]:
    """What is wrong with the credits of one scenario's files.

    Args:
        scenario: the scenario's folder, or its one file.
        inside: where it stands in the pack.
        files: all files of the pack.
        shown: the scenario as it was given.
    """
    own = [
        (each.path.removeprefix(f"{inside}/"), each)
        for each in files
        if each.path.startswith(f"{inside}/") and not is_text(each.path)
    ]
    if not own:
        return
    where = f"{shown}/{CREDITS}"
    try:
        credited = _rows((scenario / CREDITS).read_bytes())
    except FileNotFoundError:
        credited = {}
    except (OSError, ValueError) as error:
        yield _said(where, _("The credits cannot be read: {why}.").format(why=error))
        return
    for name, listed in own:
        row = credited.get(name)
        if row is None:
            yield _said(f"{shown}/{name}", _("The file has no credits."))
        elif not all(str(row.get(field, "")).strip() for field in FIELDS):
            yield _said(where, _("`{file}` lacks its licence, author or source.").format(file=name))
        elif row.get("sha256") != listed.sha256:
            told = _("`{file}` is another file than the credits were written for.")
            yield _said(where, told.format(file=name))


def _rows(raw: bytes) -> Mapping[str, Mapping[str, Any]]:
    rows = tomllib.loads(raw.decode()).get("file", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(_("each file is a table [[file]]"))
    return {str(row.get("path")): row for row in rows}


def _said(where: str, told: str) -> Diagnostic:
    hint = _("name path, licence, author, source and sha256 in a [[file]] of CREDITS.toml")
    return Diagnostic(path=where, line=1, column=1, code=fault.UNCREDITED, message=told, hint=hint)
