"""Owns the tower that carries the balcony; knows nothing of balcony or street."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.city.facade import balcony, far_wall, near_wall, sides
from vr_runtime.stage.models.city.plan import FLOOR_M, GROUND_FLOOR_M, TOWER, TOWER_TOP, Building
from vr_runtime.stage.models.city.roofs import roof
from vr_runtime.stage.models.city.shadows import Site
from vr_runtime.stage.models.mesh import Mesh

_TINT = (0.93, 0.89, 0.84)
FLOORS = 1 + round((TOWER_TOP - GROUND_FLOOR_M) / FLOOR_M)


def build() -> NodePath:
    """The tower as a node to be written."""
    root = NodePath("tower")
    mesh = Mesh()
    walls = sides(TOWER)
    for name in ("north", "west"):
        near_wall(mesh, walls[name], "concrete", _TINT, FLOORS, shops=True, seed=7)
    for name in ("south", "east"):
        far_wall(mesh, walls[name], "concrete", _TINT, 0.0, TOWER_TOP)
    for floor in range(2, FLOORS - 1):
        low = GROUND_FLOOR_M + (floor - 1) * FLOOR_M + 0.1
        # u runs from the east corner to the west; the patient's balcony hangs above 16 to 22 m
        for start in (1.2, 7.6):
            if (floor + int(start)) % 2 == 0:
                balcony(mesh, walls["north"], start, start + 4.2, low, 1.3, rail=1.05)
        balcony(mesh, walls["west"], 9.0, 13.0, low, 1.1, rail=1.05)
    west, south, east, north = TOWER
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
    mesh.nodes("tower", "layered").reparentTo(root)
    site = Site.bare(-24.0, -44.0, 64.0, 128)
    site.raise_box(west, south, east, north, house.eaves)
    site.put_on(root)
    return root
