"""Owns what a scenario asked to be heard; knows no sound device."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Literal

from scenarios.api.stage import Vec
from vr_runtime.stage.checked import number, vector
from vr_runtime.stage.placed import Placed

SOFTEST, LOUDEST = 0.0, 1.0
SLOWEST, FASTEST = 0.25, 4.0
Ask = Literal["play", "volume", "rate", "at"]
"""What a scenario asks of a sound."""


class Wanted(StrEnum):
    """What the scenario last asked of a sound."""

    PLAY = "play"
    STOP = "stop"


class Heard:
    """A sound in the world. What it asks for is limited and eased by who plays it."""

    # As of what stands: a slip of the pen fails where it stands.
    __slots__ = (
        "_asked",
        "_at",
        "_forget",
        "_rate",
        "_volume",
        "bed",
        "line",
        "loop",
        "made_of",
        "owner",
        "parent",
        "removed",
        "wanted",
    )

    def __init__(
        self,
        *,
        at: Vec | None,
        parent: Placed | None,
        loop: bool,
        volume: float,
        owner: str,
        forget: Callable[[Heard], None],
        asked: Callable[[Heard, Ask, float], None] = lambda heard, what, value: None,
        line: bool = False,
    ) -> None:
        """Begin; `asked` hears of each wish before it is held within its range, 1 for `play`."""
        self.parent = parent
        self.owner = owner
        self.loop = loop
        self.removed = False
        self.bed = at is None
        """Heard from everywhere, without a place."""
        self.line = line
        """Something that is spoken."""
        self.made_of = ""
        """The name of what is played; it never changes."""
        self.wanted: list[Wanted] = [Wanted.PLAY] if loop else []
        """What was asked since the player last looked, oldest first; the player empties it."""
        self._forget = forget
        self._asked = asked
        self._at: Vec = (0.0, 0.0, 0.0) if at is None else vector("at", at)
        self._rate = 1.0
        self.volume = volume
        if loop:
            asked(self, "play", 1.0)

    @property
    def volume(self) -> float:
        """Loudness, 0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, value: float) -> None:
        self._volume = number("volume", value, SOFTEST, LOUDEST)
        self._asked(self, "volume", value)

    @property
    def rate(self) -> float:
        """Speed of playing, 0.25 to 4; 1 is as recorded."""
        return self._rate

    @rate.setter
    def rate(self, value: float) -> None:
        self._rate = number("rate", value, SLOWEST, FASTEST)
        self._asked(self, "rate", value)

    @property
    def at(self) -> Vec:
        """Where it is heard from, in metres in the space of its parent."""
        return self._at

    @at.setter
    def at(self, value: Vec) -> None:
        self._at = vector("at", value)
        self._asked(self, "at", 1.0)

    def play(self) -> None:
        """Play from the beginning."""
        self._ask(Wanted.PLAY)
        self._asked(self, "play", 1.0)

    def stop(self) -> None:
        """Fall silent."""
        self._ask(Wanted.STOP)

    def _ask(self, wanted: Wanted) -> None:
        # Only the last of several wishes between two pictures can be heard.
        if not self.removed:
            self.wanted[:] = [wanted]

    def remove(self) -> None:
        """Take it out of the world; twice does nothing."""
        if not self.removed:
            self._forget(self)
