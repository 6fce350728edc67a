"""What a staged lead has put before the patient's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from controller.session.clinical import AdverseType, Severity
from controller.session.now import Outcome
from vr_runtime.wire.sight import PatientSettings

if TYPE_CHECKING:
    from staged import StagedLead


class StagedEyes:
    """What was put before the patient's eyes, remembered with the other acts."""

    def __init__(self, lead: StagedLead) -> None:
        self._lead = lead

    def _done(self, *act: object) -> Outcome:
        return self._lead._do(*act) or Outcome(True, "")

    async def ask_rating(self) -> Outcome:
        return self._done("ask_rating")

    async def show_text(self, text: str, lasting: bool = False) -> Outcome:
        return self._done("show_text", text, lasting)

    async def take_away(self, what: Literal["text", "dial"]) -> Outcome:
        return self._done("take_away", what)

    async def show_way_out(self) -> Outcome:
        return self._done("show_way_out")

    async def recentre(self) -> Outcome:
        return self._done("recentre")

    async def set_patient(self, patient: PatientSettings) -> Outcome:
        outcome = self._done("set_patient", patient)
        if outcome.ok:
            self._lead.sight = self._lead.sight.model_copy(update={"patient": patient})
        return outcome

    async def read_as_usual(self) -> Outcome:
        patient = self._lead.sight.patient.model_copy(update={"language": None})
        self._lead.sight = self._lead.sight.model_copy(update={"patient": patient})
        return self._done("read_as_usual")

    async def ask_by_itself(self, asks: bool) -> Outcome:
        self._lead.dial_by_itself = asks
        return self._done("ask_by_itself", asks)


class StagedBedside:
    """What was written down of the patient, remembered with the other acts."""

    def __init__(self, lead: StagedLead) -> None:
        self._lead = lead

    async def befell(self, what: AdverseType, severity: Severity) -> Outcome:
        return self._lead._do("befell", what, severity) or Outcome(True, "")


class AtThePatient:
    """What of a staged lead is before the patient's eyes and at their side."""

    @property
    def eyes(self) -> StagedEyes:
        return StagedEyes(self)  # type: ignore[arg-type]

    @property
    def bedside(self) -> StagedBedside:
        return StagedBedside(self)  # type: ignore[arg-type]
