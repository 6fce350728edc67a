"""The main job by script: one command leads a whole session to record, report and ratings."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlcipher3 import dbapi2 as sqlcipher

from controller.store.reader import Reader

pytestmark = pytest.mark.timeout(180)


@dataclass(frozen=True)
class Run:
    """One finished `palier demo --auto`."""

    told: dict[str, Any]
    out: Path
    output: str

    def ratings(self) -> list[dict[str, str]]:
        with (self.out / "ratings.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def palier(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "controller", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)


def demo(out: Path, *, seed: int, speed: int = 1000, display: str = "null") -> Run:
    arguments = ["demo", "--auto", "--speed", str(speed), "--seed", str(seed), "--json"]
    done = palier(*arguments, "--display", display, "--out", str(out))
    assert done.returncode == 0, done.stderr
    return Run(json.loads(done.stdout), out, done.stdout)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return demo(tmp_path_factory.mktemp("demo") / "first", seed=7)


def test_it_prints_exactly_one_json_document_on_one_line(first: Run) -> None:
    assert first.output.count("\n") == 1
    assert set(first.told) == {
        "session", "scenario", "seed", "db", "report", "ratings", "entries", "chain", "frames",
        "display",
    }  # fmt: skip
    assert (first.told["chain"], first.told["seed"]) == ("ok", 7)
    assert first.told["ratings"] >= 5


def test_ratings_are_a_table_of_ticks_seconds_kinds_distress_and_level(first: Run) -> None:
    rows = first.ratings()
    assert list(rows[0]) == ["tick", "seconds", "kind", "suds", "level"]
    assert rows[0]["kind"] == "baseline"
    assert max(float(row["level"]) for row in rows) >= 3
    assert [int(r["tick"]) for r in rows] == sorted(int(r["tick"]) for r in rows)


def test_the_report_stands_alone_and_draws_the_course(first: Run) -> None:
    page = (first.out / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", page, re.IGNORECASE)
    assert "<script" not in page.lower()


def test_one_seed_gives_one_session_at_any_speed(first: Run, tmp_path: Path) -> None:
    again = demo(tmp_path / "again", seed=7, speed=90)
    assert again.ratings() == first.ratings()
    assert again.told["entries"] == first.told["entries"]


@pytest.mark.render
@pytest.mark.long
@pytest.mark.timeout(300)
def test_one_seed_gives_one_session_on_a_display_that_draws(first: Run, tmp_path: Path) -> None:
    drawn = demo(tmp_path / "drawn", seed=7, speed=90, display="offscreen")
    assert drawn.told["display"] == "offscreen"
    assert drawn.told["frames"] > 10
    assert drawn.ratings() == first.ratings()


def test_another_seed_gives_another_session(first: Run, tmp_path: Path) -> None:
    other = demo(tmp_path / "other", seed=8)
    assert other.ratings() != first.ratings()


def test_the_record_verifies_and_a_changed_one_does_not(first: Run, tmp_path: Path) -> None:
    assert palier("verify", "--db", str(first.out / "record.db")).returncode == 0
    for file in first.out.glob("record.db*"):
        shutil.copy(file, tmp_path / file.name)
    database = tmp_path / "record.db"
    key = (tmp_path / "record.db.key").read_text().strip()
    with sqlcipher.connect(str(database)) as opened:
        opened.execute(f"PRAGMA key = \"x'{key}'\"")
        for (name,) in opened.execute("select name from sqlite_master where type='trigger'"):
            opened.execute(f'drop trigger "{name}"')
        opened.execute("update entries set body = body || ' ' where seq = 20")
    opened.close()
    refused = palier("verify", "--db", str(database))
    assert refused.returncode == 1
    assert "20" in refused.stdout


def test_an_earlier_record_in_the_folder_is_never_written_over(first: Run) -> None:
    before = (first.out / "record.db").read_bytes()
    done = palier("demo", "--auto", "--display", "null", "--out", str(first.out))
    assert done.returncode == 2
    assert "record" in done.stderr
    assert (first.out / "record.db").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("demo", "--auto", "--scenario", "no.such", "--display", "null"), 3),
        (("demo", "--auto", "--speed", "fast"), 2),
        (("demo", "--json"), 2),
        (("demo",), 3),
        (("verify", "--db", "/nowhere/record.db"), 3),
        (("report", "last", "--db", "/nowhere/record.db", "--out", "x.html"), 3),
        (("report", "last", "--out", "x.docx"), 2),
        (("report", "--patient", "nobody", "--db", "/nowhere/record.db", "--out", "x.pdf"), 3),
        (("report", "--out", "x.pdf"), 2),
        (("report", "last", "--paper", "--out", "x.pdf"), 2),
        (("report", "last", "--scenario", "heights.balcony", "--out", "x.pdf"), 2),
        (("report", "--paper", "--for", "patient", "--out", "x.pdf"), 2),
        (("report", "--paper", "--scenario", "no.such", "--out", "x.pdf"), 2),
        (("report", "--paper", "--out", "/nowhere/x.pdf"), 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    done = palier(*arguments)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


REPORTS = {
    "session": (("last",), "The balcony"),
    "for the patient": (("last", "--for", "patient"), "Where to ask"),
    "for supervision": (("last", "--for", "supervision"), "Link to the patient's machine"),
    "in French": (("last", "--lang", "fr"), "Détresse par essai"),
    "course": (("--patient", "demo-01"), "The same level in each session"),
    "course for the patient": (("--patient", "DEMO-01", "--for", "patient"), "All your sessions"),
    "sheet": (("--paper", "--scenario", "heights.balcony"), "Terrace level with the pavement"),
}


@pytest.mark.parametrize("what", REPORTS)
def test_each_report_is_written_as_page_and_as_pdf(what: str, first: Run, tmp_path: Path) -> None:
    arguments, told = REPORTS[what]
    page, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    for path in (page, paper):
        record = ("--db", str(first.out / "record.db"))
        done = palier("report", *arguments, *record, "--out", str(path))
        assert done.returncode == 0, done.stderr
        assert str(path) in done.stdout
        assert path.stat().st_mode & 0o777 == 0o600
    assert told in unescape(page.read_text(encoding="utf-8"))
    read = " ".join(" ".join(p.extract_text().split()) for p in PdfReader(paper).pages)
    assert told in read
    if "--paper" not in arguments:
        assert "Simulated patient" in read or "Patient simulé" in read


def test_the_printed_head_is_the_ledgers_newest(first: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    database = first.out / "record.db"
    assert palier("report", "last", "--db", str(database), "--out", str(path)).returncode == 0
    head = Reader.open(database).ledger_head()
    for page in PdfReader(path).pages:
        told = " ".join(page.extract_text().split())
        assert (
            f"Session {first.told['session']} · head of the ledger {head.seq} · {head.hash}" in told
        )


def test_a_patient_without_a_closed_session_has_no_course(first: Run, tmp_path: Path) -> None:
    for file in first.out.glob("record.db*"):
        shutil.copy(file, tmp_path / file.name)
    record = ("--db", str(tmp_path / "record.db"))
    assert palier("patients", "--add", "NEW-01", *record).returncode == 0
    done = palier("report", "--patient", "new-01", *record, "--out", str(tmp_path / "x.pdf"))
    assert done.returncode == 2
    assert "No session of this patient is closed yet" in done.stderr
    assert not (tmp_path / "x.pdf").exists()
