"""Owns the model of the whole district, put together from its parts; knows nothing of who looks."""

from __future__ import annotations

import math
from random import Random

from panda3d.core import NodePath

from vr_runtime.stage.models.city.facade import Wall, blind_wall, far_wall, near_wall, sides
from vr_runtime.stage.models.city.figures import figure
from vr_runtime.stage.models.city.greenery import shade, tree
from vr_runtime.stage.models.city.ground import ground
from vr_runtime.stage.models.city.lamps import glow, lamp, lamp_head, street_furniture
from vr_runtime.stage.models.city.plan import (
    GROUND_FLOOR_M,
    KERB_NORTH,
    KERB_SOUTH,
    LINE_NORTH,
    LINE_SOUTH,
    NEAR_M,
    TOWER,
    TOWER_TOP,
    Building,
    Plan,
    city,
)
from vr_runtime.stage.models.city.roofs import ROOF_SLOPE, attic, roof
from vr_runtime.stage.models.city.shadows import Site
from vr_runtime.stage.models.city.skyline import skyline
from vr_runtime.stage.models.city.traffic import TRACK_M, drivers
from vr_runtime.stage.models.city.vehicles import ACROSS, FAR, NEAR, blob, car, size_of
from vr_runtime.stage.models.driven import TRACK
from vr_runtime.stage.models.mesh import Mesh

TRIMMED_M = 72.0
"""Farther than this nobody makes out the surrounds of a window."""
GLOW_M, LAMP_COLOUR = 0.9, (1.0, 0.80, 0.52)
WALK_M = 240.0
"""Passers-by begin their way again after it."""


def build() -> NodePath:
    """The district as a node to be written; the same each time."""
    plan = city()
    root = NodePath("district")
    walls, leaves, wood = Mesh(), Mesh(), Mesh()
    ground(walls, plan)
    for house in plan.buildings:
        _house(walls, house)
    for grown in plan.trees:
        tree(leaves, wood, grown, away=math.hypot(grown.x, grown.y - 12.0))
    lit = Mesh()
    for x, y, arm in plan.lamps:
        lamp(wood, x, y, arm)
        glow(lit, lamp_head(x, y, arm), GLOW_M, LAMP_COLOUR)
    street_furniture(wood)
    for x, y, heading, seed in plan.parked:
        away = math.hypot(x, y)
        grade = NEAR if away < 20.0 else ACROSS if away < 40.0 else FAR
        car(wood, x, y, heading, seed, grade=grade)
    far = Mesh()
    skyline(far)
    walls.nodes("walls", "layered", tile_m=250.0).reparentTo(root)
    wood.nodes("things", "layered", tile_m=220.0).reparentTo(root)
    far.nodes("skyline", "layered").reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=320.0).reparentTo(root)
    lit.nodes("lit", "glow", moving=True, tile_m=220.0).reparentTo(root)
    _traffic(root)
    _passers_by(root, plan)
    _standing_shadows(root, plan)
    _ground_map(plan).put_on(root)
    return root


def _house(mesh: Mesh, house: Building) -> None:
    west, south, east, north = house.rect
    x, y = (west + east) / 2, (south + north) / 2
    away = math.hypot(x, y)
    for name, wall in sides(house.rect).items():
        if name not in house.open_sides:
            blind_wall(mesh, wall, house.tint, GROUND_FLOOR_M, house.eaves)
            continue
        street = name in ("west", "east") or (name == "north") == _fronts_north(house)
        if _near(wall) and street:
            near_wall(
                mesh,
                wall,
                house.style,
                house.tint,
                house.floors,
                shops=street,
                seed=house.seed,
                trimmed=wall.away() < TRIMMED_M,
            )
        else:
            far_wall(mesh, wall, house.style, house.tint, 0.0, house.eaves)
    roof(mesh, house, away=away)


def _fronts_north(house: Building) -> bool:
    """Whether the house's street is to its north: rows come in pairs, back to back."""
    _, south, _, _ = house.rect
    middle = (south + house.rect[3]) / 2
    pitch = 66.0
    return ((middle - LINE_NORTH) % pitch) > 25.0


def _near(wall: Wall) -> bool:
    x, y = wall.middle()
    # walls that turn their back on the balcony are seen by nobody
    return math.hypot(x, y) < NEAR_M and wall.out[0] * x + wall.out[1] * y < 8.0


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


def _passers_by(root: NodePath, plan: Plan) -> None:
    """People who walk along both sides of the avenue, and some who stand."""
    chance = Random(82)
    moving, standing, shadow = Mesh(), Mesh(), Mesh()
    # on the balcony's side they keep to the kerb, past the terrace
    lanes = ((3.2, KERB_SOUTH - 0.28, 16), (KERB_NORTH + 2.0, LINE_NORTH - 1.0, 42))
    for low, high, count in lanes:
        for _ in range(count):
            y = chance.uniform(low, high)
            east = chance.random() < 0.5
            speed = chance.uniform(1.05, 1.5)
            start = chance.uniform(0, WALK_M)
            way = (speed if east else -speed, 0.0, start)
            figure(moving, 0.0, y, -90.0 if east else 90.0, chance.randrange(1 << 30), way)
            blob(shadow, 0.1, y + 0.1, (0.55, 0.45), (*way, 0.0), 0.45)
    for _ in range(22):
        side = chance.random() < 0.5
        y = chance.uniform(LINE_SOUTH + 1, 1.5) if side else chance.uniform(22.0, 26.0)
        x = chance.choice((-1, 1)) * chance.uniform(9, 70)
        figure(standing, x, y, chance.uniform(0, 360), chance.randrange(1 << 30))
    for square in plan.squares:
        for _ in range(30):
            x = chance.uniform(square[0] + 3.0, square[2] - 3.0)
            y = chance.uniform(square[1] + 2.0, square[3] - 30.0)
            figure(standing, x, y, chance.uniform(0, 360), chance.randrange(1 << 30))
    people = moving.nodes("passers-by", "traffic", moving=True)
    people.setTag(TRACK, str(WALK_M))
    people.reparentTo(root)
    below = shadow.nodes("their shadows", "shade", moving=True)
    below.setTag(TRACK, str(WALK_M))
    below.setZ(0.14)
    below.reparentTo(root)
    standing.nodes("people", "layered").reparentTo(root)


def _standing_shadows(root: NodePath, plan: Plan) -> None:
    """The dark below cars at the kerb, where the sky is not seen."""
    below = Mesh()
    for x, y, heading, seed in plan.parked:
        along_x = abs(math.sin(math.radians(heading))) > 0.5
        a, b = (side / 2 + 0.5 for side in size_of(seed))
        half = (a, b) if along_x else (b, a)
        blob(below, x, y, half, (0.0, 0.0, TRACK_M / 2, 0.0), 0.68)
    node = below.nodes("kerb shadows", "shade", moving=True)
    node.setTag(TRACK, str(TRACK_M))
    node.reparentTo(root)


def _ground_map(plan: Plan) -> Site:
    site = Site.bare(-215.0, -165.0, 430.0, 1024)
    for house in plan.buildings:
        west, south, east, north = house.rect
        site.raise_box(west, south, east, north, house.eaves)
        if house.roof == "attic":
            back = attic(house)
            site.raise_box(*back.rect, back.eaves)
        if house.roof == "hipped":
            rise = ROOF_SLOPE * min(east - west, north - south)
            for part in (0.2, 0.4, 0.6, 0.8):
                a = part * min(east - west, north - south) / 2
                site.raise_box(west + a, south + a, east - a, north - a, house.eaves + part * rise)
        if house.roof == "mansard":
            for inset, rise in ((0.5, 1.2), (1.1, 2.5), (4.0, 3.2)):
                site.raise_box(west, south + inset, east, north - inset, house.eaves + rise)
    site.raise_box(*TOWER, TOWER_TOP)
    for x, y, arm in plan.lamps:
        hx, hy, hz = lamp_head(x, y, arm)
        site.light_lamp(hx, hy, hz)
    for grown in plan.trees:
        shade(site, grown)
    for x, y, heading, _ in plan.parked:
        a, b = (2.0, 0.8) if abs(math.sin(math.radians(heading))) > 0.5 else (0.8, 2.0)
        site.raise_box(x - a, y - b, x + a, y + b, 1.1)
    return site
