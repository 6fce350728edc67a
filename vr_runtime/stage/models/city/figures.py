"""Owns passers-by as small figures seen from far above; knows nothing of where they go."""

from __future__ import annotations

from random import Random

import numpy as np

from vr_runtime.stage.models.city.street import PAVEMENT_Z
from vr_runtime.stage.models.mesh import Array, Colour, Mesh, floats
from vr_runtime.stage.models.shapes import ball, tube, turned

_CLOTHES: tuple[Colour, ...] = (
    (0.16, 0.17, 0.22),
    (0.30, 0.32, 0.36),
    (0.44, 0.29, 0.27),
    (0.66, 0.60, 0.50),
    (0.22, 0.34, 0.46),
    (0.62, 0.52, 0.36),
    (0.28, 0.38, 0.28),
    (0.72, 0.36, 0.30),
)
_TROUSERS: tuple[Colour, ...] = (
    (0.16, 0.17, 0.22),
    (0.30, 0.32, 0.36),
    (0.20, 0.27, 0.38),
    (0.36, 0.30, 0.24),
    (0.52, 0.46, 0.36),
)
_SKINS: tuple[Colour, ...] = ((0.80, 0.62, 0.52), (0.62, 0.44, 0.34), (0.40, 0.27, 0.21))
_HAIRS: tuple[Colour, ...] = (
    (0.12, 0.09, 0.08),
    (0.32, 0.22, 0.15),
    (0.60, 0.47, 0.30),
    (0.55, 0.54, 0.53),
)
STRIDE_M = 0.22


def figure(
    mesh: Mesh,
    x: float,
    y: float,
    heading: float,
    seed: int,
    motion: tuple[float, float, float] = (1.0, 0.0, 0.0),
) -> None:
    """A person. `motion`: direction and speed (m/s), start on the way (m); legs and arms swing."""
    chance = Random(seed)
    child = chance.random() < 0.10
    tall = chance.uniform(0.62, 0.74) if child else chance.uniform(0.90, 1.07)
    stout = chance.uniform(0.90, 1.18)
    dress = not child and chance.random() < 0.22
    coat, legs = chance.choice(_CLOTHES), chance.choice(_TROUSERS)
    skin, hair = chance.choice(_SKINS), chance.choice(_HAIRS)
    long_coat = chance.random() < 0.35

    def put(faces: Array, normals: Array, colour: Colour, swing: Array | float = 0.0) -> None:
        placed = turned(faces * np.float32(tall), heading)
        placed += floats([x, y, PAVEMENT_Z])
        moved = np.zeros((len(faces), 4, 4), dtype=np.float32)
        moved[..., :3] = motion
        moved[..., 3] = swing
        dim = np.clip(0.55 + 0.3 * faces[..., 2], 0.5, 1.0)
        mesh.add(
            placed, normals=turned(normals, heading), colour=colour, open_to_sky=dim, motion=moved
        )

    for side in (-1.0, 1.0):
        leg, n = tube([(0.09 * side, 0, 0.02), (0.09 * side, 0, 0.86)], [0.055, 0.085], 4)
        put(leg, n, legs, side * STRIDE_M * (1.0 - leg[..., 2] / 0.86))
        path = [(0.21 * side, 0, 1.38), (0.25 * side, 0.02, 0.82)]
        arm, n = tube(path, [0.055, 0.042], 4)
        put(arm, n, coat, -side * 0.16 * (1.38 - arm[..., 2]) / 0.56)
    hem = 0.46 if dress else 0.55 if long_coat else 0.80
    wide = 0.27 if dress else 0.19
    body, n = tube(
        [(0, 0, hem), (0, 0, 1.05), (0, 0, 1.36), (0, 0, 1.47)], [wide, 0.155, 0.19, 0.07], 8
    )
    body[..., :2] *= stout
    body[..., 1] *= 0.68
    put(body, n, coat)
    neck, n = tube([(0, 0, 1.44), (0, 0.01, 1.54)], 0.05, 5)
    put(neck, n, skin)
    head, n = ball((0, 0.01, 1.60), (0.085, 0.10, 0.12), 8, 5)
    put(head, n, skin)
    long_hair = dress or chance.random() < 0.3
    cap, n = ball((0, -0.015, 1.64), (0.095, 0.105, 0.105), 8, 5)
    put(cap, n, hair)
    if long_hair:
        fall, n = ball((0, -0.05, 1.54), (0.09, 0.06, 0.15), 6, 4)
        put(fall, n, hair)
    for side in (-1.0, 1.0):
        shoe, n = ball((0.09 * side, 0.04, 0.04), (0.05, 0.12, 0.045), 5, 3)
        put(shoe, n, (0.12, 0.11, 0.11), side * STRIDE_M)
    if chance.random() < 0.4:
        bag, n = ball((0.0, -0.17, 1.18), (0.14, 0.08, 0.2), 6, 4)
        put(bag, n, chance.choice(_CLOTHES))
