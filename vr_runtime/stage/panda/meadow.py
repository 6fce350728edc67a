"""Owns the safe place: a meadow above a lake in the morning, trees, grass, a bench.

Knows neither views nor patients. It looks the same each time, so that it becomes familiar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LVecBase2f, LVecBase4f, NodePath, SamplerState, Texture

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lakeside import Wall, lie_still, paint_around
from vr_runtime.stage.look.lighting import SKY_BIN, Weather
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.land import (
    LOW_SUN,
    LOWEST,
    MAP_M,
    REACH_M,
    SPAN,
    Ball,
    Wide,
    at_places,
    basin,
    ground_colour,
    height,
    shadow_map,
    shadows,
    slope_normals,
    sunlight,
)
from vr_runtime.stage.panda.resting.bench import FRAMES, bench
from vr_runtime.stage.panda.resting.broadleaf import broadleaf
from vr_runtime.stage.panda.resting.country import (
    BRIGHTEST,
    LOW_M,
    TOP_M,
    Light,
    country,
)
from vr_runtime.stage.panda.resting.grass import flowers, fringe, grass, reeds
from vr_runtime.stage.panda.resting.lake import wall, water

MORNING = Weather(
    towards=LOW_SUN,
    sun=(3.75, 3.00, 2.00),
    zenith=(0.20, 0.38, 0.74),
    horizon=(0.74, 0.79, 0.86),
    ground=(0.22, 0.22, 0.13),
    haze_per_m=0.0010,
    haze_falloff_per_m=0.004,
    overcast=0.38,
    gathers=0.55,
    glow=(2.6, 1.85, 1.05),
    glow_up=0.22,
)
NEAR_TREES: tuple[tuple[Ball, int], ...] = (
    ((-6.6, 9.0, 5.8, 3.4), 1450),
    ((9.8, 16.0, 6.2, 3.3), 1250),
    ((-15.5, 19.0, 6.4, 3.5), 1100),
    ((-5.5, -8.5, 5.8, 3.4), 700),
    ((13.5, -4.0, 5.6, 3.2), 700),
)
"""Place, height of the crown's middle above the foot, and radius of the crown, in metres; and how
many cards of leaves it has."""
MIDDLE_CARDS = 300
MIDDLE_TREES: tuple[Ball, ...] = (
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
ORDER = ("leaves", "land", "lake")
"""The parts of the place, in the order in which what is solid is drawn; water lies over its bed.

Far away the depths of a crown and of the land behind it round to the same number: whichever is
drawn first is seen, so left to chance the same view would differ from start to start.
"""
BENCH_AT, BENCH_TURN = (-2.9, 6.4), -48.0


def grown() -> Mapping[str, NDArray[Any]]:
    """The faces of land and leaves, the shadows on them and the country around, for `plant`."""
    random = np.random.default_rng(2)
    solid, leaves, lake, around = Mesh(), Mesh(), Mesh(), Mesh()
    _ground(solid)
    water(lake)
    wall(around, LOW_M, TOP_M)
    crowns: list[Ball] = []
    hiding = [bench(solid, (*BENCH_AT, float(height(*BENCH_AT))), BENCH_TURN)]
    for (x, y, above, radius), cards in (
        *NEAR_TREES,
        *((crown, MIDDLE_CARDS) for crown in MIDDLE_TREES),
    ):
        foot = float(height(x, y))
        crowns.append((x, y, foot + above, radius))
        hiding.append(broadleaf(solid, leaves, crowns[-1], foot, LOW_SUN, random, cards))
    sun = sunlight(np.concatenate(hiding))

    def lit(x: Wide, y: Wide) -> Wide:
        return _left_of_light(at_places(sun, x, y))

    flowers(leaves, solid, lit, random)
    fringe(leaves, _feet(crowns), lit, random)
    grass(leaves, lit, random)
    reeds(leaves, random)
    rows = leaves.packed()
    # nearest first: what lies behind is then never shaded
    near = np.argsort(np.linalg.norm(rows["v"].mean(axis=1), axis=-1), kind="stable")
    return {
        "land": solid.packed(),
        "lake": lake.packed(),
        "wall": around.packed(),
        "leaves": rows[near],
        "shadows": shadows(sun, crowns),
        "country": country(Light(np.asarray(MORNING.sun), _level_sky(), _heaven)),
    }


def plant(root: NodePath, parts: Mapping[str, NDArray[Any]]) -> None:
    """Put the place below `root`; a patient stands at its origin and looks along y."""
    root.setShaderInput("site", shadow_map(parts["shadows"]))
    root.setShaderInput("site_place", LVecBase4f(-MAP_M / 2, -MAP_M / 2, 1 / MAP_M, 1 / MAP_M))
    root.setShaderInput("site_heights", LVecBase2f(LOWEST, SPAN))
    painted = Wall(_picture(parts["country"]), REACH_M, LOW_M, TOP_M, BRIGHTEST, MORNING)
    leaves = Mesh(parts["leaves"]).nodes("leaves", "foliage", moving=True)
    dress(leaves, "foliage")
    land = Mesh(parts["land"]).nodes("land", "layered")
    dress(land, "layered")
    lake = Mesh(parts["lake"]).nodes("lake", "plain")
    lie_still(lake, painted)
    for node in (leaves, land, lake):
        node.setBin("background", ORDER.index(node.getName()))
        node.reparentTo(root)
    around = Mesh(parts["wall"]).nodes("country", "plain")
    paint_around(around, painted)
    # over the sky, which comes after all that is solid
    around.setBin(SKY_BIN, 1)
    around.reparentTo(root)


def _picture(pixels: NDArray[np.uint8]) -> Texture:
    texture = Texture("country")
    high, wide = pixels.shape[:2]
    texture.setup2dTexture(wide, high, Texture.TUnsignedByte, Texture.FRgba)
    texture.setRamImage(np.ascontiguousarray(pixels).tobytes())
    texture.setMinfilter(SamplerState.FTLinearMipmapLinear)
    texture.setMagfilter(SamplerState.FTLinear)
    texture.setWrapU(SamplerState.WMRepeat)
    texture.setWrapV(SamplerState.WMClamp)
    return texture


def _heaven(ways: NDArray[Any]) -> Wide:
    """Linear light (..., 3) of the sky in directions (..., 3), as the materials have it."""
    d = ways / np.sqrt((ways * ways).sum(axis=-1, keepdims=True))
    up = np.clip(d[..., 2], 0.0, 1.0)
    part = (np.sqrt(up) * (1.3 - 0.3 * up))[..., None]
    sky = np.asarray(MORNING.horizon) * (1 - part) + np.asarray(MORNING.zenith) * part
    near = np.clip(d @ np.asarray(MORNING.glow_towards()), 0.0, 1.0)[..., None] ** 4
    glow = np.asarray(MORNING.sun if MORNING.glow is None else MORNING.glow)
    return np.asarray(sky + glow * (0.06 * near + 0.10 * near**5))


def _level_sky() -> Wide:
    """Linear light that a level white surface gets from the sky, as the materials reckon it."""
    return np.asarray(MORNING.zenith) * 0.34 + np.asarray(MORNING.horizon) * 0.42


def _left_of_light(sun: Wide) -> Wide:
    """What of a blade's colour (..., 3) as displayed is left where `sun` of 0 to 1 arrives.

    Blades rise out of the shadow that lies on the ground, so theirs is laid on as a colour.
    """
    sky = 0.85 * _level_sky()
    shaded = sky / (sky + 0.50 * np.asarray(MORNING.sun))
    return np.asarray(np.sqrt(shaded + (1.0 - shaded) * (0.22 + 0.78 * sun[..., None])))


def _feet(crowns: list[Ball]) -> Wide:
    """Where trees near the patient and the bench stand in the grass: x, y, radius."""
    trees = [(x, y, 0.13 * radius) for x, y, _, radius in crowns[: len(NEAR_TREES)] for _ in (0, 1)]
    turn = np.radians(BENCH_TURN)
    legs = [
        (
            BENCH_AT[0] + fx * np.cos(turn) - fy * np.sin(turn),
            BENCH_AT[1] + fx * np.sin(turn) + fy * np.cos(turn),
            0.06,
        )
        for fx in FRAMES
        for fy in (-0.24, 0.23)
    ]
    return np.asarray(trees + legs)


def _ground(mesh: Mesh) -> None:
    """Rings around the feet, close together where the shore is, coarse behind and far away."""
    reach = np.concatenate(
        [
            [0.0],
            np.geomspace(1.2, 28.0, 16),
            np.linspace(29.5, 56.0, 15),
            np.geomspace(60.0, REACH_M, 10),
        ]
    )
    turn = np.radians(np.concatenate([np.arange(-80.0, 80.0, 2.0), np.linspace(80.0, 280.0, 33)]))
    x, y = reach[:, None] * np.sin(turn)[None], reach[:, None] * np.cos(turn)[None]
    grid = np.stack([x, y, height(x, y)], axis=-1)

    def corners(lattice: Wide) -> Wide:
        return np.stack(
            [lattice[:-1, :-1], lattice[1:, :-1], lattice[1:, 1:], lattice[:-1, 1:]][::-1], axis=2
        ).reshape(-1, 4, lattice.shape[-1])

    # what lies deep below the water is never seen
    seen = (corners(basin(x, y)[..., None]) > 0.72).any(axis=(1, 2))
    mesh.add(
        corners(grid)[seen],
        picture="grass",
        colour=np.clip(corners(ground_colour(x, y))[seen], 0.0, 1.0),
        normals=corners(slope_normals(x, y))[seen].astype(np.float32),
    )
