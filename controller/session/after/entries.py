"""Owns the kinds of entries of what follows the last trial; judges nothing and knows no screen.

All stand in the session's own stream, so that a console that takes the session up finds them. What
is said twice holds as it was said last; both stay. Ticks are the runtime's, 30 a second.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from controller.clinic_files.parts import Identifier
from controller.questionnaires.model import Advice
from controller.session.document import Document

LONGEST_NOTE, LONGEST_LEARNED, LONGEST_LINE = 8000, 1000, 400
"""Characters of the therapist's note, of what was learned, and of one line."""

AfterPart = Literal["recovery", "questionnaires", "debrief", "homework", "release", "note"]
PARTS: tuple[AfterPart, ...] = (
    *("recovery", "questionnaires", "debrief", "homework", "release", "note"),
)
"""What there is to do after the last trial, in its order."""
HowRecovered = Literal["recovered", "time_out", "left"]
"""Distress came down far enough; the time for it was over; or the therapist went on before."""
Answer = Literal["heeded", "left", "unanswered"]
"""What the therapist did with a piece of advice: left the scene, put it aside, or nothing."""


class SicknessAdvised(Document):
    """A sickness rating reached a threshold of the protocol, which was shown as advice."""

    kind: Literal["sickness_advised"] = "sickness_advised"
    threshold: Identifier
    advice: Advice
    rated: int
    """The rating that reached it, on the scale of the questionnaire."""
    tick: int
    answer: Answer


class RecoveryEnded(Document):
    """The wait for distress to come down ended. The figures are those it was judged by."""

    kind: Literal["recovery_ended"] = "recovery_ended"
    how: HowRecovered
    baseline: int | None = Field(ge=0, le=100)
    """Distress before the first trial; None where nobody asked: then nothing was judged."""
    above: float
    """Recovered at baseline + this, or below."""
    last: int | None = Field(ge=0, le=100)
    """The last distress since the scene was left; None where none was given."""
    waited_s: float = Field(ge=0)
    tick: int

    @model_validator(mode="after")
    def _as_judged(self) -> RecoveryEnded:
        known = self.baseline is not None and self.last is not None
        if self.how == "recovered" and not (known and self.last <= self.baseline + self.above):  # type: ignore[operator]
            raise ValueError("recovered needs a rating that is low enough")
        return self


class Debriefed(Document):
    """What the patient learned, in their own words."""

    kind: Literal["debriefed"] = "debriefed"
    learned: str = Field(min_length=1, max_length=LONGEST_LEARNED)
    tick: int


class HomeworkGiven(Document):
    """What was agreed on until next time."""

    kind: Literal["homework_given"] = "homework_given"
    what: str = Field(min_length=1, max_length=LONGEST_LINE)
    often: str = Field(default="", max_length=LONGEST_LINE)
    until: str = Field(default="", max_length=LONGEST_LINE)
    tick: int


class ReleaseItem(BaseModel):
    """One point of the release: confirmed, or left out for a reason; never open."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: Identifier
    text: str = Field(min_length=1, max_length=2000)
    """As it was shown."""
    confirmed: bool
    reason: str = Field(default="", max_length=LONGEST_LINE)
    """Why it was left out; empty where it is confirmed."""

    @model_validator(mode="after")
    def _decided(self) -> ReleaseItem:
        if self.confirmed == bool(self.reason.strip()):
            raise ValueError("a point is confirmed, or left out with a reason")
        return self


class Released(Document):
    """The patient may go: every point of the protocol is confirmed, or left out for a reason."""

    kind: Literal["released"] = "released"
    items: tuple[ReleaseItem, ...] = Field(min_length=1)
    tick: int


class NoteDrafted(Document):
    """The therapist's note as it was typed so far: no statement yet, kept against loss."""

    kind: Literal["note_drafted"] = "note_drafted"
    text: str = Field(max_length=LONGEST_NOTE)
    tick: int


class NoteValidated(Document):
    """The therapist's note, which whoever wrote the entry stands for."""

    kind: Literal["note_validated"] = "note_validated"
    text: str = Field(min_length=1, max_length=LONGEST_NOTE)
    corrects: int | None = Field(default=None, ge=1)
    """Number of the validated note whose place it takes; None for the first one."""
    tick: int


class LeftOut(Document):
    """The session was ended without these parts of what follows the last trial."""

    kind: Literal["left_out"] = "left_out"
    parts: tuple[AfterPart, ...] = Field(min_length=1)
    tick: int


Said = RecoveryEnded | Debriefed | HomeworkGiven | Released | NoteDrafted | NoteValidated | LeftOut
KINDS = (
    *(SicknessAdvised, RecoveryEnded, Debriefed, HomeworkGiven),
    *(Released, NoteDrafted, NoteValidated, LeftOut),
)
