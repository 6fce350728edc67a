"""Owns where a patient without a headset looks; knows neither mouse nor camera.

Only the patient turns the view: nothing here moves without a hand on a device.
"""

from __future__ import annotations

import math

UP_MOST = 75.0
DOWN_MOST = 80.0
FASTEST = 150.0
"""Degrees a second at most, however fast the hand: a picture that races makes ill."""
SETTLE_S = 0.06
"""Time constant of following the hand, in seconds; small, as lag is felt as dizziness."""
HALF_TURN_BY_DRAG = 180.0
"""Degrees for dragging across the whole height of the picture."""


class HeadLook:
    """Yaw (degrees, positive to the left, without limit) and pitch (degrees, positive up)."""

    def __init__(self) -> None:
        self.yaw = 0.0
        self.pitch = 0.0
        self._yaw_wanted = 0.0
        self._pitch_wanted = 0.0

    def drag(self, across: float, up: float) -> None:
        """The hand moved the view by parts of the picture's height: right and up are positive.

        The world follows the hand, as a page follows a finger.
        """
        self.turn(across * HALF_TURN_BY_DRAG, -up * HALF_TURN_BY_DRAG)

    def turn(self, left: float, up: float) -> None:
        """Turn by degrees, to the left and upwards."""
        self._yaw_wanted += left
        self._pitch_wanted = min(UP_MOST, max(-DOWN_MOST, self._pitch_wanted + up))

    def centre(self) -> None:
        """What lies ahead is before the eyes again, at once: only ever under an easing picture."""
        self.yaw = self.pitch = self._yaw_wanted = self._pitch_wanted = 0.0

    def point(self, left: float, up: float) -> None:
        """Look there at once, in degrees from straight ahead."""
        self.yaw = self._yaw_wanted = left
        self.pitch = self._pitch_wanted = min(UP_MOST, max(-DOWN_MOST, up))

    def advance(self, dt: float) -> None:
        """Follow the hand for `dt` seconds."""
        part = 1.0 - math.exp(-dt / SETTLE_S)
        step = FASTEST * dt
        self.yaw += _held((self._yaw_wanted - self.yaw) * part, step)
        self.pitch += _held((self._pitch_wanted - self.pitch) * part, step)


def _held(value: float, most: float) -> float:
    return min(most, max(-most, value))
