"""Owns the woods on the far shore and the hills; knows neither near trees nor nodes."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.land import basin, grove, height
from vr_runtime.stage.panda.resting.foliage import turned_cards

ASKED, SHORE, EDGE = 5400, 900, 800
"""Places that are tried, and how many of them along the far shore and the edge."""


def woods(leaves: Mesh, random: np.random.Generator) -> None:
    """Add groves: round crowns of many sizes that stand close, dark at the foot."""
    turn = random.uniform(0, 2 * np.pi, ASKED)
    reach = 95.0 + 700.0 * random.random(ASKED) ** 1.5
    x, y = reach * np.sin(turn), reach * np.cos(turn)
    # beyond the lake they stand along its shore
    around, out = np.pi * random.uniform(-0.08, 1.08, SHORE), random.uniform(1.2, 1.75, SHORE)
    x[:SHORE], y[:SHORE] = 14.0 + 88.0 * out * np.cos(around), 96.0 + 60.0 * out * np.sin(around)
    # and behind, where the meadow ends
    back, far = np.pi * random.uniform(0.5, 1.5, EDGE), random.uniform(72.0, 112.0, EDGE)
    edge = slice(SHORE, SHORE + EDGE)
    x[edge], y[edge] = far * np.sin(back), far * np.cos(back)
    reach, turn = np.hypot(x, y), np.arctan2(x, y)
    dense = grove(x, y)
    dense[edge] = np.maximum(dense[edge], 0.55)
    stands = (basin(x, y) > 1.16) & (random.random(ASKED) < dense)
    x, y, reach, turn = x[stands], y[stands], reach[stands], turn[stands]
    count = len(x)
    z = height(x, y)
    tall = (2.8 + 6.8 * random.random(count) ** 1.4) * (1.0 + reach / 1100.0)
    # nearer ones are low, or single leaves would be told apart
    tall *= 0.62 + 0.38 * np.clip((reach - 70.0) / 70.0, 0.0, 1.0)
    wide = tall * random.uniform(0.36, 0.62, count)
    side = np.stack([np.cos(turn), -np.sin(turn), np.zeros(count)], axis=-1) * wide[:, None]
    # the picture of leaves is a disc: its lower part goes into the ground, so that none hovers
    foot = np.stack([x, y, z - 0.30 * tall], axis=-1)
    up = np.stack([np.zeros(count), np.zeros(count), 1.35 * tall], axis=-1)
    cards = np.stack([foot - side, foot + side, foot + side + up, foot - side + up], axis=1)
    lean = random.normal(0.0, 0.25, count)
    low = np.stack([np.sin(lean - turn) * 0.8, -np.cos(turn) * 0.8, np.full(count, 0.35)], axis=-1)
    high = np.stack([np.sin(lean) * 0.3, np.zeros(count), np.ones(count)], axis=-1)
    normals = np.stack([low, low, high, high], axis=1)
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    hue = np.stack(
        [random.uniform(0.66, 0.92, count), random.uniform(0.84, 0.98, count), np.full(count, 0.8)],
        axis=-1,
    )
    tint = hue[:, None] * random.uniform(0.62, 0.84, (count, 1, 1))
    climb = np.asarray((0.62, 0.62, 1.0, 1.0))[None, :, None]
    leaves.add(
        cards,
        picture="leaf",
        colour=tint * climb,
        open_to_sky=np.broadcast_to(np.asarray((0.35, 0.35, 0.9, 0.9)), (count, 4)),
        normals=normals.astype(np.float32),
        uv=turned_cards(count, random),
        motion=(0.0, 0.0, 0.0, 0.0),
    )
