"""Owns trees: trunks, boughs, crowns of leaf cards; knows nothing of streets.

A crown is a cloud of small cards that all face out from its middle for the light, so that it is
lit like one round soft thing, dark inside and below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.layers import layer
from vr_runtime.stage.models.city.street import PAVEMENT_Z, Form, Tree
from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.shapes import ball, tube

Point = NDArray[np.float64]
_LEAF = layer("leaf")
_WHOLE = np.asarray([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)


def cards(
    random: np.random.Generator, centre: Point, radii: Point, count: int, size: float
) -> tuple[Array, Array, Array]:
    """Leaf cards of `size` metres in an ellipsoid: corners, normals, openness of each corner."""
    way = random.normal(size=(count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    far = random.random((count, 1)) ** 0.4
    middle = centre + way * far * radii
    u = np.cross(way, random.normal(size=(count, 3)))
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    # cards lie along the crown's skin or across it, by chance: no side of a crown is seen edge on
    w = np.cross(way, u) + 0.9 * random.normal(size=(count, 3))
    w -= u * (u * w).sum(axis=1, keepdims=True)
    w /= np.linalg.norm(w, axis=1, keepdims=True)
    s = size * random.uniform(0.75, 1.1, size=(count, 1))
    corners = np.stack(
        [
            middle - u * s - w * s,
            middle + u * s - w * s,
            middle + u * s + w * s,
            middle - u * s + w * s,
        ],
        axis=1,
    )
    out = (corners - centre) / radii
    out[..., 2] += 0.25
    normals = out / np.maximum(np.linalg.norm(out, axis=-1, keepdims=True), 1e-6)
    depth = np.linalg.norm((corners - centre) / radii, axis=-1)
    below = np.clip(0.5 + 0.5 * (corners[..., 2] - centre[2]) / radii[2], 0.0, 1.0)
    openness = np.clip(0.15 + 0.55 * depth**2 * (0.4 + 0.6 * below) + 0.25 * below, 0.1, 1.0)
    return corners.astype(np.float32), normals.astype(np.float32), openness.astype(np.float32)


@dataclass(frozen=True)
class _Grade:
    """How much of a tree can be made out from so far."""

    away: float
    """Up to this many metres."""
    lumps: int
    leaves: int
    """Cards in each lump of the crown."""
    size: float
    """Of a card, for a crown of 2.4 m."""
    sides: int
    """Of the trunk; a trunk of no sides is not seen."""
    boughs: int
    full: bool
    """Whether the middle of each lump is dense foliage through which no sky is seen."""


_GRADES = (
    _Grade(45.0, 19, 34, 0.28, 6, 4, True),
    _Grade(75.0, 14, 19, 0.38, 5, 2, True),
    _Grade(125.0, 7, 10, 0.64, 4, 0, False),
    _Grade(9999.0, 4, 6, 0.92, 0, 0, False),
)


@dataclass(frozen=True)
class _Shape:
    """How a crown of one form is built."""

    high: float
    """Half of its height, as a multiple of its radius."""
    widths: tuple[float, float, float]
    """Of its outline at the foot, above it and at the top, 1 where it is widest."""
    hue: tuple[float, float, float]
    thick: float = 1.0
    """How many leaves, as a multiple of the usual number."""
    bark: tuple[float, float, float] = (0.47, 0.41, 0.35)


_SHAPES: dict[Form, _Shape] = {
    "round": _Shape(0.90, (0.85, 1.0, 0.40), (0.98, 1.0, 0.88)),
    "spreading": _Shape(0.70, (0.80, 1.0, 0.70), (0.80, 0.90, 0.80)),
    "cone": _Shape(1.35, (1.0, 0.85, 0.12), (1.0, 0.97, 0.70)),
    "column": _Shape(2.10, (0.75, 1.0, 0.35), (0.84, 0.95, 0.76)),
    "open": _Shape(1.05, (0.65, 1.0, 0.50), (1.0, 1.0, 0.78), 0.72, (0.62, 0.60, 0.56)),
    "copper": _Shape(0.92, (0.90, 1.0, 0.45), (0.86, 0.50, 0.46), 1.1),
}


@dataclass(frozen=True)
class Lump:
    """One of the round parts a crown is made of."""

    centre: Point
    radii: Point
    number: int


def crown(what: Tree, count: int) -> tuple[Point, list[Lump]]:
    """Where the boughs of `what` part, and the `count` lumps of its crown, all in the world."""
    random = np.random.default_rng(what.seed)
    shape = _SHAPES[what.form]
    half = shape.high * what.crown
    lean = random.normal(size=2) * 0.14
    fork = np.asarray([what.x + lean[0], what.y + lean[1], max(1.9, what.height - 1.8 * half)])
    middle = np.asarray([*(fork[:2] + lean), what.height - half])
    phase, flat, across = random.uniform(0, 6.28), random.uniform(0.78, 1.0), random.uniform(0, 3.1)
    squeeze = np.asarray([np.cos(across), np.sin(across)])
    # no side of a crown grows like the other
    heavy, more = random.uniform(0, 6.28), random.uniform(0.0, 0.22)
    lumps = []
    for k in range(count):
        # lumps wind up around the stem
        up = (k + 0.5) / count
        turn = 2.4 * k + phase
        wide = 0.66 * what.crown * float(np.interp(up, (0.0, 0.35, 1.0), shape.widths))
        wide *= random.uniform(0.78, 1.0) * (1.0 + more * np.cos(turn - heavy))
        off = np.asarray([np.cos(turn), np.sin(turn)]) * wide
        off -= squeeze * (off @ squeeze) * (1.0 - flat)
        rise = half * (1.45 * up - 0.72 + random.uniform(-0.08, 0.08))
        reach = what.crown * random.uniform(0.85, 1.2) / count**0.34 * 0.78
        tall = reach * 0.85 * min(1.6, max(0.8, shape.high))
        centre = middle + np.asarray([*off, rise])
        lumps.append(Lump(centre, np.asarray([reach, reach, tall]), k))
    return fork, lumps


def tree(leaves: Mesh, wood: Mesh, what: Tree, *, away: float) -> None:
    """One tree, `away` metres from who looks."""
    grade = next(grade for grade in _GRADES if away < grade.away)
    fork, lumps = crown(what, grade.lumps)
    random = np.random.default_rng(what.seed + 1)
    if grade.sides:
        _trunk(wood, what, fork, grade, random)
    if grade.full:
        _hearts(wood, what, lumps)
    _leaves(leaves, what, fork, lumps, grade, random)


def _trunk(wood: Mesh, what: Tree, fork: Point, grade: _Grade, random: np.random.Generator) -> None:
    bark = _SHAPES[what.form].bark
    foot = np.asarray([what.x, what.y, PAVEMENT_Z])
    top = np.asarray([*fork[:2], 0.35 * fork[2] + 0.65 * what.height])
    path = [foot, (foot + fork) / 2 + np.asarray([0.05, 0.0, 0.0]), fork, top]
    thick = what.height / 9.0
    radii = np.asarray([0.23, 0.17, 0.14, 0.05]) * thick
    faces, normals = tube(path, radii, grade.sides)
    wood.add(faces, normals=normals, colour=bark, open_to_sky=0.6)
    for _ in range(grade.boughs):
        way = random.normal(size=3) * (1, 1, 0.3) + (0, 0, 0.9)
        way *= what.crown * 0.75 / np.linalg.norm(way)
        faces, normals = tube([fork, fork + way], [0.10 * thick, 0.035], 4)
        wood.add(faces, normals=normals, colour=bark, open_to_sky=0.45)


def _hearts(wood: Mesh, what: Tree, lumps: list[Lump]) -> None:
    """The dense middle of each lump, in the shade of the leaves around it."""
    hue = np.asarray(_SHAPES[what.form].hue) * (0.52, 0.57, 0.44)
    for lump in lumps:
        heart, normals = ball(lump.centre, 0.50 * lump.radii, 5, 3)
        wood.add(heart, normals=normals, picture="grass", colour=hue, open_to_sky=0.72)


def _leaves(
    leaves: Mesh,
    what: Tree,
    fork: Point,
    lumps: list[Lump],
    grade: _Grade,
    random: np.random.Generator,
) -> None:
    shape = _SHAPES[what.form]
    tone = random.uniform(0.70, 0.92)
    hue = np.asarray(shape.hue) * tone * random.uniform((0.94, 0.97, 0.85), (1.04, 1.0, 1.05))
    half = np.asarray([what.crown, what.crown, shape.high * what.crown])
    centre = np.asarray([*fork[:2], what.height - half[2]])
    phase = float(random.uniform(0, 6.28))
    count = max(3, round(grade.leaves * shape.thick))
    size = grade.size * what.crown / 2.4 * min(1.5, max(1.0, shape.high**0.5))
    for lump in lumps:
        corners, _, _ = cards(random, lump.centre, lump.radii, count, size)
        # light and dark belong to the whole crown
        out = (corners - centre) / half
        depth = np.clip(np.linalg.norm(out, axis=-1), 0.0, 1.1)
        below = np.clip(0.5 + 0.5 * out[..., 2], 0.0, 1.0)
        own = (corners - lump.centre) / lump.radii
        mixed = out * 0.6 + own * 0.5 + np.asarray([0.0, 0.0, 0.5])
        normals = mixed / np.maximum(np.linalg.norm(mixed, axis=-1, keepdims=True), 1e-6)
        openness = np.clip(0.32 + 0.30 * depth**2 * (0.4 + 0.6 * below) + 0.42 * below, 0.34, 1)
        motion = np.zeros((count, 4, 4), dtype=np.float32)
        motion[..., 0] = 0.22 * np.clip((corners[..., 2] - fork[2] * 0.5) / what.height, 0.0, 1.0)
        motion[..., 1] = phase + lump.number * 0.4
        motion[..., 2] = 0.03
        leaves.add(
            corners,
            normals=normals.astype(np.float32),
            layers=np.full(count, _LEAF),
            uv=np.tile(_WHOLE, (count, 1, 1)),
            colour=np.clip(hue * (0.9 + 0.2 * random.random((count, 1, 1))), 0, 1),
            open_to_sky=openness,
            motion=motion,
        )
