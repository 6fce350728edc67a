"""Owns how the picture of leaves is laid on cards and blades; knows no plant."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.look.surfaces import picture

CARD = np.asarray(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
EYE = np.asarray((0.0, 0.0, 1.6))
"""Where a patient's eyes are: in the resting places nobody walks."""

GREEN = np.asarray((0.50, 0.64, 0.33))
"""Blades and single leaves are as near to this as the picture has it, as displayed; their tints
are reckoned from it."""

Wide = NDArray[np.float64]


def unit(vectors: ArrayLike) -> Wide:
    """Vectors (..., 3) brought to length 1."""
    v = np.asarray(vectors, dtype=np.float64)
    return np.asarray(v / np.linalg.norm(v, axis=-1, keepdims=True))


@cache
def _spot() -> tuple[float, float]:
    shown = picture("leaf")
    inner = np.argwhere(shown[..., 3] >= 1.0)
    unlike = np.abs(shown[inner[:, 0], inner[:, 1], :3] / GREEN - 1.0) @ (1.0, 2.0, 1.0)
    row, column = inner[np.argmin(unlike)]
    return (column + 0.5) / shown.shape[1], (row + 0.5) / shown.shape[0]


def one_green(count: int) -> Wide:
    """Texture coordinates of `count` faces at a place where all around is leaf: one colour."""
    return np.broadcast_to(np.asarray(_spot()), (count, 4, 2))


def turned_cards(count: int, random: np.random.Generator) -> Wide:
    """Texture coordinates of `count` cards, each turned or mirrored, so that none repeats."""
    first = random.integers(0, 4, count)
    order = (first[:, None] + np.arange(4)[None]) % 4
    mirrored = random.random(count) < 0.5
    order[mirrored] = order[mirrored, ::-1]
    return np.asarray(CARD[order])


def facing(at: Wide, half: Wide, tilt: float, random: np.random.Generator) -> Wide:
    """Square cards at places (K, 3), half as wide as `half` (K,) metres each.

    They face the patient, leaning by about `tilt` (0 not at all, 1 as much as facing): seen from
    the side a card would be a sliver.
    """
    way = unit(unit(EYE - at) + tilt * random.normal(size=at.shape) / np.sqrt(3.0))
    side = np.cross(way, random.normal(size=at.shape))
    side = unit(side) * half[:, None]
    up = unit(np.cross(way, side)) * half[:, None]
    return np.stack([at - side - up, at + side - up, at + side + up, at - side + up], axis=1)
