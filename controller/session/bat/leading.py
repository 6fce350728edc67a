"""Owns the use cases of a behavioural approach test: begin, offer a step, go, done, refused, end.

The patient leads and nobody encourages: each step is one act of the therapist, and whatever makes
the scene harder goes through the same acts, with the same refusals, as without a test. It knows
neither screen nor socket.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from controller.called import called
from controller.language import _, language
from controller.session.bat import rules
from controller.session.bat.entries import BatSaid
from controller.session.bat.run import BatNow
from controller.session.notices import Notices
from controller.session.now import Outcome
from controller.session.ports import Recorder
from controller.session.sitting import Sitting
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, TherapistAct
from vr_runtime.wire.messages import LinkAct
from vr_runtime.wire.state import State

Refuse = Callable[[str], Outcome]


class Gives(Protocol):
    """The acts of whoever leads that a step may need; each refuses as it always does."""

    async def arm_trial(self, level: int) -> Outcome:
        """Name the level of a trial."""
        ...

    async def begin_trial(self) -> Outcome:
        """Begin at the level that was named."""
        ...

    async def raise_level(self) -> Outcome:
        """One level up."""
        ...

    async def give_task(self, name: str) -> Outcome:
        """Give this task."""
        ...

    async def set_value(self, name: str, value: float) -> Outcome:
        """Set a value apart."""
        ...

    async def follow_level(self, name: str) -> Outcome:
        """Let a value follow the level again."""
        ...


class Bats:
    """The test of the open session, for every console (`controller.ui.bat_port.Bats`)."""

    def __init__(
        self,
        sitting: Callable[[], Sitting | None],
        state: Callable[[], State | None],
        no_session: Callable[[], Outcome],
        gives: Gives,
        recorder: Recorder,
        notices: Notices,
    ) -> None:
        """`sitting` is the open session, `state` the runtime's last word."""
        self._sitting, self._state, self._no_session = sitting, state, no_session
        self._gives, self._recorder, self._notices = gives, recorder, notices
        self._own: tuple[LinkAct | TherapistAct, ...] = ()
        """The acts that the step under way gives at this moment."""

    def why_not(self, act: LinkAct | TherapistAct) -> str:
        """Why the test keeps this act back; empty where it does not, or none is under way."""
        sitting = self._sitting()
        if sitting is None or sitting.bat.so_far is None or act in self._own:
            return ""
        return rules.locked(act, self._state())

    # -- the test as a whole

    async def begin(self) -> Outcome:
        """Begin the test; the script is locked from here on. Outside the scene only."""
        sitting, state = self._sitting(), self._state()
        if sitting is None or state is None:
            return self._no_session()
        run = sitting.bat
        if run.spec is None:
            return self._refuse(_("This scenario declares no BAT."))
        if run.so_far is not None:
            return self._refuse(_("A BAT is under way already."))
        if state.phase not in (Phase.READY, Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED):
            return self._refuse(_("Leave the scene first: safe place, pause or stop."))
        text = _("The BAT is begun. Read aloud: {instruction}")
        told = text.format(instruction=run.spec.instruction.get(language()))
        return await self._keep(sitting, run.begun(), told)

    async def end(self) -> Outcome:
        """End the test; what is applied stays, and the script is no longer locked."""
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        if sitting.bat.so_far is None:
            return self._refuse(_("No BAT is under way."))
        said = sitting.bat.ended(sitting.bat.so_far.how)
        text = _("The BAT is ended and saved: {score} of {steps} steps done.")
        return await self._keep(sitting, said, text.format(score=said.score, steps=said.steps))

    # -- its steps

    async def offer(self) -> Outcome:
        """Name the next step to the patient: nothing changes in the scene."""
        found = self._at("offer")
        if isinstance(found, Outcome):
            return found
        sitting, now, _state = found
        text = _("Step {number} is offered: {item}")
        told = text.format(number=now.so_far.number, item=now.step.item.get(language()))
        return await self._keep(sitting, sitting.bat.step("offered"), told)

    async def go(self) -> Outcome:
        """The patient goes: one act towards the step, or its task, or staying as it is."""
        found = self._at(*rules.LEADS)
        if isinstance(found, Outcome):
            return found
        sitting, now, state = found
        outcome = await self._lead(now, state)
        run = sitting.bat
        if outcome.ok and run.so_far is not None and run.so_far.stage == "offered":
            # Nobody waits for the record here: what eases or leads on must not wait either.
            said = run.step("gone")
            run.take(said)
            sitting.record(said)
        return outcome

    async def _lead(self, now: BatNow, state: State) -> Outcome:
        """Give the one act that is next; the runtime and the patient's consent rule as ever."""
        step = now.step
        match now.next:
            case "begin":
                given = (acts.ArmTrial(level=step.level), acts.BeginTrial(level=step.level))
                outcome = await self._give(self._gives.arm_trial(step.level), *given)
                if not outcome.ok:
                    return outcome
                return await self._give(self._gives.begin_trial(), *given)
            case "raise":
                raised = acts.Raise(level=state.asked + 1)
                return await self._give(self._gives.raise_level(), raised)
            case "task" if step.task is not None:
                return await self._give(
                    self._gives.give_task(step.task), acts.GiveTask(name=step.task)
                )
            case "set":
                return await self._set(now, state)
        return Outcome(True, "")

    async def _set(self, now: BatNow, state: State) -> Outcome:
        sitting, found = self._sitting(), rules.to_set(now.step, state)
        spec = None if sitting is None or found is None else sitting.manifest.value(found[0])
        if found is None or spec is None:
            return Outcome(True, "")
        name, wanted = found
        if wanted is None:
            return await self._give(self._gives.follow_level(name), acts.FollowLevel(name=name))
        applied = next(one.applied for one in state.values if one.name == name)
        value = rules.one_step(spec, applied, wanted)
        return await self._give(
            self._gives.set_value(name, value), acts.SetValue(name=name, value=value)
        )

    async def _give(self, giving: Awaitable[Outcome], *own: LinkAct | TherapistAct) -> Outcome:
        self._own = own
        try:
            return await giving
        finally:
            self._own = ()

    async def done(self) -> Outcome:
        """The step is done: the patient stayed for its time, and did its task."""
        found = self._at("done")
        if isinstance(found, Outcome):
            return found
        sitting, now, state = found
        measured = next((v.applied for v in state.values if v.name == now.spec.measure), None)
        text = _("Step {number} of {steps}: done, and saved.")
        told = text.format(number=now.so_far.number, steps=now.so_far.steps)
        return await self._keep(sitting, sitting.bat.step("done", measured), told)

    async def no_further(self) -> Outcome:
        """The patient does not go, or stays no longer; the scene stays until it is led out of."""
        sitting = self._sitting()
        if sitting is None:
            return self._no_session()
        bat = sitting.bat.so_far
        if bat is None or bat.stage not in ("offered", "gone"):
            return self._refuse(_("No step is offered or under way."))
        if bat.stage == "offered":
            text = _("Step {number}: refused by the patient, and saved.")
            said = sitting.bat.step("refused")
        else:
            text = _("Step {number}: ended by the patient, and saved.")
            said = sitting.bat.step("ended")
        return await self._keep(sitting, said, text.format(number=bat.number))

    # -- within

    def _refuse(self, text: str) -> Outcome:
        return self._notices.say(False, text, "refused")

    def _at(self, *wanted: rules.Next) -> tuple[Sitting, BatNow, State] | Outcome:
        """The test as it stands where one of these comes next; else why not."""
        sitting, state = self._sitting(), self._state()
        if sitting is None or state is None:
            return self._no_session()
        now = sitting.bat.seen(state)
        if now is None:
            return self._refuse(_("No BAT is under way."))
        if now.next in wanted:
            return sitting, now, state
        return self._refuse(self._why(now))

    @staticmethod
    def _why(now: BatNow) -> str:
        """What stands before anything else, in one sentence."""
        match now.next:
            case "offer":
                return _("The next step is to be offered first.")
            case "hold":
                key = called("resume", "R")
                return _("A hold is on: {key} ends it first.").format(key=key)
            case "done":
                return _("The patient is there for the step's time: it can be taken as done.")
            case "end":
                return _("No further step is offered; the BAT can be ended.")
            case "wait" if now.so_far.arrived is None:
                return _("The step is on its way or its task is open; wait, or ease.")
            case "wait" if now.left_s > 0:
                text = _("The patient is to stay for {seconds} s more.")
                return text.format(seconds=int(now.left_s + 0.999))
        return _("The step's task is not done yet, or the step is not reached.")

    async def _keep(self, sitting: Sitting, said: BatSaid, text: str) -> Outcome:
        """Hand an entry over; said once it is durable."""
        sitting.bat.take(said)
        await self._recorder.append(sitting.id, said)
        return self._notices.say(True, text, "done")
