"""Owns the lamps a scenario puts into the world, and how fast their light may change.

Knows no renderer.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scenarios.api.stage import Vec
from vr_runtime.flash.governor import Governor
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
asks, a lamp alone shows one pair of opposing changes in a second at most (two are the limit)."""
STEEPEST, KNEE = 0.37, 0.032
"""By the tones of `look.chunks.light`: of a light that grows by the factor e no surface gains more
than 0.37 of relative luminance, whatever else lights it; of light on a white wall half a metre from
a lamp, it gains 1.45 for each unit, which is 11.6 for a whole lamp. Up to a share of 0.032 this is
the less of both."""


def luminance_of_share(share: float) -> float:
    """The measure by which the governor counts a lamp that is on by `share`, 0 to 1.

    A change of the share changes it by as much relative luminance as any surface half a metre away
    or more may gain or lose by it, beside whatever other lights: near the lamp at small shares,
    farther from it at large ones. So a whole lamp measures more than 1.
    """
    if share <= KNEE:
        return STEEPEST * share / KNEE
    return STEEPEST * (1.0 + math.log(share / KNEE))


def share_of_luminance(luminance: float) -> float:
    """The inverse of `luminance_of_share`."""
    if luminance <= STEEPEST:
        return KNEE * luminance / STEEPEST
    return KNEE * math.exp(luminance / STEEPEST - 1.0)


class Lamp(Placed):
    """A lamp: a place in the world that gives light around it and is not seen itself."""

    __slots__ = ("_brighter", "_turned_s", "channel", "reach", "share", "soft")

    def __init__(
        self,
        *,
        at: Vec,
        reach: float,
        light: float,
        parent: Placed | None,
        owner: str,
        forget: Callable[[Placed], None],
        channel: str = LIGHT,
    ) -> None:
        super().__init__(
            at=at,
            heading=0.0,
            parent=parent,
            parameters=frozenset({LIGHT}),
            owner=owner,
            forget=forget,
        )
        self.soft = False
        """Whether its light is that of a room's ceiling, less warm than a lamp's own."""
        self.reach = number("reach", reach, SHORTEST_M, LONGEST_M)
        """Metres at which its light ends."""
        self.made_of = f"lamp {self.reach}"
        self.set(LIGHT, light)
        self.channel = channel
        """By which the governor knows its light."""
        self.share = 0.0
        """How much it is on now, 0 to 1."""
        self._brighter = True
        self._turned_s = TURN_S

    def burn(self, dt: float, governor: Governor, *, seen: bool) -> None:
        """Let its light come nearer to what is asked for `dt` seconds; unseen, at once.

        Seen, it comes as near as `governor` allows for all lights together.
        """
        wanted = self.values[LIGHT] if self.drawn(1.0).visible else 0.0
        if not seen:
            governor.forget(self.channel)
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
        eased = self.share + min(most, max(-most, wanted - self.share))
        asked = luminance_of_share(eased)
        governor.happened(self.channel, luminance_of_share(self.share))
        allowed = governor.allow(self.channel, asked)
        self.share = eased if allowed == asked else share_of_luminance(allowed)
