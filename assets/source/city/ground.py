"""Owns roads, pavements, kerbs and what is painted on them; knows nothing of houses."""

from __future__ import annotations

import math
from random import Random

import numpy as np

from vr_runtime.stage.models.city.street import (
    KERB_NORTH,
    KERB_SOUTH,
    LANE_M,
    PARKING_M,
    PAVEMENT_Z,
    ROAD_Z,
    Rect,
)
from vr_runtime.stage.models.mesh import Mesh, Wear
from vr_runtime.stage.models.shapes import tube

from city.plan import BLOCK_W, CROSS_W, FIRST_CROSS_X, ROAD_HALF, Plan, block_x, block_y

_PAINT_Z = ROAD_Z + 0.012
_WHITE = (0.86, 0.86, 0.84)
_ASPHALT, _PAVING, _YARD = (0.80, 0.80, 0.82), (0.80, 0.785, 0.76), (0.96, 0.92, 0.84)
_LAWN_RIM = (0.66, 0.65, 0.62)
_GRASS_FULL, _GRASS_DRY = (0.74, 0.70, 0.74), (0.92, 0.80, 0.84)
_KERB = (0.86, 0.85, 0.82)
COLUMNS = range(-4, 5)
ROWS = range(-3, 6)
PITCH = BLOCK_W + CROSS_W


def _level(
    mesh: Mesh,
    west: float,
    south: float,
    east: float,
    north: float,
    z: float,
    picture: str,
    colour: tuple[float, float, float] = (1.0, 1.0, 1.0),
) -> None:
    mesh.add(
        [[(west, south, z), (east, south, z), (east, north, z), (west, north, z)]],
        picture=picture,
        colour=colour,
    )


def _kerbed(mesh: Mesh, west: float, south: float, east: float, north: float) -> None:
    """A raised pavement with its kerb; the kerbstones are 30 cm wide."""
    stone = 0.3
    _level(
        mesh,
        west + stone,
        south + stone,
        east - stone,
        north - stone,
        PAVEMENT_Z,
        "paving",
        _PAVING,
    )
    rim: Wear = {"picture": "stone", "colour": _KERB}
    for low, high in (
        ((west, south), (east, south + stone)),
        ((west, north - stone), (east, north)),
        ((west, south + stone), (west + stone, north - stone)),
        ((east - stone, south + stone), (east, north - stone)),
    ):
        mesh.box(
            (low[0], low[1], ROAD_Z),
            (high[0], high[1], PAVEMENT_Z + 0.005),
            foot=0.6,
            **rim,
        )


def row_bounds(j: int) -> tuple[float, float]:
    """South and north kerb of the blocks of row `j`."""
    south, north = block_y(j)
    walk = CROSS_W / 2 - ROAD_HALF
    low = KERB_NORTH if j == 0 else south - walk
    high = KERB_SOUTH if j == -1 else north + walk
    return low, high


def ground(mesh: Mesh, plan: Plan) -> None:
    """All that lies flat."""
    # roads lie under everything, in pieces, so that the light may differ from piece to piece
    for x in range(-8, 8):
        for y in range(-8, 8):
            _level(
                mesh,
                x * 100.0,
                y * 100.0,
                x * 100.0 + 100.0,
                y * 100.0 + 100.0,
                ROAD_Z,
                "asphalt",
                _ASPHALT,
            )
    # beyond the streets the ground is yards and gardens, each of its own tone
    chance = Random(19)
    for i in range(-15, 15):
        for j in range(-15, 15):
            x, y = 200.0 * i, 200.0 * j
            if -800.0 <= x < 800.0 and -800.0 <= y < 800.0:
                continue
            green = chance.uniform(0.0, 0.22)
            tone = chance.uniform(0.74, 0.98)
            colour = (tone * (0.95 - green), tone * (0.95 - 0.3 * green), tone * (0.90 - green))
            _level(mesh, x, y, x + 200.0, y + 200.0, ROAD_Z, "gravel", colour)
    walk = CROSS_W / 2 - ROAD_HALF
    for i in COLUMNS:
        west, east = block_x(i)
        for j in ROWS:
            low, high = row_bounds(j)
            _kerbed(mesh, west - walk, low, east + walk, high)
    for west, south, east, north in plan.parks:
        _level(mesh, west, south, east, north, PAVEMENT_Z + 0.02, "grass")
        middle = (south + north) / 2
        _level(mesh, west, middle - 2, east, middle + 2, PAVEMENT_Z + 0.03, "gravel", _YARD)
        centre = (west + east) / 2
        _level(
            mesh,
            centre - 2,
            south,
            centre + 2,
            north,
            PAVEMENT_Z + 0.03,
            "gravel",
            (1.15, 1.1, 1.0),
        )
    for square in plan.squares:
        _square(mesh, square)
    for west, south, east, north in plan.courts:
        _level(
            mesh, west + 1, south, east - 1, north, PAVEMENT_Z + 0.02, "grass", (0.85, 0.85, 0.85)
        )
    _wear(mesh)
    _bands(mesh)
    _markings(mesh)
    _ironware(mesh)
    for grown in plan.trees:
        if math.hypot(grown.x, grown.y - 20.0) < 110.0 and abs(grown.y - 12.4) < 12.0:
            _pit(mesh, grown.x, grown.y)


def _lawn(mesh: Mesh, low: tuple[float, float], high: tuple[float, float], z: float) -> None:
    """Grass that is fuller here and drier there, over metres: one colour would be a carpet."""
    columns, rows = (max(2, round((b - a) / 3.0)) for a, b in zip(low, high, strict=True))
    x, y = np.linspace(low[0], high[0], columns + 1), np.linspace(low[1], high[1], rows + 1)
    random = np.random.default_rng(round(low[0] * 7 + low[1] * 13) % 9973)
    grown = random.normal(size=(columns + 1, rows + 1))
    grown[1:-1, 1:-1] += (
        grown[:-2, 1:-1] + grown[2:, 1:-1] + grown[1:-1, :-2] + grown[1:-1, 2:]
    ) / 2
    worn = np.clip(0.5 + 0.22 * grown, 0.0, 1.0)[..., None]
    shade = np.asarray(_GRASS_FULL) + worn * (np.asarray(_GRASS_DRY) - np.asarray(_GRASS_FULL))
    corners, colours = [], []
    for i in range(columns):
        for j in range(rows):
            around = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
            corners.append([(x[p], y[q], z) for p, q in around])
            colours.append([shade[p, q] for p, q in around])
    mesh.add(corners, picture="grass", colour=np.asarray(colours))


def lawns(rect: Rect) -> list[Rect]:
    """The four lawns of a square, between the ways that cross on it."""
    west, south, east, north = rect
    x, y = (west + east) / 2, (south + north) / 2
    return [
        (a, c, b, d)
        for a, b in ((west + 9.0, x - 3.5), (x + 3.5, east - 9.0))
        for c, d in ((south + 8.5, y - 3.5), (y + 3.5, north - 8.5))
    ]


def _square(mesh: Mesh, rect: tuple[float, float, float, float]) -> None:
    """Gravel below the trees, four lawns with rims of stone, a basin where the paths meet."""
    west, south, east, north = rect
    z = PAVEMENT_Z + 0.012
    _level(mesh, west + 1, south + 1, east - 1, north - 1, z, "gravel", _YARD)
    x, y = (west + east) / 2, (south + north) / 2
    for a, c, b, d in lawns(rect):
        mesh.box((a, c, z), (b, d, z + 0.08), picture="stone", foot=0.7, colour=_LAWN_RIM)
        _lawn(mesh, (a + 0.12, c + 0.12), (b - 0.12, d - 0.12), z + 0.09)
    _level(mesh, x - 7.0, y - 7.0, x + 7.0, y + 7.0, z + 0.006, "paving", (0.90, 0.87, 0.82))
    rim, normals = tube([(x, y, z), (x, y, z + 0.5)], 4.4, 20)
    mesh.add(rim, normals=normals, picture="stone", open_to_sky=0.9)
    turn = np.linspace(0.0, 2 * np.pi, 21)
    ring = np.stack([np.cos(turn), np.sin(turn)], -1)
    for k in range(20):
        p, q = ring[k], ring[k + 1]
        outer, inner = 4.4, 4.0
        edge = [
            (x + inner * p[0], y + inner * p[1], z + 0.5),
            (x + outer * p[0], y + outer * p[1], z + 0.5),
            (x + outer * q[0], y + outer * q[1], z + 0.5),
            (x + inner * q[0], y + inner * q[1], z + 0.5),
        ]
        mesh.add([edge], picture="stone")
        water = [(x, y, z + 0.34), edge[0], edge[3], edge[3]]
        level = [(a, b, z + 0.34) for a, b, _ in water]
        mesh.add([level], picture="steel", colour=(0.40, 0.50, 0.54))
    for low, high, radius in ((0.3, 1.5, 0.3), (1.5, 1.66, 1.2), (1.66, 2.5, 0.16)):
        stem, normals = tube([(x, y, z + low), (x, y, z + high)], radius, 12)
        mesh.add(stem, normals=normals, picture="stone", colour=(0.86, 0.86, 0.84))


def _dashes(
    mesh: Mesh,
    start: float,
    end: float,
    across: float,
    *,
    along_x: bool,
    dash: float = 3.0,
    gap: float = 5.0,
    wide: float = 0.13,
) -> None:
    at = np.arange(start, end - dash, dash + gap)
    if not len(at):
        return
    a, b = at, at + dash
    lo, hi = np.full_like(at, across - wide / 2), np.full_like(at, across + wide / 2)
    z = np.full_like(at, _PAINT_Z)
    x0, x1, y0, y1 = (a, b, lo, hi) if along_x else (lo, hi, a, b)
    quads = np.stack(
        [np.stack(p, -1) for p in ((x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z))], axis=1
    )
    mesh.add(quads, picture="concrete", colour=_WHITE)


def _zebra(mesh: Mesh, x: float, y: float, *, across_x: bool, length: float) -> None:
    """A crossing: 50 cm bars, 50 cm apart. It starts at (x, y) and runs along x or along y."""
    for k in range(int(length)):
        a, b = k + 0.25, k + 0.75
        if across_x:
            _level(mesh, x + a, y, x + b, y + 3.0, _PAINT_Z, "concrete", _WHITE)
        else:
            _level(mesh, x, y + a, x + 3.0, y + b, _PAINT_Z, "concrete", _WHITE)


def _markings(mesh: Mesh) -> None:
    for i in range(-5, 5):
        middle = FIRST_CROSS_X + i * PITCH
        start, end = middle + CROSS_W / 2 + 3.0, middle + PITCH - CROSS_W / 2 - 3.0
        for k in (1, 3):
            _dashes(mesh, start, end, KERB_SOUTH + PARKING_M + k * LANE_M, along_x=True)
        for off in (-0.16, 0.16):
            y = (KERB_SOUTH + KERB_NORTH) / 2 + off
            _level(mesh, start, y - 0.06, end, y + 0.06, _PAINT_Z, "concrete", _WHITE)
        for y in (KERB_SOUTH + PARKING_M, KERB_NORTH - PARKING_M):
            _dashes(mesh, start, end, y, along_x=True, dash=0.6, gap=5.2, wide=0.10)
        for x in (middle - CROSS_W / 2 - 2.2, middle + CROSS_W / 2 - 0.8):
            _zebra(mesh, x, KERB_SOUTH + 0.3, across_x=False, length=16.0)
        for y in (KERB_SOUTH - 3.4, KERB_NORTH + 0.6):
            _zebra(mesh, middle - ROAD_HALF, y, across_x=True, length=8.0)
        for j in ROWS:
            low, high = row_bounds(j)
            _dashes(mesh, low + 5.0, high - 4.0, middle, along_x=False)
    for j in ROWS:
        _, north = block_y(j)
        if j == -1:
            continue
        for i in COLUMNS:
            west, east = block_x(i)
            _dashes(mesh, west, east, north + CROSS_W / 2, along_x=True)


def _wear(mesh: Mesh) -> None:
    """Where wheels run the asphalt is polished; where cars stand and wait it is stained."""
    chance = Random(33)
    z = ROAD_Z + 0.004
    for k in range(4):
        middle = KERB_SOUTH + PARKING_M + (k + 0.5) * LANE_M
        for off in (-0.78, 0.78):
            x = -240.0
            while x < 240.0:
                long, tone = chance.uniform(14.0, 40.0), chance.uniform(0.90, 0.965)
                y = middle + off + chance.uniform(-0.06, 0.06)
                colour = tuple(tone * part for part in _ASPHALT)
                _level(mesh, x, y - 0.26, x + long, y + 0.26, z, "asphalt", colour)
                x += long
    for _ in range(120):
        x = chance.uniform(-150.0, 150.0)
        y = chance.choice((KERB_SOUTH + 1.1, KERB_NORTH - 1.1)) + chance.uniform(-0.4, 0.4)
        a, tone = chance.uniform(0.2, 0.55), chance.uniform(0.72, 0.9)
        turn = np.linspace(0, 2 * np.pi, 9)[:-1]
        ring = np.stack([x + a * np.cos(turn), y + 0.8 * a * np.sin(turn)], -1)
        corners = [
            [(x, y, z), (*ring[k], z), (*ring[(k + 1) % 8], z), (*ring[(k + 2) % 8], z)]
            for k in range(0, 8, 2)
        ]
        mesh.add(corners, picture="asphalt", colour=tuple(tone * part for part in _ASPHALT))


def _bands(mesh: Mesh) -> None:
    """Along the avenue: a gutter of small stones, and a darker band at the houses."""
    for i in COLUMNS:
        west, east = block_x(i)
        for low, high, picture, tone in (
            (KERB_SOUTH - 0.75, KERB_SOUTH - 0.30, "gravel", (0.74, 0.73, 0.71)),
            (KERB_NORTH + 0.30, KERB_NORTH + 0.75, "gravel", (0.74, 0.73, 0.71)),
            (KERB_NORTH + 5.0, KERB_NORTH + 6.0, "paving", (0.66, 0.64, 0.62)),
        ):
            _level(mesh, west, low, east, high, PAVEMENT_Z + 0.006, picture, tone)
    for y in (KERB_SOUTH + 0.02, KERB_NORTH - 0.42):
        x = -240.0
        while x < 240.0:
            _level(mesh, x, y, x + 40.0, y + 0.40, ROAD_Z + 0.005, "concrete", (0.62, 0.61, 0.60))
            x += 40.0


def _pit(mesh: Mesh, x: float, y: float) -> None:
    """The grate of iron around the foot of a tree."""
    z = PAVEMENT_Z + 0.010
    _level(mesh, x - 0.75, y - 0.75, x + 0.75, y + 0.75, z, "steel", (0.30, 0.29, 0.28))
    _level(mesh, x - 0.45, y - 0.45, x + 0.45, y + 0.45, z + 0.004, "soil", (0.8, 0.78, 0.74))


def _ironware(mesh: Mesh) -> None:
    """Manholes, patches of newer asphalt, grids around trees' feet."""
    chance = Random(71)
    for _ in range(70):
        x, y = chance.uniform(-150, 150), chance.uniform(KERB_SOUTH + 3, KERB_NORTH - 3)
        turn = np.linspace(0, 2 * np.pi, 9)[:-1]
        ring = np.stack([x + 0.31 * np.cos(turn), y + 0.31 * np.sin(turn)], -1)
        z = _PAINT_Z
        corners = [
            [(x, y, z), (*ring[k], z), (*ring[(k + 1) % 8], z), (*ring[(k + 2) % 8], z)]
            for k in range(0, 8, 2)
        ]
        _level(mesh, x - 0.5, y - 0.5, x + 0.5, y + 0.5, z - 0.004, "asphalt", (0.83, 0.83, 0.84))
        mesh.add(corners, picture="asphalt", colour=(0.60, 0.59, 0.58))
    for _ in range(46):
        x, y = chance.uniform(-160, 160), chance.uniform(KERB_SOUTH + 0.5, KERB_NORTH - 3)
        long, wide, grey = (
            chance.uniform(2, 9),
            chance.uniform(0.8, 2.4),
            chance.uniform(0.72, 0.88),
        )
        _level(mesh, x, y, x + long, y + wide, ROAD_Z + 0.006, "asphalt", (grey, grey, grey))
