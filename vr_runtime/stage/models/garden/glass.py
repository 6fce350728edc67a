"""Owns a glass of lemonade with ice, a slice of lemon and a straw; its foot at the origin."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.contact import contact
from vr_runtime.stage.models.garden.food import lemon
from vr_runtime.stage.models.garden.laid import Laid
from vr_runtime.stage.models.kitchen.gleam import gleam
from vr_runtime.stage.models.mesh import floats
from vr_runtime.stage.models.shapes import ball

RADIUS_M, HIGH_M = 0.036, 0.135


def build() -> NodePath:
    """The glass as a node to be written."""
    root = NodePath("glass")
    laid, at = Laid(), (0.0, 0.0, 0.0)
    laid.blown(at, [(0.0290, 0.010), (0.0310, 0.05), (0.0345, 0.10), (RADIUS_M, HIGH_M)], around=48)
    laid.blown(at, [(0.0, 0.001), (0.027, 0.001), (0.0292, 0.004), (0.0290, 0.012), (0.0, 0.012)],
               own=0.55, around=48)  # fmt: skip
    laid.blown(at, [(0.0352, 0.1335), (0.0362, 0.1352), (0.0350, 0.1368), (0.0342, 0.1350)],
               own=0.32, around=48)  # fmt: skip
    drink = [(0.0, 0.0125), (0.0278, 0.0128), (0.0298, 0.05), (0.0330, 0.104), (0.0, 0.105)]
    laid.blown(at, drink, milky=True, colour=(1.0, 0.94, 0.58), around=48)
    for k, (x, y, z) in enumerate(
        ((0.010, 0.008, 0.100), (-0.013, 0.004, 0.094), (0.002, -0.015, 0.098))
    ):
        _ice(laid, (x, y, z), 0.7 * k)
    for turn, z in ((1.2, 0.060), (3.6, 0.035), (5.2, 0.080)):
        bubble, normals = ball((0.024 * np.cos(turn), 0.024 * np.sin(turn), z), 0.0012, 8, 6)
        laid.clear.add(bubble, normals=normals, open_to_sky=0.8)
    lemon(laid, (0.036, -0.004, HIGH_M + 0.002), 0.023, tilt=1.45, turn=1.25)
    straw = [(-0.012, 0.012, 0.016), (0.010, 0.024, 0.165), (-0.004, 0.034, 0.205)]
    laid.rod(straw, 0.0032, (0.93, 0.93, 0.90), sides=12)
    for t in np.linspace(0.62, 0.98, 6):
        a = np.asarray(straw[0]) + t * (np.asarray(straw[1]) - np.asarray(straw[0]))
        b = a + 0.035 * (np.asarray(straw[1]) - np.asarray(straw[0]))
        laid.rod([tuple(a), tuple(b)], 0.0034, (0.80, 0.28, 0.26), sides=12)
    for turn in (0.3, 1.9, 3.4):
        leaf, normals = ball((0.010 * np.cos(turn), 0.010 * np.sin(turn) - 0.012, 0.118),
                             (0.013, 0.008, 0.0025), 12, 8)  # fmt: skip
        laid.add(floats(leaf), (0.36, 0.56, 0.26), normals=normals)
    laid.nodes(root, moves=True)
    gleam([(0.0308, 0.040), (0.0345, 0.100), (0.0358, 0.128)]).reparentTo(root)
    contact((0.070, 0.062), dark=0.42, aside=(0.018, 0.014), above=0.0012).reparentTo(root)
    return root


def _ice(laid: Laid, at: tuple[float, float, float], turn: float) -> None:
    """A cube with round edges, mostly below the surface."""
    faces, normals = ball((0.0, 0.0, 0.0), 1.0, 16, 12)
    cube = np.sign(faces) * np.abs(faces) ** 0.45 * 0.0105
    c, s = np.cos(turn), np.sin(turn)
    spun = np.stack(
        [c * cube[..., 0] - s * cube[..., 1], s * cube[..., 0] + c * cube[..., 1], cube[..., 2]],
        axis=-1,
    )
    laid.clear.add(floats(spun + np.asarray(at)), normals=normals, open_to_sky=0.86)
