"""Owns the acts of a conductor that write down what the patient says and the therapist notes.

They go to the record of the open session alone; nothing in the scene changes by them.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING

from controller.session.chores import Chores
from controller.session.documents import RatingKind
from controller.session.now import Outcome

if TYPE_CHECKING:
    from controller.session.at_eyes import AtEyes
    from controller.session.sitting import Sitting
    from vr_runtime.wire.state import State


class WritingDown:
    """Ratings, notes and corrections of the open session."""

    _sitting: Sitting | None
    _state: State | None
    _chores: Chores
    eyes: AtEyes

    @abstractmethod
    def _no_session(self) -> Outcome: ...

    async def rate(self, typed: str, kind: RatingKind | None = None) -> Outcome:
        """Record a rating as it was typed; without `kind` the moment tells which it is."""
        if self._sitting is None:
            return self._no_session()
        outcome = await self._sitting.rate(typed, kind)
        if outcome.ok:
            self._chores.later(self.eyes.rated_aloud(self._state, outcome.text))
        return outcome

    async def skip_rating(self, reason: str) -> Outcome:
        """Record that the rating was asked for and not given."""
        if self._sitting is None:
            return self._no_session()
        return await self._sitting.skip_rating(reason)

    async def note(self, text: str) -> Outcome:
        """Record a note."""
        if self._sitting is None:
            return self._no_session()
        return await self._sitting.note(text)

    async def correct(self, seq: int, to: int | str) -> Outcome:
        """Record a later statement about an entry of the open session."""
        if self._sitting is None:
            return self._no_session()
        return await self._sitting.correct(seq, to)

    async def settle(self) -> None:
        """Wait until all that was handed to the record is durable."""
        if self._sitting is not None:
            await self._sitting.settle()
        await self._chores.settle()

    async def settle_within(self, patience_s: float) -> bool:
        """The same, for at most so long; False when entries still wait. They stay handed over."""
        settling = asyncio.ensure_future(self.settle())
        done, _waiting = await asyncio.wait((settling,), timeout=patience_s)
        return bool(done)
