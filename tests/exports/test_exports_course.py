"""What is exported of a course and of an adverse event agrees with what the report tells."""

from __future__ import annotations

import csv
from pathlib import Path

import exporting
import pytest
from course_of import session

from controller.cli import main
from controller.exports.course import course_table
from controller.exports.material import NOWHERE, Told
from controller.session.between import at_levels, sittings
from controller.session.history import SessionHistory
from controller.session.summary import summarise


def as_told(history: SessionHistory) -> Told:
    return Told("id", history, summarise(history), (), NOWHERE)


def test_changes_between_sessions_are_those_of_the_report() -> None:
    histories = [session(2), session(9, easier=10), session(16, easier=20, version="1.3.0")]
    rows = course_table([as_told(h) for h in histories]).records()
    shown = at_levels(sittings(histories))
    assert [(r["level"], r["initial"], r["peak"], r["peak_change"]) for r in rows] == [
        (a.level, a.first, a.peak, a.peak_change) for a in shown
    ]
    compared = [r for r in rows if r["against"]]
    assert {r["against"] for r in compared} == {"s-2026-0302"}
    assert all(r["peak_change"] is not None and r["why_not"] == "" for r in compared)
    assert {r["why_not"] for r in rows if r["session"] == "s-2026-0316"} <= {"version", "few"}


def test_an_adverse_event_bears_the_state_of_the_session_its_reporter_and_the_minute_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PALIER_LANG", "en")
    first, _second = exporting.write_record(tmp_path / "record.db")
    out = ("--out", str(tmp_path / "csv"), "--db", str(tmp_path / "record.db"))
    assert main(["export", first, "--format", "csv", *out]) == 0
    text = (tmp_path / "csv" / "adverse_events.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert row["reporter"] == exporting.OPERATOR[1]
    assert row["phase"] and row["trial"] == "0" and row["level"] == ""
    assert row["minute_before"]
    for happened in row["minute_before"].split("; "):
        assert 845.0 <= float(happened.split()[0]) <= 905.0
