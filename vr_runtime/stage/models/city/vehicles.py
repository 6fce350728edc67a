"""Owns cars, at the kerb and under way: which shape, which paint, where; knows nothing of roads."""

from __future__ import annotations

from random import Random
from typing import Protocol

import numpy as np

from vr_runtime.stage.look.layers import layer
from vr_runtime.stage.models.city import bodywork
from vr_runtime.stage.models.city.bodywork import ACROSS, FAR, HALF_W, NEAR, WHEEL_M, Grade, Kind
from vr_runtime.stage.models.city.street import ROAD_Z
from vr_runtime.stage.models.mesh import Array, Colour, Mesh, floats
from vr_runtime.stage.models.shapes import tube, turned

__all__ = ["ACROSS", "FAR", "NEAR", "PAINTS", "Grade", "blob", "car", "size_of", "vehicle"]

PAINTS: tuple[Colour, ...] = (
    (0.88, 0.88, 0.87),
    (0.84, 0.83, 0.80),
    (0.66, 0.68, 0.70),
    (0.50, 0.52, 0.54),
    (0.32, 0.33, 0.35),
    (0.20, 0.21, 0.23),
    (0.46, 0.20, 0.18),
    (0.22, 0.31, 0.43),
    (0.28, 0.37, 0.33),
    (0.66, 0.60, 0.50),
    (0.74, 0.26, 0.19),
    (0.30, 0.46, 0.54),
    (0.76, 0.60, 0.26),
)
_RUBBER: Colour = (0.13, 0.13, 0.135)
_TRIM: Colour = (0.17, 0.17, 0.18)
_ALLOY: Colour = (0.46, 0.47, 0.48)
_GLASS = layer("pane4")
_SHAPES = (
    (bodywork.HATCHBACK, 5),
    (bodywork.SALOON, 3),
    (bodywork.ESTATE, 3),
    (bodywork.TALL, 3),
    (bodywork.SMALL, 3),
    (bodywork.VAN, 1),
)
"""What drives here, and how often."""


def _drawn(seed: int) -> tuple[Kind, float, Colour]:
    """Shape, length as a multiple of the usual one, and paint."""
    chance = Random(seed)
    (kind,) = chance.choices([s for s, _ in _SHAPES], [n for _, n in _SHAPES])
    return kind, chance.uniform(0.96, 1.04), chance.choice(PAINTS)


def size_of(seed: int) -> tuple[float, float]:
    """Length and width in metres of what `car` makes of `seed`, its mirrors left out."""
    kind, scale, _ = _drawn(seed)
    tail, nose = kind.ends
    return 2.0 * scale * max(-tail, nose), 2.0 * HALF_W


def car(
    mesh: Mesh,
    x: float,
    y: float,
    heading: float,
    seed: int,
    *,
    motion: tuple[float, float, float, float] | None = None,
    grade: Grade = NEAR,
) -> None:
    """A car on the road; `heading` as a node's. With `motion` it is one that travels."""
    kind, scale, paint = _drawn(seed)
    vehicle(mesh, (x, y, ROAD_Z), heading, kind, paint, scale=scale, motion=motion, grade=grade)


def vehicle(
    mesh: Mesh,
    at: tuple[float, float, float],
    heading: float,
    kind: Kind,
    paint: Colour,
    *,
    scale: float = 1.0,
    motion: tuple[float, float, float, float] | None = None,
    grade: Grade = NEAR,
) -> None:
    """A vehicle of this shape and paint, its wheels on `at`.

    Args:
        mesh: where its faces go.
        at: the point below its middle, in metres.
        heading: in degrees, as a node's.
        kind: its shape.
        paint: as displayed, 0 to 1.
        scale: its length as a multiple of the shape's.
        motion: see `look.glsl`; of one that travels.
        grade: how much of it is made out.
    """
    stretched, place = floats([1.0, scale, 1.0]), floats(at)

    def put(
        local: Array,
        colour: Colour | Array,
        picture: str = "plain",
        *,
        normals: Array | None = None,
        sky: float = 1.0,
    ) -> None:
        placed = turned(local * stretched, heading) + place
        facing = None if normals is None else turned(normals, heading)
        mesh.add(
            placed, colour=colour, picture=picture, normals=facing, open_to_sky=sky, motion=motion
        )

    body, normals, trim = bodywork.shell(kind, grade)
    colours = np.where(trim[:, None, None], floats(_TRIM), floats(paint))
    put(body, floats(colours), "steel", normals=normals)
    painted, below = bodywork.ends(kind, grade)
    put(painted, paint, "steel")
    put(below, _TRIM, sky=0.6)
    roof, normals, painted, glass = bodywork.cabin(kind, grade)
    put(roof, paint, "steel", normals=normals)
    put(painted, paint, "steel")
    placed = turned(glass * stretched, heading) + place
    # one spot of a window: dark, and all glass
    spot = np.full((len(glass), 4, 2), (0.3, 0.2))
    mesh.add(placed, colour=_reflected(glass), layers=[_GLASS] * len(glass), uv=spot, motion=motion)
    if grade.small and motion is not None:
        put(bodywork.driver(kind), (0.045, 0.045, 0.05), sky=0.25)
    for axle in kind.axles:
        for side in (-1.0, 1.0):
            _wheel(put, axle, side, grade)
    _fittings(put, kind, small=grade.small)


def _reflected(glass: Array) -> Array:
    """The sky in the upper half of each window, the street in the lower: a colour per corner."""
    low, high = glass[..., 2].min(), glass[..., 2].max()
    up = ((glass[..., 2] - low) / max(1e-6, high - low))[..., None]
    return floats(np.asarray([0.42, 0.45, 0.47]) + up * np.asarray([0.46, 0.49, 0.51]))


class _Put(Protocol):
    """Faces of a car that are brought to its place."""

    def __call__(
        self, local: Array, colour: Colour | Array, picture: str = "plain", *, sky: float = 1.0
    ) -> None: ...


def _wheel(put: _Put, axle: float, side: float, grade: Grade) -> None:
    out = 0.865 * side
    rim = 0.215
    if not grade.small:
        put(bodywork.ring(out, axle, 0.0, WHEEL_M, grade.sides), _RUBBER, sky=0.8)
        return
    put(bodywork.ring(out, axle, rim, WHEEL_M, grade.sides), _RUBBER, sky=0.8)
    put(bodywork.arch(side, axle, grade.sides), (0.05, 0.05, 0.055), sky=0.3)
    spokes = np.arange(grade.sides) % 2 == 0
    colours = np.where(spokes[:, None, None], floats(_ALLOY), floats((0.20, 0.20, 0.21)))
    put(bodywork.ring(0.98 * out, axle, 0.0, rim, grade.sides), floats(colours), sky=0.8)
    ends = sorted((0.64 * side, out))
    tread, _ = tube([(e, axle, WHEEL_M) for e in ends], WHEEL_M, grade.sides)
    put(tread, _RUBBER, sky=0.5)


def _fittings(put: _Put, kind: Kind, *, small: bool) -> None:
    """Lights, and near by grille, plates and mirrors."""
    tail, nose = kind.ends[0] - 0.004, kind.ends[1] + 0.004
    for side in (-1.0, 1.0):
        a, b = sorted((0.36 * side, 0.655 * side))
        put(bodywork.plate(a, b, tail, 0.56, 0.70), (0.50, 0.10, 0.09))
        put(bodywork.plate(a, b, nose, 0.50, 0.61), (0.93, 0.93, 0.90))
    if not small:
        return
    put(bodywork.seams(kind), (0.10, 0.10, 0.105))
    put(bodywork.plate(-0.34, 0.34, nose, 0.51, 0.60), _TRIM)
    for y in (tail, nose):
        put(bodywork.plate(-0.26, 0.26, 1.002 * y, 0.385, 0.485), (0.86, 0.86, 0.82))
    mirror = Mesh()
    for side in (-1.0, 1.0):
        a, b = sorted((0.83 * side, 0.99 * side))
        mirror.box((a, 0.70, 0.95), (b, 0.80, 1.08), bottom=True)
    put(mirror.packed()["v"], _TRIM)


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
