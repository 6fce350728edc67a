"""Owns where everything on the garden terrace stands: numbers, no geometry. Metres.

The table stands ahead as that of the kitchen does: its near edge at y = 0.45 m, its top at z = 0.75
m. The sun stands at the left and behind, so the house is at the right, where it shades nobody.
"""

from __future__ import annotations

from vr_runtime.stage.look.weather import SUN

Place = tuple[float, float, float]
TABLE_LOW, TABLE_HIGH = (-0.78, 0.45), (0.78, 1.37)
TOP_Z = 0.75
"""Of the cloth."""
PLATE, FOOT_M = (0.07, 0.72), 0.17
"""Middle of the plate with the two slices of cake, and how high the foot is on which it stands."""
BOARD, BOARD_M, BOARD_WIDE_M = (-0.16, 0.62), 0.20, 0.108
"""A round board on a foot, on which a glass may stand: its middle, height and radius."""
CAKE_M = 0.055
"""How high a slice is."""
PLATE_M = 0.014
CAKE = (-0.36, 1.12)
"""The cake on its stand."""
STAND_M = 0.09
BOWL, CARAFE, JAM, MELON = (0.12, 1.18), (0.44, 1.12), (-0.06, 1.08), (0.46, 0.84)
PAVED_LOW, PAVED_HIGH = (-3.4, -3.6), (3.2, 2.7)
HOUSE_X = 3.2
HEDGE_Y, HEDGE_X = 9.5, -8.5
PARASOL = (-1.35, 1.95)
SHADOW_PER_M = (-SUN[0] / SUN[2], -SUN[1] / SUN[2])
"""How far the shadow of what is a metre high falls to the right and ahead."""
