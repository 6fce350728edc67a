"""Owns what an observer's console shows of a session that another one leads; it keeps nothing.

It begins with the first word it is sent, and ends with the patient's consent.
"""

from __future__ import annotations

from dataclasses import replace

from controller.session.course import Course
from controller.session.now import Now
from scenarios.api.manifest import Manifest
from vr_runtime.wire.happenings import Happened
from vr_runtime.wire.state import State


class Watched:
    """The session as far as it was seen."""

    def __init__(self) -> None:
        self._state: State | None = None
        self._course: Course | None = None

    def on_state(self, state: State) -> None:
        """The runtime's own word; another session begins anew."""
        if state.session is None:
            self._course = None
        elif self._course is None or self._state is None or self._state.session != state.session:
            self._course = Course(state.tick)
        self._state = state
        if self._course is not None:
            self._course.on_state(state)

    def on_happened(self, happened: Happened) -> None:
        """One piece of news of the session that is seen."""
        if self._course is not None:
            self._course.on_happened(happened)

    def seen(self, base: Now, manifests: tuple[Manifest, ...]) -> Now:
        """`base` with what was seen. Times count from when this console began to watch."""
        state, course = self._state, self._course
        if state is None or course is None:
            return base
        return replace(
            base,
            manifest=next((m for m in manifests if m.id == state.scenario), None),
            session=state.session,
            at_s=course.at_s(state.tick),
            levels=course.levels,
            bands=course.bands,
            trials=course.trials,
            fired=course.fired,
        )
