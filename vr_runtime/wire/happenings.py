"""Owns the numbered news of a session: what entered the engine and what came of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scenarios.api.manifest import InterlockSpec
from vr_runtime.wire.acts import AnyAct, Phase
from vr_runtime.wire.base import Finite, Level, Message, Name, SessionId, ShortText, Tick
from vr_runtime.wire.recorded import RecordedLineBegun, RecordedLineEnded
from vr_runtime.wire.state import Effort, TaskOutcome


class Applied(Message):
    """Something entered the engine. All of these together, with the seed, show a session again."""

    kind: Literal["applied"] = "applied"
    act: AnyAct
    by: ShortText
    """Name of the identity that gave it; "patient" or "runtime" for what no console gave."""


class PhaseChanged(Message):
    """The phase changed, and by which act."""

    kind: Literal["phase_changed"] = "phase_changed"
    before: Phase
    after: Phase
    cause: str


class TrialOpened(Message):
    """A trial began: from level 0, ramping to `level`."""

    kind: Literal["trial_opened"] = "trial_opened"
    trial: int
    level: Level


class TrialClosed(Message):
    """A trial ended at `level`."""

    kind: Literal["trial_closed"] = "trial_closed"
    trial: int
    level: Level
    cause: str


class LevelReached(Message):
    """The applied level is this whole level now."""

    kind: Literal["level_reached"] = "level_reached"
    level: Level


class EventStarted(Message):
    """An event began to play."""

    kind: Literal["event_started"] = "event_started"
    name: Name


class EventEnded(Message):
    """An event is over, by itself or because the scene was left."""

    kind: Literal["event_ended"] = "event_ended"
    name: Name
    how: Literal["finished", "cancelled"]


class TaskGiven(Message):
    """A task is the patient's from now on."""

    kind: Literal["task_given"] = "task_given"
    name: Name


class TaskEnded(Message):
    """A task is over."""

    kind: Literal["task_ended"] = "task_ended"
    name: Name
    how: TaskOutcome


class PoseChanged(Message):
    """The patient's pose in the scene, in coarse steps; only ever with the patient's consent."""

    kind: Literal["pose_changed"] = "pose_changed"
    heading: float = Field(ge=-180, le=175, allow_inf_nan=False)
    """Degrees to the left of ahead, in steps of 5."""
    pitch: float = Field(ge=-90, le=90, allow_inf_nan=False)
    """Degrees above the horizon, in steps of 5."""
    at: tuple[Finite, Finite, Finite]
    """The eyes from where the feet were put, in metres, in steps of 0.1."""


class PoseRead(Message):
    """The scenario has read the patient's pose, for the first time while it was `kept` so.

    Not kept, what the scenario did with it cannot be shown again: the session is not checkable.
    """

    kind: Literal["pose_read"] = "pose_read"
    kept: bool


class LineSpoken(Message):
    """The scenario let one of its declared lines be spoken."""

    kind: Literal["line_spoken"] = "line_spoken"
    name: Name


class Marked(Message):
    """The scenario put a marker into the record."""

    kind: Literal["marked"] = "marked"
    text: ShortText


class ControlTaken(Message):
    """A console came into control."""

    kind: Literal["control_taken"] = "control_taken"
    holder: ShortText
    epoch: int
    taken_from: ShortText | None


class ObserverCame(Message):
    """Who does not lead is sent what happens, with the patient's consent; the patient is told."""

    kind: Literal["observer_came"] = "observer_came"
    name: ShortText


class ObserverLeft(Message):
    """Someone who watched is sent nothing any more.

    `leads`: watched before taking control. `revoked`: known no more, or in another role.
    """

    kind: Literal["observer_left"] = "observer_left"
    name: ShortText
    why: Literal["silent", "consent", "revoked", "leads"]


class AccessChanged(Message):
    """A console that was known is not any more, or has another role."""

    kind: Literal["access_changed"] = "access_changed"
    name: ShortText
    role: Literal["therapist", "supervisor", "observer"] | None
    """The role it has now; None when it was revoked."""


class StrangersRefused(Message):
    """Handshakes that failed because the key is not known here; nothing of them was read."""

    kind: Literal["strangers_refused"] = "strangers_refused"
    times: int = Field(ge=1)


class RefusedTo(Message):
    """A command was refused; kept in the record because it says what was tried."""

    kind: Literal["refused"] = "refused"
    code: str
    act: str
    by: ShortText
    interlock: InterlockSpec | None = None
    """Which of the scenario's interlocks it would have broken."""
    times: int = Field(default=1, ge=1)
    """So many alike, none of them told by itself: one console was refused again and again."""


class Checkpoint(Message):
    """The digest of the engine's state at this tick, to compare when the session is shown again."""

    kind: Literal["checkpoint"] = "checkpoint"
    digest: str


class ScenarioTimed(Message):
    """The session is over: what its scenario's own code took of the time."""

    kind: Literal["scenario_timed"] = "scenario_timed"
    effort: Effort


Comfort = Literal[
    "speed",
    "acceleration",
    "turning",
    "tilt",
    "rocking",
    "sway",
    "by_hand",
    "hidden",
    "flashing",
    "surroundings",
    "declared",
]
"""Limits of comfort. `rocking`: waves too quick. `by_hand`: the cabin of a vehicle was moved beside
the vehicle. `hidden`: a vehicle without a cabin to be seen around. `flashing`: lights too quick.
`surroundings`: ground or place was moved while the patient stood; it changes behind a fade.
`declared`: more motion than the scenario declares in its `comfort`."""


class ComfortLimited(Message):
    """The scenario asked for more than the patient's comfort allows; it was held back.

    Told once for each limit, until the scenario is loaded again.
    """

    kind: Literal["comfort_limited"] = "comfort_limited"
    what: Comfort


class VehicleAnnounced(Message):
    """A vehicle with the patient in it moves in two seconds; the patient reads and hears it."""

    kind: Literal["vehicle_announced"] = "vehicle_announced"
    fr: ShortText
    en: ShortText


class GuideEnded(Message):
    """A guide is over: it came to its end, was taken away, or ended with the phase."""

    kind: Literal["guide_ended"] = "guide_ended"
    guide: Literal["breathing", "tension"]
    how: Literal["finished", "ended", "phase"]
    rounds: int = Field(ge=0)
    """Whole breaths, or whole times of tensing and letting go."""


Happening = (
    Applied
    | PhaseChanged
    | TrialOpened
    | TrialClosed
    | LevelReached
    | EventStarted
    | EventEnded
    | TaskGiven
    | TaskEnded
    | PoseChanged
    | PoseRead
    | Marked
    | ControlTaken
    | ObserverCame
    | ObserverLeft
    | AccessChanged
    | StrangersRefused
    | RefusedTo
    | Checkpoint
    | ScenarioTimed
    | LineSpoken
    | ComfortLimited
    | VehicleAnnounced
    | GuideEnded
    | RecordedLineBegun
    | RecordedLineEnded
)


class Happened(Message):
    """One numbered piece of news. Numbers have no holes; a hole means that news was lost."""

    boot: str
    number: int = Field(ge=1)
    tick: Tick
    session: SessionId | None
    what: Annotated[Happening, Field(discriminator="kind")]
