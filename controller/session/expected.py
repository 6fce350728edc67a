"""Owns what is known, in an open session, of the outcomes that were feared; writes nothing.

Each is told by its last word, under the number of its first entry. It knows no screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from controller.session.clinical import Expectancy
from controller.session.document import Document
from controller.session.rectifying import Rectification


@dataclass(frozen=True)
class Feared:
    """One feared outcome, with when it was first written down. Times are seconds of the session."""

    seq: int
    """Number of the first entry."""
    at_s: float
    said: Expectancy
    """What holds of it now."""
    told_s: float | None = None
    """When somebody said what became of it; None while nobody has."""


@dataclass(frozen=True)
class Expected:
    """All feared outcomes of a session, the oldest first."""

    all: tuple[Feared, ...] = ()

    def then(self, said: Document, seq: int, at_s: float) -> Expected:
        """As it stands after this durable entry; any other kind changes nothing."""
        if isinstance(said, Expectancy):
            new = Feared(seq, at_s, said, None if said.is_open else at_s)
            return Expected((*self.all, new))
        if not isinstance(said, Rectification) or not isinstance(said.was, Expectancy):
            return self
        stands = said.stands
        if not isinstance(stands, Expectancy):
            return Expected(tuple(one for one in self.all if one.seq != said.of))
        return Expected(
            tuple(
                replace(one, said=stands, told_s=None if stands.is_open else at_s)
                if one.seq == said.of
                else one
                for one in self.all
            )
        )

    @property
    def waiting(self) -> Feared | None:
        """The last one of which nobody has said yet what became; None where there is none."""
        return next((one for one in self.all[::-1] if one.said.is_open), None)

    def within(self, from_s: float, to_s: float | None) -> tuple[Feared, ...]:
        """Those that a trial put to the test: open when it began or in it, and not told before it.

        Args:
            from_s: beginning of the trial.
            to_s: its end; None while it lasts.
        """
        return tuple(
            one
            for one in self.all
            if (to_s is None or one.at_s <= to_s) and (one.told_s is None or one.told_s >= from_s)
        )
