"""Owns where the board of cards stands in the room of a patient who can turn the head to it.

It stands still in the world, so that it is looked at like a thing, and is brought after a head that
has turned away for good. Angles are degrees, yaw positive to the left, pitch positive up. Pure.
"""

from __future__ import annotations

import math

AHEAD_M = 1.6
"""From the eyes to the board: near enough to read, far enough for eyes to rest on."""
BELOW = -9.0
"""Pitch of the board's upper edge: what is looked at straight ahead stays free."""
TOP_M = AHEAD_M * math.tan(math.radians(BELOW))
"""The same edge in metres from the height of the eyes."""
EM_M = 0.042
"""An em on the board: 1.5° of the field of view."""
BREADTH_M = 1.05
"""The broadest card: 36°."""
TURNED = 40.0
"""The board stays where it is while the head is turned from it by less."""
AWAY_S = 0.8
"""A glance aside is shorter than this."""
FASTEST = 60.0
"""Degrees a second at which it is brought after at most."""
SOFT_S = 0.35
"""Time constant of its coming to rest, in seconds."""
THERE = 1.0
"""Degrees from ahead at which it counts as come."""


class Placing:
    """The board's direction as seen from the patient."""

    def __init__(self) -> None:
        self.yaw = 0.0
        self._away_s = 0.0
        self._coming = False

    def put(self, yaw: float) -> None:
        """At once ahead of a head turned so: nothing was shown before."""
        self.yaw, self._away_s, self._coming = yaw, 0.0, False

    def follow(self, yaw: float, dt: float) -> None:
        """The head is turned so, for `dt` seconds."""
        off = _off(yaw, self.yaw)
        self._away_s = self._away_s + dt if abs(off) > TURNED else 0.0
        if self._away_s >= AWAY_S:
            self._coming = True
        if not self._coming:
            return
        step = FASTEST * dt
        wanted = off * (1.0 - math.exp(-dt / SOFT_S))
        self.yaw += min(step, max(-step, wanted))
        if abs(_off(yaw, self.yaw)) < THERE:
            self._coming, self._away_s = False, 0.0


def on_board(
    yaw: float, pitch: float, board_yaw: float, across_m: float, upper_m: float, lower_m: float
) -> float | None:
    """Which share across a card, 0 to 1, a gaze meets; None where it passes by.

    Args:
        yaw: of the gaze.
        pitch: of the gaze.
        board_yaw: of the board's middle.
        across_m: breadth of the card's part that is met, in metres, about the board's middle.
        upper_m: its upper edge, in metres above the eyes.
        lower_m: its lower edge.
    """
    off = _off(board_yaw, yaw)
    if abs(off) > 80.0 or abs(pitch) > 80.0:
        return None
    x = AHEAD_M * math.tan(math.radians(off))
    y = AHEAD_M / math.cos(math.radians(off)) * math.tan(math.radians(pitch))
    if not lower_m <= y <= upper_m or abs(x) > 0.6 * across_m:
        return None
    return min(1.0, max(0.0, 0.5 + x / across_m))


def _off(to: float, from_: float) -> float:
    """The turn from one direction to another, -180 to 180."""
    return (to - from_ + 180.0) % 360.0 - 180.0
