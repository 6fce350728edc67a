"""Owns the ring on the ground that says: here one may go. It knows neither walk nor patient."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh, floats

_STEPS = 40
_ABOVE_M = 0.012
_INNER_M, _OUTER_M, _WIDE_M = 0.17, 0.23, 0.28
"""Radii of the ring, and how far it reaches while it is looked at."""
_PALE, _BRIGHT = (0.93, 0.90, 0.74), (1.0, 0.97, 0.62)


def build() -> NodePath:
    """The ring as a node to be written, its middle at the origin."""
    root = NodePath("ring")
    for name, outer, colour, shown in (
        ("rest", _OUTER_M, _PALE, (0.0, 0.5)),
        ("lit", _WIDE_M, _BRIGHT, (0.5001, 1.0)),
    ):
        turn = np.linspace(0.0, 2.0 * np.pi, _STEPS + 1)
        rim = [
            np.stack([r * np.cos(turn), r * np.sin(turn), np.full(turn.shape, _ABOVE_M)], -1)
            for r in (_INNER_M, outer)
        ]
        faces = np.stack([rim[0][:-1], rim[1][:-1], rim[1][1:], rim[0][1:]], axis=1)
        mesh = Mesh()
        mesh.add(floats(faces), colour=colour)
        mesh.add(floats(faces[:, ::-1]), colour=colour)
        node = mesh.nodes(name, "layered")
        node.setTag(DRIVE, driving("lit", "show", *shown))
        node.reparentTo(root)
    return root
