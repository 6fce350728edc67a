"""Owns where passers-by go and stand, and in whose company; knows neither bodies nor houses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from vr_runtime.stage.models.city import figures
from vr_runtime.stage.models.city.street import LINE_SOUTH, Rect
from vr_runtime.stage.models.mesh import Mesh

WALK_M, STROLL_M = 240.0, 40.0
"""Those who pass along the avenue, and those who stroll across the square, begin their way again
after it."""


@dataclass(frozen=True)
class Line:
    """Some who walk one behind the other along the avenue, all equally fast."""

    y: float
    speed: float
    """In m/s, to the east; negative for those who go west."""
    count: int
    grade: figures.Grade
    pairs: bool = False
    """Couples, grown-ups with a child, and the old."""


LINES = (
    Line(3.60, -1.14, 9, figures.NEAR),
    Line(3.97, 1.27, 9, figures.NEAR),
    Line(23.10, -1.34, 10, figures.ACROSS),
    Line(23.85, 0.98, 8, figures.ACROSS, pairs=True),
    Line(24.65, 1.38, 10, figures.ACROSS),
)
"""On the balcony's side they keep to the kerb, past the terrace; beyond, they keep clear of what
stands along kerb and shops."""
WAITING = ((24.6, 21.5, 180.0), (26.4, 21.7, 150.0), (-42.8, 21.6, 180.0), (5.6, 29.0, 8.0))
"""x, y and direction of those who wait for a bus, or look at the kiosk."""
STROLLERS = 3
"""On each way along the sides of a square."""
Beside = tuple[float, figures.Does, figures.Who | None, float]
"""How far beside the line somebody walks, in metres; what the arms do, who it is, which hand."""
_EITHER: tuple[figures.Who, ...] = ("woman", "man")
_ALONE: tuple[figures.Does, ...] = ("goes", "goes", "goes", "goes", "goes", "reads", "calls")
CAFE = (-46.0, -28.0)
"""Where tables take the other pavement, along the avenue."""


@dataclass
class People:
    """Those who walk by, stand, or stroll on the square; soft shadows of all of them."""

    walking: Mesh = field(default_factory=Mesh)
    standing: Mesh = field(default_factory=Mesh)
    shadows: Mesh = field(default_factory=Mesh)
    strolling: Mesh = field(default_factory=Mesh)
    strollers_shadows: Mesh = field(default_factory=Mesh)


def figure_grade(x: float, y: float) -> figures.Grade:
    """How much is made out of somebody who stands there."""
    away = math.hypot(x, y)
    return figures.NEAR if away < 13.0 else figures.ACROSS if away < 32.0 else figures.FAR


def passers_by(squares: Sequence[Rect]) -> People:
    """People who walk along both sides of the avenue, and some who stand; the same each time."""
    chance = Random(82)
    people = People()
    for line in LINES:
        _walk(people, chance, line)
    for x, y, heading in WAITING:
        _stand(people, chance, x, y, heading, chance.choice(("stands", "reads", "stands")))
    for _ in range(10):
        x = chance.choice((chance.uniform(-68.0, -23.0), chance.uniform(9.0, 56.0)))
        across = chance.random() < 0.55 and not CAFE[0] < x < CAFE[1]
        y = chance.uniform(25.2, 25.5) if across else chance.uniform(LINE_SOUTH + 1.2, 1.3)
        _together(people, chance, x, y)
    for square in squares:
        _stroll(people, chance, square)
        west, south, east, _ = square
        for _ in range(8):
            x, y = chance.uniform(west + 11.0, east - 3.0), south + chance.uniform(1.5, 3.0)
            _together(people, chance, x, y)
        for _ in range(4):
            x = (west + east) / 2 + chance.uniform(-2.0, 2.0)
            _together(people, chance, x, south + chance.uniform(10.0, 17.0))
    return people


def _walk(people: People, chance: Random, line: Line) -> None:
    """Those of one line, spread over the whole way; none of them ever catches up."""
    east = line.speed > 0
    heading = -90.0 if east else 90.0
    for number in range(line.count):
        start = (number + chance.uniform(0.15, 0.85)) * WALK_M / line.count
        beside: list[Beside]
        if line.pairs and chance.random() < 0.4:
            # the child goes on the side of the houses
            hand = -1.0 if east else 1.0
            beside = [
                (-0.20, "leads", chance.choice(_EITHER), hand),
                (0.26, "is led", "child", -hand),
            ]
        elif line.pairs and chance.random() < 0.7:
            beside = [(-0.27, "goes", None, 1.0), (0.27, "goes", None, -1.0)]
        else:
            alone: figures.Who = "old" if line.pairs else chance.choice(_EITHER)
            beside = [(0.0, chance.choice(_ALONE), alone, chance.choice((-1.0, 1.0)))]
        for off, does, who, hand in beside:
            way = (line.speed, 0.0, start + (chance.uniform(-0.12, 0.12) if off else 0.0))
            y = line.y + off
            seed = chance.randrange(1 << 30)
            figures.figure(
                people.walking, 0.0, y, heading, seed,
                motion=way, does=does, who=who, hand=hand, grade=line.grade,
            )  # fmt: skip
            figures.cast_shadow(people.shadows, 0.0, y, way)


def _together(people: People, chance: Random, x: float, y: float) -> None:
    """One, two or three who stand; those who are not alone talk."""
    count = chance.choice((1, 1, 2, 2, 2, 3))
    if count == 1:
        does: figures.Does = chance.choice(("stands", "reads", "calls", "stands"))
        _stand(people, chance, x, y, chance.uniform(0, 360), does)
        return
    first = chance.uniform(0, 360)
    for number in range(count):
        a = math.radians(first + number * 360.0 / count + chance.uniform(-12, 12))
        out = 0.46 if count == 2 else 0.6
        # each looks at the middle
        facing = math.degrees(math.atan2(math.cos(a), -math.sin(a)))
        does = chance.choice(("talks", "stands"))
        at = (x + out * math.cos(a), y + out * math.sin(a))
        _stand(people, chance, *at, facing, does)


def _stand(
    people: People, chance: Random, x: float, y: float, heading: float, does: figures.Does
) -> None:
    seed, hand = chance.randrange(1 << 30), chance.choice((-1.0, 1.0))
    grade = figure_grade(x, y)
    figures.figure(people.standing, x, y, heading, seed, does=does, hand=hand, grade=grade)
    figures.cast_shadow(people.shadows, x, y, (0.0, 0.0, 0.0))


def _stroll(people: People, chance: Random, square: Rect) -> None:
    """People on the ways along three sides of a square, between its trees and its lawns."""
    west, south, east, north = square
    x, y = (west + east) / 2, (south + north) / 2
    ways = (
        (x, south + 6.2, 1.0, 0.0),
        (x, south + 7.5, -0.9, 0.0),
        (west + 6.4, y, 0.0, 1.1),
        (west + 7.8, y, 0.0, -0.95),
        (east - 6.4, y, 0.0, -0.9),
        (east - 7.8, y, 0.0, 1.05),
    )
    for at_x, at_y, across, ahead in ways:
        heading = math.degrees(math.atan2(-across, ahead))
        for number in range(STROLLERS):
            way = (across, ahead, (number + chance.uniform(0.15, 0.85)) * STROLL_M / STROLLERS)
            seed = chance.randrange(1 << 30)
            figures.figure(
                people.strolling, at_x, at_y, heading, seed,
                motion=way, does="goes", grade=figures.FAR,
            )  # fmt: skip
            figures.cast_shadow(people.strollers_shadows, at_x, at_y, way)
