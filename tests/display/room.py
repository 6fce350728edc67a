"""A patient's screen with the real runtime on it, and a console that leads, for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desk import Desk, desk_of
from runtime_process import Client, RuntimeProcess, eventually, running

from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.messages import Done
from vr_runtime.wire.state import State

LEVEL = 1
AT_LEVEL = (LEVEL, False)
PATIENCE_S = 150.0
"""All models of a scenario are made at its first load, beside the pictures."""


class Room:
    """A patient's screen, and a console that leads and never falls silent while it waits."""

    def __init__(self, desk: Desk, runtime: RuntimeProcess, console: Client) -> None:
        self.desk = desk
        self.runtime = runtime
        self.console = console
        self._sessions = 0
        desk.meanwhile = console.beat

    def until(self, holds: Callable[[State], bool], what: str) -> State:
        """The first state for which it holds."""
        seen = [self.console.state()]

        def look() -> bool:
            self.console.beat()
            seen.append(self.console.state())
            return holds(seen[-1])

        eventually(look, f"{what}; now {seen[-1].phase}", PATIENCE_S)
        return seen[-1]

    def phase(self, phase: Phase) -> State:
        return self.until(lambda state: state.phase is phase, f"the phase {phase}")

    def open(self, scenario: str) -> None:
        """A new session, which begins to load its scenario."""
        self._sessions += 1
        session = f"s{self._sessions}"
        self.console.must(acts.OpenSession(session=session, scenario=scenario, seed=1, ceiling=8))
        self.console.session = session

    def close(self) -> None:
        """The end of the session."""
        self.console.must(acts.CloseSession())
        self.console.session = None

    def begin(self) -> None:
        """A new trial, until the patient stands in the scene at its level."""
        while not self._begun():
            # The machine kept this console silent for a second: it begins anew.
            self.console.ask(acts.SafePlace())

    def _begun(self) -> bool:
        """Whether the patient came to the level before the console fell silent."""
        self.console.must(acts.ArmTrial(level=LEVEL))
        begin = acts.BeginTrial(level=LEVEL)
        # Refused until the link has been steady for a second.
        self.until(lambda _: isinstance(self.console.ask(begin).answer, Done), "the beginning")
        trial = self.console.hello().state.trial
        state = self.until(
            lambda state: (
                state.trial == trial
                and (state.phase is not Phase.EXPOSURE or (state.reached, state.moving) == AT_LEVEL)
            ),
            "the level",
        )
        assert state.phase is Phase.EXPOSURE or state.cause in ("console_lost", "grace_over")
        return state.phase is Phase.EXPOSURE and state.view is View.SCENE

    def visible(self) -> bool:
        """Whether the patient's window is on the screen."""
        return bool(self.desk.ask("xdotool", "search", "--onlyvisible", "--name", "^Palier$"))


@contextmanager
def room_of(folder: Path, cache_home: Path) -> Iterator[Room]:
    """A runtime whose window fills a screen of its own; models are kept in `cache_home`."""
    with desk_of((400, 225)) as desk, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", desk.environment["DISPLAY"])
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
        patch.setenv("ALSOFT_DRIVERS", "null")
        with running(folder, "--monitor", "0", display="desktop") as runtime:
            console = Client(runtime, "therapist")
            console.hello()
            console.claim()
            yield Room(desk, runtime, console)
            console.close()
