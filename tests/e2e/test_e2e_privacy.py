"""Nothing personal in logs, error sentences, file names, process lists and terminal titles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from prepared_by_keys import before
from terminal import Terminal, palier_in_terminal

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(400)]

OPERATOR, SECRET, PATIENT = "Zoeline Quast", "wombat 77 xylo", "Kestrel-9041"
NOTE, SAID = "mentions the drowned sister", "drowned"
PERSONAL = (OPERATOR, "Zoeline", SECRET, "wombat", PATIENT, "Kestrel", NOTE, SAID)


def told(text: str) -> list[str]:
    """What of it is personal."""
    return [word for word in PERSONAL if word.casefold() in text.casefold()]


def lead_a_session(terminal: Terminal) -> None:
    """From the first run to an exposure with a note and a rating."""
    terminal.shows("Your name or initials")
    terminal.text(OPERATOR)
    terminal.shows(OPERATOR)
    terminal.keys("Enter")
    terminal.text(SECRET)
    terminal.shows("•" * len(SECRET))
    terminal.keys("Enter")
    terminal.shows("Now the same once more")
    terminal.text(SECRET)
    terminal.keys("Enter")
    terminal.shows("PATIENTS", "SCENARIOS")
    terminal.keys("a")
    terminal.shows("New patient")
    terminal.text(PATIENT)
    terminal.shows(PATIENT)
    terminal.keys("Tab", "Enter")
    terminal.shows("PATIENTS", PATIENT)
    terminal.keys("Tab", "Enter")
    before(terminal, PATIENT)
    terminal.keys("Enter")
    terminal.shows("READY")
    terminal.keys("n")
    terminal.shows("Enter saves the note")
    terminal.text(NOTE)
    terminal.keys("Enter")
    terminal.shows("The note is saved")
    terminal.keys("4", "0", "Enter")
    terminal.shows("Rating 40 is saved")


def processes_of(home: Path) -> str:
    """The command lines of what runs for this home: the console and the patient's side."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(home) in (process / "environ").read_bytes().decode(errors="replace"):
                found.append((process / "cmdline").read_bytes().decode(errors="replace"))
        except OSError:
            continue  # It ended meanwhile, or is somebody else's.
    assert any("vr_runtime" in line for line in found)
    return "\n".join(found)


def failing(home: Path, *arguments: str, passphrase: str = SECRET) -> str:
    """What a command that is refused says."""
    done = ran(home, *arguments, passphrase=passphrase)
    assert done.returncode in (1, 2, 3), done
    assert done.stderr.startswith(("palier:", "usage:")), done.stderr
    return done.stdout + done.stderr


def ran(home: Path, *arguments: str, passphrase: str = SECRET) -> subprocess.CompletedProcess[str]:
    """A command of another process."""
    return subprocess.run(
        [sys.executable, "-m", "controller", *arguments],
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "PALIER_OPERATOR_PASSPHRASE": passphrase,
            "PALIER_NEW_PASSPHRASE": SECRET[:5],
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_a_real_session_leaves_nothing_personal_where_others_look(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with palier_in_terminal(home, "--display", "null", runtime_stays=True) as terminal:
        lead_a_session(terminal)
        assert terminal.title() == "Palier"
        assert told(processes_of(home)) == []
    # The terminal was torn away: the session is still open, and the next console asks about it.
    with palier_in_terminal(home, "--display", "null") as terminal:
        assert told(terminal.shows("Who leads?")) == [OPERATOR, "Zoeline"]
        assert terminal.title() == "Palier"
        sentences = [
            failing(home, "patients", "--add", "A-1"),
            failing(home, "sessions", passphrase="another"),
        ]
        terminal.text(SECRET)
        terminal.shows("•" * len(SECRET))
        terminal.keys("Enter")
        terminal.shows("Session open since", PATIENT)
        terminal.keys("Down", "Enter")
        terminal.shows("PATIENTS", PATIENT)
        terminal.keys("h")
        terminal.shows("Past sessions", "· interrupted")
        terminal.keys("Enter")
        terminal.shows("A past session", "drowned sister")
        terminal.keys("r")
        terminal.shows("The report is at")
        terminal.keys("C-q")
        terminal.shows("Leave the console?")
        terminal.keys("Down", "Enter")
        terminal.shows("LEFT WITH 0")
        assert terminal.title() != "Palier"
    sentences += [
        failing(home, "patients", "--add", PATIENT),
        failing(home, "patients", "--add", PATIENT * 9),
        failing(home, "patients", "show", PATIENT + "-0"),
        failing(home, "report", "--patient", PATIENT + "-0", "--out", str(home / "page.html")),
        failing(home, "patients", "rename", PATIENT, PATIENT + "\x1b"),
        failing(home, "patients", "allow", PATIENT),
        failing(home, "questionnaires", "--ask", SAID, "--patient", PATIENT),
        failing(home, "operators", "--add", OPERATOR),
        failing(home, "operators", "--change", OPERATOR, "--passphrase"),
        failing(home, "operators", "--disable", OPERATOR),
        failing(home, "operators", "--operator", PATIENT, "--add", "X"),
        failing(home, "report", "last", "--out", str(home / "page.txt")),
        failing(home, "report", "nothing", "--out", str(home / "page.html")),
        failing(home, "report", PATIENT, "--out", str(home / "page.html")),
    ]
    assert ran(home, "patients", "restrict", PATIENT, NOTE).returncode == 0
    sentences += [
        failing(home, "report", "last", "--out", str(home / "page.html")),
        failing(home, "export", "last", "--format", "csv", "--out", str(home / "csv")),
        failing(home, "questionnaires", "--scores", "--patient", PATIENT),
    ]
    assert told("\n".join(sentences)) == []
    files = list(home.rglob("*"))
    assert told("\n".join(str(file.relative_to(home)) for file in files)) == []
    pages = [file for file in files if file.suffix == ".html"]
    assert len(pages) == 1 and PATIENT in pages[0].read_text(encoding="utf-8")
    # All but the report that was asked for: logs, record, journal, spool, keys, what is left over.
    for file in files:
        if file.is_file() and file not in pages:
            assert told(file.read_bytes().decode("latin-1")) == [], file.name
