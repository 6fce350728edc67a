"""Owns the things in the neutral room, from bench to rug; knows neither walls nor garden."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting import plan
from vr_runtime.stage.panda.resting.furnisher import Furnisher, lattice, sheet

GLOW = (1.0, 0.955, 0.86)


def bench(room: Furnisher) -> None:
    """Add a low bench with a mattress, two cushions and a folded blanket."""
    (x0, y0, _), (x1, y1, top) = plan.BENCH
    room.block(((x0, y0, top - 0.17), (x1, y1, top - 0.11)), "wood", plan.OAK)
    for x in (x0 + 0.12, x1 - 0.17):
        room.block(((x, y0 + 0.04, 0.0), (x + 0.05, y1 - 0.04, top - 0.17)), "wood", plan.OAK)
    mattress = ((x0 + 0.02, y0 + 0.02, top - 0.11), (x1 - 0.02, y1 - 0.02, top))
    room.block(mattress, "fabric", plan.LINEN, 0.1)
    _cushion(room, (x0 + 0.34, y1 - 0.16, top), 0.25, 6.0, plan.SAGE)
    _cushion(room, (x0 + 0.74, y1 - 0.20, top), 0.21, -9.0, plan.OAT)
    for level, inset in enumerate((0.0, 0.012, 0.02)):
        low = top + 0.03 * level
        room.block(
            (
                (x1 - 0.52 + inset, y0 + 0.07 + inset, low),
                (x1 - 0.14 - inset, y1 - 0.06 - inset, low + 0.028),
            ),
            "fabric",
            plan.CLAY,
            0.1,
        )


def _cushion(
    room: Furnisher,
    foot: tuple[float, float, float],
    half: float,
    turn: float,
    tint: Sequence[float],
) -> None:
    """A square cushion that leans back, thick in the middle, its corners drawn out a little."""
    u, v = np.meshgrid(np.linspace(-1, 1, 15), np.linspace(-1, 1, 15))
    thick = 0.34 * half * np.sqrt((1 - u**4) * (1 - v**4))
    x, z = half * u * (0.91 + 0.09 * v**2), half * v * (0.91 + 0.09 * u**2)
    lean, a = np.radians(17.0), np.radians(turn)
    for side in (-1.0, 1.0):
        y = side * thick
        rise = z + half
        leant_y, leant_z = y * np.cos(lean) + rise * np.sin(lean), rise * np.cos(lean)
        leant_z = leant_z - y * np.sin(lean)
        grid = np.stack(
            [
                foot[0] + x * np.cos(a) - leant_y * np.sin(a),
                foot[1] - 0.10 + x * np.sin(a) + leant_y * np.cos(a),
                foot[2] + leant_z,
            ],
            axis=-1,
        )
        n = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0)) * -side
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        order = slice(None, None, -1) if side > 0 else slice(None)
        uv = lattice(np.stack([u, v, v], axis=-1)[:, order])[..., :2] * half / 0.4
        room.add(lattice(grid[:, order]), "fabric", tint, lattice(n[:, order]), uv)


def sideboard(room: Furnisher) -> None:
    """Add a low sideboard with books and a vase."""
    (x0, y0, _), (x1, y1, top) = plan.BOARD
    room.block(((x0, y0, 0.12), (x1, y1, top - 0.03)), "wood", plan.OAK)
    room.block(((x0 - 0.02, y0 - 0.02, top - 0.03), (x1, y1 + 0.02, top)), "wood", plan.OAK)
    for x in (x0 + 0.06, x1 - 0.11):
        for y in (y0 + 0.06, y1 - 0.11):
            room.block(((x, y, 0.0), (x + 0.05, y + 0.05, 0.12)), "wood", plan.OAK, 0.3)
    for y in np.linspace(y0, y1, 4)[1:-1]:
        gap = ((x0 - 0.003, y - 0.004, 0.15), (x0, y + 0.004, top - 0.05))
        room.block(gap, "plain", (0.3, 0.25, 0.2))
    for level, (depth, tint) in enumerate(((0.30, plan.SAGE), (0.26, plan.LINEN))):
        z = top + 0.035 * level
        book = ((x0 + 0.2, y0 + 0.3, z), (x0 + 0.2 + depth, y0 + 0.7, z + 0.033))
        room.block(book, "fabric", tint)
    profile = np.asarray(
        [(0.0, 0.07), (0.03, 0.10), (0.10, 0.145), (0.18, 0.14), (0.27, 0.07), (0.34, 0.055)]
    )
    path = np.stack([np.full(6, x0 + 0.45), np.full(6, y1 - 0.45), top + profile[:, 0]], axis=1)
    vase, normals = tube(path, profile[:, 1], 20)
    room.add(vase, "plaster", plan.CLAY, normals)


def lamp(room: Furnisher) -> None:
    """Add a standing lamp beside the bench, softly lit."""
    x, y = plan.LAMP
    foot, normals = ball((x, y, 0.0), (0.15, 0.15, 0.025), 20, 4)
    room.add(foot, "plain", (0.62, 0.57, 0.50), normals)
    pole, around = tube([(x, y, 0.0), (x, y, 0.8), (x, y, 1.52)], 0.011, 8)
    room.add(pole, "plain", (0.62, 0.57, 0.50), around)
    shade, _ = tube([(x, y, 1.36), (x, y, 1.5), (x, y, 1.64)], (0.20, 0.18, 0.155), 24)
    glow = np.clip(1.0 - 1.2 * np.abs(shade[..., 2] - 1.47), 0.0, 1.0)[..., None]
    room.mesh.add(shade, picture="fabric", colour=np.asarray(GLOW) * glow)
    top, up = ball((x, y, 1.64), (0.155, 0.155, 0.004), 24, 2)
    room.mesh.add(top, picture="plain", colour=np.asarray(GLOW) * 0.9, normals=up)


def rug(room: Furnisher) -> None:
    """Add the rug the patient stands on, with a quiet border."""
    (x0, y0, _), (x1, y1, top) = plan.RUG
    room.block(plan.RUG, "fabric", plan.OAT, 0.1)
    for number, tint in enumerate((plan.SAGE, (0.92, 0.885, 0.81))):
        inset = 0.10 + 0.09 * number
        z = top + 0.002 * (number + 1)
        low, wide, deep = (x0 + inset, y0 + inset, z), x1 - x0 - 2 * inset, y1 - y0 - 2 * inset
        room.add(sheet(low, (wide, 0, 0), (0, deep, 0), 0.1), "fabric", tint)


def pictures(room: Furnisher) -> None:
    """Add hills in mist on the wall ahead, and two quiet studies over the sideboard."""
    x0, x1, z0, z1, y = -0.62, 0.72, 1.28, 2.10, plan.NORTH - 0.03
    room.block(((x0 - 0.03, y, z0 - 0.03), (x1 + 0.03, plan.NORTH, z1 + 0.03)), "wood", plan.OAK)
    canvas = sheet((x0, y - 0.002, z0), (x1 - x0, 0, 0), (0, 0, z1 - z0), 0.03)
    u, v = (canvas[..., 0] - x0) / (x1 - x0), (canvas[..., 2] - z0) / (z1 - z0)
    colour = np.asarray((0.92, 0.89, 0.83)) + (v[..., None] - 0.5) * np.asarray((0.02, 0.05, 0.10))
    for height, turn, tint in (
        (0.58, 1.3, (0.76, 0.79, 0.77)),
        (0.46, 3.9, (0.65, 0.71, 0.68)),
        (0.30, 0.4, (0.54, 0.61, 0.55)),
    ):
        ridge = height + 0.07 * np.sin(u * 5.0 + turn) + 0.03 * np.sin(u * 11.0 + 2.0 * turn)
        below = np.clip((ridge - v) * 18.0, 0.0, 1.0)[..., None]
        colour = colour * (1 - below) + np.asarray(tint) * below
    room.mesh.add(canvas, picture="plain", colour=colour * 0.93)
    for south, tint in ((0.72, plan.SAGE), (1.52, plan.CLAY)):
        x = plan.EAST - 0.025
        frame = ((x, south, 1.32), (plan.EAST, south + 0.52, 2.0))
        room.block(frame, "wood", plan.OAK)
        paper = sheet((x - 0.002, south + 0.49, 1.35), (0, -0.46, 0), (0, 0, 0.62), 0.03)
        across, high = (paper[..., 1] - south - 0.26) / 0.13, (paper[..., 2] - 1.66) / 0.17
        inside = np.clip((1.0 - np.hypot(across, high)) * 6.0, 0.0, 1.0)[..., None]
        pale = np.asarray((0.95, 0.93, 0.88))
        room.mesh.add(
            paper, picture="plain", colour=0.93 * (pale * (1 - inside) + np.asarray(tint) * inside)
        )


def curtains(room: Furnisher) -> None:
    """Add linen curtains at both ends of the windows, in soft folds."""
    half = plan.PANE_HALF[0]
    for y0, y1 in (
        (plan.PANE_Y[0] - half - 0.62, plan.PANE_Y[0] - half - 0.04),
        (plan.PANE_Y[-1] + half + 0.02, plan.NORTH - 0.04),
    ):
        v, u = np.meshgrid(np.linspace(0.03, 2.66, 9), np.linspace(0, 1, 41), indexing="ij")
        fold = np.sin(u * 2 * np.pi * (y1 - y0) / 0.11)
        grid = np.stack([plan.WEST + 0.10 + 0.028 * fold, y0 + (y1 - y0) * u, v], axis=-1)
        n = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        deep = 0.84 + 0.10 * fold[..., None]
        colour = lattice(np.asarray(plan.LINEN) * 1.06 * deep)
        room.mesh.add(lattice(grid), picture="fabric", colour=colour, normals=lattice(n))
    ends = (plan.PANE_Y[0] - half - 0.7, plan.NORTH - 0.02)
    rod, normals = tube([(plan.WEST + 0.1, y, 2.68) for y in (ends[0], 0.0, ends[1])], 0.012, 8)
    room.add(rod, "plain", (0.70, 0.64, 0.56), normals)
