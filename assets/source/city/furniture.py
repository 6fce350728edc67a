"""Owns what a street is furnished with beside benches and lamps: a shelter, a café, a kiosk.

Knows nothing of roads or houses; each thing is put where it is told.
"""

from __future__ import annotations

import math
from random import Random

import numpy as np

from vr_runtime.stage.look.layers import layer
from vr_runtime.stage.models.city.street import (
    KERB_NORTH,
    KERB_SOUTH,
    LINE_NORTH,
    PAVEMENT_Z,
    ROAD_Z,
    Rect,
)
from vr_runtime.stage.models.mesh import Colour, Mesh, Wear
from vr_runtime.stage.models.shapes import ball, tube

from city.ground import lawns

_IRON: Colour = (0.24, 0.26, 0.26)
_CLOTHS: tuple[Colour, ...] = ((0.86, 0.82, 0.72), (0.70, 0.30, 0.24), (0.34, 0.46, 0.42))
Z = PAVEMENT_Z
_Bed = tuple[float, float, float, float]
"""Where a bed lies beside the middle of its lawn, and half of its length and width; metres."""
_BEDS: tuple[tuple[_Bed, ...], ...] = (
    ((0.0, 0.0, 2.6, 1.9),),
    ((-2.6, 0.0, 1.1, 1.1), (0.0, 0.0, 1.2, 1.2), (2.6, 0.0, 1.1, 1.1)),
    ((0.0, 0.0, 3.4, 1.0),),
    ((-1.7, 0.4, 1.5, 1.3), (1.7, -0.4, 1.5, 1.3)),
)
"""Of the four lawns of a square, one after the other."""
_LEAF: Colour = (0.62, 0.72, 0.50)
_BLOOMS: tuple[tuple[Colour, ...], ...] = (
    ((0.86, 0.42, 0.44), (0.95, 0.90, 0.82), (0.74, 0.30, 0.42)),
    ((0.93, 0.76, 0.36), (0.90, 0.56, 0.30), (0.95, 0.88, 0.60)),
    ((0.62, 0.54, 0.80), (0.84, 0.78, 0.90), (0.50, 0.46, 0.74)),
    ((0.92, 0.64, 0.72), (0.96, 0.90, 0.88), (0.80, 0.44, 0.58)),
)
"""What grows on each lawn, from the rim of a bed to its middle."""
BUS_STOP = (25.5, KERB_NORTH - 1.45)
"""Where a bus waits, before a shelter."""
BUS_M = 11.8


def furnish(mesh: Mesh) -> None:
    """All of it along the avenue and on the square."""
    chance = Random(91)
    shelter(mesh, -42.0, KERB_NORTH + 0.5)
    shelter(mesh, 25.5, KERB_NORTH + 0.5)
    column(mesh, 3.5, LINE_NORTH + 1.6)
    kiosk(mesh, 5.2, LINE_NORTH + 4.6)
    cafe(mesh, chance, (-42.0, LINE_NORTH - 1.0), 5, rows=1)
    cafe(mesh, chance, (84.0, LINE_NORTH - 1.0), 5, rows=1)
    cafe(mesh, chance, (38.0, LINE_NORTH + 42.4), 4, rows=2)
    for x in np.arange(-2.6, 60.0, 2.4).tolist():
        bollard(mesh, x, LINE_NORTH - 0.5)
    for x in (-66.0, 14.6, 45.0):
        racks(mesh, chance, x, KERB_NORTH + 1.5)
    for x in (-63.0, -24.0, 31.0, 80.0):
        panel(mesh, x, KERB_SOUTH - 1.0)
    for x, y in ((6.5, 49.2), (6.5, 54.0), (49.5, 49.2), (49.5, 54.0)):
        tub(mesh, x, y)


def _box(
    mesh: Mesh, at: tuple[float, float, float], size: tuple[float, float, float], **wear: object
) -> None:
    (x, y, z), (a, b, c) = at, size
    mesh.box((x - a / 2, y - b / 2, z), (x + a / 2, y + b / 2, z + c), bottom=True, **wear)  # type: ignore[arg-type]


def shelter(mesh: Mesh, x: float, y: float) -> None:
    """A bus shelter of steel and glass, 4.2 m long, open to the street."""
    for u in (-2.0, 2.0):
        for v in (0.0, 1.3):
            _box(mesh, (x + u, y + v, Z), (0.08, 0.08, 2.35), colour=_IRON)
    _box(mesh, (x, y + 0.6, Z + 2.35), (4.6, 1.9, 0.12), picture="steel", colour=(0.5, 0.52, 0.54))
    whole = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
    for k in range(3):
        a, b = x - 1.95 + 1.3 * k, x - 0.72 + 1.3 * k
        back = [
            [
                (a, y + 1.3, Z + 0.25),
                (b, y + 1.3, Z + 0.25),
                (b, y + 1.3, Z + 2.2),
                (a, y + 1.3, Z + 2.2),
            ]
        ]
        mesh.add(back, layers=[layer("pane4")], uv=whole)
        mesh.add(np.asarray(back)[:, ::-1], layers=[layer("pane4")], uv=whole)
    _box(mesh, (x, y + 1.0, Z + 0.44), (3.2, 0.4, 0.06), picture="wood")
    for u in (-1.2, 1.2):
        _box(mesh, (x + u, y + 1.0, Z), (0.06, 0.3, 0.44), colour=_IRON)
    _box(mesh, (x - 2.0, y + 0.65, Z + 0.4), (0.14, 1.2, 1.8), colour=(0.82, 0.70, 0.42))


def column(mesh: Mesh, x: float, y: float) -> None:
    """A round column for bills, with its little dome."""
    green: Wear = {"colour": (0.20, 0.34, 0.29)}
    body, n = tube(
        [(x, y, Z), (x, y, Z + 0.5), (x, y, Z + 0.5), (x, y, Z + 0.52)][:2], [0.72, 0.68], 14
    )
    mesh.add(body, normals=n, **green)
    turn = np.linspace(0, 2 * np.pi, 15)
    bills: tuple[Colour, ...] = (
        (0.86, 0.78, 0.60),
        (0.62, 0.32, 0.28),
        (0.35, 0.45, 0.58),
        (0.9, 0.9, 0.86),
    )
    for k in range(14):
        p, q = [(x + 0.66 * math.cos(t), y + 0.66 * math.sin(t)) for t in turn[k : k + 2]]
        mesh.add(
            [[(*p, Z + 0.5), (*q, Z + 0.5), (*q, Z + 2.9), (*p, Z + 2.9)]],
            colour=bills[(k // 3) % 4],
        )
    crown, n = tube(
        [(x, y, Z + 2.9), (x, y, Z + 3.1), (x, y, Z + 3.1), (x, y, Z + 3.12)][:2], [0.82, 0.80], 14
    )
    mesh.add(crown, normals=n, **green)
    dome, n = ball((x, y, Z + 3.1), (0.74, 0.74, 0.55), 14, 8)
    above = dome[..., 2].mean(axis=1) > Z + 3.1
    mesh.add(dome[above], normals=n[above], **green)


def kiosk(mesh: Mesh, x: float, y: float) -> None:
    """A kiosk for newspapers with an awning all round."""
    body: Wear = {"picture": "steel", "colour": (0.24, 0.38, 0.34)}
    _box(mesh, (x, y, Z), (3.0, 2.2, 2.5), **body)
    _box(mesh, (x, y, Z + 2.5), (3.5, 2.7, 0.2), **body)
    whole = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
    front = [
        [
            (x - 1.3, y - 1.11, Z + 0.7),
            (x + 1.3, y - 1.11, Z + 0.7),
            (x + 1.3, y - 1.11, Z + 2.1),
            (x - 1.3, y - 1.11, Z + 2.1),
        ]
    ]
    mesh.add(front, layers=[layer("shop2")], uv=whole)
    cloth: Wear = {"picture": "fabric", "colour": (0.84, 0.80, 0.70)}
    slope = [
        [
            (x - 1.6, y - 2.0, Z + 2.05),
            (x + 1.6, y - 2.0, Z + 2.05),
            (x + 1.6, y - 1.1, Z + 2.45),
            (x - 1.6, y - 1.1, Z + 2.45),
        ]
    ]
    mesh.add(slope, **cloth)
    mesh.add(np.asarray(slope)[:, ::-1], **cloth, open_to_sky=0.4)


def cafe(mesh: Mesh, chance: Random, at: tuple[float, float], count: int, *, rows: int) -> None:
    """Tables in a row, each with chairs, some below a parasol."""
    colour = chance.choice(_CLOTHS)
    for k in range(count):
        for row in (0.0, 1.9)[:rows]:
            x, y = at[0] + 2.3 * k + chance.uniform(-0.15, 0.15), at[1] + row
            top, n = tube([(x, y, Z + 0.70), (x, y, Z + 0.735)], 0.36, 10)
            mesh.add(top, normals=n, colour=(0.75, 0.73, 0.70))
            lid = [
                (x + 0.36 * math.cos(t), y + 0.36 * math.sin(t), Z + 0.735)
                for t in np.linspace(0, 2 * np.pi, 11)
            ]
            for j in range(0, 10, 2):
                mesh.add(
                    [[(x, y, Z + 0.735), lid[j], lid[j + 1], lid[j + 2]]], colour=(0.80, 0.78, 0.74)
                )
            leg, n = tube([(x, y, Z), (x, y, Z + 0.7)], 0.03, 5)
            mesh.add(leg, normals=n, colour=_IRON)
            for side in (-0.62, 0.62):
                _chair(mesh, x + side, y, side)
            if row == 0.0 and k % 2 == 0:
                parasol(mesh, x + 1.1, y - 0.4, colour)


def _chair(mesh: Mesh, x: float, y: float, side: float) -> None:
    wood: Wear = {"picture": "wood", "colour": (0.78, 0.66, 0.52)}
    _box(mesh, (x, y, Z + 0.43), (0.38, 0.38, 0.04), **wood)
    back = x + (0.19 if side > 0 else -0.19)
    _box(mesh, (back, y, Z + 0.55), (0.03, 0.36, 0.32), **wood)
    for u in (-0.16, 0.16):
        for v in (-0.16, 0.16):
            _box(mesh, (x + u, y + v, Z), (0.025, 0.025, 0.43), colour=_IRON)


def parasol(mesh: Mesh, x: float, y: float, colour: Colour) -> None:
    """An eight-sided parasol, 2.8 m wide."""
    pole, n = tube([(x, y, Z), (x, y, Z + 2.75)], 0.03, 6)
    mesh.add(pole, normals=n, colour=(0.7, 0.7, 0.68))
    turn = np.linspace(0, 2 * np.pi, 9)
    rim = [(x + 1.4 * math.cos(t), y + 1.4 * math.sin(t), Z + 2.25) for t in turn]
    for k in range(8):
        tone = 1.0 if k % 2 else 0.93
        cloth: Wear = {"picture": "fabric", "colour": tuple(tone * part for part in colour)}
        face = [[rim[k], rim[k + 1], (x, y, Z + 2.72), (x, y, Z + 2.72)]]
        mesh.add(face, **cloth)
        mesh.add(
            [[rim[k + 1], rim[k], (x, y, Z + 2.72), (x, y, Z + 2.72)]], **cloth, open_to_sky=0.4
        )
        low = [(px, py, pz - 0.16) for px, py, pz in rim[k : k + 2]]
        mesh.add([[low[0], low[1], rim[k + 1], rim[k]]], **cloth)


def bollard(mesh: Mesh, x: float, y: float) -> None:
    """A post of iron that keeps cars off the square."""
    post, n = tube([(x, y, Z), (x, y, Z + 0.85), (x, y, Z + 0.95)], [0.06, 0.055, 0.01], 6)
    mesh.add(post, normals=n, colour=_IRON)


def racks(mesh: Mesh, chance: Random, x: float, y: float) -> None:
    """Hoops with bicycles leaning at them."""
    for k in range(5):
        u = x + 0.8 * k
        hoop, n = tube(
            [(u, y - 0.4, Z), (u, y - 0.4, Z + 0.8), (u, y + 0.4, Z + 0.8), (u, y + 0.4, Z)],
            0.025,
            5,
        )
        mesh.add(hoop, normals=n, colour=_IRON)
        if chance.random() < 0.75:
            _bicycle(
                mesh,
                u + 0.12,
                y,
                chance.choice(
                    ((0.55, 0.18, 0.16), (0.2, 0.32, 0.45), (0.2, 0.2, 0.2), (0.8, 0.8, 0.76))
                ),
            )


def _bicycle(mesh: Mesh, x: float, y: float, paint: Colour) -> None:
    turn = np.linspace(0, 2 * np.pi, 13)
    for hub in (y - 0.52, y + 0.52):
        wheel = [(x, hub + 0.33 * math.cos(t), Z + 0.33 + 0.33 * math.sin(t)) for t in turn]
        tyre, n = tube(wheel, 0.018, 4)
        mesh.add(tyre, normals=n, colour=(0.1, 0.1, 0.1))
    for path in (
        [
            (x, y - 0.52, Z + 0.33),
            (x, y - 0.15, Z + 0.85),
            (x, y + 0.35, Z + 0.85),
            (x, y + 0.52, Z + 0.33),
        ],
        [
            (x, y - 0.15, Z + 0.85),
            (x, y + 0.05, Z + 0.30),
            (x, y + 0.35, Z + 0.85),
            (x, y + 0.33, Z + 1.0),
        ],
    ):
        frame, n = tube(path, 0.02, 4)
        mesh.add(frame, normals=n, colour=paint)
    _box(mesh, (x, y - 0.18, Z + 0.90), (0.14, 0.26, 0.05), colour=(0.12, 0.1, 0.1))
    _box(mesh, (x, y + 0.34, Z + 1.0), (0.5, 0.03, 0.03), colour=(0.3, 0.3, 0.3))


def panel(mesh: Mesh, x: float, y: float) -> None:
    """A lit panel for advertisements on a foot."""
    _box(mesh, (x, y, Z), (0.3, 0.2, 0.6), colour=_IRON)
    _box(mesh, (x, y, Z + 0.6), (1.3, 0.16, 1.9), colour=_IRON)
    for side, flip in ((-0.085, False), (0.085, True)):
        face = [
            [
                (x - 0.58, y + side, Z + 0.7),
                (x + 0.58, y + side, Z + 0.7),
                (x + 0.58, y + side, Z + 2.4),
                (x - 0.58, y + side, Z + 2.4),
            ]
        ]
        shape = np.asarray(face)[:, ::-1] if flip else np.asarray(face)
        mesh.add(shape, colour=(0.80, 0.72, 0.56))


def tub(mesh: Mesh, x: float, y: float) -> None:
    """A round tub of stone full of flowers."""
    pot, n = tube([(x, y, Z), (x, y, Z + 0.55)], [0.55, 0.75], 12)
    mesh.add(pot, normals=n, picture="stone", colour=(0.8, 0.78, 0.74))
    heap, n = ball((x, y, Z + 0.52), (0.72, 0.72, 0.42), 12, 6)
    mesh.add(heap, normals=n, picture="hedge", colour=(1.0, 0.8, 0.78))


def hedges(mesh: Mesh, square: Rect) -> None:
    """Clipped hedges around the lawns of a square, open in the middle of each side, and flowers."""
    for number, (west, south, east, north) in enumerate(lawns(square)):
        x, y = (west + east) / 2, (south + north) / 2
        green: Wear = {"picture": "hedge", "colour": (0.86, 0.92, 0.80)}
        for a, c, b, d in (
            (west, south, x - 1.2, south + 0.5),
            (x + 1.2, south, east, south + 0.5),
            (west, north - 0.5, x - 1.2, north),
            (x + 1.2, north - 0.5, east, north),
            (west, south + 0.5, west + 0.5, y - 1.2),
            (west, y + 1.2, west + 0.5, north - 0.5),
            (east - 0.5, south + 0.5, east, y - 1.2),
            (east - 0.5, y + 1.2, east, north - 0.5),
        ):
            mesh.box((a, c, Z + 0.08), (b, d, Z + 0.62), foot=0.6, **green)
        for u, v, long, wide in _BEDS[number % len(_BEDS)]:
            _bed(mesh, (x + u, y + v), (long, wide), _BLOOMS[number % len(_BLOOMS)])


def _bed(
    mesh: Mesh, at: tuple[float, float], size: tuple[float, float], blooms: tuple[Colour, ...]
) -> None:
    """A bed of flowers, in rings that leaves and neighbouring kinds break into patches."""
    heap, n = ball((*at, Z + 0.05), (*size, 0.42), 28, 14)
    above = heap[..., 2].mean(axis=1) > Z + 0.08
    heap, n = heap[above], n[above]
    out = (heap[..., :2].mean(axis=1) - at) / size
    ring = (1.0 - np.hypot(out[:, 0], out[:, 1])) * len(blooms)
    chance = np.random.default_rng(round(100 * (at[0] + 1000 + at[1])))
    kinds = np.clip(ring + chance.normal(0.0, 0.35, len(heap)), 0, len(blooms) - 1).astype(int)
    colours = np.asarray(blooms)[kinds] * chance.uniform(0.85, 1.05, (len(heap), 1))
    green = chance.random(len(heap)) < 0.35
    mesh.add(heap[green], normals=n[green], picture="hedge", colour=_LEAF)
    bloom = ~green
    mesh.add(heap[bloom], normals=n[bloom], picture="fabric", colour=colours[bloom][:, None])


def bus(mesh: Mesh, x: float, y: float) -> None:
    """A bus at its stop, its front to the west."""
    low, high, half, wide = ROAD_Z + 0.32, ROAD_Z + 3.0, BUS_M / 2, 1.22
    body: Wear = {"picture": "steel", "colour": (0.92, 0.91, 0.88)}
    skirt: Wear = {"picture": "steel", "colour": (0.20, 0.44, 0.46)}
    mesh.box((x - half, y - wide, low), (x + half, y + wide, low + 0.72), bottom=True, **skirt)
    mesh.box((x - half, y - wide, low + 0.72), (x + half, y + wide, high), **body)
    mesh.box((x - 3.6, y - 0.8, high), (x + 2.4, y + 0.8, high + 0.22), **body)
    glass: Wear = {"picture": "plain", "colour": (0.12, 0.14, 0.15)}
    whole = [[[0, 0], [1, 0], [1, 1], [0, 1]]]
    z0, z1, off = low + 0.88, high - 0.42, 0.012
    for k in range(8):
        a = x - half + 0.35 + 1.41 * k
        b = a + 1.30
        for side, turned in ((y - wide - off, False), (y + wide + off, True)):
            pane = np.asarray([[(a, side, z0), (b, side, z0), (b, side, z1), (a, side, z1)]])
            shape = pane[:, ::-1] if turned else pane
            mesh.add(shape, layers=[layer("pane4")], uv=whole, colour=(0.62, 0.64, 0.66))
    for end, turned in ((x - half - off, True), (x + half + off, False)):
        face = [(end, y - 1.08, z0 - 0.1), (end, y + 1.08, z0 - 0.1)]
        face += [(end, y + 1.08, z1 + 0.1), (end, y - 1.08, z1 + 0.1)]
        mesh.add([face[::-1] if turned else face], **glass)
        for lamp in (-0.95, 0.70):
            spot = [(end, y + lamp, low + 0.25), (end, y + lamp + 0.25, low + 0.25)]
            spot += [(end, y + lamp + 0.25, low + 0.45), (end, y + lamp, low + 0.45)]
            hue = (0.95, 0.94, 0.88) if turned else (0.55, 0.12, 0.10)
            mesh.add([spot[::-1] if turned else spot], colour=hue)
    sign = [
        (x - half + 0.6, y - wide - 0.02, high - 0.36),
        (x - half + 2.4, y - wide - 0.02, high - 0.36),
    ]
    sign += [
        (x - half + 2.4, y - wide - 0.02, high - 0.1),
        (x - half + 0.6, y - wide - 0.02, high - 0.1),
    ]
    mesh.add([sign], colour=(0.85, 0.62, 0.18))
    for axle in (-3.6, 3.2):
        for side in (y - wide + 0.12, y + wide - 0.12):
            ends = sorted((side, side + (0.14 if side > y else -0.14)))
            tread, n = tube([(x + axle, e, ROAD_Z + 0.48) for e in ends], 0.48, 14)
            mesh.add(tread, normals=n, colour=(0.10, 0.10, 0.10))
            outer = ends[1] if side > y else ends[0]
            turn = np.linspace(0, 2 * np.pi, 15)
            rim = [
                (x + axle + 0.48 * math.cos(t), outer, ROAD_Z + 0.48 + 0.48 * math.sin(t))
                for t in turn
            ]
            hub = (x + axle, outer, ROAD_Z + 0.48)
            for k in range(0, 14, 2):
                disc = [hub, rim[k], rim[k + 1], rim[k + 2]]
                mesh.add([disc if side < y else disc[::-1]], colour=(0.16, 0.16, 0.17))
