"""Owns what lives in the city, below one node: trees, cars at the kerb and under way, people.

Knows no house. Where trees and parked cars stand is told by the shipped place, whose light was
baked with them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from panda3d.core import NodePath

from vr_runtime.stage.models.city.crowd import STROLL_M, WALK_M, passers_by
from vr_runtime.stage.models.city.greenery import tree
from vr_runtime.stage.models.city.street import Rect, Tree
from vr_runtime.stage.models.city.traffic import TRACK_M, drivers
from vr_runtime.stage.models.city.vehicles import ACROSS, FAR, NEAR, Grade, blob, car, size_of
from vr_runtime.stage.models.driven import TRACK
from vr_runtime.stage.models.mesh import Colour, Mesh

Parked = tuple[float, float, float, int]
"""x, y, direction in degrees, seed."""
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
    leaves, wood, cars = Mesh(), Mesh(), Mesh()
    for grown in trees:
        tree(leaves, wood, grown, away=math.hypot(grown.x, grown.y - 12.0))
    for x, y, heading, seed in parked:
        car(cars, x, y, heading, seed, grade=car_grade(x, y))
    wood.nodes("trunks", "layered", tile_m=220.0).reparentTo(root)
    cars.nodes("cars", "vehicle", tile_m=220.0).reparentTo(root)
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
        node = walking.nodes(name, "walker", moving=True)
        node.setTag(TRACK, str(track))
        node.reparentTo(root)
        below = shadows.nodes(f"shadows of {name}", "shade", moving=True)
        below.setTag(TRACK, str(track))
        below.reparentTo(root)


def car_grade(x: float, y: float) -> Grade:
    """How much is made out of a car that stands there."""
    away = math.hypot(x, y)
    return NEAR if away < 20.0 else ACROSS if away < 30.0 else FAR


def _traffic(root: NodePath) -> None:
    """Cars that drive along the avenue."""
    moving, shadow = Mesh(), Mesh()
    for driver in drivers():
        way = (driver.speed, 0.0, driver.start, 0.0)
        heading = -90.0 if driver.speed > 0 else 90.0
        grade = NEAR if driver.lane == 0 else ACROSS
        car(moving, 0.0, driver.y, heading, driver.seed, motion=way, grade=grade)
        long, wide = size_of(driver.seed)
        # what the sun leaves, and below it what is darkest close under the sills
        blob(shadow, 0.2, driver.y + 0.2, (long / 2 + 0.5, wide / 2 + 0.6), way, 0.5)
        blob(shadow, 0.0, driver.y, (long / 2 + 0.1, wide / 2 + 0.16), way, 0.7)
    cars = moving.nodes("traffic", "driving", moving=True)
    cars.setTag(TRACK, str(TRACK_M))
    cars.reparentTo(root)
    below = shadow.nodes("traffic shadows", "shade", moving=True)
    below.setTag(TRACK, str(TRACK_M))
    below.reparentTo(root)
