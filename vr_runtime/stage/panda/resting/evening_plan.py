"""Owns the plan of the evening room: where walls, window and things stand, and their colours.

Metres; a patient stands at the origin and looks along y. The window is in the west.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.panda.daylight import Box, Daylight, Pane

WEST, EAST, SOUTH, NORTH, HIGH = -2.35, 2.45, -2.3, 3.5, 2.55
WINDOW_Y, WINDOW_Z = (0.35, 2.15), (0.86, 2.10)
REVEAL_M = 0.18
LAMP = (1.62, 3.02)
LAMP_Z = 1.50
CHAIR, CHAIR_TURN = (0.72, 2.62), -14.0
TABLE = (1.52, 2.42)
BOOKCASE: Box = ((-1.22, 3.20, 0.0), (-0.18, 3.5, 1.92))
SHELF: Box = ((2.13, -0.9, 0.0), (2.45, 1.5, 0.92))
RUG = (0.25, 1.55)
POT: Box = ((-2.05, 2.75, 0.0), (-1.55, 3.25, 0.46))
STOOL: Box = ((0.10, 1.62, 0.0), (0.62, 2.06, 0.38))
DIM = np.asarray((0.74, 0.56, 0.72))
"""Dusk takes the green out of leaves."""
SUNK = (-0.94, 0.10, 0.33)

WALL, PANEL = (0.95, 0.86, 0.735), (0.90, 0.80, 0.67)
CEILING = (0.95, 0.90, 0.82)
FLOOR = (0.74, 0.72, 0.71)
WALNUT = (0.55, 0.50, 0.47)
OAK = (0.80, 0.77, 0.74)
MOSS = (0.40, 0.455, 0.345)
RUST = (0.70, 0.42, 0.30)
CREAM = (0.93, 0.88, 0.78)
TREES = (
    (-15.0, 7.4, 3.0, 2.2),
    (-19.0, -4.5, 3.8, 2.8),
    (-24.0, 3.6, 3.2, 2.6),
    (-22.0, 13.0, 4.0, 3.0),
)
"""Middle of each crown outside and its radius, in metres."""
BOOKS = (
    (0.47, 0.30, 0.25),
    (0.33, 0.40, 0.38),
    (0.72, 0.62, 0.45),
    (0.36, 0.34, 0.42),
    (0.58, 0.46, 0.34),
    (0.80, 0.76, 0.68),
    (0.40, 0.46, 0.34),
)


def daylight() -> Daylight:
    """The light in the room: what is left of the day, and the lamp."""
    middle = (sum(WINDOW_Y) / 2, sum(WINDOW_Z) / 2)
    half = ((WINDOW_Y[1] - WINDOW_Y[0]) / 2, (WINDOW_Z[1] - WINDOW_Z[0]) / 2)
    seat: Box = ((CHAIR[0] - 0.42, CHAIR[1] - 0.42, 0.02), (CHAIR[0] + 0.42, CHAIR[1] + 0.42, 0.6))
    return Daylight(
        panes=(Pane((WEST + 0.01, *middle), *half, 1.0),),
        shell=((WEST, SOUTH, 0.0), (EAST, NORTH, HIGH)),
        things=(seat, SHELF, BOOKCASE, STOOL, POT),
        strength=1.5,
        given_back=0.33,
        sun=tuple(np.asarray(SUNK) / np.linalg.norm(SUNK)),
        sun_strength=0.42,
        lamps=(((*LAMP, LAMP_Z), 0.62),),
    )
