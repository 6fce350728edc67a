"""Owns what the console's screens need of whoever leads the session; knows neither link nor record.

Every act returns an `Outcome` with one sentence and never raises for a refusal.
"""

from __future__ import annotations

from typing import Literal, Protocol

from controller.session.documents import RatingKind, Scale
from controller.session.now import Now, Outcome, PatientCard, SessionCard
from controller.session.operators import Person
from controller.ui.after_port import After, Forms
from controller.ui.bat_port import Bats
from controller.ui.bedside_port import Bedside
from controller.ui.before_port import Before
from controller.ui.courses_port import Courses
from controller.ui.library_port import Library
from controller.ui.lines_port import Lines
from controller.ui.pace_port import Paces
from controller.ui.plans_port import Plans
from controller.ui.review_port import Reviews
from scenarios.api.manifest import Manifest
from vr_runtime.wire.acts import Quality, Refuge
from vr_runtime.wire.packs import PackNote
from vr_runtime.wire.sight import PatientSettings


class Eyes(Protocol):
    """What is put before the patient's eyes, and how the patient takes part."""

    async def ask_rating(self) -> Outcome:
        """Ask the patient for distress by the dial."""
        ...

    async def show_text(self, text: str, lasting: bool = False) -> Outcome:
        """Have the patient read a text of 1 to 80 characters, for a time by its length."""
        ...

    async def take_away(self, what: Literal["text", "dial"]) -> Outcome:
        """Take the text or the dial away."""
        ...

    async def show_way_out(self) -> Outcome:
        """Name the control that leads out."""
        ...

    async def recentre(self) -> Outcome:
        """Bring what lies ahead before the patient's eyes again."""
        ...

    async def set_patient(self, patient: PatientSettings) -> Outcome:
        """How the patient sees, reads and answers from now on."""
        ...

    async def read_as_usual(self) -> Outcome:
        """The patient reads and hears what all patients of this console do, from now on."""
        ...

    async def ask_by_itself(self, asks: bool) -> Outcome:
        """Whether the dial is shown as soon as a rating falls due."""
        ...


class Packs(Protocol):
    """Packs of scenarios, and what this clinic said of them."""

    def of(self, scenario_id: str) -> PackNote | None:
        """The pack that a scenario comes from; None for one that comes from none."""
        ...

    def is_approved(self, note: PackNote) -> bool:
        """Whether scenarios of this pack may be opened."""
        ...

    async def approve(self, sha256: str) -> Outcome:
        """Approve the pack of this hash; said once it is durable."""
        ...


class Lead(Protocol):
    """The session's core as the console drives it."""

    @property
    def packs(self) -> Packs:
        """Packs of scenarios."""
        ...

    @property
    def eyes(self) -> Eyes:
        """The patient's own view."""
        ...

    @property
    def lines(self) -> Lines:
        """The clinic's recorded lines."""
        ...

    @property
    def before(self) -> Before:
        """What is asked, noted and checked before a patient is exposed."""
        ...

    @property
    def bat(self) -> Bats:
        """The behavioural approach test of the open session."""
        ...

    @property
    def pace(self) -> Paces:
        """Breaks of the open session."""
        ...

    @property
    def bedside(self) -> Bedside:
        """What is written down beside ratings and notes."""
        ...

    @property
    def courses(self) -> Courses:
        """Patients' courses between sessions."""
        ...

    @property
    def library(self) -> Library:
        """What lies beside the scenarios."""
        ...

    @property
    def reviews(self) -> Reviews:
        """Past sessions, gone through and set right by later words."""
        ...

    @property
    def plans(self) -> Plans:
        """Patients' fear hierarchies."""
        ...

    @property
    def forms(self) -> Forms:
        """Questionnaires and sickness ratings of the open session."""
        ...

    @property
    def after(self) -> After:
        """What follows the last trial."""
        ...

    def now(self) -> Now:
        """The one picture everything is drawn from; cheap, asked 5 to 10 times a second."""
        ...

    def manifests(self) -> tuple[Manifest, ...]:
        """The scenarios the runtime can show; empty while no runtime is heard."""
        ...

    def patients(self) -> tuple[PatientCard, ...]:
        """All patients, in the order of their pseudonyms."""
        ...

    def sessions(self) -> tuple[SessionCard, ...]:
        """Sessions of the record, newest first."""
        ...

    async def add_patient(
        self, pseudonym: str, ceiling: int, scale: Scale, safe_place: Refuge = "meadow"
    ) -> Outcome:
        """Add a patient; refused when the pseudonym is taken or empty."""
        ...

    async def open_session(
        self, patient_id: str, scenario_id: str, *, seed: int | None = None
    ) -> Outcome:
        """Open a session: the scenario loads while the patient is in the neutral room."""
        ...

    async def close_session(self) -> Outcome:
        """End the session and seal its record; refused while a trial is open."""
        ...

    async def undo_patient(self) -> Outcome:
        """Close a session that was opened for the wrong patient, before anything is in it."""
        ...

    async def arm_trial(self, level: int) -> Outcome:
        """First key: name the level, 0 to the ceiling, at which a trial is to begin."""
        ...

    async def begin_trial(self) -> Outcome:
        """Second key: begin at the level that was named."""
        ...

    async def raise_level(self) -> Outcome:
        """One level up."""
        ...

    async def lower_level(self, to: int | None = None) -> Outcome:
        """One level down, or to `to`."""
        ...

    async def set_value(self, name: str, value: float) -> Outcome:
        """Set a graded value apart from the level."""
        ...

    async def follow_level(self, name: str) -> Outcome:
        """Let a value that was set apart follow the level again."""
        ...

    async def set_ceiling(self, level: int) -> Outcome:
        """The highest level allowed for this patient from now on."""
        ...

    async def set_quality(self, quality: Quality) -> Outcome:
        """Draw the patient's picture with all its points, or with fewer and so more often."""
        ...

    async def set_volume(self, volume_db: int) -> Outcome:
        """How loud everything is for the patient: 0 dB down to -42, in steps of 3."""
        ...

    async def play_tone(self) -> Outcome:
        """Play the calibration tone, outside exposure."""
        ...

    async def stop_tone(self) -> Outcome:
        """End the calibration tone."""
        ...

    async def set_observers(self, allowed: bool, mirror: bool = False) -> Outcome:
        """The patient's consent to being watched, and to observers seeing the patient's view."""
        ...

    async def trigger(self, name: str) -> Outcome:
        """Fire an event of the scenario."""
        ...

    async def end_pose(self) -> Outcome:
        """The patient's pose is neither sent nor kept any more."""
        ...

    async def give_task(self, name: str) -> Outcome:
        """Give the patient a task of the scenario."""
        ...

    async def task_done(self, name: str) -> Outcome:
        """Mark the task that is under way as done."""
        ...

    async def take_back_task(self, name: str) -> Outcome:
        """Take the task that is under way back."""
        ...

    async def hold(self) -> Outcome:
        """Stay as it is."""
        ...

    async def resume(self) -> Outcome:
        """End a hold."""
        ...

    async def pause(self) -> Outcome:
        """Neutral room, tracking live."""
        ...

    async def safe_place(self) -> Outcome:
        """To the place this patient chose."""
        ...

    async def choose_refuge(self, place: Refuge) -> Outcome:
        """Which safe place is this patient's, now and in later sessions."""
        ...

    async def familiarise(self) -> Outcome:
        """To the practice room: nothing of the scene."""
        ...

    async def end_familiarisation(self) -> Outcome:
        """From the practice room back to the neutral room."""
        ...

    async def guide_breathing(self, per_minute: float = 6.0) -> Outcome:
        """Show the breathing guide, 4 to 8 breaths a minute, until it is ended."""
        ...

    async def guide_tension(self, tense_s: float, release_s: float, times: int) -> Outcome:
        """Show the guide to applied tension."""
        ...

    async def end_guide(self) -> Outcome:
        """Take the guide away."""
        ...

    async def stop(self) -> Outcome:
        """Neutral view and silence. Sent before anything is awaited, and never confirmed."""
        ...

    async def rate(self, typed: str, kind: RatingKind | None = None) -> Outcome:
        """Record a rating as it was typed; without `kind` the core finds it from the moment."""
        ...

    async def skip_rating(self, reason: str) -> Outcome:
        """Record that the rating due now was not given, and why."""
        ...

    async def note(self, text: str) -> Outcome:
        """Record a note."""
        ...

    async def correct(self, seq: int, to: int | str) -> Outcome:
        """Record a later statement about entry `seq`: a rating 0 to 100, or a text."""
        ...

    async def continue_left(self, *, takeover: bool = False) -> Outcome:
        """Lead on in the session that was found open; changes nothing in the scene."""
        ...

    async def close_left(self, *, takeover: bool = False) -> Outcome:
        """Leave its scene and close the session that was found open."""
        ...

    def leave_left(self) -> None:
        """Leave the session that was found open as it is, and ask no more."""
        ...

    async def take_control(self) -> Outcome:
        """Take control from another console, explicitly."""
        ...

    async def report(self, session_id: str) -> Outcome:
        """Write the report of a session as HTML; the sentence says where."""
        ...

    def mirror(self, hz: float, width: int, height: int) -> None:
        """Ask for pictures of the patient's view; `hz` 0 ends it."""
        ...


class Desk(Protocol):
    """Who sits at this console, and how somebody else comes to."""

    @property
    def present(self) -> Person | None:
        """Who sits here; None before anybody has shown who they are, and while it is locked."""
        ...

    def people(self) -> tuple[Person, ...]:
        """Who may lead here, by name; empty before the first run."""
        ...

    def rest_s(self, operator: str) -> float:
        """Seconds until this operator's passphrase may be tried again; 0 when it may be."""
        ...

    def unfit(self, passphrase: str) -> str:
        """Why this cannot be a passphrase; empty where it can."""
        ...

    async def begin(self, name: str, passphrase: str | None) -> Outcome:
        """Take the first operator into the record, with no passphrase where it is None."""
        ...

    async def enter(self, operator: str, passphrase: str) -> Outcome:
        """Let this operator sit here if the passphrase is theirs."""
        ...

    def lock(self) -> None:
        """Nobody sits here from now on, until somebody shows who they are."""
        ...

    def looked_at_sessions(self) -> None:
        """The list of past sessions was shown."""
        ...

    def looked_at_hierarchy(self, patient: str) -> None:
        """What a patient fears, row by row, was shown."""
        ...
