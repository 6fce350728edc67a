"""A patient and a session prepared by keys, as far as exposure asks for it."""

from __future__ import annotations

from threading import Event

from terminal import Terminal

from controller.protocol.reading import shipped

READ_S = 0.9
"""A question is read before it is answered: a key that comes sooner counts as held."""


def once_read() -> None:
    """Let the time pass in which somebody reads a question."""
    Event().wait(READ_S)


def at_a_pace(terminal: Terminal, questions: int) -> None:
    """Answer so many questions by no, each as soon as it could have been read."""
    for _question in range(questions):
        terminal.keys("n")
        once_read()


def before(terminal: Terminal, patient: str) -> None:
    """Answer the screening by no, and note the consent; ends where Enter opens the session."""
    terminal.shows(f"Before: {patient}", "Missing for a session: 2")
    terminal.keys("Enter")
    terminal.shows(f"Screening: {patient}")
    at_a_pace(terminal, len(shipped().protocol.screening.items))
    terminal.shows("Everything is answered")
    terminal.keys("Enter")
    terminal.shows("The screening is saved", "Missing for a session: 1")
    terminal.keys("Enter")
    terminal.shows(f"Consent: {patient}")
    terminal.keys("Enter")
    terminal.shows("▸ Version or date")
    terminal.text("2026-11")
    terminal.shows("2026-11")
    terminal.keys("Enter")
    terminal.shows("▸ Who consents")
    terminal.keys("Enter")
    terminal.shows("F9 saves: exposure")
    terminal.keys("F9")
    terminal.shows("Nothing is missing for a session", "Enter opens the session")


def preflight(terminal: Terminal, patient: str) -> None:
    """Go through the checklist; the way out is used by the therapist, and nobody wears it.

    Ends where C names the level of the first trial.
    """
    terminal.keys("c")
    terminal.shows("Before the first trial", "missing: 8")
    terminal.keys("Enter")
    terminal.shows(f"Today: {patient}")
    at_a_pace(terminal, 6)
    terminal.shows("Everything is answered")
    terminal.keys("Enter")
    terminal.shows("missing: 7")
    for left in range(6, 0, -1):
        terminal.keys("Down")
        if left in (5, 1):
            terminal.keys("w")
            terminal.shows("Why is it left out?")
            terminal.text("nobody is there")
        terminal.keys("Enter")
        terminal.shows(f"missing: {left}")
    terminal.keys("s")
    terminal.shows("SAFE PLACE", "C names its level")
