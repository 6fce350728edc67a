"""Owns the second safe place: a small bay at dusk, sand, a quiet sea, far hills, a lantern.

Knows neither views nor patients. It looks the same each time, so that it becomes familiar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath

from vr_runtime.stage.look.dress import dress
from vr_runtime.stage.look.lantern import burn, glaze
from vr_runtime.stage.look.lighting import Weather
from vr_runtime.stage.look.sea import Lamp, Part, wash
from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.bay import ground
from vr_runtime.stage.panda.resting.driftwood import driftwood
from vr_runtime.stage.panda.resting.marram import marram
from vr_runtime.stage.panda.resting.skyline import skyline
from vr_runtime.stage.panda.resting.strand import (
    FLAME_M,
    lantern_foot,
    lantern_frame,
    lay_shells,
    lay_stones,
    panes,
)
from vr_runtime.stage.panda.resting.strand_light import NEAR, near_sand
from vr_runtime.stage.panda.resting.strand_tiles import sand_tile, wave_tile

SUN_DOWN = (-0.42, 0.906, -0.055)
"""Towards the sun, a little below the horizon, to the left of where the patient looks."""
DUSK = Weather(
    towards=SUN_DOWN,
    sun=(2.10, 0.95, 0.40),
    glow=(2.70, 1.45, 0.72),
    zenith=(0.105, 0.155, 0.30),
    horizon=(0.46, 0.40, 0.43),
    ground=(0.10, 0.09, 0.085),
    haze_per_m=0.00075,
    haze_falloff_per_m=0.010,
    haze_most=0.90,
    overcast=0.30,
)
LAMPLIGHT = (0.62, 0.335, 0.125)
FLAME = (1.0, 0.80, 0.50)
FLAME_HALF, HALO_HALF = (0.020, 0.046), (0.42, 0.42)
"""Half the width and height of the cards of the flame and of its glow, in metres."""
HALO_NEARER_M = 0.16
SOLID: tuple[Part, ...] = ("things", "dry", "edge", "sea", "hills")
"""In the order in which they are drawn: where depths tie, the first is seen at every start."""
PICTURES = ("sand", "waves", "near_sand")


def made() -> Mapping[str, NDArray[Any]]:
    """The faces of shore, sea, hills, driftwood and grass, and the pictures on them, for `lay`."""
    meshes = {name: Mesh() for name in (*SOLID, "leaves", "glass")}
    things = meshes["things"]
    lantern_frame(things)
    driftwood(things)
    lay_stones(things)
    lay_shells(things)
    ground(meshes["dry"], meshes["edge"], meshes["sea"])
    skyline(meshes["hills"])
    marram(meshes["leaves"])
    panes(meshes["glass"])
    tiles = {"sand": sand_tile(), "waves": wave_tile(), "near_sand": near_sand()}
    return {name: mesh.packed() for name, mesh in meshes.items()} | tiles


def lay(root: NodePath, parts: Mapping[str, NDArray[Any]]) -> None:
    """Put the place below `root`; a patient stands at its origin and looks along y."""
    x, y, foot = lantern_foot()
    at = (x, y, foot + FLAME_M)
    solid = {name: Mesh(parts[name]).nodes(name, "layered") for name in SOLID}
    wash(solid, Lamp(at, LAMPLIGHT), {name: parts[name] for name in PICTURES}, NEAR)
    leaves = Mesh(parts["leaves"]).nodes("marram", "foliage", moving=True)
    dress(leaves, "foliage")
    for order, node in enumerate((leaves, *solid.values())):
        node.setBin("background", order)
        node.reparentTo(root)
    flame, halo = _card("flame", FLAME_HALF, 0.0), _card("halo", HALO_HALF, HALO_NEARER_M)
    burn(flame, halo, FLAME)
    glass = Mesh(parts["glass"]).nodes("panes", "layered")
    glaze(glass, FLAME)
    glass.reparentTo(root)
    for card in (flame, halo):
        card.setPos(*at)
        card.reparentTo(root)


def _card(name: str, half: tuple[float, float], nearer_m: float) -> NodePath:
    """An upright card around its origin, so much nearer to whoever looks."""
    across, up = half
    corners = np.asarray(((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)))
    mesh = Mesh()
    quad = np.stack([across * corners[:, 0], np.full(4, nearer_m), up * corners[:, 1]], axis=-1)
    mesh.add(quad[None], uv=corners[None])
    return mesh.nodes(name, "layered")
