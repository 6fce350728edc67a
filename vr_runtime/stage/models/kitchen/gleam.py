"""Owns the gleam of a window on round glass, by which one sees that there is glass.

It lies at the left in front: half way between the window, or the sun, and whoever sits before it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import lattice

LEFT_IN_FRONT = 222.0
"""Degrees, from the right by way of behind."""
_PANES = ((-11.0, -1.5), (1.5, 9.0))
"""The two leaves of the window, degrees from the middle of the gleam."""
_OFF_M = 0.0006


def gleam(profile: Sequence[tuple[float, float]], name: str = "gleam") -> NodePath:
    """Pale strips on a wall turned on a wheel, as a node.

    Args:
        profile: (radius, height) in metres from below upwards, of the part that gleams.
        name: of the node.
    """
    mesh = Mesh()
    rows = np.asarray(profile, dtype=float)
    for low, high in _PANES:
        _strip(mesh, rows, LEFT_IN_FRONT + low, LEFT_IN_FRONT + high)
    # the far wall mirrors it once more, thinner
    _strip(mesh, rows, LEFT_IN_FRONT - 176.0, LEFT_IN_FRONT - 172.0)
    return mesh.nodes(name, "frosted_glass")


def ring(radius: float, z: float, thick: float, name: str = "ring") -> NodePath:
    """The pale line of light in the edge of a glass: `thick` metres, at the height `z`."""
    mesh = Mesh()
    turn = np.linspace(0.0, 2 * np.pi, 45)
    edge = np.asarray([(-1.0, 0.0), (-0.2, 0.9), (0.6, 0.6), (0.9, -0.3)]) * (0.5 * thick)
    rings = np.stack(
        [
            (radius + edge[:, :1]) * np.cos(turn),
            (radius + edge[:, :1]) * np.sin(turn),
            np.broadcast_to(z + edge[:, 1:], (len(edge), len(turn))),
        ],
        axis=-1,
    )
    faces, normals = lattice(rings[::-1].astype(np.float32))
    mesh.add(faces, normals=normals)
    return mesh.nodes(name, "frosted_glass")


def _strip(mesh: Mesh, rows: np.ndarray, start: float, end: float) -> None:
    turn = np.radians(np.linspace(start, end, 4))
    out = rows[:, :1] + _OFF_M
    rings = np.stack(
        [
            out * np.cos(turn),
            out * np.sin(turn),
            np.broadcast_to(rows[:, 1:], (len(rows), len(turn))),
        ],
        axis=-1,
    )
    faces, normals = lattice(rings.astype(np.float32))
    mesh.add(faces, normals=normals)
