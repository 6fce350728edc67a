"""Owns cars, at the kerb and under way; knows nothing of roads.

A car is a lofted body: cross-sections along its length, with the glass of the cabin apart.
"""

from __future__ import annotations

from random import Random

import numpy as np

from vr_runtime.stage.models.city.plan import ROAD_Z
from vr_runtime.stage.models.mesh import Array, Colour, Mesh, floats
from vr_runtime.stage.models.shapes import tube, turned

PAINTS: tuple[Colour, ...] = (
    (0.90, 0.90, 0.90),
    (0.86, 0.86, 0.85),
    (0.62, 0.64, 0.66),
    (0.40, 0.42, 0.45),
    (0.13, 0.13, 0.14),
    (0.16, 0.17, 0.20),
    (0.55, 0.10, 0.10),
    (0.14, 0.25, 0.44),
    (0.30, 0.40, 0.38),
    (0.80, 0.75, 0.62),
)

_GLASS = "shop1"

# along the car from the tail (y, half width, sill, shoulder); metres
_BODY = np.asarray(
    [
        (-2.12, 0.70, 0.48, 0.78),
        (-2.05, 0.80, 0.30, 0.92),
        (-1.20, 0.86, 0.22, 0.96),
        (0.70, 0.87, 0.22, 0.94),
        (1.45, 0.85, 0.22, 0.86),
        (2.00, 0.78, 0.28, 0.72),
        (2.12, 0.66, 0.42, 0.62),
    ]
)
# the cabin (y, half width of the roof, height)
_CABIN = ((-1.85, 0.74, 0.93), (-1.35, 0.58, 1.40), (0.15, 0.60, 1.43), (0.98, 0.76, 0.90))


def _loft(rings: Array) -> Array:
    quads = np.stack([rings[:-1, :-1], rings[1:, :-1], rings[1:, 1:], rings[:-1, 1:]], axis=2)
    return np.asarray(quads.reshape(-1, 4, 3)[:, ::-1], dtype=np.float32)


def _body(scale: float) -> Array:
    """The painted lower body, closed at both ends."""
    rings = []
    for y, half, sill, shoulder in _BODY:
        belt = sill + 0.62 * (shoulder - sill)
        profile = [
            (-half * 0.94, sill),
            (-half, belt),
            (-half * 0.88, shoulder),
            (half * 0.88, shoulder),
            (half, belt),
            (half * 0.94, sill),
        ]
        rings.append([(x, y * scale, z) for x, z in profile])
    return _loft(np.asarray(rings, dtype=np.float32))


def _ends(scale: float) -> Array:
    out = []
    for row, flip in ((_BODY[0], False), (_BODY[-1], True)):
        y, half, sill, shoulder = row
        face = [
            (-half, y * scale, sill),
            (half, y * scale, sill),
            (half * 0.9, y * scale, shoulder),
            (-half * 0.9, y * scale, shoulder),
        ]
        out.append(face[::-1] if flip else face)
    return np.asarray(out, dtype=np.float32)


def _cabin(scale: float) -> tuple[Array, Array, Array]:
    """Roof, side windows, front and rear windows."""
    rings = [
        [
            (-0.80, y * scale, 0.90),
            (-half, y * scale, z),
            (half, y * scale, z),
            (0.80, y * scale, 0.90),
        ]
        for y, half, z in _CABIN
    ]
    quads = _loft(np.asarray(rings, dtype=np.float32)).reshape(3, 3, 4, 3)
    roof = quads[1, 1][None]
    side = np.concatenate([quads[1, [0, 2]], quads[0, [0, 2]], quads[2, [0, 2]]])
    ends = quads[[0, 2], 1]
    return roof, side, ends


def _disc(x: float, y: float, radius: float, out: float) -> Array:
    """An upright eight-cornered disc at the height of a hub, seen from the side `out`."""
    turn = np.arange(8) * np.pi / 4 + np.pi / 8
    rim = np.stack([np.full(8, x), y + radius * np.cos(turn), 0.31 + radius * np.sin(turn)], -1)
    quads = np.stack([rim[[0, 1, 2, 3]], rim[[0, 3, 4, 7]], rim[[4, 5, 6, 7]]])
    return np.asarray(quads if out > 0 else quads[:, ::-1], dtype=np.float32)


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

    With `motion` it is one that travels. Afar it need not be `fine`: tread and hubs are left out.
    """
    chance = Random(seed)
    paint = chance.choice(PAINTS)
    scale = chance.uniform(0.94, 1.10)
    tall = chance.uniform(0.98, 1.12)

    def put(local: Array, colour: Colour, picture: str = "plain") -> None:
        placed = local.copy()
        placed[..., 2] = placed[..., 2] * tall + ROAD_Z
        placed = turned(placed, heading)
        placed[..., 0] += x
        placed[..., 1] += y
        # a window shows one spot of a shopfront: dark, and all glass
        glass = np.full((len(local), 4, 2), (0.5, 0.3)) if picture == _GLASS else None
        mesh.add(placed, colour=colour, picture=picture, uv=glass, motion=motion)

    put(_body(scale), paint, "steel")
    put(_ends(scale), (0.7 * paint[0], 0.7 * paint[1], 0.7 * paint[2]), "steel")
    roof, side, ends = _cabin(scale)
    put(roof + floats([0, 0, 0.012]), paint, "steel")
    put(side, (0.9, 0.95, 1.0), _GLASS)
    put(ends, (0.9, 0.95, 1.0), _GLASS)
    upright = floats([1, 1, tall])
    for wy in (-1.32 * scale, 1.32 * scale):
        for out in (-1.0, 1.0):
            inner, outer = 0.66 * out, 0.865 * out
            first, last = min(inner, outer), max(inner, outer)
            put(_disc(outer, wy, 0.31, out) / upright, (0.09, 0.09, 0.095))
            if not fine:
                continue
            tread, _ = tube([(first, wy, 0.31), (last, wy, 0.31)], 0.31, 8)
            put(tread / upright, (0.07, 0.07, 0.075))
            put(_disc(outer + 0.006 * out, wy, 0.19, out) / upright, (0.50, 0.50, 0.52))
    for side_x in (-0.62, 0.62):
        rear = floats([[(-0.1, 0, 0), (0.1, 0, 0), (0.1, 0, 0.09), (-0.1, 0, 0.09)]])
        put(rear + floats([side_x, -2.14 * scale, 0.62]), (0.55, 0.05, 0.05))
        put(rear[:, ::-1] + floats([side_x, 2.14 * scale, 0.50]), (0.95, 0.95, 0.9))


def blob(
    mesh: Mesh,
    x: float,
    y: float,
    half: tuple[float, float],
    motion: tuple[float, float, float, float],
    dark: float,
) -> None:
    """The soft shadow on the ground below something that travels or stands."""
    z = ROAD_Z + 0.03
    a, b = half
    corners = [[(x - a, y - b, z), (x + a, y - b, z), (x + a, y + b, z), (x - a, y + b, z)]]
    uv = [[[-1, -1], [1, -1], [1, 1], [-1, 1]]]
    mesh.add(corners, uv=uv, open_to_sky=dark, motion=motion)
