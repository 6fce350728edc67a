"""Owns the measures of the avenue that what lives on it shares with what is built beside it.

Knows neither houses nor how anything is drawn. Axes: x along the avenue, y across it to the north,
z up; metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

KERB_SOUTH, KERB_NORTH = 4.2, 20.6
LANE_M, PARKING_M = 3.0, 2.2
"""Widths of the avenue's four lanes and of the strip along each kerb where cars stand."""
LINE_SOUTH, LINE_NORTH = -4.2, 26.6
"""The building lines on both sides of the avenue."""
ROAD_Z = -0.17
PAVEMENT_Z = -0.03
Form = Literal["round", "spreading", "cone", "column", "open", "copper"]
"""What kinds of trees grow here, by the shape of the crown."""
Rect = tuple[float, float, float, float]
"""West, south, east, north."""


@dataclass(frozen=True)
class Tree:
    """A tree by its foot, height and the radius of its crown."""

    x: float
    y: float
    height: float
    crown: float
    form: Form
    seed: int
