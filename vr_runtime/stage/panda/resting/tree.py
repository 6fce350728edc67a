"""Owns how a broad-leaved tree is built: trunk, limbs, puffs of leaves; knows no place."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from vr_runtime.stage.models.mesh import Array, Mesh
from vr_runtime.stage.panda.resting.foliage import Wide, facing, turned_cards, unit

PUFFS = 17
GOLDEN = np.pi * (3.0 - np.sqrt(5.0))
BARK = (0.93, 0.97, 1.0)
GREEN = (0.86, 0.93, 0.82)


def limb(points: ArrayLike, radii: ArrayLike, sides: int = 7) -> tuple[Array, Array]:
    """A round limb along points (K, 3) in metres, never twisted. Faces and normals."""
    line, wide = np.asarray(points, dtype=float), np.asarray(radii, dtype=float)
    along = unit(line[-1] - line[0])
    u = unit(np.cross(along, (1.0, 0.3, 0.0) if abs(along[2]) > 0.5 else (0.0, 0.0, 1.0)))
    w = np.cross(along, u)
    turn = np.linspace(0.0, 2 * np.pi, sides + 1)[None, :, None]
    out = np.cos(turn) * u + np.sin(turn) * w
    # to the last digit, or light shows through the seam
    out[:, -1] = out[:, 0]
    rings = line[:, None] + out * wide[:, None, None]
    normals = np.broadcast_to(out, rings.shape)

    def corners(grid: Wide) -> Array:
        quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2)
        return np.asarray(quads.reshape(-1, 4, 3), dtype=np.float32)

    return corners(rings), corners(normals)


def tree(
    solid: Mesh,
    leaves: Mesh,
    crown: tuple[float, float, float, float],
    foot: float,
    random: np.random.Generator,
    cards: int,
) -> None:
    """Add one tree.

    Args:
        solid: takes trunk and limbs.
        leaves: takes the crown.
        crown: middle (x, y, z) and radius, in metres.
        foot: height of the ground at the trunk, in metres.
        random: for its shape.
        cards: how many cards of leaves make one of its puffs.
    """
    middle, radius = np.asarray(crown[:3]), crown[3]
    puffs = _puffs(middle, radius, random)
    _wood(solid, middle, radius, foot, puffs, random)
    for puff in puffs:
        _puff(leaves, puff, middle, radius, random, cards)


def _puffs(middle: Wide, radius: float, random: np.random.Generator) -> Wide:
    """Middles of the puffs, spread evenly over a crown that is flatter below than above."""
    k = np.arange(PUFFS - 1) + 0.5
    z = 1.0 - 2.0 * k / (PUFFS - 1)
    flat = np.sqrt(1.0 - z * z)
    around = np.stack([flat * np.cos(GOLDEN * k), flat * np.sin(GOLDEN * k), z], axis=-1)
    reach = random.uniform(0.52, 0.74, (PUFFS - 1, 1)) * np.where(z < 0, 0.92, 1.0)[:, None]
    spread = around * reach * (1.0, 1.0, 0.74) + random.normal(0.0, 0.05, around.shape)
    return middle + radius * np.concatenate([spread, np.zeros((1, 3))])


def _wood(
    solid: Mesh,
    middle: Wide,
    radius: float,
    foot: float,
    puffs: Wide,
    random: np.random.Generator,
) -> None:
    base = np.asarray((middle[0], middle[1], foot))
    rise = np.asarray((-0.03, 0.04, 0.16, 0.42, 0.70, 1.0))
    line = base + rise[:, None] * (middle - base)
    line[2:-1, :2] += random.normal(0.0, 0.020 * radius, (3, 2))
    wide = radius * np.asarray((0.115, 0.085, 0.064, 0.055, 0.042, 0.022))
    pieces = [(line, wide)]
    outer = [puff for puff in puffs[:-1] if puff[2] < middle[2] + 0.45 * radius]
    for puff in outer[::2]:
        t = random.uniform(0.46, 0.74)
        start = np.asarray([np.interp(t, rise, line[:, axis]) for axis in range(3)])
        end = start + 0.8 * (puff - start)
        bend = (start + end) / 2 + (0.0, 0.0, -0.06 * radius)
        pieces.append((np.asarray([start, bend, end]), radius * np.asarray((0.032, 0.022, 0.008))))
    for points, radii in pieces:
        bark, normals = limb(points, radii)
        low = np.clip((bark[..., 2] - foot) / 0.5, 0.0, 1.0)
        shade = np.clip(1.0 - 0.4 * (bark[..., 2] > middle[2] - 0.6 * radius), 0.0, 1.0)
        solid.add(
            bark,
            picture="soil",
            colour=BARK,
            normals=normals,
            open_to_sky=(0.5 + 0.4 * low) * shade,
        )


def _puff(
    leaves: Mesh,
    puff: Wide,
    middle: Wide,
    radius: float,
    random: np.random.Generator,
    cards: int,
) -> None:
    wide = radius * random.uniform(0.36, 0.46)
    out = puff - middle
    crown_way = out / (np.linalg.norm(out) + 0.2 * radius)
    near = unit(random.normal(size=(cards, 3)) + 0.9 * crown_way + (0.0, 0.0, 0.15))
    at = puff + near * wide * random.uniform(0.45, 1.0, (cards, 1)) * (1.0, 1.0, 0.82)
    half = radius * random.uniform(0.125, 0.19, cards) * np.sqrt(20.0 / cards)
    corners = facing(at, half, 0.55, random)
    soft = unit(0.75 * near + 0.55 * crown_way + (0.0, 0.0, 0.28))
    outer = np.linalg.norm((at - middle) / radius, axis=-1)
    sky = np.clip(0.02 + 0.42 * outer + 0.30 * (near[:, 2] + 1.0), 0.15, 1.0)
    tint = random.uniform(0.93, 1.0) * random.uniform(0.88, 1.0, cards)[:, None, None]
    leaves.add(
        corners,
        picture="leaf",
        colour=tint * np.asarray(GREEN),
        open_to_sky=np.repeat(sky[:, None], 4, axis=1),
        normals=np.repeat(soft[:, None], 4, axis=1).astype(np.float32),
        uv=turned_cards(cards, random),
        motion=(0.06, random.uniform(0, 6.28), 0.012, 0.0),
    )
