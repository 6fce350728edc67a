"""What one types on the way into a session: first run, patient, level; and a command beside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from prepared_by_keys import before, preflight
from terminal import PATIENCE_S, Terminal

from vr_runtime.loader import Places, discover

SECRET = "geheim 1"


def palier(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "controller", *arguments],
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "PALIER_OPERATOR_PASSPHRASE": SECRET,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def first_run(terminal: Terminal, *, secret: str = "") -> None:
    """Give a name and a passphrase or none, add a patient; ends on the live screen."""
    terminal.shows("Your name or initials")
    terminal.text("Ada")
    terminal.shows("Ada")
    terminal.keys("Enter")
    if secret:
        terminal.text(secret)
        terminal.shows("•" * len(secret))
        terminal.keys("Enter")
        terminal.shows("Now the same once more")
        terminal.text(secret)
    else:
        terminal.keys("Enter")
        terminal.shows("Without a passphrase")
        terminal.keys("Down")
    terminal.keys("Enter")
    terminal.shows("PATIENTS", "SCENARIOS")
    terminal.keys("a")
    terminal.shows("Pseudonym")
    terminal.text("P-0417")
    terminal.shows("P-0417")
    terminal.keys("Tab", "Enter")
    terminal.shows("PATIENTS", "P-0417")
    # what comes before it in the list of what ships
    ids = [found.manifest.id for found in discover(places=Places())]
    terminal.keys("Tab", *["Down"] * ids.index("heights.balcony"))
    terminal.shows("the edge of a roof")
    terminal.keys("Enter")
    before(terminal, "P-0417")
    terminal.keys("Enter")
    terminal.shows("READY", "ask now")


def begin_at(terminal: Terminal, level: int) -> None:
    """Name the level, then confirm it with the other key; until the link was steady, again."""
    preflight(terminal, "P-0417")
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        terminal.keys("c")
        if "EXPOSURE" in terminal.shows_one_of("EXPOSURE", "Begin at level 0?"):
            break
        for step in range(level):
            terminal.keys("Up")
            terminal.shows(f"Begin at level {step + 1}?")
        terminal.keys("Enter")
        if terminal.comes("EXPOSURE", within_s=3):
            break
    terminal.shows("EXPOSURE", f"APPLIED LEVEL {level}")
