"""Owns the plan of the scanner's room: where tube, table, walls and window are, and its light.

Metres. The tube lies along y; its front opening is at y = 0, the patient's feet towards +y.
"""

from __future__ import annotations

from vr_runtime.stage.models.scanner.overhead import Overhead, Panel
from vr_runtime.stage.panda.daylight import Box

WEST, EAST, SOUTH, NORTH, HIGH = -2.7, 2.7, -2.4, 4.0, 2.55
AXIS_Z, TUBE_M, TUBE_LONG_M = 1.0, 0.35, 1.70
"""Height of the tube's middle, its radius as it is made, its length."""
GANTRY_TOP = 2.16
TABLE_TOP, TABLE_HALF_M = 0.80, 0.20
WINDOW_X, WINDOW_Z = (-1.05, 1.05), (0.98, 1.92)
"""The pane towards the control room, in the north wall."""
CONTROL_DEEP_M = 1.9
DOOR_Y, DOOR_HIGH = (2.35, 3.40), 2.08
"""The door of the room, in the east wall."""
SKY_X, SKY_Y = (-0.95, 0.95), (0.75, 2.05)
"""A picture of the sky in the ceiling, above who lies on the table."""

WALL = (0.955, 0.935, 0.895)
CEILING = (0.985, 0.98, 0.965)
SHELL = (0.975, 0.970, 0.955)
BAND = (0.60, 0.72, 0.74)
OAK = (0.97, 0.92, 0.84)
FLOOR = (0.80, 0.775, 0.735)
PAD = (0.40, 0.50, 0.56)
DARK = (0.17, 0.18, 0.19)
LINEN = (0.90, 0.93, 0.94)

STANDING: tuple[Box, ...] = (
    ((WEST + 0.02, 0.33, 0.0), (WEST + 0.51, 2.77, 0.86)),
    ((1.72, 0.31, 0.0), (2.18, 0.79, 0.46)),
    ((1.71, NORTH - 0.54, 0.0), (1.99, NORTH - 0.26, 0.30)),
    ((-2.22, 3.23, 0.0), (-1.98, 3.47, 0.08)),
)
"""What stands about and takes light from the floor around it: cabinet, chair, plant, stand."""


def light() -> Overhead:
    """The light in the room: lamps in its ceiling, and the sky that is one of them."""
    spots = [(x, y) for x in (-1.75, 1.75) for y in (-0.6, 1.2, 3.0)]
    panels = [Panel((x, y, HIGH), 0.30, 0.60, 1.0) for x, y in spots]
    (x0, x1), (y0, y1) = SKY_X, SKY_Y
    sky = Panel(((x0 + x1) / 2, (y0 + y1) / 2, HIGH), (x1 - x0) / 2, (y1 - y0) / 2, 0.55)
    return Overhead(
        panels=(*panels, sky),
        shell=((WEST, SOUTH, 0.0), (EAST, NORTH, HIGH)),
        things=(
            ((-1.0, -1.75, 0.0), (1.0, -0.05, GANTRY_TOP)),
            ((-0.24, 0.28, 0.10), (0.24, 2.55, 0.72)),
            ((-0.16, 0.02, 0.0), (0.16, 2.22, 0.40)),
            *STANDING,
        ),
    )
