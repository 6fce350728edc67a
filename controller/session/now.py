"""Owns the one picture of a session that every console draws from; knows no screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from controller.language import mark
from controller.questionnaires.model import Advice
from controller.session.after.so_far import AfterSoFar
from controller.session.anchors import Anchors
from controller.session.answering import QuestionnaireAnswered
from controller.session.bat.run import BatNow
from controller.session.before.screened import Screened
from controller.session.before.so_far import BeforeTrial
from controller.session.clinical import AdverseEvent
from controller.session.documents import Note, Rating, Scale
from controller.session.expected import Expected
from controller.session.keeping import Consenting, ConsentTo
from controller.session.pacing.seen import PaceNow
from controller.session.plans.entries import PlanRow
from controller.session.safety.so_far import SafetySoFar
from controller.session.taking_part import TakingPart
from scenarios.api.manifest import Manifest, Words
from vr_runtime.wire.acts import Phase, Refuge
from vr_runtime.wire.state import State

LinkState = Literal["connecting", "live", "stale", "lost", "refused"]


@dataclass(frozen=True)
class RecordHealth:
    """How the record stands, for the line of what matters."""

    waiting: int
    """Entries handed over and not yet durable."""
    trouble: str | None
    """One sentence on what is wrong and what to do, or None."""


@dataclass(frozen=True)
class LinkHealth:
    """How well the runtime is heard."""

    state: LinkState
    age_s: float
    """Seconds since the runtime's last news and half a round trip; what is shown as applied is
    that old, as far as it can be known."""
    round_trip_ms: float | None
    """The time a question and its answer take; None before the first answer."""
    in_control: bool
    why: str = ""
    """For `refused` and `lost`: one sentence, in the console's language."""


@dataclass(frozen=True)
class RatingDue:
    """When the next rating is to be asked."""

    opens_in_s: float
    """Seconds until it may be asked; 0 or less once the window is open."""
    closes_in_s: float
    """Seconds until it counts as missed."""
    window_s: float
    peak: bool = False
    """Asked is how high it was at most, and not how it is now."""


@dataclass(frozen=True)
class TrialSoFar:
    """One exposure trial."""

    number: int
    level: int
    opened_s: float
    closed_s: float | None


@dataclass(frozen=True)
class Band:
    """A stretch of the session in one phase."""

    phase: Phase
    from_s: float
    to_s: float | None


@dataclass(frozen=True)
class Notice:
    """The last thing worth saying, already in the console's language."""

    text: str
    tone: Literal["done", "info", "refused", "alarm"]
    at_s: float
    serial: int


@dataclass(frozen=True)
class TimedRating:
    """A rating with its time and its place in the record (None until it is durable)."""

    at_s: float
    rating: Rating
    saved_as: int | None
    corrected: int | None = None
    """The value that holds, 0 to 100, once a correction of it is durable; None without one."""

    @property
    def suds(self) -> int | None:
        """The value as it holds now; None where no answer was given."""
        return self.rating.suds if self.corrected is None else self.corrected


@dataclass(frozen=True)
class TimedNote:
    """A note with its time and its place in the record (None until it is durable)."""

    at_s: float
    note: Note
    saved_as: int | None


@dataclass(frozen=True)
class TimedAdverse:
    """An adverse event with its time and its place in the record (None until it is durable)."""

    at_s: float
    event: AdverseEvent
    saved_as: int | None


@dataclass(frozen=True)
class SicknessNow:
    """How sick the patient said to be last: the scale of the protocol's questionnaire."""

    value: int
    highest: int
    """Of the scale."""
    at_s: float
    advice: Advice | None
    """The gravest threshold of the protocol that it has reached; None where it reached none."""


@dataclass(frozen=True)
class RowAtWork:
    """The row of the patient's hierarchy that this session works on."""

    row: PlanRow
    fresh: bool
    """Whether no trial has begun since it was taken: its level is what is offered then."""


@dataclass(frozen=True)
class LeftOpen:
    """A session at the patient's side that this console did not open."""

    session: str
    opened: str | None
    """UTC, ISO 8601; None when this record does not hold it as open."""
    pseudonym: str
    """Of the patient now, whatever it was at the opening; empty where it is not known."""
    title: Words | None
    led_by: str | None
    """Who leads it and is heard; None when nobody does."""


@dataclass(frozen=True)
class Now:
    """All that a console may draw. Times are seconds of session time, from its opening."""

    link: LinkHealth
    record: RecordHealth
    state: State | None
    """The runtime's own word; the only source of what is shown as applied. None before any."""
    manifest: Manifest | None = None
    session: str | None = None
    pseudonym: str = ""
    simulated: bool = False
    observing: bool = False
    """This console's key may watch and not lead."""
    may_stop: bool = True
    """Whether this key may stop: a therapist's and a supervisor's may, an observer's may not."""
    barred: str = ""
    """One sentence on why whoever sits here may not lead this session; empty where they may."""
    unwatched: str = ""
    """One sentence on why nobody may be let watch this patient; empty where it may be asked."""
    scale: Scale = "0-100"
    anchors: Anchors = ()
    """What points of the scale stand for, for this patient."""
    at_s: float = 0.0
    limit_s: float = 45 * 60.0
    usual_scale: Scale = "0-100"
    """Offered first for a new patient."""
    tension: tuple[float, float, int] = (15.0, 30.0, 5)
    """Applied tension as the clinic practises it: seconds tense, seconds let go, how often."""
    unreviewed: bool = False
    """No clinician has reviewed the clinic's protocol."""
    due: RatingDue | None = None
    ratings: tuple[TimedRating, ...] = ()
    notes: tuple[TimedNote, ...] = ()
    adverse: tuple[TimedAdverse, ...] = ()
    """What befell the patient and was written down in this session."""
    expected: Expected = field(default_factory=Expected)
    """What was feared, and what became of it, once it is durable."""
    safety: SafetySoFar = field(default_factory=SafetySoFar)
    """Safety behaviours in use and dropped, once they are durable."""
    forms: tuple[QuestionnaireAnswered, ...] = ()
    """Questionnaires of this session, once they are durable, the oldest first."""
    sickness: SicknessNow | None = None
    """None before the first sickness rating of the session."""
    after: AfterSoFar = field(default_factory=AfterSoFar)
    """What was done after the last trial, once it is durable."""
    pace: PaceNow | None = None
    """How time and breaks stand in the open session; None where that is not told."""
    bat: BatNow | None = None
    """The behavioural approach test that is under way: while one is, consoles show nothing that
    judges progress or says what to say (`bat.rules.coached`)."""
    levels: tuple[tuple[float, float], ...] = ()
    """Applied level over time, one point per change: (seconds, level)."""
    bands: tuple[Band, ...] = ()
    trials: tuple[TrialSoFar, ...] = ()
    fired: tuple[tuple[float, str], ...] = ()
    """Events that were played: (seconds, name)."""
    notice: Notice | None = None
    picture: tuple[int, bytes] | None = field(default=None, repr=False)
    """Newest mirrored picture: its number and its JPEG."""
    stop_asked: bool = False
    """A stop was sent and is not yet confirmed by the runtime."""
    left: LeftOpen | None = None
    """What waits for a decision before this console leads; None while nothing does."""
    dial_by_itself: bool = False
    """Whether the patient's dial is shown as soon as a rating falls due, in this session."""
    before: BeforeTrial | None = None
    """How things stand before the first trial; None once it began, and where nothing is asked."""
    undone: str = ""
    """The session that was undone last as opened for the wrong patient, by its id."""
    row: RowAtWork | None = None
    """None where no row of the hierarchy was taken."""
    broken_off: str = ""
    """One sentence on what was closed at the start because it had broken off, until a session."""


@dataclass(frozen=True)
class Outcome:
    """What became of one act of the therapist."""

    ok: bool
    text: str
    """One sentence in the console's language: what was done, or why not and what to do."""
    code: str = ""


@dataclass(frozen=True)
class Consented:
    """A consent that was noted."""

    to: ConsentTo
    version: str
    """Of the wording that was read."""
    by: Consenting
    given: str
    """UTC, ISO 8601."""


@dataclass(frozen=True)
class PatientCard:
    """One patient as a list shows them: by pseudonym, never by name."""

    id: str
    """The record's own id."""
    pseudonym: str
    ceiling: int
    """Highest level allowed, 0 to 10."""
    scale: Scale
    sessions: int
    """How many sessions are in the record."""
    last: str | None
    """Opening of the last session, UTC, ISO 8601; None before the first."""
    restricted: str | None = None
    """Why the data are kept and not used; None while they may be."""
    withdrawn: bool = False
    """Whether consent to exposure itself was taken back."""
    safe_place: Refuge = "meadow"
    """The one this patient chose."""
    unwatched: bool = False
    """Whether consent to being watched by others was taken back."""
    pose: bool = False
    """Whether they consent to their pose in the scene being kept."""
    anchors: Anchors = ()
    """This patient's own, for points of the scale."""
    takes_part: TakingPart = field(default_factory=TakingPart)
    """What was set for this patient in earlier sessions."""
    minor: bool = False
    """Whether it was set that a guardian has to consent; the screening may say so too."""
    consents: tuple[Consented, ...] = ()
    """Those that hold."""
    screened: Screened | None = None
    """The last screening; None where none was answered."""

    @property
    def needs_guardian(self) -> bool:
        """Whether this is a minor, by what was set or by the last screening: either is enough."""
        return self.minor or (self.screened is not None and self.screened.minor)

    def consent(self, to: ConsentTo) -> Consented | None:
        """The consent to this, where one was noted and holds."""
        return next((one for one in self.consents if one.to == to), None)


HOW_ENDED: Mapping[str, str] = {
    "closed": mark("closed"),
    "interrupted": mark("interrupted"),
    "mistaken": mark("opened by mistake"),
    "open": mark("still open"),
}
"""How a session ended, as lists say it."""


@dataclass(frozen=True)
class SessionCard:
    """One session as a list shows it."""

    id: str
    pseudonym: str
    title: Words
    """Title of its scenario."""
    opened: str
    """UTC, ISO 8601."""
    minutes: float
    ratings: int
    """Answered ratings."""
    highest: int
    """The highest whole level that was reached, 0 to 10."""
    simulated: bool
    how: Literal["closed", "interrupted", "mistaken", "open"]
