"""Owns one behavioural approach test within an open session: where it stands, and what ends it.

It hands its entries over as they come and follows the runtime's news; it commands nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from controller.session.bat.entries import BatBegun, BatEnded, BatStep, HowEnded, What
from controller.session.bat.rules import Next, at_level, following, left_s, step_of
from controller.session.bat.so_far import BatSoFar, then
from controller.session.document import Document
from scenarios.api.ladders import BatSpec, BatStepSpec
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.happenings import Happening, PhaseChanged, TaskEnded, TaskGiven
from vr_runtime.wire.state import State

_IN_SCENE = (Phase.EXPOSURE, Phase.HOLD)
_LEFT = ("patient_left",)
"""Causes of a change of phase by which the patient says that they go no further."""


@dataclass(frozen=True)
class BatNow:
    """A test that is under way, as consoles draw it."""

    so_far: BatSoFar
    spec: BatSpec
    next: Next
    left_s: float
    """Seconds that the patient is still to stay at the step."""

    @property
    def step(self) -> BatStepSpec:
        """The step that is offered, under way, or next."""
        return step_of(self.spec, self.so_far)


class BatRun:
    """The test of one session, or none."""

    def __init__(self, spec: BatSpec | None, tick: Callable[[], int]) -> None:
        """`spec` is the scenario's script, `tick` the runtime's last."""
        self.spec, self._tick = spec, tick
        self.so_far: BatSoFar | None = None
        self.task_given = False

    def take(self, said: Document) -> None:
        """An entry of this session was handed over, or is read again."""
        before = self.so_far
        self.so_far = then(before, said) if self.spec is not None else None
        after = self.so_far
        if before is None or after is None or before.number != after.number:
            self.task_given = False
        elif isinstance(said, BatStep) and said.what == "interrupted":
            self.task_given = False

    def follow(self, what: Happening) -> None:
        """What the runtime tells of the step's task."""
        if self.so_far is None or self.spec is None:
            return
        task = step_of(self.spec, self.so_far).task
        if isinstance(what, TaskGiven) and what.name == task:
            self.task_given = True
        elif isinstance(what, TaskEnded) and what.name == task:
            self.task_given = what.how in ("completed", "marked")

    def befell(self, what: Happening, tick: int) -> tuple[BatStep | BatEnded, ...]:
        """The entries that this piece of news leads to: a stop, a patient who left, a scene left.

        They are of its own `tick`: it may be told long after, to a console that was away. Whoever
        records them hands them to `take` too.
        """
        return tuple(one.model_copy(update={"tick": tick}) for one in self._befell(what))

    def _befell(self, what: Happening) -> tuple[BatStep | BatEnded, ...]:
        bat = self.so_far
        if bat is None or not isinstance(what, PhaseChanged):
            return ()
        if what.after is Phase.STOPPED:
            return (self.cut_off("stopped"),)
        if bat.stage == "over" or what.after in _IN_SCENE:
            return ()
        if what.cause in _LEFT and bat.stage == "gone":
            return (self.step("ended"),)
        if what.cause in _LEFT and bat.stage == "offered" and what.before in _IN_SCENE:
            return (self.step("refused"),)
        return self.broken_off()

    def broken_off(self) -> tuple[BatStep, ...]:
        """The scene is left while a step was offered or under way: it may be offered again."""
        bat = self.so_far
        return (self.step("interrupted"),) if bat and bat.stage in ("offered", "gone") else ()

    def on_state(self, state: State) -> tuple[BatStep, ...]:
        """The entry that the applied level leads to: the step is reached."""
        bat = self.so_far
        if bat is None or self.spec is None or bat.stage != "gone":
            return ()
        there = at_level(step_of(self.spec, bat), state)
        if there and bat.arrived is None:
            return (self.step("arrived"),)
        if not there and bat.arrived is not None:
            # Lowered meanwhile: the time at the step begins again once it is reached again.
            self.so_far = replace(bat, arrived=None)
        return ()

    def begun(self) -> BatBegun:
        """The entry of its beginning; `ValueError` where the scenario has no script."""
        if self.spec is None:
            raise ValueError("this scenario declares no BAT")
        return BatBegun(steps=len(self.spec.steps), tick=self._tick())

    def step(self, what: What, measure: float | None = None) -> BatStep:
        """The entry of what became of the present step."""
        number = 1 if self.so_far is None else self.so_far.number
        return BatStep(number=number, what=what, measure=measure, tick=self._tick())

    def ended(self, how: HowEnded) -> BatEnded:
        """The entry of its end."""
        bat = self.so_far or BatSoFar(1)
        return BatEnded(how=how, score=bat.score, steps=bat.steps, tick=self._tick())

    def cut_off(self, how: HowEnded) -> BatEnded:
        """The entry of its end by a stop or the session's end; one that was over ended before."""
        bat = self.so_far
        return self.ended(bat.how if bat is not None and bat.stage == "over" else how)

    def seen(self, state: State) -> BatNow | None:
        """What consoles draw; None while no test is under way."""
        bat, spec = self.so_far, self.spec
        if bat is None or spec is None:
            return None
        left = left_s(step_of(spec, bat), bat, state.tick)
        return BatNow(bat, spec, following(spec, bat, state, task_given=self.task_given), left)
