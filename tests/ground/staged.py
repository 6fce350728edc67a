"""A lead that plays a session on a stage of its own: a double for tests, whose clock is told.

It answers as the engine would where the console depends on it, and remembers all it was asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from staged_courses import StagedCourses
from staged_eyes import AtThePatient
from staged_packs import StagedPacks
from staged_places import heights, lift, picture
from staged_tasks import StagedTasks

from controller.language import _
from controller.session.anchors import Anchors
from controller.session.documents import Note, Rating, RatingKind, Scale
from controller.session.now import (
    Band,
    LeftOpen,
    LinkHealth,
    Notice,
    Now,
    Outcome,
    PatientCard,
    RatingDue,
    SessionCard,
    TimedNote,
    TimedRating,
    TrialSoFar,
)
from controller.session.ports import RecordHealth
from controller.session.suds import NotARating, parse
from scenarios.api.manifest import Manifest
from vr_runtime.wire.acts import Phase, Quality, Refuge, Skill, View
from vr_runtime.wire.sight import Sight
from vr_runtime.wire.state import (
    Control,
    DisplayState,
    Effort,
    EventState,
    GuideState,
    JournalState,
    Observers,
    Richness,
    State,
    ValueState,
    Watch,
)

VIEWS = {Phase(v.value): v for v in (View.SAFE_PLACE, View.FAMILIARISATION)}
VIEWS |= dict.fromkeys((Phase.EXPOSURE, Phase.HOLD), View.SCENE)


@dataclass
class StagedLead(StagedTasks, AtThePatient):
    """Implements `controller.ui.ports.Lead`; `acts` remembers what was asked, `told` the clock."""

    phase: Phase = Phase.IDLE
    level: float = 0.0
    asked: int = 0
    ceiling: int = 7
    armed: int | None = None
    come_back: int | None = None
    trial: int = 0
    open: bool = False
    in_control: bool = True
    age_s: float = 0.2
    trip_ms: float = 3.2
    link: str = "live"
    at_s: float = 0.0
    raise_in_s: float = 0.0
    scale: Scale = "0-100"
    due: RatingDue | None = None
    unreviewed: bool = False
    usual_scale: Scale = "0-100"
    trouble: str | None = None
    waiting: int = 0
    stop_asked: bool = False
    disabled: str | None = None
    observers: Observers = field(default_factory=Observers)
    observing: bool = False
    may_stop: bool = True
    focused: bool = False
    headset: str | None = None
    sound: str = "playing"
    quality: Quality = "full"
    anchors: Anchors = ()
    richness: Richness | None = None
    volume_db: int = 0
    tone: bool = False
    refuge: Refuge = "meadow"
    practised: tuple[Skill, ...] = ()
    guide: GuideState | None = None
    cause: str = ""
    refuse: str = ""  # When set, every act but stop is refused with this sentence.
    heard: bool = True  # False: no runtime was ever heard.
    cards: list[PatientCard] = field(
        default_factory=lambda: [
            PatientCard("p1", "P-0417", 7, "0-100", 3, "2026-03-02T10:00:00+00:00"),
            PatientCard("p2", "P-0502", 4, "0-10", 0, None),
        ]
    )
    patient: PatientCard | None = None
    ratings: tuple[TimedRating, ...] = ()
    notes: tuple[TimedNote, ...] = ()
    levels: tuple[tuple[float, float], ...] = ()
    bands: tuple[Band, ...] = ()
    trials: tuple[TrialSoFar, ...] = ()
    fired: tuple[tuple[float, str], ...] = ()
    notice: Notice | None = None
    apart: dict[str, float] = field(default_factory=dict)
    cooldowns: dict[str, float] = field(default_factory=dict)
    acts: list[tuple[object, ...]] = field(default_factory=list)
    packs: StagedPacks = field(default_factory=StagedPacks)
    courses: StagedCourses = field(default_factory=StagedCourses)
    mirrored: list[tuple[float, int, int]] = field(default_factory=list)
    stops: int = 0
    effort: Effort = field(default_factory=Effort)
    watched: bool = True
    journal: JournalState | None = None
    left: LeftOpen | None = None
    broken_off: str = ""
    barred: str = ""
    unwatched: str = ""
    shows: bytes = field(default_factory=picture, repr=False)
    sight: Sight = field(default_factory=Sight)
    dial_by_itself: bool = False

    # -- what is known

    @property
    def reached(self) -> int:
        return int(self.level) if self.asked >= self.level else int(self.level + 0.999)

    def _state(self) -> State | None:
        if not self.heard:
            return None
        manifest = heights()
        in_scene = self.phase in (Phase.EXPOSURE, Phase.HOLD)
        values = tuple(
            ValueState(
                name=v.name,
                applied=self.apart.get(v.name, v.by_level[self.reached]),
                target=self.apart.get(v.name, v.by_level[self.asked]),
                apart=v.name in self.apart,
            )
            for v in manifest.graded
        )
        events = tuple(
            EventState(
                name=e.name,
                running=False,
                cooldown_s=self.cooldowns.get(e.name, 0.0),
                level_reached=self.reached >= e.min_level,
            )
            for e in manifest.events
        )
        return State(
            boot="b1",
            happened=1,
            tick=int(self.at_s * 30),
            phase=self.phase,
            view=VIEWS.get(self.phase, View.NEUTRAL),
            session="s1" if self.open else None,
            scenario="builtin.heights" if self.open else None,
            scenario_sha256=None,
            seed=1 if self.open else None,
            loading=0.4 if self.phase is Phase.LOADING else 1.0,
            asked=self.asked,
            level=self.level,
            reached=self.reached,
            moving=self.level != self.asked,
            raise_in_s=self.raise_in_s,
            ceiling=self.ceiling,
            armed=self.armed,
            come_back=self.come_back,
            trial=self.trial,
            trial_open=in_scene,
            cause=self.cause,
            values=values if self.open else (),
            events=events if self.open else (),
            tasks=self.tasks(manifest, self.reached) if self.open else (),
            disabled=self.disabled,
            observers=self.observers,
            control=Control(epoch=1, holder="room 1", heard_s=0.1),
            display=DisplayState(
                kind="desktop",
                pictures=1000,
                fps=60.0,
                sound=self.sound,  # type: ignore[arg-type]
                focused=self.focused,
                headset=self.headset,  # type: ignore[arg-type]
                quality=self.quality,
                richness=self.richness,
                volume_db=self.volume_db,
                tone=self.tone,
            ),
            effort=self.effort,
            watch=Watch(watched=self.watched),
            safe_place=self.refuge,
            practised=self.practised,
            guide=self.guide,
            journal=self.journal,
            in_step=False,
            digest="0" * 64,
            **{"sight": self.sight, "pose_kept": self.pose_kept},
        )

    def now(self) -> Now:
        link = self.link
        if link == "live" and self.age_s > 1.0:
            link = "stale"
        return self.with_after(
            Now(
                link=LinkHealth(
                    link,  # type: ignore[arg-type]
                    self.age_s,
                    self.trip_ms,
                    self.in_control,
                    "The runtime is gone; stop it by its own key." if link == "lost" else "",
                ),
                record=RecordHealth(self.waiting, self.trouble),
                state=self._state(),
                manifest=heights() if self.open else None,
                session="s1" if self.open else None,
                pseudonym=(self.patient or self.cards[0]).pseudonym if self.open else "",
                simulated=False,
                observing=self.observing,
                may_stop=self.may_stop,
                anchors=self.anchors,
                scale=self.scale,
                at_s=self.at_s,
                usual_scale=self.usual_scale,
                unreviewed=self.unreviewed,
                due=self.due,
                ratings=self.ratings,
                notes=self.notes,
                levels=self.levels,
                bands=self.bands,
                trials=self.trials,
                fired=self.fired,
                notice=self.notice,
                picture=(int(self.at_s * 5), self.shows) if self.open else None,
                stop_asked=self.stop_asked,
                left=self.left,
                broken_off=self.broken_off,
                barred=self.barred,
                unwatched=self.unwatched,
                dial_by_itself=self.dial_by_itself,
            )
        )

    def manifests(self) -> tuple[Manifest, ...]:
        return (heights(), lift()) if self.heard else ()

    def patients(self) -> tuple[PatientCard, ...]:
        return () if self.observing else tuple(self.cards)

    def sessions(self) -> tuple[SessionCard, ...]:
        title = heights().title
        return (
            SessionCard("s0", "P-0417", title, "2026-03-02T10:00", 25.4, 11, 6, False, "closed"),
            SessionCard("s9", "P-0502", title, "2026-02-23T09:30", 4.0, 1, 2, True, "interrupted"),
        )

    def mirror(self, hz: float, width: int, height: int) -> None:
        self.mirrored.append((hz, width, height))

    # -- what is done

    def _do(self, *act: object) -> Outcome | None:
        self.acts.append(act)
        return Outcome(False, self.refuse, "refused") if self.refuse else None

    def _band(self, phase: Phase) -> None:
        bands = [replace(b, to_s=self.at_s) if b.to_s is None else b for b in self.bands]
        self.bands = (*bands, Band(phase, self.at_s, None))
        self.phase = phase

    def _leave(self, phase: Phase, cause: str) -> None:
        if self.phase in (Phase.EXPOSURE, Phase.HOLD):
            self.come_back = max(0, self.reached - 1)
            if self.task is not None:
                self.task_over(self.task, "left")
        self.level, self.asked, self.armed, self.cause = 0.0, 0, None, cause
        self.levels = (*self.levels, (self.at_s, 0.0))
        self._band(phase)

    def _reach(self, level: int) -> None:
        self.asked, self.level = level, float(level)
        self.levels = (*self.levels, (self.at_s, float(level)))

    async def add_patient(
        self, pseudonym: str, ceiling: int, scale: Scale, safe_place: Refuge = "meadow"
    ) -> Outcome:
        if refused := self._do("add_patient", pseudonym, ceiling, scale):
            return refused
        number = len(self.cards) + 1
        card = PatientCard(f"p{number}", pseudonym, ceiling, scale, 0, None, safe_place=safe_place)
        self.cards.append(card)
        return Outcome(True, _("Patient {name} is saved.").format(name=pseudonym))

    async def open_session(
        self, patient_id: str, scenario_id: str, *, seed: int | None = None
    ) -> Outcome:
        if refused := self._do("open_session", patient_id, scenario_id):
            return refused
        self.patient = next(p for p in self.cards if p.id == patient_id)
        self.ceiling, self.scale = self.patient.ceiling, self.patient.scale
        self.open, self.phase = True, Phase.READY
        return Outcome(True, "The session is open.")

    async def close_session(self) -> Outcome:
        if refused := self._do("close_session"):
            return refused
        self.open, self.phase = False, Phase.IDLE
        return Outcome(True, "The session is closed and sealed.")

    async def arm_trial(self, level: int) -> Outcome:
        if refused := self._do("arm_trial", level):
            return refused
        self.armed = level
        return Outcome(True, "")

    async def begin_trial(self) -> Outcome:
        if refused := self._do("begin_trial"):
            return refused
        level = self.armed or 0
        self.trial, self.armed = self.trial + 1, None
        self._band(Phase.EXPOSURE)
        self._reach(level)
        return Outcome(True, f"Trial {self.trial} begins at level {level}.")

    async def raise_level(self) -> Outcome:
        if refused := self._do("raise_level"):
            return refused
        self._reach(self.asked + 1)
        return Outcome(True, f"Level {self.asked} asked.")

    async def lower_level(self, to: int | None = None) -> Outcome:
        if refused := self._do("lower_level", to):
            return refused
        self._reach(self.asked - 1 if to is None else to)
        return Outcome(True, f"Down to level {self.asked}.")

    async def set_value(self, name: str, value: float) -> Outcome:
        if refused := self._do("set_value", name, value):
            return refused
        self.apart[name] = value
        return Outcome(True, f"{name} set apart.")

    async def follow_level(self, name: str) -> Outcome:
        if refused := self._do("follow_level", name):
            return refused
        self.apart.pop(name, None)
        return Outcome(True, f"{name} follows the level.")

    async def set_ceiling(self, level: int) -> Outcome:
        refused = self._do("set_ceiling", level)
        self.ceiling = level if refused is None else self.ceiling
        return refused or Outcome(True, f"Ceiling {level}.")

    async def set_quality(self, quality: Quality) -> Outcome:
        refused = self._do("set_quality", quality)
        self.quality = quality if refused is None else self.quality
        return refused or Outcome(True, f"Quality {quality}.")

    async def set_volume(self, volume_db: int) -> Outcome:
        refused = self._do("set_volume", volume_db)
        self.volume_db = volume_db if refused is None else self.volume_db
        return refused or Outcome(True, f"Volume {volume_db}.")

    async def play_tone(self) -> Outcome:
        refused = self._do("play_tone")
        self.tone = refused is None
        return refused or Outcome(True, "The tone plays.")

    async def stop_tone(self) -> Outcome:
        refused = self._do("stop_tone")
        self.tone = False if refused is None else self.tone
        return refused or Outcome(True, "The tone has ended.")

    async def set_observers(self, allowed: bool, mirror: bool = False) -> Outcome:
        if (refused := self._do("set_observers", allowed, mirror)) is None:
            self.observers = Observers(allowed=allowed, mirror=allowed and mirror)
        return refused or Outcome(True, "")

    async def choose_refuge(self, place: Refuge) -> Outcome:
        refused = self._do("choose_refuge", place)
        self.refuge = place if refused is None else self.refuge
        return refused or Outcome(True, f"Safe place {place}.")

    async def familiarise(self) -> Outcome:
        if refused := self._do("familiarise"):
            return refused
        self._leave(Phase.FAMILIARISATION, "familiarise")
        return Outcome(True, "In the practice room.")

    async def end_familiarisation(self) -> Outcome:
        if refused := self._do("end_familiarisation"):
            return refused
        self.phase = Phase.READY
        return Outcome(True, "The practice is over.")

    async def guide_breathing(self, per_minute: float = 6.0) -> Outcome:
        return self._do("guide_breathing", per_minute) or Outcome(True, "")

    async def guide_tension(self, tense_s: float, release_s: float, times: int) -> Outcome:
        return self._do("guide_tension", tense_s, release_s, times) or Outcome(True, "")

    async def end_guide(self) -> Outcome:
        self.guide = None
        return self._do("end_guide") or Outcome(True, "")

    async def trigger(self, name: str) -> Outcome:
        if refused := self._do("trigger", name):
            return refused
        self.fired = (*self.fired, (self.at_s, name))
        self.cooldowns[name] = 20.0
        return Outcome(True, f"{name} happens.")

    async def hold(self) -> Outcome:
        if refused := self._do("hold"):
            return refused
        self._band(Phase.HOLD)
        return Outcome(True, "It holds.")

    async def resume(self) -> Outcome:
        if refused := self._do("resume"):
            return refused
        self._band(Phase.EXPOSURE)
        return Outcome(True, "It goes on.")

    async def pause(self) -> Outcome:
        if refused := self._do("pause"):
            return refused
        self._leave(Phase.PAUSE, "pause")
        return Outcome(True, "Paused: neutral room.")

    async def safe_place(self) -> Outcome:
        if refused := self._do("safe_place"):
            return refused
        self._leave(Phase.SAFE_PLACE, "safe_place")
        return Outcome(True, "The patient is in the safe place.")

    async def stop(self) -> Outcome:
        self.stops += 1
        self.acts.append(("stop",))
        if self.open:
            self._leave(Phase.STOPPED, "stop")
        return Outcome(True, _("Stopped: neutral view, no sound."))

    async def rate(self, typed: str, kind: RatingKind | None = None) -> Outcome:
        if refused := self._do("rate", typed, kind):
            return refused
        try:
            value = parse(typed, self.scale)
        except NotARating as error:
            return Outcome(False, str(error), "not_a_rating")
        self.given(self.at_s, value)
        return Outcome(True, f"Rating {value} is saved.")

    async def skip_rating(self, reason: str) -> Outcome:
        if refused := self._do("skip_rating", reason):
            return refused
        self.given(self.at_s, None)
        return Outcome(True, "No rating, and why, is saved.")

    async def note(self, text: str) -> Outcome:
        if refused := self._do("note", text):
            return refused
        seq = len(self.ratings) + len(self.notes) + 2
        self.notes = (*self.notes, TimedNote(self.at_s, Note(text=text, tick=0), seq))
        return Outcome(True, "The note is saved.")

    async def correct(self, seq: int, to: int | str) -> Outcome:
        return self._do("correct", seq, to) or Outcome(True, "The correction is saved.")

    async def continue_left(self, *, takeover: bool = False) -> Outcome:
        if refused := self._do("continue_left", takeover):
            return refused
        self.left, self.open, self.phase = None, True, Phase.SAFE_PLACE
        return Outcome(True, "The session goes on.")

    async def close_left(self, *, takeover: bool = False) -> Outcome:
        if refused := self._do("close_left", takeover):
            return refused
        self.left, self.phase = None, Phase.IDLE
        return Outcome(True, "The earlier session is closed.")

    def leave_left(self) -> None:
        self.acts.append(("leave_left",))
        self.left = None

    async def take_control(self) -> Outcome:
        if refused := self._do("take_control"):
            return refused
        self.in_control = True
        return Outcome(True, "This console leads now.")

    async def report(self, session_id: str) -> Outcome:
        return self._do("report", session_id) or Outcome(
            True, f"The report of {session_id} lies beside the record."
        )

    # -- for tests: the session so far

    def given(self, at_s: float, value: int | None) -> None:
        """A rating in the record, or one that was asked and not answered."""
        rating = Rating(
            rating="interval",
            suds=value,
            scale=self.scale,
            raw="" if value is None else str(value),
            tick=int(at_s * 30),
            due=None,
            level=self.level,
            trial=self.trial,
            phase=self.phase.value,
        )
        seq = len(self.ratings) + len(self.notes) + 2
        self.ratings = (*self.ratings, TimedRating(at_s, rating, seq))


def in_exposure(**told: object) -> StagedLead:
    """Twelve minutes into a session: level 5 of a ceiling of 7, the third trial."""
    lead = StagedLead(open=True, phase=Phase.EXPOSURE, level=5.0, asked=5, trial=3, at_s=751.0)
    for at, value in (
        (20, 20),
        (120, 30),
        (240, 45),
        (350, 40),
        (470, None),
        (520, 75),
        (610, 75),
        (703, 65),
    ):
        lead.given(float(at), value)
    steps = ((0, 0), (120, 1), (175, 2), (240, 3), (350, 4), (470, 5), (505, 6), (535, 5))
    lead.levels = tuple((float(t), float(n)) for t, n in steps)
    lead.bands = (
        Band(Phase.READY, 0.0, 120.0),
        Band(Phase.EXPOSURE, 120.0, 395.0),
        Band(Phase.HOLD, 395.0, 430.0),
        Band(Phase.EXPOSURE, 430.0, None),
    )
    lead.trials = (TrialSoFar(3, 5, 430.0, None),)
    lead.fired = ((300.0, "voices"), (560.0, "gust"))
    lead.cooldowns = {"creak": 17.4}
    lead.due = RatingDue(72.0, 132.0, 60.0)
    lead.apart = {"rail": 86.0}
    lead.notes = tuple(
        TimedNote(float(t), Note(text=text, tick=0), 20 + i)
        for i, (t, text) in enumerate(
            (
                (415, "Closes her eyes; reminded to look."),
                (596, "Says: I will topple. Prediction noted at 60 %."),
                (703, "Lets go of the rail with one hand, breathes."),
            )
        )
    )
    lead.notice = Notice("Rating 65 is saved.", "done", 703.0, 1)
    for name, value in told.items():
        setattr(lead, name, value)
    return lead


def scenes() -> dict[str, StagedLead]:
    """One lead for each situation worth a look."""
    due = in_exposure(asked=6, level=5.62, at_s=837.0, due=RatingDue(-14.0, 46.0, 60.0))
    stale = in_exposure(age_s=2.4, at_s=764.0)
    hold = in_exposure(phase=Phase.HOLD, bands=(Band(Phase.HOLD, 700.0, None),))
    pause = in_exposure(phase=Phase.PAUSE, level=0.0, asked=0, come_back=4)
    safe = in_exposure(
        phase=Phase.SAFE_PLACE, level=0.0, asked=0, come_back=4, cause="patient_left"
    )
    stopped = in_exposure(phase=Phase.STOPPED, level=0.0, asked=0, come_back=4, cause="stop")
    ready = StagedLead(open=True, phase=Phase.READY)
    loading = StagedLead(open=True, phase=Phase.LOADING)
    for lead, phase in ((pause, Phase.PAUSE), (safe, Phase.SAFE_PLACE), (stopped, Phase.STOPPED)):
        lead.bands = (
            *lead.bands[:-1],
            Band(Phase.EXPOSURE, 430.0, 709.0),
            Band(phase, 709.0, None),
        )
        lead.levels = (*lead.levels, (709.0, 0.0))
        lead.due = None
    return {
        "loading": loading,
        "ready": ready,
        "exposure": in_exposure(),
        "due": due,
        "hold": hold,
        "stale": stale,
        "pause": pause,
        "safe_place": safe,
        "stopped": stopped,
    }
