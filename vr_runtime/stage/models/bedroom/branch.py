"""Owns the end of a branch before the window, its foot at the origin; it reaches along -x."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.models.shapes import tube
from vr_runtime.stage.panda.resting.foliage import facing, turned_cards

BARK = (0.62, 0.58, 0.54)
REACH_M = 1.0


def build() -> NodePath:
    """The branch as a node to be written; its tip is `REACH_M` left of its foot."""
    root, wood, leaves = NodePath("branch"), Mesh(), Mesh()
    chance = np.random.default_rng(12)
    stem = np.asarray(
        [(0.0, 0.0, 0.0), (-0.35, 0.02, 0.05), (-0.7, -0.01, 0.02), (-1.0, 0.0, -0.06)]
    )
    twigs = [(stem, [0.016, 0.012, 0.008, 0.004])]
    for start, way in (
        (0.30, (-0.28, 0.05, 0.20)),
        (0.55, (-0.26, 0.04, -0.16)),
        (0.72, (-0.20, -0.02, 0.16)),
        (0.84, (-0.14, 0.03, -0.10)),
    ):
        foot = np.asarray([np.interp(start, np.linspace(0, 1, 4), stem[:, k]) for k in range(3)])
        twigs.append(
            (np.stack([foot, foot + 0.5 * np.asarray(way), foot + way]), [0.006, 0.004, 0.002])
        )
    at: list[np.ndarray] = []
    for line, radii in twigs:
        bark, normals = tube(line, radii, 6)
        wood.add(bark, picture="soil", colour=BARK, normals=normals, open_to_sky=0.7)
        for part in chance.uniform(0.35, 1.0, 7):
            spot = [np.interp(part, np.linspace(0, 1, len(line)), line[:, k]) for k in range(3)]
            at.append(np.asarray(spot) + chance.normal(0.0, 0.02, 3))
    places = np.asarray(at)
    # turned to whoever stands in the room, who looks along y
    cards = facing(places * (1.0, 1.0, 1.0) + (0.0, 6.0, 1.6), chance.uniform(0.05, 0.085, len(at)),
                   0.7, chance) - (0.0, 6.0, 1.6)  # fmt: skip
    leaves.add(
        cards,
        picture="leaf",
        colour=(0.80, 0.88, 0.76),
        open_to_sky=0.8,
        normals=np.broadcast_to(np.asarray((0.0, -0.8, 0.6), dtype=np.float32), cards.shape),
        uv=turned_cards(len(at), chance),
        motion=(0.02, 1.7, 0.010, 0.0),
    )
    wood.nodes("wood", "layered").reparentTo(root)
    leaves.nodes("leaves", "foliage", moving=True).reparentTo(root)
    return root
