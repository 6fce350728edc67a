"""Owns a torch that lies on a crate and points along y: its origin is on the floor below.

"lit" lets its glass be seen to burn: 0 dark to 1; it gives no light by itself.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.cellar.plan import AMBIENT, FOR_MOVERS
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, tube

HIGH_M = 0.42
HEAD_M = 0.13
"""Where the glass is, in metres along y."""


def build() -> NodePath:
    """Crate and torch as a node to be written."""
    mesh, lit = Mesh(), Mesh()
    wood, chance = np.asarray((0.62, 0.54, 0.44)), np.random.default_rng(2240)
    a = 0.17
    for k in range(4):
        low, high = k * 0.105 + 0.003, (k + 1) * 0.105 - 0.003
        tone = wood * chance.uniform(0.85, 1.05)
        mesh.box((-a, -a, low), (a, a, high), picture="wood", colour=tone, open_to_sky=AMBIENT)
    for x in (-a, a - 0.04):
        for y in (-a - 0.008, a - 0.032):
            mesh.box(
                (x, y, 0.0),
                (x + 0.04, y + 0.04, HIGH_M),
                picture="wood",
                colour=wood * 0.8,
                open_to_sky=AMBIENT,
            )
    z = HIGH_M + 0.026
    path = [(0.0, -0.10, z), (0.0, 0.06, z), (0.0, 0.085, z), (0.0, HEAD_M, z)]
    body, normals = tube(path, [0.018, 0.018, 0.030, 0.032], 18, beside=(0.0, 0.0, 1.0))
    mesh.add(body, normals=normals, colour=(0.22, 0.23, 0.25), open_to_sky=AMBIENT)
    end, normals = ball((0.0, -0.10, z), (0.018, 0.006, 0.018), 16, 8)
    mesh.add(end, normals=normals, colour=(0.22, 0.23, 0.25), open_to_sky=AMBIENT)
    glass, normals = ball((0.0, HEAD_M, z), (0.030, 0.006, 0.030), 18, 8)
    mesh.add(glass, normals=normals, colour=(0.50, 0.50, 0.48), open_to_sky=AMBIENT)
    hot, normals = ball((0.0, HEAD_M, z), (0.031, 0.008, 0.031), 18, 8)
    lit.add(hot, normals=normals, colour=(1.0, 0.97, 0.86))
    root = NodePath("torch")
    mesh.nodes("crate", "layered").reparentTo(root)
    glow = lit.nodes("glow", "layered")
    glow.setTag(DRIVE, driving("lit", "alpha", 0.0, 1.0))
    glow.reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root
