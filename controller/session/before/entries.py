"""Owns the kinds of entries on what is asked and checked before a patient is exposed.

It knows neither the clinic's protocol nor when something is missing.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from controller.clinic_files.parts import Words
from controller.session.document import Document
from controller.session.keeping import Consenting

LONGEST_WHY = 200
"""Characters of a reason, and of who cleared what."""

Dealt = Literal["open", "cleared", "overridden"]
"""What became of a yes. `open`: nothing yet, and no session is opened. `cleared`: by whom, and what
was agreed. `overridden`: whoever leads goes ahead all the same, and says why."""
TodayItem = Literal["illness", "sleep", "alcohol", "medication", "empty_stomach", "changed"]
Check = Literal[
    "display",
    "sound",
    "space",
    "seat",
    "stop_signal",
    "way_out_patient",
    "way_out_therapist",
]
REHEARSED: tuple[Check, ...] = ("way_out_patient", "way_out_therapist")
"""Done once the runtime tells of it, and never because somebody says so."""


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class ScreeningAnswer(_Said):
    """One question of the screening and its answer."""

    item: str = Field(min_length=1, max_length=40)
    asked: Words
    """The question, as the protocol has it."""
    yes: bool
    dealt: Dealt | None = None
    """Of a yes alone."""
    why: str = Field(default="", max_length=LONGEST_WHY)
    """Who cleared it and what was agreed, or why it was overridden."""

    @model_validator(mode="after")
    def _a_yes_is_dealt_with(self) -> ScreeningAnswer:
        if self.yes is (self.dealt is None):
            raise ValueError("a yes, and no other answer, says what became of it")
        if (self.dealt in ("cleared", "overridden")) is not bool(self.why):
            raise ValueError("a clearance says by whom, an override why, and nothing else does")
        return self


class ScreeningAnswered(Document):
    """A patient was asked all questions of the screening. A later one takes its place."""

    kind: Literal["screening_answered"] = "screening_answered"
    patient: str
    protocol: str
    version: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the protocol's file."""
    items: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of its questions alone: another version with the same questions asks nothing anew."""
    answers: tuple[ScreeningAnswer, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> ScreeningAnswered:
        names = [one.item for one in self.answers]
        if len(set(names)) != len(names):
            raise ValueError("each question is answered once")
        return self


class OpenedOn(_Said):
    """What a session was opened on: the screening and the consent that held then."""

    screened: str
    """When the screening was answered: UTC, ISO 8601."""
    protocol: str
    version: str
    yes: tuple[ScreeningAnswer, ...]
    """The answers that were a yes."""
    consent: str
    """Version of the wording of the consent to exposure."""
    by: Consenting


class TodayAnswer(_Said):
    """One question about today and its answer."""

    item: TodayItem
    yes: bool
    why: str = Field(default="", max_length=LONGEST_WHY)
    """Why the session goes on with a yes."""

    @model_validator(mode="after")
    def _goes_on_for_a_reason(self) -> TodayAnswer:
        if self.yes is not bool(self.why):
            raise ValueError("going on with a yes needs a reason, and nothing else does")
        return self


class TodayAsked(Document):
    """How the patient is today, asked in the session before its first trial."""

    kind: Literal["today_asked"] = "today_asked"
    answers: tuple[TodayAnswer, ...] = Field(min_length=1)
    tick: int


class PreflightChecked(Document):
    """One thing that is looked at before the first trial: done, or left out for a reason."""

    kind: Literal["preflight_checked"] = "preflight_checked"
    check: Check
    done: bool
    why: str = Field(default="", max_length=LONGEST_WHY)
    """Why it was left out."""
    tick: int

    @model_validator(mode="after")
    def _left_out_for_a_reason(self) -> PreflightChecked:
        if self.done is bool(self.why):
            raise ValueError("what is left out has a reason, and nothing else has")
        if self.done and self.check in REHEARSED:
            raise ValueError("a way out is rehearsed by the runtime's word alone")
        return self
