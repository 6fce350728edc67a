"""Owns how spiders go about by themselves: rests, a few steps to somewhere near, feet heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.api import Animal, Scenario, Steps, Vec

from .table import FEET, MOST_GO, MOST_HEARD, WITHIN_M, WITHIN_M_S


@dataclass(frozen=True)
class Manner:
    """How they go, as applied."""

    free: bool
    """Whether nothing encloses them."""
    lively: bool
    """Whether they rest for moments only."""
    pace_m_s: float
    roaming_m: float
    """How far from its home each goes, to either side and to and fro."""
    heard: float
    """How much of the sound of their feet, 0 to 1."""


class GoingAbout:
    """The kitchen's own spiders on their ways; each keeps near its home."""

    def __init__(self, kitchen: Scenario, spiders: Sequence[Animal], homes: Sequence[Vec]) -> None:
        """They follow `kitchen`'s random numbers."""
        self.random = kitchen.random
        self._spiders, self._homes = spiders, homes
        self._ways: list[Steps | None] = [None] * len(spiders)
        self._rests = [self.random.uniform(1.0, 5.0) for _ in spiders]
        self._feet = [
            kitchen.stage.sound("kitchen/rustle", at=(0.0, 0.0, 0.0), parent=spider)
            for spider in spiders[:MOST_HEARD]
        ]

    def go_on(self, number: int, dt: float, manner: Manner) -> None:
        """Let one spider rest, or take a few steps to somewhere near; a few go at a time."""
        self._rests[number] -= dt
        if self._rests[number] > 0.0:
            return
        way = self._ways[number]
        try:
            if way is not None:
                way.send(dt)
            elif number == 0 or sum(each is not None for each in self._ways) < MOST_GO:
                way = self._ways[number] = self._about(number, manner)
                next(way)
                if number < MOST_HEARD and manner.free:
                    self._feet[number].volume = FEET * manner.heard
                    self._feet[number].play()
        except StopIteration:
            self._ways[number] = None
            least, most = (0.6, 3.5) if manner.lively else (2.0, 7.0)
            self._rests[number] = self.random.uniform(least, most)

    def stand(self, number: int) -> None:
        """Whatever way one is on ends where it is."""
        self._ways[number] = None

    def _about(self, number: int, manner: Manner) -> Steps:
        """A few steps to somewhere near home, on the table or within what encloses it."""
        x, y, z = self._homes[number]
        far, pace, free = manner.roaming_m, manner.pace_m_s, manner.free
        if not free:
            far, pace = min(far, WITHIN_M), min(pace, WITHIN_M_S)
        to = (x + self.random.uniform(-far, far), y + self.random.uniform(-far, far), z)
        if not free or z == 0.0 or (abs(to[0]) < 0.62 and 0.50 < to[1] < 0.90):
            yield from self._spiders[number].walk_to(to, speed=pace)
