"""Owns the head coil: its lower half, and the front that comes over the face, with its mirror.

Its origin lies between the patient's eyes, feet towards +y. "front" tells how far over the face
the front half is: 0 drawn back over the crown, 1 in its place.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Mesh, faces
from vr_runtime.stage.models.scanner.plan import DARK, SHELL
from vr_runtime.stage.models.shapes import ball, tube

RADIUS_M, SINKS_M = 0.150, 0.055
"""Radius of the cage, and how far below the eyes its middle lies."""
HEAD_M, CHIN_M = -0.16, 0.215
RIM = (0.56, 0.58, 0.60)
TRIM = (0.42, 0.56, 0.62)
PAD, PALE = (0.47, 0.50, 0.53), (0.80, 0.82, 0.82)
BROW_M = 0.072
"""How far towards the feet the upper edge of the window before the face lies."""
RAIL = 3.5
"""Degrees by which the edges of a rail of the front lie aside of its middle."""
BACK_M = -0.42
"""Where the front half is while it is drawn back."""


def _hoop(mesh: Mesh, y: float, span: tuple[float, float], wide: float, colour: ArrayLike) -> None:
    turn = np.radians(np.linspace(*span, 25))
    path = [(RADIUS_M * np.cos(a), y, RADIUS_M * np.sin(a) - SINKS_M) for a in turn]
    hoop, normals = tube(path, wide, 12, beside=(0.0, 1.0, 0.0))
    mesh.add(hoop, normals=normals, colour=colour, open_to_sky=0.85)
    for end in (path[0], path[-1]):
        cap, normals = ball(end, (wide, wide, wide), 14, 8)
        mesh.add(cap, normals=normals, colour=colour, open_to_sky=0.85)


def _bar(mesh: Mesh, degrees: float, wide: float = 0.0065) -> None:
    a = np.radians(degrees)
    x, z = RADIUS_M * np.cos(a), RADIUS_M * np.sin(a) - SINKS_M
    bar, normals = tube([(x, HEAD_M, z), (x, CHIN_M, z)], wide, 12)
    mesh.add(bar, normals=normals, colour=SHELL, open_to_sky=0.85)


def _rail(mesh: Mesh, degrees: float) -> None:
    """A broad rail of the front: two rounded edges, a shell between them, a seam, a pad below."""
    for edge in (degrees - RAIL, degrees + RAIL):
        _bar(mesh, edge, 0.0044)
    for out, wide, colour, y0, y1 in (
        (0.0, RAIL, PALE, HEAD_M, CHIN_M),
        (-0.0035, 0.62 * RAIL, PAD, HEAD_M + 0.01, BROW_M),
        (-0.0012, 0.13 * RAIL, DARK, BROW_M + 0.012, CHIN_M - 0.02),
    ):
        _strip(mesh, (degrees - wide, degrees + wide), (y0, y1), RADIUS_M + out, colour)


def _strip(
    mesh: Mesh, span: tuple[float, float], y: tuple[float, float], radius: float, colour: ArrayLike
) -> None:
    """A piece of the cage's inside between two angles (degrees) and two places along it."""
    a = np.radians(np.linspace(*span, 5))
    rows = [
        np.stack([radius * np.cos(a), np.full(5, at), radius * np.sin(a) - SINKS_M], axis=-1)
        for at in np.linspace(*y, 7)
    ]
    grid = np.asarray(rows)
    quads = faces(np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2))
    inwards = np.cross(quads[:, 1] - quads[:, 0], quads[:, 3] - quads[:, 0])
    axis = quads.mean(axis=1) + np.asarray((0.0, 0.0, SINKS_M))
    if float((inwards * axis * np.asarray((1.0, 0.0, 1.0))).sum()) > 0.0:
        quads = quads[:, ::-1].copy()
    mesh.add(quads, colour=colour, open_to_sky=0.80)


def _window(mesh: Mesh) -> None:
    """The edge of the opening before the eyes: a bridge at the brow, and where it is screwed on."""
    for y, wide in ((BROW_M, 0.0095), (BROW_M - 0.030, 0.0060)):
        _hoop(mesh, y, (62.0, 118.0), wide, TRIM)
    _strip(mesh, (66.0, 114.0), (BROW_M - 0.030, BROW_M), RADIUS_M, SHELL)
    for degrees in (66.0, 114.0):
        a = np.radians(degrees)
        x, z = (RADIUS_M - 0.009) * np.cos(a), (RADIUS_M - 0.009) * np.sin(a) - SINKS_M
        for y in (BROW_M - 0.015, CHIN_M - 0.012):
            screw, normals = ball((x, y, z), (0.0048, 0.0048, 0.0030), 12, 6)
            mesh.add(screw, normals=normals, colour=DARK, open_to_sky=0.8)


def _room_seen(u: NDArray[np.float64], v: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the mirror shows at -1 to 1 across and 0 to 1 up: colours (..., 3), as displayed."""
    shown = np.asarray((0.86, 0.84, 0.79)) * (0.86 + 0.16 * v)[..., None]

    def lay(colour: ArrayLike, cover: NDArray[np.float64]) -> None:
        nonlocal shown
        shown = shown + (np.asarray(colour) - shown) * np.clip(cover, 0.0, 1.0)[..., None]

    def within(u0: float, u1: float, v0: float, v1: float) -> NDArray[np.float64]:
        across = np.clip((np.minimum(u - u0, u1 - u) * 1.3) / 0.045, 0.0, 1.0)
        return across * np.clip(np.minimum(v - v0, v1 - v) / 0.03, 0.0, 1.0)

    def near(u0: float, v0: float, a: float, b: float) -> NDArray[np.float64]:
        return np.clip((1.0 - np.hypot((u - u0) / a, (v - v0) / b)) * 3.0, 0.0, 1.0)

    lay((0.56, 0.36, 0.20), within(-1.2, 1.2, -0.2, 0.40))
    lay((0.52, 0.33, 0.18), within(-0.47, 0.47, 0.40, 0.83))
    lay((0.84, 0.82, 0.77), within(-0.42, 0.42, 0.44, 0.80))
    lay((0.10, 0.12, 0.13), within(-0.06, 0.22, 0.58, 0.75))
    lay((0.97, 0.94, 0.86), within(0.30, 0.39, 0.50, 0.72))
    for screen in (-0.30, 0.10, 0.30):
        lay((0.17, 0.19, 0.21), within(screen - 0.10, screen + 0.10, 0.43, 0.50))
    lay((0.30, 0.48, 0.50), near(-0.13, 0.44, 0.085, 0.12))
    lay((0.22, 0.16, 0.12), near(-0.13, 0.585, 0.046, 0.075))
    lay((0.74, 0.56, 0.46), near(-0.13, 0.562, 0.036, 0.060))
    lay((0.13, 0.13, 0.14), near(0.0, 0.925, 0.060, 0.075))
    lay((0.93, 0.93, 0.91), near(0.0, 0.925, 0.046, 0.058))
    body = np.clip((0.27 - 0.30 * u * u - v) / 0.03, 0.0, 1.0)
    lay((0.60, 0.70, 0.75), body)
    for foot in (-0.11, 0.11):
        lay((0.56, 0.67, 0.72), near(foot, 0.25, 0.10, 0.13))
    lay((0.86, 0.87, 0.86), np.clip((0.14 - 0.22 * u * u - v) / 0.03, 0.0, 1.0))
    for hand in (-0.42, 0.42):
        lay((0.80, 0.60, 0.49), near(hand, 0.22, 0.085, 0.075))
    lay((0.84, 0.55, 0.20), near(0.37, 0.185, 0.055, 0.055))
    return shown


def _mirror(front: Mesh) -> None:
    """A mirror above the eyes, and in it the room at the patient's feet, as it is seen from there.

    Nothing is reflected: what the pane shows is painted.
    """
    y0, z0, y1, z1 = 0.166, 0.060, 0.142, 0.108
    half = 0.058
    rows, columns = 40, 64
    v, u = np.meshgrid(np.linspace(0, 1, rows + 1), np.linspace(-1, 1, columns + 1), indexing="ij")
    grid = np.stack([half * u, y0 + (y1 - y0) * v, z0 + (z1 - z0) * v], axis=-1)
    shown = _room_seen(u, v)

    def quads(field: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([field[:-1, :-1], field[:-1, 1:], field[1:, 1:], field[1:, :-1]], axis=2)

    pane = faces(quads(grid))
    colour = quads(shown).reshape(-1, 4, 3)
    toward = np.cross(pane[0, 1] - pane[0, 0], pane[0, 3] - pane[0, 0])
    if toward[1] > 0.0:
        pane, colour = pane[:, ::-1].copy(), colour[:, ::-1]
    front.add(pane, colour=colour, open_to_sky=0.9)
    corners = [(-half, y0, z0), (half, y0, z0), (half, y1, z1), (-half, y1, z1), (-half, y0, z0)]
    for a, b in itertools.pairwise(corners):
        rim, normals = tube([a, b], 0.0042, 8)
        front.add(rim, normals=normals, colour=RIM, open_to_sky=0.8)
    for x in (-half, half):
        arm, normals = tube([(x, y1, z1), (x * 1.05, 0.20, 0.092)], 0.0045, 8)
        front.add(arm, normals=normals, colour=RIM, open_to_sky=0.8)


def build() -> NodePath:
    """The coil as a node to be written."""
    low, front = Mesh(), Mesh()
    for y in (HEAD_M, CHIN_M):
        _hoop(low, y, (178.0, 362.0), 0.0125, TRIM)
    for degrees in (206.0, 244.0, 296.0, 334.0):
        _bar(low, degrees)
    for y in (HEAD_M, CHIN_M):
        _hoop(front, y, (4.0, 176.0), 0.0115, TRIM)
    for degrees in (38.0, 66.0, 114.0, 142.0):
        _rail(front, degrees)
    _window(front)
    _mirror(front)
    root = NodePath("coil")
    low.nodes("low", "layered").reparentTo(root)
    over = front.nodes("front", "layered")
    over.setTag(DRIVE, driving("front", "y", BACK_M, 0.0))
    over.reparentTo(root)
    return root
