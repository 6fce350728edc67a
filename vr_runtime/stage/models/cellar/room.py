"""Owns the cellar: a brick vault behind the wall with the door, its end, a pipe, a drain."""

from __future__ import annotations

import itertools

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.cellar.plan import (
    AMBIENT,
    BRICK,
    CELLAR_M,
    FOR_MOVERS,
    IRON,
    ROOM_WIDE,
    dimmed,
    section,
    worn,
)
from vr_runtime.stage.models.cellar.vault import BRICK_M, vault
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube


def build() -> NodePath:
    """The cellar as a node to be written."""
    shell = Mesh()
    vault(shell, -CELLAR_M, 0.0, 0.45, wide=ROOM_WIDE)
    _end(shell)
    for x, tone in (
        (ROOM_WIDE / 2 - 0.09, (0.55, 0.48, 0.42)),
        (ROOM_WIDE / 2 - 0.20, (0.46, 0.37, 0.31)),
    ):
        line = [(x, y, 1.92) for y in np.arange(-CELLAR_M, 0.1, 0.9)]
        pipe, normals = tube(line, 0.036, 14)
        shell.add(pipe, normals=normals, colour=tone, open_to_sky=AMBIENT * 1.2)
    drain = tube(
        [
            (ROOM_WIDE / 2 - 0.09, -CELLAR_M + 0.25, 0.0),
            (ROOM_WIDE / 2 - 0.09, -CELLAR_M + 0.25, 1.9),
        ],
        0.036,
        14,
    )
    shell.add(drain[0], normals=drain[1], colour=(0.50, 0.43, 0.38), open_to_sky=AMBIENT)
    low = (-0.18, -1.9, 0.001)
    shell.box(low, (0.18, -1.55, 0.006), colour=IRON, open_to_sky=AMBIENT)
    root = NodePath("cellar")
    shell.nodes("shell", "layered").reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root


def _end(mesh: Mesh) -> None:
    """The wall at the back, in strips up to the vault."""
    profile = section(32, ROOM_WIDE)
    y = -CELLAR_M
    strips = [
        [(a[0], y, 0.0), (b[0], y, 0.0), (b[0], y, b[1]), (a[0], y, a[1])]
        for a, b in itertools.pairwise(profile)
        if b[0] - a[0] > 1e-6
    ]
    faces = np.asarray(strips)[:, ::-1].copy()
    turned = np.cross(faces[0, 1] - faces[0, 0], faces[0, 3] - faces[0, 0])[1] > 0.0
    faces = faces if turned else faces[:, ::-1].copy()
    uv = np.stack([faces[..., 0], faces[..., 2]], axis=-1) / BRICK_M
    mesh.add(faces, picture="brick", colour=worn(faces, BRICK), uv=uv, open_to_sky=dimmed(faces))
