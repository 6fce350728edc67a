"""Owns the measures of the park's fence and how its boards are laid; knows neither lawn nor dog."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh

HALF_M, LONG_M = 15.0, 36.0
"""Half the breadth of the fenced meadow, and its depth from the gate."""
GATE_M = 0.75
"""Half the breadth of the gate."""
FENCE_TOP_M = 1.15
_BOARDS = ((0.14, 0.22), (0.58, 0.66), (1.03, 1.13))
"""From and to which height each board reaches."""
_APART_M = 2.8
_COLOUR = np.asarray((0.60, 0.64, 0.70))


def boards(mesh: Mesh, a: tuple[float, float], b: tuple[float, float], *, seed: int) -> None:
    """A fence from `a` to `b` in metres, which run along x or along y: posts and three boards."""
    chance = np.random.default_rng(seed)
    (ax, ay), (bx, by) = a, b
    long = abs(bx - ax) + abs(by - ay)
    count = max(1, round(long / _APART_M))
    along_x = abs(bx - ax) > abs(by - ay)
    for k in range(count + 1):
        x, y = ax + (bx - ax) * k / count, ay + (by - ay) * k / count
        top = FENCE_TOP_M + 0.06 + float(chance.uniform(-0.015, 0.015))
        colour = tuple(_COLOUR * float(chance.uniform(0.82, 0.95)))
        mesh.box(
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
            mesh.box(
                (min(x, nx) - half[0], min(y, ny) - half[1], low + off),
                (max(x, nx) + half[0], max(y, ny) + half[1], high + off),
                picture="wood",
                colour=tone,
                bottom=True,
            )


def leaf(mesh: Mesh) -> None:
    """The gate's leaf, hung at the origin: it reaches along x, 1.4 m broad."""
    wide = 2.0 * GATE_M - 0.10
    for low, high in _BOARDS:
        mesh.box(
            (0.0, -0.017, low),
            (wide, 0.017, high),
            picture="wood",
            colour=tuple(_COLOUR),
            bottom=True,
        )
    for x in (0.10, wide - 0.10):
        mesh.box(
            (x - 0.045, 0.017, 0.06),
            (x + 0.045, 0.045, FENCE_TOP_M),
            picture="wood",
            colour=tuple(0.9 * _COLOUR),
            bottom=True,
        )
    # the latch
    mesh.box(
        (wide - 0.16, -0.045, 0.93),
        (wide + 0.03, -0.017, 0.97),
        colour=(0.25, 0.26, 0.27),
        bottom=True,
    )
