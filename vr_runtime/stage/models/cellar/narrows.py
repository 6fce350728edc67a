"""Owns the face of brick where the passage below ground narrows: what is left open is a vault.

It lies along y = 0 and faces those who come from -y; the opening is as the passage is made. What
reaches beyond the walls of the wider part is hidden by them.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.cellar.plan import (
    AMBIENT,
    BRICK,
    FOR_MOVERS,
    STONE,
    dimmed,
    section,
    worn,
)
from vr_runtime.stage.models.cellar.vault import BRICK_M
from vr_runtime.stage.models.mesh import Mesh

WIDER, HIGHER = 3.2, 1.9
"""How many times as far as the opening the face reaches."""
EDGE = 1.055
"""The same of the blocks of stone around the opening."""
PROUD_M = 0.03
"""So far do the blocks stand out."""


def build() -> NodePath:
    """The face as a node to be written."""
    mesh = Mesh()
    inner = section(32)
    edge = inner * (EDGE, EDGE)
    outer = inner * (WIDER, HIGHER)
    wall = _between(edge, outer, 0.0, 0.0)
    uv = np.stack([wall[..., 0], wall[..., 2]], axis=-1) / BRICK_M
    mesh.add(wall, picture="brick", colour=worn(wall, BRICK), uv=uv, open_to_sky=dimmed(wall))
    for faces, bright in (
        (_between(inner, edge, -PROUD_M, -PROUD_M), 1.35),
        (_between(edge, edge, -PROUD_M, 0.0), 1.0),
        (_between(inner, inner, 0.0, -PROUD_M), 1.0),
    ):
        tone = np.asarray(STONE) * (0.92 + 0.08 * (np.arange(len(faces)) % 2))[:, None, None]
        mesh.add(
            faces,
            picture="concrete",
            colour=np.broadcast_to(tone, (*faces.shape[:2], 3)),
            open_to_sky=AMBIENT * bright,
        )
    root = NodePath("narrows")
    mesh.nodes("narrows", "layered").reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root


def _between(a: np.ndarray, b: np.ndarray, y_a: float, y_b: float) -> np.ndarray:
    """Faces between two outlines (K, 2), of which the first lies at `y_a`, seen from -y."""
    near = np.stack([a[:, 0], np.full(len(a), y_a), a[:, 1]], axis=-1)
    far = np.stack([b[:, 0], np.full(len(b), y_b), b[:, 1]], axis=-1)
    return np.stack([near[:-1], near[1:], far[1:], far[:-1]], axis=1)
