"""Owns the checks on what an author writes into the world; knows neither world nor renderer."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import get_close_matches
from reprlib import Repr
from typing import Literal

from scenarios.api.errors import ScenarioError
from scenarios.api.manifest import can_be_shown
from scenarios.api.stage import Vec
from vr_runtime.language import mark

FARTHEST_M = 20_000.0
"""Nothing stands farther than this from the middle of the world, in metres."""
LONGEST_NAME = 80
"""Most characters that are told of a name nobody knows."""

Kind = Literal[
    "model",
    "material",
    "sound",
    "line",
    "target",
    "value",
    "wall",
    "opening",
    "animal",
    "act",
    "coat",
    "resting",
]
UNKNOWN: dict[Kind, str] = {
    "model": mark('there is no model "{name}"; the nearest is "{nearest}"'),
    "material": mark('there is no material "{name}"; the nearest is "{nearest}"'),
    "sound": mark('there is no sound "{name}"; the nearest is "{nearest}"'),
    "line": mark('there is no line "{name}"; the nearest is "{nearest}"'),
    "target": mark('there is no target "{name}"; the nearest is "{nearest}"'),
    "value": mark('this model has no value "{name}"; the nearest is "{nearest}"'),
    "wall": mark('there is no wall "{name}"; the nearest is "{nearest}"'),
    "animal": mark('there is no animal "{name}"; the nearest is "{nearest}"'),
    "act": mark('this animal cannot "{name}"; the nearest it can is "{nearest}"'),
    "coat": mark('there is no coat "{name}"; the nearest is "{nearest}"'),
    "opening": mark('there is no kind of opening "{name}"; the nearest is "{nearest}"'),
    "resting": mark('there is no resting place "{name}"; the nearest is "{nearest}"'),
}
"""What is said of a name that nobody knows, by what it should be the name of."""
NONE_AT_ALL = mark('there is no "{name}" here, nor anything else of its kind')


class TooMany(ScenarioError):
    """More of something is asked for than may stand in a world."""


def shown(value: object) -> str:
    """A value as its author would write it, cut short whatever it is."""
    try:
        return _SHORT.repr(value)
    except Exception:
        # its own words failed: what kind it is, is told all the same
        return f"<{type(value).__name__}>"


_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = LONGEST_NAME


def known(kind: Kind, name: str, names: Iterable[str]) -> str:
    """`name`, if it is among `names`; raises `ScenarioError` with the nearest right spelling."""
    choices = sorted(names)
    if isinstance(name, str) and name in choices:
        return name
    told = name[:LONGEST_NAME] if isinstance(name, str) else shown(name)
    near = get_close_matches(told, choices, n=1, cutoff=0.0)
    if not near:
        raise ScenarioError(NONE_AT_ALL, name=told)
    raise ScenarioError(UNKNOWN[kind], name=told, nearest=near[0])


def number(what: str, value: float, low: float, high: float) -> float:
    """`value` held within `low` and `high`; raises `ScenarioError` when it is not a number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        raise _no_number(what, value)
    if isinstance(value, float) and math.isinf(value):
        raise _no_number(what, value)
    # an integer may be larger than any float: it is held first
    return float(min(high, max(low, value)))


def _no_number(what: str, value: object) -> ScenarioError:
    told = mark("{what} must be a number, and {value} is none")
    return ScenarioError(told, what=what, value=shown(value))


def vector(what: str, value: Vec) -> Vec:
    """`value` as three finite numbers; raises `ScenarioError` when it is something else."""
    try:
        x, y, z = value
    except (TypeError, ValueError):
        told = mark("{what} needs three numbers (x, y, z), not {value}")
        raise ScenarioError(told, what=what, value=shown(value)) from None
    return (
        number(what, x, -FARTHEST_M, FARTHEST_M),
        number(what, y, -FARTHEST_M, FARTHEST_M),
        number(what, z, -FARTHEST_M, FARTHEST_M),
    )


def says(text: object, most: int) -> bool:
    """Whether this is a text of 1 to `most` characters that can be shown."""
    return isinstance(text, str) and 0 < len(text.strip()) <= most and can_be_shown(text)


def marker(text: object, most: int) -> str:
    """A text on one line of at most `most` characters; raises `ScenarioError` where it is none."""
    line = " ".join(text.split()) if isinstance(text, str) else ""
    if not says(line, len(line)):
        raise ScenarioError("a marker needs a text without control characters")
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
