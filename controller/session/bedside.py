"""Owns what is written down at the patient's side beside ratings and notes; asks nothing itself.

Nothing of it is said to be saved before the record has it, and nothing in the scene changes by it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from controller import typed
from controller.language import _
from controller.session.clinical import About, AdverseType, Expectancy, Severity
from controller.session.now import Outcome
from controller.session.ports import Books, Recorder
from controller.session.rectifying import Rectification, standing
from controller.session.safety.entries import LONGEST_BEHAVIOUR, SafetyBehaviour
from controller.session.safety.words import told
from controller.session.sitting import Sitting
from controller.typed import alike
from scenarios.api.manifest import Words

LONGEST_FEARED, LONGEST_TEST, LONGEST_LEARNED = 400, 400, 1000
"""Characters of a feared outcome, of what was agreed on, and of what was learned."""


class Bedside:
    """What befell the patient of the open session, and what they feared before they met it."""

    def __init__(
        self,
        sitting: Callable[[], Sitting | None],
        no_session: Callable[[], Outcome],
        recorder: Recorder,
        books: Books,
        usual: Callable[[], Sequence[Words]] = tuple,
    ) -> None:
        """`sitting` is the open session, `no_session` says that there is none.

        `usual` are the safety behaviours that are offered, each in both languages.
        """
        self._usual = usual
        self._sitting, self._no_session = sitting, no_session
        self._recorder, self._books = recorder, books
        self._behaving = asyncio.Lock()

    async def befell(self, what: AdverseType, severity: Severity) -> Outcome:
        """Record an adverse event at this moment; said once it is durable."""
        sitting = self._sitting()
        return self._no_session() if sitting is None else await sitting.befell(what, severity)

    async def expects(
        self,
        feared: str,
        about: About,
        likelihood: int | None,
        severity: int | None,
        test: str = "",
    ) -> Outcome:
        """Record a feared outcome before it is put to the test; said once it is durable.

        Args:
            feared: in the patient's words, 1 to 400 characters.
            about: what the fear is about.
            likelihood: per cent, 0 to 100; None where it was not asked.
            severity: how bad it would be, 0 to 100; None where it was not asked.
            test: what was agreed on; at most 400 characters are kept.
        """
        if (sitting := self._sitting()) is None:
            return self._no_session()
        words = typed.line(feared)
        if not 1 <= len(words) <= LONGEST_FEARED:
            text = _("Write what was feared, in 1 to {most} characters.")
            return sitting.refuse(text.format(most=LONGEST_FEARED))
        try:
            said = Expectancy(
                feared=words,
                about=about,
                likelihood_before=likelihood,
                severity_before=severity,
                test=typed.line(test)[:LONGEST_TEST],
            )
        except ValidationError:
            return sitting.refuse(_("Likelihood and how bad are whole numbers from 0 to 100."))
        seq = await self._recorder.append(sitting.id, said)
        return sitting.feared(said, seq, _("What is feared is saved, before it is tested."))

    async def came(
        self,
        seq: int,
        occurred: bool | None,
        likelihood: int | None,
        surprise: int | None,
        learned: str = "",
    ) -> Outcome:
        """Record what became of a feared outcome, as a later word on it; said once durable.

        Args:
            seq: number of its first entry.
            occurred: whether it came; None where that is unclear.
            likelihood: per cent, 0 to 100, now; None where it was not asked.
            surprise: 0 to 100; None where it was not asked.
            learned: what was learned, in the patient's words; at most 1000 characters.
        """
        if (sitting := self._sitting()) is None:
            return self._no_session()
        words = typed.line(learned)
        if len(words) > LONGEST_LEARNED:
            text = _("Write what the patient learned, in 1 to {most} characters.")
            return sitting.refuse(text.format(most=LONGEST_LEARNED))
        try:
            entries = await asyncio.to_thread(self._books.entries, sitting.id)
        except OSError:
            return sitting.refuse(
                _("The record cannot be read now: nothing was saved, and what you typed stays.")
            )
        first = next((one for one in entries if one.seq == seq), None)
        held = standing((one.seq, one.data) for one in entries)
        was = None if first is None else held.get(seq, first.data)
        if first is None or not isinstance(was, Expectancy):
            return sitting.refuse(_("This session has no such entry."))
        try:
            stands = Expectancy.model_validate(
                was.model_dump()
                | {"occurred": occurred, "unclear": occurred is None}
                | {"likelihood_after": likelihood, "surprise": surprise, "learned": words}
            )
        except ValidationError:
            return sitting.refuse(_("Likelihood and surprise are whole numbers from 0 to 100."))
        said = Rectification(of=seq, at=first.wall, was=was, stands=stands)
        later = await self._recorder.append(sitting.id, said)
        return sitting.feared(said, later, _("What became of the fear is saved."))

    async def safety(self, name: str, used: bool | None) -> Outcome:
        """Record that a safety behaviour is in use or was dropped; said once it is durable.

        Args:
            name: 1 to 80 characters; one that was noted before keeps the name it has.
            used: whether it is in use; None for the other way than it is, in use where it was not
                noted yet.
        """
        if (sitting := self._sitting()) is None:
            return self._no_session()
        words = " ".join(typed.line(name).split())
        if not 1 <= len(words) <= LONGEST_BEHAVIOUR:
            text = _("Write the safety behaviour in 1 to {most} characters.")
            return sitting.refuse(text.format(most=LONGEST_BEHAVIOUR))
        tick = sitting.tick()
        # One after the other: each goes by what the one before it has made durable.
        async with self._behaving:
            if self._sitting() is not sitting:
                return self._no_session()
            known = sitting.safety.known(words)
            now = None if known is None else known.used
            if used is not None and used == now:
                text = _("Noted already: {what}.")
                return sitting.refuse(text.format(what=told(words, used)))
            usual = (w for w in self._usual() if alike(words) in (alike(w.fr), alike(w.en)))
            said = SafetyBehaviour(
                name=words if known is None else known.said.name,
                names=next(usual, None) if known is None else known.said.names,
                used=not now if used is None else used,
                tick=tick,
            )
            await self._recorder.append(sitting.id, said)
            text = _("Saved: {what}.").format(what=told(said.shown, said.used))
            return sitting.behaved(said, text)
