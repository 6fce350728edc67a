"""Owns the lit room behind the scanner's pane: its desk with screens, and the operator at it.

All of it is seen from the scanner's room, through the pane alone; its light is its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.scanner.plan import CONTROL_DEEP_M, DARK, HIGH, NORTH
from vr_runtime.stage.models.shapes import ball, lattice, rounded, tube
from vr_runtime.stage.panda.resting.furnisher import Furnisher, sheet

NEAR_Y = NORTH + 0.12
FAR_Y = NEAR_Y + CONTROL_DEEP_M
HALF_M = 2.0
WALL = np.asarray((0.80, 0.775, 0.73))
LAMP_AT = np.asarray((0.75, NEAR_Y + 1.25, 1.95))
SEAT = (-0.27, NEAR_Y + 0.92)
"""Where the operator sits, behind the desk, looking through the pane."""
SKIN, HAIR = np.asarray((0.74, 0.56, 0.46)), np.asarray((0.20, 0.145, 0.105))
SCRUB = np.asarray((0.30, 0.50, 0.53))
SCREENS = (
    (-0.86, 0.24, (0.55, 0.74, 0.86)),
    (0.30, 0.26, (0.70, 0.82, 0.88)),
    (0.88, 0.22, (0.5, 0.7, 0.8)),
)
"""Middle and half breadth of each screen, and the light it throws on who sits behind it."""


def control(room: Furnisher) -> None:
    """Add the control room and who works there."""
    mesh = Mesh()
    _shell(mesh)
    _shelves(mesh)
    _desk(mesh)
    _board(mesh)
    _lamp(mesh)
    _operator(mesh)
    room.mesh.take(mesh.packed())


def _fall(points: Array) -> Array:
    """Light of the lamp and of the ceiling at a place, as displayed, 0 to 1."""
    away = np.linalg.norm(points - LAMP_AT, axis=-1, keepdims=True)
    near = 0.66 + 0.42 * np.exp(-((away / 0.95) ** 2))
    edge = np.minimum(np.abs(points[..., 2:] - HIGH), np.abs(points[..., :1] - HALF_M))
    return np.asarray(near * (1.0 - 0.22 * np.exp(-np.abs(edge) / 0.18)), dtype=np.float32)


def _shell(mesh: Mesh) -> None:
    x, y0, y1, high = HALF_M, NEAR_Y, FAR_Y, HIGH
    up = (0, 0, high)
    for part, tone in (
        (sheet((-x, y1, 0), (2 * x, 0, 0), up, 0.16), 1.0),
        (sheet((-x, y0, 0), (0, y1 - y0, 0), up, 0.2), 0.90),
        (sheet((x, y1, 0), (0, y0 - y1, 0), up, 0.2), 0.90),
        (sheet((-x, y1, high), (2 * x, 0, 0), (0, y0 - y1, 0), 0.3), 1.05),
        (sheet((-x, y0, 0), (2 * x, 0, 0), (0, y1 - y0, 0), 0.3), 0.6),
    ):
        mesh.add(part, colour=np.minimum(WALL * tone * _fall(part), 1.0))
    # two flat lamps in its ceiling, as one sees them from below
    for at in (-0.9, 0.9):
        lit = sheet((at - 0.45, y0 + 1.3, high - 0.01), (0.9, 0, 0), (0, -0.5, 0), 0.5)
        mesh.add(lit, colour=(1.0, 0.985, 0.95))
    # a door at the back, ajar, with a lit corridor behind it
    mesh.box((1.18, y1 - 0.02, 0.0), (1.30, y1, 2.10), colour=(0.55, 0.47, 0.38))
    mesh.box((1.30, y1 - 0.012, 0.0), (1.92, y1, 2.02), colour=(0.97, 0.94, 0.87))
    mesh.box((1.46, y1 - 0.035, 0.0), (1.95, y1 - 0.012, 2.04), colour=(0.66, 0.56, 0.44))


def _shelves(mesh: Mesh) -> None:
    y1 = FAR_Y
    chance = np.random.default_rng(2110)
    tones = np.asarray(
        ((0.45, 0.52, 0.56), (0.62, 0.44, 0.34), (0.80, 0.77, 0.70), (0.34, 0.42, 0.40))
    )
    for z in (1.20, 1.56):
        mesh.box(
            (-1.9, y1 - 0.28, z), (-0.62, y1, z + 0.025), picture="wood", colour=(0.72,) * 3,
            bottom=True,
        )  # fmt: skip
        dim = sheet((-1.9, y1 - 0.003, z - 0.16), (1.28, 0, 0), (0, 0, 0.16), 0.4)
        mesh.add(dim, colour=WALL * 0.62)
        x = -1.86
        while x < -0.70:
            thick, tall = chance.uniform(0.03, 0.06), chance.uniform(0.19, 0.27)
            colour = tones[chance.integers(4)] * chance.uniform(0.75, 0.95)
            back = chance.uniform(0.03, 0.08)
            mesh.box(
                (x, y1 - 0.24 + back, z + 0.025), (x + thick, y1 - 0.02, z + tall), colour=colour
            )
            mesh.box(
                (x + 0.3 * thick, y1 - 0.2415 + back, z + 0.6 * tall),
                (x + 0.7 * thick, y1 - 0.24 + back, z + 0.8 * tall),
                colour=(0.86, 0.84, 0.78),
            )
            x += thick + (chance.uniform(0.05, 0.14) if chance.random() < 0.14 else 0.003)


def _desk(mesh: Mesh) -> None:
    y0 = NEAR_Y
    mesh.box((-1.3, y0 + 0.06, 0.72), (1.3, y0 + 0.62, 0.76), picture="wood", colour=(0.80,) * 3)
    for x, half, tone in SCREENS:
        # their backs, a little round, with a stand each; what they show lights who sits behind
        mesh.box((x - half, y0 + 0.20, 0.90), (x + half, y0 + 0.235, 1.20), colour=DARK)
        mesh.box(
            (x - half + 0.02, y0 + 0.195, 0.92), (x + half - 0.02, y0 + 0.20, 1.18),
            colour=np.asarray(DARK) * 1.5,
        )  # fmt: skip
        mesh.box((x - 0.05, y0 + 0.185, 1.00), (x + 0.05, y0 + 0.20, 1.10), colour=DARK)
        mesh.box((x - 0.03, y0 + 0.21, 0.76), (x + 0.03, y0 + 0.24, 0.92), colour=DARK)
        mesh.box((x - half, y0 + 0.236, 0.905), (x + half, y0 + 0.238, 1.195), colour=tone)
    # an intercom with its bent microphone, and a cup
    mesh.box((-0.40, y0 + 0.16, 0.76), (-0.22, y0 + 0.30, 0.80), colour=DARK)
    bend = [(-0.31, y0 + 0.22, 0.80), (-0.31, y0 + 0.21, 1.0), (-0.31, y0 + 0.34, 1.07)]
    stem, normals = tube(rounded(bend, 0.04), 0.006)
    mesh.add(stem, normals=normals, colour=DARK)
    tip, normals = ball((-0.31, y0 + 0.35, 1.072), (0.016, 0.024, 0.016), 12, 8)
    mesh.add(tip, normals=normals, colour=(0.10, 0.10, 0.11))
    cup, normals = tube([(-0.62, y0 + 0.24, 0.76), (-0.62, y0 + 0.24, 1.02)], [0.040, 0.040], 16)
    mesh.add(cup, normals=normals, colour=(0.86, 0.83, 0.76))


def _board(mesh: Mesh) -> None:
    """A screen on the far wall that shows slices of a picture, as one is made next door."""
    x0, x1, z0, z1, y = -0.40, 0.62, 1.22, 1.86, FAR_Y - 0.05
    mesh.box((x0 - 0.03, y, z0 - 0.03), (x1 + 0.03, FAR_Y, z1 + 0.03), colour=DARK)
    rows, columns = 36, 58
    v, u = np.meshgrid(np.linspace(0, 1, rows + 1), np.linspace(0, 1, columns + 1), indexing="ij")
    grid = np.stack([x0 + (x1 - x0) * u, np.full_like(u, y - 0.002), z0 + (z1 - z0) * v], axis=-1)
    cell_u, cell_v = (u * 3.0) % 1.0 - 0.5, (v * 2.0) % 1.0 - 0.5
    number = np.floor(u * 2.999) + 3 * np.floor(v * 1.999)
    size = 0.30 + 0.10 * np.sin(0.7 * number + 0.6)
    off = np.hypot(cell_u * 1.05, cell_v * 0.86) / size
    skull = np.exp(-(((off - 1.0) / 0.10) ** 2)) * 0.75
    inside = np.where(
        off < 0.92, 0.34 + 0.10 * np.sin(14 * cell_u + number) * np.cos(11 * cell_v), 0
    )
    dark = np.where(np.hypot(cell_u / 0.09, (cell_v - 0.02) / 0.16) < 1.0, 0.6, 1.0)
    told = np.clip(0.09 + inside * dark + skull, 0.0, 1.0)[..., None]
    shown = told * np.asarray((0.88, 0.96, 1.0))
    quads = [
        np.stack([f[:-1, :-1], f[:-1, 1:], f[1:, 1:], f[1:, :-1]], axis=2) for f in (grid, shown)
    ]
    faces, colours = (q.reshape(-1, 4, 3).astype(np.float32) for q in quads)
    mesh.add(faces, colour=colours)


def _lamp(mesh: Mesh) -> None:
    shade, normals = ball(LAMP_AT, (0.15, 0.15, 0.10), 26, 14)
    glow = 0.88 + 0.12 * np.clip(-normals[..., 2:], 0.0, 1.0)
    mesh.add(shade, normals=normals, colour=np.asarray((1.0, 0.93, 0.78)) * glow)
    top = (*LAMP_AT[:2], LAMP_AT[2] + 0.09)
    stem, normals = tube([top, (*LAMP_AT[:2], HIGH)], 0.006, 8)
    mesh.add(stem, normals=normals, colour=DARK)


def _lit(mesh: Mesh, made: tuple[Array, Array], colour: ArrayLike) -> None:
    """Something round, lit from the ceiling, a little by the screens below it."""
    faces, normals = made
    up = 0.60 + 0.40 * (normals[..., 2:] * 0.5 + 0.5)
    screens = 0.16 * np.clip(-normals[..., 1:2] * 0.9 - normals[..., 2:] * 0.3, 0.0, 1.0)
    paint = np.asarray(colour) * up + screens * np.asarray((0.55, 0.75, 0.90))
    mesh.add(faces, normals=normals, colour=np.clip(paint, 0.0, 1.0))


def _loft(
    rings: Sequence[tuple[float, float, float, float, float]], power: float = 2.4
) -> tuple[Array, Array]:
    """A body of rings, from below up: middle x, y, z, half breadth, half depth (m)."""
    turn = np.linspace(0.0, 2.0 * np.pi, 29)
    c, s = np.cos(turn), np.sin(turn)
    round_x = np.sign(c) * np.abs(c) ** (2.0 / power)
    round_y = np.sign(s) * np.abs(s) ** (2.0 / power)
    rows: list[NDArray[np.float64]] = [
        np.stack([x + a * round_x, y + b * round_y, np.full_like(turn, z)], axis=-1)
        for x, y, z, a, b in rings
    ]
    faces, normals = lattice(np.stack(rows).astype(np.float32))
    out = faces.mean(axis=1) - np.asarray((rings[0][0], rings[0][1], 0.0))
    if (normals.mean(axis=1)[:, :2] * out[:, :2]).sum() < 0.0:
        faces, normals = faces[:, ::-1].copy(), -normals[:, ::-1]
    return faces, normals


def _operator(mesh: Mesh) -> None:
    """Somebody in scrubs with a headset, seated, who looks over at the patient."""
    x, y = SEAT
    z = 0.66  # the seat
    mesh.box(
        (x - 0.23, y + 0.17, z + 0.10), (x + 0.23, y + 0.23, z + 0.62), colour=(0.20, 0.22, 0.25)
    )
    torso = [
        (x, y, z, 0.175, 0.125),
        (x, y, z + 0.16, 0.165, 0.115),
        (x, y - 0.005, z + 0.32, 0.185, 0.118),
        (x, y - 0.005, z + 0.43, 0.205, 0.115),
        (x, y, z + 0.50, 0.190, 0.098),
        (x, y, z + 0.545, 0.135, 0.080),
        (x, y, z + 0.575, 0.070, 0.062),
    ]
    _lit(mesh, _loft(torso), SCRUB)
    neck = [(x, y - 0.002, z + 0.55, 0.052, 0.052), (x, y - 0.010, z + 0.66, 0.050, 0.052)]
    _lit(mesh, _loft(neck, 2.0), SKIN * 0.86)
    head = (x, y - 0.022, z + 0.735)
    face = [
        (x, y - 0.038, z + 0.632, 0.022, 0.030),
        (x, y - 0.036, z + 0.650, 0.046, 0.060),
        (x, y - 0.028, z + 0.690, 0.064, 0.082),
        (x, y - 0.020, z + 0.740, 0.072, 0.092),
        (x, y - 0.014, z + 0.790, 0.073, 0.093),
        (x, y - 0.006, z + 0.830, 0.060, 0.080),
        (x, y, z + 0.852, 0.030, 0.045),
    ]
    _lit(mesh, _loft(face, 2.1), SKIN)
    # hair lies over crown and back, a fringe to one side, a knot behind
    cap, normals = ball((head[0], head[1] + 0.020, head[2] + 0.036), (0.082, 0.096, 0.092), 26, 16)
    keep = (
        cap.mean(axis=1)[:, 2] > head[2] + 0.018 + 0.45 * (head[1] - cap.mean(axis=1)[:, 1])
    ) & (cap.mean(axis=1)[:, 1] > head[1] - 0.082)
    _lit(mesh, (cap[keep], normals[keep]), HAIR)
    _lit(mesh, ball((head[0], head[1] + 0.115, head[2] + 0.06), (0.042, 0.040, 0.042), 14, 9), HAIR)
    for side in (-1.0, 1.0):
        eye = (head[0] + side * 0.029, head[1] - 0.082, head[2] + 0.016)
        _lit(mesh, ball(eye, (0.0115, 0.006, 0.0055), 10, 6), (0.13, 0.10, 0.09))
        brow = [
            (eye[0] - 0.015, eye[1] - 0.004, eye[2] + 0.020),
            (eye[0] + 0.015, eye[1] - 0.003, eye[2] + 0.021),
        ]
        _lit(mesh, tube(brow, 0.0032, 6), HAIR)
        _lit(
            mesh,
            ball(
                (head[0] + side * 0.078, head[1] + 0.012, head[2] - 0.002),
                (0.018, 0.034, 0.036),
                14,
                8,
            ),
            (0.16, 0.165, 0.175),
        )
        _arm(mesh, x, y, z, side)
    _lit(
        mesh,
        ball((head[0], head[1] - 0.092, head[2] - 0.012), (0.012, 0.016, 0.020), 12, 8),
        SKIN * 0.96,
    )
    mouth = [
        (head[0] - 0.019, head[1] - 0.078, head[2] - 0.050),
        (head[0] + 0.019, head[1] - 0.078, head[2] - 0.050),
    ]
    _lit(mesh, tube(mouth, 0.0042, 6), (0.60, 0.36, 0.32))
    band = [
        (head[0] + 0.084 * np.cos(a), head[1] + 0.012, head[2] + 0.010 + 0.112 * np.sin(a))
        for a in np.linspace(0.0, np.pi, 15)
    ]
    _lit(mesh, tube(band, 0.0075, 8, beside=(0.0, 1.0, 0.0)), (0.16, 0.165, 0.175))
    boom = rounded(
        [
            (head[0] - 0.080, head[1] - 0.006, head[2] - 0.010),
            (head[0] - 0.066, head[1] - 0.070, head[2] - 0.060),
            (head[0] - 0.026, head[1] - 0.105, head[2] - 0.062),
        ],
        0.015,
    )
    _lit(mesh, tube(boom, 0.0038, 6), (0.14, 0.14, 0.15))


def _arm(mesh: Mesh, x: float, y: float, z: float, side: float) -> None:
    """An upper arm in its sleeve, a bare forearm, a hand on the desk."""
    shoulder, elbow = (x + side * 0.192, y, z + 0.470), (x + side * 0.262, y - 0.075, z + 0.245)
    wrist = (x + side * 0.165, y - 0.355, z + 0.140)
    sleeve = [
        shoulder,
        (x + side * 0.238, y - 0.03, z + 0.36),
        (x + side * 0.254, y - 0.055, z + 0.29),
    ]
    _lit(mesh, ball(shoulder, (0.062, 0.066, 0.062), 16, 10), SCRUB)
    _lit(mesh, tube(sleeve, [0.060, 0.058, 0.054], 16), SCRUB)
    _lit(mesh, ball(elbow, (0.041, 0.041, 0.041), 14, 8), SKIN)
    _lit(mesh, tube([sleeve[-1], elbow], [0.042, 0.040], 14), SKIN)
    _lit(mesh, tube([elbow, wrist], [0.040, 0.027], 14), SKIN)
    hand = (wrist[0] - side * 0.012, wrist[1] - 0.055, wrist[2] - 0.008)
    _lit(mesh, ball(hand, (0.042, 0.062, 0.018), 16, 8), SKIN)
