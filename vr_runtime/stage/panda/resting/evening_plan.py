"""Owns the plan of the evening room: where walls, window and things stand, and their colours.

Metres; a patient is at the origin and looks along y. The window and the door are in the north
wall, ahead: what is in view is whole for eyes from 1.2 m (seated) to 1.65 m (standing).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from vr_runtime.stage.panda.daylight import Box
from vr_runtime.stage.panda.resting.lamplight import Lamplight, Solid

WEST, EAST, SOUTH, NORTH, HIGH = -2.9, 2.75, -2.3, 3.7, 2.85
WINDOW_X, WINDOW_Z = (-2.46, -1.46), (0.80, 2.16)
REVEAL_M = 0.20
DOOR_X, DOOR_HEAD = (1.80, 2.56), 2.04
SWITCH = (1.63, 1.06)
LAMP = (1.24, 2.94)
BULB_Z = 1.47
SHADE_Z, SHADE_R = (1.33, 1.65), (0.235, 0.150)
"""Of the lamp's shade: height of its lower and upper edge, and their radii."""
CHAIR, CHAIR_TURN = (0.66, 2.58), -15.0
TABLE = (-0.08, 2.88)
TABLE_TOP = 0.50
BOOKCASE: Box = ((-0.86, 3.40, 0.0), (0.12, 3.7, 1.90))
SHELF: Box = ((2.43, -0.9, 0.0), (2.75, 1.5, 0.92))
RUG, RUG_R = (0.40, 2.10), 1.42
POT: Box = ((-1.42, 2.98, 0.0), (-0.98, 3.42, 0.40))
BENCH: Box = ((-2.58, 3.26, 0.0), (-1.56, 3.7, 0.42))
PAINTING = (0.33, 1.09, 1.27, 1.82)
"""West, east, bottom and top of the picture over the chair, without its frame."""
DIM = np.asarray((0.66, 0.62, 1.0))
"""Dusk takes the green out of leaves outside."""

WALL, PANEL = (0.96, 0.87, 0.755), (0.95, 0.88, 0.78)
CEILING = (0.95, 0.90, 0.81)
FLOOR = (0.98, 0.92, 0.86)
WALNUT = (0.86, 0.74, 0.64)
OAK = (1.0, 0.94, 0.86)
DARK_WOOD = (0.50, 0.36, 0.26)
BRASS = (0.70, 0.56, 0.36)
MOSS, PIPING = (0.60, 0.63, 0.49), (0.52, 0.55, 0.42)
RUST = (0.82, 0.55, 0.40)
CREAM = (0.95, 0.90, 0.80)
BOOKS = (
    (0.66, 0.32, 0.25),
    (0.32, 0.45, 0.46),
    (0.84, 0.70, 0.46),
    (0.36, 0.41, 0.54),
    (0.72, 0.50, 0.32),
    (0.90, 0.84, 0.72),
    (0.47, 0.54, 0.38),
    (0.54, 0.31, 0.34),
    (0.62, 0.63, 0.58),
)


def _crown() -> tuple[Solid, ...]:
    """What the leaves of the plant hold back of the lamp's light."""
    x, y = (POT[0][0] + POT[1][0]) / 2, (POT[0][1] + POT[1][1]) / 2
    around = np.linspace(0.0, 2 * np.pi, 6)[:-1] + 0.4
    low = [
        (x + 0.22 * np.cos(a), y + 0.20 * np.sin(a), 0.86 + 0.06 * np.cos(3 * a)) for a in around
    ]
    tops = [(x + 0.16 * np.cos(a + 0.6), y + 0.14 * np.sin(a + 0.6), 1.30) for a in around[::2]]
    balls = [(*at, 0.15) for at in low] + [(*at, 0.17) for at in tops]
    return tuple(
        Solid(
            ((px - r, py - r, pz - r), (px + r, py + r, pz + r)), round=True, veil=0.55, near=0.22
        )
        for px, py, pz, r in balls
    )


def _solids() -> tuple[Solid, ...]:
    x, y = CHAIR
    tx, ty = TABLE
    px0, px1, pz0, pz1 = PAINTING

    def of_chair(low: tuple[float, float, float], high: tuple[float, float, float]) -> Solid:
        box = ((x + low[0], y + low[1], low[2]), (x + high[0], y + high[1], high[2]))
        return Solid(box, about=CHAIR, degrees=CHAIR_TURN)

    (bx0, by0, _), (bx1, by1, top) = BOOKCASE

    return (
        of_chair((-0.40, -0.42, 0.05), (0.40, 0.40, 0.42)),
        of_chair((-0.38, 0.24, 0.40), (0.38, 0.46, 0.96)),
        of_chair((-0.42, -0.40, 0.30), (-0.28, 0.34, 0.62)),
        of_chair((0.28, -0.40, 0.30), (0.42, 0.34, 0.62)),
        Solid(((bx0, by0, 0.0), (bx0 + 0.03, by1, top)), near=0.0),
        Solid(((bx1 - 0.03, by0, 0.0), (bx1, by1, top)), near=0.0),
        Solid(((bx0, by0 + 0.10, 0.0), (bx1, by1, top)), casts=False, near=0.52),
        Solid(SHELF),
        Solid(BENCH),
        Solid(POT, near=0.72),
        Solid(
            ((tx - 0.25, ty - 0.25, TABLE_TOP - 0.03), (tx + 0.25, ty + 0.25, TABLE_TOP)),
            round=True,
            near=0.35,
        ),
        Solid(((tx - 0.13, ty - 0.13, 0.0), (tx + 0.13, ty + 0.13, 0.06)), round=True),
        Solid(
            ((LAMP[0] - 0.17, LAMP[1] - 0.17, 0.0), (LAMP[0] + 0.17, LAMP[1] + 0.17, 0.03)),
            casts=False,
        ),
        Solid(((px0 - 0.11, NORTH - 0.03, pz0 - 0.11), (px1 + 0.11, NORTH, pz1 + 0.11)), near=0.42),
        *(
            Solid(((west, NORTH - 0.15, 0.4), (east, NORTH - 0.09, WINDOW_Z[1] + 0.1)), near=0.42)
            for west, east in (
                (WINDOW_X[0] - 0.24, WINDOW_X[0] + 0.36),
                (WINDOW_X[1] - 0.03, WINDOW_X[1] + 0.24),
            )
        ),
        *_crown(),
    )


@cache
def daylight() -> Lamplight:
    """The light in the room: the lamp's, and what is left of the day."""
    return Lamplight(
        shell=((WEST, SOUTH, 0.0), (EAST, NORTH, HIGH)),
        solids=_solids(),
        lamp=(*LAMP, BULB_Z),
        lamp_strength=1.12,
        given_back=0.275,
        pane=(
            ((WINDOW_X[0] + WINDOW_X[1]) / 2 + 0.1, NORTH, sum(WINDOW_Z) / 2),
            0.36,
            (WINDOW_Z[1] - WINDOW_Z[0]) / 2,
        ),
        pane_strength=0.55,
    )
