"""Owns the measures of the park's fence and how its boards are laid; knows neither lawn nor dog."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.grain import grained
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube

HALF_M, LONG_M = 15.0, 36.0
"""Half the breadth of the fenced meadow, and its depth from the gate."""
GATE_M = 0.75
"""Half the breadth of the gate."""
FENCE_TOP_M = 1.15
GATE_TOP_M = 1.36
"""So high that its upper rail lies above whom one sees behind it."""
_BARS = 11
_BOARDS = ((0.14, 0.22), (0.58, 0.66), (1.03, 1.13))
"""From and to which height each board reaches."""
_APART_M = 2.8
_COLOUR = np.asarray((0.60, 0.64, 0.70))
POST = (0.54, 0.575, 0.62)
"""Of the two posts of the gate."""


def boards(mesh: Mesh, a: tuple[float, float], b: tuple[float, float], *, seed: int) -> None:
    """A fence from `a` to `b` in metres, which run along x or along y: posts and three boards."""
    chance = np.random.default_rng(seed)
    (ax, ay), (bx, by) = a, b
    long = abs(bx - ax) + abs(by - ay)
    count = max(1, round(long / _APART_M))
    along_x = abs(bx - ax) > abs(by - ay)
    timber = Mesh()
    for k in range(count + 1):
        x, y = ax + (bx - ax) * k / count, ay + (by - ay) * k / count
        top = FENCE_TOP_M + 0.06 + float(chance.uniform(-0.015, 0.015))
        colour = tuple(_COLOUR * float(chance.uniform(0.82, 0.95)))
        timber.box(
            (x - 0.05, y - 0.05, 0.0),
            (x + 0.05, y + 0.05, top),
            picture="wood",
            colour=colour,
            foot=0.55,
        )
        if k == count:
            break
        nx, ny = ax + (bx - ax) * (k + 1) / count, ay + (by - ay) * (k + 1) / count
        for low, high in _BOARDS:
            tone = tuple(_COLOUR * float(chance.uniform(0.88, 1.06)))
            off = float(chance.uniform(-0.012, 0.012))
            half = (0.0, 0.017) if along_x else (0.017, 0.0)
            timber.box(
                (min(x, nx) - half[0], min(y, ny) - half[1], low + off),
                (max(x, nx) + half[0], max(y, ny) + half[1], high + off),
                picture="wood",
                colour=tone,
                bottom=True,
            )
    mesh.take(grained(timber))


def leaf(mesh: Mesh) -> None:
    """The gate's leaf, hung at the origin: it reaches along x, 1.4 m broad.

    Slim iron bars, and no rail at the height of a dog: whoever lies or sits behind it is seen.
    """
    wide = 2.0 * GATE_M - 0.10
    iron = (0.20, 0.215, 0.225)
    for x in (0.0, wide - 0.036):
        mesh.box((x, -0.018, 0.05), (x + 0.036, 0.018, GATE_TOP_M), colour=iron, bottom=True)
    for z in (0.05, GATE_TOP_M - 0.036):
        mesh.box((0.0, -0.016, z), (wide, 0.016, z + 0.036), colour=iron, bottom=True)
    for k in range(1, _BARS):
        x = wide * k / _BARS
        faces, normals = tube([(x, 0.0, 0.07), (x, 0.0, GATE_TOP_M - 0.02)], 0.0065, 8)
        mesh.add(faces, normals=normals, colour=iron)
    # the latch
    mesh.box((wide - 0.13, -0.045, 0.93), (wide + 0.03, -0.017, 0.97), colour=(0.34, 0.35, 0.36),
             bottom=True)  # fmt: skip
