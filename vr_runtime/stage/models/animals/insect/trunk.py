"""Owns head, thorax and abdomen of an insect with their markings and hair; knows no limbs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vr_runtime.stage.models.animals.insect.plan import Build
from vr_runtime.stage.models.animals.insect.skin import Skin
from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.models.shapes import ball, lattice, tube

FORE, HIND = 0.0, 1.0
"""What a vertex of the trunk belongs to."""
SEGMENTS = 6
"""Rings of the abdomen that are seen from above."""
Wide = NDArray[np.float64]


def trunk(mesh: Mesh, kind: str, build: Build, skin: Skin) -> None:
    """Add all of it."""
    _abdomen(mesh, kind, build, skin)
    _thorax(mesh, kind, build, skin)
    _head(mesh, kind, build, skin)
    if skin.hairs:
        _hair(mesh, kind, build, skin)


def add(
    mesh: Mesh, faces: Array, normals: Array, colour: ArrayLike, part: float, gloss: float
) -> None:
    """Add faces of the trunk, darker on their lower side."""
    mesh.add(
        faces,
        normals=np.asarray(normals, dtype=np.float32),
        colour=colour,
        open_to_sky=np.clip(0.72 + 0.30 * normals[..., 2], 0.25, 1.0),
        uv=np.zeros((len(faces), 4, 2)),
        motion=(part, 0.0, gloss, 0.0),
    )


def _ringed(rows: Wide, along: int, around: int, swollen: float) -> Wide:
    """A body of revolution from rows (y, z, half width, half height), smooth between them."""
    at = np.linspace(0.0, 1.0, len(rows))
    t = np.linspace(0.0, 1.0, along)
    y, z, wide, high = (np.interp(t, at, rows[:, k]) for k in range(4))
    for values in (wide, high):
        values[1:-1] = 0.25 * values[:-2] + 0.5 * values[1:-1] + 0.25 * values[2:]
    turn = np.linspace(0.0, 2 * np.pi, around + 1)
    x = swollen * wide[:, None] * np.sin(turn)
    up = z[:, None] - swollen * high[:, None] * np.cos(turn)
    return np.stack([x, np.broadcast_to(y[:, None], x.shape), up], axis=-1)


def _out(faces: Array, normals: Array, middle: tuple[float, float, float]) -> Array:
    """Normals that point away from the middle of what they belong to."""
    away = ((faces - np.asarray(middle, dtype=np.float32)) * normals).sum(axis=(1, 2))
    return np.asarray(normals * np.where(away < 0.0, -1.0, 1.0)[:, None, None], dtype=np.float32)


def _mixed(a: ArrayLike, b: ArrayLike, part: ArrayLike) -> Wide:
    p = np.clip(np.asarray(part, dtype=float), 0.0, 1.0)[..., None]
    return np.asarray(np.asarray(a) * (1.0 - p) + np.asarray(b) * p)


def _edge(value: ArrayLike, soft: float) -> Wide:
    """0 below zero, 1 above, softly."""
    return np.asarray(np.clip(np.asarray(value) / soft + 0.5, 0.0, 1.0))


def banded(kind: str, share: ArrayLike, across: ArrayLike, soft: float = 0.06) -> Wide:
    """How dark the abdomen is at a share of its length, `across` -1 to 1 over its back."""
    s = np.clip(np.asarray(share, dtype=float), 0.0, 0.999) * SEGMENTS
    ring, part = np.floor(s), s - np.floor(s)
    side = np.abs(np.asarray(across, dtype=float))
    if kind == "bee":
        # dark behind, amber before, on each ring; the last ones are all dark
        dark = _edge(part - 0.42 + 0.10 * ring, soft * 2.0)
        return np.asarray(np.maximum(dark, _edge(ring - 3.6, 0.5)))
    point = np.exp(-((side / 0.24) ** 2))
    dark = _edge(0.30 + 0.34 * point - part, soft)
    dots = np.hypot((side - 0.52) / 0.9, (part - 0.50) * 0.62)
    dark = np.maximum(dark, _edge(0.115 - dots, soft) * (ring > 0.5))
    if kind == "hornet":
        first = np.where(ring < 0.5, _edge(0.82 - part, soft), 0.0)
        second = np.where((ring > 0.5) & (ring < 1.5), _edge(0.52 - part, soft), 0.0)
        dark = np.maximum(np.maximum(dark, first), second)
    return np.asarray(dark)


def _abdomen(mesh: Mesh, kind: str, build: Build, skin: Skin) -> None:
    rows = np.asarray(build.abdomen)
    rings = _ringed(rows, skin.steps, skin.sides, skin.swollen)
    front, end = rows[2, 0], rows[-1, 0]
    share = np.clip((front - rings[..., 1]) / (front - end), 0.0, 1.0)
    # each ring lies over the front of the next one
    step = share * SEGMENTS - np.floor(share * SEGMENTS)
    lip = 1.0 + 0.035 * (step**3 - 0.35) * (share > 0.02) * (share < 0.985)
    middle = np.stack([np.zeros(len(rings)), rings[:, 0, 1], rings[..., 2].mean(axis=1)], axis=-1)[
        :, None
    ]
    rings = middle + (rings - middle) * lip[..., None]
    faces, normals = lattice(rings.astype(np.float32))
    normals = _out(faces, normals, (0.0, -0.28, -0.01))
    wide = np.interp(-faces[..., 1], -rows[:, 0], rows[:, 2]) * skin.swollen
    share = np.clip((front - faces[..., 1]) / (front - end), 0.0, 1.0)
    z = np.interp(-faces[..., 1], -rows[:, 0], rows[:, 1])
    high = np.interp(-faces[..., 1], -rows[:, 0], rows[:, 3]) * skin.swollen
    turn = np.arctan2(faces[..., 0] / np.maximum(wide, 1e-4), (faces[..., 2] - z) / high)
    dark = banded(kind, share, turn / (0.5 * np.pi))
    dark = np.maximum(dark, _edge(0.015 - share, 0.02))
    colour = _mixed(skin.light, skin.dark, skin.marked * dark)
    if skin.marked == 0.0:
        colour = np.broadcast_to(np.asarray(skin.light), (*share.shape, 3)).copy()
    # the seam between two rings is dark
    seam = np.exp(-((np.minimum(share * SEGMENTS % 1.0, 1 - share * SEGMENTS % 1.0) / 0.05) ** 2))
    colour = colour * (1.0 - 0.30 * seam[..., None] * (share[..., None] > 0.05))
    add(mesh, faces, normals, colour, HIND, skin.gloss)
    if skin.hairs and kind != "bee":
        tip = [(0.0, end + 0.004, rows[-1, 1]), (0.0, end - 0.030, rows[-1, 1] - 0.006)]
        sting, normals = tube(tip, [0.008, 0.001], 6)
        add(mesh, sting, normals, (0.16, 0.10, 0.07), HIND, 0.3)


def _thorax(mesh: Mesh, kind: str, build: Build, skin: Skin) -> None:
    middle, half = build.thorax
    size = np.asarray(half) * skin.swollen
    faces, normals = ball(middle, size, skin.sides, max(10, skin.steps // 2))
    # flatter in front, where the head joins, and sloping behind
    behind = np.clip((middle[1] - faces[..., 1]) / half[1], 0.0, 1.0)
    faces[..., 2] -= 0.030 * behind**2 * skin.swollen
    x = faces[..., 0] / size[0]
    y = (faces[..., 1] - middle[1]) / size[1]
    up = (faces[..., 2] - middle[2]) / size[2]
    colour = np.broadcast_to(np.asarray(skin.thorax), (*x.shape, 3)).copy()
    if kind == "wasp" and skin.marked:
        # two lines along the shoulders, four spots before the waist, one below each wing
        shoulder = np.exp(-(((np.abs(x) - 0.60 + 0.30 * y) / 0.085) ** 2)) * _edge(y - 0.12, 0.1)
        spots = np.maximum(
            _edge(0.16 - np.hypot(np.abs(x) - 0.30, y + 0.52), 0.06),
            _edge(0.14 - np.hypot(np.abs(x) - 0.24, y + 0.80), 0.06),
        )
        wing = _edge(0.17 - np.hypot(np.abs(x) - 0.90, y - 0.10), 0.06) * _edge(up + 0.3, 0.1)
        part = np.clip(1.6 * shoulder * _edge(up, 0.2), 0, 1)
        part = np.maximum(part, np.maximum(spots * _edge(up - 0.1, 0.2), wing))
        colour = _mixed(colour, skin.light, skin.marked * part)
    elif kind == "hornet" and skin.marked:
        black = _edge(up - 0.35, 0.3) * _edge(0.42 - np.abs(x), 0.2)
        colour = _mixed(colour, (0.13, 0.08, 0.06), 0.8 * black)
    add(mesh, faces, normals, colour, FORE, 0.55 * skin.gloss)
    neck, normals = tube([(0.0, 0.30, -0.005), (0.0, 0.375, -0.02)], [0.055, 0.045], 10)
    add(mesh, neck, normals, skin.thorax, FORE, 0.0)


def _head(mesh: Mesh, kind: str, build: Build, skin: Skin) -> None:
    middle, half = build.skeleton.head
    size = np.asarray(half) * skin.swollen
    if kind == "bee":
        size = size * np.asarray((0.92, 1.05, 1.0))
    faces, normals = ball(middle, size, skin.sides, max(10, skin.steps // 2))
    y = (faces[..., 1] - middle[1]) / size[1]
    z = (faces[..., 2] - middle[2]) / size[2]
    # narrower towards the jaws: seen from before it is a triangle
    faces[..., 0] *= 1.0 - 0.28 * np.clip(-z, 0.0, 1.0)
    x = faces[..., 0] / size[0]
    face = _edge(y - 0.15, 0.2)
    colour = _mixed(skin.thorax, skin.light, np.zeros(x.shape))
    if kind != "bee" and skin.marked:
        mask = face * np.maximum(_edge(0.10 - z, 0.12), _edge(0.30 - np.hypot(x, z - 0.45), 0.1))
        mask = np.maximum(mask, _edge(0.22 - np.abs(np.abs(x) - 0.62), 0.1) * _edge(z, 0.2) * face)
        if kind == "hornet":
            mask = np.maximum(mask, 0.55 * _edge(z - 0.1, 0.3))
        anchor = face * _edge(0.075 - np.abs(x), 0.03) * _edge(0.30 - np.abs(z + 0.30), 0.08)
        colour = _mixed(colour, skin.light, skin.marked * mask)
        colour = _mixed(colour, skin.dark, skin.marked * anchor)
    add(mesh, faces, normals, colour, FORE, 0.7 * skin.gloss)
    for side in (-1.0, 1.0):
        if skin.swollen > 1.3:
            at = (side * 0.07, middle[1] + 0.85 * size[1], middle[2] + 0.05)
            eye, normals = ball(at, 0.052, 14, 10)
            add(mesh, eye, normals, skin.eye, FORE, 0.1)
            at = (side * 0.072, middle[1] + 0.85 * size[1] + 0.040, middle[2] + 0.052)
            pupil, normals = ball(at, 0.024, 12, 8)
            add(mesh, pupil, normals, (0.08, 0.08, 0.09), FORE, 0.3)
            continue
        # the great eyes lie on the sides, longer than broad
        at = (side * 0.80 * size[0], middle[1] + 0.10 * size[1], middle[2] + 0.18 * size[2])
        eye, normals = ball(at, (0.036, 0.046, 0.074), 16, 12)
        add(mesh, eye, normals, skin.eye, FORE, 0.55 if skin.gloss > 0.06 else 0.1)
        if skin.swollen > 1.05:
            continue
        bead = (side * 0.026, middle[1] + 0.50 * size[1], middle[2] + 0.93 * size[2])
        little, normals = ball(bead, 0.009, 8, 6)
        add(mesh, little, normals, skin.eye, FORE, 0.6)
        jaw = [
            (side * 0.052, middle[1] + 0.55 * size[1], middle[2] - 0.72 * size[2]),
            (side * 0.046, middle[1] + 0.80 * size[1], middle[2] - 1.02 * size[2]),
            (side * 0.008, middle[1] + 0.72 * size[1], middle[2] - 1.16 * size[2]),
        ]
        horn, normals = tube(jaw, [0.020, 0.019, 0.007], 8)
        tint = skin.light if kind != "bee" else (0.30, 0.18, 0.10)
        add(mesh, horn, normals, tint if skin.marked else skin.leg, FORE, skin.gloss)


def _hair(mesh: Mesh, kind: str, build: Build, skin: Skin) -> None:
    """Fine hairs that stand off: dense and long on a bee's thorax, sparse on a wasp."""
    random = np.random.default_rng(21)
    rows = np.asarray(build.abdomen)
    on_belly = skin.hairs // (3 if kind == "bee" else 2)
    on_thorax = skin.hairs - on_belly
    long = 0.058 if kind == "bee" else 0.030
    way = random.normal(size=(on_thorax, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    middle, half = (np.asarray(each) for each in build.thorax)
    foot = middle + way * half * 0.98
    _bristles(mesh, foot, way, long, FORE, skin, random)
    head, size = (np.asarray(each) for each in build.skeleton.head)
    own = way[: on_thorax // 5]
    _bristles(mesh, head + own * size * 0.97, own, 0.55 * long, FORE, skin, random)
    t = random.uniform(0.06, 0.97, on_belly)
    if kind == "bee":
        # felt bands at the front of each ring
        t = (np.floor(t * SEGMENTS) + 0.22 * random.random(on_belly)) / SEGMENTS
    y = rows[2, 0] + (rows[-1, 0] - rows[2, 0]) * t
    z, wide, high = (np.interp(-y, -rows[:, 0], rows[:, k]) for k in (1, 2, 3))
    turn = random.uniform(-2.4, 2.4, on_belly)
    out = np.stack([np.sin(turn), np.full(on_belly, -0.55), np.cos(turn)], axis=-1)
    place = np.stack([0.98 * wide * np.sin(turn), y, z + 0.98 * high * np.cos(turn)], axis=-1)
    _bristles(mesh, place, out, 0.60 * long, HIND, skin, random)


def _bristles(
    mesh: Mesh,
    foot: Wide,
    way: Wide,
    long: float,
    part: float,
    skin: Skin,
    random: np.random.Generator,
) -> None:
    count = len(foot)
    way = way + random.normal(0.0, 0.25, (count, 3)) + np.asarray((0.0, -0.25, 0.0))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    tip = foot + way * (long * random.uniform(0.55, 1.15, (count, 1)))
    side = np.cross(way, random.normal(size=(count, 3)))
    side *= 0.0026 / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6)
    faces = np.stack([foot - side, foot + side, tip, tip], axis=1).astype(np.float32)
    tone = random.uniform(0.72, 1.12, (count, 1, 1))
    colour = np.clip(np.asarray(skin.hair) * tone, 0.0, 1.0)
    normals = np.repeat(way[:, None], 4, axis=1).astype(np.float32)
    add(mesh, faces, normals, np.broadcast_to(colour, (count, 4, 3)), part, 0.0)
