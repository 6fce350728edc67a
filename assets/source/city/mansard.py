"""Owns the steep roof of an old house: slopes to each street, dormers in them, chimneys.

Knows nothing of streets; a side of the house that is open has a slope, a party wall a gable.
"""

from __future__ import annotations

from random import Random

import numpy as np

from vr_runtime.stage.look.layers import layer
from vr_runtime.stage.models.mesh import Colour, Mesh
from vr_runtime.stage.models.shapes import tube

from city.plan import Building

Point = tuple[float, float, float]

_CORNICE: Colour = (0.86, 0.84, 0.80)
_GABLE: Colour = (0.82, 0.78, 0.72)
_TINTS: tuple[Colour, ...] = (
    (1.0, 1.0, 1.0),
    (0.90, 0.93, 0.97),
    (0.62, 0.66, 0.72),
    (0.96, 0.78, 0.68),
)
"""Most slopes are zinc, some are slate, some have tiles of clay."""
_HIGH_M, _INSET_M, _RIDGE_M = 2.7, 1.1, 4.0
"""Rise of the steep part, how far it leans in, rise of the ridge."""
_SHEET_M = 1.8
_DORMERS_APART_M = 2.8


def mansard(mesh: Mesh, house: Building, chance: Random, *, near: bool) -> None:
    """Steep slopes to the open sides, a shallow top; dormers and chimney pots where `near`."""
    west, south, east, north = house.rect
    left, right = "west" in house.open_sides, "east" in house.open_sides
    out_w, out_e = (0.3 if left else 0.02), (0.3 if right else 0.02)
    mesh.box(
        (west - out_w, south - 0.3, house.eaves - 0.25),
        (east + out_e, north + 0.3, house.eaves + 0.1),
        picture="plaster",
        colour=_CORNICE,
        bottom=True,
    )
    low = house.eaves + 0.1
    high, ridge = low + _HIGH_M, low + _RIDGE_M
    tone, tint = chance.uniform(0.82, 1.0), chance.choice(_TINTS)
    paint = (tint[0] * tone, tint[1] * tone, tint[2] * tone)
    w, e = west + (_INSET_M if left else 0.0), east - (_INSET_M if right else 0.0)
    s, n, middle = south + _INSET_M, north - _INSET_M, (south + north) / 2
    run = min(middle - s, (e - w) / 3)
    rw, re = w + (run if left else 0.0), e - (run if right else 0.0)
    _sheet(mesh, paint, (west, south, low), (east, south, low), (e, s, high), (w, s, high))
    _sheet(mesh, paint, (east, north, low), (west, north, low), (w, n, high), (e, n, high))
    _sheet(mesh, paint, (w, s, high), (e, s, high), (re, middle, ridge), (rw, middle, ridge))
    _sheet(mesh, paint, (e, n, high), (w, n, high), (rw, middle, ridge), (re, middle, ridge))
    for x, inner, top, open_, flip in ((west, w, rw, left, True), (east, e, re, right, False)):
        a, b = (north, south) if flip else (south, north)
        c, d = (n, s) if flip else (s, n)
        if open_:
            _sheet(mesh, paint, (x, a, low), (x, b, low), (inner, d, high), (inner, c, high))
            peak = (top, middle, ridge)
            _sheet(mesh, paint, (inner, c, high), (inner, d, high), peak, peak)
        else:
            steep = [(x, a, low), (x, b, low), (x, d, high), (x, c, high)]
            peak = (x, middle, ridge)
            for wall in (steep, [(x, c, high), (x, d, high), peak, peak]):
                mesh.add([wall], picture="plaster", colour=_GABLE)
    for x in (west + 0.05 if not left else rw + 0.4, east - 0.65 if not right else re - 1.0):
        if chance.random() < 0.7:
            y = chance.uniform(south + 2.5, north - 4.5)
            _chimney(mesh, (x, y, low), ridge + chance.uniform(0.8, 1.4), pots=near)
    if near:
        for side in ("south", "north", "west", "east"):
            if side in ("south", "north") or side in house.open_sides:
                _dormers(mesh, house, side, low, chance)


def _sheet(mesh: Mesh, paint: Colour, *corners: Point) -> None:
    """A face of metal sheets, its seams straight up the slope; the first edge is the lower one."""
    points = np.asarray(corners)
    along = points[1] - points[0]
    along = along / np.linalg.norm(along)
    rest = points - points[0]
    u = rest @ along
    v = np.linalg.norm(rest - u[:, None] * along, axis=1)
    mesh.add(
        [list(corners)],
        uv=[[[a / _SHEET_M, b / _SHEET_M] for a, b in zip(u, v, strict=True)]],
        picture="zinc",
        colour=paint,
    )


def _chimney(mesh: Mesh, foot: Point, top: float, *, pots: bool) -> None:
    x, y, z = foot
    mesh.box((x, y, z), (x + 0.6, y + 2.4, top), picture="brick", foot=0.7)
    for k in range(5 if pots else 0):
        at = (x + 0.3, y + 0.3 + k * 0.45)
        pot, normals = tube([(*at, top), (*at, top + 0.5)], [0.13, 0.10], 6)
        mesh.add(pot, normals=normals, colour=(0.66, 0.38, 0.27))


def _dormers(mesh: Mesh, house: Building, side: str, z: float, chance: Random) -> None:
    """A row of dormers in the slope above one wall."""
    west, south, east, north = house.rect
    across = side in ("south", "north")
    begin, end = (west, east) if across else (south, north)
    count = int((end - begin - 1.0) / _DORMERS_APART_M)
    front = {"south": south + 0.25, "north": north - 0.25, "west": west + 0.25, "east": east - 0.25}
    for k in range(count):
        middle = begin + (end - begin) * (k + 0.5) / count
        _dormer(mesh, middle, front[side], side, z, chance)


def _dormer(mesh: Mesh, middle: float, front: float, side: str, z: float, chance: Random) -> None:
    half, low, high, deep = 0.62, 0.35, 2.05, 1.15
    inwards = 1.0 if side in ("south", "west") else -1.0
    a, b = sorted((front, front + inwards * deep))

    def at(along: float, depth: float, up: float) -> Point:
        return (along, depth, up) if side in ("south", "north") else (depth, along, up)

    sides: Colour = (0.95, 0.95, 0.95)
    roof: Colour = (1.05, 1.05, 1.05)
    mesh.box(
        at(middle - half, a, z + low), at(middle + half, b, z + high), picture="zinc", colour=sides
    )
    mesh.box(
        at(middle - half - 0.12, a - 0.1, z + high),
        at(middle + half + 0.12, b + 0.1, z + high + 0.16),
        picture="zinc",
        colour=roof,
    )
    # anticlockwise as seen from the street
    first = 1.0 if side in ("south", "east") else -1.0
    p, q = middle - first * (half - 0.1), middle + first * (half - 0.1)
    y = front - inwards * 0.02
    pane = [
        at(p, y, z + low + 0.1),
        at(q, y, z + low + 0.1),
        at(q, y, z + high - 0.1),
        at(p, y, z + high - 0.1),
    ]
    which = layer(f"pane{chance.choice((0, 1, 3, 4, 7))}")
    mesh.add([pane], layers=[which], uv=[[[0, 0], [1, 0], [1, 1], [0, 1]]], open_to_sky=0.85)
