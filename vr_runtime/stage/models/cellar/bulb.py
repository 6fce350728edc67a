"""Owns a bare bulb on its wire: its origin is where the wire leaves the ceiling.

"lit" lets it be seen to burn: 0 dark to 1; it gives no light by itself.
"""

from __future__ import annotations

from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.cellar.plan import AMBIENT, FOR_MOVERS
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.kitchen.things import wheel
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube

DROP_M = 0.34
_GLASS = [
    (0.0, -0.052),
    (0.018, -0.049),
    (0.029, -0.034),
    (0.031, -0.018),
    (0.022, 0.008),
    (0.014, 0.022),
]


def build() -> NodePath:
    """The bulb as a node to be written."""
    cold, lit = Mesh(), Mesh()
    wire, normals = tube([(0.0, 0.0, 0.02), (0.0, 0.0, -DROP_M + 0.05)], 0.004, 8)
    cold.add(wire, normals=normals, colour=(0.16, 0.15, 0.14), open_to_sky=AMBIENT)
    socket = [(0.015, 0.018), (0.020, 0.024), (0.020, 0.062), (0.010, 0.070), (0.0, 0.070)]
    faces, normals = wheel((0.0, 0.0, -DROP_M), socket, 18)
    cold.add(faces, normals=normals, colour=(0.20, 0.17, 0.14), open_to_sky=AMBIENT)
    faces, normals = wheel((0.0, 0.0, -DROP_M), _GLASS, 22)
    cold.add(faces, normals=normals, colour=(0.52, 0.50, 0.46), open_to_sky=AMBIENT)
    hot = [(radius * 1.02, high) for radius, high in _GLASS]
    faces, normals = wheel((0.0, 0.0, -DROP_M), hot, 22)
    lit.add(faces, normals=normals, colour=(1.0, 0.95, 0.80))
    root = NodePath("bulb")
    cold.nodes("cold", "layered").reparentTo(root)
    # its light is its own: as bright as white can be shown, wherever it hangs
    glow = lit.nodes("lit", "layered")
    glow.setTag(DRIVE, driving("lit", "alpha", 0.0, 1.0))
    glow.reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root
