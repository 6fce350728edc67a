"""Owns the rain before the bedroom window: streaks that begin again above when they are down."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.plan import HALL, PANE_Y, WINDOW_X
from vr_runtime.stage.models.driven import DRIVE, TRACK, driving
from vr_runtime.stage.models.mesh import Mesh

FALLS_M_S, HIGH_M = 7.0, 11.5
"""How fast it falls, and from how far above its lowest place."""
BROAD_M, NEAR_M, FAR_M = 3.6, 0.35, 7.0
EACH = (130, 205, 340)
"""Streaks that are added at each third of the strength."""
SLANT = 0.06
INDOORS_X, INDOORS_Y = HALL[1][0] - sum(WINDOW_X) / 2 + 0.15, HALL[1][1] - PANE_Y + 0.05
"""Seen from the window's middle, the house goes on west of the first up to the second."""


def build() -> NodePath:
    """The rain as a node to be written; `amount` from 0, dry, to 1."""
    root, chance = NodePath("rain"), np.random.default_rng(44)
    for number, count in enumerate(EACH):
        streaks = Mesh()
        x = chance.uniform(-BROAD_M, BROAD_M, count)
        # as many near as far, as one sees them
        y = NEAR_M * (FAR_M / NEAR_M) ** chance.uniform(0.0, 1.0, count)
        start = chance.uniform(0.0, HIGH_M, count)
        long = chance.uniform(0.16, 0.42, count)
        wide = 0.0016 + 0.0011 * y
        x = x * np.minimum(1.0, 0.35 + y / 4.0)
        # none falls in the hall, which the open door shows
        x = np.where((x < INDOORS_X) & (y < INDOORS_Y), -x, x)
        none = 0.0 * x
        foot = np.stack([x, y, none], axis=-1)
        lean = np.stack([SLANT * long, none, long], axis=-1)
        side = np.stack([wide, none, none], axis=-1)
        corners = [foot - side, foot + side, foot + side + lean, foot - side + lean]
        fade = np.asarray((0.95, 0.95, 0.45, 0.45))
        tint = np.broadcast_to(np.asarray((0.80, 0.86, 0.94)), (count, 4, 3)) * fade[:, None]
        motion = np.stack([none + FALLS_M_S, start, none, none], axis=-1)
        streaks.add(
            np.stack(corners, axis=1),
            colour=tint,
            open_to_sky=1.0,
            motion=np.broadcast_to(motion[:, None], (count, 4, 4)),
        )
        node = streaks.nodes(f"streaks {number}", "falling", moving=True)
        node.setTag(TRACK, str(HIGH_M))
        node.setTag(DRIVE, driving("amount", "show", (0.02, 0.34, 0.67)[number], 1.0))
        node.reparentTo(root)
    return root
