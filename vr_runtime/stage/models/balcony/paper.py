"""Owns a sheet of paper that the wind has bent; knows nothing of its way. It lies level."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh, floats
from vr_runtime.stage.models.shapes import lattice

_HALF_M = (0.21, 0.148)
"""Half its length and half its width: a page of a newspaper, folded once."""
_BENT_M = 0.05
_COLOUR = (0.90, 0.89, 0.85)
_INK = (0.42, 0.42, 0.43)


def build() -> NodePath:
    """The sheet as a node to be written."""
    root = NodePath("paper")
    along = np.linspace(-1.0, 1.0, 9)
    across = np.linspace(-1.0, 1.0, 6)
    x, y = np.meshgrid(across * _HALF_M[1], along * _HALF_M[0])
    z = _BENT_M * (np.cos(2.4 * y / _HALF_M[0]) + 0.3 * np.sin(5.0 * x))
    faces, normals = lattice(floats(np.stack([x, y, z], -1)))
    sheet = Mesh()
    # columns of print, told apart from far only as a greyer middle
    middle = np.abs(faces[..., 0].mean(axis=1)) < 0.75 * _HALF_M[1]
    inner = np.abs(faces[..., 1].mean(axis=1)) < 0.8 * _HALF_M[0]
    printed = (middle & inner)[:, None, None]
    ink = 0.5 * np.asarray(_COLOUR) + 0.5 * np.asarray(_INK)
    colour = floats(np.where(printed, ink, np.asarray(_COLOUR)))
    sheet.add(faces, normals=normals, colour=colour)
    sheet.add(faces[:, ::-1], normals=-normals[:, ::-1], colour=colour, open_to_sky=0.7)
    sheet.nodes("sheet", "mover").reparentTo(root)
    return root
