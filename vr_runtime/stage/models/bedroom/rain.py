"""Owns the rain that is seen outside the window: streaks that whoever places it lets fall.

It is the same again every `AGAIN_M`: moved down by so much it looks as it did.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh

AGAIN_M, HIGH_M = 6.0, 5.5
BROAD_M, NEAR_M, FAR_M = 3.6, 0.35, 7.0
EACH = (70, 110, 180)
"""Streaks in one stretch of `AGAIN_M` that are added at each third of the strength."""
SLANT = 0.06


def build() -> NodePath:
    """The rain as a node to be written; `amount` from 0, dry, to 1."""
    root, chance = NodePath("rain"), np.random.default_rng(44)
    for number, count in enumerate(EACH):
        streaks = Mesh()
        x = chance.uniform(-BROAD_M, BROAD_M, count)
        # as many near as far, as one sees them
        y = NEAR_M * (FAR_M / NEAR_M) ** chance.uniform(0.0, 1.0, count)
        z = chance.uniform(0.0, AGAIN_M, count)
        long = chance.uniform(0.16, 0.42, count)
        wide = 0.0016 + 0.0011 * y
        x = x * np.minimum(1.0, 0.35 + y / 4.0)
        for again in (0.0, AGAIN_M):
            foot = np.stack([x, y, z + again], axis=-1)
            keep = foot[:, 2] < HIGH_M + AGAIN_M
            lean = np.stack([SLANT * long, 0.0 * long, long], axis=-1)
            side = np.stack([wide, 0.0 * wide, 0.0 * wide], axis=-1)
            faces = np.stack(
                [foot - side, foot + side, foot + side + lean, foot - side + lean], axis=1
            )
            fade = np.asarray((0.95, 0.95, 0.45, 0.45))
            tint = np.broadcast_to(np.asarray((0.80, 0.86, 0.94)), (count, 4, 3)) * fade[:, None]
            streaks.add(faces[keep], colour=tint[keep], open_to_sky=1.0)
        node = streaks.nodes(f"streaks {number}", "layered")
        node.setTag(DRIVE, driving("amount", "show", (0.02, 0.34, 0.67)[number], 1.0))
        node.reparentTo(root)
    return root
