"""Owns a town pigeon, flying and perched; knows nothing of its way. It looks along y."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.contact import contact
from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.mesh import Array, Colour, Mesh
from vr_runtime.stage.models.shapes import ball, tube

_GREY: Colour = (0.56, 0.59, 0.65)
_DARK: Colour = (0.22, 0.23, 0.27)
_PALE: Colour = (0.74, 0.76, 0.80)
# along the body from tail to neck: y, z of the middle, half width, half height
_BODY = (
    (-0.125, 0.105, 0.022, 0.014),
    (-0.09, 0.103, 0.045, 0.034),
    (-0.03, 0.105, 0.062, 0.055),
    (0.04, 0.118, 0.064, 0.062),
    (0.085, 0.140, 0.050, 0.054),
    (0.105, 0.175, 0.032, 0.034),
    (0.112, 0.205, 0.025, 0.026),
)

_SPOT_M = (0.05, 0.07)
"""Half width and half length of its contact with the ground."""


def build() -> NodePath:
    """The pigeon as a node to be written."""
    root = NodePath("pigeon")
    body = Mesh()
    _trunk(body)
    _head(body)
    _tail(body)
    body.nodes("body", "mover").reparentTo(root)
    _folded_wings(root)
    _legs(root)
    for side in (-1.0, 1.0):
        _wing(root, side)
    below = contact(_SPOT_M, dark=0.35)
    below.setTag(DRIVE, driving("fold", "show", 0.9, 1.0))
    below.reparentTo(root)
    return root


def _trunk(mesh: Mesh) -> None:
    rows = np.asarray(_BODY)
    turn = np.linspace(0.0, 2 * np.pi, 15)
    path = np.stack([np.zeros(len(rows)), rows[:, 0], rows[:, 1]], -1)
    rings = path[:, None] + np.stack(
        [
            rows[:, 2:3] * np.cos(turn),
            np.zeros((len(rows), 15)),
            rows[:, 3:4] * np.sin(turn),
        ],
        -1,
    )
    quads = np.stack([rings[:-1, :-1], rings[1:, :-1], rings[1:, 1:], rings[:-1, 1:]], axis=2)
    corners = quads.reshape(-1, 4, 3)[:, ::-1].astype(np.float32)
    middle = np.interp(corners[..., 1], rows[:, 0], rows[:, 1])
    normals = np.stack([corners[..., 0], np.zeros_like(middle), corners[..., 2] - middle], -1)
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-6)
    mesh.add(
        corners,
        normals=normals.astype(np.float32),
        colour=_plumage(corners),
        open_to_sky=np.clip(0.7 + 3.0 * (corners[..., 2] - 0.10), 0.4, 1.0),
    )


def _plumage(corners: Array) -> Array:
    """Slate grey, a pale rump, a neck that shimmers green and violet."""
    y, z = corners[..., 1], corners[..., 2]
    colour = np.empty((*y.shape, 3), dtype=np.float32)
    colour[...] = _GREY
    rump = (y < -0.05) & (z > 0.11)
    colour[rump] = (0.86, 0.87, 0.88)
    neck = np.clip((y - 0.055) / 0.04, 0.0, 1.0)[..., None]
    shimmer = np.where((z > 0.165)[..., None], (0.20, 0.42, 0.34), (0.42, 0.30, 0.44))
    return np.asarray(colour * (1 - neck) + shimmer * neck, dtype=np.float32)


def _head(mesh: Mesh) -> None:
    neck, normals = ball((0, 0.106, 0.188), (0.029, 0.031, 0.050), 14, 12)
    mesh.add(neck, normals=normals, colour=_plumage(neck))
    faces, normals = ball((0, 0.122, 0.228), (0.026, 0.033, 0.027), 14, 10)
    mesh.add(faces, normals=normals, colour=(0.40, 0.43, 0.50))
    bill, normals = tube(
        [(0, 0.148, 0.226), (0, 0.163, 0.223), (0, 0.178, 0.216)], [0.008, 0.006, 0.002], 7
    )
    mesh.add(bill, normals=normals, colour=(0.20, 0.19, 0.19))
    cere, normals = ball((0, 0.151, 0.232), (0.008, 0.008, 0.005), 7, 5)
    mesh.add(cere, normals=normals, colour=(0.90, 0.89, 0.87))
    for side in (-1.0, 1.0):
        eye, normals = ball((0.0225 * side, 0.131, 0.233), 0.0068, 8, 6)
        mesh.add(eye, normals=normals, colour=(0.86, 0.42, 0.16))
        pupil, normals = ball((0.0268 * side, 0.1325, 0.233), 0.0036, 6, 5)
        mesh.add(pupil, normals=normals, colour=(0.03, 0.03, 0.03))


def _feathers(mesh: Mesh, outline: list[tuple[float, float, float]], colours: list[Colour]) -> None:
    """A fan of faces between a leading edge (first half) and a trailing edge, seen from both."""
    half = len(outline) // 2
    lead, trail = outline[:half], outline[half:]
    for k in range(half - 1):
        face = np.asarray([[lead[k], lead[k + 1], trail[k + 1], trail[k]]], dtype=np.float32)
        shade = np.asarray([colours[0], colours[0], colours[1], colours[1]], dtype=np.float32)
        mesh.add(face, colour=shade[None], open_to_sky=1.0)
        mesh.add(face[:, ::-1], colour=shade[None, ::-1] * np.float32(1.08), open_to_sky=0.75)


def _tail(mesh: Mesh) -> None:
    for k in range(7):
        a = (k - 3) * 0.10
        x0, x1 = 0.024 * (k - 3.4) / 3, 0.024 * (k - 2.6) / 3
        far = -0.235 + 0.006 * abs(k - 3)
        tip = np.sin(a) * 0.12
        z = 0.098 - 0.0015 * abs(k - 3)
        root_y, band = -0.10, -0.205
        for y0, y1, colour in ((root_y, band, _GREY), (band, far, _DARK)):
            t0, t1 = (y0 + 0.10) / -0.135, (y1 + 0.10) / -0.135
            w = 0.011
            face = np.asarray(
                [
                    [
                        (x1 + tip * t0 + w * t0, y0, z),
                        (x0 + tip * t0 - w * t0, y0, z),
                        (x0 + tip * t1 - w * t1, y1, z - 0.012),
                        (x1 + tip * t1 + w * t1, y1, z - 0.012),
                    ]
                ],
                dtype=np.float32,
            )
            mesh.add(face[:, ::-1], colour=colour)
            mesh.add(face, colour=colour, open_to_sky=0.6)


def _wing(root: NodePath, side: float) -> None:
    """A spread wing in two parts; the outer part follows the inner a little later."""
    inner, outer = Mesh(), Mesh()

    def out(points: list[tuple[float, float]]) -> list[tuple[float, float, float]]:
        return [(side * x, y, 0.012 * np.sin(x * 12)) for x, y in points]

    _feathers(
        inner,
        out([(0, 0.05), (0.06, 0.072), (0.13, 0.078), (0, -0.015), (0.06, 0.0), (0.13, 0.01)]),
        [_PALE, _PALE],
    )
    _feathers(
        inner,
        out([(0, -0.015), (0.06, 0.0), (0.13, 0.01), (0, -0.03), (0.06, -0.017), (0.13, -0.005)]),
        [_DARK, _DARK],
    )
    _feathers(
        inner,
        out(
            [
                (0, -0.03),
                (0.06, -0.017),
                (0.13, -0.005),
                (0, -0.085),
                (0.06, -0.082),
                (0.13, -0.078),
            ]
        ),
        [_PALE, _GREY],
    )
    for k in range(8):  # the primaries, each apart at the tip
        a, b = k / 8, (k + 1) / 8
        tip = (0.19 - 0.075 * (1 - a) ** 2, 0.07 - 0.165 * (1 - a))
        base0, base1 = (0.0, 0.078 - 0.156 * (1 - a)), (0.0, 0.078 - 0.156 * (1 - b))
        face = np.asarray(
            [
                [
                    (side * base0[0], base0[1], 0),
                    (side * tip[0], tip[1] - 0.011, -0.004),
                    (side * tip[0], tip[1] + 0.009, -0.004),
                    (side * base1[0], base1[1], 0),
                ]
            ],
            dtype=np.float32,
        )
        shade = np.asarray([[_GREY, _DARK, _DARK, _GREY]], dtype=np.float32)
        outer.add(face, colour=shade)
        outer.add(face[:, ::-1], colour=shade[:, ::-1], open_to_sky=0.8)
    shoulder = root.attachNewNode("wing")
    shoulder.setPos(0.04 * side, 0.03, 0.15)
    shoulder.setTag(
        DRIVE,
        "\n".join(
            (
                driving("flap", "swing", -side * 14.0, -side * 46.0, 0.0),
                driving("fold", "show", 0.0, 0.5),
            )
        ),
    )
    hand = shoulder.attachNewNode("hand")
    hand.setPos(0.13 * side, 0.0, 0.012)
    hand.setTag(DRIVE, driving("flap", "swing", side * 4.0, -side * 34.0, 0.16))
    inner.nodes("inner", "mover").reparentTo(shoulder)
    outer.nodes("outer", "mover").reparentTo(hand)


def _folded_wings(root: NodePath) -> None:
    """Wings laid to the body, with the two dark bars."""
    mesh = Mesh()
    for side in (-1.0, 1.0):
        faces, normals = ball((0.048 * side, -0.02, 0.128), (0.022, 0.105, 0.045), 14, 26)
        tilt = faces[..., 1] * 0.22
        faces[..., 2] += tilt
        middle = faces.mean(axis=1, keepdims=True)
        y = np.repeat(middle[..., 1] - 0.35 * (middle[..., 2] - 0.128), 4, axis=1)
        colour = np.empty((*y.shape, 3), dtype=np.float32)
        colour[...] = _PALE
        colour[(y < -0.015) & (y > -0.035)] = _DARK
        colour[(y < -0.055) & (y > -0.075)] = _DARK
        colour[y < -0.095] = _GREY
        mesh.add(faces, normals=normals, colour=colour)
        tip = np.asarray(
            [
                [
                    (0.050 * side, -0.10, 0.118),
                    (0.030 * side, -0.10, 0.128),
                    (0.012 * side, -0.20, 0.100),
                    (0.020 * side, -0.20, 0.096),
                ]
            ],
            dtype=np.float32,
        )
        mesh.add(tip, colour=_DARK)
        mesh.add(tip[:, ::-1], colour=_DARK)
    node = mesh.nodes("folded wings", "mover")
    node.setTag(DRIVE, driving("fold", "show", 0.5, 1.0))
    node.reparentTo(root)


def _legs(root: NodePath) -> None:
    mesh = Mesh()
    pink = (0.72, 0.36, 0.36)
    for side in (-1.0, 1.0):
        x = 0.025 * side
        leg, normals = tube([(x, 0.0, 0.075), (x, 0.012, 0.035), (x, 0.005, 0.006)], 0.0055, 6)
        mesh.add(leg, normals=normals, colour=pink)
        for dx, dy in ((-0.012, 0.034), (0.0, 0.04), (0.012, 0.034), (0.0, -0.024)):
            toe, normals = tube(
                [(x, 0.005, 0.006), (x + dx, 0.005 + dy, 0.003)], [0.0045, 0.002], 5
            )
            mesh.add(toe, normals=normals, colour=pink)
    node = mesh.nodes("legs", "mover")
    node.setTag(DRIVE, driving("fold", "show", 0.5, 1.0))
    node.reparentTo(root)
