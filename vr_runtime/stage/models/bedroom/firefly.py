"""Owns a firefly as a point of soft light, its middle at the origin; it flies where it is led."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh

WAITS, FOUND = ((0.62, 0.80, 0.30), 0.16), ((1.0, 0.86, 0.42), 0.26)
"""Colour and radius in metres, before and after it was found."""


def build() -> NodePath:
    """The firefly as a node to be written; `found` at 1 when it was found."""
    root = NodePath("firefly")
    corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    for (colour, radius), shown in ((WAITS, (0.0, 0.5)), (FOUND, (0.5001, 1.0))):
        glow = Mesh()
        motion = [[(a, b, radius, 0.0) for a, b in corners]]
        glow.add([[(0.0, 0.0, 0.0)] * 4], colour=colour, motion=motion)
        node = glow.nodes(f"glow {radius}", "glow", moving=True)
        node.setTag(DRIVE, driving("found", "show", *shown))
        node.reparentTo(root)
    return root
