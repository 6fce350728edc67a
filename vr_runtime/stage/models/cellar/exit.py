"""Owns the way out at the end of the passage: an arch, and steps up into daylight.

Its origin is on the floor below the arch, the steps go up towards y.
"""

from __future__ import annotations

import itertools

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.cellar.plan import BRICK, FOR_MOVERS, HIGH, STONE, WIDE, worn
from vr_runtime.stage.models.cellar.vault import BRICK_M
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.resting.furnisher import sheet

HALF_M, LONG_M, STEPS = 0.66, 2.4, 8
RISE_M, TREAD_M = 0.17, 0.30
OPEN_HIGH_M = 2.12


def build() -> NodePath:
    """Arch, steps and the light above them as a node to be written."""
    mesh = Mesh()
    _wall(mesh)
    for k in range(STEPS):
        y, z = 0.20 + k * TREAD_M, (k + 1) * RISE_M
        bright = 0.36 + 0.64 * (k + 1) / STEPS
        tone = np.asarray(STONE) * (0.92 + 0.06 * (k % 2))
        front = sheet((-HALF_M, y, z - RISE_M), (2 * HALF_M, 0, 0), (0, 0, RISE_M), 0.4)
        mesh.add(front, picture="concrete", colour=tone * 0.8, open_to_sky=0.7 * bright)
        top = sheet((-HALF_M, y, z), (2 * HALF_M, 0, 0), (0, TREAD_M, 0), 0.4)
        mesh.add(top, picture="concrete", colour=tone, open_to_sky=bright)
    for x, along in ((-HALF_M, 1.0), (HALF_M, -1.0)):
        start = 0.0 if along > 0 else LONG_M + 0.2
        side = sheet((x, start, 0), (0, along * (LONG_M + 0.2), 0), (0, 0, 4.6), 0.35)
        uv = side[..., 1:] / BRICK_M
        share = side[..., 1] / LONG_M
        light = np.clip(0.22 + 0.40 * share + 0.22 * np.maximum(side[..., 2] - 1.2, 0.0), 0, 1)
        mesh.add(side, picture="brick", colour=worn(side, BRICK), uv=uv, open_to_sky=light)
        rail, normals = tube(
            [(x * 0.90, 0.3, 1.0), (x * 0.90, LONG_M, 1.0 + LONG_M * RISE_M / TREAD_M)], 0.018, 10
        )
        mesh.add(rail, normals=normals, colour=(0.30, 0.32, 0.33), open_to_sky=0.5)
    # the sky above the last step, pale and bright, and a line of green before it
    end, rise = LONG_M + 0.2, STEPS * RISE_M
    sky = sheet((-1.6, end + 1.5, rise - 0.6), (3.2, 0, 0), (0, 0, 3.4), 0.4)
    high = np.clip((sky[..., 2:] - rise) / 2.4, 0.0, 1.0)
    pale = np.asarray((1.0, 1.0, 0.99)) * (1 - high) + np.asarray((0.80, 0.91, 1.0)) * high
    mesh.add(sky, colour=pale)
    hedge = sheet((-1.6, end + 1.2, rise - 0.1), (3.2, 0, 0), (0, 0, 0.55), 0.2)
    mesh.add(hedge, picture="hedge", colour=(0.95, 1.0, 0.85), open_to_sky=0.9)
    ground = sheet((-1.6, end, rise), (3.2, 0, 0), (0, 1.5, 0), 0.4)
    mesh.add(ground, picture="paving", colour=(1.0, 0.99, 0.96), open_to_sky=1.0)
    root = NodePath("exit")
    mesh.nodes("exit", "layered").reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root


def _wall(mesh: Mesh) -> None:
    """The end of the passage around its opening, and the soffit of the arch."""
    half, arc = WIDE / 2 + 0.3, []
    for a in np.linspace(np.pi, 0.0, 17):
        arc.append((HALF_M * np.cos(a), OPEN_HIGH_M - 0.35 + 0.35 * np.sin(a)))
    top = HIGH + 0.4
    parts = [
        [(-half, 0.0), (-HALF_M, 0.0), (-HALF_M, top), (-half, top)],
        [(HALF_M, 0.0), (half, 0.0), (half, top), (HALF_M, top)],
    ]
    parts += [[a, b, (b[0], top), (a[0], top)] for a, b in itertools.pairwise(arc)]
    flat = np.asarray(parts)
    faces = np.stack([flat[..., 0], np.zeros(flat.shape[:2]), flat[..., 1]], axis=-1)
    uv = flat / BRICK_M
    mesh.add(faces, picture="brick", colour=worn(faces, BRICK), uv=uv, open_to_sky=0.17)
    line = [(-HALF_M, 0.0), *arc, (HALF_M, 0.0)]
    for a, b in itertools.pairwise(line):
        lining = [(a[0], 0.0, a[1]), (a[0], 0.24, a[1]), (b[0], 0.24, b[1]), (b[0], 0.0, b[1])]
        mesh.add([lining[::-1]], picture="concrete", colour=STONE, open_to_sky=0.34)
        mesh.add([lining], picture="concrete", colour=STONE, open_to_sky=0.34)
