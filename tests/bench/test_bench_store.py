"""`palier bench store`: what it generates is a record like any other, and what it times is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from controller.bench.store import measure
from controller.session.documents import Rating
from controller.store.errors import NameTaken
from controller.store.reader import Reader
from controller.store.verify import verify


def test_a_short_form_tells_every_figure_as_a_ratio_in_one_document() -> None:
    command = [sys.executable, "-m", "controller", "bench", "store", "--json",
               "--sessions", "6", "--entries", "60", "--tries", "8"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)
    assert done.stdout.count("\n") == 1, done.stderr
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert (found["bench"], found["sessions"], found["entries"]) == ("store", 6, 360)
    assert found["holds"] is True
    assert "6 sessions" in done.stderr
    assert found["append_durable"]["p50_times_bare"] > 0
    for what in ("generate", "open", "verify", "list", "rebuild"):
        assert found[what]["times_bare"] > 0, what


def test_what_is_generated_is_a_whole_record_of_closed_sessions(tmp_path: Path) -> None:
    told: list[int] = []
    measure(5, 300, 4, tmp_path / "kept", told.append)
    assert told == [1, 2, 3, 4, 5]
    path = tmp_path / "kept" / "record.db"
    assert verify(path).ok
    reader = Reader.open(path)
    rows = reader.sessions()
    assert [row.entries for row in rows] == [300] * 5
    assert {row.how for row in rows} == {"closed"}
    assert all(row.simulated for row in rows)
    ratings = [e for e in reader.entries(rows[0].session) if isinstance(e.data, Rating)]
    assert len(ratings) == rows[0].ratings > 5
    assert not list((tmp_path / "kept").glob("bare*"))


def test_a_record_that_is_there_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "record.db").write_bytes(b"mine")
    with pytest.raises(NameTaken):
        measure(4, 10, 4, tmp_path, lambda count: None)
    assert (tmp_path / "record.db").read_bytes() == b"mine"
