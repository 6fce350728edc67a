"""Owns cars, at the kerb and under way; knows nothing of roads.

A car is a body of cross-sections along its length with round flanks, a cabin of glass all round
under a painted roof, and wheels below dark arches.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np

from vr_runtime.stage.look.layers import layer
from vr_runtime.stage.models.city.plan import ROAD_Z
from vr_runtime.stage.models.mesh import Array, Colour, Mesh, floats
from vr_runtime.stage.models.shapes import tube, turned

PAINTS: tuple[Colour, ...] = (
    (0.86, 0.86, 0.85),
    (0.78, 0.78, 0.77),
    (0.62, 0.64, 0.66),
    (0.46, 0.48, 0.50),
    (0.30, 0.31, 0.33),
    (0.22, 0.23, 0.26),
    (0.42, 0.28, 0.27),
    (0.30, 0.37, 0.46),
    (0.40, 0.46, 0.43),
    (0.70, 0.65, 0.56),
)
_Face = list[tuple[float, float, float]]
_RUBBER: Colour = (0.11, 0.11, 0.115)
_GLASS = layer("pane4")

# along the car from the tail (y, half width, underside, shoulder); metres
_BODY = (
    (-2.16, 0.62, 0.46, 0.70),
    (-2.10, 0.76, 0.34, 0.88),
    (-1.75, 0.85, 0.27, 0.96),
    (-0.60, 0.88, 0.24, 0.98),
    (0.60, 0.88, 0.24, 0.97),
    (1.25, 0.87, 0.25, 0.92),
    (1.80, 0.83, 0.28, 0.82),
    (2.06, 0.75, 0.34, 0.70),
    (2.14, 0.60, 0.42, 0.58),
)
_BODY_AFAR = tuple(_BODY[k] for k in (0, 1, 4, 6, 8))
# the cabin from behind to the front (y, half width of the roof, height); the last is the bonnet
_CABIN = (
    (-1.98, 0.70, 0.93),
    (-1.52, 0.62, 1.33),
    (-1.05, 0.60, 1.45),
    (-0.20, 0.61, 1.47),
    (0.35, 0.61, 1.40),
    (1.22, 0.72, 0.90),
)
_CABIN_AFAR = tuple(_CABIN[k] for k in (0, 2, 4, 5))
_AXLE_M, _WHEEL_M, _ARCH_M = 1.33, 0.32, 0.40


def _loft(rings: Array) -> tuple[Array, Array]:
    """Faces between rings (rows, columns, 3), seen from outside, and their softened normals."""
    along, around = np.gradient(rings, axis=0), np.gradient(rings, axis=1)
    out = np.cross(around, along)
    out /= np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-6)

    def corners(grid: Array) -> Array:
        quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
        return np.asarray(quads.reshape(-1, 4, 3), dtype=np.float32)

    return corners(rings), corners(out)


def _body(scale: float, *, fine: bool) -> tuple[Array, Array]:
    """The painted lower body with round flanks."""
    rings = []
    for y, half, low, high in _BODY if fine else _BODY_AFAR:
        flank = low + 0.45 * (high - low)
        right = [(0.90, low), (0.99, low + 0.12), (1.0, flank), (0.96, high - 0.09), (0.84, high)]
        if not fine:
            right = [right[0], right[2], right[4]]
        left = [(-x, z) for x, z in reversed(right)]
        profile = [*right, *left]
        rings.append([(-x * half, y * scale, z) for x, z in profile])
    return _loft(floats(rings))


def _ends(scale: float) -> Array:
    """What closes the body behind and in front."""
    out = []
    for row, flip in ((_BODY[0], False), (_BODY[-1], True)):
        y, half, low, high = row
        wide, narrow = half, half * 0.84
        face = [
            (-wide, y * scale, low),
            (wide, y * scale, low),
            (narrow, y * scale, high),
            (-narrow, y * scale, high),
        ]
        out.append(face[::-1] if flip else face)
    return floats(out)


def _cabin(scale: float, *, fine: bool) -> tuple[Array, Array]:
    """What is painted and what is glass above the shoulders."""
    sections = _CABIN if fine else _CABIN_AFAR
    painted: list[_Face] = []
    glass: list[_Face] = []
    for (y0, half0, z0), (y1, half1, z1) in pairwise(sections):
        a, b = y0 * scale, y1 * scale
        top = [(-half0, a, z0), (half0, a, z0), (half1, b, z1), (-half1, b, z1)]
        steep = abs(z1 - z0) > 0.35 * (y1 - y0)
        (glass if steep else painted).append(top)
        for s in (-1.0, 1.0):
            side = [
                (0.80 * s, a, 0.92),
                (0.80 * s, b, 0.92),
                (half1 * s, b, z1),
                (half0 * s, a, z0),
            ]
            glass.append(side if s > 0 else side[::-1])
    if fine:  # posts between the windows, and the edge of the roof
        for y, wide in ((-0.36, 0.055), (-1.40, 0.09)):
            high = 1.45 if y > -1.0 else 1.36
            for s in (-1.0, 1.0):
                foot, head = 0.808 * s, 0.622 * s
                a, b = (y - wide) * scale, (y + wide) * scale
                post = [(foot, a, 0.92), (foot, b, 0.92), (head, b, high), (head, a, high)]
                painted.append(post if s > 0 else post[::-1])
        for (y0, half0, z0), (y1, half1, z1) in pairwise(_CABIN):
            for s in (-1.0, 1.0):
                rim = [
                    ((half0 + 0.035) * s, y0 * scale, z0 - 0.07),
                    ((half1 + 0.035) * s, y1 * scale, z1 - 0.07),
                    ((half1 - 0.01) * s, y1 * scale, z1 + 0.012),
                    ((half0 - 0.01) * s, y0 * scale, z0 + 0.012),
                ]
                painted.append(rim if s > 0 else rim[::-1])
    return floats(painted), floats(glass)


def _disc(x: float, y: float, radius: float, out: float) -> Array:
    """An upright eight-cornered disc at the height of a hub, seen from the side `out`."""
    turn = np.arange(8) * np.pi / 4 + np.pi / 8
    rim = np.stack([np.full(8, x), y + radius * np.cos(turn), _WHEEL_M + radius * np.sin(turn)], -1)
    quads = np.stack([rim[[0, 1, 2, 3]], rim[[0, 3, 4, 7]], rim[[4, 5, 6, 7]]])
    return np.asarray(quads if out > 0 else quads[:, ::-1], dtype=np.float32)


def _lights(scale: float) -> tuple[Array, Array]:
    """Rear and front lights, drawn round the corners; metres."""
    rear: list[_Face] = []
    front: list[_Face] = []
    for s in (-1.0, 1.0):
        for x0, y0, x1, y1, lights, low, high in (
            (0.40, -2.175, 0.70, -2.135, rear, 0.64, 0.80),
            (0.70, -2.135, 0.84, -1.95, rear, 0.66, 0.82),
            (0.38, 2.165, 0.64, 2.135, front, 0.50, 0.62),
            (0.64, 2.135, 0.80, 1.98, front, 0.54, 0.68),
        ):
            a, b = (x0 * s, y0 * scale), (x1 * s, y1 * scale)
            face = [(*a, low), (*b, low), (*b, high), (*a, high)]
            lights.append(face if (s > 0) == (y0 < 0) else face[::-1])
    return floats(rear), floats(front)


def car(
    mesh: Mesh,
    x: float,
    y: float,
    heading: float,
    seed: int,
    *,
    motion: tuple[float, float, float, float] | None = None,
    fine: bool = True,
) -> None:
    """A car on the road; `heading` as a node's.

    With `motion` it is one that travels. Afar it need not be `fine`: posts, arches and hubs are
    left out.
    """
    chance = Random(seed)
    paint = chance.choice(PAINTS)
    scale = chance.uniform(0.92, 1.06)
    tall = chance.uniform(0.98, 1.10)

    def put(
        local: Array,
        colour: Colour,
        picture: str = "plain",
        *,
        normals: Array | None = None,
        sky: float = 1.0,
        glass: bool = False,
    ) -> None:
        placed = local.copy()
        placed[..., 2] = placed[..., 2] * tall + ROAD_Z
        placed = turned(placed, heading)
        placed[..., 0] += x
        placed[..., 1] += y
        facing = None if normals is None else turned(normals, heading)
        if glass:  # one spot of a window: dark, and all glass
            spot = np.full((len(local), 4, 2), (0.3, 0.2))
            which = [_GLASS] * len(local)
            mesh.add(placed, colour=colour, layers=which, uv=spot, motion=motion)
            return
        mesh.add(
            placed, colour=colour, picture=picture, normals=facing, open_to_sky=sky, motion=motion
        )

    flanks, normals = _body(scale, fine=fine)
    put(flanks, paint, "steel", normals=normals)
    put(_ends(scale), (0.7 * paint[0], 0.7 * paint[1], 0.7 * paint[2]), "steel")
    painted, glass = _cabin(scale, fine=fine)
    put(painted, paint, "steel")
    put(glass, (0.92, 0.96, 1.0), glass=True)
    upright = floats([1, 1, tall])
    for wy in (-_AXLE_M * scale, _AXLE_M * scale):
        for out in (-1.0, 1.0):
            if not fine:
                put(_disc(0.885 * out, wy, _WHEEL_M, out) / upright, _RUBBER, sky=0.7)
                continue
            put(_disc(0.884 * out, wy, _ARCH_M, out) / upright, (0.06, 0.06, 0.065), sky=0.4)
            put(_disc(0.892 * out, wy, _WHEEL_M, out) / upright, _RUBBER, sky=0.7)
            put(_disc(0.899 * out, wy, 0.20, out) / upright, (0.44, 0.44, 0.46))
    if fine:
        # tyres below the sills, seen from the front and behind
        for wy in (-_AXLE_M * scale, _AXLE_M * scale):
            for out in (-1.0, 1.0):
                first, last = min(0.66 * out, 0.88 * out), max(0.66 * out, 0.88 * out)
                tread, _ = tube([(first, wy, _WHEEL_M), (last, wy, _WHEEL_M)], _WHEEL_M, 8)
                put(tread / upright, _RUBBER, sky=0.4)
    rear, front = _lights(scale)
    put(rear, (0.52, 0.12, 0.11))
    put(front, (0.93, 0.93, 0.90))


def blob(
    mesh: Mesh,
    x: float,
    y: float,
    half: tuple[float, float],
    motion: tuple[float, float, float, float],
    dark: float,
    *,
    ground: float = ROAD_Z,
) -> None:
    """The soft shadow on the ground below something that travels or stands."""
    z = ground + 0.03
    a, b = half
    corners = [[(x - a, y - b, z), (x + a, y - b, z), (x + a, y + b, z), (x - a, y + b, z)]]
    uv = [[[-1, -1], [1, -1], [1, 1], [-1, 1]]]
    mesh.add(corners, uv=uv, open_to_sky=dark, motion=motion)
