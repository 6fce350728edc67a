"""Owns an opening in the wall of a room as an author declares it; knows no stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Wall = Literal["ahead", "behind", "left", "right"]
"""A wall of a room, as seen from its middle looking along y.

Example:
    >>> Opening("left").wall
    'left'
"""


@dataclass(frozen=True)
class Opening:
    """A doorway or a window in a wall of `Stage.room`; all lengths in metres.

    Example:
        >>> doorway = Opening("behind", at=-0.8)
        >>> window = Opening("ahead", kind="window", width=1.4, height=1.2, sill=0.9)
        >>> hall = stage.room((4.0, 5.0, 2.6), openings=(doorway, window))
    """

    wall: Wall
    kind: Literal["door", "window"] = "door"
    at: float = 0.0
    """Its middle, to the right of the wall's middle for whoever faces the wall."""
    width: float = 0.9
    height: float = 2.05
    sill: float = 0.0
    """Of a window: how high above the floor it begins."""
