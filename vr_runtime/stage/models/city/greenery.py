"""Owns trees: crowns made of sprays of leaves; knows nothing of streets.

A crown is a cloud of cards, a spray of leaves on each, which all face out from its middle for the
light: it is lit like one round soft thing, darker inside and below.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.layers import layer
from vr_runtime.stage.models.city.boughs import Limbs, trunk
from vr_runtime.stage.models.city.street import Form, Tree
from vr_runtime.stage.models.mesh import Array, Mesh

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
    sprays: int
    """Cards around each lump of the crown."""
    size: float
    """Half of a card's side in metres, for a crown of 2.4 m."""
    limbs: Limbs | None
    """None: the trunk is not seen."""
    dense: bool
    """Whether each lump has a wide spray in its middle, that the sky is seen past it only."""


_GRADES = (
    _Grade(32.0, 26, 25, 0.22, Limbs(8, 9), True),
    _Grade(58.0, 20, 16, 0.31, Limbs(6, 5), True),
    _Grade(95.0, 12, 10, 0.46, Limbs(4, 2), True),
    _Grade(170.0, 8, 5, 0.66, Limbs(3, 0), False),
    _Grade(9999.0, 4, 3, 1.1, None, False),
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
    pale: bool = False
    """Whether its bark is smooth and light, as a birch's is."""


_SHAPES: dict[Form, _Shape] = {
    "round": _Shape(0.90, (0.85, 1.0, 0.40), (0.94, 1.0, 0.90)),
    "spreading": _Shape(0.70, (0.80, 1.0, 0.70), (0.84, 0.92, 0.86)),
    "cone": _Shape(1.35, (1.0, 0.85, 0.12), (0.95, 0.97, 0.80)),
    "column": _Shape(2.10, (0.75, 1.0, 0.35), (0.86, 0.94, 0.82)),
    "open": _Shape(1.05, (0.65, 1.0, 0.50), (0.92, 1.0, 0.84), 0.72, pale=True),
    "copper": _Shape(0.92, (0.90, 1.0, 0.45), (0.86, 0.52, 0.50), 1.1),
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
    if grade.limbs is not None:
        ends = [lump.centre for lump in lumps]
        trunk(wood, what, fork, ends, grade.limbs, random, pale=_SHAPES[what.form].pale)
    _leaves(leaves, what, fork, lumps, grade, random)


def _leaves(
    leaves: Mesh,
    what: Tree,
    fork: Point,
    lumps: list[Lump],
    grade: _Grade,
    random: np.random.Generator,
) -> None:
    shape = _SHAPES[what.form]
    tone = random.uniform(0.76, 0.93)
    hue = np.asarray(shape.hue) * tone * random.uniform((0.92, 0.91, 0.94), (1.06, 0.96, 1.14))
    half = np.asarray([what.crown, what.crown, shape.high * what.crown])
    centre = np.asarray([*fork[:2], what.height - half[2]])
    phase = float(random.uniform(0, 6.28))
    count = max(2, round(grade.sprays * shape.thick))
    size = grade.size * what.crown / 2.4 * min(1.5, max(1.0, shape.high**0.5))
    for lump in lumps:
        corners, faced = _sprays(random, lump, centre, count, size)
        if grade.dense:
            wide = 0.8 * float(lump.radii[0])
            inner = replace(lump, radii=0.25 * lump.radii)
            parts = zip((corners, faced), _sprays(random, inner, centre, 1, wide), strict=True)
            corners, faced = (np.concatenate(part) for part in parts)
        # light and dark belong to the whole crown
        out = (corners - centre) / half
        depth = np.clip(np.linalg.norm(out, axis=-1), 0.0, 1.0)
        below = np.clip(0.5 + 0.5 * out[..., 2], 0.0, 1.0)
        own = (corners - lump.centre) / lump.radii
        mixed = out * 0.6 + own * 0.45 + faced[:, None] * 0.3 + np.asarray([0.0, 0.0, 0.4])
        normals = mixed / np.maximum(np.linalg.norm(mixed, axis=-1, keepdims=True), 1e-6)
        skin = np.clip(np.linalg.norm(own, axis=-1), 0.0, 1.0)
        openness = 0.42 + 0.20 * depth**2 + 0.16 * skin**2 * (0.3 + 0.7 * below) + 0.22 * below
        # what grew last, at the tips, is lighter and yellower than the old leaves inside
        young = (0.85 * depth * skin)[..., None] * (0.08, 0.07, 0.0)
        lot = random.normal(0.0, 0.045) + random.normal(0.0, 0.05, (len(corners), 1, 1))
        warm = random.normal(0.0, 0.03, (len(corners), 1, 1)) * (1.0, 0.0, -1.0)
        colour = hue * (0.90 + lot + warm + young)
        motion = np.zeros((len(corners), 4, 4), dtype=np.float32)
        motion[..., 0] = 0.22 * np.clip((corners[..., 2] - fork[2] * 0.5) / what.height, 0.0, 1.0)
        motion[..., 1] = phase + lump.number * 0.4 + random.uniform(-0.1, 0.1, (len(corners), 1))
        motion[..., 2] = 0.03
        leaves.add(
            corners,
            normals=normals.astype(np.float32),
            layers=np.full(len(corners), _LEAF),
            uv=_WHOLE[np.where(random.random((len(corners), 1)) < 0.5, (0, 1, 2, 3), (1, 0, 3, 2))],
            colour=np.clip(colour, 0, 1),
            open_to_sky=np.clip(openness, 0.0, 1.0),
            motion=motion,
        )


def _sprays(
    random: np.random.Generator, lump: Lump, middle: Point, count: int, size: float
) -> tuple[Point, Point]:
    """Cards around a lump of a crown: their corners, and where each faces, out from `middle`.

    A spray hangs along the skin of the crown, its tip outward and down, more or less by chance, so
    that no side of a crown is seen edge on.
    """
    way = random.normal(size=(count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    at = lump.centre + way * random.uniform(0.55, 1.0, (count, 1)) * lump.radii
    out = at - middle
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
    tip = 0.55 * way + 0.35 * out + 0.75 * random.normal(size=(count, 3)) + (0.0, 0.0, -0.25)
    tip /= np.linalg.norm(tip, axis=1, keepdims=True)
    face = way + 0.7 * out + 0.5 * random.normal(size=(count, 3))
    face -= tip * (tip * face).sum(axis=1, keepdims=True)
    face /= np.maximum(np.linalg.norm(face, axis=1, keepdims=True), 1e-6)
    scale = size * random.uniform(0.75, 1.15, size=(count, 1))
    u, w = np.cross(tip, face) * scale, tip * scale
    return np.stack([at - u - w, at + u - w, at + u + w, at - u + w], axis=1), face
