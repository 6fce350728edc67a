from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from store_samples import (
    SAYINGS,
    TestClock,
    closed,
    level_reached,
    note,
    opened,
    opened_raw,
    rating,
)

from controller import cli
from controller.session.documents import (
    CLINIC,
    Correction,
    Document,
    LinkChanged,
    PatientAdded,
    PatientChanged,
    SessionClosed,
)
from controller.session.retelling import retell
from controller.store import projections
from controller.store.books import RecordBooks
from controller.store.database import reading
from controller.store.keys import find
from controller.store.reader import Reader
from controller.store.record import Record, rebuild_projections
from controller.store.verify import verify


def tables(path: Path) -> dict[str, dict[tuple[object, ...], dict[str, object]]]:
    with reading(path, find(path)).connect() as connection:
        return projections.stored(connection).rows


@seed(2)
@settings(max_examples=15, deadline=None)
@given(sayings=SAYINGS)
def test_tables_rebuilt_from_the_entries_are_the_tables_that_were_written(
    sayings: list[tuple[str, Document]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("p") / "record.db"

    async def write() -> None:
        with Record.create_or_open(path, operator="op", clock=TestClock()) as record:
            await asyncio.gather(*(record.append(*saying) for saying in sayings))

    asyncio.run(write())
    written = tables(path)
    with opened_raw(path, triggers=True) as raw:
        for table in written:
            raw.execute(f"DELETE FROM {table}")
    assert not any(tables(path).values())
    rebuild_projections(path)
    assert tables(path) == written
    assert verify(path).ok


def test_a_session_is_summed_up(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now(CLINIC, PatientAdded(patient="p-1", pseudonym="Heron", ceiling=7))
        record.append_now("s-1", opened(simulated=True))
        for document in (rating(60), rating(None), level_reached(4), level_reached(2)):
            record.append_now("s-1", document)
        clock.pass_s(120)
        record.append_now("s-1", closed())
        (row,) = record.reader.sessions()
        books = RecordBooks(record.reader)
    assert (row.ratings, row.highest, row.entries, row.how) == (1, 4, 6, "closed")
    (patient,) = books.patients()
    assert (patient.pseudonym, patient.sessions, patient.last) == ("Heron", 1, row.opened)
    (session,) = books.sessions()
    assert session.title.fr == "Hauteurs"
    assert session.minutes == pytest.approx(0.5, abs=0.01)
    assert session.simulated


def test_a_correction_changes_the_value_and_keeps_the_first_one(
    path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", opened())
        missed = record.append_now("s-1", rating(None))
        said = record.append_now("s-1", rating(60))
        remark = record.append_now("s-1", note())
        for corrects, suds in ((missed, 30), (said, 65), (said, 70), (remark, 1), (said, None)):
            record.append_now("s-1", Correction(corrects=corrects, suds=suds, tick=9))
        first, second = record.reader.ratings("s-1")
        (session,) = record.reader.sessions()
    assert (first.suds, first.first_suds, first.corrected_by) == (30, None, 5)
    assert (second.suds, second.first_suds, second.corrected_by) == (70, 60, 7)
    assert session.ratings == 2


def test_what_is_added_after_the_end_does_not_make_a_session_longer(
    path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", opened())
        record.append_now("s-1", closed())
        before = record.reader.sessions()[0].lasted_s
        clock.pass_s(3600)
        record.append_now("s-1", note("written up afterwards"))
        (row,) = record.reader.sessions()
    assert (row.lasted_s, row.entries) == (before, 3)


@pytest.mark.parametrize("how", ["interrupted", None])
def test_a_session_that_broke_off_is_as_long_in_lists_as_in_its_report(
    path: Path,
    clock: TestClock,
    how: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PALIER_LANG", "en")
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", opened())
        record.append_now("s-1", rating(60, tick=30 * 265))
        # The patient's side is gone, and the console waits.
        clock.pass_s(420)
        record.append_now("s-1", LinkChanged(state="lost", tick=30 * 265))
        if how is not None:
            record.append_now("s-1", closed(how))
        known_s = retell(record.reader.entries("s-1")).duration_s
        (session,) = RecordBooks(record.reader).sessions()
    assert 264 <= known_s <= 265
    assert session.minutes * 60 == pytest.approx(known_s)
    assert cli.main(["sessions", "--json", "--db", str(path)]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["lasted_s"] == pytest.approx(known_s)


class TwoClocks(TestClock):
    """Its times can be moved apart, as when a machine sleeps or is started again."""

    def __init__(self) -> None:
        super().__init__()
        self.apart_s = 0.0
        """How much later the wall clock is than the other one."""

    def wall(self) -> datetime:
        return super().wall() + timedelta(seconds=self.apart_s)


@pytest.mark.parametrize("what", ["started again", "slept", "led faster than time", "nothing"])
def test_a_closed_session_is_as_long_in_lists_as_in_its_report(path: Path, what: str) -> None:
    clock = TwoClocks()
    clock.pass_s(5000)
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", opened(simulated=what == "led faster than time"))
        clock.pass_s(20)
        record.append_now("s-1", rating(60, tick=30 * 20))
        if what == "started again":
            # The patient's machine goes on meanwhile, and the console's clock begins anew.
            clock.pass_s(-4900)
            clock.apart_s = 4900 + 240
        elif what == "slept":
            clock.apart_s = 240
        elif what == "nothing":
            clock.pass_s(240)
        record.append_now("s-1", rating(40, tick=30 * 260))
        record.append_now("s-1", SessionClosed(how="closed", tick=30 * 260, digest=""))
        told_s = retell(record.reader.entries("s-1")).duration_s
        (session,) = RecordBooks(record.reader).sessions()
    assert told_s == 260
    assert session.minutes * 60 == pytest.approx(told_s, abs=0.1)


def test_new_settings_hold_from_then_on(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now(CLINIC, PatientAdded(patient="p-1", pseudonym="Heron", ceiling=7))
        record.append_now(CLINIC, PatientChanged(patient="p-1", ceiling=3))
        (row,) = record.reader.patients()
    assert (row.ceiling, row.scale) == (3, "0-100")
    assert Reader.open(path).patients() == [row]
