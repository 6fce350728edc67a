"""Owns how a tree of the meadow is built: trunk, limbs, boughs of small leaves; knows no place."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.foliage import Wide, facing, turned_cards, unit
from vr_runtime.stage.panda.resting.tree import GOLDEN, limb

BOUGHS = 24
BARK = (1.0, 0.96, 0.92)
GREEN = (0.79, 0.92, 0.82)
TALL = 0.92
"""Height of a crown, as a share of its width."""


def broadleaf(
    solid: Mesh,
    leaves: Mesh,
    crown: tuple[float, float, float, float],
    foot: float,
    sun: tuple[float, float, float],
    random: np.random.Generator,
    cards: int,
) -> Wide:
    """Add one tree; gives what of it hides the sun, as balls (K, 4) in metres.

    Args:
        solid: takes trunk and limbs.
        leaves: takes the crown.
        crown: middle (x, y, z) and radius, in metres.
        foot: height of the ground at the trunk, in metres.
        sun: unit vector to the sun; the far side of the crown lies in its own shade.
        random: for its shape.
        cards: how many cards of leaves make the crown.
    """
    middle, radius = np.asarray(crown[:3]), crown[3]
    boughs = _boughs(middle, radius, random)
    trunk = _wood(solid, middle, radius, foot, boughs, random, fine=cards >= 400)
    at, own = _placed(boughs, middle, radius, random, cards)
    _crown(leaves, at, own, (middle, radius), np.asarray(sun), random)
    clumps = at[:: max(1, cards // 90)]
    reach = radius * random.uniform(0.09, 0.17, len(clumps))
    stem = np.concatenate([trunk, np.full((len(trunk), 1), 0.075 * radius)], axis=1)
    return np.concatenate([np.column_stack([clumps, reach]), stem])


def _boughs(middle: Wide, radius: float, random: np.random.Generator) -> Wide:
    """Ends of the boughs: all around, some far out and some short, so that gaps stay between."""
    k = np.arange(BOUGHS) + 0.5
    z = 1.0 - 1.72 * k / BOUGHS
    flat = np.sqrt(np.clip(1.0 - z * z, 0.0, 1.0))
    turn = GOLDEN * k + random.normal(0.0, 0.22, BOUGHS)
    around = np.stack([flat * np.cos(turn), flat * np.sin(turn), z], axis=-1)
    reach = random.uniform(0.46, 0.92, (BOUGHS, 1))
    return np.asarray(middle + radius * around * reach * (1.0, 1.0, TALL))


def _wood(
    solid: Mesh,
    middle: Wide,
    radius: float,
    foot: float,
    boughs: Wide,
    random: np.random.Generator,
    *,
    fine: bool,
) -> Wide:
    """Trunk and limbs; gives points along the trunk."""
    base = np.asarray((middle[0], middle[1], foot))
    rise = np.asarray((-0.04, 0.015, 0.06, 0.16, 0.40, 0.66, 0.95))
    line = base + rise[:, None] * (middle - base)
    line[3:-1, :2] += random.normal(0.0, 0.022 * radius, (3, 2))
    wide = radius * np.asarray((0.150, 0.118, 0.090, 0.076, 0.064, 0.046, 0.016))
    pieces = [(line, wide, 10 if fine else 7)]
    # limbs end well within the leaves: none sticks out
    for bough in boughs[:: 2 if fine else 4]:
        t = random.uniform(0.46, 0.80)
        start = np.asarray([np.interp(t, rise, line[:, axis]) for axis in range(3)])
        end = start + 0.66 * (bough - start)
        bend = (start + end) / 2 + (0.0, 0.0, -0.08 * radius)
        slim = radius * np.asarray((0.026, 0.014, 0.004))
        pieces.append((np.asarray([start, bend, end]), slim, 5))
    for points, radii, sides in pieces:
        bark, normals = limb(points, radii, sides)
        low = np.clip((bark[..., 2] - foot) / 0.6, 0.0, 1.0)
        inside = np.clip((bark[..., 2] - middle[2] + 0.8 * radius) / (0.6 * radius), 0.0, 1.0)
        solid.add(
            bark,
            picture="soil",
            colour=np.asarray(BARK) * (1.0 - 0.35 * inside[..., None]),
            normals=normals,
            open_to_sky=(0.60 + 0.40 * low) * (1.0 - 0.25 * inside),
        )
    steps = np.linspace(0.0, 0.9, 26)[:, None]
    return np.asarray(base + steps * (middle - base))


def _placed(
    boughs: Wide, middle: Wide, radius: float, random: np.random.Generator, cards: int
) -> tuple[Wide, Wide]:
    """Where the cards are, and how far out on its own bough each lies, as (K, 3)."""
    which = random.integers(0, BOUGHS, cards)
    wide = random.uniform(0.13, 0.22, BOUGHS)[which, None] * radius
    own = np.clip(random.normal(size=(cards, 3)), -1.6, 1.6) * (1.0, 1.0, 0.58)
    at = boughs[which] + own * wide
    # some between bough and trunk, so that the crown is not hollow
    within = random.random(cards) < 0.16
    back = random.uniform(0.30, 0.75, (cards, 1))
    at = np.where(within[:, None], middle + (at - middle) * back, at)
    return np.asarray(at), np.asarray(own)


def _crown(
    leaves: Mesh,
    at: Wide,
    own: Wide,
    whole: tuple[Wide, float],
    sun: Wide,
    random: np.random.Generator,
) -> None:
    middle, radius = whole
    count = len(at)
    half = radius * random.uniform(0.066, 0.104, count) * np.clip(np.sqrt(950.0 / count), 1.0, 1.9)
    place = (at - middle) / radius / (1.0, 1.0, TALL)
    outer = np.linalg.norm(place, axis=-1)
    # the way of the sun's light through the crown, in radii: what lies deep or behind is darker
    towards = place @ sun
    way = -towards + np.sqrt(np.clip(1.0 - outer**2 + towards**2, 0.0, None))
    lit = np.exp(-0.85 * np.clip(way, 0.0, 2.0))
    below = np.clip(0.5 + 0.30 * own[:, 2] + 0.22 * place[:, 2], 0.0, 1.0)
    sky = np.clip(0.16 + 0.34 * outer * below + 0.26 * below + 0.42 * lit, 0.12, 1.0)
    soft = unit(0.45 * own + 0.75 * place + (0.0, 0.0, 0.25))
    warm = random.beta(2.0, 3.0, count)[:, None]
    tint = np.asarray(GREEN) * (1.0 + warm * np.asarray((0.10, 0.04, -0.10)))
    tint = tint * (0.60 + 0.36 * lit + 0.10 * below)[:, None] * random.uniform(0.9, 1.0, (count, 1))
    # a bough sways as one; where only a share of the leaves is drawn, some are left out everywhere
    motion = np.zeros((count, 4, 4), dtype=np.float32)
    motion[...] = (0.06, 0.0, 0.012, 0.0)
    motion[..., 1] = (random.uniform(0, 6.28) + random.random(count))[:, None]
    leaves.add(
        _sprays(at, half, random),
        picture="leaf",
        colour=np.clip(tint, 0.0, 1.0)[:, None],
        open_to_sky=np.repeat(sky[:, None], 4, axis=1),
        normals=np.repeat(soft[:, None], 4, axis=1).astype(np.float32),
        uv=turned_cards(count, random),
        motion=motion,
    )


def _sprays(at: Wide, half: Wide, random: np.random.Generator) -> Wide:
    """Cards that are longer than wide: round ones would be told apart from afar."""
    square = facing(at, half, 0.60, random)
    side, up = square[:, 1] - square[:, 0], square[:, 3] - square[:, 0]
    slim = random.uniform(0.50, 0.80, (len(at), 1))
    side, up = 0.56 * side, 0.56 * slim * up
    return np.stack([at - side - up, at + side - up, at + side + up, at - side + up], axis=1)
