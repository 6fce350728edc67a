"""A whole treatment: three sessions, two scenarios, an adverse event and a stop.

Once by keys in a real terminal, once line by line; the record, the course and the report tell of
both the same.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from led_by_keys import SECRET, begin_at, first_run, palier
from piped import Piped, checked, enter, plain, screened_and_consenting
from prepared_by_keys import once_read
from pypdf import PdfReader
from terminal import Terminal, palier_in_terminal

pytestmark = [pytest.mark.soak, pytest.mark.timeout(400)]

PATIENT = "P-0417"


def told(home: Path) -> tuple[list[dict[str, object]], str]:
    """The sessions, the oldest first, and the pages of the course's report."""
    listed = json.loads(palier(home, "sessions", "--json"))
    pages = home / "course.pdf"
    palier(home, "report", "--patient", PATIENT, "--out", str(pages))
    assert "is whole" in palier(home, "verify")
    text = "\n".join(page.extract_text() for page in PdfReader(pages).pages)
    return sorted(listed, key=lambda row: str(row["opened"])), text


def judged(home: Path) -> None:
    """Three closed sessions, two of one scenario; the course counts what befell the patient."""
    sessions, pages = told(home)
    scenarios = [row["scenario"] for row in sessions]
    assert scenarios == ["heights.balcony", "heights.balcony", "heights.bridge"]
    assert [row["how"] for row in sessions] == ["closed"] * 3
    assert [row["highest"] for row in sessions] == [2, 1, 1]
    assert PATIENT in pages and "panic, mild" in pages


def out_and_end(terminal: Terminal) -> None:
    """End the session from outside the scene; ends on the start screen."""
    terminal.keys("x")
    terminal.shows("End the session")
    terminal.keys("Enter")
    terminal.shows("The session has ended")
    terminal.keys("Enter")
    terminal.shows("PATIENTS", "SCENARIOS", PATIENT)


def rate(terminal: Terminal, tens: str) -> None:
    """Two keys: the tens, and Enter."""
    terminal.keys(tens, "Enter")
    terminal.shows(f"Rating {tens}0 is saved")


@pytest.mark.terminal
def test_three_sessions_by_keys_in_one_terminal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with palier_in_terminal(home, "--display", "null") as terminal:
        first_run(terminal, secret=SECRET)
        rate(terminal, "3")
        begin_at(terminal, 1)
        rate(terminal, "5")
        terminal.shows("↑ raise")
        terminal.keys("Up")
        terminal.shows("APPLIED LEVEL 2")
        rate(terminal, "7")
        terminal.keys("s")
        terminal.shows("SAFE PLACE")
        out_and_end(terminal)

        # The same patient and scenario are chosen still.
        terminal.keys("Enter")
        terminal.shows("READY")
        begin_at(terminal, 1)
        rate(terminal, "6")
        terminal.keys("d")
        terminal.shows("What befell the patient")
        terminal.keys(letter_of(terminal, "panic"))
        terminal.shows("how severe?")
        terminal.keys(letter_of(terminal, "mild"))
        terminal.shows("Saved as an adverse event")
        terminal.keys("s")
        terminal.shows("SAFE PLACE")
        out_and_end(terminal)

        terminal.keys("Down")
        terminal.shows(f"{PATIENT} · The bridge")
        terminal.keys("Enter")
        terminal.shows("READY")
        begin_at(terminal, 1)
        rate(terminal, "4")
        terminal.keys("F12")
        terminal.shows("STOPPED", "It has stopped. Why?")
        terminal.keys("Escape")
        terminal.loses("It has stopped. Why?")
        out_and_end(terminal)
        terminal.keys("p")
        terminal.shows(PATIENT, "Sessions  3", "panic, mild")
        terminal.keys("C-q")
        terminal.shows("Leave the console?")
        terminal.keys("Down", "Enter")
        terminal.shows("LEFT WITH 0")
    judged(home)


def letter_of(terminal: Terminal, answer: str) -> str:
    """The letter that the open question has for this answer, once it was read."""
    screen = terminal.shows(answer)
    once_read()
    line = next(line for line in screen.splitlines() if answer in line.lower())
    before = line.lower().split(answer)[0].split()
    assert before and len(before[-1]) == 1, line
    return before[-1]


def test_the_same_treatment_line_by_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with plain(home, "--lang", "en") as console:
        enter(console, SECRET)
        console.type(f"add {PATIENT} ceiling 5", f"open {PATIENT} heights.balcony")
        screened_and_consenting(console)
        begun(console, "heights.balcony")
        console.type("50", "wait", "raise")
        console.says("Level 2 is reached")
        console.type("70", "safe place")
        ended(console)

        begun(console, "heights.balcony")
        console.type("60", "adverse panic mild")
        console.says("Saved as an adverse event")
        console.type("safe place")
        ended(console)

        begun(console, "heights.bridge")
        console.type("40", "!")
        console.says("Stopped: neutral view, no sound")
        ended(console)
        console.type("quit")
        assert console.ended() == 0
    judged(home)


def begun(console: Piped, scenario: str) -> None:
    """A session up to its first level."""
    console.type(f"open {PATIENT} {scenario}")
    console.says("Ready: the patient")
    checked(console)
    console.type("30")
    console.says("Rating 30 is saved")
    console.type("wait 2", "begin 1", "yes")
    console.says("Level 1 is reached")


def ended(console: Piped) -> None:
    """End it, once nothing is under way."""
    console.type("wait", "end")
    console.says("Type yes to do it")
    console.type("yes")
    console.says("closed and its record sealed")
