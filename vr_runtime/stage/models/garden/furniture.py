"""Owns table, cloth, chairs and parasol of the terrace; knows nothing of what is laid on it."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.garden.laid import Laid
from vr_runtime.stage.models.garden.plan import PARASOL, TABLE_HIGH, TABLE_LOW, TOP_Z, Place
from vr_runtime.stage.models.gorge.ground import surface
from vr_runtime.stage.models.grain import grained
from vr_runtime.stage.models.mesh import Mesh, floats
from vr_runtime.stage.models.shapes import lattice
from vr_runtime.stage.panda.resting.furnisher import sheet

TEAK = (0.86, 0.70, 0.52)
LINEN = (0.41, 0.50, 0.57)
POLE = (0.62, 0.45, 0.29)
STRIPE = (0.70, 0.73, 0.74)
CANVAS = (0.84, 0.77, 0.62)
DROP_M = 0.24


def furniture(laid: Laid) -> None:
    """Add all of it."""
    _table(laid)
    _cloth(laid)
    for at, turn in (((-0.38, 1.78), 184.0), ((0.42, 1.80), 173.0), ((1.25, 0.85), 92.0)):
        _chair(laid, at, turn)
    _chair(laid, (-1.28, 0.95), -84.0)
    _parasol(laid)


def _table(laid: Laid) -> None:
    (x0, y0), (x1, y1) = TABLE_LOW, TABLE_HIGH
    laid.solid.box(
        (x0, y0, TOP_Z - 0.035), (x1, y1, TOP_Z - 0.002), colour=TEAK, picture="wood", bottom=True
    )
    legs = Mesh()
    for x in (x0 + 0.06, x1 - 0.13):
        for y in (y0 + 0.06, y1 - 0.13):
            legs.box(
                (x, y, 0.0), (x + 0.07, y + 0.07, TOP_Z - 0.03), colour=TEAK, picture="wood",
                foot=0.5, open_to_sky=0.6,
            )  # fmt: skip
    laid.solid.take(grained(legs))
    middle = ((x0 + x1) / 2 + 0.46, (y0 + y1) / 2 + 0.42, 0.003)
    laid.shade(middle, (0.80, 0.56), dark=0.55)
    laid.shade(((x0 + x1) / 2 + 0.2, (y0 + y1) / 2 + 0.2, 0.0025), (0.8, 0.5), dark=0.35)


def _cloth(laid: Laid) -> None:
    """Blue linen with a pale border that hangs over the edges in folds."""
    (x0, y0), (x1, y1) = TABLE_LOW, TABLE_HIGH
    x0, y0, x1, y1 = x0 - 0.006, y0 - 0.006, x1 + 0.006, y1 + 0.006
    top = sheet((x0, y0, TOP_Z), (x1 - x0, 0, 0), (0, y1 - y0, 0), 0.02)
    near = np.minimum(
        np.minimum(top[..., 0] - x0, x1 - top[..., 0]),
        np.minimum(top[..., 1] - y0, y1 - top[..., 1]),
    )
    laid.add(top, _bordered(near), picture="fabric", dim=0.95)
    around: list[tuple[float, float]] = []
    outward: list[tuple[float, float]] = []
    step = 0.02
    for a, b, away in (
        ((x0, y0), (x1, y0), (0.0, -1.0)),
        ((x1, y0), (x1, y1), (1.0, 0.0)),
        ((x1, y1), (x0, y1), (0.0, 1.0)),
        ((x0, y1), (x0, y0), (-1.0, 0.0)),
    ):
        count = round(float(np.hypot(b[0] - a[0], b[1] - a[1])) / step)
        for t in np.linspace(0.0, 1.0, count, endpoint=False):
            around.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t))
            outward.append(away)
    edge, out = np.asarray([*around, around[0]]), np.asarray([*outward, outward[0]])
    # corners hang out diagonally
    for _ in range(5):
        out[1:-1] = 0.25 * out[:-2] + 0.5 * out[1:-1] + 0.25 * out[2:]
    long = np.arange(len(edge)) * step
    down = np.concatenate([[0.0, 0.006, 0.016], np.linspace(0.03, DROP_M, 12)])
    fold = 0.5 * np.sin(long * 21.0) + 0.35 * np.sin(long * 34.0 + 1.0) + 0.25 * np.sin(long * 9.0)
    fold = np.where(np.arange(len(long)) == len(long) - 1, fold[0], fold)
    sag = 0.010 * np.sin(long * 3.1)
    swing = 0.010 + 0.035 * (down / DROP_M)[:, None] * (0.6 + 0.5 * fold[None])
    swing = np.where(down[:, None] < 0.004, 0.0, np.minimum(swing, 0.8 * down[:, None] + 0.004))
    grid = np.stack(
        [
            edge[None, :, 0] + out[None, :, 0] * swing,
            edge[None, :, 1] + out[None, :, 1] * swing,
            TOP_Z - down[:, None] - sag[None] * (down / DROP_M)[:, None],
        ],
        axis=-1,
    )
    colour = np.broadcast_to(
        _bordered(0.0 * long[None] + (DROP_M - down[:, None]), hem=True), (*grid.shape[:2], 3)
    )
    light = 0.80 + 0.12 * fold[None] - 0.10 * (down / DROP_M)[:, None]
    surface(
        laid.solid, grid, colour=np.asarray(colour), openness=np.clip(light, 0.3, 1.0),
        picture="fabric", flip=True, uv_m=0.4,
    )  # fmt: skip


def _bordered(near: np.ndarray, *, hem: bool = False) -> np.ndarray:
    """Linen, with two stripes a little way from the edge or the hem."""
    low, high = (0.035, 0.060) if hem else (0.05, 0.075)
    on = (near > low) & (near < high) | (near > high + 0.012) & (near < high + 0.020)
    return np.asarray(np.where(on[..., None], STRIPE, LINEN))


def _chair(laid: Laid, at: tuple[float, float], turn: float) -> None:
    """A folding chair of slats; it looks along its own y, turned to the left."""
    made = Mesh()

    def slat(low: Place, high: Place) -> None:
        made.box(low, high, colour=TEAK, picture="wood", bottom=True, open_to_sky=0.88)

    for k in range(6):
        slat((-0.21, -0.20 + 0.068 * k, 0.435), (0.21, -0.142 + 0.068 * k, 0.455))
    for k in range(5):
        z = 0.56 + 0.072 * k
        y = -0.235 - 0.028 * k
        slat((-0.21, y - 0.010, z), (0.21, y + 0.010, z + 0.056))
    for x in (-0.225, 0.197):
        for y0, y1, z0, z1 in ((-0.20, -0.165, 0.0, 0.45), (0.16, 0.195, 0.0, 0.45)):
            slat((x, y0, z0), (x + 0.028, y1, z1))
        slat((x, -0.20, 0.42), (x + 0.028, 0.20, 0.45))
        for k in range(4):
            y, z = -0.222 - 0.034 * k, 0.44 + 0.12 * k
            slat((x, y, z), (x + 0.028, y + 0.030, z + 0.13))
        slat((x, -0.22, 0.66), (x + 0.028, 0.14, 0.685))
    rows, a = grained(made), np.radians(turn)
    c, s = float(np.cos(a)), float(np.sin(a))
    for column, (dx, dy) in (("v", at), ("n", (0.0, 0.0))):
        x_own, y_own = rows[column][..., 0].copy(), rows[column][..., 1].copy()
        rows[column][..., 0] = dx + c * x_own - s * y_own
        rows[column][..., 1] = dy + s * x_own + c * y_own
    laid.solid.take(rows)
    laid.shade((at[0] + 0.2, at[1] + 0.18, 0.0035), (0.30, 0.30), dark=0.46)
    for x, y in ((-0.21, -0.18), (0.21, -0.18), (-0.21, 0.178), (0.21, 0.178)):
        foot = (at[0] + c * x - s * y + 0.02, at[1] + s * x + c * y + 0.018, 0.0045)
        laid.shade(foot, (0.040, 0.040), dark=0.62)


def _parasol(laid: Laid) -> None:
    """Eight panels of canvas on ribs, with a short valance; it stands behind, at the left."""
    x, y = PARASOL
    laid.rod([(x, y, 0.0), (x, y, 2.62)], 0.022, POLE, sides=14)
    laid.round((x, y, 0.0), [(0.0, 0.09), (0.06, 0.09), (0.25, 0.05), (0.27, 0.0)][::-1],
               (0.62, 0.61, 0.60), picture="concrete")  # fmt: skip
    reach, rim_z, top_z = 1.45, 2.18, 2.62
    turn = np.linspace(0.0, 2 * np.pi, 8 * 6 + 1)
    sag = 0.035 * np.abs(np.sin(turn * 4.0))
    part = np.linspace(0.0, 1.0, 9)
    radius = reach * part[:, None] * (1.0 - 0.05 * np.abs(np.sin(turn * 4.0))[None] * part[:, None])
    z = top_z - (top_z - rim_z) * part[:, None] ** 1.12 - sag[None] * part[:, None] ** 2
    valance = np.stack([radius[-1], radius[-1] + 0.012]), np.stack([z[-1], z[-1] - 0.16])
    radius, z = np.concatenate([radius, valance[0][1:]]), np.concatenate([z, valance[1][1:]])
    grid = np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn), z], axis=-1)
    faces, normals = lattice(floats(grid))
    up = np.where(normals[..., 2:3].mean(axis=1, keepdims=True) < 0.0, -1.0, 1.0)
    outside = faces[:, ::-1] if float(up.mean()) < 0.0 else faces
    shown = (normals * up)[:, ::-1] if float(up.mean()) < 0.0 else normals * up
    laid.add(outside, CANVAS, normals=floats(shown), picture="fabric")
    # sun shines through the canvas: below it is warm and bright
    laid.solid.add(
        outside[:, ::-1], normals=floats(-shown[:, ::-1]), colour=(1.0, 0.93, 0.78),
        picture="fabric", open_to_sky=1.0,
    )  # fmt: skip
    for k in range(8):
        a = k * np.pi / 4
        tip = (x + 0.97 * reach * np.cos(a), y + 0.97 * reach * np.sin(a), rim_z + 0.0)
        laid.rod([(x, y, top_z - 0.02), tip], 0.009, POLE, sides=6)
        laid.rod(
            [(x, y, 1.95), (x + 0.55 * reach * np.cos(a), y + 0.55 * reach * np.sin(a), 2.37)],
            0.008, POLE, sides=6,
        )  # fmt: skip
    laid.shade((x + 1.40, y + 1.26, 0.0045), (1.45, 1.2), dark=0.50)
    laid.shade((x, y, 0.005), (0.30, 0.30), dark=0.5)
