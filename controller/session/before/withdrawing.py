"""Owns that what a consent was taken back for ends at the patient's side, asked again until it has.

The record says what is consented to, the runtime what is under way; nothing is remembered here
but when it was asked last. It knows no screen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from controller.session.keeping import ConsentTo
from controller.session.now import Outcome
from vr_runtime.wire.state import State

AGAIN_TICKS = 60
"""Two seconds: an answer takes less, and a runtime that is busy is not asked at each state."""


class Withdrawing:
    """The streams of an open session that end with the patient's consent: pose and watching."""

    def __init__(
        self,
        posed: Callable[[str], bool],
        watched: Callable[[str], bool],
        end_pose: Callable[[], Awaitable[Outcome]],
        end_watching: Callable[[], Awaitable[Outcome]],
        later: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        """`posed` and `watched` say by a patient's id whether the record allows it.

        `end_pose` and `end_watching` end it at the patient's side, `later` begins a task.
        """
        self._allows: dict[ConsentTo, Callable[[str], bool]] = {
            "pose": posed,
            "observers": watched,
        }
        self._ends: dict[ConsentTo, Callable[[], Awaitable[Outcome]]] = {
            "pose": end_pose,
            "observers": end_watching,
        }
        self._later = later
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
            return await self._ends[to]()
        finally:
            self._asking.discard(to)

    def on_state(self, patient: str, state: State) -> None:
        """Ask again for whatever goes on although the record does not allow it."""
        for to in _under_way(state):
            since = state.tick - self._asked_at.get(to, -AGAIN_TICKS)
            # A runtime that was started anew counts from nought again.
            if not self._allows[to](patient) and not 0 <= since < AGAIN_TICKS:
                self._later(self._again(to, state))

    async def _again(self, to: ConsentTo, state: State) -> None:
        await self.end(to, state)


def _under_way(state: State) -> tuple[ConsentTo, ...]:
    found: list[ConsentTo] = []
    if state.pose_kept:
        found.append("pose")
    if state.observers.allowed:
        found.append("observers")
    return tuple(found)
