"""Owns where everything of the city stands; knows nothing of how it is drawn.

Axes: x along the avenue, y across it to the north, z up from the pavement; metres.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Literal

from vr_runtime.stage.models.city.street import (
    KERB_NORTH,
    KERB_SOUTH,
    LINE_NORTH,
    LINE_SOUTH,
    PAVEMENT_Z,
    Form,
    Rect,
    Tree,
)

Style = Literal["stone", "brick", "plaster", "ribbon", "curtain", "concrete"]
Roof = Literal["flat", "attic", "hipped", "mansard"]

SEED = 20
BLOCK_W, CROSS_W = 64.0, 16.0
FIRST_CROSS_X = -12.0
"""Middle of the cross street beside the tower."""
BLOCK_D, BACK_W = 50.0, 16.0
SQUARE = (0, 0)
"""Column and row of the block that is no block but a square, straight ahead of the balcony: from
any height it shows how far down the ground is."""
BUS_STOP_X = (16.0, 35.0)
"""West and east end of the stop at the far kerb of the avenue."""
ROAD_HALF = 4.0
"""Half the width of the roadway of every street but the avenue."""
TOWER: Rect = (-3.15, -24.0, 18.85, LINE_SOUTH)
TOWER_TOP = 78.0
FLOOR_M = 3.1
GROUND_FLOOR_M = 4.2
NEAR_M = 108.0
"""Facades nearer than this to the balcony have windows of geometry."""


@dataclass(frozen=True)
class Building:
    """One house on its lot."""

    rect: Rect
    floors: int
    style: Style
    roof: Roof
    tint: tuple[float, float, float]
    seed: int
    open_sides: frozenset[str]
    """Which of "south", "north", "west", "east" do not lean on a neighbour."""

    @property
    def eaves(self) -> float:
        """Height of the walls in metres."""
        return GROUND_FLOOR_M + (self.floors - 1) * FLOOR_M + PAVEMENT_Z


@dataclass
class Plan:
    """The city as drawn on paper."""

    buildings: list[Building] = field(default_factory=list)
    trees: list[Tree] = field(default_factory=list)
    parks: list[Rect] = field(default_factory=list)
    squares: list[Rect] = field(default_factory=list)
    courts: list[Rect] = field(default_factory=list)
    lamps: list[tuple[float, float, float]] = field(default_factory=list)
    """x, y and the direction of the arm in degrees."""
    parked: list[tuple[float, float, float, int]] = field(default_factory=list)
    """x, y, direction in degrees, seed."""


_TINTS: dict[Style, tuple[tuple[float, float, float], ...]] = {
    "stone": ((0.97, 0.92, 0.82), (0.93, 0.87, 0.76), (0.98, 0.95, 0.88)),
    "brick": ((1.0, 1.0, 1.0), (0.90, 0.84, 0.80), (1.0, 0.88, 0.78)),
    "plaster": (
        (0.97, 0.88, 0.70),
        (0.96, 0.80, 0.64),
        (0.94, 0.93, 0.90),
        (0.80, 0.85, 0.84),
        (0.93, 0.76, 0.68),
    ),
    "ribbon": ((0.90, 0.89, 0.87), (0.80, 0.80, 0.80), (0.86, 0.81, 0.74)),
    "curtain": ((0.62, 0.68, 0.74), (0.50, 0.54, 0.58), (0.72, 0.72, 0.70)),
    "concrete": ((0.90, 0.88, 0.85), (0.78, 0.76, 0.74), (0.93, 0.86, 0.78)),
}
_OLD: tuple[Style, ...] = ("stone", "stone", "plaster", "brick", "plaster")
_NEW: tuple[Style, ...] = ("ribbon", "concrete", "curtain", "concrete", "brick")


def block_x(i: int) -> tuple[float, float]:
    """West and east building line of the blocks of column `i`; the tower stands in column 0."""
    west = FIRST_CROSS_X + CROSS_W / 2 + i * (BLOCK_W + CROSS_W)
    return west, west + BLOCK_W


def block_y(j: int) -> tuple[float, float]:
    """South and north line of the blocks of row `j`; row 0 is north of the avenue, -1 south."""
    pitch = BLOCK_D + BACK_W
    south = LINE_NORTH + j * pitch if j >= 0 else LINE_SOUTH - BLOCK_D + (j + 1) * pitch
    return south, south + BLOCK_D


def _floors(chance: random.Random, i: int, j: int) -> int:
    far = abs(i) + abs(j)
    if far > 3 and chance.random() < 0.10:
        return chance.randint(13, 22)
    if far > 1 and chance.random() < 0.12:
        return chance.randint(9, 12)
    return chance.randint(5, 8)


def _row(plan: Plan, chance: random.Random, span: Rect, front: str, i: int, j: int) -> None:
    """One row of houses side by side, their fronts to the `front` ("south" or "north")."""
    west, south, east, north = span
    x = west
    while x < east - 0.1:
        width = chance.uniform(11.0, 22.0)
        if east - (x + width) < 9.0:
            width = east - x
        old = chance.random() < 0.62
        style = chance.choice(_OLD if old else _NEW)
        sides = {"south", "north"}
        if x == west:
            sides.add("west")
        if x + width >= east - 0.1:
            sides.add("east")
        inset = chance.choice((0.0, 1.5, 3.0))
        rect = (
            (x, south, x + width, north - inset)
            if front == "south"
            else (x, south + inset, x + width, north)
        )
        plan.buildings.append(
            Building(
                rect=rect,
                floors=_floors(chance, i, j),
                style=style,
                roof="mansard"
                if style in ("stone", "plaster") and chance.random() < 0.6
                else "flat",
                tint=chance.choice(_TINTS[style]),
                seed=chance.randrange(1 << 30),
                open_sides=frozenset(sides),
            )
        )
        x += width


def _roofed(house: Building) -> Building:
    """`house` with the roof its age would have: few are plain lids."""
    if house.roof != "flat":
        return house
    chance = random.Random(house.seed)
    old = house.style in ("stone", "plaster", "brick")
    kinds: tuple[Roof, ...] = ("hipped", "hipped", "attic", "flat") if old else ("attic", "flat")
    return replace(house, roof=chance.choice(kinds))


def _block(plan: Plan, chance: random.Random, i: int, j: int) -> None:
    west, east = block_x(i)
    south, north = block_y(j)
    if (i, j) == SQUARE:
        _square(plan, chance, (west, south, east, north))
        return
    if (i, j) in ((-1, -1), (2, 1)):
        plan.parks.append((west, south, east, north))
        for _ in range(26):
            plan.trees.append(
                _tree(
                    chance,
                    chance.uniform(west + 4, east - 4),
                    chance.uniform(south + 4, north - 4),
                    _IN_PARKS,
                )
            )
        return
    depth = 20.0
    start = west
    if (i, j) == (0, -1):
        start = TOWER[2]
    _row(plan, chance, (start, north - depth, east, north), "north", i, j)
    _row(plan, chance, (west, south, east, south + depth), "south", i, j)
    plan.courts.append((west, south + depth, east, north - depth))
    for _ in range(3):
        plan.trees.append(
            _tree(
                chance,
                chance.uniform(west + 6, east - 6),
                chance.uniform(south + 22, north - 22),
                _IN_PARKS,
            )
        )


def _square(plan: Plan, chance: random.Random, rect: Rect) -> None:
    """A square: rows of trees along its sides, open in the middle."""
    west, south, east, north = rect
    plan.squares.append(rect)
    for k in range(7):
        x = west + 5.0 + k * (east - west - 10.0) / 6
        for y in (south + 4.5, north - 4.5):
            plan.trees.append(_tree(chance, x + chance.uniform(-0.4, 0.4), y, _IN_PARKS))
    for x in (west + 5.0, east - 5.0):
        for y in (south + 15.0, north - 15.0):
            plan.trees.append(_tree(chance, x, y + chance.uniform(-0.4, 0.4), _IN_PARKS))
    for x, y in ((west + 16.0, south + 15.0), (east - 16.0, north - 16.0)):
        plan.lamps.append((x, y, 0.0))


_FORMS: dict[Form, tuple[tuple[float, float], tuple[float, float]]] = {
    "round": ((7.5, 10.5), (0.30, 0.36)),
    "spreading": ((7.0, 9.0), (0.37, 0.42)),
    "cone": ((7.0, 11.0), (0.25, 0.30)),
    "column": ((8.5, 12.5), (0.15, 0.18)),
    "open": ((6.0, 9.5), (0.26, 0.33)),
    "copper": ((7.5, 9.5), (0.31, 0.36)),
}
"""How high each grows in metres, and the radius of its crown as a share of that."""
_ALONG_STREETS: tuple[Form, ...] = ("round", "round", "spreading", "cone", "open", "column")
_IN_PARKS: tuple[Form, ...] = (
    "round",
    "spreading",
    "spreading",
    "cone",
    "column",
    "open",
    "copper",
)


def _tree(
    chance: random.Random, x: float, y: float, forms: tuple[Form, ...] = _ALONG_STREETS
) -> Tree:
    grown, wide, seed = chance.random(), chance.random(), chance.randrange(1 << 30)
    form = random.Random(seed).choice(forms)
    (low, high), (slim, stout) = _FORMS[form]
    height = low + (high - low) * grown
    return Tree(x, y, height, height * (slim + (stout - slim) * wide), form, seed)


def _avenue(plan: Plan, chance: random.Random, columns: range) -> None:
    """Trees, lamps and parked cars along the avenue, away from the crossings."""
    for i in columns:
        west, east = block_x(i)
        for k in range(6):
            x = west + 6.0 + k * 10.4
            for y, arm in ((KERB_SOUTH - 1.2, 90.0), (KERB_NORTH + 1.2, -90.0)):
                # nothing stands in front of the balcony, where its floor looks down
                before = y < KERB_NORTH and -8.0 < x < 8.0
                if not before and chance.random() < 0.9:
                    plan.trees.append(_tree(chance, x + chance.uniform(-0.6, 0.6), y))
                if k % 2 == 0 and not before:
                    plan.lamps.append((x + 5.2, y + (0.4 if y < 10 else -0.4), arm))
        for y, heading in ((KERB_SOUTH + 1.15, 90.0), (KERB_NORTH - 1.15, -90.0)):
            x = west + 5.0
            while x < east - 6.0:
                if chance.random() < 0.72:
                    plan.parked.append((x, y, heading, chance.randrange(1 << 30)))
                x += chance.uniform(5.4, 6.2)


def _streets(plan: Plan, chance: random.Random, columns: range, rows: range) -> None:
    """Trees and parked cars along the cross streets."""
    for i in columns:
        middle = FIRST_CROSS_X + i * (BLOCK_W + CROSS_W)
        for j in rows:
            south, north = block_y(j)
            for side in (-1.0, 1.0):
                y = south + 7.0
                while y < north - 6.0:
                    if chance.random() < 0.62:
                        turn = 0.0 if side > 0 else 180.0
                        seed = chance.randrange(1 << 30)
                        plan.parked.append((middle + side * 2.9, y, turn, seed))
                    if chance.random() < 0.30:
                        plan.trees.append(_tree(chance, middle + side * 5.2, y))
                    y += chance.uniform(5.6, 7.4)
            plan.lamps.append((middle + 5.0, south + 24.0, 180.0))


def _green_streets(plan: Plan, chance: random.Random) -> None:
    """Trees along the streets farther off, seen from above only."""
    for i in range(-3, 5):
        middle = FIRST_CROSS_X + i * (BLOCK_W + CROSS_W)
        for j in range(2, 5):
            south, north = block_y(j)
            for side in (-1.0, 1.0):
                y = south + chance.uniform(3.0, 10.0)
                while y < north:
                    plan.trees.append(_tree(chance, middle + side * 5.2, y))
                    y += chance.uniform(13.0, 22.0)


def _far_avenue(plan: Plan) -> None:
    """Rows of trees along the avenue to where the haze takes it."""
    chance = random.Random(23)
    for i in (*range(-10, -2), *range(3, 11)):
        west, _ = block_x(i)
        for k in range(5):
            for y in (KERB_SOUTH - 1.2, KERB_NORTH + 1.2):
                if chance.random() < 0.85:
                    plan.trees.append(_tree(chance, west + 6.0 + k * 12.8, y))


def city() -> Plan:
    """The plan; the same each time."""
    chance = random.Random(SEED)
    plan = Plan()
    for j in range(-3, 6):
        for i in range(-4, 5):
            _block(plan, chance, i, j)
    _avenue(plan, chance, range(-2, 3))
    _streets(plan, chance, range(-1, 3), range(-1, 2))
    _green_streets(plan, chance)
    _far_avenue(plan)
    # a bus waits before the shelter on the far side: nobody parks at its stop
    west, east = BUS_STOP_X
    plan.parked = [c for c in plan.parked if not (c[1] > 15.0 and west < c[0] < east)]
    plan.buildings = [_roofed(house) for house in plan.buildings]
    return plan
