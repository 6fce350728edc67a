"""Owns the scanner's body as it is seen in its room: the shell around the tube; not the tube."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.mesh import Array
from vr_runtime.stage.models.scanner.plan import (
    AXIS_Z,
    BAND,
    DARK,
    GANTRY_TOP,
    SHELL,
    TABLE_TOP,
    TUBE_LONG_M,
)
from vr_runtime.stage.models.shapes import lattice, tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher

AROUND = 72
HOLE_M = 0.362
"""Radius of the hole in the shell: a little more than the tube's, which covers its edge."""
HALF_X, LOW_Z = 0.99, 0.03


def outline(turn: NDArray[np.float64]) -> NDArray[np.float64]:
    """The shell's edge (x, z), a square with wide round corners, seen from the tube's axis."""
    half_z, middle = (GANTRY_TOP - LOW_Z) / 2, (GANTRY_TOP + LOW_Z) / 2
    c, s = np.cos(turn), np.sin(turn)
    x = HALF_X * np.sign(c) * np.abs(c) ** 0.55
    z = middle + half_z * np.sign(s) * np.abs(s) ** 0.55
    return np.stack([x, z], axis=-1)


def ringed(rings: Array, towards: tuple[float, float, float]) -> tuple[Array, Array]:
    """Faces and normals of rings, turned to the side that mostly faces `towards`."""
    faces, normals = lattice(rings)
    if (normals.reshape(-1, 3) @ np.asarray(towards)).mean() < 0.0:
        return faces[:, ::-1].copy(), -normals[:, ::-1]
    return faces, normals


def gantry(room: Furnisher) -> None:
    """Add shell, its bands and panels, and the fixed foot of the table."""
    turn = np.linspace(0.0, 2 * np.pi, AROUND + 1)
    edge = outline(turn)
    hole = np.stack([HOLE_M * np.cos(turn), AXIS_Z + HOLE_M * np.sin(turn)], axis=-1)
    shares = np.asarray([0.0, 0.10, 0.22, 0.24, 0.27, 0.29, 0.42, 0.58, 0.74, 0.86, 0.94, 1.0])
    rows = []
    for share in shares:
        flat = hole + (edge - hole) * share
        y = -0.05 - 0.03 * share - 0.13 * share**5
        rows.append(np.stack([flat[:, 0], np.full(len(flat), y), flat[:, 1]], axis=-1))
    front = np.stack(rows).astype(np.float32)
    faces, normals = ringed(front, (0.0, 1.0, 0.0))
    tint = np.tile(np.asarray(SHELL), (len(shares) - 1, AROUND, 1))
    tint[3] = BAND  # a band of colour around the opening
    room.add(faces, "plain", tint.reshape(-1, 1, 3), normals)
    # the shell is of four pieces: between them a joint as wide as a pencil line
    for degrees in (42.0, 138.0, 214.0, 326.0):
        path = front[5:, round(degrees / 360.0 * AROUND)] + np.asarray((0.0, 0.0006, 0.0))
        joint, normals = tube(path, 0.0026, 6)
        room.add(joint, "plain", (0.52, 0.53, 0.53), normals)
    back = []
    for y, pull in ((-0.21, 0.0), (-0.27, 0.012), (-0.9, 0.012), (-1.5, 0.012), (-1.62, 0.09)):
        flat = edge * (1.0 - pull) + np.asarray((0.0, AXIS_Z)) * pull
        back.append(np.stack([flat[:, 0], np.full(len(flat), y), flat[:, 1]], axis=-1))
    sides = np.stack(back).astype(np.float32)
    faces, normals = lattice(sides)
    out = faces.mean(axis=1) - np.asarray((0.0, 0.0, AXIS_Z))
    if (normals.mean(axis=1) * out).sum() < 0.0:
        faces, normals = faces[:, ::-1].copy(), -normals[:, ::-1]
    room.add(faces, "plain", SHELL, normals)
    _panels(room)
    _foot(room)
    y = -TUBE_LONG_M
    room.block(((-0.7, y, 0.35), (0.7, y + 0.06, 1.70)), "plain", SHELL, 0.3)


def _panels(room: Furnisher) -> None:
    """Two panels of keys at either side of the opening, with a screen each."""
    for side in (-1.0, 1.0):
        x = side * 0.66
        room.block(((x - 0.085, -0.10, 1.02), (x + 0.085, -0.048, 1.30)), "plain", DARK, 0.1)
        screen = ((x - 0.065, -0.06, 1.17), (x + 0.065, -0.046, 1.28))
        room.block(screen, "plain", (0.42, 0.66, 0.74), 0.2)
        for k in range(3):
            place = x - 0.05 + 0.05 * k
            key = ((place - 0.016, -0.06, 1.06), (place + 0.016, -0.042, 1.09))
            room.block(key, "plain", ((0.80, 0.83, 0.83), BAND, (0.82, 0.72, 0.48))[k], 0.2)


def _foot(room: Furnisher) -> None:
    """The fixed foot of the table, from the opening to the middle of the room."""
    z = TABLE_TOP - 0.085
    room.block(((-0.15, 0.02, 0.06), (0.15, 2.20, 0.55)), "plain", (0.90, 0.90, 0.89), 0.12)
    room.block(((-0.235, -0.02, 0.55), (0.235, 2.36, z)), "plain", SHELL, 0.12)
    room.block(((-0.20, 0.02, 0.0), (0.20, 2.25, 0.06)), "plain", DARK, 0.2)
    for x in (-0.24, 0.24):
        rail, normals = tube([(x, 0.05, z - 0.05), (x, 2.32, z - 0.05)], 0.014, 10)
        room.add(rail, "steel", (0.85, 0.86, 0.87), normals)
