"""The patient's window from outside: the real runtime, a real screen, a hand at the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import close, focus, patients, pointer_into
from far_wire import far_wire
from room import Room, room_of
from runtime_process import Client

from vr_runtime.display.panda import PandaDisplay
from vr_runtime.wire import acts
from vr_runtime.wire.acts import Phase, View

pytestmark = pytest.mark.render


@pytest.fixture(scope="module")
def room(
    opened: PandaDisplay, cache_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    """One runtime for all: each test leaves it stopped. `opened` has filled the cache it uses."""
    with room_of(tmp_path_factory.mktemp("runtime"), cache_home) as room:
        room.open("test.yard")
        room.phase(Phase.READY)
        yield room


@pytest.mark.fault("F31")
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


@pytest.mark.fault("F9")
def test_the_patient_leaves_and_stops_while_the_link_to_the_console_stands_still(room):
    room.begin()
    runtime = room.console.runtime
    with far_wire(runtime.port) as wire:
        far = Client(runtime, "second", wire.port)
        far.claim(takeover=True)
        wire.stall()
        pointer_into(room.desk)
        room.desk.ask("xdotool", "click", "3")
        left = room.phase(Phase.SAFE_PLACE)
        assert (left.cause, left.control.holder) == ("patient_left", "second")
        room.desk.ask("xdotool", "click", "3")
        assert room.phase(Phase.STOPPED).cause == "patient_stopped"
        far.close()
    room.console.claim(takeover=True)


def test_the_wheel_takes_up_the_dial_chooses_on_it_and_one_press_answers(room):
    room.begin()
    pointer_into(room.desk)
    room.desk.ask("xdotool", "click", "4")
    raised = room.until(lambda state: state.sight.dial == "raised", "the dial")
    assert raised.sight.way_out, "who takes it up reads how to leave as well"
    eventually_chosen(room)
    room.desk.ask("xdotool", "click", "1")
    given = room.until(lambda state: state.sight.dial == "answered", "the answer")
    assert given.sight.given is not None and given.sight.given % 5 == 0
    assert (given.phase, given.view) == (Phase.EXPOSURE, View.SCENE)
    room.console.stop()
    room.phase(Phase.STOPPED)


def eventually_chosen(room: Room) -> None:
    """Turn the wheel once more than its first swing, which chooses nothing."""
    seen = room.console.state().tick
    room.until(lambda state: state.tick > seen + 15, "half a second")
    room.desk.ask("xdotool", "click", "4")


def test_looking_around_with_the_button_down_answers_nothing(room):
    room.begin()
    room.console.must(acts.AskRating())
    pointer_into(room.desk)
    seen = room.until(lambda state: state.sight.dial == "asked", "the dial").tick
    room.until(lambda state: state.tick > seen + 15, "half a second")
    room.desk.ask("xdotool", "click", "5")
    room.desk.ask("xdotool", "mousedown", "1")
    room.desk.ask("xdotool", "mousemove_relative", "60", "0")
    room.desk.ask("xdotool", "mouseup", "1")
    seen = room.console.state().tick
    state = room.until(lambda state: state.tick > seen + 20, "two thirds of a second")
    assert state.sight.dial == "asked"
    room.console.stop()
    room.phase(Phase.STOPPED)
