"""Owns what the screens before exposure need of whoever leads; knows neither link nor record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from controller.protocol.model import Screening
from controller.session.anchors import Anchor
from controller.session.before.entries import Check, ScreeningAnswer, TodayItem
from controller.session.before.leading import Kept
from controller.session.before.so_far import Missing
from controller.session.keeping import Consenting, ConsentTo
from controller.session.now import Outcome, PatientCard
from controller.session.taking_part import TakingPart
from vr_runtime.wire.acts import Refuge


class Before(Protocol):
    """What is asked, noted and checked before a patient is exposed; each said once durable."""

    @property
    def screening(self) -> Screening | None:
        """What the clinic's protocol asks; None where nothing is asked."""
        ...

    def to_open(self, patient: PatientCard) -> tuple[Missing, ...]:
        """What is missing before a session with this patient is opened."""
        ...

    def kept(self, what: str) -> Kept:
        """Answers given so far and not saved yet: of a patient's screening, or `today`'s."""
        ...

    async def answer_screening(
        self, patient_id: str, answers: Sequence[ScreeningAnswer]
    ) -> Outcome:
        """Record a whole screening; a later one takes its place."""
        ...

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
        """Note a consent as the paper says it."""
        ...

    async def withdraw(self, patient_id: str, to: ConsentTo, by: Consenting) -> Outcome:
        """Note that something is not consented to any more."""
        ...

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
        ...

    async def answer_today(self, answers: Sequence[tuple[TodayItem, bool, str]]) -> Outcome:
        """Record how the patient is today: each question, yes or no, and why it goes on."""
        ...

    async def check(self, what: Check, why: str = "") -> Outcome:
        """Record one check as done, or as left out where a reason is given."""
        ...
