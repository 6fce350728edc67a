"""Owns who sits at this console: the first operator, coming and going, and what is looked at.

It writes to the record and checks passphrases; it draws nothing.
"""

from __future__ import annotations

import asyncio
from typing import Literal

from controller.language import _
from controller.session import accesses, operators, tries
from controller.session.documents import (
    CLINIC,
    Accessed,
    Document,
    OperatorAdded,
    OperatorPresent,
    WrongPassphrase,
)
from controller.session.now import Outcome
from controller.session.operators import NOBODY, NotFit, Operator, Person
from controller.store.clock import Clock, SystemClock, stamp
from controller.store.passphrases import Passphrases
from controller.store.record import Record


class Desk:
    """The place before one console with its record (`controller.ui.ports.Desk`)."""

    def __init__(
        self,
        record: Record,
        *,
        passphrases: Passphrases | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Whoever needs no question sits here at once; else nobody does until `enter`."""
        self._record = record
        self._passphrases = Passphrases() if passphrases is None else passphrases
        self._clock = SystemClock() if clock is None else clock
        self._operators = operators.known(record.reader.clinic(*operators.KINDS))
        self._tries = tries.Tries(record.reader.clinic(*tries.KINDS))
        now = stamp(self._clock.wall())
        self._accesses = accesses.Accesses(
            self._leave,
            lambda: record.operator,
            self._clock.wall,
            record.reader.clinic(accesses.KIND, since=accesses.hour(now)),
        )
        self._checking = False
        self._how: Literal["start", "unlock"] = "start"
        self._present: Operator | None = None
        self._sit(operators.without_question(self._operators))

    def people(self) -> tuple[Person, ...]:
        """Who may lead here, by name."""
        return tuple(operators.person(one) for one in operators.leading(self._operators))

    @property
    def present(self) -> Person | None:
        """Who sits here; None before anybody has shown who they are, and while it is locked."""
        return None if self._present is None else operators.person(self._present)

    def barred(self) -> str:
        """Why whoever sits here may not lead a session with a patient; empty where they may."""
        return "" if self._present is None else operators.why_not_lead(self._present.role)

    def rest_s(self, operator: str) -> float:
        """Seconds until this operator's passphrase may be tried again; 0 when it may be."""
        return self._tries.rest_s(operator, self._clock.wall())

    def unfit(self, passphrase: str) -> str:
        """Why this cannot be a passphrase; empty where it can."""
        try:
            operators.fit_passphrase(passphrase)
        except NotFit as error:
            return str(error)
        return ""

    async def begin(self, name: str, passphrase: str | None) -> Outcome:
        """Take the first operator into the record, with no passphrase where it is None."""
        try:
            told = operators.fit_name(name, self._operators)
            fit = None if passphrase is None else operators.fit_passphrase(passphrase)
        except NotFit as error:
            return Outcome(False, str(error), "unfit")
        kept = "" if fit is None else await asyncio.to_thread(self._passphrases.kept, fit)
        added = OperatorAdded(
            operator=operators.next_id(self._operators), name=told, administers=True, secret=kept
        )
        self._record.operator = added.operator
        await self._record.append(CLINIC, added)
        one = Operator(added.operator, told, added.role, True, kept)
        self._operators = (*self._operators, one)
        self._sit(one)
        return Outcome(True, _("Welcome, {name}.").format(name=told))

    async def enter(self, operator: str, passphrase: str) -> Outcome:
        """Let this operator sit here if the passphrase is theirs; a wrong one is recorded."""
        one = next((o for o in operators.leading(self._operators) if o.operator == operator), None)
        if one is None or self._checking:
            return Outcome(False, "", "unknown")
        if (rest := self.rest_s(operator)) > 0.0:
            return Outcome(False, wait(rest), "wait")
        if one.secret and not await self._opens(one.secret, passphrase):
            self._tries.wrong(operator, self._clock.wall())
            self._leave(WrongPassphrase(operator=operator, how=self._how))
            text = _("This is not the passphrase of {name}.").format(name=one.name)
            rest = self.rest_s(operator)
            return Outcome(False, f"{text} {wait(rest)}" if rest > 0.0 else text, "wrong")
        self._tries.right(operator)
        self._sit(one)
        self._leave(OperatorPresent(operator=operator, how=self._how))
        told = _("{name} leads now.").format(name=one.name)
        return Outcome(True, f"{told} {self.barred()}".rstrip())

    async def _opens(self, kept: str, passphrase: str) -> bool:
        """Whether the passphrase is right; one check at a time, so that a pause holds."""
        self._checking = True
        try:
            fit = operators.composed(passphrase)
            return await asyncio.to_thread(self._passphrases.opens, kept, fit)
        finally:
            self._checking = False

    def lock(self) -> None:
        """Nobody sits here from now on, until somebody shows who they are."""
        self._how = "unlock"
        self._sit(None)

    def looked_at_sessions(self) -> None:
        """The list of past sessions was shown."""
        self._accesses.note(Accessed(what="sessions"))

    def looked_at_session(self, session: str) -> None:
        """A past session is being gone through; from any thread."""
        self._accesses.note(Accessed(what="session", session=session))

    def looked_at_hierarchy(self, patient: str) -> None:
        """What a patient fears, row by row, was shown."""
        self._accesses.note(Accessed(what="hierarchy", patient=patient))

    def wrote_report(self, session: str) -> None:
        """The report of a session is being written; from any thread."""
        self._accesses.note(Accessed(what="report", session=session))

    def _sit(self, one: Operator | None) -> None:
        self._present = one
        self._record.operator = NOBODY if one is None else one.operator

    def _leave(self, said: Document) -> None:
        self._record.leave(CLINIC, said)


def wait(rest_s: float) -> str:
    """How long to wait before the next try, as a sentence."""
    return _("Wait {time} before the next try.").format(time=tries.spoken(rest_s))
