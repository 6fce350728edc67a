"""Owns the bare arms of whoever lies on the table, and the hand that rests on the blanket.

The hand that holds the ball belongs to the ball. The origin is on the floor below the eyes, feet
towards +y.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.scanner.plan import TABLE_TOP
from vr_runtime.stage.models.shapes import ball, tube

SKIN = np.asarray((0.80, 0.605, 0.50))
NAIL = np.asarray((0.88, 0.70, 0.62))
GOWN = np.asarray((0.80, 0.86, 0.88))
FINGERS = ((-0.031, 0.0), (-0.0105, 0.006), (0.0105, 0.004), (0.030, -0.006))
"""Each finger: how far aside of the hand's middle, and how much longer than the others."""
RESTS_AT = (0.125, 0.635, TABLE_TOP + 0.172)
"""The middle of the hand that rests, as it would be at the right."""
Place = tuple[float, float, float]


def left_arm(mesh: Mesh) -> None:
    """The left arm, its hand laid on the blanket."""
    right = Mesh()
    arm(right, RESTS_AT)
    _hand(right)
    rows = right.packed()[:, ::-1].copy()
    rows["v"][..., 0] *= -1.0
    rows["n"][..., 0] *= -1.0
    mesh.take(rows)


def arm(mesh: Mesh, at: Place) -> None:
    """The right one: the short sleeve of a gown, a bare forearm on the blanket, its wrist before a
    hand whose middle is `at`."""
    x, y, z = at
    sleeve = bent(
        [
            (0.215, 0.07, TABLE_TOP + 0.070),
            (0.238, 0.15, TABLE_TOP + 0.075),
            (0.250, 0.23, TABLE_TOP + 0.082),
            (0.254, 0.29, TABLE_TOP + 0.092),
        ]
    )
    around = np.linspace(0.0, 2.0 * np.pi, 25)
    cloth, normals = tube(sleeve, np.linspace(0.060, 0.066, len(sleeve)), 24)
    fold = 0.86 - 0.10 * np.sin(3.0 * around)[None, :] ** 2 * np.ones((len(sleeve), 1))
    shade = np.stack([fold[:-1, :-1], fold[:-1, 1:], fold[1:, 1:], fold[1:, :-1]], axis=2)
    uv = np.stack([cloth[..., 1], cloth[..., 0] + cloth[..., 2]], axis=-1) / 0.13
    mesh.add(
        cloth,
        normals=normals,
        picture="fabric",
        colour=GOWN,
        open_to_sky=shade.reshape(-1, 4),
        uv=uv,
    )
    way = (sleeve[-1] - sleeve[-2]) / np.linalg.norm(sleeve[-1] - sleeve[-2])
    hem, normals = tube([sleeve[-1] - 0.012 * way, sleeve[-1] + 0.001 * way], [0.0668, 0.0668], 24)
    mesh.add(hem, normals=normals, colour=GOWN * 0.82, open_to_sky=0.8)
    forearm = bent(
        [
            (0.252, 0.235, TABLE_TOP + 0.085),
            (0.252, 0.320, TABLE_TOP + 0.098),
            (0.222, 0.410, z - 0.046),
            (x + 0.060, y - 0.165, z + 0.002),
            (x + 0.034, y - 0.120, z + 0.012),
            (x + 0.010, y - 0.072, z + 0.018),
        ]
    )
    along = np.linspace(0.0, 1.0, len(forearm))
    radii = np.interp(along, (0.0, 0.22, 0.45, 0.75, 0.88, 1.0), (43, 46, 43, 29, 27, 29)) * 1e-3
    skin, normals = tube(forearm, radii, 22)
    under = np.clip(0.74 + 0.22 * normals[..., 2], 0.0, 1.0)
    mesh.add(skin, normals=normals, colour=SKIN, open_to_sky=under)


def _hand(mesh: Mesh) -> None:
    """A hand that lies there, palm down, its fingers a little bent."""
    x, y, z = RESTS_AT
    palm, normals = ball((x + 0.002, y - 0.055, z + 0.012), (0.045, 0.055, 0.021), 22, 12)
    mesh.add(palm, normals=normals, colour=SKIN, open_to_sky=0.9)
    for aside, longer in FINGERS:
        line = bent(
            [
                (x + 0.95 * aside, y - 0.066, z + 0.016),
                (x + 1.02 * aside, y - 0.026 + longer, z + 0.020),
                (x + 1.10 * aside, y + 0.008 + longer, z + 0.014),
                (x + 1.16 * aside, y + 0.034 + longer, z + 0.000),
            ]
        )
        radii = np.interp(np.linspace(0, 1, len(line)), [0, 0.35, 1], [0.0120, 0.0108, 0.0080])
        finger, normals = tube(line, radii, 12, beside=(1.0, 0.0, 0.0))
        mesh.add(finger, normals=normals, colour=SKIN, open_to_sky=0.92)
        tip, normals = ball(line[-1], (0.0079, 0.0086, 0.0079), 12, 8)
        mesh.add(tip, normals=normals, colour=NAIL, open_to_sky=0.85)
    thumb = bent(
        [
            (x - 0.030, y - 0.080, z + 0.010),
            (x - 0.052, y - 0.050, z + 0.006),
            (x - 0.060, y - 0.018, z - 0.002),
        ]
    )
    skin, normals = tube(thumb, np.linspace(0.0142, 0.0100, len(thumb)), 14)
    mesh.add(skin, normals=normals, colour=SKIN, open_to_sky=0.92)
    tip, normals = ball(thumb[-1], (0.0100, 0.0106, 0.0100), 12, 8)
    mesh.add(tip, normals=normals, colour=NAIL, open_to_sky=0.9)


def bent(path: Sequence[tuple[float, float, float]]) -> NDArray[np.float64]:
    """A path (14, 3) through about these points, without a corner."""
    points = np.asarray(path)
    at = np.linspace(0, len(points) - 1, 14)
    line = np.stack([np.interp(at, np.arange(len(points)), each) for each in points.T], axis=-1)
    for _time in range(3):
        line[1:-1] = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
    return line
