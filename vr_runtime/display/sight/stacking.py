"""Owns where cards stand on a flat picture: along its edges, so that its middle stays free.

Lengths are pixels; x and y count from the upper left corner of the picture. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vr_runtime.display.sight.cards import Kind

EM = 0.045
"""An em as a part of the picture's height, or of what it would be at 16:9 where it is narrower."""
BREADTH = 0.74
"""The broadest card as a part of the picture's breadth."""
EDGE, GAP = 0.03, 0.014
"""From the edge to the first card and from one card to the next, as parts of the height."""
FROM_ABOVE: Final[tuple[Kind, ...]] = ("way_out", "text")
FROM_BELOW: Final[tuple[Kind, ...]] = (
    "notice",
    "caption",
    "task",
    "announcement",
    "dial",
    "countdown",
)

Size = tuple[int, int]
Corner = tuple[int, int]


def em_of(picture: Size) -> int:
    """Pixels of an em in this picture."""
    return max(5, round(EM * min(picture[1], picture[0] * 9 / 16)))


def broadest(picture: Size) -> int:
    """Pixels of the broadest card."""
    return round(BREADTH * picture[0])


def stacked(sizes: Mapping[Kind, Size], picture: Size) -> dict[Kind, Corner]:
    """The upper left corner of each card; each in the middle across, none over another."""
    width, height = picture
    edge, gap = round(EDGE * height), max(1, round(GAP * height))
    found: dict[Kind, Corner] = {}
    y = edge
    for kind in (k for k in FROM_ABOVE if k in sizes):
        wide, tall = sizes[kind]
        found[kind] = ((width - wide) // 2, y)
        y += tall + gap
    y = height - edge
    for kind in (k for k in FROM_BELOW if k in sizes):
        wide, tall = sizes[kind]
        y -= tall
        found[kind] = ((width - wide) // 2, y)
        y -= gap
    return found
