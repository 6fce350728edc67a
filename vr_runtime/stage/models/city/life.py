"""Owns what lives in the city: trees, cars at the kerb and under way, people; where each goes.

Knows no house. Where trees and parked cars stand is told by the shipped place, whose light was
baked with them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from panda3d.core import NodePath

from vr_runtime.stage.models.city.figures import figure
from vr_runtime.stage.models.city.greenery import tree
from vr_runtime.stage.models.city.street import (
    KERB_NORTH,
    KERB_SOUTH,
    LINE_NORTH,
    LINE_SOUTH,
    Rect,
    Tree,
)
from vr_runtime.stage.models.city.traffic import TRACK_M, drivers
from vr_runtime.stage.models.city.vehicles import ACROSS, FAR, NEAR, Grade, blob, car, size_of
from vr_runtime.stage.models.driven import TRACK
from vr_runtime.stage.models.mesh import Colour, Mesh

Parked = tuple[float, float, float, int]
"""x, y, direction in degrees, seed."""
WALK_M, STROLL_M = 240.0, 40.0
"""Those who pass along the avenue, and those who stroll across the square, begin their way again
after it."""


GLOW_M, LAMP_COLOUR = 0.9, (1.0, 0.80, 0.52)


def glow(mesh: Mesh, at: tuple[float, float, float], radius: float, colour: Colour) -> None:
    """A light that is seen by night, and whose glow always faces the eye."""
    motion = [(-1, -1, radius, 0), (1, -1, radius, 0), (1, 1, radius, 0), (-1, 1, radius, 0)]
    mesh.add([[at] * 4], colour=colour, motion=[motion])


def enliven(
    root: NodePath,
    trees: Sequence[Tree],
    parked: Sequence[Parked],
    squares: Sequence[Rect],
    lamps: Sequence[tuple[float, float, float]],
) -> None:
    """Put everything that lives below `root`."""
    leaves, things = Mesh(), Mesh()
    for grown in trees:
        tree(leaves, things, grown, away=math.hypot(grown.x, grown.y - 12.0))
    for x, y, heading, seed in parked:
        car(things, x, y, heading, seed, grade=car_grade(x, y))
    things.nodes("trunks and cars", "layered", tile_m=220.0).reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=320.0).reparentTo(root)
    lit = Mesh()
    for head in lamps:
        glow(lit, head, GLOW_M, LAMP_COLOUR)
    lit.nodes("lit", "glow", moving=True, tile_m=220.0).reparentTo(root)
    _traffic(root)
    people = passers_by(squares)
    people.standing.nodes("people", "layered").reparentTo(root)
    moving = (
        ("passers-by", people.walking, people.shadows, WALK_M),
        ("strollers", people.strolling, people.strollers_shadows, STROLL_M),
    )
    for name, walking, shadows, track in moving:
        if not len(walking):
            continue
        node = walking.nodes(name, "traffic", moving=True)
        node.setTag(TRACK, str(track))
        node.reparentTo(root)
        below = shadows.nodes(f"shadows of {name}", "shade", moving=True)
        below.setTag(TRACK, str(track))
        below.setZ(0.14)
        below.reparentTo(root)


def car_grade(x: float, y: float) -> Grade:
    """How much is made out of a car that stands there."""
    away = math.hypot(x, y)
    return NEAR if away < 20.0 else ACROSS if away < 40.0 else FAR


def _traffic(root: NodePath) -> None:
    """Cars that drive along the avenue."""
    moving, shadow = Mesh(), Mesh()
    for driver in drivers():
        way = (driver.speed, 0.0, driver.start, 0.0)
        heading = -90.0 if driver.speed > 0 else 90.0
        grade = NEAR if driver.lane == 0 else ACROSS
        car(moving, 0.0, driver.y, heading, driver.seed, motion=way, grade=grade)
        long, wide = size_of(driver.seed)
        blob(shadow, 0.2, driver.y + 0.2, (long / 2 + 0.5, wide / 2 + 0.5), way, 0.62)
    cars = moving.nodes("traffic", "traffic", moving=True)
    cars.setTag(TRACK, str(TRACK_M))
    cars.reparentTo(root)
    below = shadow.nodes("traffic shadows", "shade", moving=True)
    below.setTag(TRACK, str(TRACK_M))
    below.reparentTo(root)


@dataclass
class People:
    """Those who walk by, stand, or stroll on the square; soft shadows of those who move."""

    walking: Mesh = field(default_factory=Mesh)
    standing: Mesh = field(default_factory=Mesh)
    shadows: Mesh = field(default_factory=Mesh)
    strolling: Mesh = field(default_factory=Mesh)
    strollers_shadows: Mesh = field(default_factory=Mesh)


def passers_by(squares: Sequence[Rect]) -> People:
    """People who walk along both sides of the avenue, and some who stand; the same each time."""
    chance = Random(82)
    people = People()
    # on the balcony's side they keep to the kerb, past the terrace
    lanes = ((3.2, KERB_SOUTH - 0.28, 20), (KERB_NORTH + 2.0, LINE_NORTH - 2.0, 60))
    for low, high, count in lanes:
        for _ in range(count):
            y = chance.uniform(low, high)
            east = chance.random() < 0.5
            speed = chance.uniform(1.05, 1.5)
            start = chance.uniform(0, WALK_M)
            way = (speed if east else -speed, 0.0, start)
            seed = chance.randrange(1 << 30)
            figure(people.walking, 0.0, y, -90.0 if east else 90.0, seed, way)
            blob(people.shadows, 0.1, y + 0.1, (0.55, 0.45), (*way, 0.0), 0.45)
    for _ in range(22):
        side = chance.random() < 0.5
        y = chance.uniform(LINE_SOUTH + 1, 1.5) if side else chance.uniform(22.0, 26.0)
        x = chance.choice((-1, 1)) * chance.uniform(9, 70)
        figure(people.standing, x, y, chance.uniform(0, 360), chance.randrange(1 << 30))
    for square in squares:
        _stroll(people, chance, square)
        for _ in range(30):
            x = chance.uniform(square[0] + 3.0, square[2] - 3.0)
            y = chance.uniform(square[1] + 2.0, square[3] - 30.0)
            figure(people.standing, x, y, chance.uniform(0, 360), chance.randrange(1 << 30))
    return people


def _stroll(people: People, chance: Random, square: Rect) -> None:
    """People on the two ways that cross on a square; they walk round the basin in its middle."""
    west, south, east, north = square
    x, y = (west + east) / 2, (south + north) / 2
    for _ in range(22):
        ahead = chance.choice((-1.0, 1.0))
        speed, start = chance.uniform(0.8, 1.3), chance.uniform(0.0, STROLL_M)
        beside = chance.choice((-1.0, 1.0)) * chance.uniform(5.2, 6.6)
        if chance.random() < 0.5:
            at, way = (x + beside, y), (0.0, ahead * speed, start)
            heading = 0.0 if ahead > 0 else 180.0
        else:
            at, way = (x, y + beside), (ahead * speed, 0.0, start)
            heading = -90.0 if ahead > 0 else 90.0
        figure(people.strolling, *at, heading, chance.randrange(1 << 30), way)
        a = (at[0] + 0.1, at[1] + 0.1)
        blob(people.strollers_shadows, *a, (0.5, 0.5), (*way, 0.0), 0.45)
