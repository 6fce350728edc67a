"""Owns how fast the head turned in the pictures that are looked at; knows neither head nor picture.

Whoever turns the head sees each thing pass from place to place in the picture. That is no flash,
and no script's: the eyes go the other way and hold the thing.
"""

from __future__ import annotations

import math
from collections import deque

LATER = 3
"""A picture is looked at so many pictures later at most."""

Gaze = tuple[float, float]
"""Degrees to the left, and upwards."""


class Turning:
    """How fast a gaze moves, picture by picture."""

    def __init__(self) -> None:
        self._last: tuple[float, Gaze] | None = None
        self._lately: deque[float] = deque(maxlen=LATER)

    def take(self, at_s: float, gaze: Gaze) -> None:
        """At `at_s` seconds, rising, the head points there."""
        if self._last is not None and at_s > self._last[0]:
            before_s, (left, up) = self._last
            aside = (gaze[0] - left + 180.0) % 360.0 - 180.0
            aside *= math.cos(math.radians(0.5 * (gaze[1] + up)))
            self._lately.append(math.hypot(aside, gaze[1] - up) / (at_s - before_s))
        self._last = at_s, gaze

    @property
    def deg_s(self) -> float:
        """The fastest of the last three pictures, in degrees a second."""
        return max(self._lately, default=0.0)
