"""Owns cars, at the kerb and under way: which shape, which paint, where; knows nothing of roads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.chunks.coat import ENAMEL, LAMP, LENS, PANE
from vr_runtime.stage.models.city import bodywork, fittings, kinds
from vr_runtime.stage.models.city.bodywork import ACROSS, COVERS, FAR, NEAR, Cover, Grade
from vr_runtime.stage.models.city.fittings import Finish, Piece
from vr_runtime.stage.models.city.kinds import HALF_W, Kind
from vr_runtime.stage.models.city.street import ROAD_Z
from vr_runtime.stage.models.mesh import Array, Colour, Mesh, floats, normals_of
from vr_runtime.stage.models.shapes import turned

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
_TRIM: Colour = (0.15, 0.15, 0.155)
_POST: Colour = (0.07, 0.07, 0.075)
_SHAPES = (
    (kinds.HATCHBACK, 5),
    (kinds.SALOON, 3),
    (kinds.ESTATE, 3),
    (kinds.TALL, 3),
    (kinds.SMALL, 3),
    (kinds.VAN, 1),
)
"""What drives here, and how often."""
_TAXIS = 0.35
"""So many of the saloons and estates under way are taxis."""
_FINISHES: Mapping[Finish, float] = MappingProxyType(
    {"matt": 0.0, "enamel": ENAMEL, "lens": LENS, "lamp": LAMP}
)

_FINISH_OF: Mapping[Cover, float] = MappingProxyType(
    {
        "paint": ENAMEL,
        "trim": 0.0,
        "post": ENAMEL,
        "right": PANE,
        "left": PANE,
        "ahead": PANE,
        "behind": PANE,
    }
)
_COLUMNS = ("faces", "normals", "colours", "painted", "finish", "sky", "uv")


@dataclass(frozen=True)
class _Model:
    """A whole car before it is painted and placed; shared by all that are alike."""

    faces: Array
    normals: Array
    colours: Array
    """For each face (K, 1, 3); of what is painted, only a place is kept."""
    painted: NDArray[np.bool_]
    finish: Array
    sky: Array
    uv: Array


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
    taxi = motion is not None and kind in (kinds.SALOON, kinds.ESTATE)
    taxi = taxi and Random(f"taxi {seed}").random() < _TAXIS
    vehicle(
        mesh,
        (x, y, ROAD_Z),
        heading,
        kind,
        paint,
        scale=scale,
        motion=motion,
        grade=grade,
        drives=motion is not None,
        taxi=taxi,
    )


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
    drives: bool = False,
    taxi: bool = False,
) -> None:
    """A vehicle of this shape and paint, its wheels on `at`.

    Args:
        mesh: where its faces go; to be worn as one of the kinds with a coat.
        at: the point below its middle, in metres.
        heading: in degrees, as a node's.
        kind: its shape.
        paint: as displayed, 0 to 1.
        scale: its length as a multiple of the shape's.
        motion: see `look.glsl`; of one that travels.
        grade: how much of it is made out.
        drives: whether somebody drives it: its lamps are on by night and its wheels turn.
        taxi: whether it carries a taxi's sign.
    """
    model = _model(kind, grade, drives, taxi)
    stretched = floats([1.0, scale, 1.0])
    mesh.add(
        turned(model.faces * stretched, heading) + floats(at),
        normals=turned(model.normals, heading),
        colour=np.where(model.painted[:, None, None], floats(paint), model.colours),
        layers=model.finish,
        open_to_sky=model.sky,
        uv=model.uv,
        motion=motion,
    )


@cache
def _model(kind: Kind, grade: Grade, drives: bool, taxi: bool) -> _Model:
    pieces = [*fittings.lamps(kind, grade), *fittings.plates(kind, grade)]
    if grade.small:
        pieces += [*fittings.joints(kind, grade), *fittings.extras(kind, grade)]
    if taxi:
        pieces += fittings.sign(kind)
    for axle in kind.axles:
        wheels = [*fittings.wheel(grade, rolling=drives)]
        if grade.small:
            wheels.append(Piece(fittings.arch(grade.sides), (0.045, 0.045, 0.05), sky=0.25))
        pieces += fittings.placed(wheels, axle)
    parts = [_shell(kind, grade, driven=drives), *(_part(piece, drives) for piece in pieces)]
    joined = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS}
    return _Model(**joined)


def _part(piece: Piece, drives: bool) -> _Model:
    count = len(piece.faces)
    finish = piece.finish if drives or piece.finish != "lamp" else "lens"
    colour = (0.0, 0.0, 0.0) if piece.colour is None else piece.colour
    return _Model(
        faces=piece.faces,
        normals=normals_of(piece.faces) if piece.normals is None else piece.normals,
        colours=floats(np.broadcast_to(floats(colour), (count, 1, 3))),
        painted=np.full(count, piece.colour is None),
        finish=floats(np.full(count, _FINISHES[finish])),
        sky=floats(np.full((count, 4), piece.sky)),
        uv=floats(np.zeros((count, 4, 2))),
    )


def _shell(kind: Kind, grade: Grade, *, driven: bool) -> _Model:
    faces, normals, covers = bodywork.shell(kind, grade)
    # what a pane looks at is told by its colour: see `look.chunks.coat`
    panes = [(float(driven), k / 3.0, 0.0) for k in range(4)]
    return _Model(
        faces=faces,
        normals=normals,
        colours=floats([(0.0, 0.0, 0.0), _TRIM, _POST, *panes])[covers][:, None],
        painted=covers == COVERS.index("paint"),
        finish=floats([_FINISH_OF[cover] for cover in COVERS])[covers],
        # the nearer to the road, the less of the sky is seen
        sky=floats(np.clip(0.42 + 0.75 * faces[..., 2], 0.0, 1.0)),
        uv=_seen_through(kind, faces, covers),
    )


def _seen_through(kind: Kind, faces: Array, covers: Array) -> Array:
    """Where a point of a pane lies, from the seats and from the foot of the windows, in metres."""
    _, middle = kind.waist
    across = covers >= COVERS.index("ahead")
    u = np.where(across[:, None], faces[..., 0], faces[..., 1] - middle)
    foot = bodywork.flowing(kind.belt, np.clip(faces[..., 1], *kind.ends))
    return floats(np.stack([u, faces[..., 2] - foot], axis=-1))


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
