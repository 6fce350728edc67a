"""Owns the undoing of a session that was opened for the wrong patient, before its first entry.

The record forgets nothing: the session is closed as opened by mistake, and no course counts it.
What belongs to somebody once it is there, is never undone: then the session is ended as it is.
"""

from __future__ import annotations

import asyncio
import math
from abc import abstractmethod
from collections.abc import Iterable
from typing import Final

from controller.language import _
from controller.session.documents import (
    ClockJumped,
    ConsoleSlept,
    Document,
    Ended,
    FromRuntime,
    Gap,
    LinkChanged,
    Rating,
    SessionContinued,
    SessionOpened,
)
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.plans.entries import RowTaken
from controller.session.ports import Books
from controller.session.presence import Presence
from controller.session.sitting import Sitting
from vr_runtime.wire import acts
from vr_runtime.wire.acts import BeginTrial, PatientRated, TherapistAct
from vr_runtime.wire.happenings import Applied
from vr_runtime.wire.version import TICKS_PER_SECOND

READING_S: Final = 5.0
"""So long the record may take to say what it holds; then nothing is undone."""
_OF_THE_MACHINES = (
    *(SessionOpened, SessionContinued, FromRuntime, Gap),
    *(LinkChanged, ConsoleSlept, ClockJumped),
    RowTaken,
)
"""Kinds that tell of consoles and links, and of nobody; and what was proposed for the session: it
stands in the hierarchy of whom it was opened for already."""


def begun(said: Iterable[Document], window_s: float) -> bool:
    """Whether this is anything of a patient: a word, an answer, a rating or a trial.

    Args:
        said: what is entered, or on its way into the record.
        window_s: how long the window of a rating that falls due is.
    """
    return any(_of_a_patient(each, window_s) for each in said)


def _of_a_patient(said: Document, window_s: float) -> bool:
    if isinstance(said, Rating):
        return not _passed_by(said, window_s)
    if not isinstance(said, _OF_THE_MACHINES):
        return True
    what = said.happened.what if isinstance(said, FromRuntime) else None
    return isinstance(what, Applied) and isinstance(what.act, BeginTrial | PatientRated)


def _passed_by(rating: Rating, window_s: float) -> bool:
    """Whether it fell due and its time went by: written by the console, and nobody said a word."""
    if rating.suds is not None or rating.due is None:
        return False
    return rating.tick - rating.due > window_s / 2 * TICKS_PER_SECOND


class Undoing:
    """The act of a conductor that undoes the wrong patient."""

    _books: Books
    _presence: Presence
    _sitting: Sitting | None
    undone: str = ""
    """The session that was undone last, by its id."""

    @abstractmethod
    async def _do(self, act: TherapistAct, session: str | None, text: str) -> Outcome: ...

    @abstractmethod
    def _say(self, ok: bool, text: str, tone: Tone) -> Outcome: ...

    @abstractmethod
    def _no_session(self) -> Outcome: ...

    @abstractmethod
    async def _seal(self, sitting: Sitting, how: Ended, text: str) -> Outcome: ...

    async def undo_patient(self) -> Outcome:
        """Close a session as opened by mistake; refused once it holds anything of a patient."""
        sitting = self._sitting
        if sitting is None:
            return self._no_session()
        if self._presence.link_state == "lost":
            # What the patient answers there meanwhile would come into a session never meant.
            text = _("The runtime is lost: nothing can be undone; end the session instead.")
            return self._say(False, text, "refused")
        try:
            holds = await self._holds_anything(sitting)
        except (OSError, TimeoutError):
            text = _("The record does not answer, so nothing was undone; end the session instead.")
            return self._say(False, text, "refused")
        if holds:
            text = _(
                "This session holds entries of {patient} already: nothing was undone. End it, "
                "and write in a note whose it was."
            )
            return self._say(False, text.format(patient=sitting.patient.pseudonym), "refused")
        text = _("Undone: opened for {patient} by mistake. Choose the patient anew.")
        text = text.format(patient=sitting.patient.pseudonym)
        # What became of it is said once the record is read anew.
        outcome = await self._do(acts.CloseSession(), sitting.id, _("The session is closed."))
        if not outcome.ok:
            return outcome
        if await self._reached_meanwhile(sitting):
            text = _(
                "Closed, but not undone: something of {patient} came meanwhile. Choose the "
                "patient anew, and write in a note whose it was."
            )
            return await self._seal(
                sitting, "closed", text.format(patient=sitting.patient.pseudonym)
            )
        self.undone = sitting.id
        return await self._seal(sitting, "mistaken", text)

    async def _holds_anything(self, sitting: Sitting) -> bool:
        """Whether it holds anything of a patient, as the record has it. Raises `OSError`."""
        async with asyncio.timeout(READING_S):
            await sitting.settle()
            entries = await asyncio.to_thread(self._books.entries, sitting.id)
        # What is on its way into the record counts as there.
        seen = sitting.course.trials or sitting.notes or sitting.adverse
        windows = [e.data.prompt_window_s for e in entries if isinstance(e.data, SessionOpened)]
        # Where the opening is not read no rating can be told from one whose time went by.
        window_s = max(windows, default=math.inf)
        said = [*(e.data for e in entries), *(each.rating for each in sitting.ratings)]
        return bool(seen) or begun(said, window_s)

    async def _reached_meanwhile(self, sitting: Sitting) -> bool:
        """Whether something was on its way while it was closed; unknown counts as so."""
        try:
            return await self._holds_anything(sitting)
        except (OSError, TimeoutError):
            return True
