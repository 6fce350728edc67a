"""Owns all that may enter the engine: the therapist's acts and what happens by itself.

These are what a session is shown again from, each recorded with its tick.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from vr_runtime.wire.base import Finite, Level, Message, Name, ScenarioId, SessionId, ShortText
from vr_runtime.wire.hearing import PlayTone, SetVolume, StopTone, VolumeDb
from vr_runtime.wire.packs import PackHash
from vr_runtime.wire.sight import PatientSettings, PatientText

Quality = Literal["full", "lowered"]
"""`lowered`: the patient's picture has fewer points, so that there are more pictures a second."""
Refuge = Literal["meadow", "shore", "room"]
"""A safe place: a meadow above a lake, a shore at dusk, a quiet room in the evening."""
Skill = Literal["look", "move", "rate", "leave"]
"""What is practised before exposure: looking, moving, telling distress, pressing the way out."""


class OpenSession(Message):
    """Open a session: load this scenario while the patient is in the neutral room."""

    kind: Literal["open_session"] = "open_session"
    session: SessionId
    scenario: ScenarioId
    seed: int = Field(ge=0, lt=2**53, strict=True)
    ceiling: Level
    grace_s: float = Field(default=5.0, ge=0, le=30, allow_inf_nan=False)
    observers: bool = False
    """The patient consents to being watched in this session."""
    observers_mirror: bool = False
    """The patient consents to observers seeing what the patient sees."""
    pose: bool = False
    """The patient consents to their pose in the scene being told and kept."""
    safe_place: Refuge = "meadow"
    """The one this patient chose."""
    patient: PatientSettings = PatientSettings()
    pack: PackHash | None = None
    """Hash of the pack that was approved; None for a scenario that comes from none. With another
    one than the scenario's it is refused."""


class CloseSession(Message):
    """Close the session: neutral room, scenario unloaded."""

    kind: Literal["close_session"] = "close_session"


class ArmTrial(Message):
    """First of two keys: name the level at which a trial is to begin."""

    kind: Literal["arm_trial"] = "arm_trial"
    level: Level


class BeginTrial(Message):
    """Second of two keys: begin at the level that was named; it is ramped from 0."""

    kind: Literal["begin_trial"] = "begin_trial"
    level: Level


class Raise(Message):
    """One level up, given as the level to reach: a repeated message has no further effect."""

    kind: Literal["raise"] = "raise"
    level: Level


class Lower(Message):
    """Down to this level, by any number of levels."""

    kind: Literal["lower"] = "lower"
    level: Level


class SetValue(Message):
    """Set one graded value apart from the level."""

    kind: Literal["set_value"] = "set_value"
    name: Name
    value: Finite


class FollowLevel(Message):
    """Let a value that was set apart follow the level again."""

    kind: Literal["follow_level"] = "follow_level"
    name: Name


class SetCeiling(Message):
    """The highest level allowed for this patient from now on."""

    kind: Literal["set_ceiling"] = "set_ceiling"
    level: Level


class SetObservers(Message):
    """The patient's consent to being watched, given or withdrawn; withdrawal acts at once."""

    kind: Literal["set_observers"] = "set_observers"
    allowed: bool
    mirror: bool = False
    """Whether observers may see what the patient sees; nothing without `allowed`."""


class SetPose(Message):
    """The patient's consent to their pose being told and kept; withdrawal acts at once."""

    kind: Literal["set_pose"] = "set_pose"
    allowed: bool


class Trigger(Message):
    """Fire one event of the scenario."""

    kind: Literal["trigger"] = "trigger"
    name: Name


class GiveTask(Message):
    """Give the patient one of the scenario's tasks: the instruction is read until it is over."""

    kind: Literal["give_task"] = "give_task"
    name: Name


class TaskDone(Message):
    """The therapist has seen that the patient has done this task."""

    kind: Literal["task_done"] = "task_done"
    name: Name


class TakeBackTask(Message):
    """This task is the patient's no more, done or not."""

    kind: Literal["take_back_task"] = "take_back_task"
    name: Name


class Hold(Message):
    """Stay: a lowering under way finishes, nothing rises, no new event and no new task."""

    kind: Literal["hold"] = "hold"


class Resume(Message):
    """End a hold."""

    kind: Literal["resume"] = "resume"


class Pause(Message):
    """Neutral room, tracking live, scene sound off."""

    kind: Literal["pause"] = "pause"


class SafePlace(Message):
    """The place this patient chose, level 0, calm sound."""

    kind: Literal["safe_place"] = "safe_place"


class SetQuality(Message):
    """How finely the patient's picture is drawn from now on, until the session ends."""

    kind: Literal["set_quality"] = "set_quality"
    quality: Quality


class Stop(Message):
    """Neutral view, sound off, the exposure trial closed."""

    kind: Literal["stop"] = "stop"


class Loaded(Message):
    """The scenario stands ready behind the neutral room."""

    kind: Literal["loaded"] = "loaded"
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class LoadFailed(Message):
    """The scenario could not be built."""

    kind: Literal["load_failed"] = "load_failed"
    text: ShortText


class ConsoleLost(Message):
    """No console was heard for 1.0 s, or the one in control had no news for so long: hold."""

    kind: Literal["console_lost"] = "console_lost"
    deaf: bool = False
    """It was heard, but said that no news came: its therapist leads without seeing."""


class GraceOver(Message):
    """The console stayed away for the clinic's grace as well: safe place."""

    kind: Literal["grace_over"] = "grace_over"


class ConsoleBack(Message):
    """A console in control is heard again; nothing in the scene changes by it."""

    kind: Literal["console_back"] = "console_back"


class PatientLeft(Message):
    """The patient pressed the leave control: safe place."""

    kind: Literal["patient_left"] = "patient_left"


class PatientStopped(Message):
    """The patient pressed it again in the safe place, or held it 1.5 s: stop."""

    kind: Literal["patient_stopped"] = "patient_stopped"


class RuntimeKeyStop(Message):
    """Stop was pressed on the runtime's own keyboard."""

    kind: Literal["runtime_key_stop"] = "runtime_key_stop"


class WindowClosed(Message):
    """The patient's window was closed: stop."""

    kind: Literal["window_closed"] = "window_closed"


class ScenarioFailed(Message):
    """The scenario threw an exception: safe place, disabled for the session."""

    kind: Literal["scenario_failed"] = "scenario_failed"
    text: ShortText


class SoundLost(Message):
    """The sound device is gone: hold."""

    kind: Literal["sound_lost"] = "sound_lost"


class RuntimeRestarted(Message):
    """The watchdog started the runtime again in an open session: safe place.

    It carries all that the session needs to go on, since nothing else of it has outlived.
    """

    kind: Literal["runtime_restarted"] = "runtime_restarted"
    session: SessionId
    scenario: ScenarioId
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Hash of the scenario when the session was opened; with another one it is not built again."""
    seed: int = Field(ge=0, lt=2**53, strict=True)
    ceiling: Level
    grace_s: float = Field(ge=0, le=30, allow_inf_nan=False)
    trial: int = Field(ge=0)
    """Number of the last trial; it is over."""
    come_back: Level | None
    """One level below the last one that was applied."""
    disabled: ShortText | None
    """Why the scenario stays disabled, or None."""
    why: Literal["hung", "crashed", "memory", "killed"]
    """`killed`: by another process of that machine."""
    volume_db: VolumeDb = 0
    """The patient's volume; a start anew must not be louder than what was before it."""
    safe_place: Refuge = "meadow"
    pose: bool = False
    """The patient's consent to their pose being told and kept."""
    practised: tuple[Skill, ...] = ()
    """What the patient had practised before."""
    patient: PatientSettings = PatientSettings()


class SoundBack(Message):
    """A sound device is there again; nothing in the scene changes by it."""

    kind: Literal["sound_back"] = "sound_back"


class DisplaySlow(Message):
    """Fewer than 80 % of the display's own pictures for 2 s."""

    kind: Literal["display_slow"] = "display_slow"
    fps: float = Field(ge=0, allow_inf_nan=False)
    """Pictures a second in these 2 s."""
    wanted: float = Field(ge=0, allow_inf_nan=False)
    """Pictures a second that this display asks of itself."""
    lower: bool
    """Whether the quality is lowered for it: in a headset, not on a desktop."""


class DisplayTooSlow(Message):
    """A headset stayed slow for 5 s more: safe place."""

    kind: Literal["display_too_slow"] = "display_too_slow"
    fps: float = Field(ge=0, allow_inf_nan=False)
    """Pictures a second in the last 5 s."""
    wanted: float = Field(ge=0, allow_inf_nan=False)


class DisplaySteady(Message):
    """The display has kept its own rate for 5 s again; nothing changes by it."""

    kind: Literal["display_steady"] = "display_steady"


class HeadsetOff(Message):
    """The headset has been off the patient's head for 2 s: pause."""

    kind: Literal["headset_off"] = "headset_off"


class HeadsetOn(Message):
    """The headset is worn again; coming back is offered, nothing changes by it."""

    kind: Literal["headset_on"] = "headset_on"


class HeadsetLost(Message):
    """The headset's session or its tracking is lost: hold, at once."""

    kind: Literal["headset_lost"] = "headset_lost"
    what: Literal["session", "tracking"]


class HeadsetAway(Message):
    """It has been lost for 2 s: safe place."""

    kind: Literal["headset_away"] = "headset_away"


class HeadsetBack(Message):
    """The headset tracks the patient's head again; nothing changes by it."""

    kind: Literal["headset_back"] = "headset_back"


class FlashDimmed(Message):
    """The picture as drawn flashed more than is allowed; it is dimmed until it no longer does."""

    kind: Literal["flash_dimmed"] = "flash_dimmed"


class ChooseRefuge(Message):
    """Which safe place is this patient's from now on; not while the patient is in it."""

    kind: Literal["choose_refuge"] = "choose_refuge"
    place: Refuge


class Familiarise(Message):
    """To the practice room: nothing of the scene, no level."""

    kind: Literal["familiarise"] = "familiarise"


class EndFamiliarisation(Message):
    """Back from the practice room to the neutral room."""

    kind: Literal["end_familiarisation"] = "end_familiarisation"


class GuideBreathing(Message):
    """A shape that grows and sinks slowly, until it is ended; never a hold of the breath."""

    kind: Literal["guide_breathing"] = "guide_breathing"
    per_minute: float = Field(default=6.0, ge=4, le=8, allow_inf_nan=False)
    """Breaths a minute."""
    in_share: float = Field(default=0.4, ge=0.3, le=0.5, allow_inf_nan=False)
    """How much of each breath is breathing in; the rest is breathing out, never shorter."""


class GuideTension(Message):
    """Applied tension, so often; the breath goes on throughout. It ends by itself."""

    kind: Literal["guide_tension"] = "guide_tension"
    tense_s: float = Field(default=15.0, ge=5, le=30, allow_inf_nan=False)
    release_s: float = Field(default=30.0, ge=10, le=120, allow_inf_nan=False)
    """Seconds from letting go to the next time, at normal tension and not relaxed."""
    times: int = Field(default=5, ge=1, le=20, strict=True)


class EndGuide(Message):
    """Take the guide away that is shown."""

    kind: Literal["end_guide"] = "end_guide"


class Practised(Message):
    """The patient has done once what is practised before exposure; nothing else changes by it."""

    kind: Literal["practised"] = "practised"
    what: Skill


class AskRating(Message):
    """Ask the patient for distress: the dial is shown until it is answered or 60 s have passed."""

    kind: Literal["ask_rating"] = "ask_rating"


class ShowText(Message):
    """Put a short text before the patient's eyes, for a time by its length."""

    kind: Literal["show_text"] = "show_text"
    text: PatientText
    lasting: bool = False
    """It stays until it is taken away or the patient is brought elsewhere."""


class TakeAway(Message):
    """Take the text or the dial away from the patient's eyes."""

    kind: Literal["take_away"] = "take_away"
    what: Literal["text", "dial"]


class ShowWayOut(Message):
    """Name the control that leads out, for some seconds."""

    kind: Literal["show_way_out"] = "show_way_out"


class Recentre(Message):
    """What lies ahead in the place is before the patient's eyes again, wherever they look now."""

    kind: Literal["recentre"] = "recentre"


class SetPatient(Message):
    """How this patient looks, hears of things and answers from now on."""

    kind: Literal["set_patient"] = "set_patient"
    patient: PatientSettings


class DialRaised(Message):
    """The patient took up the distress dial, or goes on choosing on it."""

    kind: Literal["dial_raised"] = "dial_raised"


class PatientRated(Message):
    """The patient answered the distress dial."""

    kind: Literal["patient_rated"] = "patient_rated"
    suds: int = Field(ge=0, le=100, strict=True)
    """Canonical, 0 to 100, whatever the patient's scale."""


class PatientRecentred(Message):
    """The patient held the other control: what lies ahead is before their eyes again."""

    kind: Literal["patient_recentred"] = "patient_recentred"


class PatientWalked(Message):
    """The patient went to a mark on the ground, by own act; a mark that is not open is nothing."""

    kind: Literal["patient_walked"] = "patient_walked"
    mark: int = Field(ge=0, le=31, strict=True)
    """Its number in the scenario's declared walk."""


TherapistAct = (
    OpenSession
    | CloseSession
    | ArmTrial
    | BeginTrial
    | Raise
    | Lower
    | SetValue
    | FollowLevel
    | SetCeiling
    | SetObservers
    | SetPose
    | Trigger
    | GiveTask
    | TaskDone
    | TakeBackTask
    | Hold
    | Resume
    | Pause
    | SafePlace
    | SetQuality
    | Stop
    | SetVolume
    | PlayTone
    | StopTone
    | ChooseRefuge
    | Familiarise
    | EndFamiliarisation
    | GuideBreathing
    | GuideTension
    | EndGuide
    | AskRating
    | ShowText
    | TakeAway
    | ShowWayOut
    | Recentre
    | SetPatient
)
Occurrence = (
    Loaded
    | LoadFailed
    | ConsoleLost
    | GraceOver
    | ConsoleBack
    | PatientLeft
    | PatientStopped
    | RuntimeKeyStop
    | WindowClosed
    | ScenarioFailed
    | SoundLost
    | RuntimeRestarted
    | SoundBack
    | DisplaySlow
    | DisplayTooSlow
    | DisplaySteady
    | HeadsetOff
    | HeadsetOn
    | HeadsetLost
    | HeadsetAway
    | HeadsetBack
    | FlashDimmed
    | Practised
    | DialRaised
    | PatientRated
    | PatientRecentred
    | PatientWalked
)
Act = TherapistAct | Occurrence
AnyAct = Annotated[Act, Field(discriminator="kind")]


class Phase(StrEnum):
    """Where the patient is in the session."""

    IDLE = "idle"
    LOADING = "loading"
    READY = "ready"
    EXPOSURE = "exposure"
    HOLD = "hold"
    PAUSE = "pause"
    SAFE_PLACE = "safe_place"
    STOPPED = "stopped"
    FAMILIARISATION = "familiarisation"


class View(StrEnum):
    """What the patient sees."""

    NEUTRAL = "neutral"
    SAFE_PLACE = "safe_place"
    SCENE = "scene"
    FAMILIARISATION = "familiarisation"
