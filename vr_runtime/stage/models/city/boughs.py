"""Owns the wood of trees: trunks and boughs in their bark; knows nothing of leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.city.street import PAVEMENT_Z, Tree
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube

Point = NDArray[np.float64]
_BARK = ("gravel", (0.84, 0.74, 0.64))
_PALE_BARK = ("plaster", (0.66, 0.65, 0.60))
_BARK_LONG_M = 4.0
"""Length of one repetition of the picture; around it goes once, so that it
is drawn out into furrows."""
_UP = np.asarray([0.0, 0.0, 1.0])


@dataclass(frozen=True)
class Limbs:
    """How finely the wood of a tree is made."""

    sides: int
    """Of the trunk."""
    boughs: int


def trunk(
    wood: Mesh,
    what: Tree,
    fork: Point,
    ends: Sequence[Point],
    limbs: Limbs,
    random: np.random.Generator,
    *,
    pale: bool,
) -> None:
    """The trunk of `what` up into its crown, and boughs from above the `fork` towards `ends`."""
    thick = what.height / 9.0
    foot = np.asarray([what.x, what.y, PAVEMENT_Z])
    top = np.asarray([*fork[:2], 0.25 * fork[2] + 0.75 * what.height])
    bow = random.normal(0.0, 0.05, 3) * (1.0, 1.0, 0.0)
    path = [foot, foot + 0.35 * _UP, (foot + fork) / 2 + bow, fork, top]
    # roots widen the foot
    radii = np.asarray([0.27, 0.19, 0.165, 0.145, 0.025]) * thick
    _limb(wood, path, radii, limbs.sides, 0.62, pale=pale)
    # the lowest lumps come first: what bears them is seen from the street
    for end in ends[: 2 * limbs.boughs : 2]:
        start = fork + (top - fork) * random.uniform(-0.06, 0.34)
        inner = start + 0.86 * (end - start)
        bend = (start + inner) / 2 - 0.12 * float(np.linalg.norm(inner - start)) * _UP
        _limb(wood, [start, bend, inner], [0.085 * thick, 0.06 * thick, 0.02], 4, 0.5, pale=pale)


def _limb(
    wood: Mesh,
    path: Sequence[Point],
    radii: Sequence[float] | Point,
    sides: int,
    openness: float,
    *,
    pale: bool,
) -> None:
    corners, normals = tube(path, radii, sides)
    steps = np.linalg.norm(np.diff(np.asarray(path), axis=0), axis=1)
    up = np.concatenate([[0.0], np.cumsum(steps)]) / _BARK_LONG_M
    row, column = np.divmod(np.arange(len(corners)), sides)
    low, high, left, right = up[row], up[row + 1], column / sides, (column + 1) / sides
    around = np.stack([left, right, right, left], axis=-1)
    along = np.stack([low, low, high, high], axis=-1)
    picture, colour = _PALE_BARK if pale else _BARK
    wood.add(
        corners,
        normals=normals,
        uv=np.stack([around, along], axis=-1),
        picture=picture,
        colour=colour,
        open_to_sky=openness,
    )
