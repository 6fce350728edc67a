"""Owns which ready words the arrows put into a line that is written, in turn; draws nothing.

The first letter typed is always the therapist's own. What was typed narrows the choice to the ready
words that begin so, and is among those that come round: no arrow takes a letter away.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from controller.recorded.model import GLYPH


def _plain(text: str) -> str:
    """Without case, accents and the sign of a recorded line: a hurried letter finds its word."""
    bare = text.strip().removeprefix(GLYPH).strip()
    parts = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


class Proposals:
    """Ready words for one line."""

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self.texts = tuple(dict.fromkeys(text for text in texts if text))
        self._round: tuple[str, ...] = ()
        self._at = 0

    def turn(self, line: str, by: int) -> str | None:
        """What the line reads after an arrow; None where no ready words begin like it.

        Args:
            line: what it reads now.
            by: 1 for the next, -1 for the one before.
        """
        if not self._round or self._round[self._at] != line:
            found = tuple(t for t in self.texts if _plain(t).startswith(_plain(line)))
            if not found:
                return None
            self._round, self._at = (line, *(t for t in found if t != line)), 0
        self._at = (self._at + by) % len(self._round)
        return self._round[self._at]
