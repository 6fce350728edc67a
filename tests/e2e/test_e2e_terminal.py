"""A real session, led by keys in a real terminal, from the first run to the printed report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from led_by_keys import SECRET, begin_at, first_run, palier
from terminal import palier_in_terminal

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(240)]


def test_a_session_by_keys_from_the_first_run_to_the_report(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with palier_in_terminal(home, "--display", "null") as terminal:
        first_run(terminal, secret=SECRET)
        terminal.keys("2", "0", "Enter")
        terminal.shows("Rating 20 is saved")
        begin_at(terminal, 1)
        terminal.shows("↑ raise")
        terminal.keys("Up")
        terminal.shows("APPLIED LEVEL 2")
        terminal.keys("7", "Enter")
        terminal.shows("Rating 70 is saved")
        terminal.keys("n")
        terminal.shows("Enter saves the note")
        terminal.text("holds the rail")
        terminal.keys("Enter")
        terminal.shows("The note is saved")
        terminal.keys("F12")
        terminal.shows("STOPPED", "It has stopped. Why?")
        terminal.keys("Escape")
        # A key right behind an Esc is taken for one key with Alt.
        terminal.loses("It has stopped. Why?")
        terminal.keys("x")
        terminal.shows("End the session")
        terminal.keys("Enter")
        terminal.shows("The session has ended", "Highest rating")
        terminal.keys("Enter")
        terminal.shows("PATIENTS")
        terminal.keys("C-q")
        terminal.shows("Leave the console?")
        terminal.keys("Down", "Enter")
        terminal.shows("LEFT WITH 0")
    listed = palier(home, "sessions")
    assert "P-0417" in listed and "closed" in listed
    page = tmp_path / "report.html"
    palier(home, "report", "last", "--out", str(page))
    text = page.read_text(encoding="utf-8")
    assert "P-0417" in text and "holds the rail" in text
    assert re.search(r">\s*70\b", text), "one digit means tens"
    assert "is whole" in palier(home, "verify")
    with palier_in_terminal(home, "--display", "null") as terminal:
        assert "P-0417" not in terminal.shows("Who leads?", "Ada")
        terminal.text(SECRET)
        terminal.shows("•" * len(SECRET))
        terminal.keys("Enter")
        terminal.shows("PATIENTS", "P-0417", "Ada leads")
        terminal.keys("h")
        terminal.shows("Past sessions", "The balcony", "P-0417")
        terminal.keys("C-l")
        assert "P-0417" not in terminal.shows("Locked", "Ada")
    log = palier(home, "operators", "--log")
    assert "wrote a report" in log and "listed the sessions" in log


@pytest.mark.fault("F19")
def test_esc_esc_stops_and_any_size_shows_how(tmp_path: Path) -> None:
    with palier_in_terminal(tmp_path / "home", "--display", "null") as terminal:
        first_run(terminal)
        begin_at(terminal, 1)
        terminal.resize(200, 60)
        terminal.shows("F12", "Esc Esc")
        terminal.resize(40, 12)
        terminal.shows("STOP")
        terminal.keys("Escape", "Escape")
        terminal.resize(80, 24)
        terminal.shows("STOPPED")


@pytest.mark.fault("F17")
def test_a_closed_terminal_leaves_the_session_in_the_record_and_the_next_start_asks(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with palier_in_terminal(home, "--display", "null", runtime_stays=True) as terminal:
        first_run(terminal)
        terminal.keys("2", "0", "Enter")
        terminal.shows("Rating 20 is saved")
        begin_at(terminal, 1)
    with palier_in_terminal(home, "--display", "null") as terminal:
        terminal.shows("Session open since", "P-0417", "Close it as interrupted")
        terminal.keys("Down", "Enter")
        terminal.shows("PATIENTS", "P-0417")
        terminal.keys("C-q")
        terminal.shows("Leave the console?")
        terminal.keys("Down", "Enter")
        terminal.shows("LEFT WITH 0")
    assert "interrupted" in palier(home, "sessions")
    assert "is whole" in palier(home, "verify")


def test_the_demo_opens_on_a_patient_who_answers(tmp_path: Path) -> None:
    with palier_in_terminal(tmp_path / "home", "demo", "--display", "null") as terminal:
        terminal.shows("DEMO-01", "simulated", "READY")
        terminal.shows("The patient says")


def test_a_command_asks_for_the_passphrase_in_the_terminal_and_shows_none_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("PALIER_NEW_PASSPHRASE", SECRET)
    palier(home, "operators", "--add", "Ada")
    palier(home, "patients", "--add", "P-0417")
    with palier_in_terminal(home, "patients") as terminal:
        terminal.shows("Passphrase of Ada:")
        terminal.text("falsch")
        terminal.keys("Enter")
        assert "P-0417" not in terminal.shows("This is not the passphrase", "LEFT WITH 3")
    with palier_in_terminal(home, "patients") as terminal:
        terminal.shows("Passphrase of Ada:")
        terminal.text(SECRET)
        terminal.keys("Enter")
        assert SECRET not in terminal.shows("P-0417", "LEFT WITH 0")
