"""Owns the furniture of the bedroom: bed, bedside table, wardrobe, shelf, chair."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.bedroom.plan import (
    BED,
    BENCH,
    CHAIR,
    CHAIR_TURN,
    CLAY,
    LINEN,
    NAVY,
    OAK,
    OCHRE,
    SAGE,
    STAND,
    WALNUT,
    WARDROBE,
    WHITE,
    Fitter,
)
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.models.shapes import turned as swung
from vr_runtime.stage.panda.resting.furnisher import lattice, sheet
from vr_runtime.stage.panda.resting.upholstery import Set, padded

LEAF_M = 0.57
"""Breadth of one leaf of the wardrobe."""


def shaded(tint: tuple[float, float, float], by: float) -> tuple[float, float, float]:
    """A tint with so much of its brightness as displayed."""
    red, green, blue = tint
    return (red * by, green * by, blue * by)


def furniture(room: Fitter) -> None:
    """Add all of it; the wardrobe's left leaf, which may open, is a model of its own."""
    _bed(room)
    _bedside(room)
    _wardrobe(room)
    _bench(room)
    _chair(room)


def _bed(room: Fitter) -> None:
    """A wooden bed, its head at the wall; a quilt, a folded blanket, two pillows."""
    (x0, y0, _), (x1, y1, _) = BED
    for box in (
        ((x0, y1 - 0.05, 0.0), (x1, y1, 0.98)),
        ((x0, y0, 0.0), (x1, y0 + 0.045, 0.52)),
        ((x0, y0 + 0.04, 0.20), (x0 + 0.035, y1 - 0.04, 0.36)),
        ((x1 - 0.035, y0 + 0.04, 0.20), (x1, y1 - 0.04, 0.36)),
    ):
        room.block(box, "wood", OAK, 0.1)
    room.block(((x0 - 0.01, y1 - 0.065, 0.95), (x1 + 0.01, y1 + 0.01, 0.99)), "wood", OAK, 0.1)
    mattress = ((x0 + 0.03, y0 + 0.05, 0.30), (x1 - 0.03, y1 - 0.06, 0.49))
    padded(room, mattress, LINEN, edge=0.05)
    quilt = ((x0 - 0.015, y0 + 0.03, 0.36), (x1 + 0.015, y0 + 1.36, 0.565))
    padded(room, quilt, NAVY, edge=0.055, crown=0.035, piped=np.asarray(NAVY) * 0.8)
    fold = ((x0 - 0.012, y0 + 1.22, 0.40), (x1 + 0.012, y0 + 1.46, 0.60))
    padded(room, fold, LINEN, edge=0.05, crown=0.02)
    for low, high, tint, turn, lean in (
        ((x0 + 0.10, y1 - 0.36, 0.47), (x1 - 0.10, y1 - 0.24, 0.86), LINEN, 0.0, 34.0),
        ((x0 + 0.22, y1 - 0.50, 0.50), (x1 - 0.22, y1 - 0.38, 0.80), OCHRE, 3.0, 38.0),
    ):
        about = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
        padded(room, (low, high), tint, edge=0.045, crown=0.05, stands=Set(about, turn, lean))
    throw = ((x0 - 0.02, y0 + 0.20, 0.40), (x1 + 0.02, y0 + 0.62, 0.592))
    padded(room, throw, CLAY, edge=0.05, crown=0.03)


def _bedside(room: Fitter) -> None:
    """A small table with a drawer and an open shelf."""
    (x0, y0, _), (x1, y1, top) = STAND
    room.block(((x0 - 0.01, y0 - 0.01, top - 0.025), (x1 + 0.01, y1, top)), "wood", WALNUT, 0.08)
    room.block(((x0, y0 + 0.01, top - 0.17), (x1, y1, top - 0.025)), "wood", WALNUT, 0.1)
    front = ((x0 + 0.012, y0, top - 0.158), (x1 - 0.012, y0 + 0.01, top - 0.036))
    room.block(front, "wood", shaded(WALNUT, 0.94), 0.1)
    knob, normals = ball(((x0 + x1) / 2, y0 - 0.012, top - 0.10), 0.013, 12, 6)
    room.add(knob, "plain", (0.70, 0.58, 0.38), normals)
    room.block(((x0, y0 + 0.02, 0.16), (x1, y1, 0.18)), "wood", WALNUT, 0.1)
    for x in (x0, x1 - 0.03):
        for y in (y0 + 0.015, y1 - 0.035):
            room.block(((x, y, 0.0), (x + 0.03, y + 0.03, top - 0.17)), "wood", WALNUT, 0.12)


def _wardrobe(room: Fitter) -> None:
    """Two leaves, of which one may open; inside it is dark, with a few clothes on a rail."""
    (x0, y0, _), (x1, y1, top) = WARDROBE
    tint = shaded(WHITE, 0.96)
    for box in (
        ((x0, y0, 0.0), (x1, y0 + 0.025, top)),
        ((x0, y1 - 0.025, 0.0), (x1, y1, top)),
        ((x0, y0, 0.0), (x1 - 0.02, y1, 0.08)),
        ((x0, y0 - 0.02, top), (x1 + 0.02, y1 + 0.02, top + 0.04)),
    ):
        room.block(box, "plain", tint, 0.15)
    dark = (0.30, 0.28, 0.26)
    back = sheet((x0 + 0.02, y1 - 0.03, 0.08), (0, y0 - y1 + 0.06, 0), (0, 0, top - 0.08), 0.2)
    room.add(back[:, ::-1], "plain", dark, sky=0.01)
    for number, colour in enumerate((NAVY, CLAY, SAGE, LINEN)):
        y = y0 + 0.72 + 0.12 * number
        cloth = ((x0 + 0.08, y - 0.04, 0.55 + 0.1 * (number % 2)), (x1 - 0.12, y + 0.04, 1.72))
        room.block(cloth, "fabric", shaded(colour, 0.5), 0.2)
    leaf(room, (x1, y0 + 0.004, 0.06), -1.0)
    room.block(((x1 - 0.02, y0, 0.0), (x1 - 0.004, y1, 0.06)), "plain", shaded(tint, 0.9), 0.2)
    room.block(
        ((x0 + 0.06, y0 + 0.18, top + 0.04), (x1 - 0.08, y0 + 0.64, top + 0.27)),
        "fabric",
        OCHRE,
        0.1,
    )


def leaf(room: Fitter, hinge: tuple[float, float, float], side: float) -> None:
    """A panelled leaf of the wardrobe that looks east, at the south (side -1) of its opening."""
    x, y, z = hinge
    high, tint = WARDROBE[1][2] - 0.07, shaded(WHITE, 0.98)
    y1 = y + LEAF_M + 0.02
    room.block(((x - 0.02, y, z), (x, y1, high)), "plain", tint, 0.12)
    for low, top in ((z + 0.10, 0.92), (1.02, high - 0.10)):
        for box in (
            ((x, y + 0.09, low), (x + 0.011, y1 - 0.09, low + 0.026)),
            ((x, y + 0.09, top - 0.026), (x + 0.011, y1 - 0.09, top)),
            ((x, y + 0.09, low), (x + 0.011, y + 0.116, top)),
            ((x, y1 - 0.116, low), (x + 0.011, y1 - 0.09, top)),
        ):
            room.block(box, "plain", shaded(tint, 0.92), 0.2)
    at = y1 - 0.045 if side < 0 else y + 0.045
    knob, normals = ball((x + 0.022, at, 1.02), 0.016, 12, 6)
    room.add(knob, "plain", (0.70, 0.58, 0.38), normals)


def _bench(room: Fitter) -> None:
    """A low shelf with three bays under the window."""
    (x0, y0, _), (x1, y1, top) = BENCH
    room.block(((x0 - 0.01, y0 - 0.01, top - 0.03), (x1 + 0.01, y1, top)), "wood", OAK, 0.08)
    room.block(((x0, y0 + 0.02, 0.0), (x1, y1, 0.04)), "wood", OAK, 0.12)
    back = sheet((x0, y1 - 0.01, 0.04), (x1 - x0, 0, 0), (0, 0, top - 0.07), 0.1)
    room.add(back, "plain", shaded(WHITE, 0.72))
    bays = np.linspace(x0, x1 - 0.025, 4)
    for x in bays:
        room.block(((x, y0, 0.0), (x + 0.025, y1, top - 0.03)), "wood", OAK, 0.1)
    basket = ((bays[2] + 0.05, y0 + 0.03, 0.045), (bays[3] - 0.03, y1 - 0.03, 0.30))
    padded(room, basket, (0.78, 0.66, 0.48), edge=0.03)


def _turned(
    faces: NDArray[np.float32], normals: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    moved = faces + np.asarray((*CHAIR, 0.0), dtype=np.float32)
    return swung(moved, CHAIR_TURN, CHAIR), swung(normals, CHAIR_TURN)


def _chair(room: Fitter) -> None:
    """A chair with a cushion, a dressing gown over its back, slippers before it."""
    half, seat = 0.205, 0.45

    def rod(path: list[tuple[float, float, float]], radius: float) -> None:
        faces, normals = _turned(*tube(path, radius, 9))
        room.add(faces, "wood", OAK, normals)

    for x in (-half + 0.02, half - 0.02):
        rod([(x, -0.18, 0.0), (x * 0.96, -0.17, seat)], 0.017)
        rod([(x, 0.19, 0.0), (x * 0.97, 0.18, seat), (x * 0.97, 0.235, 0.92)], 0.017)
        rod([(x, -0.17, 0.22), (x, 0.18, 0.22)], 0.010)
    for z in (0.62, 0.76, 0.90):
        back = 0.195 + 0.11 * (z - 0.45)
        rod([(-half + 0.03, back, z), (half - 0.03, back, z)], 0.014)
    x, y = CHAIR
    stands = Set(CHAIR, CHAIR_TURN)
    plate = ((x - half, y - 0.20, seat - 0.03), (x + half, y + 0.20, seat))
    padded(room, plate, (0.82, 0.70, 0.56), edge=0.012, stands=stands)
    cushion = ((x - 0.18, y - 0.17, seat), (x + 0.18, y + 0.16, seat + 0.05))
    padded(room, cushion, SAGE, edge=0.024, crown=0.012, stands=stands)
    _gown(room)
    for side in (-0.07, 0.07):
        sole, normals = ball((side, -0.34, 0.022), (0.045, 0.115, 0.024), 14, 5)
        faces, way = _turned(sole, normals)
        room.add(faces, "fabric", CLAY, way)


def _gown(room: Fitter) -> None:
    """A dressing gown thrown over the back: it hangs in folds, one sleeve lower than the other."""
    u, v = np.meshgrid(np.linspace(-1.0, 1.0, 31), np.linspace(0.0, 1.0, 15))
    fold = 0.016 * np.sin(7.0 * u + 1.4 * v) * (0.3 + v) + 0.010 * np.sin(15.0 * u)
    wide = 0.235 * (1.0 - 0.10 * v) + 0.015 * np.sin(5.0 * v)
    for front in (True, False):
        low = 0.52 if front else 0.34 + 0.05 * np.sin(2.0 * u)
        z = 0.945 - (0.945 - low) * v
        bow = 0.022 * np.exp(-v * 30.0)
        back = 0.195 + 0.11 * (z - 0.45)
        y = back + (-0.028 - fold + bow if front else 0.030 + fold - bow)
        grid = np.stack([wide * u, y, z + 0.010 * np.cos(3.0 * u) * (1 - v)], axis=-1)
        n = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        if bool(n[..., 1].mean() > 0.0) is front:
            n = -n
        corners, normals = lattice(grid), lattice(n)
        order = normals_match(corners, normals)
        faces, way = _turned(corners[:, order], normals[:, order])
        room.add(faces, "fabric", (0.50, 0.42, 0.56), way)


def normals_match(corners: NDArray[np.float32], normals: NDArray[np.float32]) -> list[int]:
    """The order of corners in which faces are seen from where their normals point."""
    a, b = corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]
    agrees = float((np.cross(a, b) * normals.mean(axis=1)).sum())
    return [0, 1, 2, 3] if agrees > 0.0 else [3, 2, 1, 0]
