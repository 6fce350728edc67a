"""Owns how a TOML text becomes a questionnaire, or problems with line, column and one sentence.

It knows no folder. A text about an instrument that is known already, in the same version, may give
only what it changes, such as the items in a language that the clinic has a licence for; what it
leaves out is taken from the known one, whose scoring it cannot change.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from controller.clinic_files.telling import Fault, NotUsable, all_told, parsed, placed
from controller.language import _
from controller.questionnaires.checks import faults
from controller.questionnaires.model import Questionnaire

Known = Callable[[str, str], Questionnaire | None]
"""The questionnaire that is known by this id and version."""

KEPT = ("used", "scoring", "alerts", "thresholds")
"""What belongs to a version and is not changed under its name."""


class NotAQuestionnaire(NotUsable):
    """The text is no questionnaire; `problems` says why, from the first line to the last."""


def unknown(_id: str, _version: str) -> None:
    """Nothing is known yet: for what ships with Palier."""


def read(text: str, known: Known = unknown, today: date | None = None) -> Questionnaire:
    """The questionnaire in `text`.

    Args:
        text: TOML.
        known: what may be completed by `text`.
        today: a review may not be ahead of it; None for what ships.

    Raises:
        NotAQuestionnaire: with all that is wrong.
    """
    try:
        given = parsed(text)
    except NotUsable as error:
        raise NotAQuestionnaire(error.problems) from None
    base = _base(given, known)
    found = [] if base is None else [*_not_said(given), *_other_items(given, base)]
    try:
        made = Questionnaire.model_validate(given if base is None else _completed(given, base))
    except ValidationError as error:
        found += all_told(error.errors(), Questionnaire)
        raise NotAQuestionnaire(placed(text, found)) from None
    told = list(faults(made, today))
    if base is not None:
        found += _changed(made, base)
        # Where something else was changed, scores and alerts that do not fit only follow from it.
        told = [fault for fault in told if not found or _of_its_own(fault, given)]
    found += told
    if found:
        raise NotAQuestionnaire(placed(text, found))
    return made


def _base(given: dict[str, Any], known: Known) -> Questionnaire | None:
    name, version = given.get("id"), given.get("version")
    if isinstance(name, str) and isinstance(version, str):
        return known(name, version)
    return None


def _not_said(given: dict[str, Any]) -> list[Fault]:
    """What a text with items must say itself: the known licence is about the known items."""
    if "items" not in given:
        return []
    return [
        Fault((), _("Say {key} = ...; it is missing.").format(key=key))
        for key in ("licence", "languages")
        if key not in given
    ]


def _completed(given: dict[str, Any], base: Questionnaire) -> dict[str, Any]:
    """`given` with what it leaves out; its own items come without the known texts."""
    whole = base.model_dump(exclude_unset=True)
    if "items" in given:
        for key in ("instructions", "attribution", "reviewed"):
            whole.pop(key, None)
        for item in whole["items"]:
            item.pop("en", None)
            item.pop("fr", None)
    lists = {
        key: [_with(part, whole[key]) for part in given[key]]
        for key in ("items", "answers")
        if isinstance(given.get(key), list)
    }
    return {**whole, **given, **lists}


def _with(part: object, known: Sequence[dict[str, Any]]) -> object:
    if not isinstance(part, dict):
        return part
    name = part.get("id", "answer")
    return {**next((k for k in known if k.get("id", "answer") == name), {}), **part}


def _of_its_own(fault: Fault, given: dict[str, Any]) -> bool:
    """Whether a fault is of what a text says itself, and not of what the known one brought."""
    return not fault.path or (fault.path[0] in given and fault.path[0] not in KEPT)


def _other_items(given: dict[str, Any], base: Questionnaire) -> list[Fault]:
    """Items that a version does not have, that are left out of it, or that stand elsewhere in it.

    Looked for in what was written, so that they are told along with whatever else is wrong.
    """
    parts = given.get("items")
    if not isinstance(parts, list):
        return []
    names = [part.get("id") if isinstance(part, dict) else None for part in parts]
    wanted = [item.id for item in base.items]
    lacking = [name for name in wanted if name not in names]
    found = []
    for at, name in enumerate(names):
        if isinstance(name, str) and name not in wanted:
            near = difflib.get_close_matches(name, lacking, n=1)
            found.append(Fault(("items", at, "id"), _no_item(name, near, base)))
            # What was mistyped is not missing as well.
            lacking = [one for one in lacking if one not in near]
    if lacking and None not in names:
        text = _("Items of {name} {version} are missing: {items}; add them.")
        told = text.format(name=base.id, version=base.version, items=", ".join(lacking))
        found.append(Fault(("items",), told))
    if sorted(map(str, names)) == sorted(wanted):
        found += _out_of_place(names, wanted, base)
    return found


def _no_item(name: str, near: Sequence[str], base: Questionnaire) -> str:
    if near:
        text = _("{item} is no item of {name} {version}; did you mean {near}?")
        return text.format(item=name, name=base.id, version=base.version, near=near[0])
    text = _("{item} is no item of {name} {version}; remove it, or give your file another version.")
    return text.format(item=name, name=base.id, version=base.version)


def _out_of_place(
    names: Sequence[object], wanted: Sequence[str], base: Questionnaire
) -> list[Fault]:
    """The first item that stands at another place than in the instrument; the rest follow from it.

    The order is part of what was validated: an item colours the answers to those after it, and
    copies on paper, from which answers are read item by item, are numbered. It is not put right
    silently either: where ids are out of order, a text often stands under another item's id, and
    its answers would count to the wrong scale.
    """
    for at, (name, right) in enumerate(zip(names, wanted, strict=True)):
        if name != right:
            text = _(
                "{item} stands at another place in {name} {version}: here comes {right}. Keep its "
                "order, and see that each text stands under its own id."
            )
            told = text.format(item=name, name=base.id, version=base.version, right=right)
            return [Fault(("items", at, "id"), told)]
    return []


def _changed(made: Questionnaire, base: Questionnaire) -> list[Fault]:
    """What belongs to the version and is different all the same."""
    text = _(
        "{key} of {name} {version} comes with Palier and stays as it is; "
        "to change it, give your file another version."
    )

    def fault(*path: str | int) -> Fault:
        return Fault(path, text.format(key=path[-1], name=base.id, version=base.version))

    found = [fault(key) for key in KEPT if getattr(made, key) != getattr(base, key)]
    answers = {item.id: item.answer for item in base.items}
    found += [
        fault("items", at, "answer")
        for at, item in enumerate(made.items)
        if item.id in answers and item.answer != answers[item.id]
    ]
    if _spans(made) != _spans(base):
        found.append(fault("answers"))
    return found


def _spans(of: Questionnaire) -> dict[str, tuple[int, int]]:
    return {a.id: (a.lowest, a.highest) for a in of.answers}
