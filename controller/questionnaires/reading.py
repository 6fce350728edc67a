"""Owns how a TOML text becomes a questionnaire, or problems with line, column and one sentence.

It knows no folder. A text about an instrument that is known already, in the same version, may give
only what it changes, such as the items in a language that the clinic has a licence for; what it
leaves out is taken from the known one, whose scoring it cannot change.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from controller.language import _
from controller.questionnaires import model
from controller.questionnaires.checks import Fault, Path, faults
from controller.questionnaires.model import Questionnaire
from controller.questionnaires.positions import Positions

Known = Callable[[str, str], Questionnaire | None]
"""The questionnaire that is known by this id and version."""

KEPT = ("scoring", "alerts", "thresholds")
"""What belongs to a version and is not changed under its name."""
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong with a text, where, and what to do."""

    line: int
    column: int
    text: str


class NotAQuestionnaire(ValueError):
    """The text is no questionnaire; `problems` says why, from the first line to the last."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems[0].text)


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
        given = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        # Besides what it says itself, the reader gives up on endless digits and endless brackets.
        raise NotAQuestionnaire([_syntax(str(error), text)]) from None
    where = Positions(text)

    def problem(fault: Fault) -> Problem:
        place = where.of(fault.path)
        return Problem(place.line, place.column, fault.text)

    base = _base(given, known)
    found = [] if base is None else _not_said(given)
    try:
        made = Questionnaire.model_validate(given if base is None else _completed(given, base))
    except ValidationError as error:
        found += _all_told(error.errors())
        raise NotAQuestionnaire([problem(fault) for fault in found]) from None
    if base is not None:
        found += _changed(made, base)
    # What was changed of a known version is why other things do not fit any more.
    found = found or list(faults(made))
    if found:
        raise NotAQuestionnaire([problem(fault) for fault in found])
    return made


def _syntax(told: str, text: str) -> Problem:
    place = _PLACE.search(told)
    line, column = 1, 1
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    elif place:
        lines = text.split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    why = _PLACE.sub("", told)
    sentence = _("This cannot be read as TOML; look at quotes, brackets and = here ({why}).")
    return Problem(line, column, sentence.format(why=why))


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


def _all_told(errors: Sequence[ErrorDetails]) -> list[Fault]:
    """What the model says, without what only follows from something else that it says."""
    misspelt = {(*e["loc"][:-1], _near(e["loc"])) for e in errors if e["type"] == "extra_forbidden"}
    return [
        _told(e)
        for e in errors
        if not (e["type"] == "missing" and e["loc"] in misspelt)
        # A list with a wrong entry is called too short as well.
        and not (e["type"] == "too_short" and e.get("input"))
    ]


def _told(details: ErrorDetails) -> Fault:
    """What the model says, in one sentence of our own."""
    path: Path = tuple(details["loc"])
    key = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    context = details.get("ctx", {})
    match details["type"]:
        case "missing":
            text = _("Say {key} = ...; it is missing.")
        case "extra_forbidden":
            return Fault(path, _not_known(path))
        case "string_type":
            text = _("{key} is a text: put it between quotes.")
        case "string_too_short":
            text = _("{key} is empty; write it, or leave the key out.")
        case "string_too_long":
            text = _("{key} is too long: at most {most} characters.")
        case "string_pattern_mismatch":
            text = _("{key} cannot be written like this; see the example in the guide.")
        case "int_type":
            text = _("{key} is a whole number, without quotes.")
        case "number":
            text = _("{key} is a number, without quotes, with at most nine decimals.")
        case "greater_than_equal" | "less_than_equal":
            text = _("{key} lies between -1000000 and 1000000.")
        case "bool_type" | "bool_parsing":
            text = _("{key} is true or false.")
        case "literal_error":
            text = _("{value} is not known here; it can be {expected}.")
        case "too_short":
            text = _("{key} needs at least one entry.")
        case "tuple_type":
            text = _("{key} is a list: put it between square brackets.")
        case "model_type" | "model_attributes_type":
            text = _("{key} is a table: put it between braces.")
        case _:
            text = _("{key} cannot be used ({why}).")
    told = text.format(
        key=key,
        value=_short(details.get("input")),
        most=context.get("max_length"),
        expected=str(context.get("expected")).replace(" or ", ", "),
        why=details["msg"],
    )
    return Fault(path, told)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _near(path: Path) -> str | None:
    """The key that was probably meant by the last of this path."""
    near = difflib.get_close_matches(str(path[-1]), _keys_at(path[:-1]), n=1)
    return near[0] if near else None


def _not_known(path: Path) -> str:
    name, near = str(path[-1]), _near(path)
    if near is not None:
        return _("{key} is not known here; did you mean {near}?").format(key=name, near=near)
    return _("{key} is not known here; remove it.").format(key=name)


def _keys_at(path: Path) -> list[str]:
    """The keys that may stand at this place."""
    at: type[BaseModel] = Questionnaire
    for part in path:
        if isinstance(part, str):
            at = _inside(at, part)
    return list(at.model_fields)


def _inside(at: type[BaseModel], key: str) -> type[BaseModel]:
    parts: dict[str, type[BaseModel]] = {
        "title": model.Words,
        "about": model.Words,
        "licence": model.Words,
        "reviewed": model.Review,
        "instructions": model.Wording,
        "answers": model.AnswerRange,
        "anchors": model.Anchor,
        "items": model.Item,
        "scoring": model.Scoring,
        "scales": model.Scale,
        "bands": model.Band,
        "alerts": model.Alert,
        "thresholds": model.Threshold,
    }
    return parts.get(key, at)
