"""Owns the acts of whoever prepares a patient and a session: answer, consent, set, check.

Each is said once it is durable. It commands the runtime for one thing alone: to end what a patient
takes their consent back for. It knows no screen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from controller import typed
from controller.language import _
from controller.protocol.model import Screening
from controller.session.anchors import Anchor
from controller.session.at_rest import REFUGES
from controller.session.before import gate
from controller.session.before.entries import (
    LONGEST_WHY,
    REHEARSED,
    Check,
    Dealt,
    OpenedOn,
    PreflightChecked,
    ScreeningAnswer,
    ScreeningAnswered,
    TodayAnswer,
    TodayAsked,
    TodayItem,
)
from controller.session.before.screened import fingerprint
from controller.session.before.so_far import BeforeTrial, Missing
from controller.session.before.withdrawing import Withdrawing
from controller.session.before.words import CHECKS, TODAY
from controller.session.clinic import Clinic
from controller.session.documents import Document, PatientChanged, stream_of
from controller.session.keeping import ConsentGiven, Consenting, ConsentTo, ConsentWithdrawn
from controller.session.lists import Lists
from controller.session.notices import Tone
from controller.session.now import Outcome, PatientCard
from controller.session.ports import Recorder
from controller.session.sitting import Sitting
from controller.session.taking_part import TakingPart
from vr_runtime.wire.acts import Refuge
from vr_runtime.wire.state import State

Kept = dict[str, tuple[bool | None, Dealt | None, str]]
"""By question: the answer, what became of a yes, and the words on it."""


def answered(
    clinic: Clinic, patient: str, answers: Sequence[ScreeningAnswer]
) -> ScreeningAnswered | str:
    """The entry of a screening, or one sentence on why it is none.

    Every question of the clinic's protocol has to be answered, in whatever order.
    """
    screening, applied = clinic.screening, clinic.applied
    if screening is None or applied is None:
        return _("No protocol is in force here, and it has no screening.")
    by_item = {one.item: one for one in answers}
    unanswered = [one.id for one in screening.items if one.id not in by_item]
    if unanswered:
        told = _("Every question needs an answer; missing: {items}.")
        return told.format(items=", ".join(unanswered))
    known = {one.id for one in screening.items}
    if (unknown := sorted(set(by_item) - known)) or len(by_item) != len(answers):
        told = _("The protocol has no such question, or it was answered twice: {items}.")
        return told.format(items=", ".join(unknown) or ", ".join(sorted(by_item)))
    return ScreeningAnswered(
        patient=patient,
        protocol=applied.id,
        version=applied.version,
        sha256=applied.sha256,
        items=fingerprint(screening),
        answers=tuple(by_item[one.id] for one in screening.items),
    )


class Before:
    """What is asked, noted and checked before a patient is exposed."""

    def __init__(
        self,
        clinic: Clinic,
        recorder: Recorder,
        lists: Lists,
        *,
        sitting: Callable[[], Sitting | None],
        state: Callable[[], State | None],
        barred: Callable[[], str],
        say: Callable[[bool, str, Tone], Outcome],
        ending: Withdrawing,
    ) -> None:
        """`sitting` is the open session, `state` the runtime's last word.

        `barred` is why whoever sits here may not lead, `say` tells the therapist, and `ending`
        ends at the patient's side what is not consented to any more.
        """
        self._ending = ending
        self._clinic, self._recorder, self._lists = clinic, recorder, lists
        self._sitting, self._state, self._barred, self._say = sitting, state, barred, say
        self._kept: dict[str, Kept] = {}

    # -- what is missing

    @property
    def screening(self) -> Screening | None:
        """What the clinic's protocol asks; None where none is in force, and nothing is asked."""
        return self._clinic.screening

    def to_open(self, patient: PatientCard) -> tuple[Missing, ...]:
        """What is missing before a session with this patient is opened."""
        screening = self._clinic.screening
        # Where nothing is asked before, a minor is a minor all the same.
        return gate.of_a_minor(patient) if screening is None else gate.to_open(screening, patient)

    def why_not_open(self, patient: PatientCard | None) -> str:
        """The same in one sentence; empty where nothing is missing."""
        return "" if patient is None else gate.in_one(self.to_open(patient))

    def opened_on(self, patient: PatientCard) -> OpenedOn | None:
        """What a session with this patient is opened on; None where nothing is asked."""
        return None if self._clinic.screening is None else gate.opened_on(patient)

    def seen(self) -> BeforeTrial | None:
        """How things stand before the first trial; None where nothing is asked, or it is past."""
        sitting, state = self._sitting(), self._state()
        if sitting is None or self._clinic.screening is None:
            return None
        if sitting.course.trials or (
            state is not None and state.session == sitting.id and state.trial > 0
        ):
            return None
        missing = gate.to_begin(sitting.before.seen(()))
        return sitting.before.seen((*self._without_consent(sitting), *missing))

    def why_not_begin(self) -> str:
        """Why no trial is begun, in one sentence; empty where it may be.

        Consent is needed for each, and may have been taken back since the session was opened.
        """
        seen = self.seen()
        return self.why_not_expose() if seen is None else gate.in_one(seen.missing)

    def why_not_expose(self) -> str:
        """Why nothing begins, goes on or rises: consent alone; empty where it may.

        It may be taken back at any moment. Whatever eases, leads out or stops never asks here.
        """
        sitting = self._sitting()
        if sitting is None:
            return ""
        if self._clinic.screening is not None:
            return gate.in_one(self._without_consent(sitting))
        card = self._card(sitting.patient.id)
        # Where nothing is asked before, a consent that was taken back is one all the same.
        if card is not None and card.withdrawn:
            return _("Consent to exposure was taken back.")
        return gate.in_one(gate.of_a_minor(sitting.patient if card is None else card))

    def _without_consent(self, sitting: Sitting) -> tuple[Missing, ...]:
        card = self._card(sitting.patient.id)
        return gate.of_consent(sitting.patient if card is None else card)

    def kept(self, what: str) -> Kept:
        """Answers given so far and not saved yet: of a patient's screening, or `today`'s.

        They outlast a stop and the screen they were given on; today's are the open session's.
        """
        sitting = self._sitting()
        name = f"today {sitting.id}" if what == "today" and sitting is not None else what
        return self._kept.setdefault(name, {})

    # -- of the patient

    async def answer_screening(
        self, patient_id: str, answers: Sequence[ScreeningAnswer]
    ) -> Outcome:
        """Record a whole screening; a later one takes its place."""
        if (refused := self._may(patient_id)) is not None:
            return refused
        said = answered(self._clinic, patient_id, answers)
        if isinstance(said, str):
            return self._say(False, said, "refused")
        text = _("The screening is saved.")
        if still_open := sum(1 for one in said.answers if one.dealt == "open"):
            told = _("The screening is saved; {n} answers wait for a clearance or a reason.")
            text = told.format(n=still_open)
        return await self._keep(patient_id, said, text)

    async def consent(
        self,
        patient_id: str,
        to: ConsentTo,
        version: str,
        *,
        by: Consenting,
        assent: bool,
        signed: bool,
    ) -> Outcome:
        """Note a consent as the paper says it; for a minor the guardian's, with their assent."""
        if (refused := self._may(patient_id)) is not None:
            return refused
        card = self._card(patient_id)
        if card is not None and card.needs_guardian and by != "guardian":
            text = _("This patient is a minor: a guardian consents, with the minor's own assent.")
            return self._say(False, text, "refused")
        if by == "guardian" and not assent:
            text = _("Ask the minor too: a guardian's consent needs the minor's own assent.")
            return self._say(False, text, "refused")
        try:
            said = ConsentGiven(
                patient=patient_id,
                to=to,
                version=typed.line(version),
                by=by,
                assent=True if by == "guardian" else None,
                how="signed" if signed else "verbal_witnessed",
            )
        except ValidationError:
            text = _("Name the version of the wording that was read, in 1 to 80 characters.")
            return self._say(False, text, "refused")
        return await self._keep(patient_id, said, _("The consent is saved."))

    async def withdraw(self, patient_id: str, to: ConsentTo, by: Consenting) -> Outcome:
        """Note that something is not consented to any more; it holds from now on.

        What it was for ends at once in this patient's open session, before the record has it.
        """
        if self._card(patient_id) is None:
            return self._say(False, _("Choose a patient first."), "refused")
        # Never barred by who sits here: whoever hears it writes it down.
        ending = asyncio.ensure_future(self._end(patient_id, to))
        said = ConsentWithdrawn(patient=patient_id, to=to, by=by)
        try:
            kept = await self._keep(patient_id, said, _("Saved: it is not consented to any more."))
        finally:
            ended = await ending
        sitting = self._sitting()
        if ended is not None:
            tone: Tone = "done" if ended.ok else "alarm"
            return self._say(ended.ok, f"{kept.text} {ended.text}", tone)
        if to == "session" and sitting is not None and sitting.patient.id == patient_id:
            told = _("Nothing begins or rises any more: lead the patient out and end the session.")
            return self._say(True, f"{kept.text} {told}", "alarm")
        return kept

    async def _end(self, patient_id: str, to: ConsentTo) -> Outcome | None:
        """End it at the patient's side, where it is under way; None where it is not."""
        sitting, state = self._sitting(), self._state()
        if sitting is None or sitting.patient.id != patient_id or state is None:
            return None
        return await self._ending.end(to, state)

    async def set_patient(
        self,
        patient_id: str,
        *,
        minor: bool | None = None,
        safe_place: Refuge | None = None,
        takes_part: TakingPart | None = None,
        anchor: Anchor | None = None,
    ) -> Outcome:
        """Set how a patient takes part from the next session on; what is None stays."""
        if (refused := self._may(patient_id)) is not None:
            return refused
        change = PatientChanged(
            patient=patient_id,
            minor=minor,
            safe_place=safe_place,
            takes_part=takes_part,
            anchor=anchor,
        )
        text = _("The patient's settings are saved.")
        if safe_place is not None:
            told = _("The patient's safe place is saved: {place}.")
            text = told.format(place=_(REFUGES[safe_place]))
        return await self._keep(patient_id, change, text)

    # -- of the session

    async def answer_today(self, answers: Sequence[tuple[TodayItem, bool, str]]) -> Outcome:
        """Record how the patient is today: each question, yes or no, and why it goes on."""
        if (sitting := self._sitting()) is None:
            return self._say(False, _("No session is open."), "refused")
        if {item for item, _yes, _why in answers} != set(TODAY) or len(answers) != len(TODAY):
            return self._say(False, _("Every question about today needs an answer."), "refused")
        try:
            given = tuple(
                TodayAnswer(item=item, yes=yes, why=typed.line(why) if yes else "")
                for item, yes, why in answers
            )
        except ValidationError:
            return self._say(False, why_needed(), "refused")
        said = TodayAsked(answers=given, tick=sitting.tick())
        return await self._note(sitting, said, _("How the patient is today is saved."))

    async def check(self, what: Check, why: str = "") -> Outcome:
        """Record one check as done, or as left out where a reason is given."""
        if (sitting := self._sitting()) is None:
            return self._say(False, _("No session is open."), "refused")
        reason = typed.line(why)
        if not reason and what in REHEARSED:
            text = _("The way out counts once it was used; or leave it out, and say why.")
            return self._say(False, text, "refused")
        state = self._state()
        if not reason and what == "sound" and state is not None and state.display.sound == "none":
            text = _("No sound device works: the patient hears nothing. Leave it out, and say why.")
            return self._say(False, text, "refused")
        try:
            said = PreflightChecked(check=what, done=not reason, why=reason, tick=sitting.tick())
        except ValidationError:
            return self._say(False, why_needed(), "refused")
        told = _("Left out, and saved: {what}.") if reason else _("Done, and saved: {what}.")
        return await self._note(sitting, said, told.format(what=_(CHECKS[what])))

    # -- within

    def _card(self, patient_id: str) -> PatientCard | None:
        return next((one for one in self._lists.patients if one.id == patient_id), None)

    def _may(self, patient_id: str) -> Outcome | None:
        if barred := self._barred():
            return self._say(False, barred, "refused")
        if self._card(patient_id) is None:
            return self._say(False, _("Choose a patient first."), "refused")
        return None

    async def _keep(self, patient_id: str, said: Document, text: str) -> Outcome:
        await self._recorder.append(stream_of(patient_id), said)
        await self._lists.refresh()
        return self._say(True, text, "done")

    async def _note(
        self, sitting: Sitting, said: TodayAsked | PreflightChecked, text: str
    ) -> Outcome:
        await self._recorder.append(sitting.id, said)
        sitting.before.said(said)
        return self._say(True, text, "done")


def why_needed() -> str:
    """Asks for a reason within its length."""
    return _("Say why in 1 to {most} characters.").format(most=LONGEST_WHY)
