"""Owns what a question of the plain console is; it asks nothing and sends nothing.

A question is never waited for. One that is confirmed takes `yes` alone and leaves numbers to be
ratings. One with a numbered list takes the next line where that is a number; any other line leaves
it, and so does time, lest a rating that comes later answers it. One that asks for figures, as a
questionnaire does, takes every number until it is left, whatever other lines come between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from controller.session.now import Now

Do = Callable[[], None]
LAPSES_S = 45.0
"""So long a numbered question waits: a rating that comes later is a rating."""
CONFIRM_S = 90.0
"""So long a `yes` counts for what was asked."""
TALKED_OVER_S = 600.0
"""So long a question waits that the patient is asked in turn."""


def _always(now: Now) -> bool:
    return True


@dataclass(frozen=True)
class Question:
    """One open question."""

    lines: tuple[str, ...]
    """The question, then its list where it has one, each a line."""
    yes: Do | None = None
    """What `yes` does; None where it is answered by number."""
    answers: tuple[Do, ...] = ()
    """What each number does, from 1."""
    stands: Callable[[Now], bool] = field(default=_always)
    """Whether it still has a meaning."""
    names: tuple[tuple[str, ...], ...] = ()
    """Words that answer as the number does, for each answer."""
    stays: bool = False
    """Neither another line nor time leaves it; for where no rating can be meant."""
    no: Do | None = None
    """What `no` does; None where it leaves the question."""
    number: Callable[[str], None] | None = None
    """What a number does, given its digits; the question stays until that opens another."""
    gone: Callable[[bool], None] | None = None
    """What is done where it goes without an answer, given whether a stop took it away."""
    words: Mapping[str, Callable[[str], None]] = field(default_factory=dict)
    """Commands that answer it, by identifier, each given what was typed behind it."""

    @property
    def takes_numbers(self) -> bool:
        """Whether a number alone answers it, and is no rating."""
        return bool(self.answers) or self.number is not None

    @property
    def patience_s(self) -> float:
        """Seconds after which it goes by itself."""
        if self.stays:
            return float("inf")
        if self.no is not None or self.number is not None:
            return TALKED_OVER_S
        return CONFIRM_S if self.yes is not None else LAPSES_S
