"""Owns the woods on the far shore and the hills; knows neither near trees nor nodes."""

from __future__ import annotations

import numpy as np

from vr_runtime.stage.models.mesh import Mesh
from vr_runtime.stage.panda.land import basin, grove, height
from vr_runtime.stage.panda.resting.foliage import turned_cards

ASKED, SHORE, EDGE = 5100, 900, 800
"""Places that are tried, and how many of them along the far shore and the edge."""
_SPRAYS = np.asarray(((-0.40, -0.34), (0.40, -0.28), (0.0, 0.38)))
"""Middles of the three sprays of a crown, across and up, as shares of half its size."""
_SPRAY_HALF = 0.64
_CORNERS = np.asarray(((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)))


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
    # a crown is three sprays that overlap; the lower go into the ground, so that none hovers
    middle = np.stack([x, y, z + 0.375 * tall], axis=-1)
    up = np.stack([np.zeros(count), np.zeros(count), 0.675 * tall], axis=-1)
    at = _SPRAYS + random.normal(0.0, 0.07, (count, 3, 2))
    corner = at[:, :, None] + _SPRAY_HALF * _CORNERS
    cards = middle[:, None, None] + corner[..., :1] * side[:, None, None]
    cards = cards + corner[..., 1:] * up[:, None, None]
    # one behind the other: in one plane they would fight for each point
    cards[..., :2] *= 1.0 + 0.004 * np.arange(3)[:, None, None]
    rise = np.clip(0.5 + 0.5 * corner[..., 1], 0.0, 1.0)
    lean = random.normal(0.0, 0.25, count)
    low = np.stack([np.sin(lean - turn) * 0.8, -np.cos(turn) * 0.8, np.full(count, 0.35)], axis=-1)
    high = np.stack([np.sin(lean) * 0.3, np.zeros(count), np.ones(count)], axis=-1)
    normals = low[:, None, None] + (high - low)[:, None, None] * rise[..., None]
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    hue = np.stack(
        [random.uniform(0.66, 0.92, count), random.uniform(0.84, 0.98, count), np.full(count, 0.8)],
        axis=-1,
    )
    tint = hue[:, None, None] * random.uniform(0.62, 0.84, (count, 1, 1, 1))
    leaves.add(
        cards.reshape(-1, 4, 3),
        picture="leaf",
        colour=(tint * (0.62 + 0.38 * rise)[..., None]).reshape(-1, 4, 3),
        open_to_sky=(0.35 + 0.55 * rise).reshape(-1, 4),
        normals=normals.reshape(-1, 4, 3).astype(np.float32),
        uv=turned_cards(3 * count, random),
        motion=(0.0, 0.0, 0.0, 0.0),
    )
