"""What a staged lead has put before the patient's eyes."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

from staged_after import AfterTrials, _nobody
from staged_library import StagedLibrary
from staged_plans import StagedPlans
from staged_reviews import AtOnce, Shelf, reviews_of, two_sessions

from controller.protocol.model import Screening
from controller.recorded.model import RecordedLine
from controller.session.bedside import Bedside
from controller.session.before.so_far import Missing
from controller.session.clinical import AdverseType, Severity
from controller.session.now import Now, Outcome, PatientCard
from controller.session.plans.at_work import AtWork
from controller.session.remarks import behaviours_in_each
from controller.session.reviews import Reviews
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


class StagedLines:
    """The recorded lines that a staged clinic has, remembered with the other acts."""

    def __init__(self, lead: StagedLead) -> None:
        self._lead = lead
        self.there: tuple[RecordedLine, ...] = ()

    async def play(self, name: str) -> Outcome:
        return self._lead._do("play_line", name) or Outcome(True, "")

    async def end(self) -> Outcome:
        return self._lead._do("end_line") or Outcome(True, "")


class StagedBedside(Bedside):
    """What was written down of the patient, remembered with the other acts."""

    def __init__(self, lead: StagedLead) -> None:
        record: Any = lead.record
        usual = partial(behaviours_in_each, lead.after.protocol)
        super().__init__(lead._sitting, _nobody, record, record, usual)
        self._lead = lead

    async def befell(self, what: AdverseType, severity: Severity) -> Outcome:
        return self._lead._do("befell", what, severity) or Outcome(True, "")


class NothingAsked:
    """A clinic without a protocol: nothing is asked before a session."""

    screening: Screening | None = None

    def to_open(self, patient: PatientCard) -> tuple[Missing, ...]:
        return ()


class AtThePatient(AfterTrials):
    """What of a staged lead is before the patient's eyes and at their side."""

    line = None
    """The recorded line that the patient hears."""

    @property
    def eyes(self) -> StagedEyes:
        return StagedEyes(self)  # type: ignore[arg-type]

    @cached_property
    def plans(self) -> StagedPlans:
        lead: Any = self
        work = AtWork(
            self._sitting,
            lead.now,
            lead.record,
            lambda: self.plans.refuse,
            lambda ok, text, _tone: Outcome(ok, text),
        )
        return StagedPlans(lambda: lead.cards, lead.manifests, work)

    def with_after(self, now: Now) -> Now:
        """With the row of the hierarchy that is worked on."""
        sitting = self._sitting()
        if sitting is not None and not sitting.met and getattr(self, "patient", None) is not None:
            sitting.met = True
            self.plans.at_work.opened(sitting)
        now = super().with_after(now)
        state = None if now.state is None else now.state.model_copy(update={"line": self.line})
        return replace(now, state=state)

    @cached_property
    def lines(self) -> StagedLines:
        return StagedLines(self)  # type: ignore[arg-type]

    @property
    def before(self) -> Any:
        return NothingAsked()

    @cached_property
    def library(self) -> StagedLibrary:
        return StagedLibrary()

    @property
    def bedside(self) -> StagedBedside:
        return StagedBedside(self)  # type: ignore[arg-type]

    @cached_property
    def shelf(self) -> Shelf:
        """The past sessions."""
        return two_sessions()

    @property
    def reviews(self) -> Reviews:
        return reviews_of(self.shelf, kind=AtOnce)
