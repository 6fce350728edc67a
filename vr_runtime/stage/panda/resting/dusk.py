"""Owns what is seen out of the evening room's window: a blue evening over hills, nobody in it."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.resting.evening_plan import DIM
from vr_runtime.stage.panda.resting.furnisher import sheet
from vr_runtime.stage.panda.resting.tree import tree

CROWNS = ((-9.8, 23.0, 2.0, 1.5), (-20.2, 33.0, 2.6, 2.2))
"""Middle of each crown and its radius, in metres."""
BARK = np.asarray((0.42, 0.40, 0.46))
AFAR_M = 52.0
LOW, MIDDLE, TOP = (0.74, 0.62, 0.60), (0.46, 0.56, 0.84), (0.30, 0.40, 0.72)
HILLS = (0.24, 0.32, 0.50)


def dusk(solid: Mesh, leaves: Mesh) -> None:
    """Add the last light over far hills, and trees before it."""
    sky = sheet((-70.0, AFAR_M, -8.0), (90.0, 0, 0), (0, 0, 44.0), 2.5)
    rise = np.clip((sky[..., 2] - 1.0) / 22.0, 0.0, 1.0)[..., None]
    first, second = np.clip(rise / 0.30, 0.0, 1.0), np.clip((rise - 0.30) / 0.70, 0.0, 1.0)
    colour = np.asarray(LOW) * (1 - first) + np.asarray(MIDDLE) * first
    colour = colour * (1 - second) + np.asarray(TOP) * second
    # what the window shows of it: a part of the sheet is enough
    seen = (sky[..., 0].max(axis=1) > -48.0) & (sky[..., 0].min(axis=1) < 4.0)
    solid.add(sky[seen], picture="plain", colour=colour[seen])
    x = np.linspace(-48.0, 4.0, 41)
    for number, (base, far) in enumerate(((3.3, 1.5), (2.2, 2.5))):
        line = base + 1.1 * np.sin(0.13 * x + 2.0 * number) + 0.4 * np.sin(0.37 * x + number)
        y = np.full_like(x, AFAR_M - far)
        foot = np.stack([x, y, np.full_like(x, -8.0)], axis=1)
        ridge = np.stack([x, y, line], axis=1)
        hill = np.stack([foot[:-1], foot[1:], ridge[1:], ridge[:-1]], axis=1)
        shade = np.asarray(HILLS) * (1.28 - 0.28 * number)
        solid.add(hill.astype(np.float32), picture="plain", colour=shade)
    lawn = sheet((-42.0, 4.4, -0.5), (46.0, 0, 0), (0, 46.0, 0), 4.0)
    solid.add(lawn, picture="plain", colour=(0.27, 0.34, 0.42))
    random = np.random.default_rng(9)
    wood, crowns = Mesh(), Mesh()
    for crown in CROWNS:
        tree(wood, crowns, crown, -0.5, random, 6)
    for mesh, into, moving in ((wood, solid, False), (crowns, leaves, True)):
        rows = mesh.packed()
        into.add(
            rows["v"],
            layers=rows["t"][:, 0, 2],
            colour=rows["c"][..., :3] / 255.0 * (DIM if moving else BARK),
            open_to_sky=0.4 + 0.6 * rows["c"][..., 3] / 255.0,
            normals=rows["n"],
            uv=rows["t"][..., :2],
            # what would sway stands still here
            motion=rows["m"] * 0.0 if moving else None,
        )
