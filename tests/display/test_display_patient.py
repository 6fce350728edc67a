"""The patient's window from outside: the real runtime, a real screen, a hand at the mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk, close, desk_of, focus, patients, pointer_into
from runtime_process import Client, eventually, running

from vr_runtime.display.panda import PandaDisplay
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View
from vr_runtime.wire.messages import Done
from vr_runtime.wire.state import State

pytestmark = pytest.mark.render

LEVEL = 1


class Room:
    """A patient's screen, and a console that leads and never falls silent while it waits."""

    def __init__(self, desk: Desk, console: Client) -> None:
        self.desk = desk
        self.console = console
        desk.meanwhile = console.beat

    def until(self, holds: Callable[[State], bool], what: str) -> State:
        """The first state for which it holds."""
        seen = [self.console.state()]

        def look() -> bool:
            self.console.beat()
            seen.append(self.console.state())
            return holds(seen[-1])

        eventually(look, f"{what}; now {seen[-1].phase}")
        return seen[-1]

    def phase(self, phase: Phase) -> State:
        return self.until(lambda state: state.phase is phase, f"the phase {phase}")

    def begin(self) -> None:
        """A new trial, until the patient stands in the scene at its level."""
        self.console.must(acts.ArmTrial(level=LEVEL))
        begin = acts.BeginTrial(level=LEVEL)
        # Refused until the link has been steady for a second.
        self.until(lambda _: isinstance(self.console.ask(begin).answer, Done), "the beginning")
        self.until(lambda state: state.reached == LEVEL and not state.moving, "the level")
        assert self.phase(Phase.EXPOSURE).view is View.SCENE

    def visible(self) -> bool:
        """Whether the patient's window is on the screen."""
        return bool(self.desk.ask("xdotool", "search", "--onlyvisible", "--name", "^Palier$"))


@pytest.fixture(scope="module")
def room(
    opened: PandaDisplay, cache_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    """One runtime for all: each test leaves it stopped. `opened` has filled the cache it uses."""
    with desk_of((400, 225)) as desk, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", desk.environment["DISPLAY"])
        patch.setenv("XDG_CACHE_HOME", str(cache_home))
        patch.setenv("ALSOFT_DRIVERS", "null")
        folder = tmp_path_factory.mktemp("runtime")
        with running(folder, "--monitor", "0", display="desktop") as runtime:
            console = Client(runtime, "therapist")
            console.hello()
            console.claim()
            opening = acts.OpenSession(session="s1", scenario="test.yard", seed=1, ceiling=8)
            console.must(opening)
            console.session = "s1"
            room = Room(desk, console)
            room.phase(Phase.READY)
            yield room
            console.close()


def test_a_closed_window_is_a_stop_and_a_new_start_brings_it_back(room):
    room.begin()
    patients(room.desk)
    focus(room.desk)
    close(room.desk)
    stopped = room.phase(Phase.STOPPED)
    assert (stopped.cause, stopped.view) == ("window_closed", View.NEUTRAL)
    room.until(lambda state: not room.visible(), "the window to go")
    # Meanwhile the runtime goes on drawing and hearing.
    drawn = stopped.display.pictures + 10
    room.until(lambda state: state.display.pictures > drawn, "ten pictures nobody sees")
    assert not room.visible()
    room.begin()
    patients(room.desk)
    room.until(lambda state: not state.display.focused, "the keyboard to stay with the console")
    room.desk.until("xdotool", "getwindowfocus", "getwindowname", says="Event Tester")
    room.console.stop()
    room.phase(Phase.STOPPED)


def test_the_right_button_leads_to_the_safe_place_and_there_stops(room):
    room.begin()
    pointer_into(room.desk)
    room.desk.ask("xdotool", "click", "3")
    left = room.phase(Phase.SAFE_PLACE)
    assert (left.cause, left.view, left.level) == ("patient_left", View.SAFE_PLACE, 0.0)
    room.desk.ask("xdotool", "click", "3")
    stopped = room.phase(Phase.STOPPED)
    assert (stopped.cause, stopped.trial_open) == ("patient_stopped", False)


def test_the_right_button_held_down_stops_at_once(room):
    room.begin()
    pointer_into(room.desk)
    room.desk.ask("xdotool", "mousedown", "3")
    assert room.phase(Phase.STOPPED).cause == "patient_stopped"
    room.desk.ask("xdotool", "mouseup", "3")


def test_a_stop_key_in_the_patients_window_stops(room):
    room.begin()
    pointer_into(room.desk)
    focus(room.desk)
    room.desk.ask("xdotool", "key", "F12")
    assert room.phase(Phase.STOPPED).cause == "runtime_key_stop"
