"""Owns what a sign of a scenario says, and the rules it keeps; knows no letters and no renderer."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scenarios.api.errors import ScenarioError
from scenarios.api.manifest import Words
from vr_runtime.stage.checked import known, number, says

MOST_LETTERS = 300
LOWEST_M, HIGHEST_M = 0.01, 5.0
NARROWEST_M, BROADEST_M = 0.05, 50.0
MOST_SIGNS = 64


@dataclass(frozen=True)
class Sign:
    """Words on a plate, or on nothing."""

    words: Words
    height: float
    """Of a capital letter, in metres."""
    width: float
    """Of the plate, in metres."""
    plate: str | None
    """A material's name."""

    @property
    def mark(self) -> str:
        """Tells one sign from another, and lets nobody read what either says."""
        told = f"{self.words!r} {self.height} {self.width} {self.plate}"
        return f"sign {hashlib.blake2b(told.encode(), digest_size=8).hexdigest()}"


def sign(
    words: object, height: float, width: float, plate: str | None, materials: Collection[str]
) -> Sign:
    """A sign, checked; raises `ScenarioError` for one that cannot be read."""
    if not isinstance(words, Mapping) or set(words) != {"fr", "en"}:
        raise ScenarioError('a sign says its words as {"fr": "...", "en": "..."}')
    for text in words.values():
        if not says(text, MOST_LETTERS):
            raise ScenarioError(
                "a sign says 1 to {n} letters in each language, and no control characters",
                n=MOST_LETTERS,
            )
    if plate is not None:
        known("material", plate, materials)
    return Sign(
        Words(fr=words["fr"].strip(), en=words["en"].strip()),
        number("height", height, LOWEST_M, HIGHEST_M),
        number("width", width, NARROWEST_M, BROADEST_M),
        plate,
    )
