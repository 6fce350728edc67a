"""Owns the lamps a scenario puts into the world, and how fast their light may change.

Knows no renderer.
"""

from __future__ import annotations

from collections.abc import Callable

from scenarios.api.stage import Vec
from vr_runtime.stage.checked import number
from vr_runtime.stage.placed import Placed

LIGHT = "light"
"""The value by which a lamp is turned up and down."""
MOST_LAMPS = 8
SHORTEST_M, LONGEST_M = 0.5, 60.0
LIGHT_PER_S = 0.7
"""A lamp needs 1.4 s from dark to bright, and as long back."""
TURN_S = 0.5
"""Least seconds from one change of direction to the next, brighter or darker: whatever a scenario
asks, a lamp shows one pair of opposing changes in a second at most (two are the limit)."""


class Lamp(Placed):
    """A lamp: a place in the world that gives light around it and is not seen itself."""

    def __init__(
        self,
        *,
        at: Vec,
        reach: float,
        light: float,
        parent: Placed | None,
        owner: str,
        forget: Callable[[Placed], None],
    ) -> None:
        super().__init__(
            at=at,
            heading=0.0,
            parent=parent,
            parameters=frozenset({LIGHT}),
            owner=owner,
            forget=forget,
        )
        self.reach = number("reach", reach, SHORTEST_M, LONGEST_M)
        """Metres at which its light ends."""
        self.set(LIGHT, light)
        self.share = 0.0
        """How much it is on now, 0 to 1."""
        self._brighter = True
        self._turned_s = TURN_S

    def burn(self, dt: float, *, seen: bool) -> None:
        """Let its light come nearer to what is asked for `dt` seconds; unseen, at once."""
        wanted = self.values[LIGHT] if self.drawn(1.0).visible else 0.0
        if not seen:
            self.share = wanted
            return
        self._turned_s += dt
        if wanted == self.share:
            return
        if (wanted > self.share) != self._brighter:
            if self._turned_s < TURN_S:
                return
            self._brighter, self._turned_s = not self._brighter, 0.0
        most = LIGHT_PER_S * dt
        self.share += min(most, max(-most, wanted - self.share))
