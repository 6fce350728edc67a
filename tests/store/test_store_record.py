from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from store_samples import (
    TRIED_S,
    TestClock,
    closed,
    copy,
    note,
    opened,
    opened_raw,
    rating,
    wait_for,
)

from controller.language import use
from controller.session.documents import CLINIC, Note, OperatorAdded
from controller.store import ledger, scribe, writer
from controller.store.database import writing
from controller.store.errors import (
    DiskFull,
    ForeignEntries,
    KeptAside,
    NotSaved,
    RecordError,
    UnwritableEntry,
)
from controller.store.head import Head, HeadFile
from controller.store.keys import find
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify


async def test_order_of_calls_is_order_of_entries_and_each_gets_its_number(
    path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        handed = [record.append(f"s-{n % 2}", note(str(n))) for n in range(600)]
        assert await asyncio.gather(*handed) == [n // 2 + 1 for n in range(600)]
        for stream in (0, 1):
            texts = [entry.data.text for entry in record.reader.entries(f"s-{stream}")]
            assert texts == [str(n) for n in range(stream, 600, 2)]
        times = [entry.mono_ns for entry in record.reader.entries("s-0")]
        assert times == sorted(set(times))
    assert verify(path).ok


async def test_an_entry_is_on_disk_when_its_number_is_told(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        for number in range(1, 10):
            seq = await record.append("s-1", rating(number))
            assert [entry.seq for entry in record.reader.entries("s-1")][-1] == seq


def test_every_commit_of_the_writer_waits_for_the_disk(path: Path, clock: TestClock) -> None:
    Record.create_or_open(path, operator="op", clock=clock).close()
    with writing(path, find(path)).connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "temp_store")
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    # https://www.sqlite.org/pragma.html: synchronous 2 is FULL, temp_store 2 is MEMORY.
    assert told == ["wal", 2, 1, 2]


async def test_every_entry_says_who_and_when(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op-1", clock=clock) as record:
        before = clock.ns
        await record.append("s-1", note())
        record.operator = "op-2"
        await record.append("s-1", note())
        first, second = record.reader.entries("s-1")
    assert (first.operator, second.operator) == ("op-1", "op-2")
    assert before < first.mono_ns < second.mono_ns <= clock.ns
    assert first.wall.startswith("2026-01-31T09:30:") and first.wall.endswith("Z")


def test_a_session_goes_on_with_the_next_number_after_the_record_was_closed(
    path: Path, clock: TestClock
) -> None:
    for expected in (1, 2, 3):
        with Record.create_or_open(path, operator="op", clock=clock) as record:
            assert record.append_now("s-1", note()) == expected
    assert verify(path).entries == 3


def test_what_waits_when_the_record_is_closed_is_written_first(
    path: Path, clock: TestClock
) -> None:
    async def hand_over_and_leave() -> None:
        with Record.create_or_open(path, operator="op", clock=clock) as record:
            for _n in range(200):
                record.append("s-1", note())

    asyncio.run(hand_over_and_leave())
    assert verify(path).entries == 200


async def test_nothing_is_taken_any_more_once_the_record_is_closed(
    path: Path, clock: TestClock
) -> None:
    record = Record.create_or_open(path, operator="op", clock=clock)
    record.close()
    record.close()
    with pytest.raises(NotSaved):
        await record.append("s-1", note())
    assert verify(path).entries == 0


def test_a_session_left_open_is_found_and_can_be_closed_as_interrupted(
    path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", opened())
        record.append_now("s-2", opened())
        record.append_now("s-2", closed())
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        assert [one.session for one in record.reader.open_sessions()] == ["s-1"]
        record.append_now("s-1", closed("interrupted"))
        assert record.reader.open_sessions() == []
        assert {row.session: row.how for row in record.reader.sessions()} == {
            "s-1": "interrupted",
            "s-2": "closed",
        }


async def test_an_entry_that_cannot_be_stored_is_refused_alone(
    path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        half = Note.model_construct(kind="note", text="\ud83d", tick=1)
        answers = await asyncio.gather(
            record.append("s-1", note()),
            record.append("s-1", half),
            record.append("s-1", note()),
            return_exceptions=True,
        )
        assert (answers[0], answers[2]) == (1, 2)
        assert isinstance(answers[1], UnwritableEntry)
    assert verify(path).entries == 2


def test_a_commit_that_failed_and_yet_reached_the_disk_is_written_anew_but_not_twice(
    path: Path, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())
        troubles: list[OSError] = []
        same_files = scribe.Scribe._same_files

        def fail_once(self: scribe.Scribe) -> None:
            if not troubles:
                troubles.append(OSError("the answer to COMMIT was lost"))
                raise troubles[0]
            same_files(self)

        monkeypatch.setattr(scribe.Scribe, "_same_files", fail_once)
        # With another connection open the -wal file is not emptied when the writer lets go of it.
        with opened_raw(path, triggers=True) as raw:
            raw.execute("SELECT count(*) FROM entries").fetchone()
            assert record.append_now("s-1", closed()) == 2
            without_wal = copy(path, tmp_path / "moved" / "x.db")
            for ending in ("-wal", "-shm"):
                without_wal.with_name("x.db" + ending).unlink()
        assert len(Reader.open(without_wal).entries("s-1")) == 2
        assert record.append_now(CLINIC, OperatorAdded(operator="a", name="b")) == 1
        assert troubles
    assert verify(path).entries == 3


def test_a_crash_at_any_moment_leaves_a_record_that_is_whole(
    path: Path, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[Path] = []

    def crash() -> None:
        crashes.append(copy(path, tmp_path / f"crash-{len(crashes)}" / "x.db"))

    write, same_files = HeadFile.write, scribe.Scribe._same_files

    def around_the_head(self: HeadFile, head: Head) -> None:
        crash()
        write(self, head)
        crash()

    def after_the_commit(self: scribe.Scribe) -> None:
        crash()
        same_files(self)

    with Record.create_or_open(path, operator="op", clock=clock) as record:
        monkeypatch.setattr(HeadFile, "write", around_the_head)
        monkeypatch.setattr(scribe.Scribe, "_same_files", after_the_commit)
        record.append_now(CLINIC, OperatorAdded(operator="a", name="b"))
        record.append_now("s-1", note())
        record.append_now("s-1", closed())
        record.append_now("s-1", note("added later"))
        record.append_now("s-2", note("still open"))
        monkeypatch.undo()
    assert len(crashes) > 15
    for left in crashes:
        assert verify(left).ok
        with Record.create_or_open(left, operator="op", clock=clock) as record:
            record.append_now("s-2", note())
        assert verify(left).ok


def test_nothing_is_acknowledged_when_the_commit_fails(
    path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: Connection, seals: Any) -> None:
        raise OSError(28, "No space left on device")

    with Record.create_or_open(path, operator="op", clock=clock) as record:
        with monkeypatch.context() as patched:
            patched.setattr(ledger, "add", fail)
            with pytest.raises(DiskFull):
                record.append_now("s-1", closed(), patience_s=TRIED_S)
            assert record.reader.entries("s-1") == []
            assert record.health().waiting == 1
            assert "disk is full" in (record.health().trouble or "")
        assert wait_for(record, lambda: record.health().waiting == 0)
        assert record.health().trouble is None
        assert len(record.reader.entries("s-1")) == 1
    assert verify(path).ok


def close_while_locked(
    path: Path, clock: TestClock, *, no_room: bool = False
) -> tuple[RecordError, list[object]]:
    """Hand over three entries, close before they can be written: what is told of it."""

    async def leave() -> tuple[RecordError, list[object]]:
        record = Record.create_or_open(path, operator="op-1", clock=clock)
        if no_room:
            path.with_name("record.db.unsaved").mkdir()
        with opened_raw(path, triggers=True) as raw:
            raw.execute("BEGIN IMMEDIATE")
            futures = [record.append("s-1", note(f"waiting {n}")) for n in range(3)]
            with pytest.raises(RecordError) as told:
                await asyncio.to_thread(record.close, patience_s=0.1)
            raw.execute("ROLLBACK")
        return told.value, list(await asyncio.gather(*futures, return_exceptions=True))

    return asyncio.run(leave())


def test_entries_that_cannot_be_written_before_the_end_are_added_at_the_next_opening(
    path: Path, clock: TestClock
) -> None:
    told, answers = close_while_locked(path, clock)
    assert isinstance(told, KeptAside)
    assert "3" in str(told)
    assert [type(answer) for answer in answers] == [KeptAside] * 3
    spool = path.with_name("record.db.unsaved")
    assert spool.stat().st_mode & 0o777 == 0o600
    assert b"waiting" not in spool.read_bytes()
    left = spool.read_bytes()
    said = clock.ns
    clock.pass_s(3600)
    for _opening in range(2):
        with Record.create_or_open(path, operator="op-2", clock=clock) as record:
            entries = record.reader.entries("s-1")
        assert [entry.data.text for entry in entries] == ["waiting 0", "waiting 1", "waiting 2"]
        assert {entry.operator for entry in entries} == {"op-1"}
        assert all(entry.mono_ns <= said for entry in entries)
        assert not spool.exists()
        spool.write_bytes(left)  # As if the opening had broken off before it forgot the file.
    assert verify(path).ok


def test_entries_that_wait_for_the_record_are_refused_when_somebody_changed_them(
    path: Path, clock: TestClock
) -> None:
    close_while_locked(path, clock)
    spool = path.with_name("record.db.unsaved")
    content = bytearray(spool.read_bytes())
    content[-1] ^= 1
    spool.write_bytes(content)
    with pytest.raises(ForeignEntries, match=r"record.db.unsaved"):
        Record.create_or_open(path, operator="op", clock=clock)
    assert spool.read_bytes() == content


def test_entries_that_cannot_even_be_kept_elsewhere_are_called_lost(
    path: Path, clock: TestClock
) -> None:
    told, answers = close_while_locked(path, clock, no_room=True)
    assert isinstance(told, NotSaved)
    assert "3" in str(told)
    assert [type(answer) for answer in answers] == [NotSaved] * 3


async def test_more_than_memory_holds_is_refused_at_once_and_said(
    path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "LIMIT", 5)
    monkeypatch.setattr(writer, "BATCH", 1)
    record = Record.create_or_open(path, operator="op", clock=clock)
    with opened_raw(path, triggers=True) as raw:
        raw.execute("BEGIN IMMEDIATE")
        futures = [record.append("s-1", note()) for _n in range(10)]
        with pytest.raises(NotSaved):
            await futures[-1]
        raw.execute("ROLLBACK")
    assert await futures[0] == 1
    saved = await asyncio.gather(*futures, return_exceptions=True)
    with pytest.raises(NotSaved):
        record.close()
    assert verify(path).entries == sum(isinstance(one, int) for one in saved)


async def test_the_newest_entries_of_a_running_session_are_signed_within_a_minute(
    path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        await record.append("s-1", note())
        clock.pass_s(61)
        await record.append("s-1", note())
        signed = record.reader.ledger_head()
        clock.pass_s(30)
        await record.append("s-1", note())
        assert record.reader.ledger_head() == signed
        clock.pass_s(31)
        await record.append("s-1", note())
        assert record.reader.ledger_head().seq == signed.seq + 1


async def test_trouble_is_told_in_the_language_of_who_asks(path: Path, clock: TestClock) -> None:
    use("en")
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        with opened_raw(path, triggers=True) as raw:
            raw.execute("BEGIN IMMEDIATE")
            future = record.append("s-1", note())
            heard = await asyncio.to_thread(
                wait_for, record, lambda: record.health().trouble is not None
            )
            assert heard
            assert "Another program holds the record" in (record.health().trouble or "")
            raw.execute("ROLLBACK")
        assert await future == 1


def test_one_thread_writes_and_it_ends_with_the_record(path: Path, clock: TestClock) -> None:
    def writers() -> int:
        return sum(thread.name == "palier-record" for thread in threading.enumerate())

    before = writers()
    with Record.create_or_open(path, operator="op", clock=clock):
        assert writers() == before + 1
    assert writers() == before
