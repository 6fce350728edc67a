"""Owns what lies where on the terrace's table, and how its values are numbered; makes nothing.

Axes: the table stands ahead, its near edge at y = 0.45 m and its top at z = 0.75 m; the house is at
the right, the lawn behind.
"""

from __future__ import annotations

from scenarios.api import Solid, Vec

TOP_Z, EYES_M = 0.75, 0.85  # the second: of eyes above the table
TABLE_Y, FOOD_M = 0.72, 0.18
"""From here the distance is told: the middle of the plate; and how high above the cloth it and the
upturned glass stand, which brings small insects nearer to the eyes."""
BOARD_Z = TOP_Z + 0.20
SPOT: Vec = (-0.16, 0.62, BOARD_Z)  # where the upturned glass stands, on a board with a foot
CARD: Vec = (-0.40, 0.62, TOP_Z)
PLATE: Vec = (0.08, 0.653, TOP_Z + 0.17 + 0.0075)
GLASS_AT: Vec = (0.30, 0.66, TOP_Z)
ASIDE: Vec = (-0.46, 0.80, 1.11)  # where a lifted glass is held
SCREEN_Y, SCREEN_M = 0.385, 0.005
CAKE_Z = 0.989
GROUND = (
    Solid((-0.78, 0.45, 0.50), (0.78, 1.37, TOP_Z)),
    Solid((-0.010, 0.635, 0.90), (0.150, 0.805, PLATE[2])),
    Solid((0.018, 0.723, 0.90), (0.046, 0.751, CAKE_Z)),
    Solid((0.090, 0.710, 0.90), (0.118, 0.738, CAKE_Z)),
    Solid((-0.245, 0.535, 0.92), (-0.075, 0.705, BOARD_Z)),
    Solid((-0.44, 1.04, 0.84), (-0.28, 1.20, 0.895)),
    Solid((-0.62, 0.76, 0.70), (-0.50, 0.88, 0.757)),
    Solid((0.277, 0.627, 0.70), (0.323, 0.693, 0.885)),
)
"""Table, plate, slices, board and cake, the small plate, the patient's glass: what insects stand
on."""
PANE = (*GROUND, Solid((-0.80, SCREEN_Y - SCREEN_M, 0.1), (0.80, SCREEN_Y + SCREEN_M, 2.0)))
HOMES: tuple[Vec, ...] = (
    PLATE,
    (0.032, 0.737, CAKE_Z),
    (0.104, 0.724, CAKE_Z),
    (-0.13, 0.59, BOARD_Z),
    (0.20, 0.60, TOP_Z),
    (0.41, 0.71, TOP_Z),
    (-0.34, 1.10, 0.895),
    (-0.30, 0.62, TOP_Z),
    (0.02, 0.57, TOP_Z),
    (-0.56, 0.79, 0.757),
    (-0.26, 0.49, TOP_Z),
    (0.50, 0.60, TOP_Z),
    (-0.45, 0.60, TOP_Z),
    (0.15, 0.50, TOP_Z),
    (-0.20, 0.97, TOP_Z),
    (0.63, 0.70, TOP_Z),
    (-0.64, 0.64, TOP_Z),
    (0.36, 0.51, TOP_Z),
    (-0.34, 0.48, TOP_Z),
    (0.32, 0.56, TOP_Z),
)
PICTURE, GLASS, SCREEN, FREE = 0, 1, 2, 3
STILL, SITS, CIRCLES, DARTS = 0, 1, 2, 3
BEE, WASP, HORNETS = 0, 1, 2
MOST = len(HOMES)
SIZES = {"bee": 0.018, "wasp": 0.020, "hornet": 0.033}  # m: large ones of their kinds
HORNET_EACH = 5  # of wasps and hornets every fifth is a hornet
MOST_HEARD = 5  # so many of each kind have a voice
MOST_IN_AIR = 3
FAR: Vec = (0.02, 2.4, 0.42)  # from where others come, and where they go: low, between the chairs
SUMMER = 0.45  # volume of the garden where its sounds are at their most
TURNS_M_S, LANDS_M_S = 0.55, 0.5  # most in a narrow turn over the table, and when one comes down
ARM_M, LEAST_ROUND_M = 0.70, 0.42  # widest and narrowest turn around a head
LOUD, VISITS_LOUD, MANY_LOUD = 0.34, 0.28, 0.17
"""Volume of a swarm's buzz at its loudest, of a visitor's, of each of several: what their peaks and
the garden's come to together needs hardly any holding back, so nothing is made softer for them."""
RISES_PER_S = 1.6  # of a buzz, and how fast it goes
SILENT = 1e-5  # of a scene's own buzz that goes on: nobody hears it, and it is never begun anew
