"""Owns where the patient stands and the short fade that covers a change; knows no renderer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenarios.api.stage import Vec
from vr_runtime.stage.checked import number, vector

HALF_S = 0.1
"""Seconds of fading out, and of fading in again: 200 ms in all."""
REST_S = 0.5
"""Least seconds between the starts of two fades: two dark moments in a second at most, which the
limit on flashes allows (clinical.md: never more than two pairs of opposing changes)."""
MOST_DOWN = 40.0
"""Degrees; lower, a level gaze would leave the picture of a flat screen."""
ALMOST = 1e-9


@dataclass(frozen=True)
class Footing:
    """Where the patient's feet are (metres) and which way is ahead (degrees)."""

    at: Vec = (0.0, 0.0, 0.0)
    heading: float = 0.0
    looking_down: float = 0.0
    """Degrees of the middle of a flat picture below the horizon; a headset does not ask."""


class StandingViewer:
    """The patient in the scene. Wishes between two fades are joined: the newest is fulfilled."""

    def __init__(self) -> None:
        self.footing = Footing()
        self.seen = False
        """Whether the patient sees the scene now; unseen, a change needs no fade."""
        self._wanted = self.footing
        self._fade: Literal["none", "out", "in"] = "none"
        self._passed = 0.0
        self._rested = REST_S

    def stand(self, at: Vec, *, heading: float = 0.0, looking_down: float = 0.0) -> None:
        """Put the patient's feet at `at` (metres), looking towards `heading` (degrees)."""
        self._wanted = Footing(
            vector("at", at),
            number("heading", heading, -1e6, 1e6),
            number("looking_down", looking_down, 0.0, MOST_DOWN),
        )
        if not self.seen:
            self.settle()

    def settle(self) -> None:
        """Fulfil the wish at once, without a fade: nobody sees it."""
        self.footing = self._wanted
        self._fade, self._passed, self._rested = "none", 0.0, REST_S

    def forget(self) -> None:
        """The scenario is gone: back to the middle of the world."""
        self._wanted = Footing()
        self.settle()

    @property
    def waiting(self) -> bool:
        """True while a wish is not yet fulfilled."""
        return self._wanted != self.footing

    def advance(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        self._rested += dt
        if self._fade == "none":
            if not self.waiting or self._rested < REST_S - ALMOST:
                return
            self._fade, self._passed, self._rested = "out", 0.0, 0.0
            return
        self._passed += dt
        if self._passed < HALF_S - ALMOST:
            return
        if self._fade == "out":
            self.footing = self._wanted
            self._fade, self._passed = "in", self._passed - HALF_S
        else:
            self._fade, self._passed = "none", 0.0

    def brightness(self, ahead_s: float = 0.0) -> float:
        """How bright the picture is, 0 to 1, `ahead_s` seconds after the last tick.

        It looks ahead instead of lagging, so that the move itself happens in the dark picture.
        """
        part = min(1.0, max(0.0, (self._passed + ahead_s) / HALF_S))
        if self._fade == "out":
            return 1.0 - part
        return part if self._fade == "in" else 1.0
