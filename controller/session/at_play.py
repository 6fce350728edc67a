"""Owns what the therapist lets happen in the scene: events, tasks, values apart from the level.

A conductor takes these acts in. What makes the scene harder is refused once the patient has taken
consent back; what eases never is. That a task is over comes back as news: who saw it done, or why
it ended, is never what was asked for.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from controller.language import _, mark
from controller.session.notices import Tone
from controller.session.now import Outcome
from vr_runtime.wire import acts
from vr_runtime.wire.acts import TherapistAct
from vr_runtime.wire.happenings import Happening, TaskEnded
from vr_runtime.wire.state import State, TaskOutcome, TaskState

if TYPE_CHECKING:
    from controller.session.before.leading import Before
    from controller.session.sitting import Sitting

OUTCOMES: dict[TaskOutcome, str] = {
    "completed": mark("done, as the scenario saw"),
    "marked": mark("done, as the therapist saw"),
    "taken_back": mark("taken back"),
    "excluded": mark("ended: values had changed"),
    "left": mark("ended with the scene"),
}
"""How a task ended."""
_ENDED: dict[TaskOutcome, str] = {
    "completed": mark("Done: {name}"),
    "excluded": mark("The values exclude this task now; it has ended: {name}"),
}
"""What the therapist is told of, beside what they have done themselves."""


def under_way(state: State | None) -> TaskState | None:
    """The task that the patient has now, as the runtime tells it."""
    return None if state is None else next((t for t in state.tasks if t.running), None)


def befell_in_play(what: Happening, label: Callable[[str], str]) -> str | None:
    """What to say of a task that ended by itself; None for all other news."""
    if not isinstance(what, TaskEnded) or what.how not in _ENDED:
        return None
    return _(_ENDED[what.how]).format(name=label(what.name))


class AtPlay:
    """The acts of a conductor that let something happen in the scene."""

    _sitting: Sitting | None
    _state: State | None
    before: Before

    @abstractmethod
    async def _do(self, act: TherapistAct, session: str | None, text: str) -> Outcome: ...

    @abstractmethod
    def _say(self, ok: bool, text: str, tone: Tone, code: str = "") -> Outcome: ...

    @abstractmethod
    def _session(self) -> str | None: ...

    def _label(self, name: str) -> str:
        return name if self._sitting is None else self._sitting.label(name)

    async def trigger(self, name: str) -> Outcome:
        """Fire an event of the scenario."""
        if why := self.before.why_not_expose():
            return self._say(False, why, "refused")
        return await self._do(acts.Trigger(name=name), self._session(), f"{self._label(name)}.")

    async def end_pose(self) -> Outcome:
        """The patient no longer consents to their pose being kept; it ends at once."""
        text = _("The patient's pose is neither sent nor kept any more in this session.")
        return await self._do(acts.SetPose(allowed=False), self._session(), text)

    async def give_task(self, name: str) -> Outcome:
        """Give the patient this task; they read its words."""
        if why := self.before.why_not_expose():
            return self._say(False, why, "refused")
        text = _("Task given: {name}").format(name=self._label(name))
        return await self._do(acts.GiveTask(name=name), self._session(), text)

    async def task_done(self, name: str) -> Outcome:
        """The patient has done this task, as the therapist sees."""
        text = _("Marked as done: {name}").format(name=self._label(name))
        return await self._do(acts.TaskDone(name=name), self._session(), text)

    async def take_back_task(self, name: str) -> Outcome:
        """Take this task back, done or not."""
        text = _("Taken back: {name}").format(name=self._label(name))
        return await self._do(acts.TakeBackTask(name=name), self._session(), text)

    async def set_value(self, name: str, value: float) -> Outcome:
        """Set a graded value apart from the level, in its declared unit."""
        if self._harder(name, value) and (why := self.before.why_not_expose()):
            return self._say(False, why, "refused")
        text = _("{name} is set apart from the level.").format(name=self._label(name))
        return await self._do(acts.SetValue(name=name, value=value), self._session(), text)

    async def follow_level(self, name: str) -> Outcome:
        """Let a value that was set apart follow the level again."""
        if self._harder(name, None) and (why := self.before.why_not_expose()):
            return self._say(False, why, "refused")
        text = _("{name} follows the level again.").format(name=self._label(name))
        return await self._do(acts.FollowLevel(name=name), self._session(), text)

    def _harder(self, name: str, value: float | None) -> bool:
        """Whether it gets harder than it is now: the value, or what the level asks where None.

        Also where it is not known: the runtime judges it then, and consent is asked for before.
        """
        sitting, state = self._sitting, self._state
        spec = None if sitting is None else sitting.manifest.value(name)
        values = () if state is None else state.values
        now = next((one for one in values if one.name == name), None)
        if spec is None or now is None or state is None:
            return True
        return spec.is_harder(spec.by_level[state.asked] if value is None else value, now.applied)
