"""The patient's window: it takes no keyboard by itself, and its controls leave and stop."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, close, desk_of, focus, patients, pointer_into

from vr_runtime.display.leave import HOLD_S

pytestmark = pytest.mark.render


class Told:
    """The lines a window process says, awaited one by one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.process = process
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def await_line(self, beginning: str) -> str:
        seen = []
        while True:
            try:
                line = self.lines.get(timeout=20)
            except queue.Empty:
                raise AssertionError(f"never said {beginning!r}, only {seen}") from None
            if line.startswith(beginning):
                return line
            seen.append(line)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with desk_of((1024, 600)) as desk:
        yield desk


def open_window(desk: Desk, *arguments: str) -> Told:
    script = Path(__file__).parent / "windowed.py"
    return Told(desk.start(sys.executable, str(script), *arguments))


def test_a_press_between_two_pictures_is_told_without_drawing_another(desk):
    told = open_window(desk, "still")
    told.await_line("STILL")
    pointer_into(desk)
    desk.ask("xdotool", "click", "3")
    assert told.await_line("TOLD") == "TOLD patient_left"
    focus(desk)
    desk.ask("xdotool", "key", "F12")
    assert told.await_line("TOLD") == "TOLD runtime_key_stop"
    close(desk)
    assert told.await_line("TOLD") == "TOLD window_closed"
    told.process.terminate()


def test_the_window_takes_no_keyboard_and_its_mouse_leaves_and_looks(desk):
    told = open_window(desk, "here")
    told.await_line("OPEN")
    assert told.await_line("FOCUS") == "FOCUS no"
    assert desk.keyboard_at() == "Event Tester"
    pointer_into(desk)
    desk.ask("xdotool", "key", "F12")
    desk.ask("xdotool", "mousedown", "1")
    told.await_line("HOLDS")
    desk.ask("xdotool", "mousemove_relative", "--sync", "60", "0")
    # Looking is by the patient's own hand, the world follows it; F12 went to the other window.
    assert told.await_line("TURNED") == "TURNED left"
    desk.ask("xdotool", "mouseup", "1")
    desk.ask("xdotool", "click", "3")
    assert told.await_line("TOLD") == "TOLD patient_left"
    desk.ask("xdotool", "click", "3")
    assert told.await_line("TOLD") == "TOLD patient_stopped"
    # Who clicks into it gives it the keyboard: there its stop keys work, and Space does nothing.
    focus(desk)
    told.await_line("FOCUS yes")
    desk.ask("xdotool", "key", "space")
    desk.ask("xdotool", "key", "Escape", "key", "Escape")
    assert told.await_line("TOLD") == "TOLD runtime_key_stop"
    desk.ask("xdotool", "key", "F12")
    assert told.await_line("TOLD") == "TOLD runtime_key_stop"
    close(desk)
    assert told.await_line("TOLD") == "TOLD window_closed"
    assert told.process.wait(timeout=20) == 0


def test_with_the_console_elsewhere_the_keyboard_and_space_are_the_patients(desk):
    told = open_window(desk, "elsewhere")
    told.await_line("OPEN")
    told.await_line("FOCUS yes")
    # Without the pointer in the picture keys go to the frame around it. Held down, Space repeats:
    # that is one press, which is a stop only after 1.5 s of it.
    desk.ask("xdotool", "mousemove", "1000", "20")
    desk.ask("xdotool", "keydown", "space")
    assert told.await_line("TOLD") == "TOLD patient_left"
    told.await_line("AFTER")
    assert told.await_line("TOLD") == "TOLD patient_stopped"
    assert float(told.await_line("AFTER").split()[1]) >= HOLD_S
    desk.ask("xdotool", "keyup", "space")
    close(desk)
    assert told.await_line("TOLD") == "TOLD window_closed"


def test_a_window_that_is_put_away_or_covered_is_known_to_be_unseen(desk):
    told = open_window(desk, "here")
    told.await_line("OPEN")
    assert told.await_line("SEEN") in ("SEEN no", "SEEN yes")
    number = patients(desk)
    desk.ask("xdotool", "windowminimize", number)
    told.await_line("SEEN no")
    desk.ask("xdotool", "windowmap", number, "windowraise", number)
    told.await_line("SEEN yes")
    desk.ask("xdotool", "search", "--name", "Event Tester", "windowsize", "1000", "560")
    desk.ask("xdotool", "search", "--name", "Event Tester", "windowmove", "0", "0", "windowraise")
    told.await_line("SEEN no")
    desk.ask("xdotool", "windowraise", number)
    told.await_line("SEEN yes")
    desk.ask("xdotool", "search", "--name", "Event Tester", "windowsize", "200", "100")
    desk.ask("xdotool", "search", "--name", "Event Tester", "windowmove", "800", "480")
    focus(desk)
    close(desk)
    told.await_line("TOLD window_closed")


def test_a_monitor_is_filled_and_a_missing_one_is_told(desk):
    told = open_window(desk, "here", "0")
    assert told.await_line("OPEN") == "OPEN 1024 600"
    focus(desk)
    close(desk)
    told.await_line("TOLD window_closed")
    refused = open_window(desk, "here", "7").await_line("REFUSED")
    assert (
        refused == "REFUSED There is no monitor 7 here (1 found): choose a number counted from 0."
    )


def test_edges_are_smoothed_where_a_card_draws_and_a_window_opens_in_any_case(desk):
    script = Path(__file__).parent / "smoothing.py"
    told = json.loads(desk.ask(sys.executable, str(script)))
    # The processor draws in this test: what it can do is asked for as if it were a card.
    assert told == {"software": 1, "card": 4, "card without samples": 1}
