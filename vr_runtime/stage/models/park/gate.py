"""Owns the leaf of the park's gate as a model."""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.park.plan import leaf


def build() -> NodePath:
    """The leaf as a node to be written: hung at the origin, it reaches along x."""
    root = NodePath("gate")
    mesh = Mesh()
    leaf(mesh)
    mesh.nodes("leaf", "mover").reparentTo(root)
    return root
