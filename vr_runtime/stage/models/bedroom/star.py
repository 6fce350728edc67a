"""Owns a small star that glows in the dark: it looks along -y, its middle at the origin."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh

RADIUS_M = 0.046
PALE, GLOW = (0.86, 0.90, 0.62), (0.42, 0.50, 0.26)
FOUND, FOUND_GLOW = (1.0, 0.92, 0.62), (0.95, 0.72, 0.34)


def build() -> NodePath:
    """The star as a node to be written; `found` at 1 when it was found: warmer and brighter."""
    root = NodePath("star")
    for name, tint, colour, wide, shown in (
        ("waits", PALE, GLOW, 2.0, (0.0, 0.5)),
        ("found", FOUND, FOUND_GLOW, 3.2, (0.5001, 1.0)),
    ):
        body, glow = Mesh(), Mesh()
        turn = np.pi / 2 + np.arange(11) * np.pi / 5
        reach = np.where(np.arange(11) % 2 == 0, 1.0, 0.46) * RADIUS_M
        rim = np.stack([reach * np.cos(turn), np.zeros(11), reach * np.sin(turn)], axis=-1)
        front = np.asarray((0.0, -0.012, 0.0))
        faces = [[front, rim[k], rim[k + 1], rim[k + 1]] for k in range(10)]
        body.add(np.asarray(faces), colour=tint, open_to_sky=0.5)
        back = [[front * 0.0, rim[k + 1], rim[k], rim[k]] for k in range(10)]
        body.add(np.asarray(back), colour=tint, open_to_sky=0.5)
        corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
        motion = [[(a, b, wide * RADIUS_M, 0.0) for a, b in corners]]
        glow.add([[(0.0, -0.01, 0.0)] * 4], colour=colour, motion=motion)
        for mesh, material in ((body, "layered"), (glow, "glow")):
            node = mesh.nodes(f"{name} {material}", material, moving=material == "glow")
            node.setTag(DRIVE, driving("found", "show", *shown))
            node.reparentTo(root)
    return root
