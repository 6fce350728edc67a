"""Owns the plan of the cellar and the passage to it: sizes as made, colours, how little light.

Metres. The wall with the door lies at y = 0; the cellar is behind it (y below 0), the passage ahead
of it (y from WALL_M on), its way out at the far end. All but the lamps' light is kept in vertices.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.noise import clouded

Places = NDArray[np.float32] | NDArray[np.float64]

WIDE, HIGH, FOOT = 2.4, 2.6, 1.9
"""Width of the passage and height of the vaults as made; where the vault springs from."""
ROOM_WIDE = 3.0
"""Width of the cellar as made; its vault is else as the passage's."""
WASHED_M = 1.25
"""From here upwards the passage is limewashed."""
PASSAGE_M, CELLAR_M, WALL_M = 30.0, 5.4, 0.30
DOOR_HALF, DOOR_HIGH = 0.43, 1.84

BRICK = (0.92, 0.88, 0.84)
FLAGS = (0.86, 0.83, 0.78)
STONE = (0.88, 0.86, 0.82)
WASH = (0.96, 0.925, 0.86)
OAK = (0.70, 0.60, 0.50)
IRON = (0.26, 0.26, 0.27)
AMBIENT = 0.115
"""How much of full light is there without a lamp: one sees where one stands."""
FOR_MOVERS = {
    "sun_colour": (0.0, 0.0, 0.0),
    "sun_towards": (0.0, 0.0, 1.0),
    "sky_zenith": (0.145, 0.142, 0.138),
    "sky_horizon": (0.150, 0.147, 0.142),
    "ground_colour": (0.130, 0.125, 0.118),
}
"""The light on whatever is put there, but for lamps."""

_STAINS = clouded(128, 1.5, 2201), clouded(128, 0.8, 2202)


def section(around: int = 22, wide: float = WIDE) -> NDArray[np.float64]:
    """The inside from floor to floor over the vault, (K, 2): x and z, from left to right."""
    half = wide / 2
    turn = np.linspace(np.pi, 0.0, around + 1)
    arc = np.stack([half * np.cos(turn), FOOT + (HIGH - FOOT) * np.sin(turn)], axis=-1)
    low = [(-half, z) for z in (0.0, 0.12, 0.5, 0.9, WASHED_M, 1.6)]
    return np.concatenate([np.asarray(low), arc, np.asarray(low[::-1]) * (-1.0, 1.0)])


def worn(places: Places, tint: tuple[float, float, float]) -> NDArray[np.float64]:
    """The colour of masonry at places (..., 3): stained, damp near the ground."""
    along = (places[..., 1] * 9.0).astype(int) % 128
    up = ((places[..., 2] + 0.7 * places[..., 0]) * 17.0).astype(int) % 128
    stain = 1.0 + 0.055 * _STAINS[0][up, along] + 0.03 * _STAINS[1][along, up]
    damp = 1.0 - 0.30 * np.exp(-places[..., 2] / 0.35)
    grey = np.clip(stain, 0.75, 1.12) * damp
    told = np.clip(grey[..., None] * np.asarray(tint), 0.0, 1.0)
    return np.asarray(told, dtype=np.float64)


def dimmed(places: Places) -> NDArray[np.float64]:
    """What is left of the even light at places (..., 3): less in the corners of floor and vault."""
    low = 1.0 - 0.35 * np.exp(-np.abs(places[..., 2]) / 0.25)
    top = 1.0 - 0.30 * np.exp(-np.abs(HIGH - places[..., 2]) / 0.35)
    return np.asarray(AMBIENT * low * top, dtype=np.float64)
