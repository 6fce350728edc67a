"""Owns the tube of the scanner, lip to end: its origin is on its axis, at its front opening.

Scale x and z alike to make it narrower. It keeps little light of the room: lamps put into it light
it. "lit" lets the lines of light in its roof be seen to burn: 0 dark to 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import NodePath

from vr_runtime.stage.look.within import tell_light
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Array, Mesh, floats
from vr_runtime.stage.models.scanner.gantry import AROUND, ringed
from vr_runtime.stage.models.scanner.plan import TUBE_LONG_M, TUBE_M
from vr_runtime.stage.models.scanner.room import FOR_MOVERS

LIP_M = 0.115
"""How far the rounded lip reaches out over the shell."""
LINES, LINES_Y = (58.0, 122.0), (-0.22, -1.52)
"""Where the lines of light are: angles (degrees, 90 above), and how far they go into the tube."""
LINER = np.asarray((0.84, 0.93, 0.99))
"""White that is a little cool: the lamps in it are warm."""


def build() -> NodePath:
    """The tube as a node to be written."""
    mesh = Mesh()
    bend = np.linspace(0.0, np.pi / 2, 9)
    lip = [(TUBE_M + LIP_M * (1 - np.cos(t)), -LIP_M + LIP_M * np.sin(t)) for t in bend]
    lip += [(TUBE_M + LIP_M + 0.012, -0.012), (TUBE_M + LIP_M + 0.014, -0.07)]
    straight = [(TUBE_M, y) for y in np.linspace(-LIP_M, -TUBE_LONG_M + 0.09, 15)]
    end = [(TUBE_M + 0.09 * (1 - np.cos(t)), -TUBE_LONG_M + 0.09 - 0.09 * np.sin(t)) for t in bend]
    _band(mesh, lip, inwards=False)
    _band(mesh, straight, inwards=True)
    _band(mesh, end, inwards=True)
    _seams(mesh)
    _roof(mesh)
    root = NodePath("tube")
    mesh.nodes("liner", "layered").reparentTo(root)
    lit = Mesh()
    _lines(lit)
    lines = lit.nodes("lines", "layered")
    lines.setTag(DRIVE, driving("lit", "alpha", 0.0, 1.0))
    lines.reparentTo(root)
    tell_light(root, FOR_MOVERS)
    return root


def _rings(profile: list[tuple[float, float]]) -> Array:
    turn = np.linspace(0.0, 2 * np.pi, AROUND + 1)
    rows = np.asarray(profile)
    shape = (len(rows), AROUND + 1)
    x, z = rows[:, :1] * np.cos(turn), rows[:, :1] * np.sin(turn)
    return floats(np.stack([x, np.broadcast_to(rows[:, 1:], shape), z], axis=-1))


def _open(corners: Array) -> NDArray[np.float64]:
    """How much of the room's light comes in: from both ends, less below than above."""
    y = corners[..., 1]
    front = np.exp(np.minimum(y, 0.0) / 0.34)
    back = np.exp(-(np.maximum(y, -TUBE_LONG_M) + TUBE_LONG_M) / 0.26)
    low = 0.90 + 0.10 * np.clip(corners[..., 2] / TUBE_M, -1.0, 1.0)
    told = (0.20 + 0.66 * front + 0.42 * back) * low
    return np.asarray(np.clip(told, 0.0, 1.0), dtype=np.float64)


def _band(mesh: Mesh, profile: list[tuple[float, float]], *, inwards: bool) -> None:
    faces, normals = ringed(_rings(profile), (0.0, 1.0, 0.0))
    out = faces.mean(axis=1) * np.asarray((1.0, 0.0, 1.0))
    if inwards and (normals.mean(axis=1) * out).sum() > 0.0:
        faces, normals = faces[:, ::-1].copy(), -normals[:, ::-1]
    mesh.add(faces, normals=normals, colour=LINER, open_to_sky=_open(faces))


def _seams(mesh: Mesh) -> None:
    """Where the liner's parts meet, and a band of colour behind the lip."""
    for y, wide, tone in (
        (-0.17, 0.030, (0.55, 0.68, 0.72)),
        (-0.62, 0.004, (0.50, 0.54, 0.57)),
        (-1.10, 0.004, (0.50, 0.54, 0.57)),
        (-0.40, 0.0022, (0.62, 0.67, 0.70)),
        (-0.86, 0.0022, (0.62, 0.67, 0.70)),
    ):
        seam = _rings([(TUBE_M - 0.0012, y), (TUBE_M - 0.0012, y - wide)])
        faces, normals = ringed(seam, (0.0, 0.0, 0.0))
        out = faces.mean(axis=1) * np.asarray((1.0, 0.0, 1.0))
        if (normals.mean(axis=1) * out).sum() > 0.0:
            faces, normals = faces[:, ::-1].copy(), -normals[:, ::-1]
        mesh.add(faces, normals=normals, colour=tone, open_to_sky=_open(faces))


def _strip(
    mesh: Mesh,
    turn: tuple[float, float],
    y: tuple[float, float],
    tone: ArrayLike,
    inwards: float = 0.0,
    around: int = 7,
) -> None:
    """A piece of the liner's inside between two angles (degrees, 90 above) and two depths.

    `inwards` are metres by which it lies nearer to the axis than others, `around` its points.
    """
    a = np.radians(np.linspace(turn[0], turn[1], around))
    r = TUBE_M - 0.0016 - inwards
    rows = [
        np.stack([r * np.cos(a), np.full(len(a), depth), r * np.sin(a)], axis=-1)
        for depth in np.linspace(y[0], y[1], 9)
    ]
    faces, normals = ringed(np.stack(rows).astype(np.float32), (0.0, 0.0, -1.0))
    mesh.add(faces, normals=normals, colour=tone, open_to_sky=_open(faces))


def _roof(mesh: Mesh) -> None:
    """What is overhead: two seams along the tube, the grille of the fan, the microphone."""
    for at in LINES:
        # the bed of each line of light, dark where it is out
        _strip(mesh, (at - 2.6, at + 2.6), LINES_Y, (0.60, 0.66, 0.70))
        _strip(mesh, (at - 1.9, at + 1.9), LINES_Y, (0.40, 0.45, 0.48), 0.0006)
    for at in (24.0, 156.0):
        _strip(mesh, (at - 0.4, at + 0.4), (-LIP_M, -TUBE_LONG_M + 0.1), (0.52, 0.57, 0.60))
    for depth, high in ((-0.17, 0.030), (-0.62, 0.004), (-1.10, 0.004)):
        # next to a joint the liner turns away a little
        for off, tone in ((0.006, 0.90), (-high - 0.006, 0.93)):
            edge = depth + off
            _strip(mesh, (0.0, 180.0), (edge + 0.004, edge - 0.004), LINER * tone, -0.0003, 49)
    for depth in (-0.46, -0.94):
        _strip(mesh, (84.0, 96.0), (depth, depth - 0.085), (0.66, 0.71, 0.74))
        for k in range(5):
            low = depth - 0.010 - 0.015 * k
            _strip(mesh, (85.2, 94.8), (low, low - 0.006), (0.20, 0.22, 0.24))
    for at in (76.0, 104.0):
        _strip(mesh, (at - 1.0, at + 1.0), (-0.70, -0.712), (0.22, 0.25, 0.27))


def _lines(lit: Mesh) -> None:
    """Two lines of light along the roof, as they burn: nothing darkens them."""
    for at in LINES:
        a = np.radians(np.linspace(at - 1.7, at + 1.7, 7))
        r = TUBE_M - 0.0030
        depths = np.linspace(LINES_Y[0] - 0.008, LINES_Y[1] + 0.008, 9)
        rows = [np.stack([r * np.cos(a), np.full(7, d), r * np.sin(a)], axis=-1) for d in depths]
        faces, normals = ringed(np.stack(rows).astype(np.float32), (0.0, 0.0, -1.0))
        lit.add(faces, normals=normals, colour=(1.0, 0.985, 0.94))
