"""Owns how what is wrong with a clinic's file is told: line, column and one sentence.

It knows models and texts in general, and neither questionnaires nor protocols.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from controller.language import _, mark
from scenarios.api.positions import Path, Positions

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")

_BRACKETS = mark("look at quotes, brackets and = here")
_TWICE = mark("this name has a value already; say each once")
_WHY = (
    (re.compile(r"Cannot (?:overwrite|declare|mutate)|Duplicate"), _TWICE),
    (
        re.compile(r"Unescaped '\\'|Invalid hex|not a Unicode scalar"),
        mark("write \\\\ for each \\ in this text, or set it between ' and '"),
    ),
    (re.compile("Illegal character"), mark("a sign stands here that no file may hold; delete it")),
    (re.compile("integer string conversion"), mark("a number has too many digits")),
    (re.compile("recursion"), mark("there are too many brackets within each other")),
)
"""What the reader of TOML says, in English and for whoever programs, and what we say for it."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and at which key."""

    path: Path
    text: str


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong with a text, where, and what to do."""

    line: int
    column: int
    text: str


class NotUsable(ValueError):
    """The text cannot be used; `problems` says why, from the first line to the last."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems[0].text)


def parsed(text: str) -> dict[str, Any]:
    """The TOML of `text`, decimals as they were written. Raises `NotUsable`."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        # Besides what it says itself, the reader gives up on endless digits and endless brackets.
        raise NotUsable([_syntax(str(error), text)]) from None


def placed(text: str, faults: Sequence[Fault]) -> list[Problem]:
    """The faults with line and column; `text` was parsed without complaint."""
    where = Positions(text)
    places = [(where.of(fault.path), fault) for fault in faults]
    return [Problem(place.line, place.column, fault.text) for place, fault in places]


def _syntax(told: str, text: str) -> Problem:
    place = _PLACE.search(told)
    line, column = 1, 1
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    elif place:
        lines = text.split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    why = next((ours for said, ours in _WHY if said.search(told)), _BRACKETS)
    return Problem(line, column, _("This cannot be read as TOML: {why}.").format(why=_(why)))


def twice(path: Path, names: Sequence[str]) -> Iterator[Fault]:
    """A fault for each name that stands in the list before."""
    for index, name in enumerate(names):
        if name in names[:index]:
            text = _("{name} is here twice; give each its own name.")
            yield Fault((*path, index), text.format(name=name))


def all_told(errors: Sequence[ErrorDetails], root: type[BaseModel]) -> list[Fault]:
    """What the model `root` says, without what only follows from something else that it says."""
    misspelt = {
        (*e["loc"][:-1], _near(e["loc"], root)) for e in errors if e["type"] == "extra_forbidden"
    }
    return [
        _told(e, root)
        for e in errors
        if not (e["type"] == "missing" and e["loc"] in misspelt)
        # A list with a wrong entry is called too short as well.
        and not (e["type"] == "too_short" and e.get("input"))
    ]


def _told(details: ErrorDetails, root: type[BaseModel]) -> Fault:
    """What the model says, in one sentence of our own."""
    path: Path = tuple(details["loc"])
    key = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    context = details.get("ctx", {})
    match details["type"]:
        case "missing":
            text = _("Say {key} = ...; it is missing.")
        case "extra_forbidden":
            return Fault(path, _not_known(path, root))
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


def _near(path: Path, root: type[BaseModel]) -> str | None:
    """The key that was probably meant by the last of this path."""
    near = difflib.get_close_matches(str(path[-1]), keys_at(path[:-1], root), n=1)
    return near[0] if near else None


def _not_known(path: Path, root: type[BaseModel]) -> str:
    name, near = str(path[-1]), _near(path, root)
    if near is not None:
        return _("{key} is not known here; did you mean {near}?").format(key=name, near=near)
    return _("{key} is not known here; remove it.").format(key=name)


def keys_at(path: Path, root: type[BaseModel]) -> list[str]:
    """The keys that may stand at this place of `root`."""
    at = root
    for part in path:
        if isinstance(part, str) and part in at.model_fields:
            at = next(_models(at.model_fields[part].annotation), at)
    return list(at.model_fields)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The models within an annotation such as `tuple[Item, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
