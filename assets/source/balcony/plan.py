"""Owns the measures of the balcony that its floor and its balustrade share; metres."""

from __future__ import annotations

from vr_runtime.stage.models.mesh import Colour

HALF_W = 3.0
DEPTH = 4.2
REACH_M = 2.8
"""How far the arms go on past the edge, in metres."""
ARMS = ((-HALF_W, -1.5), (1.75, HALF_W))
"""West and east side of each arm."""
STEEL: Colour = (0.62, 0.64, 0.66)
"""Painted steel, under the picture of brushed steel."""
