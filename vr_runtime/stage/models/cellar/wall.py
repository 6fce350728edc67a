"""Owns the wall between cellar and passage with its doorway of stone; it hangs no door."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.cellar.plan import (
    AMBIENT,
    BRICK,
    DOOR_HALF,
    DOOR_HIGH,
    FOR_MOVERS,
    STONE,
    WALL_M,
    dimmed,
    worn,
)
from vr_runtime.stage.models.cellar.vault import BRICK_M
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.furnisher import sheet

HALF_M, HIGH_M = 1.9, 2.9


def build() -> NodePath:
    """The wall as a node to be written."""
    mesh = Mesh()
    for y, side in ((0.0, -1.0), (WALL_M, 1.0)):
        for x0, x1, z0, z1 in (
            (-HALF_M, -DOOR_HALF, 0.0, HIGH_M),
            (DOOR_HALF, HALF_M, 0.0, HIGH_M),
            (-DOOR_HALF, DOOR_HALF, DOOR_HIGH, HIGH_M),
        ):
            start, along = (x0, x1 - x0) if side < 0.0 else (x1, x0 - x1)
            part = sheet((start, y, z0), (along, 0, 0), (0, 0, z1 - z0), 0.25)
            uv = np.stack([part[..., 0], part[..., 2]], axis=-1) / BRICK_M
            light = dimmed(part)
            mesh.add(part, picture="brick", colour=worn(part, BRICK), uv=uv, open_to_sky=light)
    _frame(mesh)
    root = NodePath("wall")
    mesh.nodes("wall", "layered").reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root


def _frame(mesh: Mesh) -> None:
    """Blocks of stone around the doorway, a lintel, a worn sill."""
    deep = (-0.025, WALL_M + 0.025)
    blocks = 6
    tall = DOOR_HIGH / blocks
    chance = np.random.default_rng(2210)
    for side in (-1.0, 1.0):
        for k in range(blocks):
            long = 0.20 if k % 2 else 0.14
            x = sorted((side * DOOR_HALF, side * (DOOR_HALF + long)))
            tone = np.asarray(STONE) * chance.uniform(0.86, 1.0)
            mesh.box(
                (x[0], deep[0], k * tall + 0.004),
                (x[1], deep[1], (k + 1) * tall - 0.004),
                picture="concrete",
                colour=tone,
                open_to_sky=AMBIENT,
                bottom=True,
            )
    half = DOOR_HALF + 0.20
    low, high = (-half, deep[0] - 0.004, DOOR_HIGH), (half, deep[1] + 0.004, DOOR_HIGH + 0.24)
    mesh.box(low, high, picture="concrete", colour=STONE, open_to_sky=AMBIENT, bottom=True)
    mesh.box(
        (-DOOR_HALF, deep[0], 0.0),
        (DOOR_HALF, deep[1], 0.022),
        picture="concrete",
        colour=np.asarray(STONE) * 0.85,
        open_to_sky=AMBIENT,
    )
