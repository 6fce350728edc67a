"""Owns the plan of the kitchen: where walls, worktop, table and things stand, and its light.

Metres; whoever stands at the origin looks along y over the table. The window is in the west wall.
"""

from __future__ import annotations

from vr_runtime.stage.panda.daylight import Box, Daylight, Pane

WEST, EAST, SOUTH, NORTH, HIGH = -2.1, 2.1, -3.4, 2.7, 2.55
WINDOW_Y, WINDOW_Z = (0.15, 1.75), (1.02, 2.22)
REVEAL_M = 0.14
TABLE: Box = ((-0.70, 0.45, 0.72), (0.70, 1.25, 0.75))
LEG_M = 0.06
WORKTOP: Box = ((WEST, NORTH - 0.62, 0.86), (1.02, NORTH, 0.90))
CUPBOARDS: Box = ((WEST, NORTH - 0.58, 0.10), (1.02, NORTH, 0.86))
FRIDGE: Box = ((1.08, NORTH - 0.66, 0.04), (1.72, NORTH - 0.02, 1.78))
SHELF: Box = ((-1.30, NORTH - 0.22, 1.52), (0.55, NORTH, 1.55))
DOOR_X = (0.75, 1.65)
CHAIRS = ((-0.28, 1.42), (0.36, 1.46))
MAT = ((0.0, 0.74), (0.30, 0.185))
"""Middle of the linen mat on the table, and half its width and depth."""
CUP, BOWL = (-0.20, 1.10), (0.48, 1.02)
CLOTH = ((-0.60, 0.93), (-0.38, 1.14))
SINK, KETTLE, POT = (-1.42, NORTH - 0.30), (0.52, NORTH - 0.32), (-0.05, NORTH - 0.16)
BOARD_X = (-0.62, -0.30)
SILL_POTS = (0.42, 1.45)
BEAMS_Y = (-1.75, 0.10, 1.95)
BEAM_WIDE_M, BEAM_HIGH_M = 0.13, 0.15
PRINTS = ((1.55, 1.62, 0.44, 0.58), (0.86, 1.66, 0.36, 0.46), (0.30, 1.60, 0.36, 0.46))
"""Pictures on the east wall: y and z of the middle, breadth, height."""

SUN = (-0.775, 0.30, 0.556)
"""Towards the sun outside: it lies on the table's left, and on the floor before it."""

WALL = (0.985, 0.925, 0.80)
CEILING = (0.955, 0.94, 0.90)
BEAM = (0.98, 0.86, 0.72)
WHITE = (0.985, 0.98, 0.965)
SAGE = (0.73, 0.775, 0.70)
OAK = (0.97, 0.93, 0.86)
PALE_OAK = (1.0, 0.97, 0.90)
FLOOR = (0.95, 0.905, 0.83)
STEEL = (0.86, 0.87, 0.88)
CLAY = (0.80, 0.55, 0.42)
BLUE = (0.55, 0.65, 0.72)
LINEN = (0.90, 0.87, 0.80)


def daylight() -> Daylight:
    """The light in the kitchen."""
    y0, y1 = WINDOW_Y
    z0, z1 = WINDOW_Z
    # two leaves: the bar between them is seen in the patch of sun
    half = (y1 - y0) / 4 - 0.03
    panes = tuple(
        Pane((WEST + 0.01, y, (z0 + z1) / 2), half, (z1 - z0) / 2 - 0.05, 1.0)
        for y in (y0 + (y1 - y0) / 4, y1 - (y1 - y0) / 4)
    )
    (x0, ty0, _), (x1, ty1, top) = TABLE
    return Daylight(
        panes=panes,
        shell=((WEST, SOUTH, 0.0), (EAST, NORTH, HIGH)),
        things=(TABLE, FRIDGE, CUPBOARDS, ((x0 + 0.1, ty0 + 0.1, 0.3), (x1 - 0.1, ty1 - 0.1, top))),
        strength=6.4,
        given_back=0.33,
        sun=SUN,
        sun_strength=0.80,
        sun_wide=0.09,
    )
