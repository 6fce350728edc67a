"""Owns the fore and hind part of a spider, with eyes and jaws; knows neither legs nor hair."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vr_runtime.stage.look.noise import clouded
from vr_runtime.stage.models.animals.spider.plan import Skeleton
from vr_runtime.stage.models.animals.spider.skin import Skin
from vr_runtime.stage.models.mesh import Array, Colour, Mesh
from vr_runtime.stage.models.shapes import ball, lattice, tube

FORE, HIND = 0.0, 1.0
"""What a vertex of the trunk belongs to."""
_GLASSY = 1.0
Wide = NDArray[np.float64]


def _rings(profile: list[tuple[float, float, float, float]], around: int, along: int) -> Wide:
    """An egg from rows (y, z of its middle, half width, half height), rounded between them."""
    rows = np.asarray(profile, dtype=float)
    t = np.linspace(0.0, 1.0, along)
    at = np.linspace(0.0, 1.0, len(rows))
    # close at both ends, where it bends most
    eased = 0.5 - 0.5 * np.cos(np.pi * t)
    y, z, wide, high = (np.interp(eased, at, rows[:, k]) for k in range(4))
    for _ in range(2):
        inner = slice(1, -1)
        wide[inner] = 0.25 * wide[:-2] + 0.5 * wide[inner] + 0.25 * wide[2:]
        high[inner] = 0.25 * high[:-2] + 0.5 * high[inner] + 0.25 * high[2:]
    turn = np.linspace(0.0, 2 * np.pi, around + 1)
    x = wide[:, None] * np.sin(turn)
    up = z[:, None] - high[:, None] * np.cos(turn)
    # flatter below than above
    up = np.where(up < z[:, None], z[:, None] + 0.82 * (up - z[:, None]), up)
    return np.stack([x, np.broadcast_to(y[:, None], x.shape), up], axis=-1)


def _egg(middle: tuple[float, float, float], half: tuple[float, float, float], shape: Wide) -> Wide:
    """Rows (part along -1 to 1, lift, half width, half height) as places."""
    (_, y, z), (wide, deep, high) = middle, half
    return np.stack(
        [y + deep * shape[:, 0], z + high * shape[:, 1], wide * shape[:, 2], high * shape[:, 3]], -1
    )


_BELLY = np.asarray(
    [
        (-1.00, 0.05, 0.02, 0.02),
        (-0.97, 0.05, 0.20, 0.22),
        (-0.82, 0.06, 0.55, 0.58),
        (-0.50, 0.08, 0.90, 0.92),
        (-0.10, 0.08, 1.00, 1.00),
        (0.30, 0.04, 0.92, 0.92),
        (0.65, -0.02, 0.66, 0.70),
        (0.90, -0.10, 0.34, 0.40),
        (1.00, -0.14, 0.03, 0.03),
    ]
)
_HEAD = np.asarray(
    [
        (-1.00, -0.15, 0.10, 0.10),
        (-0.93, -0.12, 0.46, 0.45),
        (-0.62, 0.00, 0.86, 0.80),
        (-0.20, 0.06, 1.00, 0.92),
        (0.20, 0.12, 0.90, 1.00),
        (0.45, 0.22, 0.66, 1.02),
        (0.75, 0.26, 0.56, 0.98),
        (0.95, 0.20, 0.50, 0.82),
        (1.00, 0.10, 0.28, 0.40),
        (1.02, 0.08, 0.02, 0.02),
    ]
)


def trunk(mesh: Mesh, bones: Skeleton, skin: Skin) -> None:
    """Add the trunk, its places told from the waist."""
    if skin.toy:
        _ball_of_felt(mesh, bones, skin)
        return
    for part, (middle, half), shape in (
        (FORE, bones.head, _HEAD),
        (HIND, bones.belly, _BELLY),
    ):
        rows = [tuple(map(float, row)) for row in _egg(middle, half, shape)]
        rings = _rings(rows, skin.around, max(10, skin.around * 2 // 3))  # type: ignore[arg-type]
        faces, normals = lattice(rings.astype(np.float32))
        faces, normals = _outwards(faces, normals, middle)
        paint = _fore(faces, bones, skin) if part == FORE else _hind(faces, bones, skin)
        # little light comes between trunk and ground, and between its two parts
        open_part = np.clip(0.78 + 0.34 * normals[..., 2], 0.30, 1.0)
        waist = np.clip(np.abs(faces[..., 1]) / 0.03, 0.45, 1.0)
        _add(mesh, faces, normals, paint, open_part * waist, part, skin.gloss)
    if skin.jaws:
        _jaws(mesh, bones, skin)
    if skin.eyes:
        (_eight_eyes if skin.eyes == 8 else _two_eyes)(mesh, bones)
    _spinnerets(mesh, bones, skin)


def _outwards(
    faces: Array, normals: Array, middle: tuple[float, float, float]
) -> tuple[Array, Array]:
    """Normals away from the middle, whatever way the lattice was wound."""
    away = ((faces - np.asarray(middle, dtype=np.float32)) * normals).sum(axis=(1, 2))
    flip = np.where(away < 0.0, -1.0, 1.0)[:, None, None]
    return faces, np.asarray(normals * flip, dtype=np.float32)


def _add(
    mesh: Mesh,
    faces: Array,
    normals: Array,
    paint: object,
    open_part: object,
    part: float,
    gloss: float,
) -> None:
    mesh.add(
        faces,
        normals=np.asarray(normals, dtype=np.float32),
        colour=paint,  # type: ignore[arg-type]
        open_to_sky=open_part,  # type: ignore[arg-type]
        uv=np.zeros((len(faces), 4, 2)),
        motion=(part, 0.0, gloss, 0.0),
    )


def grain(faces: Array, seed: int, per_span: float) -> Array:
    """Fine blotches over faces, about -1 to 1, the same on both sides of a seam."""
    plane = clouded(256, 1.15, seed)
    x = np.floor((faces[..., 0] + 0.31 * faces[..., 2] + 2.0) * per_span * 256).astype(int) % 256
    y = np.floor((faces[..., 1] + 0.17 * faces[..., 2] + 2.0) * per_span * 256).astype(int) % 256
    return np.asarray(np.clip(plane[x, y] / 2.0, -1.0, 1.0), dtype=np.float32)


def _mixed(a: Colour | Array, b: Colour | Array, part: NDArray[np.floating[Any]]) -> Array:
    p = np.clip(part, 0.0, 1.0)[..., None]
    return np.asarray(np.asarray(a) * (1.0 - p) + np.asarray(b) * p, dtype=np.float32)


def _fore(faces: Array, bones: Skeleton, skin: Skin) -> Array:
    """A pale middle and edge, two dark bands between, furrows that run from the middle."""
    (_, y, _), (wide, deep, _) = bones.head
    across, along = np.abs(faces[..., 0]) / wide, (faces[..., 1] - y) / deep
    colour = _mixed(skin.head, skin.pale, np.zeros(across.shape, dtype=np.float32))
    m = skin.patterned
    if m > 0.0:
        band = np.exp(-(((across - 0.46 + 0.12 * along) / 0.17) ** 2))
        colour = _mixed(colour, skin.ring, 0.80 * m * band)
        colour = _mixed(colour, skin.pale, 0.55 * m * np.exp(-((across / 0.13) ** 2)))
        colour = _mixed(colour, skin.pale, 0.40 * m * np.clip((across - 0.74) / 0.2, 0.0, 1.0))
        furrow = np.cos(7.0 * np.arctan2(across, along + 0.15)) ** 12
        colour = _mixed(colour, skin.ring, 0.35 * m * furrow * np.clip(1.0 - across, 0.0, 1.0))
        colour = colour * (1.0 + 0.16 * m * grain(faces, 41, 3.0))[..., None]
    return np.asarray(colour, dtype=np.float32)


def _hind(faces: Array, bones: Skeleton, skin: Skin) -> Array:
    """A pale stripe in front, paired spots and chevrons behind it, mottled sides."""
    (_, y, z), (wide, deep, _) = bones.belly
    across, along = np.abs(faces[..., 0]) / wide, (y + deep - faces[..., 1]) / (2.0 * deep)
    colour = _mixed(skin.belly, skin.pale, np.zeros(across.shape, dtype=np.float32))
    m = skin.patterned
    if m > 0.0:
        above = np.clip((faces[..., 2] - z) / 0.012, 0.0, 1.0)
        stripe = np.exp(-((across / 0.11) ** 2)) * np.clip((0.50 - along) / 0.12, 0.0, 1.0)
        vee = along - 0.34 * across
        chevron = np.clip(np.cos(vee * 2 * np.pi * 6.5) * 1.5 - 0.35, 0.0, 1.0)
        chevron *= np.clip((0.62 - across) / 0.2, 0.0, 1.0) * np.clip((along - 0.30) / 0.1, 0, 1)
        colour = _mixed(colour, skin.ring, 0.55 * m * np.clip((0.66 - across) / 0.3, 0, 1) * above)
        colour = _mixed(colour, skin.pale, m * above * np.clip(0.75 * stripe + 0.8 * chevron, 0, 1))
        colour = _mixed(colour, skin.pale, 0.28 * m * (grain(faces, 42, 2.2) > 0.35))
        colour = colour * (1.0 + 0.22 * m * grain(faces, 43, 4.0))[..., None]
    return np.asarray(colour, dtype=np.float32)


def _jaws(mesh: Mesh, bones: Skeleton, skin: Skin) -> None:
    """Two stout jaws with a fang folded below each."""
    (_, y, z), (wide, deep, high) = bones.head
    front = y + deep
    dark = tuple(0.62 * c for c in skin.head)
    for side in (-1.0, 1.0):
        x = 0.24 * wide * side
        path = [
            (x, front - 0.16 * deep, z + 0.30 * high),
            (x * 1.06, front + 0.10 * deep, z + 0.05 * high),
            (x * 1.10, front + 0.14 * deep, z - 0.55 * high),
            (x * 0.95, front + 0.06 * deep, z - 1.05 * high),
        ]
        jaw, normals = tube(path, [0.20 * wide, 0.25 * wide, 0.23 * wide, 0.10 * wide], 10)
        _add(mesh, jaw, normals, dark, 0.75, FORE, skin.gloss + 0.12)
        fang = [
            (x * 0.95, front + 0.06 * deep, z - 1.02 * high),
            (x * 0.55, front + 0.02 * deep, z - 1.28 * high),
            (x * 0.20, front - 0.10 * deep, z - 1.34 * high),
        ]
        horn, normals = tube(fang, [0.075 * wide, 0.05 * wide, 0.008 * wide], 7)
        _add(mesh, horn, normals, (0.10, 0.05, 0.04), 0.8, FORE, 0.55)


def _eight_eyes(mesh: Mesh, bones: Skeleton) -> None:
    """Two rows of four; those in the middle of the lower row look ahead."""
    (_, y, z), (wide, deep, high) = bones.head
    front = y + deep
    rows = (
        (0.075, 0.055, 0.72, 0.090),
        (0.25, 0.015, 0.74, 0.080),
        (0.10, -0.10, 1.00, 0.080),
        (0.30, -0.13, 0.97, 0.085),
    )
    for across, along, up, radius in rows:
        for side in (-1.0, 1.0):
            at = (side * across * wide, front + along * deep - 0.05 * deep, z + up * high)
            eye, normals = ball(at, radius * wide, 12, 8)
            _add(mesh, eye, normals, (0.035, 0.03, 0.03), 1.0, FORE, _GLASSY)


def _two_eyes(mesh: Mesh, bones: Skeleton) -> None:
    """Beads on a carved head."""
    (_, y, z), (wide, deep, high) = bones.head
    for side in (-1.0, 1.0):
        at = (side * 0.26 * wide, y + 0.90 * deep, z + 0.80 * high)
        eye, normals = ball(at, 0.15 * wide, 12, 8)
        _add(mesh, eye, normals, (0.06, 0.06, 0.06), 1.0, FORE, 0.7)


def _ball_of_felt(mesh: Mesh, bones: Skeleton, skin: Skin) -> None:
    """One round body with two white buttons for eyes."""
    rings = max(8, skin.around // 2)
    radius = 1.15 * bones.belly[1][1]
    at = (0.0, -0.01, 0.02)
    felt, normals = ball(at, radius, skin.around, rings)
    fluff = 1.0 + 0.05 * grain(felt, 44, 6.0)
    colour = np.asarray(skin.head, dtype=np.float32) * fluff[..., None]
    open_part = np.clip(0.75 + 0.4 * normals[..., 2], 0.35, 1.0)
    _add(mesh, felt, normals, colour, open_part, FORE, 0.0)
    for side in (-1.0, 1.0):
        way = np.asarray((side * 0.36, 0.83, 0.42))
        way /= np.linalg.norm(way)
        white, normals = ball(np.asarray(at) + way * radius * 0.93, radius * 0.24, 14, 10)
        _add(mesh, white, normals, (0.95, 0.95, 0.93), 1.0, FORE, 0.15)
        pupil, normals = ball(np.asarray(at) + way * radius * 1.10, radius * 0.11, 12, 8)
        _add(mesh, pupil, normals, (0.08, 0.08, 0.09), 1.0, FORE, 0.3)


def _spinnerets(mesh: Mesh, bones: Skeleton, skin: Skin) -> None:
    (_, y, z), (wide, deep, _) = bones.belly
    end = y - 0.97 * deep
    for side in (-1.0, 1.0):
        path = [(side * 0.10 * wide, end, z), (side * 0.17 * wide, end - 0.20 * deep, z - 0.004)]
        pin, normals = tube(path, [0.075 * wide, 0.03 * wide], 7)
        _add(mesh, pin, normals, skin.leg, 0.7, HIND, skin.gloss)
