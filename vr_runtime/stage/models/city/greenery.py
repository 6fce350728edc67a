"""Owns trees: trunks, boughs and crowns of leaf cards; knows nothing of streets.

A crown is a cloud of small cards that all face out from its middle for the light, so that it is
lit like one round soft thing, dark inside and below.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.layers import layer
from vr_runtime.stage.models.city.plan import PAVEMENT_Z, Tree
from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.shapes import tube

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


_GRADES = (
    _Grade(45.0, 15, 17, 0.36, 6, 4),
    _Grade(75.0, 10, 11, 0.50, 5, 2),
    _Grade(125.0, 5, 7, 0.78, 4, 0),
    _Grade(9999.0, 3, 5, 1.02, 0, 0),
)
_BARK = (0.36, 0.31, 0.27)


def tree(leaves: Mesh, wood: Mesh, what: Tree, *, away: float) -> None:
    """One tree, `away` metres from who looks."""
    grade = next(grade for grade in _GRADES if away < grade.away)
    random = np.random.default_rng(what.seed)
    lean = random.normal(size=2) * 0.12
    foot = np.asarray([what.x, what.y, PAVEMENT_Z])
    fork = foot + np.asarray([lean[0], lean[1], what.height - 1.7 * what.crown])
    if grade.sides:
        _trunk(wood, what, foot, fork, grade, random)
    _crown(leaves, what, fork, grade, random)


def _trunk(
    wood: Mesh, what: Tree, foot: Point, fork: Point, grade: _Grade, random: np.random.Generator
) -> None:
    top = fork + (fork - foot) * 0.02 + np.asarray([0.0, 0.0, what.crown * 0.9])
    path = [foot, (foot + fork) / 2 + np.asarray([0.05, 0.0, 0.0]), fork, top]
    faces, normals = tube(path, [0.17, 0.13, 0.11, 0.05], grade.sides)
    wood.add(faces, normals=normals, colour=_BARK, open_to_sky=0.6)
    for _ in range(grade.boughs):
        way = random.normal(size=3) * (1, 1, 0.3) + (0, 0, 0.9)
        way *= what.crown * 0.75 / np.linalg.norm(way)
        faces, normals = tube([fork, fork + way], [0.08, 0.03], 4)
        wood.add(faces, normals=normals, colour=_BARK, open_to_sky=0.45)


def _crown(
    leaves: Mesh, what: Tree, fork: Point, grade: _Grade, random: np.random.Generator
) -> None:
    tone = random.uniform(0.80, 1.05)
    hue = np.asarray((tone * random.uniform(0.92, 1.08), tone, tone * random.uniform(0.8, 1.0)))
    centre = fork + np.asarray([0.0, 0.0, what.crown * 0.72])
    phase = float(random.uniform(0, 6.28))
    count = grade.leaves
    for k in range(grade.lumps):
        # lumps wind up around the stem: wide and loose below, closing at the top
        up = (k + 0.5) / grade.lumps
        turn = 2.4 * k + phase
        wide = what.crown * (0.66 * np.sqrt(1.0 - (1.35 * up - 0.45) ** 2)) * random.uniform(0.8, 1)
        off = np.asarray([np.cos(turn) * wide, np.sin(turn) * wide, 0.0])
        off[2] = what.crown * (1.25 * up - 0.55 + random.uniform(-0.08, 0.08))
        reach = what.crown * random.uniform(0.9, 1.15) / grade.lumps**0.34 * 0.78
        radii = np.asarray([reach, reach, reach * 0.85])
        corners, _, _ = cards(random, centre + off, radii, count, grade.size * what.crown / 2.4)
        # light and dark belong to the whole crown
        out = (corners - centre) / what.crown
        depth = np.clip(np.linalg.norm(out, axis=-1), 0.0, 1.1)
        below = np.clip(0.5 + 0.5 * out[..., 2], 0.0, 1.0)
        own = (corners - (centre + off)) / radii
        mixed = out * 0.6 + own * 0.5 + np.asarray([0.0, 0.0, 0.5])
        normals = mixed / np.maximum(np.linalg.norm(mixed, axis=-1, keepdims=True), 1e-6)
        openness = np.clip(0.32 + 0.30 * depth**2 * (0.4 + 0.6 * below) + 0.42 * below, 0.34, 1)
        motion = np.zeros((count, 4, 4), dtype=np.float32)
        motion[..., 0] = 0.22 * np.clip((corners[..., 2] - fork[2] * 0.5) / what.height, 0.0, 1.0)
        motion[..., 1] = phase + k * 0.4
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
