"""Owns the plan of the neutral room: where walls, windows and things stand; knows no surface.

Metres; a patient stands at the origin and looks along y. The windows are in the west.
"""

from __future__ import annotations

from vr_runtime.stage.panda.daylight import Box, Daylight, Pane

WEST, EAST, SOUTH, NORTH, HIGH = -3.4, 3.4, -3.6, 4.6, 2.9
PANE_Y = (-2.2, -0.7, 0.8, 2.3, 3.5)
PANE_HALF = (0.52, 1.06)
"""Half width and half height of a window."""
PANE_MIDDLE_Z = 1.46
REVEAL_M = 0.16
"""How deep the windows lie in the wall."""

BENCH: Box = ((-1.15, 3.55, 0.0), (1.25, 4.05, 0.44))
BOARD: Box = ((2.5, 0.4, 0.0), (3.36, 2.5, 0.52))
POT: Box = ((-2.75, 3.55, 0.0), (-2.25, 4.05, 0.46))
RUG: Box = ((-1.6, -1.0, 0.0), (1.7, 3.3, 0.012))
LAMP = (1.78, 3.95)

SUN = (-0.70, -0.42, 0.577)
"""Towards the low sun outside: soft patches of it lie on the floor near the windows."""

WALL = (1.0, 0.962, 0.90)
SAND = (0.985, 0.925, 0.845)
WHITE = (1.0, 0.988, 0.955)
OAK = (0.96, 1.0, 1.0)
LINEN = (0.90, 0.865, 0.79)
SAGE = (0.68, 0.73, 0.62)
CLAY = (0.82, 0.66, 0.54)
OAT = (0.86, 0.80, 0.70)


def daylight() -> Daylight:
    """The light in the room."""
    half, tall = PANE_HALF
    return Daylight(
        panes=tuple(Pane((WEST + 0.01, y, PANE_MIDDLE_Z), half, tall, 1.0) for y in PANE_Y),
        shell=((WEST, SOUTH, 0.0), (EAST, NORTH, HIGH)),
        things=(BENCH, BOARD, POT),
        sun=SUN,
    )
