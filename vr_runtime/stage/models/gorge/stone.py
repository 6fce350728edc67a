"""Owns the way over the stone bridge: its paving and its parapets; the arches carry it."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from vr_runtime.stage.models.driven import DRIVE, driving
from vr_runtime.stage.models.gorge.plan import SPAN, SUN_ASIDE
from vr_runtime.stage.models.mesh import Mesh

HIGHEST_RAIL_M = 1.4
"""Height of each bridge's rail above its deck when its value "rail" is 1."""
HALF_WAY_M, THICK_M = 1.3, 0.38
"""Half the clear width between the parapets, and how thick they are."""
BEYOND_M = 2.6
"""How far the parapets go on over either bank."""
SAND = (0.86, 0.80, 0.70)


def build() -> NodePath:
    """The way and its parapets as a node to be written; the deck is at z = 0."""
    root = NodePath("stone")
    deck, walls, coping = Mesh(), Mesh(), Mesh()
    low, high = -BEYOND_M, SPAN + BEYOND_M
    out = HALF_WAY_M + THICK_M
    random = np.random.default_rng(12)
    for y in np.arange(low, high - 0.01, 0.8):
        tone = float(random.uniform(0.94, 1.06))
        colour = tuple(tone * c for c in (0.98, 0.94, 0.87))
        deck.box(
            (-HALF_WAY_M, y, -0.3), (HALF_WAY_M, y + 0.8, 0.0), picture="paving", colour=colour
        )
    for x in (-1.0, 1.0):
        a, b = sorted((x * HALF_WAY_M, x * out))
        deck.box((a - 0.02, low, -0.55), (b + 0.02, high, 0.0), picture="stone", colour=SAND)
        for y in np.arange(low, high - 0.01, 2.3):
            end = min(y + 2.3, high)
            tone = float(random.uniform(0.93, 1.05))
            colour = tuple(tone * c for c in SAND)
            walls.box((a, y, 0.0), (b, end, 1.0), picture="stone", colour=colour, foot=0.72)
            coping.box(
                (a - 0.05, y + 0.006, -0.13), (b + 0.05, end - 0.006, 0.0),
                picture="plaster", colour=tuple(1.02 * c for c in colour), bottom=True,
            )  # fmt: skip
        for y in (low - 0.5, high):
            walls.box(
                (a - 0.12, y, -0.2),
                (b + 0.12, y + 0.5, 1.18),
                picture="stone",
                colour=SAND,
                foot=0.7,
            )
    deck.nodes("deck", "layered").reparentTo(root)
    stood = walls.nodes("walls", "layered")
    stood.setTag(DRIVE, driving("rail", "scale_z", 0.0, HIGHEST_RAIL_M - 0.06))
    stood.reparentTo(root)
    top = coping.nodes("coping", "layered")
    top.setTag(DRIVE, driving("rail", "z", 0.0, HIGHEST_RAIL_M))
    top.reparentTo(root)
    shadow = _shadow(low, high).nodes("shadow", "shade", moving=True)
    shadow.setTag(DRIVE, driving("rail", "x", 0.0, SUN_ASIDE * HIGHEST_RAIL_M))
    shadow.reparentTo(root)
    _corners(low, high).nodes("corners", "shade", moving=True).reparentTo(root)
    return root


def _corners(low: float, high: float) -> Mesh:
    """Where deck and parapets meet less light arrives, and dirt gathers."""
    spot = Mesh()
    for side in (-1.0, 1.0):
        a, b = sorted((side * HALF_WAY_M, side * (HALF_WAY_M - 0.22)))
        sheet = [(a, low, 0.004), (b, low, 0.004), (b, high, 0.004), (a, high, 0.004)]
        out, inner = (0.0, 1.0) if side < 0 else (1.0, 0.0)
        spot.add(
            [sheet],
            uv=[[(out, 0), (inner, 0), (inner, 0), (out, 0)]],
            colour=(1.0, 1.0, 1.0),
            open_to_sky=0.42,
            motion=(0.0, 0.0, 0.0, 0.0),
        )
    return spot


def _shadow(low: float, high: float) -> Mesh:
    """Of the left parapet on the deck: it comes out from below it as the parapet grows higher."""
    spot = Mesh()
    edge = -HALF_WAY_M
    for a, b, start, end in ((-0.84, -0.08, 0.0, 0.45), (-0.08, 0.05, 0.45, 1.0)):
        sheet = [(edge + a, low, 0.006), (edge + b, low, 0.006),
                 (edge + b, high, 0.006), (edge + a, high, 0.006)]  # fmt: skip
        spot.add(
            [sheet],
            uv=[[(start, 0), (end, 0), (end, 0), (start, 0)]],
            colour=(0.0, 0.0, 0.0),
            open_to_sky=0.48,
            motion=(0.0, 0.0, 0.0, 0.0),
        )
    return spot
