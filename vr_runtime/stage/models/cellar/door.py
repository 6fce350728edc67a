"""Owns the cellar's door of oak boards with iron straps: it hangs on the left, its hinge at the
origin, and is shut at heading 0; seen from y below 0 it opens away.

"bolt" tells whether its bolt is drawn across: 0 free to 1 locked.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.cellar.plan import DOOR_HALF, DOOR_HIGH, IRON, OAK
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, tube

WIDE_M, HIGH_M, THICK_M = 2.0 * DOOR_HALF - 0.012, DOOR_HIGH - 0.03, 0.05
LIGHT = 0.85
"""Openness of what goes about: how dark the place is comes from the place."""


def build() -> NodePath:
    """The door as a node to be written."""
    leaf, bolt = Mesh(), Mesh()
    boards = 6
    wide = WIDE_M / boards
    chance = np.random.default_rng(2220)
    for k in range(boards):
        low, high = (k * wide + 0.002, 0.0, 0.025), ((k + 1) * wide - 0.002, THICK_M, HIGH_M)
        tone = np.asarray(OAK) * chance.uniform(0.88, 1.06)
        # the grain runs up each board
        piece = Mesh()
        piece.box(low, high, bottom=True)
        rows = piece.packed()
        place = rows["v"].copy()
        own = chance.integers(8)
        part = (own + 0.25 + 0.5 * (place[..., 0] - low[0]) / wide) / 8.0
        uv = np.stack([place[..., 2] * 0.36 + 0.13 * own, part], axis=-1)
        leaf.add(place, picture="wood", colour=tone, normals=rows["n"], uv=uv, open_to_sky=LIGHT)
    # cleats behind: no light comes through between the boards
    leaf.box(
        (0.004, 0.024, 0.03), (WIDE_M - 0.004, 0.034, HIGH_M - 0.004), colour=(0.10, 0.08, 0.07)
    )
    for z in (0.30, 1.02, 1.56):
        for y in (-0.007, THICK_M):
            low, high = (0.0, y, z), (WIDE_M * 0.86, y + 0.007, z + 0.055)
            leaf.box(low, high, colour=IRON, open_to_sky=LIGHT, bottom=True)
        for k in range(boards - 1):
            at = ((k + 0.5) * wide, -0.009, z + 0.0275)
            nail, normals = ball(at, (0.012, 0.006, 0.012), 12, 6)
            leaf.add(nail, normals=normals, colour=np.asarray(IRON) * 1.2, open_to_sky=LIGHT)
    x = WIDE_M - 0.09
    leaf.box(
        (x - 0.05, -0.012, 0.80), (x + 0.05, 0.0, 0.98), colour=IRON, open_to_sky=LIGHT, bottom=True
    )
    grip, normals = tube([(x, -0.012, 0.94), (x, -0.06, 0.94), (x - 0.11, -0.06, 0.94)], 0.010, 10)
    leaf.add(grip, normals=normals, colour=np.asarray(IRON) * 1.3, open_to_sky=LIGHT)
    hole, normals = ball((x, -0.012, 0.845), (0.010, 0.003, 0.017), 12, 6)
    leaf.add(hole, normals=normals, colour=(0.05, 0.05, 0.05), open_to_sky=LIGHT)
    for at_x in (WIDE_M - 0.20, WIDE_M - 0.06):
        leaf.box(
            (at_x - 0.015, -0.032, 1.195),
            (at_x + 0.015, 0.0, 1.245),
            colour=IRON,
            open_to_sky=LIGHT,
            bottom=True,
        )
    rod, normals = tube([(WIDE_M - 0.25, -0.020, 1.22), (WIDE_M - 0.02, -0.020, 1.22)], 0.011, 12)
    bolt.add(rod, normals=normals, colour=np.asarray(IRON) * 1.7, open_to_sky=LIGHT)
    knob, normals = ball((WIDE_M - 0.13, -0.048, 1.22), (0.014, 0.020, 0.014), 14, 8)
    bolt.add(knob, normals=normals, colour=np.asarray(IRON) * 1.7, open_to_sky=LIGHT)
    root = NodePath("door")
    leaf.nodes("leaf", "layered").reparentTo(root)
    rods = bolt.nodes("bolt", "layered")
    rods.setTag(DRIVE, driving("bolt", "x", -0.075, 0.055))
    rods.reparentTo(root)
    return root
