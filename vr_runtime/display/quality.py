"""Owns how richly pictures are drawn: what each quality switches, and how one is chosen.

Knows neither driver nor scene. It says nothing of `Quality` on the wire, which lowers a picture
that has become too slow whatever quality was chosen here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from vr_runtime.wire.state import Richness

Asked = Literal["auto", "low", "medium", "high"]


@dataclass(frozen=True)
class Means:
    """What one quality is made of."""

    film: bool
    """Tones by the film's own curve; decided at the start."""
    samples: int
    """Samples of each pixel of a window; decided at the start, 1 wherever a processor draws."""
    shadows: bool
    """Whether the materials can show the shadow of what moves; decided at the start."""
    shadow_side: int
    """Pixels along the side of the picture that the sun sees of what moves; 0 without `shadows`."""
    anisotropy: int
    """How finely a slanted surface is read, 1 to 16."""
    trilinear: bool
    """Whether pictures of surfaces fade into their smaller ones, or change at a line."""
    leaves: float
    """Share of the leaves that is drawn."""
    streaks: int
    """Streaks of the heaviest rain."""
    around: int
    """Points across the broadest picture all around a patient."""
    scale: float
    """Part of width and height that is drawn; the rest is spread."""


MEANS: Mapping[Richness, Means] = MappingProxyType(
    {
        "low": Means(False, 1, False, 0, 1, False, 0.85, 900, 4096, 0.8),
        "medium": Means(True, 4, True, 1024, 4, True, 1.0, 2000, 8192, 1.0),
        "high": Means(True, 4, True, 2048, 16, True, 1.0, 3000, 8192, 1.0),
    }
)
"""Dearest last."""

PICTURES = 90
"""So many pictures are timed before `auto` decides, once."""
FASTEST = 0.25
"""Of their times that one counts below which this share lies: the others waited for the screen."""
EASY, HARD = 0.35, 0.80
"""Shares of the time between two pictures: below the first there is room, above the second not."""


def first(asked: Asked, *, software: bool) -> Richness:
    """The quality of the first pictures."""
    if asked == "auto":
        return "low" if software else "medium"
    return asked


class Choosing:
    """What `auto` makes of the first pictures; what was asked for by name stays."""

    def __init__(self, asked: Asked, *, software: bool) -> None:
        self.now: Richness = first(asked, software=software)
        self._open = asked == "auto" and not software
        self._times: list[float] = []

    def drew(self, seconds: float, wanted_hz: float, *, in_scene: bool) -> bool:
        """A picture took so long; gives whether another quality holds from now on.

        A patient in the scene never sees it change: pictures of the scene are not judged, and once
        one was shown everything stays.
        """
        if not self._open:
            return False
        if in_scene:
            self._open = False
            return False
        self._times.append(seconds)
        if len(self._times) < PICTURES or wanted_hz <= 0.0:
            return False
        self._open = False
        share = sorted(self._times)[int(FASTEST * PICTURES)] * wanted_hz
        before = self.now
        self.now = "high" if share < EASY else "low" if share > HARD else "medium"
        return self.now != before
