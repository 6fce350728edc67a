"""Owns the kinds of entries a record is made of; knows neither database nor screen.

An entry is written once and never changed. A correction is a new entry that names the one it
corrects. Ticks are the runtime's, 30 a second; levels 0 to 10; distress 0 to 100.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from controller.clinic_files.parts import Review
from controller.protocol.model import Mode
from controller.session.after.entries import Said as AfterSaid
from controller.session.after.entries import SicknessAdvised
from controller.session.anchors import Anchor
from controller.session.answering import AlertShown, QuestionnaireAnswered
from controller.session.appointments import Appointment
from controller.session.bat.entries import BatSaid
from controller.session.before.entries import (
    OpenedOn,
    PreflightChecked,
    ScreeningAnswered,
    TodayAsked,
)
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.document import CLINIC, Document, is_lasting, stream_of
from controller.session.keeping import (
    ConsentGiven,
    ConsentWithdrawn,
    PatientErased,
    ProtocolSet,
    Restriction,
    RetentionSet,
)
from controller.session.pacing.entries import Paced
from controller.session.pack_entries import PackApproved, PackRevoked
from controller.session.plans.entries import HierarchySet, RowTaken
from controller.session.rectifying import Rectification
from controller.session.safety.entries import SafetyBehaviour
from controller.session.taking_part import TakingPart
from controller.session.tending import RecordTended
from scenarios.api.manifest import Manifest
from vr_runtime.wire.acts import Refuge
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.packs import PackRef

__all__ = ["CLINIC", "Document", "is_lasting", "stream_of"]

RatingKind = Literal[
    "baseline", "anticipatory", "interval", "peak", "end", "recovery", "spontaneous"
]
Scale = Literal["0-100", "0-10"]
Source = Literal["therapist", "patient"]
PromptMode = Mode
LONGEST_NOTE, LONGEST_REMARK = 4000, 400
"""Characters of a note, and of what is remarked on a rating when it is corrected."""
Role = Literal["therapist", "supervisor", "trainee"]


class OperatorAdded(Document):
    """Somebody who may lead sessions here."""

    kind: Literal["operator_added"] = "operator_added"
    operator: str
    name: str
    role: Role = "therapist"
    administers: bool = True
    """May add, change and disable operators. Who came before there were more than one does."""
    secret: str = Field(default="", repr=False)
    """The passphrase as Argon2id keeps it, salt and parameters included; empty without one."""


class OperatorChanged(Document):
    """Another word on an operator from now on; what is None stays. Nobody is ever removed."""

    kind: Literal["operator_changed"] = "operator_changed"
    operator: str
    name: str | None = None
    role: Role | None = None
    administers: bool | None = None
    secret: str | None = Field(default=None, repr=False)
    """As in `OperatorAdded`; empty takes the passphrase away."""
    disabled: bool | None = None


class OperatorPresent(Document):
    """Somebody showed who they are: what follows at this console is theirs."""

    kind: Literal["operator_present"] = "operator_present"
    operator: str
    how: Literal["start", "unlock", "command"]


class WrongPassphrase(Document):
    """Somebody tried to be this operator and gave another passphrase."""

    kind: Literal["wrong_passphrase"] = "wrong_passphrase"
    operator: str
    how: Literal["start", "unlock", "command"]


class Accessed(Document):
    """Somebody looked at what was kept: one for each operator, object and hour."""

    kind: Literal["accessed"] = "accessed"
    what: Literal[
        "session",
        "sessions",
        "report",
        "export",
        "copy",
        "questionnaires",
        "patients",
        "hierarchy",
    ]
    """One past session, a list of them, a report, an export, a patient's own copy, what a patient
    answered in questionnaires, the list of all patients, or what a patient fears, row by row."""
    patient: str = ""
    """The record's own id; with a list of sessions, empty for those of all patients."""
    session: str = ""


class PatientAdded(Document):
    """A patient, by pseudonym."""

    kind: Literal["patient_added"] = "patient_added"
    patient: str
    """The record's own id, which never leaves it."""
    pseudonym: str
    ceiling: int = Field(ge=0, le=10)
    scale: Scale = "0-100"
    safe_place: Refuge = "meadow"


class PatientChanged(Document):
    """New settings for a patient from now on."""

    kind: Literal["patient_changed"] = "patient_changed"
    patient: str
    pseudonym: str | None = None
    """Another one from now on. Entries keep the one they were written under; whoever reads an
    earlier session is told the present one."""
    ceiling: int | None = Field(default=None, ge=0, le=10)
    scale: Scale | None = None
    minor: bool | None = None
    """Whether a guardian has to consent."""
    safe_place: Refuge | None = None
    takes_part: TakingPart | None = None
    """What was set in a session of how the patient sees, reads and answers; the rest stays."""
    anchor: Anchor | None = None


class ProtocolApplied(BaseModel):
    """Which of the clinic's protocols a session is led by, and what its figures depend on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: str
    sha256: str
    """Of the protocol's file, which the clinic's own stream holds, or which ships."""
    reviewed: Review | None
    """Who of the clinic had read it, and when; None while nobody had."""
    limit_s: float
    """Length of a session that the console counts down from."""
    peak_floor: float
    """Least peak for which the 50 % criterion is judged."""
    longest_between: float
    """Ratings more than so many prompt intervals apart are not joined."""


class SessionOpened(Document):
    """A session began: what was to be shown to whom, by which software."""

    kind: Literal["session_opened"] = "session_opened"
    patient: str
    pseudonym: str
    scenario: Manifest
    seed: int
    ceiling: int
    grace_s: float
    scale: Scale
    display: str
    palier: str
    """Version of this software."""
    protocol: int
    boot: str
    tick: int
    """Tick of the runtime at which the session's time begins."""
    simulated: bool
    """True when the patient was simulated."""
    language: Literal["fr", "en"]
    prompt_every_s: float
    """0 where no rating falls due by time."""
    prompt_window_s: float
    prompt_mode: PromptMode = "interval"
    clinic_protocol: ProtocolApplied | None = None
    """None in sessions from before there were any. `protocol` is the version of the messages."""
    pack: PackRef | None = None
    """The pack that the scenario comes from; None for one that comes from none."""
    opened_on: OpenedOn | None = None
    """Screening and consent that held; None where they were not asked for."""


class FromRuntime(Document):
    """One piece of the runtime's numbered news, as it came."""

    kind: Literal["runtime"] = "runtime"
    happened: Happened


class Gap(Document):
    """News of the runtime that could not be had any more: numbers `after` < n <= `until`."""

    kind: Literal["gap"] = "gap"
    after: int
    until: int


class Rating(Document):
    """A distress rating, or the statement that none was given."""

    kind: Literal["rating"] = "rating"
    rating: RatingKind
    suds: int | None = Field(ge=0, le=100)
    """Canonical 0 to 100; None when it was asked and not answered. Never carried on."""
    scale: Scale
    raw: str
    """What was typed, as it was typed."""
    tick: int
    """Tick at which it was answered, or given up."""
    due: int | None
    """Tick at which it fell due; None for one that was not asked."""
    level: float
    """Applied level at `tick`."""
    trial: int
    """Number of the trial, 0 outside one."""
    phase: str
    reason: str = ""
    """Why there is no answer, when there is none."""
    source: Source = "therapist"
    """Who gave it: the therapist typed what was said, or the patient answered the dial."""


class Note(Document):
    """What the therapist wrote."""

    kind: Literal["note"] = "note"
    text: str = Field(max_length=LONGEST_NOTE)
    tick: int


class Correction(Document):
    """A later statement about an earlier entry of the same session, which stays as it is."""

    kind: Literal["correction"] = "correction"
    corrects: int
    suds: int | None = Field(default=None, ge=0, le=100)
    text: str = ""
    """The note as it reads from now on, or a remark on a rating. Whoever writes one keeps to the
    lengths above; there is no limit here, for records from before there was one must open."""
    tick: int


class LinkChanged(Document):
    """The console lost the runtime, or has it again."""

    kind: Literal["link"] = "link"
    state: Literal["live", "stale", "lost"]
    tick: int


class SessionContinued(Document):
    """A console took up a session that an earlier one had left open."""

    kind: Literal["session_continued"] = "session_continued"
    tick: int
    boot: str
    """Start of the runtime that still had it."""
    palier: str
    """Version of this software."""


class ConsoleSlept(Document):
    """The console's machine or process stood still; nothing was led from it meanwhile."""

    kind: Literal["console_slept"] = "console_slept"
    seconds: float = Field(gt=0)
    tick: int


class ClockJumped(Document):
    """The wall clock was set; order and durations go by ticks and are not touched."""

    kind: Literal["clock_jumped"] = "clock_jumped"
    seconds: float
    """How far it went ahead of the clock that never jumps; negative when it was set back."""
    tick: int


Ended = Literal["closed", "interrupted", "mistaken"]
"""In order, broken off, or undone before anything of a patient was in it."""


class SessionClosed(Document):
    """The session ended."""

    kind: Literal["session_closed"] = "session_closed"
    how: Ended
    tick: int
    digest: str
    """Digest of the engine's last known state."""


AnyDocument = Annotated[
    OperatorAdded
    | OperatorChanged
    | OperatorPresent
    | WrongPassphrase
    | Accessed
    | PatientAdded
    | PatientChanged
    | ConsentGiven
    | ConsentWithdrawn
    | Restriction
    | PatientErased
    | RetentionSet
    | ProtocolSet
    | PackApproved
    | PackRevoked
    | RecordTended
    | Rectification
    | QuestionnaireAnswered
    | AlertShown
    | Appointment
    | HierarchySet
    | ScreeningAnswered
    | TodayAsked
    | PreflightChecked
    | SessionOpened
    | FromRuntime
    | Gap
    | Rating
    | Note
    | Correction
    | AdverseEvent
    | Expectancy
    | SicknessAdvised
    | AfterSaid
    | BatSaid
    | Paced
    | SafetyBehaviour
    | RowTaken
    | LinkChanged
    | SessionContinued
    | ConsoleSlept
    | ClockJumped
    | SessionClosed,
    Field(discriminator="kind"),
]
DOCUMENTS: TypeAdapter[Any] = TypeAdapter(AnyDocument)


class Entry(BaseModel):
    """One line of the record: who said what, when, in which stream and at which place."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    session: str
    seq: int = Field(ge=1)
    kind: str
    operator: str
    mono_ns: int
    """Monotonic clock of the console, nanoseconds; orders entries within one run."""
    wall: str
    """UTC, ISO 8601 with microseconds; for people, never for order."""
    data: AnyDocument

    def body(self) -> str:
        """Canonical JSON: sorted keys, no spaces, no escapes beyond JSON's own. This is hashed."""
        return json.dumps(
            self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    @classmethod
    def from_body(cls, body: str) -> Entry:
        """Read an entry back from its body; raises `pydantic.ValidationError`."""
        return cls.model_validate_json(body)
