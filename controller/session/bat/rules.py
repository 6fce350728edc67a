"""Owns what a behavioural approach test allows, as pure rules; gives no command and shows nothing.

The script is locked: only the step's own acts make anything harder. What eases, holds or leaves is
never kept back, and neither is what only lets the patient rate, see or hear well.
"""

from __future__ import annotations

from typing import Literal

from controller.called import called
from controller.language import _
from controller.session.bat.so_far import BatSoFar
from scenarios.api.ladders import BatSpec, BatStepSpec
from scenarios.api.manifest import GradedSpec
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.messages import LinkAct
from vr_runtime.wire.recorded import PlayLine
from vr_runtime.wire.state import State, TaskState
from vr_runtime.wire.version import TICKS_PER_SECOND

LOCKED = (
    acts.Trigger
    | acts.GiveTask
    | acts.SetValue
    | acts.FollowLevel
    | acts.ArmTrial
    | acts.BeginTrial
    | acts.Raise
    | acts.ShowText
    | acts.GuideBreathing
    | acts.GuideTension
    | acts.Familiarise
    | PlayLine
)
"""What is kept back unless it is the step's own."""
Next = Literal["offer", "begin", "raise", "set", "task", "stay", "hold", "wait", "done", "end"]
"""What comes next: the step is offered, a trial begun at its level, the level raised by one, a
value set by one declared step, its task given, the patient stays as it is; a hold is to be ended
first; nothing yet; the step is taken as done; the test is ended."""
LEADS: frozenset[Next] = frozenset({"begin", "raise", "set", "task", "stay"})
"""What the therapist does once the patient has agreed to go."""
NEAR = 1e-6


def coached(test: object | None) -> bool:
    """Whether a console may show what judges progress, suggests or says what to say.

    Not within a test: nobody encourages. What warns of harm, as advice on sickness, is shown as
    ever.
    """
    return test is None


def step_of(spec: BatSpec, bat: BatSoFar) -> BatStepSpec:
    """The step that the test is at."""
    return spec.steps[bat.number - 1]


def locked(act: LinkAct | acts.TherapistAct, state: State | None) -> str:
    """One sentence on why a test keeps this act back; empty where it does not."""
    harder = isinstance(act, acts.SetCeiling) and (state is None or act.level > state.ceiling)
    if harder or isinstance(act, LOCKED):
        return refused()
    return ""


def refused() -> str:
    """What is said of whatever is no part of the script."""
    key = called("bat", "F8")
    return _("The BAT's script is locked: {key} leads through its steps.").format(key=key)


def task_of(step: BatStepSpec, state: State | None) -> TaskState | None:
    """The step's own task, as the runtime tells it."""
    tasks = () if state is None or step.task is None else state.tasks
    return next((one for one in tasks if one.name == step.task), None)


def at_level(step: BatStepSpec, state: State | None) -> bool:
    """Whether the step's level is applied to the patient, and its values are.

    Not while a trial is counted down: the patient does not see the place yet.
    """
    return (
        state is not None
        and state.phase in (Phase.EXPOSURE, Phase.HOLD)
        and state.asked == state.reached == step.level
        and not state.moving
        and not state.sight.countdown
        and to_set(step, state) is None
    )


def to_set(step: BatStepSpec, state: State) -> tuple[str, float | None] | None:
    """A value that is not as the step says and what it is to be, None for as the level has it."""
    for one in state.values:
        wanted = step.values.get(one.name)
        if wanted is None and one.apart:
            return one.name, None
        if wanted is not None and not (one.apart and abs(one.target - wanted) < NEAR):
            return one.name, wanted
    return None


def one_step(spec: GradedSpec, applied: float, wanted: float) -> float:
    """How far one act may set a value: to its easier side at once, else by one declared step."""
    if not spec.is_harder(wanted, applied):
        return wanted
    value = applied + (spec.step if spec.harder == "up" else -spec.step)
    return round(wanted if spec.is_harder(value, wanted) else value, 6)


def left_s(step: BatStepSpec, bat: BatSoFar, tick: int) -> float:
    """Seconds that the patient is still to stay at the step; all of them before it is reached."""
    if bat.arrived is None:
        return float(step.seconds)
    return max(0.0, step.seconds - (tick - bat.arrived) / TICKS_PER_SECOND)


def following(spec: BatSpec, bat: BatSoFar, state: State, *, task_given: bool) -> Next:
    """What comes next in this test."""
    if bat.stage == "over":
        return "end"
    if bat.stage == "between":
        return "offer"
    if state.phase not in (Phase.EXPOSURE, Phase.HOLD):
        return "begin"
    step = step_of(spec, bat)
    there, task = at_level(step, state), task_of(step, state)
    finished = step.task is None or (task_given and task is not None and not task.running)
    if there and finished and bat.arrived is not None:
        return "done" if left_s(step, bat, state.tick) <= 0 else "wait"
    if state.phase is Phase.HOLD:
        return "hold"
    if state.moving or state.sight.countdown or (state.asked < step.level and state.raise_in_s > 0):
        return "wait"
    return _towards(step, bat, state, task_given)


def _towards(step: BatStepSpec, bat: BatSoFar, state: State, task_given: bool) -> Next:
    """What leads on to the step, while nothing is on its way."""
    if state.asked < step.level:
        return "raise"
    if state.asked == step.level and to_set(step, state) is not None:
        return "set"
    if at_level(step, state) and step.task is not None and not task_given:
        return "task"
    return "stay" if bat.stage == "offered" and at_level(step, state) else "wait"
