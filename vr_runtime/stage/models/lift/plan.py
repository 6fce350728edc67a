"""Owns the plan of lifts and their landing: sizes of cabins, where doors, panel and walls are.

Metres. The landing lies at y below 0 and its wall with the doors at y = 0; the cabin is behind it,
its floor level with the landing's at z = 0, its middle at x = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from vr_runtime.stage.models.lift.light import CeilingLight, Panel
from vr_runtime.stage.panda.daylight import Box

WALL_M = 0.06
"""Thickness of the landing's wall, behind which its doors slide."""
LANDING_DOOR_Y = (0.085, 0.120)
GAP_Y = (0.135, 0.165)
"""Between the sills: there one looks down into the shaft."""
CAR_DOOR_Y = (0.185, 0.220)
FRONT_Y = (0.235, 0.270)
"""The cabin's front wall beside its doors; the cabin begins at the second."""
HALF_LANDING_M, LANDING_DEEP_M, LANDING_HIGH_M = 2.3, 4.3, 2.65
TOP_FLOOR = 40
"""Floors are told to a model as a part of it."""
BACK_M = 0.24
"""From the back wall to the eyes of whoever leans on it."""
EMERGENCY_Z = 1.822
"""Of the lamp that burns when all others fail: at the head of the panel."""
BUTTONS = 13
"""Floors 0 to 12 have one."""

STEEL = (1.0, 1.0, 1.0)
DARK = (0.20, 0.205, 0.215)
BLACK = (0.07, 0.07, 0.08)
RUBBER = (0.30, 0.31, 0.33)
WHITE = (0.97, 0.97, 0.955)
PLASTER = (0.94, 0.92, 0.875)
DADO = (0.63, 0.70, 0.70)
OAK = (1.0, 0.95, 0.87)


@dataclass(frozen=True)
class Cabin:
    """One size of lift, inside."""

    wide: float
    deep: float
    high: float
    door: float
    """Clear width of its doors."""
    door_high: float
    back: str
    """What the back wall wears: "wood" or "steel"."""
    tone: float = 1.0
    """How pale its walls are, 0 to 1."""

    @property
    def back_y(self) -> float:
        """Where its back wall is."""
        return FRONT_Y[1] + self.deep

    @property
    def eyes_y(self) -> float:
        """Where eyes are taken to be: in its middle, in a narrow one at its back."""
        return self.back_y - BACK_M if self.wide < 1.0 else FRONT_Y[1] + 0.62 * self.deep

    @property
    def emergency_lamp(self) -> tuple[float, float, float]:
        """Where its emergency lamp shines: above the buttons."""
        return (-self.wide / 2 + 0.045, FRONT_Y[1] + 0.22, EMERGENCY_Z)

    @property
    def light(self) -> CeilingLight:
        """Its light, from panels in the ceiling."""
        x, y0, y1 = self.wide / 2, FRONT_Y[1], self.back_y
        panels = [
            Panel((sx * self.wide * 0.22, y, self.high), 0.11 * self.wide, 0.14)
            for sx in (-1.0, 1.0)
            for y in self.lamps_y
        ]
        shell: Box = ((-x, y0, 0.0), (x, y1, self.high))
        return CeilingLight(panels, shell, strength=1.9, given_back=0.54, hue=(1.0, 0.985, 0.955))

    @property
    def lamps_y(self) -> tuple[float, ...]:
        """Where along the cabin its lamps are."""
        count = max(2, round(self.deep / 0.7))
        return tuple(FRONT_Y[1] + self.deep * (k + 0.5) / count for k in range(count))


BED = Cabin(1.80, 2.70, 2.40, 1.30, 2.10, "wood")
BROAD = Cabin(1.60, 1.80, 2.30, 1.10, 2.10, "wood", 0.98)
OFFICE = Cabin(1.30, 1.50, 2.25, 0.90, 2.05, "wood", 0.94)
HOUSE = Cabin(1.05, 1.25, 2.18, 0.80, 2.00, "steel", 0.90)
NARROW = Cabin(0.85, 1.00, 2.12, 0.70, 2.00, "steel", 0.84)
TINY = Cabin(0.72, 0.78, 2.05, 0.60, 1.95, "steel", 0.78)


def landing_light() -> CeilingLight:
    """The light on the landing: two panels in its ceiling, and a window at the left."""
    x, y = HALF_LANDING_M, LANDING_DEEP_M
    panels = [
        Panel((0.0, -1.1, LANDING_HIGH_M), 0.55, 0.28),
        Panel((0.0, -3.0, LANDING_HIGH_M), 0.55, 0.28),
    ]
    shell: Box = ((-x, -y, 0.0), (x, 0.0, LANDING_HIGH_M))
    things: tuple[Box, ...] = (((-2.2, -3.5, 0.0), (-1.75, -2.1, 0.46)),)
    return CeilingLight(panels, shell, things, strength=1.9, given_back=0.50, hue=(1.0, 0.98, 0.94))
