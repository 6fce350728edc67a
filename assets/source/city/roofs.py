"""Owns what closes a house above: flat roofs with their machines, hipped roofs, set-back storeys.

Knows nothing of streets.
"""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import numpy as np

from vr_runtime.stage.look.layers import METRES, layer
from vr_runtime.stage.models.city.street import PAVEMENT_Z, Rect
from vr_runtime.stage.models.mesh import Built, Colour, Mesh
from vr_runtime.stage.models.shapes import tube

from city.facade import far_wall
from city.mansard import mansard
from city.plan import Building
from city.wall import sides as walls

_PALE: Colour = (0.86, 0.84, 0.80)
_GREYS: tuple[Colour, ...] = ((0.72, 0.72, 0.71), (0.62, 0.63, 0.64), (0.82, 0.81, 0.79))


TILES: tuple[Colour, ...] = (
    (0.93, 0.70, 0.58),
    (0.84, 0.62, 0.54),
    (0.98, 0.80, 0.68),
    (0.60, 0.64, 0.70),
    (0.72, 0.75, 0.80),
)
"""Clay and slate, by which the pictures of metal sheets are tinted."""
ROOF_SLOPE = 0.26
"""Rise of a hipped roof as a share of the house's narrower side."""
ATTIC_IN_M = 2.4
"""How far a last storey may stand back from the walls below."""
_MACHINES_M = 125.0
_PARAPETS_M = 230.0
"""Farther than this nobody can make out machines, or the wall around a flat roof."""


def roof(mesh: Mesh, house: Building, *, away: float) -> None:
    """The roof of `house`, which stands `away` metres off, with what can be made out on it."""
    chance = Random(house.seed + 1)
    if house.roof == "mansard":
        mansard(mesh, house, chance, near=away < _MACHINES_M)
    elif house.roof == "hipped":
        _hipped(mesh, house, chance)
    elif house.roof == "attic":
        _attic(mesh, house, chance, away)
    else:
        _flat(mesh, house, chance, away)


def attic(house: Building) -> Building:
    """The storey that stands back on the roof of `house`, as a house of its own."""
    west, south, east, north = house.rect
    rect = (west + ATTIC_IN_M, south + ATTIC_IN_M, east - ATTIC_IN_M, north - ATTIC_IN_M)
    sides = frozenset(("south", "north", "west", "east"))
    return replace(house, rect=rect, floors=house.floors + 1, roof="flat", open_sides=sides)


def hip(mesh: Mesh, rect: Rect, z: float, rise: float, paint: Colour) -> None:
    """A roof with four slopes on `rect`, from the eaves at `z` up to its ridge."""
    west, south, east, north = rect
    x, y = (west + east) / 2, (south + north) / 2
    half = min(east - west, north - south) / 2
    if east - west > north - south:
        a, b = (west + half, y, z + rise), (east - half, y, z + rise)
        corners = [
            [(west, south, z), (east, south, z), b, a],
            [(east, north, z), (west, north, z), a, b],
        ]
        corners += [
            [(west, north, z), (west, south, z), a, a],
            [(east, south, z), (east, north, z), b, b],
        ]
    else:
        a, b = (x, south + half, z + rise), (x, north - half, z + rise)
        corners = [
            [(east, south, z), (east, north, z), b, a],
            [(west, north, z), (west, south, z), a, b],
        ]
        corners += [
            [(west, south, z), (east, south, z), a, a],
            [(east, north, z), (west, north, z), b, b],
        ]
    slant = float(np.hypot(half, rise)) / METRES["zinc"]
    uv = []
    for first, second, *_ in corners:
        u = math.dist(first, second) / METRES["zinc"]
        uv.append([[0.0, 0.0], [u, 0.0], [0.7 * u, slant], [0.3 * u, slant]])
    mesh.add(corners, picture="zinc", colour=paint, uv=uv)


def _hipped(mesh: Mesh, house: Building, chance: Random) -> None:
    """Four slopes of tiles or slates above a moulding, and chimneys."""
    west, south, east, north = house.rect
    z, out = house.eaves, 0.35
    mesh.box(
        (west - 0.02, south - out, z - 0.22),
        (east + 0.02, north + out, z + 0.06),
        picture="plaster",
        colour=_PALE,
        bottom=True,
    )
    tone = chance.uniform(0.85, 1.05)
    r, g, b = chance.choice(TILES)
    rise = ROOF_SLOPE * min(east - west, north - south)
    eaves = (west, south - out, east, north + out)
    hip(mesh, eaves, z + 0.06, rise, (r * tone, g * tone, b * tone))
    for _ in range(chance.randint(1, 3)):
        x = chance.uniform(west + 1.5, east - 2.5)
        y = (south + north) / 2 + chance.choice((-1.0, 1.0)) * chance.uniform(1.2, 2.6)
        top = z + rise + chance.uniform(0.4, 1.0)
        mesh.box((x, y, z + 0.5), (x + 0.7, y + 1.3, top), picture="brick", foot=0.8)


def _attic(mesh: Mesh, house: Building, chance: Random, away: float) -> None:
    """A terrace all round a last storey that stands back from the street."""
    west, south, east, north = house.rect
    z = house.eaves
    floor = [[(west, south, z), (east, south, z), (east, north, z), (west, north, z)]]
    mesh.add(floor, picture="paving", colour=(0.94, 0.92, 0.88), open_to_sky=0.8)
    back = attic(house)
    for wall in walls(back.rect).values():
        far_wall(mesh, wall, house.style, house.tint, z - PAVEMENT_Z, back.eaves - PAVEMENT_Z)
    if away < _PARAPETS_M:
        _parapet(mesh, house.rect, z, 0.9, 0.2)
    _flat(mesh, back, chance, away)


def _parapet(mesh: Mesh, rect: Rect, z: float, tall: float, thick: float) -> None:
    west, south, east, north = rect
    for low, high in (
        ((west, south, z), (east, south + thick, z + tall)),
        ((west, north - thick, z), (east, north, z + tall)),
        ((west, south + thick, z), (west + thick, north - thick, z + tall)),
        ((east - thick, south + thick, z), (east, north - thick, z + tall)),
    ):
        mesh.box(low, high, picture="concrete", colour=_PALE, open_to_sky=1.0, foot=0.7)


def _flat(mesh: Mesh, house: Building, chance: Random, away: float) -> None:
    west, south, east, north = house.rect
    z = house.eaves
    grey = chance.uniform(0.82, 1.08)
    level = [[(west, south, z), (east, south, z), (east, north, z), (west, north, z)]]
    planted = chance.random() < 0.10
    mesh.add(
        level,
        picture="gravel",
        colour=(0.88 * grey, 0.92 * grey, 0.74 * grey) if planted else (grey, grey, grey * 0.98),
        open_to_sky=0.92,
    )
    tall = chance.uniform(0.6, 1.1)
    if away < _PARAPETS_M:
        _parapet(mesh, house.rect, z, tall, 0.28)
    x = chance.uniform(west + 2.0, max(west + 2.1, east - 6.0))
    y = chance.uniform(south + 3.0, max(south + 3.1, north - 6.5))
    top = z + chance.uniform(2.4, 3.2)
    house_of_stairs: Built = {"picture": "plaster", "colour": house.tint, "foot": 0.55}
    mesh.box((x, y, z), (x + 3.4, y + 3.0, top), **house_of_stairs)
    if away > _MACHINES_M:
        return
    mesh.box((x - 0.15, y - 0.15, top), (x + 3.55, y + 3.15, top + 0.12), picture="concrete")
    for _ in range(chance.randint(3, 7)):
        w, d, h = chance.uniform(0.8, 2.2), chance.uniform(0.8, 1.6), chance.uniform(0.7, 1.5)
        a = chance.uniform(west + 0.8, east - w - 0.8)
        b = chance.uniform(south + 0.8, north - d - 0.8)
        colour = chance.choice(_GREYS)
        mesh.box(
            (a, b, z + 0.2), (a + w, b + d, z + 0.2 + h), picture="steel", colour=colour, foot=0.6
        )
        mesh.box(
            (a + 0.15, b + 0.15, z + 0.2 + h),
            (a + w - 0.15, b + d - 0.15, z + 0.26 + h),
            colour=(0.22, 0.22, 0.23),
        )
        for leg in (a + 0.1, a + w - 0.2):
            mesh.box((leg, b, z), (leg + 0.1, b + d, z + 0.2), colour=(0.3, 0.3, 0.3))
    if chance.random() < 0.6:  # a duct
        a = chance.uniform(west + 1.0, east - 2.0)
        mesh.box(
            (a, south + 2.0, z + 0.3),
            (a + 0.55, north - 3.0, z + 0.8),
            picture="zinc",
            colour=(1.1, 1.1, 1.1),
            foot=0.6,
        )
    for _ in range(chance.randint(1, 3)):  # roof lights
        a, b = chance.uniform(west + 1, east - 3), chance.uniform(south + 1, north - 3)
        mesh.box((a, b, z), (a + 1.5, b + 1.5, z + 0.35), picture="concrete", foot=0.7)
        lit = [
            [
                (a + 0.1, b + 0.1, z + 0.36),
                (a + 1.4, b + 0.1, z + 0.36),
                (a + 1.4, b + 1.4, z + 0.36),
                (a + 0.1, b + 1.4, z + 0.36),
            ]
        ]
        whole = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
        mesh.add(lit, layers=[layer("pane4")], uv=whole)
    if chance.random() < 0.7:
        a, b = chance.uniform(west + 1, east - 1), chance.uniform(south + 1, north - 1)
        mast, normals = tube([(a, b, z), (a, b, z + chance.uniform(3, 6))], 0.04, 5)
        mesh.add(mast, normals=normals, colour=(0.4, 0.4, 0.4))
