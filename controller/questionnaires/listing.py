"""Owns how questionnaires and problems of files are listed, for people and for programs.

It prints nothing itself and knows no command.
"""

from __future__ import annotations

from typing import Any

from controller.language import _, language
from controller.questionnaires.library import Entry, Library
from controller.questionnaires.model import Questionnaire


def rows(library: Library) -> list[dict[str, Any]]:
    """One object for each questionnaire, for `--json`."""
    return [row(entry) for entry in library.entries]


def row(entry: Entry) -> dict[str, Any]:
    """One questionnaire, for `--json`."""
    found = entry.questionnaire
    return {
        "id": found.id,
        "version": found.version,
        "title": found.title.model_dump(),
        "languages": list(found.languages),
        "items": len(found.items),
        "texts": bool(found.languages),
        "scales": [
            {"id": s.id, "lowest": float(s.lowest), "highest": float(s.highest)}
            for s in found.scoring.scales
        ],
        "used": list(found.used),
        "default": found.default,
        "licence": found.licence.model_dump(),
        "attribution": found.attribution,
        "citation": found.citation,
        "reviewed": None if found.reviewed is None else found.reviewed.model_dump(),
        "file": None if entry.file is None else str(entry.file),
    }


def lines(library: Library) -> list[str]:
    """The same for people, in the language that is spoken."""
    told = []
    for entry in library.entries:
        found = entry.questionnaire
        told += [
            f"{found.id}  {found.version}  {availability(found)}",
            f"    {found.title.of(language())}",
            f"    {found.licence.of(language())}",
        ]
        if entry.file is not None:
            told.append("    " + _("from {file}").format(file=entry.file))
        told.append("    " + review(found))
    return told


def availability(found: Questionnaire) -> str:
    """In which languages the items can be shown, and in which not."""
    told = [" ".join(found.languages) or _("scoring only")]
    if "fr" not in found.languages:
        told.append(_("not available in French"))
    if found.languages == ("fr",):
        told.append(_("not available in English"))
    return ", ".join(told)


def review(found: Questionnaire) -> str:
    """Who has reviewed this file, or that nobody has."""
    if found.reviewed is None:
        return _("not reviewed by a clinician")
    return _("reviewed by {by} on {on}").format(by=found.reviewed.by, on=found.reviewed.on)
