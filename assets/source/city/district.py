"""Owns the district as a place: what is built, what is lit, what the runtime is told of it.

Trees, cars and people are no part of the file: they move, so the runtime makes them, at the places
that are told here. While the light is baked they stand there and throw their shadows.
"""

from __future__ import annotations

import math
from dataclasses import astuple

from vr_runtime.stage.models.city.greenery import tree
from vr_runtime.stage.models.city.life import car_grade, passers_by
from vr_runtime.stage.models.city.street import LINE_NORTH, Rect
from vr_runtime.stage.models.city.vehicles import car
from vr_runtime.stage.models.mesh import Mesh

from baking.light import Caster, Lit
from city.facade import blind_wall, far_wall, near_wall
from city.furniture import BUS_STOP, bus, furnish, hedges
from city.ground import ground
from city.hills import hills
from city.lamps import lamp, lamp_head, street_furniture
from city.plan import GROUND_FLOOR_M, NEAR_M, TOWER, TOWER_TOP, Building, Plan
from city.roofs import ROOF_SLOPE, attic, roof
from city.shadows import Site
from city.skyline import skyline
from city.trees import leaves_of, shade
from city.wall import Wall, sides
from parts import Part, Place

TRIMMED_M = 72.0
"""Farther than this nobody makes out the surrounds of a window."""
HIGH_FLOORS = 9
GROUND: Rect = (-128.0, -64.0, 128.0, 192.0)
"""The ground whose light is baked."""
ROOFS_M = 150.0
"""Houses nearer than this have baked light on all their sides and on their roofs."""


def place(plan: Plan) -> tuple[Place, list[Lit], list[Caster]]:
    """The district, what of it is to be lit, and what else stands in that light."""
    level, near, far = Mesh(), Mesh(), Mesh()
    ground(level, plan)
    below, outside = _parted(level)
    for house in plan.buildings:
        _house(near if _away(house) < ROOFS_M else far, house)
    things = Mesh()
    for x, y, arm in plan.lamps:
        lamp(things, x, y, arm)
    street_furniture(things)
    furnish(things)
    for square in plan.squares:
        hedges(things, square)
    bus(things, *BUS_STOP)
    skyline(far)
    ranges = Mesh()
    hills(ranges)
    parts = [
        Part("ground", below, "baked", lightmap="ground"),
        Part("houses", near, "baked", lightmap="houses", tile_m=110.0),
        Part("things", things, "layered", tile_m=220.0),
        Part("far", outside, "layered"),
        Part("afar", far, "layered", tile_m=900.0),
        Part("hills", ranges, "layered"),
    ]
    told = {
        "trees": [list(astuple(grown)) for grown in plan.trees],
        "parked": [list(car) for car in plan.parked],
        "squares": [list(square) for square in plan.squares],
        "lamps": [list(lamp_head(x, y, arm)) for x, y, arm in plan.lamps],
    }
    made = Place("city/district", [part for part in parts if len(part.mesh)], told)
    lit = [Lit([parts[0]], over=GROUND), Lit([parts[1]])]
    return made, lit, _casters(plan, things, far)


def _away(house: Building) -> float:
    west, south, east, north = house.rect
    x, y = min(max(0.0, west), east), min(max(0.0, south), north)
    return math.hypot(x, y)


def _parted(level: Mesh) -> tuple[Mesh, Mesh]:
    """Faces of the ground whose light is baked, and all others."""
    rows = level.packed()
    middle = rows["v"].mean(axis=1)
    west, south, east, north = GROUND
    low, high = rows["v"].min(axis=1), rows["v"].max(axis=1)
    inside = (low[:, 0] >= west) & (high[:, 0] <= east)
    inside &= (low[:, 1] >= south) & (high[:, 1] <= north) & (middle[:, 2] < 0.5)
    return Mesh(rows[inside]), Mesh(rows[~inside])


def _casters(plan: Plan, things: Mesh, far: Mesh) -> list[Caster]:
    leaves, wood = Mesh(), Mesh()
    for grown in plan.trees:
        tree(leaves, wood, grown, away=20.0 if math.hypot(grown.x, grown.y - 40) < 130 else 100.0)
    for x, y, heading, seed in plan.parked:
        car(wood, x, y, heading, seed, grade=car_grade(x, y))
    standing = passers_by(plan.squares).standing
    return [
        Caster("leaves", leaves_of(leaves)),
        Caster("wood", wood.packed()),
        Caster("people", standing.packed()),
        Caster("things", things.packed()),
        Caster("afar", far.packed()),
    ]


def _house(mesh: Mesh, house: Building) -> None:
    west, south, east, north = house.rect
    away = math.hypot((west + east) / 2, (south + north) / 2)
    for name, wall in sides(house.rect).items():
        if name not in house.open_sides and house.floors >= HIGH_FLOORS:
            # above its neighbours a high house has windows on all its sides
            far_wall(mesh, wall, house.style, house.tint, 0.0, house.eaves)
            continue
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


def site(plan: Plan) -> Site:
    """Where sun and sky do not reach, for what moves there."""
    made = Site.bare(-215.0, -165.0, 430.0, 1024)
    for house in plan.buildings:
        west, south, east, north = house.rect
        made.raise_box(west, south, east, north, house.eaves)
        if house.roof == "attic":
            back = attic(house)
            made.raise_box(*back.rect, back.eaves)
        if house.roof == "hipped":
            rise = ROOF_SLOPE * min(east - west, north - south)
            for part in (0.2, 0.4, 0.6, 0.8):
                a = part * min(east - west, north - south) / 2
                made.raise_box(west + a, south + a, east - a, north - a, house.eaves + part * rise)
        if house.roof == "mansard":
            for inset, rise in ((0.5, 1.2), (1.1, 2.5), (4.0, 3.2)):
                made.raise_box(west, south + inset, east, north - inset, house.eaves + rise)
    made.raise_box(*TOWER, TOWER_TOP)
    for x, y, arm in plan.lamps:
        made.light_lamp(*lamp_head(x, y, arm))
    for grown in plan.trees:
        shade(made, grown)
    for x, y, heading, _ in plan.parked:
        a, b = (2.0, 0.8) if abs(math.sin(math.radians(heading))) > 0.5 else (0.8, 2.0)
        made.raise_box(x - a, y - b, x + a, y + b, 1.1)
    return made
