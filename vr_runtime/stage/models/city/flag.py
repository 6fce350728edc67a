"""Owns a flag on a pole that leans out of a wall; knows no wall. The shader lets it fly."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, tube

_LONG = 2.0
_TIP = (-1.9, -2.0, 1.9)
"""It leans out and aside, so that the cloth is seen from the front also where it hangs."""
_FOOT = 0.44
"""Where on the pole, 0 its foot and 1 its tip, the cloth begins."""
_BANDS = ((0.36, 0.46, 0.56), (0.84, 0.82, 0.77), (0.66, 0.46, 0.37))


def _on_pole(part: float) -> tuple[float, float, float]:
    return (_TIP[0] * part, _TIP[1] * part, _TIP[2] * part)


def _beside(out: float, part: float) -> tuple[float, float, float]:
    x, y, z = _on_pole(part)
    return (x + 0.02 + out * _LONG, y, z)


def build() -> NodePath:
    """The flag as a node to be written."""
    root = NodePath("flag")
    pole = Mesh()
    faces, normals = tube([_on_pole(-0.02), _on_pole(1.04)], [0.030, 0.022], 8)
    pole.add(faces, normals=normals, picture="steel", colour=(0.62, 0.63, 0.64))
    knob, normals = ball(_on_pole(1.05), 0.045, 8, 6)
    pole.add(knob, normals=normals, colour=(0.80, 0.66, 0.32))
    pole.nodes("pole", "layered").reparentTo(root)
    cloth = Mesh()
    columns, rows = 22, 6
    u = np.linspace(0.0, 1.0, columns + 1)
    w = np.linspace(0.0, 1.0, rows + 1)
    for c in range(columns):
        for r in range(rows):
            a, b, low, high = u[c], u[c + 1], w[r], w[r + 1]
            corner = [(a, low), (b, low), (b, high), (a, high)]
            x = [_beside(p, _FOOT + q * (0.98 - _FOOT)) for p, q in corner]
            motion = [[(p * _LONG, q * 0.9, p, 0.0) for p, q in corner]]
            colour = _BANDS[min(2, r * 3 // rows)]
            cloth.add([x], picture="fabric", colour=colour, motion=motion)
    cloth.nodes("cloth", "cloth", moving=True).reparentTo(root)
    return root
