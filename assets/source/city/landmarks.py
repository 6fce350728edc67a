"""Owns what rises above the roofs and can be told by its outline: churches, a dome.

Knows nothing of where they stand. They are seen from 300 m and more.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Array, Built, Colour, Mesh, floats
from vr_runtime.stage.models.shapes import ball, tube

from city.roofs import hip

_STONE: Colour = (0.92, 0.88, 0.80)
_SLATE: Colour = (0.62, 0.66, 0.72)
_COPPER: Colour = (0.58, 0.74, 0.68)


def church(mesh: Mesh, x: float, y: float) -> None:
    """A nave 44 m long and a tower with a spire of 62 m, in the middle of its churchyard."""
    wall: Built = {"picture": "stone", "colour": _STONE, "foot": 0.6}
    nave = (x - 9.0, y - 16.0, x + 9.0, y + 28.0)
    mesh.box((nave[0], nave[1], 0.0), (nave[2], nave[3], 15.0), **wall)
    hip(mesh, nave, 15.0, 10.0, _SLATE)
    mesh.box((x - 16.0, y + 2.0, 0.0), (x + 16.0, y + 14.0, 14.0), **wall)
    hip(mesh, (x - 16.0, y + 2.0, x + 16.0, y + 14.0), 14.0, 8.0, _SLATE)
    half, top, tip = 4.5, 34.0, 62.0
    south = y - 16.0 - 2.0 * half
    mesh.box((x - half, south, 0.0), (x + half, south + 2.0 * half, top), **wall)
    mesh.box(
        (x - half - 0.4, south - 0.4, 24.0), (x + half + 0.4, south + 2 * half + 0.4, 25.0), **wall
    )
    dark: Built = {"colour": (0.20, 0.20, 0.21)}
    for off in (-1.9, 1.9):  # openings before the bells
        mesh.box((x + off - 0.9, south - 0.06, 26.5), (x + off + 0.9, south, 32.0), **dark)
        mesh.box(
            (x - half - 0.06, south + half + off - 0.9, 26.5),
            (x + half + 0.06, south + half + off + 0.9, 32.0),
            **dark,
        )
    spire, normals = tube(
        [(x, south + half, top), (x, south + half, top + 4.0), (x, south + half, tip)],
        [half * 1.1, half * 0.72, 0.05],
        8,
    )
    mesh.add(spire, normals=normals, picture="zinc", colour=_SLATE)


def dome(mesh: Mesh, x: float, y: float) -> None:
    """A wide house of columns below a drum and a dome of green copper, 50 m high."""
    wall: Built = {"picture": "stone", "colour": _STONE, "foot": 0.6, "bottom": True}
    mesh.box((x - 22.0, y - 18.0, 0.0), (x + 22.0, y + 18.0, 19.0), **wall)
    mesh.box((x - 22.8, y - 18.8, 19.0), (x + 22.8, y + 18.8, 20.4), **wall)
    for k in range(8):
        at = x - 17.5 + 5.0 * k
        column, normals = tube([(at, y - 20.4, 0.0), (at, y - 20.4, 17.5)], 0.9, 8)
        mesh.add(column, normals=normals, picture="stone", colour=_STONE)
    mesh.box((x - 19.5, y - 22.0, 17.5), (x + 19.5, y - 18.0, 20.4), **wall)
    drum, normals = tube([(x, y, 20.4), (x, y, 32.0)], 11.5, 20)
    mesh.add(drum, normals=normals, picture="facade_stone", colour=_STONE, uv=_around(drum, x, y))
    shell, normals = ball((x, y, 32.0), (11.9, 11.9, 14.0), 20, 10)
    above = shell[..., 2].mean(axis=1) > 32.0
    mesh.add(shell[above], normals=normals[above], picture="zinc", colour=_COPPER)
    lantern, normals = tube([(x, y, 45.0), (x, y, 49.0), (x, y, 52.5)], [1.7, 1.7, 0.05], 10)
    mesh.add(lantern, normals=normals, picture="stone", colour=_STONE)


def _around(drum: Array, x: float, y: float) -> Array:
    """Windows in one row all round."""
    turn = np.arctan2(drum[..., 1] - y, drum[..., 0] - x) / (2.0 * np.pi) * 5.0
    turn = np.where(turn - turn.min(axis=1, keepdims=True) > 2.5, turn - 5.0, turn)
    return floats(np.stack([turn, (drum[..., 2] - 20.4) / 46.4], axis=-1))
