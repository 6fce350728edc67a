"""Owns a small torch that stands upright, its foot at the origin and its glass 15 cm above it."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube

BODY, RINGS, GLASS = (0.30, 0.35, 0.42), (0.14, 0.15, 0.17), (0.80, 0.80, 0.74)
PROFILE = (
    (0.0, 0.015), (0.003, 0.017), (0.094, 0.017), (0.112, 0.026), (0.150, 0.026), (0.150, 0.022),
)  # fmt: skip
"""Heights and radii of its outside, in metres."""


def build() -> NodePath:
    """The torch as a node to be written."""
    root, body = NodePath("torch"), Mesh()
    path = [(0.0, 0.0, z + 1e-5 * k) for k, (z, _r) in enumerate(PROFILE)]
    faces, normals = tube(path, [r for _z, r in PROFILE], 20)
    body.add(faces, colour=BODY, open_to_sky=0.5, normals=normals)
    for z in (0.010, 0.088, 0.142):
        wide = float(np.interp(z, *np.transpose(PROFILE[:5]))) + 0.0012
        ring, normals = tube([(0, 0, z), (0, 0, z + 0.006)], wide, 20)
        body.add(ring, colour=RINGS, open_to_sky=0.5, normals=normals)
    glass, normals = tube([(0, 0, 0.149), (0, 0, 0.1495)], (0.022, 0.001), 20)
    body.add(glass, colour=GLASS, open_to_sky=0.8, normals=normals)
    body.nodes("body", "layered").reparentTo(root)
    return root
