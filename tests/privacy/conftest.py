"""Two patients of a clinic, and a shell that gives commands on their record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import TestClock, closed, note, opened, rating

from controller.cli import main
from controller.session.documents import CLINIC, OperatorAdded, PatientAdded, stream_of
from controller.store.record import Record

Say = Callable[..., int]


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands speak English."""
    monkeypatch.setenv("PALIER_LANG", "en")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two patients, each with a session of January 2026."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PALIER_LANG", "en")
    path = tmp_path / "record.db"
    with Record.create_or_open(path, operator="op-1", clock=TestClock()) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Dr Example"))
        for name in ("Heron", "Wren"):
            added = PatientAdded(patient=f"id-{name}", pseudonym=name, ceiling=7)
            record.append_now(stream_of(added.patient), added)
            record.append_now(f"s-{name}", opened(added.patient))
            record.append_now(f"s-{name}", rating(40))
            record.append_now(f"s-{name}", note("a note about " + name))
            record.append_now(f"s-{name}", closed())
    return path


@pytest.fixture
def say(db: Path) -> Say:
    def said(*words: str) -> int:
        return main([*words, "--db", str(db)])

    return said
