"""Owns the safe place: a meadow above a lake, trees, grass, a bench.

Knows neither views nor patients. It looks the same each time, so that it becomes familiar.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import LVecBase2f, LVecBase3f, LVecBase4f, NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.surfaces import picture
from vr_runtime.stage.models.mesh import Mesh, faces
from vr_runtime.stage.models.shapes import tube, turned
from vr_runtime.stage.panda.land import (
    LOWEST,
    MAP_M,
    SPAN,
    WATER_M,
    Crown,
    Wide,
    ground_colour,
    height,
    shadow_map,
    slope_normals,
)

FARTHEST_M = 2600.0
CARD = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
NEAR_TREES: tuple[Crown, ...] = (
    (-6.4, 8.6, 5.6, 3.3),
    (9.5, 15.5, 5.0, 2.9),
    (-15.0, 21.0, 5.4, 3.1),
    (-5.5, -7.5, 5.8, 3.4),
    (13.5, -4.0, 5.2, 3.0),
)
MIDDLE_TREES: tuple[Crown, ...] = (
    (25.0, 34.0, 5.6, 3.4),
    (-30.0, 38.0, 6.0, 3.6),
    (-24.0, 52.0, 5.4, 3.2),
    (36.0, 42.0, 5.2, 3.2),
    (-38.0, 6.0, 5.8, 3.6),
    (34.0, 8.0, 5.4, 3.3),
    (-20.0, -32.0, 6.0, 3.6),
    (12.0, -38.0, 5.8, 3.4),
    (40.0, -20.0, 5.6, 3.4),
)
BENCH_AT, BENCH_TURN = (-2.6, 5.0), 22.0


def plant(root: NodePath) -> None:
    """Build the place below `root`; a patient stands at its origin and looks along y."""
    random = np.random.default_rng(2)
    trees = [*NEAR_TREES, *MIDDLE_TREES]
    solid, leaves = Mesh(), Mesh()
    _ground(solid)
    _bench(solid)
    for number, crown in enumerate(trees):
        _tree(solid, leaves, crown, random, cards=170 if number < len(NEAR_TREES) else 80)
    _far_woods(leaves, random)
    _flowers(solid, random)
    _grass(leaves, random)
    root.setShaderInput("site", shadow_map(trees))
    root.setShaderInput("site_place", LVecBase4f(-MAP_M / 2, -MAP_M / 2, 1 / MAP_M, 1 / MAP_M))
    root.setShaderInput("site_heights", LVecBase2f(LOWEST, SPAN))
    for node, material in (
        (solid.nodes("land", "layered", tile_m=None), "layered"),
        (leaves.nodes("leaves", "foliage", moving=True), "foliage"),
    ):
        dress(node, material)
        node.reparentTo(root)
    _lake(root)


def _ground(mesh: Mesh) -> None:
    """Rings that widen with distance: fine at the feet, coarse at the horizon."""
    around = 112
    reach = np.concatenate([[0.0], np.geomspace(1.2, FARTHEST_M, 52)])
    turn = np.linspace(0.0, 2 * np.pi, around + 1)
    x, y = reach[:, None] * np.sin(turn)[None], reach[:, None] * np.cos(turn)[None]
    grid = np.stack([x, y, height(x, y)], axis=-1)

    def corners(lattice: Wide) -> Wide:
        return np.stack(
            [lattice[:-1, :-1], lattice[1:, :-1], lattice[1:, 1:], lattice[:-1, 1:]][::-1], axis=2
        ).reshape(-1, 4, lattice.shape[-1])

    mesh.add(
        corners(grid),
        picture="grass",
        colour=np.clip(corners(ground_colour(x, y)), 0.0, 1.0),
        normals=corners(slope_normals(x, y)).astype(np.float32),
    )


def _tree(solid: Mesh, leaves: Mesh, crown: Crown, random: np.random.Generator, cards: int) -> None:
    cx, cy, cz, radius = crown
    foot = float(height(cx, cy))
    base = np.asarray((cx, cy, foot - 0.2))
    lean = random.uniform(-0.25, 0.25, 2)
    top = np.asarray((cx + lean[0], cy + lean[1], cz + foot * 0.0))
    line = np.asarray([base, base * 0.6 + top * 0.4, top])
    for path, radii in [(line, (0.055 * radius, 0.036 * radius, 0.02 * radius))] + [
        (
            np.asarray([line[1], (line[1] + tip) / 2 + (0, 0, 0.25), tip]),
            (0.028 * radius, 0.018 * radius, 0.008 * radius),
        )
        for tip in (
            top + radius * 0.62 * np.asarray((np.cos(a), np.sin(a), random.uniform(-0.2, 0.4)))
            for a in random.uniform(0, 2 * np.pi, 4)
        )
    ]:
        bark, normals = tube(path, radii, 8)
        solid.add(bark, picture="soil", colour=(0.74, 0.70, 0.66), normals=normals, open_to_sky=0.7)
    middle = np.asarray((cx, cy, cz))
    # a crown is a few boughs, each a clump of its own
    boughs = random.normal(size=(7, 3)) * (0.42, 0.42, 0.34)
    boughs[0] = 0.0
    for number in range(cards):
        bough = boughs[number % len(boughs)]
        near = random.normal(size=3)
        near /= np.linalg.norm(near)
        spot = bough + near * 0.56 * random.uniform(0.5, 1.0) ** 0.6
        at = middle + radius * spot * (1.0, 1.0, 0.86)
        out = radius * min(1.0, float(np.linalg.norm(spot)))
        way = near * 0.7 + spot
        way /= np.linalg.norm(way)
        size = radius * random.uniform(0.15, 0.27)
        side = np.cross(way, random.normal(size=3))
        side *= size / np.linalg.norm(side)
        up = np.cross(side, way)
        up *= size / np.linalg.norm(up)
        card = np.stack([at - side - up, at + side - up, at + side + up, at - side + up])
        deep = out / radius
        sky = float(np.clip(0.25 + 0.55 * deep + 0.30 * way[2], 0.12, 1.0))
        soft = way * 0.8 + (0.0, 0.0, 0.35)
        soft /= np.linalg.norm(soft)
        tint = np.asarray((0.93, 0.98, 0.88)) * random.uniform(0.82, 1.0)
        leaves.add(
            card[None],
            picture="leaf",
            colour=tint,
            open_to_sky=sky,
            normals=np.broadcast_to(soft, (1, 4, 3)).astype(np.float32),
            uv=np.asarray([CARD]),
            motion=(0.10, random.uniform(0, 6.28), 0.025, 0.0),
        )


def _far_woods(leaves: Mesh, random: np.random.Generator) -> None:
    """Woods on the far shore and the hills: large soft cards that face the meadow."""
    count = 900
    turn = random.uniform(0, 2 * np.pi, count)
    reach = 150.0 + 620.0 * random.random(count) ** 1.6
    x, y = reach * np.sin(turn), reach * np.cos(turn)
    z = height(x, y)
    kept = z > WATER_M + 0.8
    x, y, z, reach, turn = x[kept], y[kept], z[kept], reach[kept], turn[kept]
    tall = random.uniform(5.0, 9.0, len(x)) * (1.0 + reach / 900.0)
    wide = tall * random.uniform(0.8, 1.3, len(x))
    side = np.stack([np.cos(turn), -np.sin(turn), np.zeros_like(turn)], axis=-1) * wide[:, None]
    foot = np.stack([x, y, z - 0.35 * tall], axis=-1)
    up = np.stack([np.zeros_like(x), np.zeros_like(x), 1.75 * tall], axis=-1)
    cards = np.stack([foot - side, foot + side, foot + side + up, foot - side + up], axis=1)
    towards = np.stack(
        [-np.sin(turn) * 0.5, -np.cos(turn) * 0.5, np.full_like(turn, 0.85)], axis=-1
    )
    normals = np.repeat(towards[:, None], 4, axis=1).astype(np.float32)
    tint = random.uniform(0.62, 0.86, len(x))[:, None, None] * np.asarray((0.92, 1.0, 0.9))
    shade = np.broadcast_to(np.asarray((0.45, 0.45, 0.95, 0.95)), (len(x), 4))
    leaves.add(
        cards,
        picture="leaf",
        colour=tint,
        open_to_sky=shade,
        normals=normals,
        uv=np.broadcast_to(np.asarray(CARD), (len(x), 4, 2)),
        motion=(0.0, 0.0, 0.0, 0.0),
    )


def _solid_spot() -> tuple[float, float]:
    """A place within the picture of leaves where all around is leaf: one colour for a blade."""
    alpha = picture("leaf")[..., 3]
    whole = np.ones_like(alpha)
    for dx in range(-3, 4):
        for dy in range(-3, 4):
            whole = np.minimum(whole, np.roll(alpha, (dy, dx), axis=(0, 1)))
    row, column = np.argwhere(whole > 0.5)[0]
    return (column + 0.5) / alpha.shape[1], (row + 0.5) / alpha.shape[0]


def _grass(leaves: Mesh, random: np.random.Generator) -> None:
    """Blades, dense at the feet and thinner with distance, in tufts."""
    tufts, blades = 1150, 10
    reach = 1.0 + 15.0 * random.random(tufts) ** 1.25
    turn = random.uniform(0, 2 * np.pi, tufts)
    at = np.stack([reach * np.sin(turn), reach * np.cos(turn)], axis=-1)
    at = np.repeat(at, blades, axis=0) + random.normal(0.0, 0.11, (tufts * blades, 2))
    far = np.hypot(at[:, 0], at[:, 1])
    tall = random.uniform(0.10, 0.30, len(at)) * (0.7 + 0.5 * np.clip(far / 9.0, 0, 1))
    wide = 0.006 + 0.0011 * far
    yaw, lean = random.uniform(0, 2 * np.pi, len(at)), random.uniform(0.1, 0.6, len(at))
    side = np.stack([np.cos(yaw), np.sin(yaw), np.zeros_like(yaw)], axis=-1) * wide[:, None]
    foot = np.stack([at[:, 0], at[:, 1], height(at[:, 0], at[:, 1]) - 0.01], axis=-1)
    bend = np.stack([-np.sin(yaw) * lean, np.cos(yaw) * lean, np.ones_like(yaw)], axis=-1)
    tip = foot + bend * tall[:, None]
    cards = np.stack([foot - side, foot + side, tip, tip], axis=1)
    up = np.zeros((len(at), 4, 3), dtype=np.float32)
    up[..., 2] = 1.0
    colour = np.repeat((random.uniform(0.86, 1.0, len(at)) * 1.0)[:, None, None], 4, axis=1)
    # from the shade at the foot to the light that shines through the tip
    climb = np.asarray((0.58, 0.58, 0.95, 0.95))[None, :, None]
    tint = colour * climb * np.asarray((0.92, 0.86, 0.90))
    motion = np.zeros((len(at), 4, 4), dtype=np.float32)
    motion[:, 2:, 0] = (0.35 * tall)[:, None]
    motion[:, 2:, 2] = (0.05 * tall)[:, None]
    motion[..., 1] = (at[:, 0] * 0.6 + at[:, 1] * 0.4)[:, None]
    leaves.add(
        cards,
        picture="leaf",
        colour=np.clip(tint, 0.0, 1.0),
        open_to_sky=np.broadcast_to(np.asarray((0.55, 0.55, 1.0, 1.0)), (len(at), 4)),
        normals=up,
        uv=np.broadcast_to(np.asarray(_solid_spot()), (len(at), 4, 2)),
        motion=motion,
    )


def _flowers(solid: Mesh, random: np.random.Generator) -> None:
    """Daisies and buttercups in a few drifts, turned towards the light."""
    drifts = (
        (2.2, 4.4, 1.3),
        (-1.6, 8.2, 1.6),
        (4.8, 8.5, 2.0),
        (0.4, 13.5, 2.6),
        (-4.0, 3.0, 1.0),
    )
    white, yellow = np.asarray((1.0, 0.99, 0.95)), np.asarray((1.0, 0.84, 0.28))
    for number, (x, y, spread) in enumerate(drifts):
        at = random.normal((x, y), spread, (46, 2))
        for px, py in at:
            z = float(height(px, py)) + random.uniform(0.10, 0.20)
            size = random.uniform(0.016, 0.026)
            lean = random.normal(0.0, 0.25, 2)
            tint = white if (number + (random.random() < 0.3)) % 2 == 0 else yellow
            corner = [(-size, -size), (size, -size), (size, size), (-size, size)]
            head = faces(
                [[(px + a, py + b, z - a * lean[0] - b * lean[1] - 0.4 * b) for a, b in corner]]
            )
            up = np.broadcast_to(np.asarray((0.0, -0.3, 0.95)), (1, 4, 3)).astype(np.float32)
            solid.add(head, picture="plain", colour=tint * random.uniform(0.92, 1.0), normals=up)


def _bench(solid: Mesh) -> None:
    """A wooden bench beside the path of the eye, as a sign that people rest here."""
    x, y = BENCH_AT
    ground = float(height(x, y))
    part = Mesh()
    for k in range(4):
        part.box(
            (x - 0.8, y - 0.22 + 0.115 * k, ground + 0.42),
            (x + 0.8, y - 0.12 + 0.115 * k, ground + 0.455),
            picture="wood",
            bottom=True,
        )
    for k in range(2):
        low = ground + 0.58 + 0.16 * k
        part.box((x - 0.8, y - 0.27, low), (x + 0.8, y - 0.24, low + 0.11), picture="wood")
    for px in (x - 0.68, x + 0.62):
        part.box(
            (px, y - 0.24, ground - 0.05),
            (px + 0.06, y - 0.18, ground + 0.86),
            picture="wood",
            foot=0.5,
        )
        part.box(
            (px, y + 0.16, ground - 0.05),
            (px + 0.06, y + 0.22, ground + 0.42),
            picture="wood",
            foot=0.5,
        )
    for rows in part.packed():
        corners = turned(rows["v"][None], BENCH_TURN, BENCH_AT)
        normals = turned(rows["n"][None], BENCH_TURN)
        solid.add(
            corners,
            picture="wood",
            colour=(0.82, 0.80, 0.80),
            normals=normals,
            uv=rows["t"][None, :, :2],
            open_to_sky=rows["c"][None, :, 3] / 255.0,
        )


def _lake(root: NodePath) -> None:
    """Still water: it holds the light of the sky, and nothing moves on it."""
    mesh = Mesh()
    x0, x1, y0, y1 = -140.0, 180.0, 30.0, 230.0
    mesh.add([[(x0, y0, WATER_M), (x1, y0, WATER_M), (x1, y1, WATER_M), (x0, y1, WATER_M)]])
    lake = mesh.nodes("lake", "black")
    dress(lake, "black")
    lake.setShaderInput("tint", LVecBase3f(0.30, 0.40, 0.44))
    lake.setShaderInput("gloss", 0.92)
    lake.reparentTo(root)
