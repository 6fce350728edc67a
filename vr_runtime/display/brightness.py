"""Owns how bright a view begins after a swap; knows no picture."""

from __future__ import annotations

EASE_S = 0.3
"""Seconds until a view that was just swapped in has its full brightness."""
FIRST = 0.55
"""Brightness of its first picture: bright enough to orient oneself, soft for wide pupils."""
REST_S = 1.0
"""Least seconds between two dark beginnings: swaps in quick succession shall not flicker too."""


class Ease:
    """Brightness after a swap: the content changes at once, the light follows."""

    def __init__(self) -> None:
        self._passed = EASE_S
        self._rested = REST_S

    def begin(self) -> None:
        """A view was swapped in."""
        if self._rested >= REST_S:
            self._passed = self._rested = 0.0

    def advance(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        self._passed = min(EASE_S, self._passed + dt)
        self._rested = min(REST_S, self._rested + dt)

    def brightness(self) -> float:
        """From 0.55 in the first picture to 1 after 300 ms."""
        return FIRST + (1.0 - FIRST) * self._passed / EASE_S
