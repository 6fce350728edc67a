"""Owns how long one waits after wrong passphrases; knows neither hash nor screen.

The pause grows with each wrong try in a row and ends by itself: nobody is ever locked out for good.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from controller.language import _
from controller.session.documents import (
    Document,
    Entry,
    OperatorChanged,
    OperatorPresent,
    WrongPassphrase,
)

KINDS = ("wrong_passphrase", "operator_present", "operator_changed")
"""The entries that tell of tries."""
FREE = 2
"""So many wrong tries in a row are followed by no pause."""
FIRST_S = 5.0
LONGEST_S = 300.0


def pause_s(wrong: int) -> float:
    """Seconds to wait after so many wrong tries in a row: 0 for two, then 5, 10, 20 ... 300."""
    if wrong <= FREE:
        return 0.0
    # 2**6 * 5 s is above the longest pause already.
    return min(LONGEST_S, FIRST_S * float(2 ** min(wrong - FREE - 1, 6)))


def spoken(seconds: float) -> str:
    """A pause in words, rounded up."""
    whole = max(1, -int(-seconds // 1))
    if whole <= 90:
        return _("{count} s").format(count=whole)
    return _("{count} min").format(count=-(-whole // 60))


@dataclass(frozen=True)
class _Wrong:
    count: int
    last: datetime


class Tries:
    """The wrong tries in a row of each operator."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Begin with what the entries tell, the oldest first."""
        self._wrong: dict[str, _Wrong] = {}
        for entry in entries:
            self.heard(entry.data, entry.wall)

    def heard(self, said: Document, wall: str) -> None:
        """One more entry, and its time; what does not tell of a try changes nothing."""
        if isinstance(said, WrongPassphrase):
            self.wrong(said.operator, datetime.fromisoformat(wall))
        elif isinstance(said, OperatorPresent) or (
            isinstance(said, OperatorChanged) and said.secret is not None
        ):
            self.right(said.operator)

    def counts(self, operator: str) -> bool:
        """Whether there are wrong tries that a right one ends."""
        return operator in self._wrong

    def wrong(self, operator: str, at: datetime) -> None:
        """One more wrong try, at this moment."""
        before = self._wrong.get(operator)
        self._wrong[operator] = _Wrong(1 if before is None else before.count + 1, at)

    def right(self, operator: str) -> None:
        """The passphrase was given, or there is another one now."""
        self._wrong.pop(operator, None)

    def rest_s(self, operator: str, at: datetime) -> float:
        """Seconds until the next try; 0 when it may be made.

        A clock that was set back ends a pause: it must not last until the old time comes again.
        """
        wrong = self._wrong.get(operator)
        if wrong is None:
            return 0.0
        passed = (at - wrong.last).total_seconds()
        return 0.0 if passed < 0.0 else max(0.0, pause_s(wrong.count) - passed)
