"""Owns what lies on the sand: a lantern, stones, shells, rocks; and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.look.sea import STONE
from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.shapes import ball, lattice, tube
from vr_runtime.stage.panda.resting.bay import FALL, WATER_M, height, seaward
from vr_runtime.stage.panda.resting.foliage import Wide

LANTERN_AT = (1.05, 3.45)
LANTERN_TURN = -3.0
"""Degrees to the left by which its front is turned."""
HALF_M = 0.095
"""Half the width of its floor."""
FLAME_M = 0.145
"""Height of the flame's middle above the sand."""
FLOOR_M, EAVES_M = 0.028, 0.285
IRON = (0.20, 0.19, 0.185)
EDGE_OUT = 1.5 - WATER_M / FALL
"""Metres to the sea at rest."""


@dataclass(frozen=True)
class Stone:
    """A smooth stone, half in the sand."""

    at: tuple[float, float]
    half: tuple[float, float, float]
    turn: float
    grey: float


@cache
def stones() -> tuple[Stone, ...]:
    """The few rocks at the left, and stones where the sea has left them."""
    random = np.random.default_rng(4)
    found = [
        Stone((-4.75, 5.05), (0.60, 0.44, 0.36), 0.4, 0.66),
        Stone((-5.65, 5.75), (0.85, 0.60, 0.46), 1.1, 0.62),
        Stone((-4.10, 4.62), (0.20, 0.15, 0.12), 0.2, 0.66),
        Stone((-1.62, 4.30), (0.085, 0.060, 0.040), 0.9, 0.60),
        Stone((-1.44, 4.18), (0.050, 0.040, 0.026), 0.2, 0.72),
        Stone((2.05, 3.62), (0.070, 0.050, 0.034), 2.0, 0.64),
    ]
    for _number in range(44):
        x = random.normal(0.0, 5.5)
        out = (
            random.normal(EDGE_OUT - 2.6, 0.5) if random.random() < 0.7 else random.uniform(4.2, 7)
        )
        size = random.uniform(0.018, 0.055)
        half = (size, size * random.uniform(0.6, 0.9), size * random.uniform(0.4, 0.7))
        at = (x, out + float(-seaward(x, 0.0)))
        found.append(Stone(at, half, random.uniform(0.0, np.pi), random.uniform(0.50, 0.78)))
    return tuple(found)


def thing(
    mesh: Mesh, faces: Array, normals: Array, colour: ArrayLike, open_part: ArrayLike = 1.0
) -> None:
    """Add what water never covers."""
    mesh.add(
        faces,
        colour=colour,
        open_to_sky=open_part,
        normals=normals,
        uv=np.zeros((len(faces), 4, 2)),
        layers=np.full(len(faces), STONE),
    )


def lay_stones(mesh: Mesh) -> None:
    """Add all stones, each with a shape of its own and dark where it meets the sand."""
    random = np.random.default_rng(6)
    for stone in stones():
        big = stone.half[0] > 0.3
        around, levels = (34, 16) if big else (12, 6)
        turn = np.linspace(0.0, 2 * np.pi, around + 1)[None]
        up = np.linspace(-0.55, np.pi / 2, levels + 1)[:, None]
        start = random.uniform(0.0, 2 * np.pi, 4)
        bumps = (
            1.0
            + 0.09 * np.sin(2 * turn + start[0]) * np.cos(up)
            + 0.07 * np.sin(3 * turn + 2.0 * up + start[1]) * np.cos(up)
            + 0.05 * np.sin(5 * turn - 3.0 * up + start[2]) * np.cos(up) * big
            + 0.06 * np.sin(4.0 * up + start[3])
            # weathered edges: where two old faces of a rock meet
            - 0.11 * np.abs(np.sin(2.0 * turn + 1.7 * up + start[0])) * np.cos(up) ** 0.5 * big
        )
        a, b, c = stone.half
        px, py = a * bumps * np.cos(up) * np.cos(turn), b * bumps * np.cos(up) * np.sin(turn)
        pz = c * bumps * np.sin(up)
        x = stone.at[0] + px * np.cos(stone.turn) - py * np.sin(stone.turn)
        y = stone.at[1] + px * np.sin(stone.turn) + py * np.cos(stone.turn)
        ground = float(height(*stone.at))
        rings = np.stack([x, y, ground + 0.12 * c + pz], axis=-1).astype(np.float32)
        faces, normals = lattice(rings)
        rise = np.clip((faces[..., 2] - height(faces[..., 0], faces[..., 1])) / c, 0.0, 1.0)
        tint = np.clip(np.asarray((1.0, 0.965, 0.92)) * stone.grey, 0.0, 1.0)
        thing(
            mesh,
            faces,
            normals,
            tint,
            (0.32 if big else 0.55) + (0.68 if big else 0.45) * np.sqrt(rise),
        )


def lay_shells(mesh: Mesh) -> None:
    """Add some shells: low ribbed fans, pale."""
    random = np.random.default_rng(9)
    for _number in range(22):
        x = random.normal(0.0, 3.6)
        out = random.uniform(3.0, EDGE_OUT - 1.2)
        y = out + float(-seaward(x, 0.0))
        size, way = random.uniform(0.026, 0.042), random.uniform(0.0, 2 * np.pi)
        fan = np.linspace(-1.15, 1.15, 13)[None]
        r = np.linspace(0.02, 1.0, 5)[:, None]
        px, py = size * r * np.sin(fan), size * r * np.cos(fan)
        dome = size * (0.42 * np.sin(np.pi * np.clip(r, 0.0, 1.0) * 0.82 + 0.2)) * np.cos(fan * 0.9)
        ribs = 0.035 * size * r * np.cos(fan * 12.0)
        gx, gy = x + px * np.cos(way) - py * np.sin(way), y + px * np.sin(way) + py * np.cos(way)
        rings = np.stack([gx, gy, height(gx, gy) - 0.002 + dome + ribs], axis=-1)
        faces, normals = lattice(rings.astype(np.float32))
        tint = np.asarray((0.93, 0.87, 0.80)) * random.uniform(0.86, 1.0)
        thing(mesh, faces, normals, tint, 0.9)


def lantern_foot() -> tuple[float, float, float]:
    """Where the lantern stands on the sand."""
    x, y = LANTERN_AT
    return x, y, float(height(x, y)) - 0.006


def corners_of_lantern(half: float) -> Wide:
    """Four places (4, 2) around its middle, the first in front at the left, going to the right."""
    a = np.radians(LANTERN_TURN)
    local = half * np.asarray(((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)))
    turning = np.asarray(((np.cos(a), np.sin(a)), (-np.sin(a), np.cos(a))))
    return np.asarray(local @ turning + LANTERN_AT)


def lantern_frame(mesh: Mesh) -> None:
    """Add floor, feet, posts, roof and ring of the lantern."""
    x, y, z = lantern_foot()

    def square(levels: ArrayLike, open_part: float = 1.0) -> None:
        """Rings of four sides: pairs of half a width and a height above the sand."""
        for (low, below), (high, above) in zip(
            np.asarray(levels), np.asarray(levels)[1:], strict=False
        ):
            a, b = corners_of_lantern(low), corners_of_lantern(high)
            quads = [
                [
                    (*a[k], z + below),
                    (*a[(k + 1) % 4], z + below),
                    (*b[(k + 1) % 4], z + above),
                    (*b[k], z + above),
                ]
                for k in range(4)
            ]
            corners = np.asarray(quads, dtype=np.float32)
            n = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
            n /= np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-9)
            thing(mesh, corners, np.repeat(n[:, None], 4, axis=1), IRON, open_part)

    square(
        [(HALF_M, 0.012), (HALF_M + 0.004, 0.016), (HALF_M + 0.004, FLOOR_M), (0.002, FLOOR_M)], 0.8
    )
    square([(0.002, EAVES_M), (HALF_M, EAVES_M)], 0.5)
    square(
        [
            (HALF_M, EAVES_M - 0.014),
            (HALF_M + 0.016, EAVES_M),
            (HALF_M + 0.016, EAVES_M + 0.008),
            (0.045, EAVES_M + 0.062),
            (0.036, EAVES_M + 0.064),
            (0.036, EAVES_M + 0.092),
            (0.052, EAVES_M + 0.094),
            (0.004, EAVES_M + 0.118),
        ]
    )
    for px, py in corners_of_lantern(HALF_M - 0.006):
        post, normals = tube([(px, py, z + FLOOR_M), (px, py, z + EAVES_M)], 0.0062, 8)
        thing(mesh, post, normals, IRON, 0.9)
        foot, normals = ball((px, py, z + 0.008), (0.017, 0.017, 0.013), 10, 6)
        thing(mesh, foot, normals, IRON, 0.45)
    candle, normals = tube(
        [(x, y, z + h) for h in (FLOOR_M, 0.083, 0.088, 0.089)], (0.026, 0.026, 0.023, 0.001), 16
    )
    thing(mesh, candle, normals, (0.93, 0.86, 0.74))
    ring = np.linspace(-0.15, np.pi + 0.15, 21)
    a = np.radians(LANTERN_TURN)
    handle = np.stack(
        [
            x + 0.060 * np.cos(ring) * np.cos(a),
            y + 0.060 * np.cos(ring) * np.sin(a),
            z + EAVES_M + 0.085 + 0.080 * np.sin(ring),
        ],
        axis=-1,
    )
    wire, normals = tube(handle, 0.0042, 8, beside=(-np.sin(a), np.cos(a), 0.0))
    thing(mesh, wire, normals, IRON)


def panes(mesh: Mesh) -> None:
    """Add the four panes of the lantern, for `look.lantern.glaze`."""
    z = lantern_foot()[2]
    at = corners_of_lantern(HALF_M - 0.006)
    quads = [
        [
            (*at[k], z + FLOOR_M),
            (*at[(k + 1) % 4], z + FLOOR_M),
            (*at[(k + 1) % 4], z + EAVES_M),
            (*at[k], z + EAVES_M),
        ]
        for k in range(4)
    ]
    mesh.add(quads, uv=np.tile([(-1, -1), (1, -1), (1, 1), (-1, 1)], (4, 1, 1)))
