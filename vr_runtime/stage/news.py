"""Owns what the stage tells of itself: limits it applied, and vehicles that will move."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.api.manifest import Words
from vr_runtime.stage.heard import Ask, Heard
from vr_runtime.stage.vehicle import Carriage
from vr_runtime.wire.happenings import Comfort, ComfortLimited, Happening, VehicleAnnounced

SHOWN_S = 4.0
"""Seconds for which the patient reads that a vehicle will move: until it has its speed."""


@dataclass
class Announced:
    """What the patient reads now, and for how long still."""

    words: Words
    left_s: float


class StageNews:
    """News since they were last taken; of each limit once, until the scenario is gone."""

    def __init__(self) -> None:
        self.announced: Announced | None = None
        self._limits: set[Comfort] = set()
        self._news: list[Happening] = []
        self._marks: dict[Carriage, tuple[Words, Heard]] = {}

    def introduce(self, vehicle: Carriage, words: Words, mark: Heard) -> None:
        """Know what a vehicle says before it moves, and its sound."""
        self._marks[vehicle] = (words, mark)

    def limit(self, what: Comfort) -> None:
        """A limit of comfort was applied."""
        if what not in self._limits:
            self._limits.add(what)
            self._news.append(ComfortLimited(what=what))

    def sound(self, heard: Heard, what: Ask, value: float) -> None:
        """A script asks this of a sound: no news of the stage's, and told to who measures."""

    def announce(self, vehicle: Carriage) -> None:
        """A vehicle with the patient in it will move."""
        words, mark = self._marks[vehicle]
        mark.play()
        self.announced = Announced(words, SHOWN_S)
        self._news.append(VehicleAnnounced(fr=words.fr, en=words.en))

    def advance(self, dt: float) -> None:
        """Let `dt` seconds pass."""
        if self.announced is not None:
            self.announced.left_s -= dt
            if self.announced.left_s <= 0.0:
                self.announced = None

    def hush(self) -> None:
        """The scene is no longer seen: nothing is announced any more."""
        self.announced = None

    def forget(self) -> None:
        """The scenario is gone; what was not taken yet is still told."""
        self.announced = None
        self._limits.clear()
        self._marks.clear()

    def take(self) -> list[Happening]:
        """News since the last call, oldest first."""
        taken, self._news = self._news, []
        return taken
