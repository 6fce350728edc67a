"""Owns the land above the gorge: meadows and woods at its rims, hills, mountains far away.

Knows nothing of what lies below the rims. The near rim is the patient's first footing.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.gorge.ground import GRASS, PATH, surface
from vr_runtime.stage.models.gorge.plan import SPAN, Wide, along_gorge, apart, eased, noise, rims
from vr_runtime.stage.models.gorge.woods import Growth, bush, grow
from vr_runtime.stage.models.mesh import Mesh

_AWAY_M = np.asarray(
    (0.0, 0.35, 0.8, 1.5, 2.5, 4, 6, 9, 13, 18, 25, 34, 46, 62, 84, 115, 155, 210, 290)
)
"""Steps away from the rim."""


def level(x: Wide, away: Wide) -> Wide:
    """Height of the land above the rim, `away` metres from it."""
    wild = apart(x)
    knolls = 0.55 * noise(x / 4.0, away / 4.0, 81) * eased(1.0, 9.0, away)
    rise = 0.055 * np.maximum(away - 12.0, 0.0) + 0.0011 * np.maximum(away - 20.0, 0.0) ** 2
    hills = 1.0 + 0.55 * noise(x / 14.0, away / 14.0, 82)
    near_path = 1.0 - (1.0 - wild) * (1.0 - eased(6.0, 30.0, away))
    edge = -0.30 * (1.0 - eased(0.0, 1.0, away)) * wild
    # the rim itself rises and falls, and a little way behind it nothing is left of that
    edge = edge + 0.75 * noise(x / 4.2, x * 0 + 6.0, 80) * wild * (1.0 - eased(0.0, 11.0, away))
    # where a bridge begins, its own floor lies on the ground
    edge = edge - 0.09 * (1.0 - wild) * (1.0 - eased(2.7, 3.6, away))
    return np.asarray(near_path * knolls + rise * np.maximum(hills, 0.2) * near_path + edge)


def bank(x: Wide, away: Wide, *, far: bool) -> Wide:
    """Points of the land at `away` metres from a rim."""
    near_rim, far_rim = rims(x)
    y = far_rim + away if far else near_rim - away
    return np.stack(np.broadcast_arrays(x, y, level(x, away)), -1)


def build() -> NodePath:
    """The land as a node to be written; the same each time."""
    root = NodePath("banks")
    land, mountains, wood, leaves = Mesh(), Mesh(), Mesh(), Mesh()
    x = along_gorge()
    for far in (False, True):
        points = bank(x[None], _AWAY_M[:, None], far=far)
        _meadow(land, points, far=far)
    _mountains(mountains)
    trees = _trees()
    grow(leaves, wood, trees, close=True)
    _undergrowth(leaves)
    spots = _spots(trees)
    land.nodes("land", "layered", tile_m=120.0).reparentTo(root)
    # tiles as small as those of the land would be a thousand for their wide rings
    mountains.nodes("mountains", "layered", tile_m=3000.0).reparentTo(root)
    wood.nodes("wood", "layered", tile_m=120.0).reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True, tile_m=120.0).reparentTo(root)
    spots.nodes("spots", "shade", moving=True).reparentTo(root)
    return root


def _meadow(land: Mesh, points: Wide, *, far: bool) -> None:
    x, y = points[..., 0], points[..., 1]
    away = np.broadcast_to(_AWAY_M[:, None], x.shape)
    tone = 0.94 + 0.10 * noise(x / 1.6, y / 1.6, 83, slope=1.2) + 0.06 * noise(x / 9.0, y / 9.0, 84)
    dry = np.clip(0.35 + 0.45 * noise(x / 3.0, y / 3.0, 85, slope=1.2), 0.0, 1.0)[..., None]
    green = GRASS * tone[..., None] * (1.0 + dry * (0.22, 0.04, -0.16))
    # under the woods little light arrives, and old leaves lie
    woods = _wooded(x, away)[..., None]
    green = green * (1 - woods) + woods * np.asarray((0.40, 0.40, 0.34))
    bare = eased(1.6, 0.2, away + 0.9 * noise(x / 1.5, y / 1.5, 86))[..., None]
    green = green * (1 - 0.35 * bare) + 0.35 * bare * (0.98, 0.84, 0.80)
    openness = 0.95 - 0.5 * woods[..., 0]
    surface(land, points, colour=green, openness=openness, picture="grass", flip=not far)
    _path(land, far=far)


def _path(land: Mesh, *, far: bool) -> None:
    """A trodden way to the bridge, its edges ragged."""
    away = np.concatenate([[2.62, 2.8], np.arange(3.25, 60.0, 0.9)])
    across = np.linspace(-1.0, 1.0, 9)
    bend = 7.0 * eased(8.0, 60.0, away) * (1.0 if far else -1.0)
    half = 1.25 + 0.25 * noise(away / 1.4, away * 0, 87)
    x = bend[:, None] + across[None] * half[:, None]
    points = bank(x, away[:, None], far=far)
    points[..., 2] = np.maximum(points[..., 2], -0.03) + 0.03 - 0.05 * np.abs(across[None]) ** 4
    tone = 1.0 + 0.10 * noise(points[..., 0] * 1.7, points[..., 1] * 1.7, 88)
    colour = PATH * tone[..., None]
    openness = np.full(tone.shape, 0.95)
    surface(land, points, colour=colour, openness=openness, picture="soil", flip=not far)


def _mountains(land: Mesh) -> None:
    """Three ranges all around, one behind the other."""
    turn = np.linspace(-np.pi, np.pi, 541)
    ranges = ((520.0, 34.0, 46.0, 91), (1150.0, 90.0, 150.0, 92), (2600.0, 260.0, 420.0, 93))
    for far, base, rise, seed in ranges:
        around = (turn + np.pi) / (2 * np.pi) * 256.0
        crest = base + rise * np.abs(0.55 * noise(around / 4, around * 0, seed, slope=1.9))
        crest = crest + 0.10 * rise * noise(around * 1.0, around * 0 + 9, seed, slope=1.2)
        up = np.linspace(0.0, 1.0, 15)[:, None]
        spur = 0.16 * noise(around[None] * 1.2, up * 5.0, seed + 10) * (1 - up) * far
        out = far * (0.72 + 0.30 * up) + spur * 0.5
        points = np.stack(
            [
                out * np.sin(turn)[None],
                SPAN / 2 + out * np.cos(turn)[None],
                -30.0 + (crest[None] + 30.0) * up**1.15,
            ],
            -1,
        )
        wooded = np.clip(
            1.25 - points[..., 2] / 300.0 + 0.25 * noise(around[None] * 2, up * 14, seed), 0, 1
        )[..., None]
        tone = 1.0 + 0.26 * noise(around[None] * 6.0, up * 40.0, seed + 20, slope=0.8)
        rock = np.asarray((1.0, 0.80, 1.0))
        colour = (wooded * (0.34, 0.36, 0.42) + (1 - wooded) * rock) * tone[..., None]
        openness = np.full(points.shape[:2], 0.9)
        surface(land, points, colour=np.clip(colour, 0, 2), openness=openness, picture="grass")


def _wooded(x: Wide, away: Wide) -> Wide:
    """How far the ground lies in the shade of trees, 0 to 1; the way to the bridge stays open."""
    edge = 17.0 + 4.0 * noise(x / 2.5, x * 0 + 4.0, 97, slope=1.2)
    open_way = eased(9.0, 4.0, np.abs(x)) * eased(60.0, 30.0, away)
    return np.asarray(eased(edge - 3.0, edge + 6.0, away) * (1.0 - open_way))


def _undergrowth(leaves: Mesh) -> None:
    """Bushes and young trees at the edge of the woods, a few before it, tufts near the rim."""
    random = np.random.default_rng(41)
    for _ in range(760):
        x = float(random.normal(0.0, 55.0))
        far = bool(random.random() < 0.6)
        before = random.random() < 0.2
        away = float(random.uniform(1.0, 14.0) if before else random.normal(19.0, 4.5))
        if away < 0.8 or abs(x) < 5.0 + 0.05 * away or (not far and np.hypot(x, away) < 10.0):
            continue
        wide = float(random.uniform(1.2, 3.4)) * (0.4 if away < 12.0 else 1.0)
        high = wide * float(random.uniform(0.4, 0.75))
        px, py, pz = (float(c) for c in bank(np.asarray(x), np.asarray(away), far=far))
        warm = float(random.uniform(-0.1, 0.1))
        bush(
            leaves,
            random,
            (px, py, pz + 0.42 * high),
            (0.5 * wide, 0.5 * wide, 0.55 * high),
            size=0.25 * wide,
            count=10,
            hue=(0.70 + warm, 0.78, 0.60 - warm),
            bright=(0.55, 0.95),
        )


def _spots(trees: list[Growth]) -> Mesh:
    """The shadow below each tree that is seen from near, on the land as it rises and falls."""
    spots = Mesh()
    for each in trees:
        if each.away > 75.0:
            continue
        reach = 0.36 * each.tall
        far = each.y > SPAN / 2
        # the sun stands behind and to the left
        middle_x, middle_y = each.x + 0.22 * each.tall, each.y + 0.2 * each.tall
        corners = []
        for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            x, y = middle_x + a * reach, middle_y + b * reach
            rim = rims(np.asarray(x))[1 if far else 0]
            away = max(0.0, float(y - rim if far else rim - y))
            corners.append((x, y, float(level(np.asarray(x), np.asarray(away))) + 0.12))
        spots.add(
            [corners],
            uv=[[(-1, -1), (1, -1), (1, 1), (-1, 1)]],
            colour=(0.0, 0.0, 0.0),
            open_to_sky=0.5,
            motion=(0.0, 0.0, 0.0, 0.0),
        )
    return spots


def _trees() -> list[Growth]:
    """Woods on both banks: a few trees near the bridge, ever more behind them."""
    random = np.random.default_rng(40)
    count = 3850
    x = random.uniform(-250.0, 250.0, count)
    away = 4.0 + 210.0 * random.random(count) ** 1.5
    far = random.random(count) < 0.5
    grove = 0.42 + 0.5 * noise(x / 9.0, away / 9.0, 95) + np.minimum(away, 60.0) / 60.0
    clear = 7.0 - 6.0 * eased(25.0, 60.0, away)
    kept = (np.abs(x) > clear) & (random.random(count) < grove)
    kept &= (away > 9.0) | (np.abs(x) > 24.0)
    grown = []
    for side in (False, True):
        chosen = np.flatnonzero(kept & (far == side))
        feet = bank(x[chosen], away[chosen], far=side)
        seen_from = np.hypot(feet[:, 0], feet[:, 1] - SPAN / 2)
        tall = random.uniform(8.0, 17.0, len(chosen))
        tall = tall * (0.75 + 0.25 * np.minimum(1.0, away[chosen] / 30.0))
        spruces = random.random(len(chosen)) < 0.6
        for k, number in enumerate(chosen):
            distance = float(seen_from[k])
            fine = 58.5 if distance < 50.0 else 100.0 if distance < 85.0 else 400.0
            px, py, pz = (float(c) for c in feet[k])
            one = Growth(px, py, pz - 0.15, float(tall[k]), int(number), fine, bool(spruces[k]))
            grown.append(one)
    return grown
