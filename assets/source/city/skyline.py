"""Owns what lies beyond the plan: blocks into the haze, towers afar.

Knows nothing of the streets near by.
"""

from __future__ import annotations

import math
from random import Random

import numpy as np

from vr_runtime.stage.look.layers import FACADE_CELL_M, FACADES
from vr_runtime.stage.models.city.street import Rect
from vr_runtime.stage.models.mesh import Colour, Mesh

from city.landmarks import church, dome
from city.plan import FIRST_CROSS_X, block_x, block_y
from city.roofs import ROOF_SLOPE, TILES, hip

_ROOFS: dict[str, tuple[str, ...]] = {
    "facade_stone": ("hipped", "hipped", "attic"),
    "facade_brick": ("hipped", "attic", "lid"),
    "facade_plaster": ("hipped", "hipped", "attic"),
    "facade_ribbon": ("attic", "lid"),
    "facade_curtain": ("attic", "lid"),
    "facade_concrete": ("attic", "lid"),
    "facade_deco": ("hipped", "attic"),
    "facade_loft": ("hipped", "lid"),
    "facade_loggia": ("attic", "lid"),
    "facade_panel": ("attic", "lid"),
}
_LANDMARKS = {(-1, 6), (3, 7), (-4, 9)}
"""Columns and rows of the blocks where a church or a dome stands instead of houses."""
_TINTS = ((0.95, 0.90, 0.82), (0.88, 0.86, 0.83), (0.93, 0.84, 0.76), (0.80, 0.81, 0.82))
_FARTHEST_M = 2300.0


def _walls(
    mesh: Mesh, chance: Random, rect: Rect, low: float, top: float, style: str, tint: Colour
) -> None:
    """Four walls with a picture of windows."""
    west, south, east, north = rect
    corners, uv = [], []
    shift = chance.randrange(4) / 4
    for (ax, ay), (bx, by) in (
        ((west, south), (east, south)),
        ((east, south), (east, north)),
        ((east, north), (west, north)),
        ((west, north), (west, south)),
    ):
        corners.append([(ax, ay, low), (bx, by, low), (bx, by, top), (ax, ay, top)])
        u = round(math.hypot(bx - ax, by - ay) / FACADE_CELL_M) / 4
        v = round((top - low) / FACADE_CELL_M) / 4
        uv.append([[shift, 0], [shift + u, 0], [shift + u, v], [shift, v]])
    foot = 0.45 if low == 0.0 else 0.9
    shade = np.tile([foot, foot, 1.0, 1.0], (4, 1))
    mesh.add(corners, picture=style, colour=tint, uv=uv, open_to_sky=shade)


def _lid(mesh: Mesh, chance: Random, rect: Rect, top: float) -> None:
    west, south, east, north = rect
    grey = chance.uniform(0.75, 1.0)
    lid = [[(west, south, top), (east, south, top), (east, north, top), (west, north, top)]]
    mesh.add(lid, picture=chance.choice(("gravel", "gravel", "zinc")), colour=(grey, grey, grey))


def _house(mesh: Mesh, chance: Random, rect: Rect, top: float, style: str) -> None:
    """Walls below a roof of four slopes, a last storey that stands back, or a lid."""
    west, south, east, north = rect
    tint = (1.0, 0.97, 0.95) if style == "facade_brick" else chance.choice(_TINTS)
    _walls(mesh, chance, rect, 0.0, top, style, tint)
    kind = chance.choice(_ROOFS[style])
    narrow = min(east - west, north - south)
    if kind == "hipped" and narrow < 30.0 and top < 30.0:
        tone = chance.uniform(0.85, 1.05)
        r, g, b = chance.choice(TILES)
        eaves = (west - 0.4, south - 0.4, east + 0.4, north + 0.4)
        hip(mesh, eaves, top, ROOF_SLOPE * narrow, (r * tone, g * tone, b * tone))
        return
    _lid(mesh, chance, rect, top)
    if kind == "attic" and narrow > 12.0:
        back = chance.uniform(2.5, 0.2 * narrow + 1.0)
        inner = (west + back, south + back, east - back, north - back)
        high = top + FACADE_CELL_M * (1 if top < 30.0 else chance.choice((1, 2, 3)))
        _walls(mesh, chance, inner, top, high, style, tint)
        _lid(mesh, chance, inner, high)
        return
    if chance.random() < 0.5:
        w, d = (east - west) * 0.3, (north - south) * 0.35
        x = chance.uniform(west, east - w)
        y = chance.uniform(south, north - d)
        mesh.box((x, y, top), (x + w, y + d, top + 2.6), picture="plaster", colour=tint)


def skyline(mesh: Mesh) -> None:
    """The rest of the city, coarser with distance."""
    chance = Random(404)
    for j in range(-10, 24):
        for i in range(-19, 20):
            if -4 <= i <= 4 and -3 <= j <= 5:
                continue
            west, east = block_x(i)
            south, north = block_y(j)
            away = math.hypot((west + east) / 2, (south + north) / 2)
            if (i, j) in _LANDMARKS:
                landmark = dome if i > 0 else church
                landmark(mesh, (west + east) / 2, (south + north) / 2)
                continue
            if away > 1500.0 or chance.random() < 0.06:
                continue
            if away > 1000.0:
                top = chance.choice((15.5, 18.6, 21.7, 24.8))
                _house(mesh, chance, (west, south, east, north), top, chance.choice(FACADES))
                continue
            parts = 2 if away < 500.0 else 1
            for k in range(parts):
                for row in (0, 1):
                    a = west + (east - west) * k / parts
                    b = west + (east - west) * (k + 1) / parts
                    s = south if row == 0 else north - 20.0
                    top = chance.choice((15.5, 18.6, 21.7, 24.8))
                    if chance.random() < 0.05:
                        top = chance.uniform(34.0, 62.0)
                        a, b = a + 4.0, min(b, a + 26.0)
                    rect = (a, s, b, s + 20.0 + chance.uniform(-3.0, 0.0))
                    _house(mesh, chance, rect, top, chance.choice(FACADES))
    # a quarter of towers far ahead, and single ones around
    for _ in range(60):
        together = chance.random() < 0.55
        turn = chance.gauss(0.62, 0.16) if together else chance.uniform(0, 2 * math.pi)
        away = chance.uniform(1100.0, 1900.0) if together else chance.uniform(700.0, _FARTHEST_M)
        x, y = away * math.sin(turn), away * math.cos(turn)
        if abs(x - FIRST_CROSS_X) < 30.0 or abs(y - 12.0) < 40.0:
            continue  # the streets stay open to the horizon
        w, d = chance.uniform(18, 34), chance.uniform(18, 34)
        top = chance.uniform(60, 150) if together else chance.uniform(38, 80)
        style = chance.choice(("facade_curtain", "facade_curtain", "facade_concrete"))
        _house(mesh, chance, (x - w / 2, y - d / 2, x + w / 2, y + d / 2), top, style)
