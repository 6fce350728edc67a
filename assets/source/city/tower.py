"""Owns the tower that carries the balcony; knows nothing of balcony or street."""

from __future__ import annotations

from vr_runtime.stage.models.mesh import Mesh

from city.facade import balcony, far_wall, near_wall
from city.families import FAMILIES
from city.plan import FLOOR_M, GROUND_FLOOR_M, TOWER, TOWER_TOP, Building
from city.roofs import roof
from city.wall import sides
from parts import Part, Place

_TINT = (0.93, 0.89, 0.84)
_FAMILY = next(each for each in FAMILIES if each.name == "frame")
FLOORS = 1 + round((TOWER_TOP - GROUND_FLOOR_M) / FLOOR_M)


def place() -> Place:
    """The tower."""
    mesh = Mesh()
    walls = sides(TOWER)
    for name in ("north", "west"):
        near_wall(mesh, walls[name], "concrete", _TINT, FLOORS, shops=True, seed=7, family=_FAMILY)
    for name in ("south", "east"):
        far_wall(mesh, walls[name], "concrete", _TINT, 0.0, TOWER_TOP)
    for floor in range(2, FLOORS - 1):
        low = GROUND_FLOOR_M + (floor - 1) * FLOOR_M + 0.1
        # u runs from the east corner to the west; the patient's balcony hangs above 16 to 22 m
        for start in (1.2, 7.6):
            if (floor + int(start)) % 2 == 0:
                balcony(mesh, walls["north"], start, start + 4.2, low, 1.3, rail=1.05)
        balcony(mesh, walls["west"], 9.0, 13.0, low, 1.1, rail=1.05)
    house = Building(
        rect=TOWER,
        floors=FLOORS,
        style="concrete",
        roof="flat",
        tint=_TINT,
        seed=99,
        open_sides=frozenset(walls),
    )
    roof(mesh, house, away=0.0)
    return Place("city/tower", [Part("tower", mesh, "baked", lightmap="tower")])
