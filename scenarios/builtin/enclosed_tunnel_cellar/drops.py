"""Owns the water that drips: so many single drops a minute, never quite evenly."""

from __future__ import annotations

from collections.abc import Callable

from scenarios.api import Sound, Stage, Vec

ONE_S = 0.7
"""What is heard once are six drops; after so long only the first of them has fallen."""
UNEVEN = 0.3
"""Share of the time between two drops by which it may be longer or shorter."""
SOFT = 0.3


class Drops:
    """Drops into a shallow pool, softly, from one place."""

    def __init__(self, stage: Stage, chance: Callable[[], float]) -> None:
        """None has fallen yet; `chance` gives a number from 0 to 1, and is the scenario's own."""
        self._sound: Sound = stage.sound("cellar/drip", at=(0.0, 0.0, 0.2), volume=SOFT)
        self._chance = chance
        self._next_s, self._falls_s = 1.0, 0.0
        self.fallen = 0
        """How many have fallen."""

    def fall(self, dt: float, a_minute: float, at: Vec) -> None:
        """Let `dt` seconds pass, with so many drops a minute into a pool at `at`."""
        self._sound.at = at
        if self._falls_s > 0.0:
            self._falls_s -= dt
            if self._falls_s <= 0.0:
                self._sound.stop()
        self._next_s -= dt * a_minute / 60.0
        if self._next_s <= 0.0 and dt > 0.0:
            self._next_s += 1.0 + UNEVEN * (2.0 * self._chance() - 1.0)
            self._sound.rate = 0.92 + 0.16 * self._chance()
            self._sound.play()
            self._falls_s = ONE_S
            self.fallen += 1

    def stop(self) -> None:
        """No drop is falling; the next one is some time away."""
        self._next_s, self._falls_s = 1.0, 0.0
        self._sound.stop()
