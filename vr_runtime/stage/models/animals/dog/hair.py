"""Owns the hair of a dog: locks on cards that lie along the skin, the pelt below, ears.

Each card shows one lock of many hairs (`look.strands`), dark at its root, pale at its tip. Knows
neither skeleton nor what colour a coat is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.look.layers import METRES
from vr_runtime.stage.models.animals.dog import parts
from vr_runtime.stage.models.animals.dog.coat import COATS, colours, flow, lengths
from vr_runtime.stage.models.animals.dog.nets import Wide
from vr_runtime.stage.models.animals.dog.plan import NUMBER, Hound
from vr_runtime.stage.models.mesh import Mesh

LOCKS, PLAIN_LOCKS = 10500, 1300
"""Of a whole body, from near and from afar."""
BELOW = 0.16
"""How much darker the skin is below hair."""
_SLIMMEST, _BROADEST = 0.011, 0.040
_ROUND = 0.24
"""How far the two sides of a lock look aside: it takes light as something round."""
_CARD = np.asarray([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)
_INNER_EAR = np.asarray((0.46, 0.33, 0.29))


@dataclass(frozen=True)
class Ground:
    """What hair grows on: vertices, faces of four, and what is known of each vertex."""

    places: Wide
    faces: Wide
    normals: Wide
    bones: Wide
    shares: Wide
    open: Wide
    paint: Wide
    keep: Wide
    """How much hair there is, 0 on bare skin."""


def lie(places: Wide, way: Wide, faces: Wide) -> Wide:
    """Where the picture of the pelt lies on each face: along the hair, through all its corners."""
    p, along = places[faces], way[faces].mean(axis=1)
    along = along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    n = np.cross(p[:, 2] - p[:, 0], p[:, 3] - p[:, 1])
    n = n / np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-12)
    side = np.cross(n, along)
    uv = np.stack([(p * side[:, None]).sum(axis=-1), (p * along[:, None]).sum(axis=-1)], axis=-1)
    return np.asarray(uv / METRES["pelt"])


def coat(
    mesh: Mesh,
    hound: Hound,
    name: str,
    body: Ground,
    chance: np.random.Generator,
    *,
    share: float,
    fine: bool,
) -> None:
    """Add the locks of a body; `share` is how many, as a part of a whole body's."""
    count = round(share * (LOCKS if fine else PLAIN_LOCKS))
    f = body.faces
    a, b, c, d = (body.places[f[:, k]] for k in range(4))
    area = 0.5 * np.linalg.norm(np.cross(c - a, d - b), axis=1)
    first = body.bones[:, 0]
    first = np.where(first == NUMBER["jaw"], NUMBER["head"], first)
    long = lengths(name, hound, body.places, body.normals, first)
    # shorter hair stands closer
    weight = area * body.keep[f[:, 0]] / np.maximum(long[f[:, 0]], 0.010) ** 1.1
    which = chance.choice(len(f), size=count, p=weight / weight.sum())
    u, v = chance.random((2, count, 1))
    at = (a[which] * (1 - u) + b[which] * u) * (1 - v) + (d[which] * (1 - u) + c[which] * u) * v
    vertex = f[which, 0]
    soft = COATS[name].long
    n, tall = body.normals[vertex], long[vertex] * chance.uniform(0.75, 1.35, count)
    tall = tall * (1.5 if soft else 1.3)
    way = flow(hound, at, n, first[vertex])
    side = np.cross(n, way)
    # locks lie as their neighbours do, and all of them in gentle waves
    waves = 0.16 * np.sin(at @ np.asarray((41.0, 23.0, 31.0))) if soft else np.zeros(count)
    way = way + side * (waves + chance.normal(0.0, 0.11, count))[:, None]
    way = way / np.linalg.norm(way, axis=1, keepdims=True)
    side = np.cross(n, way)
    lift = chance.uniform(0.04, 0.15, count) if soft else chance.uniform(0.06, 0.20, count)
    # a tail is bushy all around
    lift = np.where(
        (first[vertex] >= NUMBER["tail_1"]) & (first[vertex] <= NUMBER["tail_5"]), lift + 0.16, lift
    )
    wide = np.clip((0.42 if soft else 0.70) * tall, _SLIMMEST, _BROADEST) * (1.0 if fine else 2.0)
    paint = body.paint[vertex]
    shade = chance.normal(1.0, 0.055 if soft else 0.10, (count, 1))
    _locks(
        mesh,
        root=at - n * 0.004,
        way=way,
        n=n,
        side=side,
        tall=tall,
        wide=wide,
        lift=lift,
        paint=np.clip(paint * shade, 0.0, 1.0),
        ends=(0.88, 1.08) if soft else (0.76, 1.14),
        open_part=body.open[vertex],
        motion=parts.packed(body.bones[vertex], body.shares[vertex], 0.05),
        mirrored=chance.random(count) < 0.5,
    )


def ear(
    mesh: Mesh,
    hound: Hound,
    name: str,
    flap: parts.Flap,
    chance: np.random.Generator,
    *,
    fine: bool,
) -> None:
    """Add one ear: its shell, short hair outside, which hangs over its rim."""
    told = parts.alone(flap.bone, 0.02)
    flat = flap.faces.reshape(-1, 3).astype(float)
    n = flap.normals.reshape(-1, 3).astype(float)
    bone = np.full(len(flat), float(NUMBER[flap.bone]))
    outer = colours(name, hound, flat, n, bone).reshape(flap.faces.shape)
    inner = flap.inner[:, None, None]
    pink = _INNER_EAR * 0.8 + 0.2 * outer
    up = (flat - np.asarray(hound.head))[:, 2].reshape(flap.faces.shape[:2])
    shade = np.where(inner[..., 0] > 0, np.clip(0.50 + 3.0 * (up - 0.04), 0.55, 0.9), 1.0)
    mesh.add(
        flap.faces,
        normals=flap.normals,
        colour=(outer * (1 - inner) + pink * inner).astype(np.float32),
        open_to_sky=shade,
        uv=np.zeros((len(flap.faces), 4, 2)),
        motion=told,
    )
    count = 480 if fine else 60
    # none in the hollow
    which = chance.choice(np.flatnonzero(flap.inner < 0.5), count)
    at = flap.faces[which].mean(axis=1) + chance.normal(0.0, 0.003, (count, 3))
    normal = flap.normals[which].mean(axis=1)
    normal = normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    side = np.cross(normal, np.broadcast_to(np.asarray(flap.way), at.shape))
    way = np.asarray(flap.way) + side * chance.normal(0.0, 0.25, (count, 1))
    way = way / np.linalg.norm(way, axis=1, keepdims=True)
    tall = lengths(name, hound, at, normal, np.full(count, float(NUMBER[flap.bone])))
    tall = 1.1 * tall * chance.uniform(0.7, 1.3, count)
    paint = outer[which].mean(axis=1)
    _locks(
        mesh,
        root=at - normal * 0.001,
        way=way,
        n=normal,
        side=side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6),
        tall=tall,
        wide=np.clip(0.8 * tall, 0.009, 0.022) * (1.0 if fine else 1.8),
        lift=np.full(count, 0.14),
        paint=np.clip(paint * chance.normal(1.0, 0.08, (count, 1)), 0.0, 1.0),
        ends=(0.84, 1.08),
        open_part=shade.reshape(len(flap.faces), -1)[which].mean(axis=1),
        motion=np.broadcast_to(np.asarray(told), (count, 4)),
        mirrored=chance.random(count) < 0.5,
    )


def _locks(
    mesh: Mesh,
    *,
    root: Wide,
    way: Wide,
    n: Wide,
    side: Wide,
    tall: Wide,
    wide: Wide,
    lift: Wide,
    paint: Wide,
    ends: tuple[float, float],
    open_part: Wide,
    motion: Wide,
    mirrored: Wide,
) -> None:
    """Cards (K) from their roots along `way`; each looks to its sides as something round does.

    `ends` is how bright root and tip are, as parts of `paint`.
    """
    half = side * (wide / 2)[:, None]
    end = root + (way + n * lift[:, None]) * tall[:, None]
    # none of it goes into the ground
    end[:, 2] = np.maximum(end[:, 2], 0.004)
    corners = np.stack([root - half, root + half, end + 0.8 * half, end - 0.8 * half], axis=1)
    looks = n[:, None] + side[:, None] * (_ROUND * np.asarray((-1.0, 1.0, 1.0, -1.0)))[:, None]
    looks = looks + way[:, None] * np.asarray((-0.05, -0.05, 0.22, 0.22))[:, None]
    looks = looks / np.linalg.norm(looks, axis=-1, keepdims=True)
    dark = paint * ends[0]
    # the sky gleams on dark hair more than its own colour shows
    pale = np.clip(paint * ends[1] + 0.012 + 0.05 * (1.0 - paint) ** 3, 0.0, 1.0)
    open_parts = np.repeat(open_part[:, None], 4, axis=1) * (0.88, 0.88, 1.0, 1.0)
    uv = np.broadcast_to(_CARD, (len(root), 4, 2)).copy()
    uv[mirrored, :, 0] = 1.0 - uv[mirrored, :, 0]
    mesh.add(
        corners,
        normals=looks.astype(np.float32),
        colour=np.stack([dark, dark, pale, pale], axis=1).astype(np.float32),
        open_to_sky=np.clip(open_parts, 0.0, 1.0),
        picture="lock",
        uv=uv,
        motion=np.repeat(motion[:, None], 4, axis=1),
    )
