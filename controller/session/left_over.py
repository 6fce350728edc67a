"""Owns what becomes of sessions that an earlier console left open: found, taken up, ended.

Finding one changes nothing and takes no control: that needs an answer of the therapist. Taking one
up changes nothing in the scene; ending one only ever leads out of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from controller.language import _
from controller.session.documents import Entry, SessionClosed, SessionContinued, SessionOpened
from controller.session.lists import Lists
from controller.session.notices import Notices
from controller.session.now import LeftOpen, Outcome, PatientCard
from controller.session.ports import Books, LinkPort, NoAnswer, Recorder
from controller.session.presence import Presence
from controller.session.prompts import PromptRules
from controller.session.sitting import Sitting
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, TherapistAct
from vr_runtime.wire.messages import LinkAct
from vr_runtime.wire.state import State

HEARD_S = 1.0
"""A holder of control that was heard within this time leads."""
_IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)


class Do(Protocol):
    """Gives one command and says what became of it."""

    def __call__(
        self, act: LinkAct | TherapistAct, session: str | None, text: str
    ) -> Awaitable[Outcome]:
        """`text` is said when it was carried out."""
        ...


@dataclass(frozen=True)
class Means:
    """What is needed to go on with a session."""

    link: LinkPort
    presence: Presence
    recorder: Recorder
    books: Books
    notices: Notices
    version: str
    do: Do


class LeftOver:
    """Sessions this console did not open."""

    def __init__(self, means: Means, lists: Lists, state: Callable[[], State | None]) -> None:
        """`state` gives the runtime's newest word."""
        self._means = means
        self._lists = lists
        self._state = state
        self._decided: set[str] = set()
        self.abandoned: str | None = None
        """A session closed here that the patient's side may still have."""
        self.broken_off = ""
        """One sentence on what was closed because it had broken off."""

    def found(self, state: State) -> LeftOpen | None:
        """The session at the patient's side, while nobody here has said what becomes of it."""
        if state.session is None or state.session in self._decided:
            return None
        card = self._lists.open_session(state.session)
        heard_s = state.control.heard_s
        led = heard_s is not None and heard_s < HEARD_S and not self._means.presence.in_control
        return LeftOpen(
            session=state.session,
            opened=None if card is None else card.opened,
            pseudonym="" if card is None else card.pseudonym,
            title=None if card is None else card.title,
            led_by=state.control.holder if led else None,
        )

    def abandon(self, session: str) -> None:
        """It was closed here while the patient's side was lost, and is to be ended there too."""
        self.abandoned = session

    async def end_abandoned(self, state: State) -> None:
        """End it there once it is heard again; leaving a scene is never a raise."""
        session, self.abandoned = self.abandoned, None
        if session is None or state.session != session:
            return
        if state.phase in _IN_SCENE:
            await self._means.do(acts.SafePlace(), session, _("In the safe place."))
        text = _("An earlier session was still open at the patient's side; it was ended.")
        await self._means.do(acts.CloseSession(), session, text)

    def decided(self, session: str) -> None:
        """Do not ask about this session any more."""
        self._decided.add(session)

    def ask_again(self, session: str) -> None:
        """Ask about this session once more."""
        self._decided.discard(session)

    async def close_broken_off(self, still_there: str | None) -> None:
        """Close in the record what the patient's side does not have any more, to be said."""
        gone = [c for c in self._lists.sessions if c.how == "open" and c.id != still_there]
        for card in gone:
            closed = SessionClosed(how="interrupted", tick=0, digest="")
            await self._means.recorder.append(card.id, closed)
            text = _("A session with {patient} had broken off; it is closed as interrupted.")
            self.broken_off = text.format(patient=card.pseudonym)
        if gone:
            await self._lists.refresh()

    async def take_up(
        self, left: LeftOpen, takeover: bool, adopt: Callable[[Sitting], None]
    ) -> Outcome:
        """Take control, and go on in the record where the earlier console ended.

        `adopt` is given the session as the record tells it; what happened since is told after.
        """
        means = self._means
        if left.opened is None:
            text = _("This record does not hold that session; it can be ended, not continued.")
            return means.notices.say(False, text, "refused")
        try:
            entries = await asyncio.to_thread(means.books.entries, left.session)
        except OSError as error:
            return means.notices.say(False, str(error), "alarm")
        outcome = await means.presence.claim(takeover=takeover)
        state = self._state()
        if not outcome.ok or state is None:
            return outcome
        sitting = _resumed(entries, left.pseudonym, recorder=means.recorder, notices=means.notices)
        boot, number = sitting.take_up(entries)
        if boot != state.boot:
            await means.link.hear_rest(boot, number, number, sitting)
            sitting.on_new_boot(state)
        adopt(sitting)
        # What does not come now comes with the next news: the link asks until it has all.
        with suppress(NoAnswer):
            await means.link.hear_again(number if boot == state.boot else 0)
        now = self._state() or state
        sitting.on_state(now)
        sitting.record(SessionContinued(tick=now.tick, boot=now.boot, palier=means.version))
        return outcome

    async def end(
        self, left: LeftOpen, takeover: bool, adopt: Callable[[Sitting], None]
    ) -> Outcome:
        """Close it at the patient's side, out of the scene first: leaving is never a raise."""
        if left.opened is None:
            outcome = await self._means.presence.claim(takeover=takeover)
        else:
            outcome = await self.take_up(left, takeover, adopt)
        state = self._state()
        if outcome.ok and state is not None and state.phase in _IN_SCENE:
            told = _("In the safe place.")
            outcome = await self._means.do(acts.SafePlace(), left.session, told)
        if outcome.ok:
            told = _("The earlier session is ended.")
            outcome = await self._means.do(acts.CloseSession(), left.session, told)
        if outcome.ok:
            self.decided(left.session)
        return outcome


def _resumed(
    entries: Sequence[Entry], pseudonym: str, *, recorder: Recorder, notices: Notices
) -> Sitting:
    """The session as it was opened, by the rules it was opened with, under the name of now."""
    opening = next(e for e in entries if isinstance(e.data, SessionOpened))
    opened = opening.data
    assert isinstance(opened, SessionOpened)
    patient = PatientCard(
        id=opened.patient,
        pseudonym=pseudonym,
        ceiling=opened.ceiling,
        scale=opened.scale,
        sessions=0,
        last=None,
    )
    return Sitting(
        opening.session,
        patient,
        opened.scenario,
        opened.tick,
        boot=opened.boot,
        rules=PromptRules(opened.prompt_every_s, opened.prompt_window_s, opened.prompt_mode),
        limit_s=None if opened.clinic_protocol is None else opened.clinic_protocol.limit_s,
        recorder=recorder,
        notices=notices,
    )
