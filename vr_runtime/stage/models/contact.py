"""Owns the soft dark spot where something that goes about touches the ground; knows no animal.

It is there at every quality: without it feet and paws seem to float.
"""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh

ABOVE_M = 0.004
"""Metres above what it stands on, so that the two never fight for a pixel."""


def contact(half: tuple[float, float], *, dark: float = 0.5) -> NodePath:
    """A spot to be put below a model, its middle at the model's origin.

    Args:
        half: half its width and half its length, in metres; it fades from 45 % outwards.
        dark: how much light it takes in its middle, 0 to 1.
    """
    a, b = half
    spot = Mesh()
    sheet = [[(-a, -b, ABOVE_M), (a, -b, ABOVE_M), (a, b, ABOVE_M), (-a, b, ABOVE_M)]]
    spot.add(
        sheet,
        uv=[[(-1, -1), (1, -1), (1, 1), (-1, 1)]],
        open_to_sky=dark,
        motion=(0.0, 0.0, 0.0, 0.0),
    )
    return spot.nodes("contact", "shade", moving=True)
