"""The patient tasks of a staged lead: which one is under way, and how the others have ended."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field

from controller.session.now import Outcome
from scenarios.api.manifest import Manifest
from vr_runtime.wire.state import TaskOutcome, TaskState


@dataclass
class StagedTasks:
    """What a staged lead needs for tasks; `_do` remembers what was asked."""

    task: str | None = None
    """The one that is under way."""
    task_s: float = 0.0
    tasks_given: dict[str, int] = field(default_factory=dict)
    task_ends: dict[str, TaskOutcome] = field(default_factory=dict)
    pose_kept: bool = False

    @abstractmethod
    def _do(self, *act: object) -> Outcome | None: ...

    def tasks(self, manifest: Manifest, reached: int) -> tuple[TaskState, ...]:
        return tuple(
            TaskState(
                name=t.name,
                running=t.name == self.task,
                level_reached=reached >= t.min_level,
                given=self.tasks_given.get(t.name, 0),
                running_s=self.task_s if t.name == self.task else 0.0,
                last=self.task_ends.get(t.name),
            )
            for t in manifest.tasks
        )

    async def end_pose(self) -> Outcome:
        return self._do("end_pose") or Outcome(True, "The pose is not kept any more.")

    async def give_task(self, name: str) -> Outcome:
        if refused := self._do("give_task", name):
            return refused
        self.task, self.task_s = name, 0.0
        self.tasks_given[name] = self.tasks_given.get(name, 0) + 1
        return Outcome(True, f"{name} is given.")

    def task_over(self, name: str, how: TaskOutcome) -> None:
        self.task, self.task_ends[name] = None, how

    async def task_done(self, name: str) -> Outcome:
        if refused := self._do("task_done", name):
            return refused
        self.task_over(name, "marked")
        return Outcome(True, f"{name} is done.")

    async def take_back_task(self, name: str) -> Outcome:
        if refused := self._do("take_back_task", name):
            return refused
        self.task_over(name, "taken_back")
        return Outcome(True, f"{name} is taken back.")
