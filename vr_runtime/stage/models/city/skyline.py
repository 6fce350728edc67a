"""Owns what lies beyond the plan: blocks into the haze, towers afar, hills behind them.

Knows nothing of the streets near by.
"""

from __future__ import annotations

import math
from random import Random

import numpy as np

from vr_runtime.stage.look.layers import FACADE_CELL_M, FACADES
from vr_runtime.stage.models.city.plan import FIRST_CROSS_X, block_x, block_y
from vr_runtime.stage.models.mesh import Mesh

_TINTS = ((0.95, 0.90, 0.82), (0.88, 0.86, 0.83), (0.93, 0.84, 0.76), (0.80, 0.81, 0.82))
_FARTHEST_M = 2300.0
_RANGES = ((2700.0, 200.0, 1), (3900.0, 370.0, 2), (5300.0, 560.0, 3), (7000.0, 800.0, 4))
"""Ranges of hills: how far off and how high in metres, seed."""


def _house(
    mesh: Mesh, chance: Random, rect: tuple[float, float, float, float], top: float, style: str
) -> None:
    """Four walls with a picture of windows and a lid."""
    west, south, east, north = rect
    tint = chance.choice(_TINTS)
    if style == "facade_brick":
        tint = (1.0, 0.97, 0.95)
    corners, uv = [], []
    shift = chance.randrange(4) / 4
    for (ax, ay), (bx, by) in (
        ((west, south), (east, south)),
        ((east, south), (east, north)),
        ((east, north), (west, north)),
        ((west, north), (west, south)),
    ):
        corners.append([(ax, ay, 0.0), (bx, by, 0.0), (bx, by, top), (ax, ay, top)])
        u = round(math.hypot(bx - ax, by - ay) / FACADE_CELL_M) / 4
        v = round(top / FACADE_CELL_M) / 4
        uv.append([[shift, 0], [shift + u, 0], [shift + u, v], [shift, v]])
    shade = np.tile([0.45, 0.45, 1.0, 1.0], (4, 1))
    mesh.add(corners, picture=style, colour=tint, uv=uv, open_to_sky=shade)
    grey = chance.uniform(0.75, 1.0)
    lid = [[(west, south, top), (east, south, top), (east, north, top), (west, north, top)]]
    mesh.add(lid, picture=chance.choice(("gravel", "gravel", "zinc")), colour=(grey, grey, grey))
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
            if away > 1500.0 or chance.random() < 0.06:
                continue
            if away > 700.0:
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
    _hills(mesh)


def _hills(mesh: Mesh) -> None:
    """Wooded hills around, so that the horizon is never a ruled line."""
    around = 96
    turn = np.linspace(0.0, 2 * np.pi, around + 1)
    for away, high, seed in _RANGES:
        random = np.random.default_rng(seed)
        profile = np.zeros(around + 1)
        for k in range(1, 9):
            phase = random.uniform(0, 6.28)
            profile += np.sin(k * turn + phase) * random.uniform(0.5, 1.0) / k
        profile = high * (0.55 + 0.28 * profile)
        x, y = away * np.sin(turn), away * np.cos(turn)
        top = np.maximum(profile, 0.12 * high)
        foot = np.stack([x, y, np.zeros_like(x)], -1)
        crest = np.stack([x * 1.12, y * 1.12, top], -1)
        # anticlockwise as seen from the city
        faces = np.stack([foot[:-1], foot[1:], crest[1:], crest[:-1]], axis=1)
        mesh.add(faces, picture="grass", colour=(0.70, 0.68, 0.96))
