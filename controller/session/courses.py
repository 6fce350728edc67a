"""Owns what is done about a patient between sessions: the course, the next appointment, the lock.

It draws nothing and knows no database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from controller import typed
from controller.language import _
from controller.session.appointments import NotADay, spoken, written
from controller.session.documents import stream_of
from controller.session.glance import Glance
from controller.session.keeping import LONGEST_REASON, Restriction
from controller.session.lists import Lists
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.ports import Books, Recorder
from controller.session.reviews import why_unread


class Courses:
    """Courses of the patients in one record."""

    def __init__(
        self,
        books: Books,
        recorder: Recorder,
        lists: Lists,
        barred: Callable[[], str],
        say: Callable[[bool, str, Tone], Outcome],
    ) -> None:
        """`barred` tells why whoever sits here may enter nothing, `say` tells the therapist."""
        self._books, self._recorder, self._lists = books, recorder, lists
        self._barred, self._say = barred, say

    async def glance(self, patient: str) -> Glance | str:
        """The course of one patient, read off the loop; else why not, and what to do."""
        try:
            return await asyncio.to_thread(self._books.glance, patient)
        except (OSError, ValueError) as error:
            return why_unread(error)

    async def appoint(self, patient: str, said: str) -> Outcome:
        """When this patient comes next, as it was typed; said once it is durable."""
        if barred := self._barred():
            return self._say(False, barred, "refused")
        card = next((one for one in self._lists.patients if one.id == patient), None)
        if card is not None and card.restricted is not None:
            text = _("The data of {name} are restricted: nothing is added before it is allowed.")
            return self._say(False, text.format(name=card.pseudonym), "refused")
        try:
            agreed = written(typed.line(said), patient)
        except NotADay as error:
            return self._say(False, str(error), "refused")
        await self._recorder.append(stream_of(patient), agreed)
        if agreed.on is None:
            return self._say(True, _("No appointment is agreed on any more."), "done")
        return self._say(True, _("Saved: {when}.").format(when=spoken(agreed)), "done")

    async def lock(self, patient: str, why: str) -> Outcome:
        """Have a patient's data kept and not used (GDPR, article 18); said once it is durable."""
        said = typed.line(why)
        if not 1 <= len(said) <= LONGEST_REASON:
            return self._say(False, _("Say why in 1 to 200 characters."), "refused")
        text = _("Locked: the data of {name} are kept and not used, until L allows it again.")
        return await self._restrict(Restriction(patient=patient, on=True, reason=said), text)

    async def unlock(self, patient: str) -> Outcome:
        """Have them used again."""
        text = _("The data of {name} may be used again.")
        return await self._restrict(Restriction(patient=patient, on=False), text)

    async def _restrict(self, said: Restriction, text: str) -> Outcome:
        card = next((one for one in self._lists.patients if one.id == said.patient), None)
        barred = self._barred()
        if card is None or barred:
            return self._say(False, barred or _("Choose a patient first."), "refused")
        if (card.restricted is not None) == said.on:
            there = _("The data of this patient are not restricted.")
            already = _("The data of this patient are restricted already.")
            return self._say(False, already if said.on else there, "refused")
        await self._recorder.append(stream_of(card.id), said)
        await self._lists.refresh()
        return self._say(True, text.format(name=card.pseudonym), "done")
