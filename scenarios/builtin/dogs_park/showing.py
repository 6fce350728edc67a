"""Owns what a dog shows of itself, to the eye and to the ear; knows no level and no event."""

from __future__ import annotations

import math

from scenarios.api import Animal, Stage, Steps, Vec

from .plan import ASLEEP, BARKS_AT, EYES_M, HOMES, LIES, PLAYS, SITS

WAGGING = (0.0, 0.0, 0.25, 0.8, 1.0, 0.0, 0.35)
PANTING = (0.0, 0.0, 0.3, 0.7, 0.8, 0.0, 0.0)
"""How much of it each behaviour shows."""
LIVELY = (0.0, 0.0, 0.25, 0.8, 1.0, 0.5, 0.3)
"""How loud its breath is."""
BARKS = ("dogs/bark_small", "dogs/bark_medium", "dogs/bark_large")
BARKING_S = 1.8
"""Three barks, as the sounds have them."""
WHINING_S = 1.6
"""The sound, and a breath after it."""
HEAD_M = 0.5
"""How high about a dog is heard."""


def put(dog: Animal, at: Vec, heading: float) -> None:
    """Put a dog where it belongs, where it is not there already."""
    if math.dist(dog.at, at) > 0.4:
        dog.at, dog.heading = at, heading


def show(dog: Animal, behaviour: int, feet: Vec) -> None:
    """Let a dog be at ease, playful or stiff; from sitting on it looks at whose feet these are."""
    dog.set("lie", 1.0 if ASLEEP <= behaviour <= LIES else 0.0)
    dog.set("sleep", 1.0 if behaviour == ASLEEP else 0.0)
    dog.set("sit", 1.0 if behaviour == SITS else 0.0)
    dog.set("wag", WAGGING[behaviour])
    dog.set("pant", PANTING[behaviour])
    dog.set("play", 1.0 if behaviour == PLAYS else 0.0)
    dog.set("tense", 1.0 if behaviour == BARKS_AT else 0.0)
    dog.gaze_at((feet[0], feet[1], EYES_M) if behaviour >= SITS else None)


class Voices:
    """What is heard of the first dog."""

    def __init__(self, stage: Stage) -> None:
        self._barks = [stage.sound(bark, at=HOMES[0]) for bark in BARKS]
        self._thin = stage.sound("dogs/whine", at=HOMES[0])
        self._pant = stage.sound("dogs/pant", at=(0.0, 2.0, HEAD_M), loop=True, volume=0.0)

    def loud(self, share: float) -> None:
        """How loud it barks and whines, 0 to 1."""
        for voice in (*self._barks, self._thin):
            voice.volume = share

    def breathe(self, dog: Animal, behaviour: int, near: float) -> None:
        """Let it be heard to breathe; `near` 0 to 1 is how near it is."""
        self._pant.at = (dog.at[0], dog.at[1], HEAD_M)
        self._pant.volume = 0.75 * LIVELY[behaviour] * near

    def bark(self, dog: Animal, size: int) -> Steps:
        """Three barks."""
        voice = self._barks[size]
        voice.at = (dog.at[0], dog.at[1], HEAD_M)
        voice.play()
        yield from dog.act("bark", seconds=BARKING_S)

    def whine(self, dog: Animal) -> Steps:
        """It would like to come and cannot: a thin voice; its tail goes on, nothing stiffens."""
        self._thin.at = (dog.at[0], dog.at[1], HEAD_M)
        self._thin.play()
        yield from dog.stay(WHINING_S)
