"""Owns drops that stand on the window's pane; knows no window but its size."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.plan import WINDOW_X, WINDOW_Z
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh

EACH = (70, 120, 170)


def drop(
    mesh: Mesh,
    middle: tuple[float, float],
    wide: float,
    tall: float,
    motion: tuple[float, float, float, float] | None = None,
) -> None:
    """One drop, flat on the pane: dark above, below bright with the sky it turns upside down."""
    turn = np.linspace(0.0, 2.0 * np.pi, 9)
    x = middle[0] + wide * np.cos(turn) * (1.0 - 0.25 * np.sin(turn))
    z = middle[1] + tall * np.sin(turn)
    rim = np.stack([x, np.zeros_like(x), z], axis=-1)
    centre = np.asarray((middle[0], 0.0, middle[1]))
    faces = np.stack([np.broadcast_to(centre, (4, 3)), rim[0:-1:2], rim[1::2], rim[2::2]], axis=1)
    light = 0.62 - 0.38 * (faces[..., 2] - middle[1]) / tall
    light[:, 0] = 0.42
    tint = np.asarray((0.92, 0.97, 1.0)) * light[..., None]
    mesh.add(faces, colour=tint, open_to_sky=0.85, motion=motion)


def build() -> NodePath:
    """The drops as a node to be written, the window's middle at the origin; `amount` 0 to 1."""
    root, chance = NodePath("drops"), np.random.default_rng(71)
    half_x = (WINDOW_X[1] - WINDOW_X[0]) / 2 - 0.06
    half_z = (WINDOW_Z[1] - WINDOW_Z[0]) / 2 - 0.06
    for number, count in enumerate(EACH):
        drops = Mesh()
        for _ in range(count):
            at = (chance.uniform(-half_x, half_x), chance.uniform(-half_z, half_z))
            wide = 0.0016 + 0.0034 * chance.random() ** 2
            drop(drops, at, wide, wide * chance.uniform(1.05, 1.5))
        node = drops.nodes(f"drops {number}", "layered")
        node.setTag(DRIVE, driving("amount", "show", (0.02, 0.34, 0.67)[number], 1.0))
        node.reparentTo(root)
    return root
