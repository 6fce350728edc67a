"""Owns what a finished or running session looks like when it is read back; knows no screen.

Report, tables and exports read a `SessionHistory` and nothing else of the record. Times are seconds
from the opening of the session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from controller.session.after.entries import Said as AfterSaid
from controller.session.after.entries import SicknessAdvised
from controller.session.bat.told import ToldBat
from controller.session.before.entries import OpenedOn
from controller.session.before.so_far import BeforeTrial
from controller.session.clinical import AdverseEvent, Expectancy
from controller.session.documents import PromptMode, ProtocolApplied, RatingKind, Scale, Source
from controller.session.measures import Interval
from controller.session.pacing.entries import Paced
from controller.session.plans.entries import PlanRow
from controller.session.rectifying import Rectification
from controller.session.safety.entries import SafetyBehaviour
from scenarios.api.manifest import InterlockSpec, Manifest
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.packs import PackRef
from vr_runtime.wire.recorded import LineEnd
from vr_runtime.wire.state import Effort, TaskOutcome

Ending = Literal["closed", "interrupted", "mistaken", "open"]


@dataclass(frozen=True)
class Header:
    """What was to be shown to whom, when and by which software."""

    session: str
    pseudonym: str
    """The patient's present one, where the record was asked for it."""
    scenario: Manifest
    scenario_sha256: str | None
    """Hash of the scenario's files as the runtime loaded them; None when it never said."""
    seed: int
    ceiling: int
    """At the end of the session; it may have been changed in it."""
    grace_s: float
    scale: Scale
    display: str
    palier: str
    """Version of the software."""
    protocol: int
    language: Literal["fr", "en"]
    prompt_every_s: float
    prompt_window_s: float
    prompt_mode: PromptMode
    clinic_protocol: ProtocolApplied | None
    """None in a session from before there were any: its figures go by the shipped one."""
    opened: str
    """Wall time, UTC, ISO 8601."""
    closed: str | None
    simulated: bool
    former: tuple[str, ...] = ()
    """Other pseudonyms that the patient has had."""
    pack: PackRef | None = None
    """The pack that the scenario comes from; None for one that comes from none."""
    led_by: tuple[str, ...] = ()
    """Names of those who opened it or took it up again, in order; empty where nobody asked."""


@dataclass(frozen=True)
class PhaseBand:
    """A stretch of the session in one phase, and the act that led to it."""

    phase: Phase
    from_s: float
    to_s: float
    cause: str

    @property
    def interval(self) -> Interval:
        """The same as a bare stretch of time."""
        return Interval(self.from_s, self.to_s)


@dataclass(frozen=True)
class Trial:
    """One exposure trial: from the beginning in the scene until the scene was left."""

    number: int
    asked: int
    """The level at which it was begun."""
    opened_s: float
    closed_s: float | None
    """None when it was never said to have ended."""
    until_s: float
    """Its end, or the end of what is known."""
    cause: str
    """Kind of the act that ended it; empty when none is known."""
    path: tuple[tuple[float, int], ...]
    """(second, whole level reached then)."""

    @property
    def interval(self) -> Interval:
        """From its beginning to its end."""
        return Interval(self.opened_s, self.until_s)

    @property
    def highest(self) -> int:
        """The highest whole level that was reached."""
        return max(level for _s, level in self.path)


@dataclass(frozen=True)
class RatingLine:
    """One rating as it holds now, and as it was first written."""

    seq: int
    at_s: float
    tick: int
    kind: RatingKind
    suds: int | None
    """0 to 100 after corrections; None when it was asked and not answered."""
    first: int | None
    """What was written at the time."""
    corrected: bool
    raw: str
    scale: Scale
    level: float
    """Applied level, 0 to 10."""
    trial: int
    phase: str
    due_s: float | None
    """When it fell due; None for one that was not asked."""
    reason: str
    source: Source = "therapist"


@dataclass(frozen=True)
class NoteLine:
    """A note as it reads now, and as it was first written."""

    seq: int
    at_s: float
    text: str
    first: str
    corrected: bool


@dataclass(frozen=True)
class CorrectionLine:
    """A later statement about an earlier entry."""

    seq: int
    at_s: float | None
    """None for one that was made after the end of the session: it has no moment in it."""
    corrects: int
    of: Literal["rating", "note", "other"]
    of_s: float | None
    """When the entry it is about was made."""
    before: str
    after: str
    """Both as text; empty where the correction only remarks."""
    text: str


@dataclass(frozen=True)
class EventLine:
    """One event of the scenario that played."""

    name: str
    started_s: float
    ended_s: float | None
    how: Literal["finished", "cancelled", ""]


@dataclass(frozen=True)
class TaskLine:
    """One task that was given to the patient."""

    name: str
    given_s: float
    ended_s: float | None
    """None where its end is not known: the record broke off before."""
    how: TaskOutcome | None

    @property
    def done(self) -> bool:
        """Whether it was done, as the scenario or the therapist has seen."""
        return self.how in ("completed", "marked")


@dataclass(frozen=True)
class AfterLine:
    """One entry of what follows the last trial, or on advice shown in the session."""

    seq: int
    at_s: float
    said: AfterSaid | SicknessAdvised


@dataclass(frozen=True)
class Incident:
    """Something that befell the session: a fault, a lost console, a change of who leads."""

    at_s: float
    kind: str
    """Kind of the act or happening, as on the wire; `restart` for a runtime that started anew and
    does not say why, `scenario_disabled` for a scenario that it did not load again."""
    text: str
    """What its author or the clock said: a fault's own line, or how many seconds; else empty."""


@dataclass(frozen=True)
class RestLine:
    """Something outside the scene: a safe place chosen, something practised, a guide shown."""

    at_s: float
    kind: str
    """Kind of the act or happening, as on the wire."""
    text: str
    """Which place, which skill, which measures or how it ended; for programs."""


@dataclass(frozen=True)
class Refusal:
    """Something that was asked for and refused."""

    at_s: float
    code: str
    act: str
    by: str
    times: int = 1
    interlock: InterlockSpec | None = None


@dataclass(frozen=True)
class MissingNews:
    """News of the runtime that never came: numbers `after` < n <= `until`."""

    at_s: float
    after: int
    until: int


@dataclass(frozen=True)
class LinkLoss:
    """The console did not hear the runtime."""

    from_s: float
    to_s: float | None
    """None when it was not heard again."""
    state: Literal["stale", "lost"]
    """The worse of what was noted."""


@dataclass(frozen=True)
class HeardLine:
    """One recorded line that the patient heard."""

    at_s: float
    name: str
    words: str
    """As the clinic has written them down; the sound itself is not kept."""
    sha256: str
    """Of the recording."""
    heard_s: float | None
    """Seconds for which it was heard; None where its end is not known."""
    how: LineEnd | None


@dataclass(frozen=True)
class SessionHistory:
    """One session, told from its entries."""

    header: Header
    ending: Ending
    duration_s: float
    """To its closing, or to the last thing known."""
    levels: tuple[tuple[float, float], ...]
    """Applied level as a line through (second, level) points."""
    bands: tuple[PhaseBand, ...]
    trials: tuple[Trial, ...]
    ratings: tuple[RatingLine, ...]
    notes: tuple[NoteLine, ...]
    corrections: tuple[CorrectionLine, ...]
    events: tuple[EventLine, ...]
    marks: tuple[tuple[float, str], ...]
    incidents: tuple[Incident, ...]
    refusals: tuple[Refusal, ...]
    missing_news: tuple[MissingNews, ...]
    link_losses: tuple[LinkLoss, ...]
    entries: int
    """How many entries it was told from."""
    effort: Effort | None = None
    """What the scenario's own code took of the time; None when the runtime did not say."""
    adverse: tuple[tuple[int, AdverseEvent], ...] = ()
    """Number of the entry, and what befell the patient."""
    expectancies: tuple[tuple[int, Expectancy], ...] = ()
    """Number of the entry, and what was feared and tested."""
    rectified: tuple[tuple[int, Rectification], ...] = ()
    """Number of the entry, and the later word on an adverse event or a feared outcome. `adverse`
    and `expectancies` hold the last words already, and nothing that was noted by mistake."""
    written_by: Mapping[int, str] = field(default_factory=dict)
    """By number of the entry, who wrote down an adverse event or what was feared, and who
    set it right; also who wrote each correction and each later word. Empty where nobody asked."""
    written_at: Mapping[int, str] = field(default_factory=dict)
    """By number of the entry, when each correction and each later word was written down: wall
    time, UTC, ISO 8601."""
    after: tuple[AfterLine, ...] = ()
    """What was said after the last trial, and what became of advice on sickness, in order."""
    set_apart: tuple[tuple[float, str], ...] = ()
    """(second, name) of each value that was set apart from the level."""
    texts: tuple[tuple[float, str], ...] = ()
    """(second, words) of what the therapist put before the patient's eyes."""
    recorded: tuple[HeardLine, ...] = ()
    """The recorded lines that the patient heard."""
    at_rest: tuple[RestLine, ...] = ()
    """What was done outside the scene."""
    tasks: tuple[TaskLine, ...] = ()
    paced: tuple[tuple[float, Paced], ...] = ()
    """(second, what was said or done of time and breaks)."""
    safety: tuple[tuple[float, SafetyBehaviour], ...] = ()
    """(second, a safety behaviour that was noted as in use or dropped)."""
    rows: tuple[tuple[float, PlanRow], ...] = ()
    """(second, the row of the hierarchy that is worked on from then on)."""
    bats: tuple[ToldBat, ...] = ()
    """Behavioural approach tests, with what was given at their steps."""
    opened_on: OpenedOn | None = None
    """Screening and consent that held; None where they were not asked for."""
    before: BeforeTrial = field(default_factory=BeforeTrial)
    """What was asked, checked and rehearsed before the first trial."""

    @property
    def restarted(self) -> bool:
        """Whether the runtime was started again in the session."""
        return any(i.kind in ("restart", "runtime_restarted") for i in self.incidents)

    @property
    def whole(self) -> bool:
        """Whether the session was closed in order and nothing of it is missing."""
        return self.ending == "closed" and not self.missing_news and not self.restarted

    def intervals(self, *phases: Phase) -> tuple[Interval, ...]:
        """The stretches spent in these phases."""
        return tuple(b.interval for b in self.bands if b.phase in phases)
