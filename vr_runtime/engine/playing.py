"""Owns what plays in a scene: events, the one task, the patient's own going, until they are over.

It enters the author's code through the host alone and knows neither phase nor stage. Whatever goes
wrong there is told as over first, and then raised for the engine to leave the scene.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from scenarios.api.manifest import Manifest, TaskSpec
from vr_runtime.engine import interlocks
from vr_runtime.engine.host import HostFailed, ScenarioHost
from vr_runtime.engine.levels import Ramp
from vr_runtime.engine.ports import DT
from vr_runtime.wire import acts
from vr_runtime.wire.happenings import EventEnded, EventStarted, Happening, TaskEnded, TaskGiven
from vr_runtime.wire.refusals import Code
from vr_runtime.wire.state import EventState, TaskOutcome, TaskState
from vr_runtime.wire.version import TICKS_PER_SECOND

DONE_TICKS = 3 * TICKS_PER_SECOND
"""So long the patient is told that a task is done."""

Asked = acts.Trigger | acts.GiveTask | acts.TaskDone | acts.TakeBackTask | acts.PatientWalked
"""What this module takes in."""


class Playing:
    """Events and tasks of one session's scenario."""

    def __init__(
        self, manifest: Manifest, ramp: Ramp, host: ScenarioHost, tell: Callable[[Happening], None]
    ) -> None:
        """`tell` takes the news, in the order in which things happen."""
        self.walking = host.walking
        self._manifest = manifest
        self._ramp = ramp
        self._host = host
        self._tell = tell
        self._given: dict[str, int] = {}
        self._last: dict[str, TaskOutcome] = {}
        self._since = 0
        """Ticks since the task that is under way was given."""
        self._done_left = 0

    # -- what others read

    @property
    def task(self) -> TaskSpec | None:
        """The task that is under way."""
        return next((t for t in self._manifest.tasks if self._host.running(t.name)), None)

    def instruction(self, language: Literal["fr", "en"]) -> str | None:
        """What the patient is to do now, in this language; None while no task is under way."""
        return None if self.task is None else self.task.label.get(language)

    @property
    def task_done(self) -> bool:
        """Whether the patient is told that the last task is done."""
        return self._done_left > 0

    def events(self) -> tuple[EventState, ...]:
        """Each event as it stands."""
        return tuple(
            EventState(
                name=spec.name,
                running=self._host.running(spec.name),
                cooldown_s=self._host.cooldown_s(spec.name),
                level_reached=self._ramp.reached >= spec.min_level,
                barred=interlocks.barred(spec.name, self._manifest, self._ramp),
            )
            for spec in self._manifest.events
        )

    def tasks(self) -> tuple[TaskState, ...]:
        """Each task as it stands."""
        return tuple(
            TaskState(
                name=spec.name,
                running=self._host.running(spec.name),
                level_reached=self._ramp.reached >= spec.min_level,
                barred=interlocks.barred(spec.name, self._manifest, self._ramp),
                given=self._given.get(spec.name, 0),
                running_s=self._since * DT if self._host.running(spec.name) else 0.0,
                last=self._last.get(spec.name),
            )
            for spec in self._manifest.tasks
        )

    def facts(self) -> dict[str, object]:
        """All that decides how it goes on, for the engine's digest."""
        running = {e.name: self._host.running(e.name) for e in self._manifest.events}
        task = None if self.task is None else [self.task.name, self._since]
        return {
            "events": running,
            "cooling": self._host.cooling(),
            "task": [task, self._done_left],
            "walked": self.walking.facts(),
        }

    # -- what enters

    def why_not(self, act: Asked) -> Code | None:
        """Why an event may not be fired, or a task not given or ended."""
        if isinstance(act, acts.PatientWalked):
            return None if self.walking.may_go(act.mark) else Code.WRONG_PHASE
        if isinstance(act, acts.TaskDone | acts.TakeBackTask):
            if self._manifest.task(act.name) is None:
                return Code.UNKNOWN_NAME
            return None if self._host.running(act.name) else Code.TASK_NOT_UNDER_WAY
        event = isinstance(act, acts.Trigger)
        spec = self._manifest.event(act.name) if event else self._manifest.task(act.name)
        if spec is None:
            return Code.UNKNOWN_NAME
        if self._ramp.reached < spec.min_level:
            return Code.LEVEL_TOO_LOW
        if not event:
            return None if self.task is None else Code.TASK_UNDER_WAY
        if self._host.running(act.name) or self._host.cooldown_s(act.name) > 0:
            return Code.COOLING_DOWN
        return None

    def take(self, act: Asked) -> None:
        """Carry out what `why_not` let in. Raises `HostFailed`, with everything told."""
        match act:
            case acts.Trigger():
                self._tell(EventStarted(name=act.name))
                self._start(act.name)
            case acts.GiveTask():
                self._given[act.name] = self._given.get(act.name, 0) + 1
                self._since = self._done_left = 0
                self._tell(TaskGiven(name=act.name))
                self._start(act.name)
            case acts.TaskDone():
                self._end(act.name, "marked")
            case acts.TakeBackTask():
                self._end(act.name, "taken_back")
            case acts.PatientWalked():
                self.walking.go(act.mark)

    def _start(self, name: str) -> None:
        try:
            self._host.start(name)
        except HostFailed:
            self._over(name, "left")
            raise
        if not self._host.running(name):
            self._over(name, "completed")

    def _end(self, name: str, how: TaskOutcome) -> None:
        self._over(name, how)
        self._host.end(name)

    def _over(self, name: str, how: TaskOutcome) -> None:
        """Tell that it is over; the author's code may still have to end."""
        if self._manifest.task(name) is None:
            by_itself = how == "completed"
            self._tell(EventEnded(name=name, how="finished" if by_itself else "cancelled"))
            return
        self._last[name] = how
        self._done_left = DONE_TICKS if how in ("completed", "marked") else 0
        self._tell(TaskEnded(name=name, how=how))

    # -- time

    def tick(self) -> None:
        """One tick in the scene. Raises `HostFailed`; what still plays then ends by `leave`."""
        self._since += 1
        self.walking.follow()
        self._done_left = max(0, self._done_left - 1)
        for name in interlocks.unfit(self._manifest, self._ramp, self._host.running):
            self._end(name, "excluded")
        played = [s.name for s in (*self._manifest.events, *self._manifest.tasks)]
        played = [name for name in played if self._host.running(name)]
        try:
            self._host.update()
        finally:
            for name in self._host.over:
                self._over(name, "completed")
            # What failed has ended too, though not by coming to its end.
            for name in (n for n in played if not self._host.running(n)):
                if name not in self._host.over:
                    self._over(name, "left")

    def leave(self) -> None:
        """The scene is left: all is over. Enters none of the author's code."""
        for name in self._host.cancel():
            self._over(name, "left")
        self._done_left = 0
        self.walking.leave()
