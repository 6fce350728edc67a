"""Owns the passage below ground: a brick vault along y with pipes and lamps in its roof.

"lit" lets its lamps be seen to burn: 0 dark to 1; it gives no light by itself.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.cellar.plan import (
    AMBIENT,
    FOR_MOVERS,
    HIGH,
    IRON,
    PASSAGE_M,
    WALL_M,
    WIDE,
)
from vr_runtime.stage.models.cellar.vault import vault
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, tube

LAMPS_Y = tuple(2.0 + 4.0 * k for k in range(7))
"""Where its lamps hang, in metres from the wall with the door."""


def build() -> NodePath:
    """The passage as a node to be written."""
    shell, lit = Mesh(), Mesh()
    vault(shell, WALL_M, PASSAGE_M, washed=True)
    _pipes(shell)
    for y in LAMPS_Y:
        z = HIGH - 0.05
        dome, normals = ball((0.0, y, z), (0.085, 0.15, 0.055), 20, 10)
        shell.add(dome, normals=normals, colour=(0.62, 0.60, 0.55), open_to_sky=AMBIENT * 1.5)
        glow, normals = ball((0.0, y, z), (0.087, 0.152, 0.057), 20, 10)
        lit.add(glow, normals=normals, colour=(1.0, 0.93, 0.76))
        for turn in (-0.09, 0.0, 0.09):
            arc = [
                (0.10 * np.cos(a), y + turn, z - 0.068 * np.sin(a))
                for a in np.linspace(0.0, np.pi, 9)
            ]
            wire, normals = tube(arc, 0.004, 6, beside=(0.0, 1.0, 0.0))
            shell.add(wire, normals=normals, colour=IRON, open_to_sky=AMBIENT)
    root = NodePath("passage")
    shell.nodes("shell", "layered", tile_m=8.0).reparentTo(root)
    lamps = lit.nodes("lamps", "layered")
    lamps.setTag(DRIVE, driving("lit", "alpha", 0.0, 1.0))
    lamps.reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root


def _pipes(mesh: Mesh) -> None:
    """Two pipes along the left wall below the vault, with clamps; a cable beside them."""
    x = -WIDE / 2
    for out, z, wide, tone in (
        (0.10, 1.86, 0.050, (0.56, 0.50, 0.44)),
        (0.085, 1.70, 0.030, (0.50, 0.40, 0.34)),
        (0.055, 1.60, 0.010, (0.20, 0.20, 0.20)),
    ):
        line = [(x + out, y, z) for y in np.arange(WALL_M, PASSAGE_M + 0.1, 1.5)]
        pipe, normals = tube(line, wide, 14)
        mesh.add(pipe, normals=normals, colour=tone, open_to_sky=AMBIENT * 1.2)
        for y in np.arange(1.4, PASSAGE_M, 2.4):
            ring, normals = tube([(x + out, y - 0.02, z), (x + out, y + 0.02, z)], wide + 0.008, 14)
            mesh.add(ring, normals=normals, colour=IRON, open_to_sky=AMBIENT)
            low = (x, y - 0.012, z - 0.012)
            mesh.box(low, (x + out, y + 0.012, z + 0.012), colour=IRON, open_to_sky=AMBIENT)
