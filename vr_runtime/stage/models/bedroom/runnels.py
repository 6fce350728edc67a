"""Owns drops that run down the window's pane, halting and going on, each with its trail above.

A drop that has run out goes on behind the wall and comes again from above, where nobody sees it.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.bedroom.drops import drop
from vr_runtime.stage.models.bedroom.plan import WINDOW_X, WINDOW_Z
from vr_runtime.stage.models.driven import DRIVE, TRACK, driving
from vr_runtime.stage.models.mesh import Mesh

TRAIL_M = 0.16
WAY_M, BELOW_M = 3.4, 0.6
"""How far one runs until it comes again, and how far of it below the pane."""
SLOW_M_S, FAST_M_S = 0.05, 0.28
HALTS_PER_S = (1.6, 3.2)
"""How often one halts, as an angle in radians each second."""
EACH = (3, 5, 6)


def build() -> NodePath:
    """The drops as a node to be written, the window's middle at the origin; `amount` 0 to 1."""
    root, chance = NodePath("runnels"), np.random.default_rng(72)
    half_x = (WINDOW_X[1] - WINDOW_X[0]) / 2 - 0.06
    foot = (WINDOW_Z[0] - WINDOW_Z[1]) / 2 - BELOW_M
    for number, count in enumerate(EACH):
        running = Mesh()
        for _ in range(count):
            speed, halts = chance.uniform(SLOW_M_S, FAST_M_S), chance.uniform(*HALTS_PER_S)
            # it stands still once in each round and never runs upwards
            motion = (speed, chance.uniform(0.0, WAY_M), speed / halts, halts)
            _runnel(running, (chance.uniform(-half_x, half_x), foot), motion)
        node = running.nodes(f"runnels {number}", "falling", moving=True)
        node.setTag(TRACK, str(WAY_M))
        node.setTag(DRIVE, driving("amount", "show", (0.10, 0.34, 0.67)[number], 1.0))
        node.reparentTo(root)
    return root


def _runnel(
    mesh: Mesh, foot: tuple[float, float], motion: tuple[float, float, float, float]
) -> None:
    x, low = foot
    drop(mesh, (x, low + 0.006), 0.0042, 0.0062, motion)
    u = np.linspace(0.0, 1.0, 7)
    bend = x + 0.0022 * np.sin(7.0 * u)
    half = 0.0022 * (1.0 - u) + 0.0004
    below, above = slice(None, -1), slice(1, None)

    def at(part: slice, side: float) -> np.ndarray:
        z = low + 0.008 + TRAIL_M * u[part]
        return np.stack([bend[part] + side * half[part], 0.0 * z + 0.0004, z], axis=-1)

    faces = np.stack([at(below, -1.0), at(below, 1.0), at(above, 1.0), at(above, -1.0)], axis=1)
    tint = np.broadcast_to(np.asarray((0.44, 0.48, 0.52)), faces.shape)
    mesh.add(faces, colour=tint, open_to_sky=0.7, motion=motion)
