"""Owns the small things of the bedroom: lamps, books, toys, pictures, curtains, a string of stars.

The shades of lamps look inwards: what shines in them lights them, and nothing else does.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.bedroom.furniture import normals_match
from vr_runtime.stage.models.bedroom.plan import (
    BED,
    BENCH,
    CEILING_LAMP,
    CLAY,
    CURTAIN,
    EAST,
    HIGH,
    LAMP,
    LINEN,
    NAVY,
    NIGHT_LAMP,
    NORTH,
    OAK,
    OCHRE,
    RUG,
    SAGE,
    STAND,
    WALNUT,
    WINDOW_X,
    Fitter,
)
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import ball, tube
from vr_runtime.stage.panda.resting.books import Quads, Row, fill
from vr_runtime.stage.panda.resting.furnisher import lattice, sheet

SHADE, PAPER, MOON = (0.215, 0.19, 0.165), (0.165, 0.16, 0.15), (0.50, 0.46, 0.40)
"""Dark as they are, they lie so near to what shines in them that they glow."""
STRING_Z, SAG_M, STARS = 2.46, 0.09, 15
CURTAIN_FOOT, CURTAIN_TOP = 0.30, 2.40


def things(room: Fitter) -> None:
    """Add all that lies, stands and hangs; curtains are apart, for they stir."""
    _rug(room)
    _ceiling_lamp(room)
    _bedside_lamp(room)
    _night_lamp(room)
    _on_the_stand(room)
    _on_the_bench(room)
    _bear(room)
    _pictures(room)
    _string(room)
    _rod(room)


def inwards(faces: np.ndarray, normals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Faces that are seen from outside and lit from inside."""
    return faces, -normals


def _rug(room: Fitter) -> None:
    (x0, y0, _), (x1, y1, top) = RUG
    room.block(RUG, "fabric", (0.76, 0.71, 0.66), 0.1)
    for number, tint in enumerate((NAVY, (0.82, 0.78, 0.72), CLAY, (0.80, 0.76, 0.70))):
        inset = 0.07 + 0.055 * number
        z = top + 0.0015 * (number + 1)
        low, wide, deep = (x0 + inset, y0 + inset, z), x1 - x0 - 2 * inset, y1 - y0 - 2 * inset
        room.add(sheet(low, (wide, 0, 0), (0, deep, 0), 0.1), "fabric", tint)


def _ceiling_lamp(room: Fitter) -> None:
    """The cord of the ball of paper."""
    x, y, z = CEILING_LAMP
    cord, normals = tube([(x, y, z + 0.19), (x, y, HIGH - 0.03)], 0.004, 6)
    room.add(cord, "plain", (0.85, 0.84, 0.82), normals)
    rose, normals = ball((x, y, HIGH), (0.055, 0.055, 0.035), 16, 6)
    room.add(rose, "plain", (0.92, 0.91, 0.89), normals)


def paper_ball(lit: bool) -> Mesh:
    """The ball of paper in the ceiling's lamp, lit from inside or by the room alone."""
    x, y, z = CEILING_LAMP
    mesh = Mesh()
    paper, normals = ball((x, y, z), (0.20, 0.20, 0.185), 40, 20)
    # ribs of wire under the paper
    rib = 0.93 + 0.07 * np.cos((paper[..., 2] - z) * 2 * np.pi / 0.030)
    mesh.add(
        paper,
        colour=np.asarray(PAPER if lit else (0.80, 0.79, 0.76)) * rib[..., None],
        normals=-normals if lit else normals,
        open_to_sky=0.10,
    )
    return mesh


def _bedside_lamp(room: Fitter) -> None:
    """A lamp of turned wood under a shade of cloth."""
    x, y = LAMP
    top = STAND[1][2]
    rows = (
        (0.0, 0.062),
        (0.018, 0.060),
        (0.05, 0.030),
        (0.09, 0.046),
        (0.14, 0.040),
        (0.19, 0.014),
    )
    body, normals = tube([(x, y, top + up) for up, _ in rows], [r for _, r in rows], 24)
    room.add(body, "plain", (0.66, 0.42, 0.34), normals)
    neck, normals = tube([(x, y, top + 0.18), (x, y, top + 0.30)], 0.007, 8)
    room.add(neck, "plain", (0.70, 0.58, 0.38), normals)
    low, high = top + 0.245, top + 0.445
    for lines, sign in ((((low, 0.145), (high, 0.105)), -1.0),):
        u = np.linspace(0.0, 2 * np.pi, 49)
        v = np.linspace(0.0, 1.0, 6)[:, None]
        (z0, r0), (z1, r1) = lines
        radius = r0 + (r1 - r0) * v + 0.0022 * np.cos(24 * u)
        up = np.broadcast_to(z0 + (z1 - z0) * v, radius.shape)
        grid = np.stack([x + radius * np.cos(u), y + radius * np.sin(u), up], axis=-1)
        out = np.stack([np.cos(u), np.sin(u), 0.15 + 0 * u], axis=-1)
        out = np.broadcast_to(out / np.linalg.norm(out, axis=-1, keepdims=True), grid.shape)
        corners, way = lattice(grid), lattice(out)
        order = normals_match(corners, way)
        room.mesh.add(
            corners[:, order],
            picture="fabric",
            colour=SHADE,
            normals=(sign * way[:, order]).astype(np.float32),
            open_to_sky=0.12,
        )
    for z, r in ((low, 0.146), (high, 0.106)):
        rim, normals = tube(
            [(x + r * np.cos(a), y + r * np.sin(a), z) for a in np.linspace(0, 2 * np.pi, 33)],
            0.0035, 6, beside=(0.0, 0.0, 1.0),
        )  # fmt: skip
        room.add(rim, "plain", (0.86, 0.78, 0.66), normals)


def _night_lamp(room: Fitter) -> None:
    """A small moon on a wooden foot, which the patient keeps."""
    x, y, z = NIGHT_LAMP
    foot, normals = tube([(x, y, BENCH[1][2]), (x, y, BENCH[1][2] + 0.022)], [0.055, 0.045], 20)
    room.add(foot, "wood", WALNUT, normals)
    lid, normals = ball((x, y, BENCH[1][2] + 0.022), (0.045, 0.045, 0.004), 20, 4)
    room.add(lid, "wood", WALNUT, normals)
    moon, normals = inwards(*ball((x, y, z), 0.068, 28, 14))
    spots = 1.0 - 0.16 * (np.sin(60 * moon[..., 0]) * np.sin(50 * moon[..., 2] + 1.0) > 0.35)
    room.mesh.add(
        moon,
        picture="plain",
        colour=np.asarray(MOON) * spots[..., None],
        normals=normals.astype(np.float32),
        open_to_sky=0.30,
    )


def _on_the_stand(room: Fitter) -> None:
    """A book, a clock without numbers, a glass of water."""
    (x0, y0, _), (_, _, top) = STAND
    room.block(((x0 + 0.04, y0 + 0.05, top), (x0 + 0.17, y0 + 0.23, top + 0.022)), "fabric", CLAY)
    cup, normals = tube(
        [(x0 + 0.30, y0 + 0.09, top), (x0 + 0.30, y0 + 0.09, top + 0.085)], 0.030, 18
    )
    room.add(cup, "plain", (0.84, 0.88, 0.90), normals)
    lid, normals = ball((x0 + 0.30, y0 + 0.09, top + 0.080), (0.028, 0.028, 0.002), 18, 3)
    room.add(lid, "plain", (0.66, 0.74, 0.80), normals)
    room.block(((x0 + 0.05, y0 + 0.07, 0.18), (x0 + 0.28, y0 + 0.24, 0.25)), "fabric", SAGE)


def _on_the_bench(room: Fitter) -> None:
    """Books in two bays, building blocks, a sailing boat."""
    (x0, y0, _), (x1, y1, top) = BENCH
    bays = np.linspace(x0, x1 - 0.025, 4)
    east, front = np.asarray((1.0, 0.0, 0.0)), np.asarray((0.0, -1.0, 0.0))
    for bay, seed in ((0, 3), (1, 8)):
        start = np.asarray((bays[bay] + 0.03, y1 - 0.05, 0.042))
        quads = Quads()
        row = Row(start, east, front)
        wide = float(bays[bay + 1] - bays[bay] - 0.05)
        fill(quads, row, 0.0, wide, 0.34, np.random.default_rng(seed))
        quads.into(room)
    for number, (dx, dz, tint) in enumerate(
        ((0.0, 0.0, CLAY), (0.075, 0.0, OCHRE), (0.15, 0.0, NAVY), (0.035, 0.06, SAGE),
         (0.105, 0.06, (0.90, 0.86, 0.76)), (0.07, 0.12, CLAY))
    ):  # fmt: skip
        x, y = x0 + 0.52 + dx, y0 + 0.12 + 0.012 * (number % 2)
        room.block(((x, y, top + dz), (x + 0.06, y + 0.06, top + dz + 0.06)), "wood", tint, 0.06)
    x, y = x1 - 0.22, y0 + 0.17
    hull, normals = ball((x, y, top + 0.035), (0.13, 0.045, 0.035), 22, 8)
    room.add(hull, "wood", (0.72, 0.36, 0.30), normals)
    mast, normals = tube([(x, y, top + 0.05), (x, y, top + 0.33)], 0.005, 6)
    room.add(mast, "wood", OAK, normals)
    for foot, lean in (((-0.115, 0.0), 1.0), ((0.10, 0.0), 0.86)):
        tri = [(x + foot[0], y, top + 0.085), (x - 0.006 * np.sign(foot[0]), y, top + 0.085),
               (x - 0.006 * np.sign(foot[0]), y, top + 0.32 * lean)]  # fmt: skip
        a, b, c = tri if foot[0] < 0 else (tri[1], tri[0], tri[2])
        sail = np.asarray([[a, b, c, c]], dtype=np.float32)
        room.add(sail, "fabric", LINEN)
        room.add(sail[:, [1, 0, 3, 2]], "fabric", LINEN)


def _bear(room: Fitter) -> None:
    """A bear of plush that sits on the quilt."""
    x, y, z = BED[0][0] + 0.30, BED[0][1] + 0.98, 0.585
    fur, pale = (0.66, 0.48, 0.32), (0.86, 0.74, 0.58)
    for (dx, dy, dz), radii, tint in (
        ((0.0, 0.0, 0.085), (0.078, 0.068, 0.092), fur),
        ((0.0, -0.045, 0.080), (0.050, 0.034, 0.060), pale),
        ((0.0, -0.008, 0.222), (0.070, 0.062, 0.062), fur),
        ((0.0, -0.062, 0.206), (0.030, 0.026, 0.024), pale),
        ((-0.056, 0.0, 0.278), (0.026, 0.014, 0.026), fur),
        ((0.056, 0.0, 0.278), (0.026, 0.014, 0.026), fur),
        ((-0.085, -0.03, 0.115), (0.030, 0.050, 0.058), fur),
        ((0.085, -0.03, 0.115), (0.030, 0.050, 0.058), fur),
        ((-0.055, -0.100, 0.030), (0.034, 0.066, 0.034), fur),
        ((0.055, -0.100, 0.030), (0.034, 0.066, 0.034), fur),
        ((0.0, -0.086, 0.212), (0.010, 0.006, 0.008), (0.2, 0.16, 0.14)),
        ((-0.026, -0.064, 0.238), (0.007, 0.005, 0.007), (0.14, 0.12, 0.11)),
        ((0.026, -0.064, 0.238), (0.007, 0.005, 0.007), (0.14, 0.12, 0.11)),
    ):
        part, normals = ball((x + dx, y + dy, z + dz), radii, 16, 9)
        room.add(part, "fabric", tint, normals)


def _pictures(room: Fitter) -> None:
    """Over the bed a moon above hills; at its side two studies of a boat and of leaves."""
    x0, x1, z0, z1, y = 1.20, 1.86, 1.28, 1.92, NORTH - 0.025
    room.block(((x0 - 0.03, y, z0 - 0.03), (x1 + 0.03, NORTH, z1 + 0.03)), "wood", OAK, 0.2)
    canvas = sheet((x0, y - 0.002, z0), (x1 - x0, 0, 0), (0, 0, z1 - z0), 0.014)
    u, v = (canvas[..., 0] - x0) / (x1 - x0), (canvas[..., 2] - z0) / (z1 - z0)
    sky = np.asarray((0.36, 0.46, 0.62)) + v[..., None] * np.asarray((-0.12, -0.12, -0.06))
    moon = np.clip((0.15 - np.hypot(u - 0.62, v - 0.68)) * 30.0, 0.0, 1.0)[..., None]
    colour = sky * (1 - moon) + np.asarray((0.96, 0.92, 0.78)) * moon
    for height, turn, tint in (
        (0.40, 1.0, (0.34, 0.44, 0.50)),
        (0.28, 3.6, (0.28, 0.38, 0.40)),
        (0.15, 0.2, (0.22, 0.31, 0.30)),
    ):
        ridge = height + 0.06 * np.sin(u * 5.0 + turn) + 0.03 * np.sin(u * 12.0 + turn)
        below = np.clip((ridge - v) * 30.0, 0.0, 1.0)[..., None]
        colour = colour * (1 - below) + np.asarray(tint) * below
    room.add(canvas, "plain", colour)
    for south, tint in ((0.95, SAGE), (1.65, CLAY)):
        x = EAST - 0.022
        frame = ((x, south, 1.24), (EAST, south + 0.46, 1.82))
        room.block(frame, "wood", WALNUT, 0.2)
        paper = sheet((x - 0.002, south + 0.43, 1.27), (0, -0.40, 0), (0, 0, 0.52), 0.014)
        across, high = (paper[..., 1] - south - 0.23) / 0.14, (paper[..., 2] - 1.53) / 0.19
        inside = np.clip((1.0 - np.hypot(across, high)) * 12.0, 0.0, 1.0)
        stripe = 0.75 + 0.25 * (np.sin(high * 9.0 + 2.0 * across) > 0.0)
        pale = np.asarray((0.95, 0.93, 0.88))
        shown = pale * (1 - inside[..., None]) + np.asarray(tint) * (inside * stripe)[..., None]
        room.add(paper, "plain", np.clip(shown, 0.0, 1.0))


def string_at(part: float) -> tuple[float, float, float]:
    """A place on the string above the window, `part` of its way from left to right."""
    x0, x1 = WINDOW_X[0] - 0.08, WINDOW_X[1] + 0.08
    sag = SAG_M * (1.0 - (2.0 * part - 1.0) ** 2)
    return (x0 + (x1 - x0) * part, NORTH - 0.03, STRING_Z - sag)


def _string(room: Fitter) -> None:
    """A string above the window, from which found stars hang."""
    line, normals = tube([string_at(p) for p in np.linspace(0, 1, 25)], 0.0028, 6)
    room.add(line, "plain", (0.90, 0.86, 0.76), normals)


def _rod(room: Fitter) -> None:
    ends = (WINDOW_X[0] - 0.36, WINDOW_X[1] + 0.36)
    z = CURTAIN_TOP + 0.015
    rod, normals = tube([(x, NORTH - 0.10, z) for x in (ends[0], 0.0, ends[1])], 0.011, 10)
    room.add(rod, "plain", (0.62, 0.54, 0.44), normals)
    for x in ends:
        knob, normals = ball((x, NORTH - 0.10, z), 0.022, 12, 6)
        room.add(knob, "plain", (0.62, 0.54, 0.44), normals)


def curtains(cloth: Mesh, room: Fitter) -> None:
    """A curtain at either side of the window, which stirs more the lower it hangs."""
    for x0, x1, phase in (
        (WINDOW_X[0] - 0.33, WINDOW_X[0] + 0.04, 0.6),
        (WINDOW_X[1] - 0.04, WINDOW_X[1] + 0.33, 2.9),
    ):
        foot = CURTAIN_FOOT if x1 < 0.0 else 0.62
        u, v = np.meshgrid(np.linspace(0, 1, 49), np.linspace(0, 1, 15))
        fold = np.sin(u * 2 * np.pi * 5.5 + 0.35 * np.sin(3.0 * v))
        y = NORTH - 0.10 - (0.020 + 0.014 * (1 - v)) * fold
        grid = np.stack([x0 + (x1 - x0) * u, y, foot + (CURTAIN_TOP - foot) * v], axis=-1)
        n = np.cross(np.gradient(grid, axis=1), np.gradient(grid, axis=0))
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        n = np.where(n[..., 1:2].mean() > 0.0, -n, n)
        corners, normals = lattice(grid), lattice(n)
        order = normals_match(corners, normals)
        corners, normals = corners[:, order], normals[:, order]
        shade = lattice(np.repeat((0.86 + 0.14 * fold)[..., None], 3, axis=-1))[:, order][..., :1]
        high = lattice(np.repeat(v[..., None], 3, axis=-1))[:, order][..., 0]
        kept = room.reach.colours(corners, normals)
        motion = np.zeros((*high.shape, 4), dtype=np.float32)
        motion[..., 0], motion[..., 1] = 0.075 * (1.0 - high) ** 1.5, phase
        cloth.add(
            corners,
            picture="fabric",
            colour=np.clip(np.asarray(CURTAIN) * shade * kept, 0.0, 1.0),
            open_to_sky=0.16 + 0.10 * (1.0 - high),
            normals=normals.astype(np.float32),
            motion=motion,
        )
