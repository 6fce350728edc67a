"""Owns the snapshot of a running runtime: all a console may show as applied; knows no socket."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from scenarios.api.manifest import InterlockSpec
from vr_runtime.wire.acts import Phase, Quality, Refuge, Skill, View
from vr_runtime.wire.base import (
    Finite,
    Level,
    Message,
    Name,
    ScenarioId,
    SessionId,
    ShortText,
    Tick,
)
from vr_runtime.wire.hearing import VolumeDb
from vr_runtime.wire.recorded import LineState
from vr_runtime.wire.sight import Sight


class ValueState(Message):
    """One graded value as it is applied now."""

    name: Name
    applied: Finite
    target: Finite
    apart: bool
    """True when the therapist set it apart from the level."""
    walked: Finite | None = None
    """Of the value that says how far a way is open: where along it the patient stands."""


class EventState(Message):
    """One event as it stands now."""

    name: Name
    running: bool
    cooldown_s: float = Field(ge=0)
    """Seconds until it may be fired again; 0 when it may."""
    level_reached: bool
    """Whether the applied level is high enough for it."""
    barred: InterlockSpec | None = None
    """The interlock that keeps it from being fired now, or None."""


TaskOutcome = Literal["completed", "marked", "taken_back", "excluded", "left"]
"""How a task ended. `completed`: the scenario saw that it was done. `marked`: the therapist did.
`taken_back`: by the therapist. `excluded`: values changed so that its interlocks exclude it.
`left`: the scene was left, or the scenario failed."""


class TaskState(Message):
    """One task for the patient as it stands now."""

    name: Name
    running: bool
    level_reached: bool
    """Whether the applied level is high enough for it to be given."""
    barred: InterlockSpec | None = None
    """The interlock that keeps it from being given now, or None."""
    given: int = Field(default=0, ge=0)
    """How often it was given since this start of the runtime took the session up."""
    running_s: float = Field(default=0.0, ge=0)
    """Seconds since it was given; 0 while it is not under way."""
    last: TaskOutcome | None = None
    """How it ended the last time; None where it never has."""


class Control(Message):
    """Who leads."""

    epoch: int = Field(ge=0)
    holder: str | None
    heard_s: float | None
    """Seconds since this holder was last heard; None when there is none."""


Richness = Literal["low", "medium", "high"]
"""How richly pictures are drawn; which of them a machine can bear is chosen at its start."""


class DisplayState(Message):
    """The patient's display and sound, as measured."""

    kind: Literal["null", "offscreen", "desktop", "headset"]
    pictures: int = Field(ge=0)
    """Pictures drawn since the runtime started."""
    fps: float = Field(ge=0)
    """Pictures in the last second; 0 where nothing is drawn."""
    sound: Literal["playing", "silent", "none"]
    """`none`: no sound device was found, and the patient hears nothing."""
    focused: bool = False
    """Whether the patient's window has the keyboard (it should not)."""
    quality: Quality = "full"
    """How finely the picture is drawn."""
    headset: Literal["worn", "off", "lost"] | None = None
    """Whether the headset is on the patient's head and tracks it; None where there is none."""
    watched: bool = False
    """Whether the patient is told that someone is watching."""
    volume_db: VolumeDb = 0
    """The patient's volume in decibels below what the clinic has set."""
    tone: bool = False
    """Whether the calibration tone plays."""
    sound_device: ShortText | None = None
    """The sound device that was asked for by name; None is whichever the system prefers."""
    richness: Richness | None = None
    """What the pictures are drawn with; None where nothing is drawn."""


class Observers(Message):
    """Who watches, and what the patient has consented to."""

    allowed: bool = False
    mirror: bool = False
    """Whether they may see what the patient sees."""
    present: tuple[ShortText, ...] = ()
    """Names of those who are sent something at this moment."""


class Effort(Message):
    """Wall time that the scenario's own code has taken in this session."""

    calls: int = Field(default=0, ge=0)
    """Entries into its code after it was built: one a tick, and one for each event's beginning."""
    slow: int = Field(default=0, ge=0)
    """Those of more than 2 ms."""
    worst_ms: float = Field(default=0.0, ge=0)
    build_ms: float = Field(default=0.0, ge=0)
    """The longest building, which is no entry above."""


class Watch(Message):
    """Whether the runtime is watched from outside, and what came of it."""

    watched: bool = True
    """False when no watchdog stands by: a hang would not be ended."""
    restarts: int = Field(default=0, ge=0)
    """How often the watchdog has started the runtime again."""


class JournalState(Message):
    """The runtime's own journal of what happened."""

    durable: int = Field(default=0, ge=0)
    """Number of the last happening that is on that machine's disk."""
    trouble: ShortText | None = None
    """Why it is not written now, in the system's words; None while it is."""


class GuideState(Message):
    """The guide before the patient's eyes, and where in its cycle it is."""

    guide: Literal["breathing", "tension", "muscles"]
    """`muscles`: tensing to let go to rest, part by part; `tension`: to normal tension alone."""
    step: Literal["begin", "in", "out", "tense", "release"]
    """`begin`: a moment to read what comes."""
    part: float = Field(ge=0, le=1)
    """How much of this step has passed."""
    left_s: float = Field(ge=0)
    """Seconds until the next step."""
    round: int = Field(ge=0)
    """Number of the breath or of the tensing; 0 before the first."""
    rounds: int | None
    """How many there are; None where it goes on until it is ended."""


class State(Message):
    """The whole truth about the runtime at one tick. A console that lost news needs only this."""

    boot: str
    """Changes with every start of the runtime."""
    happened: int = Field(ge=0)
    """Number of the last happening contained in this snapshot."""
    tick: Tick
    phase: Phase
    view: View
    session: SessionId | None
    scenario: ScenarioId | None
    scenario_sha256: str | None
    seed: int | None
    loading: float = Field(default=1.0, ge=0, le=1)
    asked: Level
    """The level asked for last."""
    level: float = Field(ge=0, le=10)
    """The level that is applied, between whole levels while it ramps."""
    reached: Level
    """The whole level the patient is at: the lower one while rising, the upper while sinking."""
    moving: bool
    """A ramp of the level or of a value set apart is under way."""
    raise_in_s: float = Field(ge=0)
    """Seconds until a further raise would be accepted; 0 when it would be."""
    ceiling: Level
    armed: Level | None
    """The level named by the first of two keys."""
    come_back: Level | None
    """The level at which coming back is offered: one below the last."""
    trial: int = Field(ge=0)
    """Number of the present trial, or of the last one; 0 before the first."""
    trial_open: bool
    cause: str
    """Kind of the act that led to the present phase."""
    values: tuple[ValueState, ...]
    events: tuple[EventState, ...]
    tasks: tuple[TaskState, ...] = ()
    disabled: ShortText | None
    """Why the scenario was disabled for this session, or None."""
    control: Control
    observers: Observers = Observers()
    display: DisplayState
    effort: Effort = Effort()
    watch: Watch = Watch()
    journal: JournalState | None = None
    """None where no journal is kept."""
    in_step: bool
    """True when ticks advance by the console's grant instead of the clock."""
    digest: str
    """SHA-256 of the engine's state at this tick."""
    safe_place: Refuge = "meadow"
    """The one this patient chose."""
    practised: tuple[Skill, ...] = ()
    """What the patient has practised in the practice room, in the order of `Skill`."""
    guide: GuideState | None = None
    """None while no guide is shown."""
    exercise: GuideState | None = None
    """The guide that the scene itself shows, in a task or an event; it ends with that."""
    sight: Sight = Sight()
    pose_kept: bool = False
    """Whether the patient's pose is told and kept, with consent."""
    pose_read: bool = False
    """Whether the scenario has read it in this session."""
    line: LineState | None = Field(default=None, exclude_if=lambda line: line is None)
    """The recorded line that the patient hears. Not sent without one: a console that knows none
    reads every state of a session in which none is played."""
