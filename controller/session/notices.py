"""Owns what was last said to the therapist, and the shape of every act's outcome."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from controller.session.now import Notice, Outcome

Tone = Literal["done", "info", "refused", "alarm"]
ALARM_STAYS_S = 2.0
"""So long no mere information takes the place of an alarm."""


class Notices:
    """The last thing worth saying, numbered so that a repeated sentence is seen as new."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.last: Notice | None = None
        self._now = now
        self._alarmed = float("-inf")
        self._at_s: Callable[[], float] = float

    def time_by(self, at_s: Callable[[], float]) -> None:
        """Stamp what is said with this session time from now on."""
        self._at_s = at_s

    @property
    def alarmed(self) -> bool:
        """Whether an alarm still stays, so that mere information is not shown now."""
        return self._now() - self._alarmed < ALARM_STAYS_S

    def say(self, ok: bool, text: str, tone: Tone, code: str = "") -> Outcome:
        """Say one sentence, already in the console's language; gives it as an outcome."""
        if tone == "alarm":
            self._alarmed = self._now()
        elif tone == "info" and self.alarmed:
            return Outcome(ok=ok, text=text, code=code)
        serial = 1 if self.last is None else self.last.serial + 1
        self.last = Notice(text=text, tone=tone, at_s=self._at_s(), serial=serial)
        return Outcome(ok=ok, text=text, code=code)
