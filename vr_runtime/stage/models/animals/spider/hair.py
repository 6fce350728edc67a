"""Owns the hair of spiders: each bristle a single slender triangle; knows no skin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.models.animals.spider.legs import FIRST, profile
from vr_runtime.stage.models.animals.spider.plan import LIMBS, Skeleton
from vr_runtime.stage.models.animals.spider.skin import Skin
from vr_runtime.stage.models.animals.spider.trunk import FORE, HIND
from vr_runtime.stage.models.mesh import Mesh

Wide = NDArray[np.float64]
WIDE = 0.0016
"""Of a bristle at its root, in spans."""


def hair(mesh: Mesh, bones: Skeleton, skin: Skin) -> None:
    """Add all bristles of a grade."""
    if not skin.bristles:
        return
    chance = np.random.default_rng(20)
    for limb in range(LIMBS):
        for bone, share in ((0, 0.30), (1, 0.40), (2, 0.30)):
            count = round(skin.bristles * share / (LIMBS - 1))
            _on_bone(mesh, bones, limb, bone, skin, count, chance)
    fore, hind = round(0.16 * skin.bristles), round(0.42 * skin.bristles)
    _on_trunk(mesh, FORE, bones.head, skin, fore, 0.62, chance)
    _on_trunk(mesh, HIND, bones.belly, skin, hind, 1.0, chance)


def _on_bone(
    mesh: Mesh,
    bones: Skeleton,
    limb: int,
    bone: int,
    skin: Skin,
    count: int,
    chance: np.random.Generator,
) -> None:
    along, wide = profile(bones, limb, bone, skin, 24)
    t = chance.uniform(0.02 if bone else 0.12, 0.98, count)
    turn = chance.uniform(0.0, 2.0 * np.pi, count)
    out = np.stack([np.cos(turn), np.zeros(count), np.sin(turn)], -1)
    radius = np.interp(t, along / along[-1], wide)
    root = out * radius[:, None] * 0.96
    root[:, 1] = t * along[-1]
    # they lean towards the tip; some stand off stiffly
    stiff = chance.random(count) < 0.12
    lean = np.where(stiff, chance.uniform(0.1, 0.5, count), chance.uniform(0.7, 1.9, count))
    way = out + np.stack([np.zeros(count), lean, np.zeros(count)], -1)
    way += chance.normal(0.0, 0.16, (count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    long = skin.long * chance.uniform(0.45, 1.0, count) * np.where(stiff, 1.25, 0.95)
    if bone == 2:
        long = long * (1.0 - 0.45 * t)
    _bristles(mesh, root, way, out, long, skin, FIRST + limb, bone, chance)


def _on_trunk(
    mesh: Mesh,
    part: float,
    shape: tuple[tuple[float, float, float], tuple[float, float, float]],
    skin: Skin,
    count: int,
    long_share: float,
    chance: np.random.Generator,
) -> None:
    middle, half = (np.asarray(each) for each in shape)
    # evenly over a ball, then drawn to the egg's sizes
    way = chance.normal(size=(count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    way[:, 2] = np.where(way[:, 2] < -0.35, -way[:, 2], way[:, 2])
    narrow = 1.0 - 0.34 * np.clip(np.abs(way[:, 1]), 0.0, 1.0) ** 2
    if part == HIND:
        root = way * half * np.stack([narrow**0.4, np.full(count, 0.985), narrow**0.4], -1) * 0.97
        root[:, 2] += 0.07 * half[2]
    else:
        root = way * half * np.stack([narrow, np.full(count, 0.96), np.ones(count)], -1) * 0.95
        root[:, 2] += 0.08 * half[2]
    root = root + middle
    out = way / half
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    back = np.asarray((0.0, -1.0, 0.0))
    towards = 0.55 * out + 0.9 * (back - out * (out @ back)[:, None])
    towards += chance.normal(0.0, 0.15, (count, 3))
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    long = skin.long * long_share * chance.uniform(0.5, 1.1, count)
    _bristles(mesh, root, towards, out, long, skin, part, 0, chance)


def _bristles(
    mesh: Mesh,
    root: Wide,
    way: Wide,
    out: Wide,
    long: Wide,
    skin: Skin,
    part: float,
    bone: int,
    chance: np.random.Generator,
) -> None:
    count = len(root)
    side = np.cross(way, chance.normal(size=(count, 3)))
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6)
    side *= 0.5 * WIDE * np.clip(skin.long / 0.026, 1.0, 1.5)
    tip = root + way * long[:, None]
    faces = np.stack([root - side, root + side, tip, tip], axis=1).astype(np.float32)
    # lit as the skin they stand on, and a little along themselves: a coat, not a heap of needles
    normal = 0.8 * out + 0.25 * way
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    tone = chance.uniform(0.75, 1.25, (count, 1))
    colour = np.empty((count, 4, 3), dtype=np.float32)
    colour[:, :2] = (np.asarray(skin.hair) * tone)[:, None]
    colour[:, 2:] = (np.asarray(skin.tip) * tone)[:, None]
    mesh.add(
        faces,
        normals=np.repeat(normal[:, None], 4, axis=1).astype(np.float32),
        colour=np.clip(colour, 0.0, 1.0),
        open_to_sky=0.88,
        uv=np.zeros((count, 4, 2)),
        motion=(part, bone, 0.03, 0.0),
    )
