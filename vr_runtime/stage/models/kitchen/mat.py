"""Owns the linen mat in the middle of the kitchen table: on it whatever stands there is seen."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.kitchen.plan import MAT, TABLE
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet

FLAT_M = 0.0001
"""Above the table: below the shadows of the smallest feet, which stand on the table itself."""
LINEN, STRIPE = (0.93, 0.905, 0.83), (0.46, 0.55, 0.58)


def mat(room: Furnisher) -> None:
    """Add the mat: pale, with a blue stripe and a fringe at either end."""
    (x, y), (a, b) = MAT
    z = TABLE[1][2] + FLAT_M
    cloth = sheet((x - a, y - b, z), (2 * a, 0, 0), (0, 2 * b, 0), 0.012)
    off = np.abs(cloth[..., 0] - x)
    middle = off.mean(axis=1, keepdims=True)
    for start, end in ((0.045, 0.058), (0.065, 0.070)):
        on = (middle > a - end) & (middle < a - start)
        off = np.where(on, np.inf, off)
    stripes = np.isinf(off)[..., None]
    worn = 1.0 + 0.012 * np.sin(310.0 * cloth[..., :1]) * np.sin(290.0 * cloth[..., 1:2])
    room.add(cloth, "fabric", np.where(stripes, STRIPE, LINEN) * worn)
    for side in (-1.0, 1.0):
        for k in range(46):
            at = y - b + (k + 0.5) * 2 * b / 46
            long = 0.014 + 0.003 * np.sin(2.7 * k)
            thread = sheet(
                (x + side * a - (long if side < 0 else 0.0), at - 0.0016, z),
                (long, 0, 0),
                (0, 0.0032, 0),
                0.1,
            )
            room.add(thread, "fabric", LINEN)
