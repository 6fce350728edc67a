"""What is asked and checked before exposure, on a staged lead: the gate is the real one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from preparing import SCREENING, answers, asking
from staged import StagedLead
from staged_eyes import NothingAsked

from controller.protocol.model import Screening
from controller.session.before import gate
from controller.session.before.entries import PreflightChecked, TodayAnswer, TodayAsked
from controller.session.before.leading import answered
from controller.session.before.screened import Screened
from controller.session.before.so_far import Missing, SoFar
from controller.session.now import Consented, Now, Outcome, PatientCard
from vr_runtime.wire.acts import PatientLeft, Phase, SafePlace
from vr_runtime.wire.happenings import Applied

WHEN = "2026-11-30T09:00:00.000000Z"
PREPARED: dict[str, Any] = {
    "consents": (Consented("session", "2026-11", "patient", WHEN),),
    "screened": Screened(WHEN, answered(asking(), "p1", answers())),  # type: ignore[arg-type]
}
"""What a patient has of whom nothing is missing."""


class StagedBefore(NothingAsked):
    """Answers as the real one does; what was answered stands on the patient's card."""

    def kept(self, what: str) -> Any:
        return self._lead.kept.setdefault(what, {})

    def __init__(self, lead: PreparingLead) -> None:
        self._lead = lead

    @property
    def screening(self) -> Screening | None:
        return SCREENING

    def to_open(self, patient: PatientCard) -> tuple[Missing, ...]:
        return gate.to_open(SCREENING, patient)

    def _change(self, patient_id: str, **more: Any) -> None:
        cards = self._lead.cards
        at = next(n for n, card in enumerate(cards) if card.id == patient_id)
        cards[at] = replace(cards[at], **more)

    async def answer_screening(self, patient_id: str, given: Any) -> Outcome:
        if refused := self._lead._do("answer_screening", patient_id, given):
            return refused
        said = answered(asking(), patient_id, given)
        if isinstance(said, str):
            return Outcome(False, said)
        self._change(patient_id, screened=Screened(WHEN, said))
        return Outcome(True, "The screening is saved.")

    async def consent(self, patient_id: str, to: Any, version: str, **how: Any) -> Outcome:
        if refused := self._lead._do("consent", patient_id, to, version, how):
            return refused
        card = next(card for card in self._lead.cards if card.id == patient_id)
        others = tuple(one for one in card.consents if one.to != to)
        self._change(patient_id, consents=(*others, Consented(to, version, how["by"], WHEN)))
        return Outcome(True, "The consent is saved.")

    async def withdraw(self, patient_id: str, to: Any, by: Any) -> Outcome:
        self._lead._do("withdraw", patient_id, to, by)
        card = next(card for card in self._lead.cards if card.id == patient_id)
        self._change(patient_id, consents=tuple(one for one in card.consents if one.to != to))
        return Outcome(True, "Saved.")

    async def set_patient(self, patient_id: str, **change: Any) -> Outcome:
        self._lead._do("set_patient", patient_id, change)
        return Outcome(True, "The patient's settings are saved.")

    async def answer_today(self, given: Any) -> Outcome:
        if refused := self._lead._do("answer_today", given):
            return refused
        said = tuple(TodayAnswer(item=item, yes=yes, why=why) for item, yes, why in given)
        self._lead.so_far.said(TodayAsked(answers=said, tick=0))
        return Outcome(True, "How the patient is today is saved.")

    async def check(self, what: Any, why: str = "") -> Outcome:
        self._lead._do("check", what, why)
        if not why and what.startswith("way_out"):
            return Outcome(False, "The way out counts once it was used.")
        self._lead.so_far.said(PreflightChecked(check=what, done=not why, why=why, tick=0))
        return Outcome(True, "Saved.")


@dataclass
class PreparingLead(StagedLead):
    """A lead whose clinic has a protocol."""

    so_far: SoFar = field(default_factory=SoFar)
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def before(self) -> StagedBefore:
        return StagedBefore(self)

    def now(self) -> Now:
        now = super().now()
        if not self.open or self.trial:
            return now
        return replace(now, before=self.so_far.seen(gate.to_begin(self.so_far.seen(()))))

    def press_way_out(self) -> None:
        """The patient presses the way out, and the runtime tells of it."""
        self.so_far.on_news(Applied(act=PatientLeft(), by="patient"))
        self._leave(Phase.SAFE_PLACE, "patient_left")

    async def safe_place(self) -> Outcome:
        outcome = await super().safe_place()
        self.so_far.on_news(Applied(act=SafePlace(), by="console"))
        return outcome


def patient_cards(*, prepared: bool) -> list[PatientCard]:
    """One patient, of whom everything or nothing is there."""
    card = PatientCard("p1", "P-0417", 7, "0-100", 3, "2026-03-02T10:00:00+00:00")
    return [replace(card, **PREPARED) if prepared else card]


def in_session() -> PreparingLead:
    """A session before its first trial."""
    return PreparingLead(
        cards=patient_cards(prepared=True), open=True, phase=Phase.READY, at_s=70.0
    )
