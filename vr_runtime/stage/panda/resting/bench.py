"""Owns the bench in the meadow: slats on two frames with feet in the grass; knows no place."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh, floats
from vr_runtime.stage.models.shapes import turned
from vr_runtime.stage.panda.resting.foliage import Wide

WEATHERED = np.asarray((1.0, 0.98, 0.94))
"""Laid over an earthen picture drawn out along the wood: the grain of old, pale timber."""
LONG_M = 1.66
FRAMES = (-0.66, 0.66)
ALONG_PER_M, ACROSS_PER_M = 0.10, 3.2
"""Shares of the picture that a metre of wood shows."""
Point = tuple[float, float, float]


def bench(solid: Mesh, at: Point, turn: float) -> Wide:
    """Add it with its middle above a place on the ground; gives balls (K, 4) that hide the sun.

    Args:
        solid: takes its faces.
        at: the place, in metres.
        turn: where those who sit on it look: degrees to the left of y.
    """
    half = LONG_M / 2
    pieces: list[tuple[Point, Point, float]] = []
    for k in range(4):
        y = -0.19 + 0.118 * k
        pieces.append(((-half, y, 0.425), (half, y + 0.098, 0.46), 0.0))
    for k in range(3):
        # the back leans away from those who sit
        pieces.append(((-half, -0.03, 0.55 + 0.125 * k), (half, 0.0, 0.65 + 0.125 * k), 1.0))
    for x in FRAMES:
        pieces += [
            ((x - 0.03, 0.20, -0.12), (x + 0.03, 0.265, 0.625), 0.0),
            ((x - 0.03, -0.27, -0.12), (x + 0.03, -0.205, 0.43), 0.0),
            ((x - 0.03, -0.095, 0.40), (x + 0.03, -0.03, 0.94), 1.0),
            ((x - 0.03, -0.24, 0.365), (x + 0.03, 0.23, 0.425), 0.0),
            ((x - 0.045, -0.27, 0.625), (x + 0.045, 0.30, 0.66), 0.0),
        ]
    for number, (low, high, leans) in enumerate(pieces):
        _timber(solid, low, high, leans, (at, turn), number)
    seat = [(x, y, 0.44, 0.14) for x in np.linspace(-0.78, 0.78, 9) for y in (-0.14, 0.02, 0.18)]
    back = [(x, -0.24, z, 0.11) for x in np.linspace(-0.78, 0.78, 10) for z in (0.60, 0.72, 0.85)]
    legs = [(x, y, z, 0.06) for x in FRAMES for y in (-0.24, 0.23) for z in np.arange(0, 0.5, 0.05)]
    hiding = np.asarray(seat + back + legs)
    placed = turned(floats(hiding[:, :3] + np.asarray(at)), turn, at[:2])
    return np.column_stack([placed, hiding[:, 3]])


def _timber(
    solid: Mesh, low: Point, high: Point, leans: float, stands: tuple[Point, float], number: int
) -> None:
    """One piece of wood, its grain along its longest edge."""
    part = Mesh()
    part.box(low, high, bottom=True)
    rows = part.packed()
    v = np.asarray(rows["v"], dtype=np.float64)
    low_end, size = np.asarray(low), np.asarray(high) - np.asarray(low)
    longest = int(np.argmax(size))
    along = (v[..., longest] - low_end[longest]) * ALONG_PER_M + 0.37 * number
    across = np.empty_like(along)
    for k, face in enumerate(v):
        spans = np.ptp(face, axis=0)
        axis = max((a for a in range(3) if a != longest), key=lambda a: spans[a])
        across[k] = (face[:, axis] - low_end[axis]) * ACROSS_PER_M + 0.23 * number
    uv = np.stack([along, across], axis=-1)
    # darker below the seat and close to the ground
    shade = np.clip(0.55 + 0.9 * v[..., 2], 0.4, 1.0) * np.where(rows["n"][..., 2] < -0.5, 0.5, 1.0)
    if leans:
        v[..., 1] -= 0.13 + 0.30 * (v[..., 2] - 0.44)
    at, turn = stands
    v += np.asarray(at)
    tone = 0.90 + 0.10 * ((number * 5) % 7) / 6.0
    solid.add(
        turned(floats(v), turn, at[:2]),
        picture="soil",
        colour=np.clip(WEATHERED * tone, 0.0, 1.0),
        normals=turned(rows["n"], turn).astype(np.float32),
        uv=uv,
        open_to_sky=shade,
    )
