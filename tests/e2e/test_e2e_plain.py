"""`palier plain` in real processes: a whole session through a pipe, a stop, the end of lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lines import unreadable
from piped import checked, enter, plain, screened_and_consenting

pytestmark = pytest.mark.timeout(240)


def verified(database: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "controller", "verify", "--db", str(database)]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


def test_a_whole_session_is_led_through_a_pipe_in_english(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with plain(tmp_path, "--simulated", "--lang", "en", "--out", str(out)) as palier:
        palier.says("Type help for the words")
        palier.type("open 1 heights.balcony")
        palier.says("Ready: the patient is in the neutral room")
        palier.type("20")
        palier.says("Rating 20 is saved")
        palier.type("wait 2", "begin 2")
        palier.says("Begin at level 2")
        palier.type("yes")
        palier.says("Exposure: the patient is in the scene")
        palier.says("Level 2 is reached")
        palier.type("wait", "raise", "raise")
        palier.says("came too soon")
        palier.says("Level 3 is reached")
        palier.type("55", "events")
        palier.says("Rating 55 is saved")
        palier.says("1\\. ")
        palier.type("event 1", "note holds the rail", "status")
        palier.says("The note is saved")
        assert "Level 3 is applied" in palier.says("session time")
        palier.type("!")
        palier.says("Stopped: neutral view, no sound")
        palier.type("why distress", "wait", "end")
        palier.says("Type yes to do it")
        palier.type("yes")
        palier.says("closed and its record sealed")
        palier.type("report", "quit")
        palier.says("The report is at")
        assert palier.ended() == 0
        text = "\n".join(palier.read)
    assert unreadable(text.replace("\n", "")) == []
    assert verified(out / "record.db").returncode == 0
    assert list(out.glob("*.html"))


def test_a_whole_session_is_led_by_a_file_in_french(tmp_path: Path) -> None:
    out, script = tmp_path / "out", tmp_path / "séance.txt"
    script.write_text(
        "ouvrir 1 heights.balcony\nattendre\n20\nattendre 2\ncommencer 1\noui\nattendre\nmonter\n"
        "attendre\n45\névénement 1\nremarque tient la rambarde\narrêt\nattendre\nraison détresse\n"
        "terminer\noui\nattendre 1\nrapport\n",
        encoding="utf-8",
    )
    arguments = ("--simulated", "--lang", "fr", "--out", str(out), "--script", str(script))
    with plain(tmp_path, *arguments) as palier:
        assert palier.ended() == 0
        text = "\n".join(palier.read)
    for told in (
        "Exposition : le patient est dans la scène.",
        "Le niveau 2 est atteint",
        "La note 45 est enregistrée.",
        "Arrêté : vue neutre, aucun son.",
        "Le rapport est ici",
        "Les lignes sont finies",
    ):
        assert told in text, text
    assert unreadable(text.replace("\n", "")) == []
    assert verified(out / "record.db").returncode == 0


def test_the_end_of_lines_in_exposure_leaves_the_patient_to_hold_and_safe_place(
    tmp_path: Path,
) -> None:
    """As a closed terminal does; the next console finds the session and closes it."""
    with plain(tmp_path, "--lang", "en") as palier:
        enter(palier, passphrase="none")
        palier.type("add P-01 ceiling 5", "open P-01 heights.balcony")
        screened_and_consenting(palier)
        palier.type("open P-01 heights.balcony")
        palier.says("Ready: the patient")
        palier.type("begin 1")
        palier.says("today was not asked")
        checked(palier)
        palier.type("wait 2", "begin 1", "yes")
        palier.says("Level 1 is reached")
        assert palier.end() == 0
        assert any("the safe place after the clinic's grace" in line for line in palier.read)
    with plain(tmp_path, "--lang", "en") as palier:
        palier.says("What becomes of it")
        palier.says("2. Close it as interrupted")
        palier.type("wait 8", "status")
        palier.says("Safe place: the patient is there.*type left open")
        palier.type("close")
        palier.says("closed as interrupted")
        palier.type("sessions", "quit")
        palier.says("interrupted")
        assert palier.ended() == 0
    assert verified(tmp_path / "data" / "palier" / "record.db").returncode == 0


def test_a_file_is_never_taken_for_somebody_who_types_a_passphrase(tmp_path: Path) -> None:
    script = tmp_path / "lines.txt"
    script.write_text("patients\nopen 1 1\n", encoding="utf-8")
    with plain(tmp_path, "--lang", "en", "--script", str(script)) as palier:
        assert palier.ended() == 3
        assert palier.process.stderr is not None
        assert b"lead without a file once" in palier.process.stderr.read()


@pytest.mark.parametrize(
    "arguments",
    [("--out", "x"), ("--simulated", "--db", "x.db"), ("--simulated", "--runtime", "tcp://h:1")],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_told(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    with plain(tmp_path, *arguments) as palier:
        assert palier.ended() == 2
