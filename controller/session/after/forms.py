"""Owns questionnaires asked at the console in an open session, and sickness ratings in it.

It keeps what was answered and not saved yet, so that no stop, lost link or other screen takes an
answer away. Scores are in `questionnaires`; it knows no screen and advises nothing by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from controller.language import _, language
from controller.protocol import sickness as rules
from controller.questionnaires.fingerprint import fingerprint
from controller.questionnaires.library import known, shipped
from controller.questionnaires.limits import reached
from controller.questionnaires.model import Item, Questionnaire, Threshold, Used
from controller.questionnaires.scoring import WrongAnswer, score
from controller.session.after.entries import Answer, SicknessAdvised
from controller.session.answered import answered
from controller.session.answering import AlertShown, QuestionnaireAnswered
from controller.session.clinic import Clinic
from controller.session.document import stream_of
from controller.session.notices import Notices
from controller.session.now import Now, Outcome, SicknessNow
from controller.session.ports import Books, Recorder
from controller.session.sitting import Sitting


@dataclass
class Draft:
    """A questionnaire that is being answered."""

    answers: dict[str, int | None] = field(default_factory=dict)
    """Of each item that was come to; None where it was left out."""
    at: int = 0
    """The item that is asked now; as many as there are once all were gone through."""
    alerted: set[str] = field(default_factory=set)
    """Items of which it was recorded that an alert was shown."""


@dataclass(frozen=True)
class Reached:
    """A threshold of the protocol that the last sickness rating has reached."""

    threshold: Threshold
    rated: int
    tick: int


class Forms:
    """What a patient answers in the open session (`controller.ui.after_port.Forms`)."""

    def __init__(
        self,
        sitting: Callable[[], Sitting | None],
        no_session: Callable[[], Outcome],
        clinic: Clinic,
        recorder: Recorder,
        books: Books,
        notices: Notices,
    ) -> None:
        """`sitting` is the open session, `no_session` says that there is none."""
        self._sitting, self._no_session = sitting, no_session
        self._recorder, self._books, self._notices = recorder, books, notices
        self._sickness = clinic.protocol.sickness
        self._asked = rules.asked(clinic.protocol.sickness)
        self._drafts: dict[tuple[str, str, Used], Draft] = {}
        self._saving: set[tuple[str, str, Used]] = set()
        """What is on its way to the record: it is not given to it twice."""

    # -- what there is

    def offered(self, when: Used) -> tuple[Questionnaire, ...]:
        """Those that are given then and can be shown; what is offered unchosen comes first."""
        fit = [one for one in shipped() if when in one.used]
        return tuple(sorted(fit, key=lambda one: (not one.default, one.id)))

    def draft(self, of: Questionnaire, when: Used) -> Draft:
        """What was answered so far in this session and is not saved yet; it lasts until then."""
        sitting = self._sitting()
        session = "" if sitting is None else sitting.id
        return self._drafts.setdefault((session, of.id, when), Draft())

    def seen(self, now: Now) -> Now:
        """The same with how sick the patient said to be last."""
        found = self._ratings()
        if self._asked is None or not found:
            return now
        at_s, value = found[-1]
        over = reached(self._asked, self._sickness.scale, found)
        scale = self._asked.scale(self._sickness.scale)
        highest = 0 if scale is None else int(scale.highest)
        advice = over[0].advice if over else None
        return replace(now, sickness=SicknessNow(int(value), highest, at_s, advice))

    def _ratings(self) -> list[tuple[float, float]]:
        """(second of the session, score) of each sickness rating; one without time is not here."""
        sitting = self._sitting()
        if sitting is None or self._asked is None:
            return []
        found = []
        for said in sitting.forms:
            if said.questionnaire != self._asked.id or said.at_s is None:
                continue
            value = score(self._asked, dict(said.answers)).of(self._sickness.scale).value
            if value is not None:
                found.append((said.at_s, value))
        return sorted(found)

    def advice(self) -> Reached | None:
        """The gravest threshold that the newest sickness rating has reached, or None."""
        found, sitting = self._ratings(), self._sitting()
        if self._asked is None or sitting is None or not found:
            return None
        over = reached(self._asked, self._sickness.scale, found)
        return Reached(over[0], int(found[-1][1]), sitting.tick()) if over else None

    # -- what is written down

    async def save(self, of: Questionnaire, when: Used) -> Outcome:
        """Keep the answers of this questionnaire; said, and its draft let go, once durable."""
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        draft = self.draft(of, when)
        answers = tuple((item.id, draft.answers.get(item.id)) for item in of.items)
        if all(value is None for _name, value in answers):
            text = _("No item was answered; nothing was saved.")
            return self._notices.say(False, text, "refused")
        which = (sitting.id, of.id, when)
        if which in self._saving:
            text = _("These answers are on their way to the record already.")
            return self._notices.say(False, text, "refused")
        self._saving.add(which)
        try:
            outcome = await self._keep(sitting, of, when, answers)
        finally:
            self._saving.discard(which)
        if self._drafts.get(which) is draft:
            del self._drafts[which]
        return outcome

    async def _keep(
        self,
        sitting: Sitting,
        of: Questionnaire,
        when: Used,
        answers: tuple[tuple[str, int | None], ...],
    ) -> Outcome:
        said = QuestionnaireAnswered(
            patient=sitting.patient.id,
            questionnaire=of.id,
            version=of.version,
            language=language() if language() in of.languages else None,
            when=when,
            answers=answers,
            session=sitting.id,
            scoring=fingerprint(of),
            at_s=round(sitting.at_s(), 1),
        )
        await self._recorder.append(stream_of(sitting.patient.id), said)
        sitting.forms = (*sitting.forms, said)
        text = _("The answers to {name} are saved.").format(name=of.title.of(language()))
        return self._notices.say(True, text, "done")

    async def alerted(self, of: Questionnaire, when: Used, item: Item) -> Outcome:
        """Record that an alert on this item was shown; once for each time it is gone through."""
        sitting, draft = self._sitting(), self.draft(of, when)
        if sitting is None:
            return self._no_session()
        if item.id in draft.alerted:
            return Outcome(True, "")
        draft.alerted.add(item.id)
        said = AlertShown(
            patient=sitting.patient.id, questionnaire=of.id, version=of.version, item=item.id
        )
        await self._recorder.append(stream_of(sitting.patient.id), said)
        return Outcome(True, "")

    async def sick(self, typed: str) -> Outcome:
        """Record how sick the patient says to be now, as a whole number of the scale."""
        sitting, of = self._sitting(), self._asked
        if sitting is None:
            return self._no_session()
        if of is None or len(of.items) != 1:
            text = _("The protocol's sickness questionnaire has several questions; ask it whole.")
            return self._notices.say(False, text, "refused")
        item = of.items[0]
        span = of.range_of(item)
        try:
            score(of, {item.id: int(typed)})
        except (ValueError, WrongAnswer):
            text = _("Type how sick, {lowest} to {highest}, then Enter.")
            told = text.format(lowest=span.lowest, highest=span.highest)
            return self._notices.say(False, told, "refused")
        await self._keep(sitting, of, "in_session", ((item.id, int(typed)),))
        text = _("Sickness {value} of {highest} is saved.")
        told = text.format(value=int(typed), highest=span.highest)
        return self._notices.say(True, told, "done")

    async def advised(self, shown: Reached, answer: Answer) -> Outcome:
        """Record that this was shown as advice, and what the therapist did with it."""
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        said = SicknessAdvised(
            threshold=shown.threshold.id,
            advice=shown.threshold.advice,
            rated=shown.rated,
            tick=shown.tick,
            answer=answer,
        )
        seq = await self._recorder.append(sitting.id, said)
        sitting.after = sitting.after.then(said, seq)
        return Outcome(True, "")

    async def recall(self) -> Outcome:
        """Read again what the patient answered in this session, also at another console."""
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        stream = stream_of(sitting.patient.id)
        try:
            entries = await asyncio.to_thread(self._books.entries, stream)
        except OSError as error:
            return self._notices.say(False, str(error), "alarm")
        found = [one.said for one in answered(entries, known) if one.said.session == sitting.id]
        if len(found) >= len(sitting.forms):
            sitting.forms = tuple(found)
        return Outcome(True, "")
