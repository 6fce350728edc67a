"""Owns the plan of a room that a scenario asks for, and the rules it keeps; knows no renderer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from scenarios.api.errors import ScenarioError
from scenarios.api.opening import Opening
from scenarios.api.stage import Vec
from vr_runtime.stage.checked import TooMany, known, number, shown, vector

LEAST: Vec = (1.0, 1.0, 2.0)
MOST: Vec = (40.0, 40.0, 12.0)
MOST_OPENINGS = 16
WALLS = ("ahead", "behind", "left", "right")
MARGIN_M = 0.1
"""Wall that stays beside and above an opening: its frame needs it."""
LEAST_OPENING_M = 0.3


@dataclass(frozen=True)
class Plan:
    """A room from inside, in metres; its middle is the middle of its floor."""

    size: Vec
    wall: str
    floor: str
    ceiling: str
    openings: tuple[Opening, ...]

    def length(self, wall: str) -> float:
        """How long a wall is."""
        return self.size[0] if wall in ("ahead", "behind") else self.size[1]


def planned(
    size: Vec,
    wall: str,
    floor: str,
    ceiling: str,
    openings: Sequence[Opening],
    materials: Collection[str],
) -> Plan:
    """The plan of a room, checked; raises `ScenarioError` for one that cannot be built."""
    checked = vector("size", size)
    for has, low, high in zip(checked, LEAST, MOST, strict=True):
        if not low <= has <= high:
            raise ScenarioError(
                "a room measures from {least} to {most} metres, not {size}",
                least=LEAST,
                most=MOST,
                size=shown(size),
            )
    for material in (wall, floor, ceiling):
        known("material", material, materials)
    if not isinstance(openings, Sequence):
        raise ScenarioError("the openings of a room are a row: (Opening(...), Opening(...))")
    if len(openings) > MOST_OPENINGS:
        raise TooMany("more than {n} openings in one room", n=MOST_OPENINGS)
    plan = Plan(checked, wall, floor, ceiling, tuple(openings))
    for opening in plan.openings:
        _fits(opening, plan)
    for one, other in combinations(plan.openings, 2):
        apart = abs(one.at - other.at) - (one.width + other.width) / 2
        if one.wall == other.wall and apart < MARGIN_M:
            raise ScenarioError(
                "two openings of the wall {wall} lie less than {least} m apart",
                wall=one.wall,
                least=MARGIN_M,
            )
    return plan


def _fits(opening: Opening, plan: Plan) -> None:
    if not isinstance(opening, Opening):
        raise ScenarioError("openings of a room are written as `Opening(...)`")
    known("wall", opening.wall, WALLS)
    known("opening", opening.kind, ("door", "window"))
    for what in ("at", "width", "height", "sill"):
        number(what, getattr(opening, what), -1e6, 1e6)
    if opening.kind == "door" and opening.sill:
        raise ScenarioError("a door begins at the floor: only a window has a `sill`")
    beside = plan.length(opening.wall) / 2 - abs(opening.at) - opening.width / 2
    above = plan.size[2] - opening.sill - opening.height
    if min(opening.width, opening.height) < LEAST_OPENING_M or opening.sill < 0.0:
        raise ScenarioError(
            "an opening is at least {least} m wide and high, above the floor",
            least=LEAST_OPENING_M,
        )
    if min(beside, above) < MARGIN_M - 1e-9:
        raise ScenarioError(
            "the opening at {at} m in the wall {wall} does not fit into it",
            at=opening.at,
            wall=opening.wall,
        )
