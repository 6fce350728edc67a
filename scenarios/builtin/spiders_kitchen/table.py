"""Owns what lies where in the kitchen, and how its values are numbered; makes nothing.

Axes: the table stands ahead, its near edge at y = 0.45 m and its top at z = 0.75 m; the window is
at the left, the refrigerator at the right.
"""

from __future__ import annotations

from scenarios.api import Solid, Vec

TOP_Z, TABLE_EDGE_Y, EYES_M = 0.75, 0.45, 0.85  # the last: of eyes above the table
MIDDLE: Vec = (0.0, 0.74, TOP_Z)  # where the first spider is, and what encloses it
GROUND = (
    Solid((-3.0, -4.0, -0.2), (3.0, 4.0, 0.0)),
    Solid((-0.70, 0.45, 0.72), (0.70, 1.25, TOP_Z)),
    Solid((-0.70, 0.45, 0.0), (-0.64, 0.51, 0.72)),
    Solid((0.64, 0.45, 0.0), (0.70, 0.51, 0.72)),
)
"""Floor, table and its two near legs: what spiders find hold on."""
CASE, JAR, GLASS, FREE = 0, 1, 2, 3
NOWHERE = -1
STILL, SLOW, LIVELY = 0, 1, 2
MOST = 40
FRIDGE: Vec = (1.40, 1.98, 0.0)
CARD: Vec = (0.50, 0.66, TOP_Z)  # where the sheet of card lies
ON_TABLE = 14  # so many keep to the table; the others are on the floor beside it
SHARES = (1.0, 0.82, 0.93, 0.74, 1.06, 0.88, 0.79)  # of the size applied
LIFE = (0.0, 0.6, 1.0)  # how much a spider does by itself, by the movement
MOST_GO = 6  # so many beside the first take steps at one time
WITHIN_M, WITHIN_M_S = 0.018, 0.06  # how far and how fast at most under a glass or in a jar
MOST_HEARD = 3  # of so many the feet are heard while they go
FEET = 0.35  # volume of those feet where the sound of feet is at its most
LED_M_S = 0.08  # least pace of one that an event brings: it must not take minutes
TOWARDS, AWAY = (0.0, -1.0, 0.0), (0.0, 1.0, 0.0)
ASIDE: Vec = (0.26, 0.80, 1.11)  # where a lifted glass is held
