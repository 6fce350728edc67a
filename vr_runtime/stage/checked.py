"""Owns the checks on what an author writes into the world; knows neither world nor renderer."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import get_close_matches

from scenarios.api.errors import ScenarioError
from scenarios.api.stage import Vec

FARTHEST_M = 20_000.0
"""Nothing stands farther than this from the middle of the world, in metres."""


def known(kind: str, name: str, names: Iterable[str]) -> str:
    """`name`, if it is among `names`; raises `ScenarioError` with the nearest right spelling."""
    choices = sorted(names)
    if name in choices:
        return name
    near = get_close_matches(str(name), choices, n=1, cutoff=0.0)
    told = f'the nearest is "{near[0]}"' if near else f"no {kind} may be used here"
    raise ScenarioError(f'there is no {kind} "{name}"; {told}')


def number(what: str, value: float, low: float, high: float) -> float:
    """`value` held within `low` and `high`; raises `ScenarioError` when it is not a number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ScenarioError(f"{what} must be a number, and {value!r} is none")
    return min(high, max(low, float(value)))


def vector(what: str, value: Vec) -> Vec:
    """`value` as three finite numbers; raises `ScenarioError` when it is something else."""
    try:
        x, y, z = value
    except (TypeError, ValueError):
        raise ScenarioError(f"{what} needs three numbers (x, y, z), not {value!r}") from None
    return (
        number(what, x, -FARTHEST_M, FARTHEST_M),
        number(what, y, -FARTHEST_M, FARTHEST_M),
        number(what, z, -FARTHEST_M, FARTHEST_M),
    )
