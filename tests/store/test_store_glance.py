"""A course at a glance is what the record says, and nothing that it does not say."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from controller.session.appointments import written
from controller.session.documents import stream_of
from controller.store.books import RecordBooks
from controller.store.reader import Reader
from controller.store.record import Record, upgrade

KEPT = Path(__file__).parent.parent / "fixtures" / "record-0.1.0-schema-3"


def kept(tmp_path: Path) -> Path:
    shutil.copytree(KEPT, tmp_path / "copy")
    upgrade(tmp_path / "copy" / "record.db")
    return tmp_path / "copy" / "record.db"


def test_it_tells_closed_sessions_what_befell_and_the_newest_answers(tmp_path: Path) -> None:
    seen = RecordBooks(Reader.open(kept(tmp_path))).glance("p-1")
    assert len(seen.past) == 1, "the session that is still open is not counted"
    # Its trials were never told by a runtime: nothing is made of what is not there.
    assert (seen.highest, seen.peaks) == (None, (None,))
    assert [befell.event.type for befell in seen.adverse] == ["panic"]
    assert [answer.said.questionnaire for answer in seen.answers] == ["phq-9"]
    assert seen.appointment is None


def test_the_appointment_that_was_agreed_on_last_holds(tmp_path: Path) -> None:
    path = kept(tmp_path)
    with Record.create_or_open(path, operator="op-1") as record:
        for said in ("2026-12-01", "2026-12-08 14:30 bridge"):
            record.append_now(stream_of("p-1"), written(said, "p-1"))
        agreed = RecordBooks(record.reader).glance("p-1").appointment
        assert agreed is not None and agreed.on == date(2026, 12, 8) and agreed.about == "bridge"
        record.append_now(stream_of("p-1"), written("", "p-1"))
        assert RecordBooks(record.reader).glance("p-1").appointment is None


def test_a_patient_without_a_session_has_an_empty_course(tmp_path: Path) -> None:
    seen = RecordBooks(Reader.open(kept(tmp_path))).glance("p-nobody")
    assert (seen.past, seen.highest, seen.peaks, seen.due) == ((), None, (), ())
