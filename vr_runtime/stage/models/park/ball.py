"""Owns a ball that dogs play with, as a model."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.contact import contact
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball

RADIUS_M = 0.045


def build() -> NodePath:
    """The ball as a node to be written: it lies on z = 0, felted, with its seam."""
    root = NodePath("ball")
    mesh = Mesh()
    faces, normals = ball((0.0, 0.0, RADIUS_M), RADIUS_M, 24, 16)
    x, y, z = normals[..., 0], normals[..., 1], normals[..., 2]
    turn = np.arctan2(y, x)
    seam = np.exp(-(((z - 0.55 * np.sin(2.0 * turn)) / 0.07) ** 2))[..., None]
    colour = np.asarray((0.82, 0.86, 0.28)) * (1 - seam) + np.asarray((0.93, 0.93, 0.88)) * seam
    mesh.add(
        faces, normals=normals, colour=colour.astype(np.float32), uv=np.zeros((len(faces), 4, 2))
    )
    mesh.nodes("felt", "mover").reparentTo(root)
    contact((0.07, 0.07)).reparentTo(root)
    return root
