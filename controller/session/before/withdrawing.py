"""Owns that what a consent was taken back for ends at the patient's side, asked again until it has.

The record says what is consented to, the runtime what is under way; nothing is remembered here
but when it was asked last. It knows no screen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from controller.language import _
from controller.session.keeping import ConsentTo
from controller.session.notices import Tone
from controller.session.now import Outcome
from controller.session.ports import NoAnswer
from vr_runtime.wire import acts
from vr_runtime.wire.acts import TherapistAct
from vr_runtime.wire.messages import Done, Refused
from vr_runtime.wire.state import State

AGAIN_TICKS = 60
"""Two seconds: an answer takes less, and a runtime that is busy is not asked at each state."""
LONGEST_TICKS = 30 * AGAIN_TICKS
"""A minute: what is refused is asked again after twice as long each time, up to this."""


class Withdrawing:
    """The streams of an open session that end with the patient's consent: pose and watching."""

    def __init__(
        self,
        posed: Callable[[str], bool],
        watched: Callable[[str], bool],
        end_pose: Callable[[], Awaitable[Outcome]],
        end_watching: Callable[[], Awaitable[Outcome]],
        later: Callable[[Coroutine[Any, Any, None]], object],
        ask: Callable[[TherapistAct], Awaitable[Done | Refused]],
        say: Callable[[bool, str, Tone], Outcome],
    ) -> None:
        """`posed` and `watched` say by a patient's id whether the record allows it.

        `end_pose` and `end_watching` end it at the patient's side, `later` begins a task.
        `ask` asks the patient's side and says nothing, `say` tells the therapist.
        """
        self._allows: dict[ConsentTo, Callable[[str], bool]] = {
            "pose": posed,
            "observers": watched,
        }
        self._ends: dict[ConsentTo, Callable[[], Awaitable[Outcome]]] = {
            "pose": end_pose,
            "observers": end_watching,
        }
        self._later, self._ask, self._say = later, ask, say
        self._refused: dict[ConsentTo, int] = {}
        """How often each was refused since it is under way."""
        self._asked_at: dict[ConsentTo, int] = {}
        """Tick at which each was asked for last."""
        self._asking: set[ConsentTo] = set()

    async def end(self, to: ConsentTo, state: State) -> Outcome | None:
        """End it at the patient's side now; None where it is not under way, or ends already."""
        if to not in _under_way(state) or to in self._asking:
            return None
        self._asking.add(to)
        self._asked_at[to] = state.tick
        try:
            return self._heed(to, await self._ends[to]())
        finally:
            self._asking.discard(to)

    def _heed(self, to: ConsentTo, outcome: Outcome) -> Outcome:
        """Only a refusal has a code: a runtime that does not answer is asked as often as ever."""
        if outcome.ok:
            self._refused.pop(to, None)
        elif outcome.code:
            self._refused[to] = self._refused.get(to, 0) + 1
        return outcome

    def _wait_ticks(self, to: ConsentTo) -> int:
        """Ticks from one time it is asked for to the next."""
        doubled = max(0, min(self._refused.get(to, 0), 8) - 1)
        return min(LONGEST_TICKS, AGAIN_TICKS << doubled)

    def on_state(self, patient: str, state: State) -> None:
        """Ask again for whatever goes on although the record does not allow it."""
        under_way = _under_way(state)
        for gone in [to for to in self._refused if to not in under_way]:
            del self._refused[gone]
        for to in under_way:
            since = state.tick - self._asked_at.get(to, -LONGEST_TICKS)
            # A runtime that was started anew counts from nought again.
            if not self._allows[to](patient) and not 0 <= since < self._wait_ticks(to):
                self._later(self._again(to, state))

    async def _quietly(self, to: ConsentTo) -> Outcome:
        """Ask once more; only that it has ended is worth saying."""
        try:
            answer = await self._ask(_ENDS[to])
        except NoAnswer:
            return Outcome(False, "")
        if isinstance(answer, Refused):
            return Outcome(False, "", answer.code)
        return self._say(True, _("What consent was taken back for has ended."), "done")

    async def _again(self, to: ConsentTo, state: State) -> None:
        if not self._refused.get(to):
            await self.end(to, state)
        elif to not in self._asking:
            # That it is refused was said: said every two seconds it would hide all else.
            self._asking.add(to)
            self._asked_at[to] = state.tick
            try:
                self._heed(to, await self._quietly(to))
            finally:
                self._asking.discard(to)


_ENDS: dict[ConsentTo, TherapistAct] = {
    "pose": acts.SetPose(allowed=False),
    "observers": acts.SetObservers(allowed=False),
}


def _under_way(state: State) -> tuple[ConsentTo, ...]:
    found: list[ConsentTo] = []
    if state.pose_kept:
        found.append("pose")
    if state.observers.allowed:
        found.append("observers")
    return tuple(found)
