"""Owns how a TOML text becomes a questionnaire, or problems with line, column and one sentence.

It knows no folder. A text about an instrument that is known already, in the same version, may give
only what it changes, such as the items in a language that the clinic has a licence for; what it
leaves out is taken from the known one, whose scoring it cannot change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def read(text: str, known: Known = unknown) -> Questionnaire:
    """The questionnaire in `text`.

    Args:
        text: TOML.
        known: what may be completed by `text`.

    Raises:
        NotAQuestionnaire: with all that is wrong.
    """
    try:
        given = parsed(text)
    except NotUsable as error:
        raise NotAQuestionnaire(error.problems) from None
    base = _base(given, known)
    found = [] if base is None else _not_said(given)
    try:
        made = Questionnaire.model_validate(given if base is None else _completed(given, base))
    except ValidationError as error:
        found += all_told(error.errors(), Questionnaire)
        raise NotAQuestionnaire(placed(text, found)) from None
    if base is not None:
        found += _changed(made, base)
    # What was changed of a known version is why other things do not fit any more.
    found = found or list(faults(made))
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


def _changed(made: Questionnaire, base: Questionnaire) -> list[Fault]:
    """What belongs to the version and is different all the same."""
    text = _(
        "{key} of {name} {version} comes with Palier and stays as it is; "
        "to change it, give your file another version."
    )

    def fault(*path: str) -> Fault:
        return Fault(path, text.format(key=path[-1], name=base.id, version=base.version))

    found = [fault(key) for key in KEPT if getattr(made, key) != getattr(base, key)]
    if {i.id: i.answer for i in made.items} != {i.id: i.answer for i in base.items}:
        found.append(fault("items"))
    if _spans(made) != _spans(base):
        found.append(fault("answers"))
    return found


def _spans(of: Questionnaire) -> dict[str, tuple[int, int]]:
    return {a.id: (a.lowest, a.highest) for a in of.answers}
