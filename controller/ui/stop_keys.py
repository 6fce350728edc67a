"""Owns how F12 and two Escapes are told from other keys; knows neither screen nor what stop does.

Times are those of the key events, in seconds of any clock that only goes forward, so a busy screen
cannot tear a pair apart.
"""

from __future__ import annotations

from enum import Enum, auto

PAIR_S = 0.6
"""Two Escapes within this time are a stop."""
TORN_S = 0.1
"""A slow line may tear "Escape [ A", one arrow key, apart by up to about this time."""


class Meaning(Enum):
    """What one key means here."""

    OTHER = auto()
    """Nothing to do with stop: let it do its usual work."""
    STOP = auto()
    """Stop now; the key does nothing else."""
    TORN = auto()
    """A piece of a key that a slow line tore apart; it must do nothing at all."""


class StopKeys:
    """Fed every key of the console before anything else sees it."""

    def __init__(self) -> None:
        self._escape_at = float("-inf")
        self._torn_at = float("-inf")

    def meaning(self, key: str, character: str | None, at_s: float) -> Meaning:
        """What the key means. The first Escape of a pair keeps its usual work."""
        if key == "f12":
            return Meaning.STOP
        if key == "escape":
            pair = at_s - self._escape_at <= PAIR_S
            self._escape_at = float("-inf") if pair else at_s
            return Meaning.STOP if pair else Meaning.OTHER
        if character in ("[", "O") and at_s - self._escape_at <= TORN_S:
            self._escape_at, self._torn_at = float("-inf"), at_s
            return Meaning.TORN
        if at_s - self._torn_at <= TORN_S and (character or "").isascii():
            if not (character or "").isdigit() and character != ";":
                self._torn_at = float("-inf")
            return Meaning.TORN
        return Meaning.OTHER


class HeldKey:
    """Lets a key act once until it has been quiet, since terminals do not tell when it is let go.

    The quiet time is longer than the usual wait before a key repeats (0.25 to 0.66 s).
    """

    QUIET_S = 0.8

    def __init__(self) -> None:
        self._seen_at: dict[str, float] = {}

    def is_repeat(self, key: str, at_s: float) -> bool:
        """Whether this press follows the last one of the same key too closely to be meant."""
        last = self._seen_at.get(key, float("-inf"))
        self._seen_at[key] = at_s
        return at_s - last < self.QUIET_S


class DoubledKey(HeldKey):
    """The same, but a key that another one came before is always meant."""

    def __init__(self) -> None:
        super().__init__()
        self._last = ""

    def is_repeat(self, key: str, at_s: float) -> bool:
        """Whether this press follows the last key of all, the same one, too closely to be meant."""
        before, self._last = self._last, key
        return super().is_repeat(key, at_s) and key == before


class PacedKey(HeldKey):
    """Lets a key answer one question, and the next one once that could have been read.

    One that is held answers no second question however long; one that is pressed too soon does
    nothing, and keeps no later press from being meant.
    """

    REPEATS_S = 0.2
    """A key that is held comes again sooner than this, once it repeats."""

    def __init__(self) -> None:
        super().__init__()
        self._meant_at = float("-inf")

    def is_repeat(self, key: str, at_s: float) -> bool:
        """Whether this press is of a held key, or comes before the question could be read."""
        last = self._seen_at.get(key, float("-inf"))
        self._seen_at[key] = at_s
        if at_s - last < self.REPEATS_S or at_s - self._meant_at < self.QUIET_S:
            return True
        self._meant_at = at_s
        return False
