"""Owns trees that stand on any height of ground; knows no bank and no floor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from vr_runtime.stage.models.city.greenery import cards, tree
from vr_runtime.stage.models.city.street import PAVEMENT_Z, Form, Tree
from vr_runtime.stage.models.mesh import Mesh, Rows

_FORMS: dict[bool, tuple[Form, Form, Form]] = {
    True: ("column", "cone", "column"),
    False: ("round", "spreading", "open"),
}
_WIDE: dict[Form, float] = {
    "column": 0.20,
    "cone": 0.30,
    "round": 0.42,
    "spreading": 0.44,
    "open": 0.36,
}
"""Radius of a crown as a share of the tree's height: in the open they grow leaves far down."""


@dataclass(frozen=True)
class Growth:
    """A tree by its foot and its height, in metres, and from how far it is seen."""

    x: float
    y: float
    z: float
    tall: float
    seed: int
    away: float
    spruce: bool = False


_NEAR_M = 60.0
"""Trees seen from nearer are each grown; of those farther away a few are grown, and repeated."""
_KINDS = 8
"""How many of them there are for spruces, and as many for others."""
_MADE_TALL_M = 12.0


def grow(leaves: Mesh, wood: Mesh, trees: Iterable[Growth], *, close: bool = False) -> None:
    """Add the trees; where they stand close each is dark below, pale at its top, of its own hue."""
    repeated: dict[tuple[bool, int, float], list[Growth]] = {}
    for each in trees:
        if each.away < _NEAR_M:
            for mesh, rows in zip((leaves, wood), _grown(each, close=close), strict=True):
                rows["v"][..., 2] += each.z
                mesh.take(rows)
        else:
            key = (each.spruce, each.seed % _KINDS, 100.0 if each.away < 170.0 else 400.0)
            repeated.setdefault(key, []).append(each)
    for (spruce, kind, away), copies in repeated.items():
        one = Growth(0.0, 0.0, 0.0, _MADE_TALL_M, 7000 + kind, away, spruce)
        for mesh, rows in zip((leaves, wood), _grown(one, close=close), strict=True):
            if len(rows):
                mesh.take(_copied(rows, copies, close=close))


def _grown(each: Growth, *, close: bool) -> tuple[Rows, Rows]:
    """Leaves and wood of one tree whose foot is at z = 0."""
    form = _FORMS[each.spruce][each.seed % 3]
    crown = each.tall * _WIDE[form]
    leaves, wood = Mesh(), Mesh()
    what = Tree(each.x, each.y, each.tall, crown, form, each.seed)
    tree(leaves, wood, what, away=max(each.away, 33.0))
    made = leaves.packed(), wood.packed()
    if each.spruce:
        # needles are darker and bluer than leaves
        hue = made[0]["c"][..., :3] * np.asarray((0.66, 0.76, 0.74))
        made[0]["c"][..., :3] = hue.astype(np.uint8)
    for rows in made:
        rows["v"][..., 2] -= PAVEMENT_Z
        if close:
            _shaded(rows, each.tall)
    return made


def _shaded(rows: Rows, tall: float) -> None:
    """Less sky below, where others stand around; the top is in the light."""
    part = np.clip(rows["v"][..., 2] / tall, 0.0, 1.0)[..., None]
    paint = rows["c"].astype(np.float32)
    paint[..., :3] *= 0.62 + 0.50 * part
    paint[..., 3:] *= 0.30 + 0.75 * part
    rows["c"] = np.minimum(paint, 255.0).astype(np.uint8)


def _copied(rows: Rows, copies: list[Growth], *, close: bool) -> Rows:
    """The same tree at many feet, each turned and as tall as it shall be."""
    whole = np.tile(rows, (len(copies), 1))
    number = np.repeat(np.arange(len(copies)), len(rows))
    feet = np.asarray([(each.x, each.y, each.z) for each in copies], dtype=np.float32)
    size = np.asarray([each.tall / _MADE_TALL_M for each in copies], dtype=np.float32)
    turn = np.asarray([2.4 * each.seed for each in copies])
    c, s = (f(turn).astype(np.float32)[number, None] for f in (np.cos, np.sin))
    for column in ("v", "n"):
        x, y = whole[column][..., 0].copy(), whole[column][..., 1].copy()
        whole[column][..., 0], whole[column][..., 1] = c * x - s * y, s * x + c * y
    whole["v"] = whole["v"] * size[number, None, None] + feet[number, None]
    whole["m"][..., 1] += turn.astype(np.float32)[number, None]
    tone = np.asarray([0.86 + 0.28 * ((each.seed * 37) % 101) / 100 for each in copies])
    hue = tone[:, None] * np.ones(3)
    if close:
        # some yellower, some bluer than the next
        warm = np.asarray([((each.seed * 53) % 97) / 48.0 - 1.0 for each in copies])
        hue = hue * (1.0 + warm[:, None] * (0.13, 0.02, -0.12))
    lit = np.minimum(whole["c"][..., :3] * hue[number, None], 255.0)
    whole["c"][..., :3] = lit.astype(np.uint8)
    return whole


def shrub(
    leaves: Mesh, random: np.random.Generator, at: tuple[float, float, float], wide: float
) -> None:
    """A shrub of about `wide` metres, rooted at `at`."""
    centre = (at[0], at[1], at[2] + 0.35 * wide)
    bush(leaves, random, centre, (0.5 * wide, 0.5 * wide, 0.42 * wide), size=0.30 * wide)


def bush(
    leaves: Mesh,
    random: np.random.Generator,
    centre: tuple[float, float, float],
    radii: tuple[float, float, float],
    *,
    size: float,
    count: int = 9,
    hue: tuple[float, float, float] = (0.74, 0.78, 0.62),
    bright: tuple[float, float] = (0.60, 1.0),
) -> None:
    """Leaves about a middle, not rooted anywhere: a shrub, a cushion, what hangs from a ledge.

    Args:
        leaves: where they go.
        random: by which it differs from the next.
        centre: its middle, metres.
        radii: half its extent along each axis, metres.
        size: half the side of a card, metres.
        count: how many cards.
        hue: its colour, as displayed.
        bright: between which shares of `hue` it lies, by chance.
    """
    corners, normals, openness = cards(random, np.asarray(centre), np.asarray(radii), count, size)
    colour = np.asarray(hue) * float(random.uniform(*bright))
    motion = np.zeros((len(corners), 4, 4), dtype=np.float32)
    motion[..., 1] = float(random.uniform(0, 6.28))
    motion[..., 2] = 0.02
    uv = np.tile(np.asarray([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32), (count, 1, 1))
    leaves.add(
        corners,
        normals=normals,
        picture="leaf",
        uv=uv,
        colour=colour,
        open_to_sky=openness,
        motion=motion,
    )
