"""Owns the scripted therapist of `palier demo --auto`: one session of 15 minutes, in lock-step.

It leads through the conductor as a person would, never past it, and decides by ticks alone, so that
one seed gives one session at any speed and on any display.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from controller.language import _
from controller.session.at_play import under_way
from controller.session.conductor import Conductor
from controller.session.now import Now, Outcome
from controller.session.ports import LinkPort, NoAnswer
from controller.simulation import before
from controller.simulation.failed import ScriptFailed
from controller.simulation.patient import SimulatedPatient
from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import State, TaskState
from vr_runtime.wire.version import TICKS_PER_SECOND

CHUNK = 6
"""Ticks granted at once: 0.2 s, one heartbeat."""
SESSION_S = 15 * 60.0
_EASED = 40.0
"""Distress at which the script goes one level up, if it has stayed long enough."""
_OVERWHELMED = 85.0
_STAY_S = 75.0
_LONGEST_STAY_S = 150.0
_TASK_DONE_S = 20.0
"""After so long the simulated patient has done what the therapist alone can see."""
_TASK_LONGEST_S = 60.0
_PAUSE_AT_S = 6 * 60.0
_SAFE_AT_S = 11 * 60.0
_REST_S = 45.0
_END_S = 14 * 60.0


@dataclass
class _Last:
    """What the script remembers."""

    moved_s: float = 0.0
    event_s: float = 0.0
    task_s: float = 0.0
    answered_s: float = -60.0
    paused: bool = False
    rested: bool = False


class AutoLead:
    """Leads one simulated patient through one scenario by script."""

    def __init__(
        self,
        conductor: Conductor,
        link: LinkPort,
        patient: SimulatedPatient,
        *,
        speed: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        began_s: float | None = None,
        progress: Callable[[Now], None] = lambda _now: None,
    ) -> None:
        """Lead `speed` times as fast as the clock, or as fast as can be until that is caught up.

        Args:
            conductor: through which every act goes.
            link: which grants the ticks.
            patient: who rates.
            speed: seconds of the session for one of the clock.
            now: the clock, in seconds.
            sleep: waits some seconds of the clock.
            began_s: the moment of the clock that counts as the beginning, so that what the
                patient's side needed to start is caught up; None for now.
            progress: told of each second of the session.
        """
        self._conductor = conductor
        self._link = link
        self._patient = patient
        self._speed = speed
        self._clock = now
        self._sleep = sleep
        self._progress = progress
        self._last = _Last()
        self._began_s = now() if began_s is None else began_s
        self._granted = 0

    async def lead(self, patient_id: str, scenario_id: str, seed: int) -> State:
        """Lead the whole session; gives the runtime's last state.

        Raises:
            ScriptFailed: the scenario could not be loaded, or an act was refused unexpectedly.
        """
        await self._pass(2.0)
        _must(await self._conductor.open_session(patient_id, scenario_id, seed=seed))
        await self._until(lambda n: _phase(n) is Phase.READY, 10.0, "the scenario to be loaded")
        await before.preflight(self._conductor.before)
        await self._rate()
        await self._pass(10.0)
        await self._begin(1)
        while self._now().at_s < _END_S:
            await self._pass(1.0)
            await self._act()
        await self._conductor.safe_place()
        await self._pass(_REST_S)
        await self._rate()
        state = await self._pass(max(1.0, SESSION_S - self._now().at_s))
        _must(await self._conductor.close_session())
        return state

    async def _act(self) -> None:
        now, last = self._now(), self._last
        phase, state = _phase(now), now.state
        assert state is not None, "a granted state was heard"
        if now.due is not None and now.due.opens_in_s <= 0 and now.at_s - last.answered_s > 10:
            await self._rate()
        if phase is Phase.EXPOSURE:
            await self._expose(now, state)
        elif phase is Phase.HOLD:
            await self._conductor.resume()
        elif phase in (Phase.PAUSE, Phase.SAFE_PLACE, Phase.STOPPED):
            if now.at_s - last.moved_s >= _REST_S:
                await self._begin(0 if state.come_back is None else state.come_back)

    async def _expose(self, now: Now, state: State) -> None:
        last, stayed = self._last, now.at_s - self._last.moved_s
        distress = self._patient.distress()
        if self._patient.would_leave():
            await self._conductor.note(_("The patient asks to leave."))
            await self._leave(self._conductor.safe_place)
        elif not last.paused and now.at_s >= _PAUSE_AT_S:
            last.paused = True
            await self._leave(self._conductor.pause)
        elif not last.rested and now.at_s >= _SAFE_AT_S:
            last.rested = True
            await self._leave(self._conductor.safe_place)
        elif distress > _OVERWHELMED and state.reached > 0 and not state.moving:
            last.moved_s = now.at_s
            await self._conductor.lower_level()
        elif state.raise_in_s > 0 or state.moving:
            return
        elif (given := under_way(state)) is not None:
            await self._end_task(given)
        elif (stayed > _STAY_S and distress < _EASED) or stayed > _LONGEST_STAY_S:
            if state.asked < state.ceiling:
                last.moved_s = now.at_s
                # Once more before the step, so that the report shows what staying did.
                await self._rate()
                await self._conductor.raise_level()
        elif stayed > 30 and now.at_s - last.event_s > 60:
            last.event_s = now.at_s
            ready = [
                e for e in state.events if e.level_reached and not e.cooldown_s and e.barred is None
            ]
            if ready:
                chosen = ready[state.tick // TICKS_PER_SECOND % len(ready)]
                await self._conductor.trigger(chosen.name)
        elif stayed > 15 and now.at_s - last.task_s > 120:
            last.task_s = now.at_s
            able = [t for t in state.tasks if t.level_reached and t.barred is None]
            if able:
                fewest = min(t.given for t in able)
                await self._conductor.give_task(next(t for t in able if t.given == fewest).name)

    async def _end_task(self, given: TaskState) -> None:
        """Say that it is done, where only a person sees it; take back what takes too long."""
        manifest = self._now().manifest
        spec = None if manifest is None else manifest.task(given.name)
        if spec is not None and spec.by_therapist and given.running_s >= _TASK_DONE_S:
            await self._conductor.task_done(given.name)
        elif given.running_s >= _TASK_LONGEST_S:
            await self._conductor.take_back_task(given.name)

    async def _leave(self, act: Callable[[], Awaitable[Outcome]]) -> None:
        self._last.moved_s = self._now().at_s
        await act()

    async def _begin(self, level: int) -> None:
        _must(await self._conductor.arm_trial(level))
        _must(await self._conductor.begin_trial())
        self._last.moved_s = self._now().at_s

    async def _rate(self) -> None:
        self._last.answered_s = self._now().at_s
        typed = self._patient.rating(self._now().scale)
        if typed:
            _must(await self._conductor.rate(typed))
        else:
            await self._conductor.skip_rating(_("no answer"))

    async def _until(self, reached: Callable[[Now], bool], seconds: float, what: str) -> None:
        for _chunk in range(int(seconds * TICKS_PER_SECOND / CHUNK)):
            if reached(self._now()):
                return
            state = self._now().state
            if state is not None and state.disabled is not None:
                raise ScriptFailed(state.disabled)
            await self._pass(CHUNK / TICKS_PER_SECOND)
        raise ScriptFailed(f"waited {seconds:.0f} s of session time for {what}")

    async def _pass(self, seconds: float) -> State:
        """Let session time pass, no faster than asked for."""
        left = max(1, round(seconds * TICKS_PER_SECOND))
        while True:
            ticks = min(CHUNK, left)
            await self._conductor.beat()
            try:
                state = await self._link.grant(ticks)
            except NoAnswer:
                text = _("The patient's side broke off; the scripted session cannot go on.")
                raise ScriptFailed(text) from None
            running = sum(1 for e in state.events if e.running)
            self._patient.advance(ticks, state.level, state.phase, running)
            self._granted += ticks
            left -= ticks
            ahead = self._granted / TICKS_PER_SECOND / self._speed
            ahead -= self._clock() - self._began_s
            if ahead > 0:
                await self._sleep(ahead)
            if left <= 0:
                self._progress(self._now())
                return state

    def _now(self) -> Now:
        return self._conductor.now()


def _phase(now: Now) -> Phase:
    return Phase.IDLE if now.state is None else now.state.phase


def _must(outcome: Outcome) -> None:
    if not outcome.ok:
        raise ScriptFailed(outcome.text)
