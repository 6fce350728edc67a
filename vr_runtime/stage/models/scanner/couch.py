"""Owns the part of the table that runs into the tube: its origin is below the patient's eyes.

Metres; the patient's feet lie towards +y. Heights count from the floor.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.scanner.plan import DARK, PAD, SHELL, TABLE_HALF_M, TABLE_TOP
from vr_runtime.stage.models.shapes import ball, tube

HEAD_M, FOOT_M = 0.34, 1.98
"""How far it reaches behind and before the eyes."""


def build() -> NodePath:
    """The moving part of the table as a node to be written."""
    mesh = Mesh()
    a, z = TABLE_HALF_M, TABLE_TOP
    mesh.box(
        (-a - 0.02, -HEAD_M, z - 0.08),
        (a + 0.02, FOOT_M, z - 0.035),
        colour=SHELL,
        open_to_sky=0.72,
        foot=0.45,
        bottom=True,
    )
    # the mattress: soft edges along both sides
    turn = np.linspace(0.0, np.pi, 13)
    half = a - 0.005
    across = [
        (-half, z - 0.036),
        *((-half + 0.02 - 0.02 * np.cos(t / 2), z - 0.018 + 0.018 * np.sin(t / 2)) for t in turn),
        *((half - 0.02 + 0.02 * np.sin(t / 2), z - 0.018 + 0.018 * np.cos(t / 2)) for t in turn),
        (half, z - 0.036),
    ]
    along = np.linspace(-HEAD_M + 0.01, FOOT_M - 0.01, 12)
    grid = np.asarray([[(x, y, h) for x, h in across] for y in along])
    quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
    mesh.add(quads.reshape(-1, 4, 3), picture="fabric", colour=PAD, open_to_sky=0.85)
    for y in (-HEAD_M + 0.01, FOOT_M - 0.01):
        mesh.box((-half, y - 0.004, z - 0.036), (half, y + 0.004, z - 0.002), colour=PAD)
    pillow, normals = ball((0.0, -0.02, z + 0.012), (0.155, 0.20, 0.045), 28, 12)
    mesh.add(pillow, normals=normals, picture="fabric", colour=(0.93, 0.94, 0.93), open_to_sky=0.8)
    for x in (-a - 0.008, a + 0.008):
        rail, normals = tube([(x, -HEAD_M + 0.05, z - 0.03), (x, FOOT_M - 0.05, z - 0.03)], 0.010)
        mesh.add(rail, normals=normals, colour=DARK, open_to_sky=0.6)
    root = NodePath("couch")
    mesh.nodes("couch", "layered").reparentTo(root)
    return root
