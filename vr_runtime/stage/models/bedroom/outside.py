"""Owns what is seen out of the bedroom's window: a garden, a street, houses with lit windows.

Nobody is in it. The room is upstairs; the lawn lies three metres below its floor.
"""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.look.layers import PANES, layer
from vr_runtime.stage.models.bedroom.plan import GROUND_Z
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.resting.furnisher import lattice, sheet
from vr_runtime.stage.panda.resting.tree import tree

TREES = (
    (-3.9, 9.5, 0.4, 2.1),
    (5.0, 13.0, 0.2, 2.6),
    (-9.5, 18.0, 0.6, 3.0),
    (12.0, 21.0, 0.6, 3.2),
    (0.6, 36.0, 0.4, 3.0),
    (17.0, 40.0, 1.5, 4.0),
    (-12.0, 40.0, 1.4, 4.2),
)
"""Middle of each crown and its radius, in metres."""
HOUSES = (
    (-15.5, 27.0, 8.6, 3.0, 2.2, (0.80, 0.74, 0.66), "plaster"),
    (-4.6, 28.2, 7.4, 2.9, 2.1, (0.86, 0.62, 0.52), "brick"),
    (5.4, 27.4, 8.0, 3.1, 2.3, (0.84, 0.82, 0.78), "plaster"),
    (15.8, 28.6, 8.2, 2.9, 2.2, (0.76, 0.68, 0.60), "plaster"),
)
"""Middle of each front (x, y), its breadth, height to the eaves, height of the roof, its wall."""
DEEP_M = 8.0
ROOF = (0.42, 0.34, 0.32)
LANTERNS = ((-1.9, 21.0), (10.4, 21.0), (-13.5, 21.0))
LANTERN_M = 4.6
GLOW = (1.0, 0.74, 0.42)


def outside(solid: Mesh, leaves: Mesh, dark_panes: Mesh, lit_panes: Mesh, glow: Mesh) -> None:
    """Add all of it; panes twice, dark and with light behind some of them at night."""
    random = np.random.default_rng(31)
    lawn = sheet((-40.0, 3.2, GROUND_Z), (80.0, 0, 0), (0, 15.6, 0), 2.0)
    solid.add(lawn, picture="grass", colour=(0.90, 0.95, 0.88))
    path = sheet((-40.0, 18.8, GROUND_Z + 0.05), (80.0, 0, 0), (0, 1.6, 0), 2.0)
    solid.add(path, picture="paving", colour=(0.9, 0.9, 0.9))
    road = sheet((-40.0, 20.4, GROUND_Z), (80.0, 0, 0), (0, 5.0, 0), 2.0)
    solid.add(road, picture="asphalt", colour=(0.9, 0.9, 0.92))
    far = sheet((-60.0, 25.4, GROUND_Z + 0.05), (120.0, 0, 0), (0, 40.0, 0), 5.0)
    solid.add(far, picture="grass", colour=(0.8, 0.85, 0.8))
    _hedge(solid, 18.2, 1.3)
    _hedge(solid, 26.2, 0.9)
    for crown in TREES:
        tree(solid, leaves, crown, GROUND_Z, random, 7 if crown[1] < 20.0 else 5)
    for house in HOUSES:
        _house(house, solid, dark_panes, lit_panes, random)
    for x, y in LANTERNS:
        _lantern(solid, glow, x, y)


def _hedge(solid: Mesh, y: float, high: float) -> None:
    x, v = np.meshgrid(np.linspace(-40.0, 40.0, 81), np.linspace(0, 1, 4))
    back = y + 0.2 * np.sin(x * 0.9) + 0.4 * v**2
    grid = np.stack([x, back, GROUND_Z + high * v + 0.07 * v * np.sin(x * 1.7)], axis=-1)
    uv = lattice(np.stack([x / 1.6, v, v], axis=-1))[..., :2]
    shade = lattice(np.broadcast_to((0.62 + 0.38 * v)[..., None], grid.shape))
    solid.add(lattice(grid), picture="hedge", colour=shade, uv=uv)


def _house(
    house: tuple[float, float, float, float, float, tuple[float, float, float], str],
    solid: Mesh,
    dark: Mesh,
    lit: Mesh,
    random: np.random.Generator,
) -> None:
    """A house under a pitched roof; two windows and a door."""
    x, y, wide, eaves, roof, tint, wall = house
    west, east, foot = x - wide / 2, x + wide / 2, GROUND_Z
    top = foot + eaves
    solid.box((west, y, foot), (east, y + DEEP_M, top), picture=wall, colour=tint, foot=0.6)
    ridge = top + roof
    ends = (west - 0.35, east + 0.35)
    for south, north in ((y - 0.45, y + DEEP_M / 2), (y + DEEP_M + 0.45, y + DEEP_M / 2)):
        slope = [[(ends[0], south, top - 0.15), (ends[1], south, top - 0.15),
                  (ends[1], north, ridge), (ends[0], north, ridge)]]  # fmt: skip
        face = np.asarray(slope, dtype=np.float32)
        if south > north:
            face = face[:, ::-1]
        solid.add(face, picture="zinc", colour=ROOF)
    for side, turn in ((west, 1), (east, -1)):
        gable = [(side, y, top), (side, y + DEEP_M, top), (side, y + DEEP_M / 2, ridge)]
        a, b, c = gable if turn < 0 else (gable[1], gable[0], gable[2])
        solid.add([[a, b, c, c]], picture=wall, colour=tint)
    chimney = (x + 0.22 * wide, y + DEEP_M / 2 - 0.3)
    solid.box(
        (chimney[0], chimney[1], ridge - 0.7),
        (chimney[0] + 0.6, chimney[1] + 0.6, ridge + 0.8),
        picture="brick",
    )
    for number, at in enumerate(x + dx * wide for dx in (-0.30, 0.0, 0.30)):
        if number == 1:
            solid.box(
                (at - 0.5, y - 0.06, foot), (at + 0.5, y, foot + 2.1), colour=(0.4, 0.34, 0.3)
            )
            continue
        half, tall, low = 0.62, 1.30, foot + 0.95
        pane = sheet((at - half, y - 0.03, low), (2 * half, 0, 0), (0, 0, tall), 3.0)
        corners = [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]
        kind = layer(PANES[int(random.integers(12))])
        # the fraction of its number is its own chance to be lit
        lit.add(pane, layers=[kind + random.uniform(-0.45, 0.45)], uv=corners)
        dark.add(pane, picture="smudge", colour=(0.30, 0.32, 0.36), uv=corners)
        solid.box(
            (at - half - 0.08, y - 0.10, low - 0.09), (at + half + 0.08, y, low), colour=(0.8,) * 3
        )


def _lantern(solid: Mesh, glow: Mesh, x: float, y: float) -> None:
    """A street lamp: a post, a small hood, its glow."""
    top = GROUND_Z + LANTERN_M
    post, normals = tube([(x, y, GROUND_Z), (x, y, top)], [0.06, 0.04], 8)
    solid.add(post, picture="steel", colour=(0.34, 0.36, 0.37), normals=normals)
    solid.box((x - 0.16, y - 0.16, top), (x + 0.16, y + 0.16, top + 0.10), colour=(0.3, 0.32, 0.33),
              bottom=True)  # fmt: skip
    middle = (x, y, top - 0.10)
    corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    motion = [[(a, b, 1.15, 0.0) for a, b in corners]]
    glow.add([[middle] * 4], colour=GLOW, motion=motion)
