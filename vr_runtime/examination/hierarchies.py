"""Owns reading the hierarchies that lie beside a scenario: strictly, with the line of each fault.

It judges rows against what the scenario declares, and knows nothing of patients.
"""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from scenarios.api import ScenarioError
from scenarios.api.base import Declared
from scenarios.api.ladders import (
    LONGEST_ROW_TEXT,
    MOST_HIERARCHIES,
    MOST_ROWS,
    HierarchySpec,
    RowSpec,
)
from scenarios.api.manifest import Manifest
from scenarios.api.positions import Path as Keys
from scenarios.api.positions import Positions
from vr_runtime.examination.diagnostics import Diagnostic, nearest
from vr_runtime.examination.settings import ORDER, misfits
from vr_runtime.examination.source import hierarchies_of
from vr_runtime.language import _, mark

UNREAD, FORM = "PS190", "PS191"
LONGEST_BYTES = 1 << 18
"""Four hierarchies of the longest texts take a quarter of it."""
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_HINTS = {
    "hierarchies": mark("write 1 to {hierarchies} tables, each under [[hierarchies]]"),
    "rows": mark("write 3 to {rows} rows, each under [[hierarchies.rows]]"),
    "kind": mark('it is "cautious", "direct" or "child"'),
    "level": mark("levels are the whole numbers 0 to 10"),
    "distress": mark("it is a whole number, 0 to 100"),
    "values": mark("write names and numbers, as values.wind = 2.5"),
    "events": mark('write names in brackets, at most four, as events = ["gust"]'),
    "tasks": mark('write names in brackets, at most four, as tasks = ["look_far"]'),
}
_TEXT = mark('a text needs "fr" and "en", 1 to {longest} characters each, on one line')
_KEYS = {
    0: ("hierarchies",),
    2: tuple(HierarchySpec.model_fields),
    4: tuple(RowSpec.model_fields),
}
"""What may stand at each depth of a file; deeper there are texts."""


class _File(Declared):
    hierarchies: tuple[HierarchySpec, ...] = Field(min_length=1, max_length=MOST_HIERARCHIES)


def with_hierarchies(manifest: Manifest, path: Path) -> Manifest:
    """A manifest with the hierarchies that lie beside the scenario at `path`.

    Raises `ScenarioError`, with the first of what is wrong with them.
    """
    read, found = judge_hierarchies(manifest, path, str(path))
    if found:
        raise ScenarioError(str(found[0]))
    return read


def judge_hierarchies(
    manifest: Manifest, path: Path, shown: str
) -> tuple[Manifest, list[Diagnostic]]:
    """The manifest with its hierarchies, or what is wrong with them: PS190 to PS194.

    Args:
        manifest: what the scenario itself declares.
        path: its file or folder.
        shown: that path as its author gave it.
    """
    file = hierarchies_of(path)
    if not file.exists():
        return manifest, []
    beside = str(Path(shown).with_name(file.name) if path.is_file() else Path(shown) / file.name)
    reading = _Reading(manifest, beside)
    read = reading.whole(file)
    if reading.found:
        return manifest, sorted(reading.found, key=lambda each: (each.line, each.column))
    return manifest.model_copy(update={"hierarchies": read}), []


class _Reading:
    """One file, and what was found wrong with it."""

    def __init__(self, manifest: Manifest, shown: str) -> None:
        self._manifest, self._shown = manifest, shown
        self._where = Positions("")
        self.found: list[Diagnostic] = []

    def whole(self, file: Path) -> tuple[HierarchySpec, ...]:
        """Its hierarchies; incomplete where anything was found."""
        try:
            if not file.is_file() or file.stat().st_size > LONGEST_BYTES:
                told = _("This is no file, or one longer than {n} kB.")
                self._say(1, 1, UNREAD, told.format(n=LONGEST_BYTES // 1000))
                return ()
            text = file.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self._say(1, 1, UNREAD, _("The file cannot be read: {why}.").format(why=error))
            return ()
        try:
            given = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            place, lines = _PLACE.search(str(error)), text.split("\n")
            line, column = len(lines), len(lines[-1]) + 1
            if place is not None and place[1]:
                line, column = int(place[1]), int(place[2])
            why = _PLACE.sub("", str(error))
            hint = _("look at quotes, brackets and = here")
            self._say(line, column, UNREAD, _("This is not TOML: {why}.").format(why=why), hint)
            return ()
        self._where = Positions(text)
        try:
            # As JSON it is read strictly: no text passes for a number, and no number for a text.
            read = _File.model_validate_json(json.dumps(given, default=str), strict=True)
        except ValidationError as error:
            self._forms(error.errors(include_url=False, include_context=False))
            return ()
        for n, each in enumerate(read.hierarchies):
            self._judge(("hierarchies", n), each)
        kinds = [each.kind for each in read.hierarchies]
        for n, kind in enumerate(kinds):
            if kind in kinds[:n]:
                told = _("There are two hierarchies of the kind `{kind}`.").format(kind=kind)
                self._at(("hierarchies", n, "kind"), FORM, told)
        return read.hierarchies

    def _judge(self, at: Keys, each: HierarchySpec) -> None:
        for n, row in enumerate(each.rows):
            for misfit in misfits(row, self._manifest):
                self._at((*at, "rows", n, *misfit.path), misfit.code, misfit.told, misfit.hint)
        for n, (before, row) in enumerate(pairwise(each.rows), 1):
            if row.distress < before.distress:
                told = _("The distress expected here is {now}, below {before} of the row before.")
                told = told.format(now=row.distress, before=before.distress)
                hint = _("put rows in order from the least distress to the most")
                self._at((*at, "rows", n, "distress"), ORDER, told, hint)

    def _forms(self, errors: list[ErrorDetails]) -> None:
        misspelt = {e["loc"][:-1] for e in errors if e["type"] == "extra_forbidden"}
        for each in errors:
            if each["type"] == "missing" and each["loc"][:-1] in misspelt:
                continue  # It only follows from the name that nobody knows.
            inside = (other["loc"][: len(each["loc"])] for other in errors if other is not each)
            if each["type"] == "too_short" and each["loc"] in inside:
                continue  # A list with a wrong entry is called too short as well.
            path: Keys = tuple(p for p in each["loc"] if p != "[key]")
            key = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
            self._at(path, FORM, *_told(each, path, key))

    def _at(self, path: Keys, code: str, told: str, hint: str = "") -> None:
        place = self._where.of(path)
        self._say(place.line, place.column, code, told, hint)

    def _say(self, line: int, column: int, code: str, told: str, hint: str = "") -> None:
        place: dict[str, Any] = {"path": self._shown, "line": line, "column": column}
        self.found.append(Diagnostic(code=code, message=told, hint=hint, **place))


def _told(error: ErrorDetails, path: Keys, key: str) -> tuple[str, str]:
    if error["type"] == "extra_forbidden":
        known = _KEYS.get(len(path) - 1, ("fr", "en"))
        told = _("`{name}` is not known here.").format(name=key)
        return told, nearest(key, known) or _("it has {names}").format(names=", ".join(known))
    if error["type"] == "missing":
        return _("`{name}` is missing.").format(name=key), _hint(path)
    return _("`{name}` cannot be this.").format(name=key), _hint(path)


def _hint(path: Keys) -> str:
    words = [part for part in path if isinstance(part, str)]
    known = next((_HINTS[word] for word in reversed(words) if word in _HINTS), "")
    if words[-1] in ("item", "title", "feared", "fr", "en"):
        known = _TEXT
    return _(known).format(hierarchies=MOST_HIERARCHIES, rows=MOST_ROWS, longest=LONGEST_ROW_TEXT)
