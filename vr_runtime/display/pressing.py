"""Owns how far the thing that stands for the way out is pressed, from picture to picture.

It only shows what the patient's control does. It knows no device, and nothing waits for it.
"""

from __future__ import annotations

import math

BEFORE_S, EACH_S, TIMES = 1.0, 1.8, 2
"""So long after the way out is named the thing begins to show how it is pressed; how long each time
takes, and how often. Slow: it is to be understood, not to be startled at."""


class Pressing:
    """0 at rest, 1 pressed. Naming the way out has it shown slowly; the patient's press is at once.

    Example:
        >>> pressing = Pressing()
        >>> pressing.advance(0.1, named=False, in_scene=True)
        0.0
        >>> pressing.press()
        >>> pressing.advance(0.0, named=False, in_scene=True)
        1.0
        >>> pressing.advance(0.1, named=True, in_scene=False)
        0.0
    """

    def __init__(self) -> None:
        self._pressed = self._named = False
        self._since = math.inf

    def press(self) -> None:
        """The patient pressed the control: whatever is still drawn of the scene shows it."""
        self._pressed = True

    def advance(self, dt: float, *, named: bool, in_scene: bool) -> float:
        """How far it is pressed in the next picture, 0 to 1.

        Args:
            dt: seconds since the last picture.
            named: whether the patient reads now how to leave.
            in_scene: whether the next picture shows the scene; elsewhere it is let go.
        """
        if not in_scene:
            self._pressed = self._named = False
            self._since = math.inf
            return 0.0
        self._since = 0.0 if named and not self._named else self._since + dt
        self._named = named
        if self._pressed:
            return 1.0
        shown = (self._since - BEFORE_S) / EACH_S
        if not 0.0 < shown < TIMES:
            return 0.0
        return 0.5 - 0.5 * math.cos(2.0 * math.pi * shown)
