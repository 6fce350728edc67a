"""Owns the safe place: a meadow above a lake, trees, grass, a bench.

Knows neither views nor patients. It looks the same each time, so that it becomes familiar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LVecBase2f, LVecBase4f, NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lighting import SUN, Weather
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import turned
from vr_runtime.stage.panda.land import (
    LOWEST,
    MAP_M,
    SPAN,
    Crown,
    Wide,
    ground_colour,
    height,
    shadow_map,
    shadows,
    slope_normals,
)
from vr_runtime.stage.panda.resting.grass import flowers, grass, reeds
from vr_runtime.stage.panda.resting.lake import water
from vr_runtime.stage.panda.resting.tree import tree
from vr_runtime.stage.panda.resting.woods import woods

MORNING = Weather(
    sun=(2.30, 1.98, 1.50),
    zenith=(0.17, 0.35, 0.74),
    horizon=(0.76, 0.81, 0.86),
    ground=(0.20, 0.21, 0.13),
    haze_per_m=0.0010,
    haze_falloff_per_m=0.004,
    overcast=0.40,
)
FARTHEST_M = 2600.0
NEAR_TREES: tuple[Crown, ...] = (
    (-6.6, 9.0, 5.8, 3.4),
    (9.8, 16.0, 6.2, 3.3),
    (-15.5, 19.0, 6.4, 3.5),
    (-5.5, -8.5, 5.8, 3.4),
    (13.5, -4.0, 5.6, 3.2),
)
"""Place, height of the crown's middle above the foot, and radius of the crown, in metres."""
MIDDLE_TREES: tuple[Crown, ...] = (
    (24.0, 23.0, 6.2, 3.5),
    (-31.0, 27.0, 6.6, 3.8),
    (-40.0, 33.0, 6.2, 3.5),
    (42.0, 25.0, 6.0, 3.6),
    (-38.0, 6.0, 6.4, 3.8),
    (34.0, 8.0, 6.0, 3.5),
    (-20.0, -32.0, 6.4, 3.8),
    (12.0, -38.0, 6.2, 3.6),
    (40.0, -20.0, 6.0, 3.6),
    (-34.0, -14.0, 6.4, 3.8),
)
WEARS = {"leaves": "foliage", "land": "layered", "lake": "water", "shade": "shade"}
"""What each part of the place is made of, in the order in which what is solid is drawn.

Far away the depths of a crown and of the hill behind it round to the same number: whichever is
drawn first is seen, so left to chance the same view would differ from start to start.
"""
BENCH_AT, BENCH_TURN = (-2.6, 5.0), 22.0
WEATHERED = (0.70, 0.82, 1.0)
"""Old wood has lost its red."""


def grown() -> Mapping[str, NDArray[Any]]:
    """The faces of land and leaves and the shadows on them, for `plant`."""
    random = np.random.default_rng(2)
    solid, leaves, shade, lake = Mesh(), Mesh(), Mesh(), Mesh()
    _bench(solid, shade)
    _ground(solid)
    water(lake, _sky, MORNING.horizon, _level_light())
    crowns: list[Crown] = []
    for number, (x, y, above, radius) in enumerate((*NEAR_TREES, *MIDDLE_TREES)):
        foot = float(height(x, y))
        crowns.append((x, y, foot + above, radius))
        tree(solid, leaves, crowns[-1], foot, random, 21 if number < len(NEAR_TREES) else 9)
    woods(leaves, random)
    flowers(leaves, solid, random)
    grass(leaves, random)
    reeds(leaves, random)
    rows = leaves.packed()
    # nearest first: what lies behind is then never shaded
    near = np.argsort(np.linalg.norm(rows["v"].mean(axis=1), axis=-1), kind="stable")
    return {
        "land": solid.packed(),
        "lake": lake.packed(),
        "leaves": rows[near],
        "shade": shade.packed(),
        "shadows": shadows(crowns),
    }


def plant(root: NodePath, parts: Mapping[str, NDArray[Any]]) -> None:
    """Put the place below `root`; a patient stands at its origin and looks along y."""
    root.setShaderInput("site", shadow_map(parts["shadows"]))
    root.setShaderInput("site_place", LVecBase4f(-MAP_M / 2, -MAP_M / 2, 1 / MAP_M, 1 / MAP_M))
    root.setShaderInput("site_heights", LVecBase2f(LOWEST, SPAN))
    for number, (name, material) in enumerate(WEARS.items()):
        node = Mesh(parts[name]).nodes(name, material, moving=material in ("foliage", "shade"))
        dress(node, material)
        if material != "shade":
            node.setBin("background", number)
        node.reparentTo(root)


def _sky(rising: Wide) -> Wide:
    """Linear light (..., 3) of the sky at the sine of an elevation, as the materials mirror it."""
    part = (np.sqrt(rising) * (1.3 - 0.3 * rising))[..., None]
    return np.asarray(MORNING.horizon) * (1 - part) + np.asarray(MORNING.zenith) * part


def _level_light() -> Wide:
    """Linear light that a level white surface gives back, as the materials reckon it."""
    sky = np.asarray(MORNING.zenith) * 0.34 + np.asarray(MORNING.horizon) * 0.42
    return np.asarray(sky + np.asarray(MORNING.sun) * SUN[2])


def _ground(mesh: Mesh) -> None:
    """Rings around the feet, close together where the shore is, coarse behind and far away."""
    reach = np.concatenate(
        [
            [0.0],
            np.geomspace(1.2, 28.0, 17),
            np.linspace(29.0, 56.0, 18),
            np.geomspace(60.0, FARTHEST_M, 28),
        ]
    )
    turn = np.radians(np.concatenate([np.arange(-80.0, 80.0, 1.8), np.linspace(80.0, 280.0, 40)]))
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


def _bench(solid: Mesh, shade: Mesh) -> None:
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
            colour=WEATHERED,
            normals=normals,
            uv=rows["t"][None, :, :2],
            open_to_sky=rows["c"][None, :, 3] / 255.0,
        )
    # towards the side away from the sun, and closest below the seat
    for (mx, my), (rx, ry), dark in (
        ((0.12, 0.14), (1.15, 0.62), 0.62),
        ((0, 0), (0.9, 0.34), 0.4),
    ):
        spot = [(x + mx + u * rx, y + my + v * ry) for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        sheet = np.asarray([[(px, py, float(height(px, py)) + 0.03) for px, py in spot]])
        shade.add(
            turned(sheet, BENCH_TURN, BENCH_AT),
            uv=[[(-1, -1), (1, -1), (1, 1), (-1, 1)]],
            open_to_sky=dark,
            motion=(0.0, 0.0, 0.0, 0.0),
        )
