"""Owns a sheet of stiff card, flat, its middle at the origin; knows nothing of its use."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.contact import framed
from vr_runtime.stage.models.mesh import Mesh

WIDE_M, DEEP_M, THICK_M = 0.21, 0.21, 0.0012


def build() -> NodePath:
    """The card as a node to be written."""
    root = NodePath("card")
    sheet = Mesh()
    a, b = WIDE_M / 2, DEEP_M / 2
    low, high = (-a, -b, 0.0004), (a, b, THICK_M)
    sheet.box(low, high, picture="plain", colour=(0.93, 0.90, 0.82), bottom=True)
    for k in range(5):
        y = b - 0.03 - 0.016 * k
        long = 0.10 + 0.012 * ((k * 3) % 4)
        line = [(-a + 0.02, y, THICK_M + 0.0002), (-a + 0.02 + long, y, THICK_M + 0.0002)]
        line += [
            (-a + 0.02 + long, y + 0.003, THICK_M + 0.0002),
            (-a + 0.02, y + 0.003, THICK_M + 0.0002),
        ]
        sheet.add([line], colour=(0.52, 0.55, 0.60))
    sheet.nodes("sheet", "mover").reparentTo(root)
    below = Mesh()
    framed(below, (0.001, -0.001), (a - 0.002, b - 0.002), z=0.0003, wide=0.010, dark=0.42)
    below.nodes("below", "shade", moving=True).reparentTo(root)
    return root
