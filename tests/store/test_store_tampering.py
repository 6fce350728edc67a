from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from store_samples import TestClock, bytes_of, copy, level_reached, note, opened_raw

from controller.session.documents import CLINIC, OperatorAdded
from controller.store.chain import GENESIS, digest
from controller.store.errors import DamagedFile, RecordGone
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import LEDGER, Verdict, verify

LENGTHS = {CLINIC: 4, "s-1": 8, "s-2": 8, "s-3": 7}
"""Streams of the small record; s-1 and s-2 are sealed, s-3 is still open."""

PLACES = st.sampled_from([(s, n) for s, length in LENGTHS.items() for n in range(1, length + 1)])


def tampered(small: Path, target: Path, change: Callable[[Any], None]) -> Verdict:
    path = copy(small, target / "x.db")
    with opened_raw(path) as raw:
        change(raw)
    return verify(path)


def forget(raw: Any, session: str, seq: int) -> None:
    raw.execute("DELETE FROM entries WHERE session = ? AND seq = ?", (session, seq))


def rechain(raw: Any, session: str) -> None:
    """Give every entry of a stream the hashes that fit, as somebody who knows the format would."""
    asked = raw.execute("SELECT seq, body FROM entries WHERE session = ? ORDER BY seq", (session,))
    previous = GENESIS
    for seq, body in asked.fetchall():
        own = digest(previous, body)
        raw.execute(
            "UPDATE entries SET prev_hash = ?, hash = ? WHERE session = ? AND seq = ?",
            (previous, own, session, seq),
        )
        previous = own


def test_an_untouched_record_is_whole_and_so_is_its_copy_under_another_name(
    small: Path, tmp_path: Path
) -> None:
    for path in (small, copy(small, tmp_path / "other name.db")):
        verdict = verify(path)
        assert (verdict.ok, verdict.entries) == (True, sum(LENGTHS.values()))


@seed(3)
@settings(max_examples=25, deadline=None)
@given(place=PLACES, sign=st.sampled_from([" ", "0", "é", '"']), data=st.data())
@pytest.mark.fault("F33")
def test_a_changed_body_is_named(
    small: Path, tmp_path_factory: Any, place: tuple[str, int], sign: str, data: st.DataObject
) -> None:
    def change(raw: Any) -> None:
        asked = raw.execute("SELECT body FROM entries WHERE session = ? AND seq = ?", place)
        (body,) = asked.fetchone()
        cut = data.draw(st.integers(0, len(body)))
        raw.execute(
            "UPDATE entries SET body = ? WHERE session = ? AND seq = ?",
            (body[:cut] + sign + body[cut:], *place),
        )

    verdict = tampered(small, tmp_path_factory.mktemp("t"), change)
    assert (verdict.ok, verdict.session, verdict.seq) == (False, *place)
    assert f"session {place[0]}, entry {place[1]}" in verdict.text


@seed(4)
@settings(max_examples=25, deadline=None)
@given(place=PLACES)
@pytest.mark.fault("F33")
def test_a_removed_entry_is_named_also_the_last_of_a_stream(
    small: Path, tmp_path_factory: Any, place: tuple[str, int]
) -> None:
    verdict = tampered(small, tmp_path_factory.mktemp("t"), lambda raw: forget(raw, *place))
    assert (verdict.ok, verdict.session, verdict.seq) == (False, *place)


@pytest.mark.parametrize("session", LENGTHS)
def test_a_removed_stream_is_named(small: Path, tmp_path: Path, session: str) -> None:
    def change(raw: Any) -> None:
        for seq in range(1, LENGTHS[session] + 1):
            forget(raw, session, seq)

    verdict = tampered(small, tmp_path, change)
    assert (verdict.ok, verdict.session, verdict.seq) == (False, session, 1)


@seed(5)
@settings(max_examples=20, deadline=None)
@given(
    place=PLACES,
    column=st.sampled_from(
        [
            ("kind", "gap"),
            ("operator", "op-2"),
            ("mono_ns", 7),
            ("wall", "2026-02-01T00:00:00.000000Z"),
        ]
    ),
)
def test_a_changed_column_is_named(
    small: Path, tmp_path_factory: Any, place: tuple[str, int], column: tuple[str, object]
) -> None:
    name, value = column
    verdict = tampered(
        small,
        tmp_path_factory.mktemp("t"),
        lambda raw: raw.execute(
            f"UPDATE entries SET {name} = ? WHERE session = ? AND seq = ?", (value, *place)
        ),
    )
    assert (verdict.ok, verdict.session, verdict.seq) == (False, *place)


@seed(6)
@settings(max_examples=20, deadline=None)
@given(session=st.sampled_from(sorted(LENGTHS)), data=st.data(), fitting=st.booleans())
def test_exchanged_entries_are_found(
    small: Path, tmp_path_factory: Any, session: str, data: st.DataObject, fitting: bool
) -> None:
    pair = st.lists(st.integers(1, LENGTHS[session]), min_size=2, max_size=2, unique=True)
    one, other = sorted(data.draw(pair))

    def change(raw: Any) -> None:
        bodies = dict(
            raw.execute("SELECT seq, body FROM entries WHERE session = ?", (session,)).fetchall()
        )
        for seq, body in ((one, bodies[other]), (other, bodies[one])):
            raw.execute(
                "UPDATE entries SET body = ? WHERE session = ? AND seq = ?", (body, session, seq)
            )
        if fitting:
            rechain(raw, session)

    verdict = tampered(small, tmp_path_factory.mktemp("t"), change)
    assert (verdict.ok, verdict.session, verdict.seq) == (False, session, one)


def test_an_entry_slipped_in_is_found_where_it_is(small: Path, tmp_path: Path) -> None:
    def change(raw: Any) -> None:
        raw.execute("UPDATE entries SET seq = seq + 100 WHERE session = 's-1' AND seq > 3")
        raw.execute("UPDATE entries SET seq = seq - 99 WHERE session = 's-1' AND seq > 3")
        raw.execute(
            "INSERT INTO entries SELECT session, 4, kind, operator, mono_ns, wall, body, "
            "prev_hash, 'x' FROM entries WHERE session = 's-1' AND seq = 3"
        )

    verdict = tampered(small, tmp_path, change)
    assert (verdict.ok, verdict.session, verdict.seq) == (False, "s-1", 4)


@pytest.mark.parametrize("session", LENGTHS)
def test_a_stream_rewritten_with_fitting_hashes_does_not_fit_its_seal(
    small: Path, tmp_path: Path, session: str
) -> None:
    def change(raw: Any) -> None:
        (body,) = raw.execute(
            "SELECT body FROM entries WHERE session = ? AND seq = 2", (session,)
        ).fetchone()
        told = json.loads(body) | {"operator": "op-2"}
        body = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        raw.execute(
            "UPDATE entries SET body = ?, operator = 'op-2' WHERE session = ? AND seq = 2",
            (body, session),
        )
        rechain(raw, session)

    verdict = tampered(small, tmp_path, change)
    assert (verdict.ok, verdict.session) == (False, session)
    assert "not the one that was sealed" in verdict.text


def test_an_entry_added_to_a_sealed_session_without_the_key_is_found(
    small: Path, tmp_path: Path
) -> None:
    def change(raw: Any) -> None:
        asked = raw.execute("SELECT body, hash FROM entries WHERE session = 's-1' AND seq = 8")
        body, previous = asked.fetchone()
        told = json.loads(body) | {"seq": 9}
        body = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        raw.execute(
            "INSERT INTO entries SELECT session, 9, kind, operator, mono_ns, wall, ?, ?, ? "
            "FROM entries WHERE session = 's-1' AND seq = 8",
            (body, previous, digest(previous, body)),
        )

    verdict = tampered(small, tmp_path, change)
    assert (verdict.ok, verdict.session, verdict.seq) == (False, "s-1", 9)


def test_every_row_of_the_ledger_is_missed(small: Path, tmp_path: Path) -> None:
    with opened_raw(copy(small, tmp_path / "x.db")) as raw:
        (rows,) = raw.execute("SELECT count(*) FROM ledger").fetchone()
    assert rows >= 3
    for seq in range(1, rows + 1):
        verdict = tampered(
            small,
            tmp_path,
            lambda raw, seq=seq: raw.execute("DELETE FROM ledger WHERE seq = ?", (seq,)),
        )
        assert (verdict.ok, verdict.session, verdict.seq) == (False, LEDGER, seq)


@pytest.mark.parametrize("column", ["kind", "session", "head", "wall", "body", "signature"])
def test_a_changed_row_of_the_ledger_is_found(small: Path, tmp_path: Path, column: str) -> None:
    value = {"session": "s-9", "kind": "stand"}.get(column, "00")
    verdict = tampered(
        small, tmp_path, lambda raw: raw.execute(f"UPDATE ledger SET {column} = '{value}'")
    )
    assert not verdict.ok


def test_a_session_removed_with_its_seals_is_missed_by_the_ledger(
    small: Path, tmp_path: Path
) -> None:
    def change(raw: Any) -> None:
        raw.execute("DELETE FROM entries WHERE session = 's-2'")
        raw.execute("DELETE FROM ledger WHERE session = 's-2'")

    verdict = tampered(small, tmp_path, change)
    assert (verdict.ok, verdict.session) == (False, LEDGER)


def test_a_head_from_before_the_last_seal_is_found(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op", name="Dr Example"))
    head = path.with_name(path.name + ".head")
    older = head.read_bytes()
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())
    assert verify(path).ok
    head.write_bytes(older)
    verdict = verify(path)
    assert (verdict.ok, verdict.session) == (False, LEDGER)
    assert "older" in verdict.text


def test_a_record_put_back_to_an_earlier_copy_is_found_also_after_it_was_used(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())
    earlier = path.read_bytes()
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note("later"))
    path.write_bytes(earlier)
    verdict = verify(path)
    assert (verdict.ok, verdict.session, verdict.seq) == (False, LEDGER, 2)
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note("written over it"))
    assert not verify(path).ok


def test_a_record_that_was_emptied_is_damaged_and_nothing_is_begun_in_its_place(
    small: Path, tmp_path: Path, clock: TestClock
) -> None:
    path = copy(small, tmp_path / "x.db")
    path.write_bytes(b"")
    verdict = verify(path)
    assert (verdict.ok, verdict.entries) == (False, 0)
    assert "file damaged" in verdict.text
    with pytest.raises(DamagedFile):
        Record.create_or_open(path, operator="op", clock=clock)
    with pytest.raises(DamagedFile):
        Reader.open(path)
    assert path.read_bytes() == b""
    path.unlink()
    with pytest.raises(RecordGone):
        verify(path)


@pytest.mark.parametrize("forged", [b"", b"{}", None])
def test_a_head_that_is_missing_or_unreadable_is_found_also_after_the_record_was_used(
    small: Path, tmp_path: Path, clock: TestClock, forged: bytes | None
) -> None:
    path = copy(small, tmp_path / "x.db")
    head = path.with_name(path.name + ".head")
    head.unlink()
    if forged is not None:
        head.write_bytes(forged)
    assert "head is missing" in verify(path).text
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-3", note())
    verdict = verify(path)
    assert (verdict.ok, verdict.session) == (False, LEDGER)
    assert "did not fit" in verdict.text


def test_a_head_signed_by_somebody_else_is_found(small: Path, tmp_path: Path) -> None:
    path = copy(small, tmp_path / "x.db")
    head = path.with_name(path.name + ".head")
    told = json.loads(head.read_text())
    forger = Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
    told["signature"] = forger.sign(head.read_bytes()).hex()
    head.write_text(json.dumps(told))
    assert verify(path).session == LEDGER


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ratings SET suds = 5 WHERE session = 's-2' AND seq = 4",
        "DELETE FROM patients WHERE patient = 'p-1'",
        "UPDATE sessions SET highest = 9",
        "INSERT INTO operators VALUES ('x', 'somebody')",
    ],
)
def test_a_table_that_says_something_else_than_the_entries_is_found(
    small: Path, tmp_path: Path, statement: str
) -> None:
    verdict = tampered(small, tmp_path, lambda raw: raw.execute(statement))
    assert not verdict.ok
    assert "rebuild" in verdict.text


@seed(7)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_damaged_byte_of_the_file_is_found(
    small: Path, tmp_path_factory: Any, data: st.DataObject
) -> None:
    path = copy(small, tmp_path_factory.mktemp("t") / "x.db")
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    verdict = verify(path)
    assert not verdict.ok
    assert "file damaged" in verdict.text


@seed(8)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_file_cut_short_is_found(small: Path, tmp_path_factory: Any, data: st.DataObject) -> None:
    path = copy(small, tmp_path_factory.mktemp("t") / "x.db")
    content = path.read_bytes()
    path.write_bytes(content[: data.draw(st.integers(1, len(content) - 1))])
    assert not verify(path).ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET operator = 'x'",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries",
        "UPDATE ledger SET entries = 1",
        "DELETE FROM ledger",
        "INSERT OR REPLACE INTO ledger SELECT * FROM ledger",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_written(
    small: Path, tmp_path: Path, statement: str
) -> None:
    path = copy(small, tmp_path / "x.db")
    with opened_raw(path, triggers=True) as raw, pytest.raises(Exception, match="only added to"):
        raw.execute(statement)
    assert verify(path).ok


def test_one_session_can_be_checked_alone(small: Path, tmp_path: Path) -> None:
    path = copy(small, tmp_path / "x.db")
    with opened_raw(path) as raw:
        forget(raw, "s-1", 3)
    assert verify(path, "s-2").ok
    assert verify(path, "s-2").entries == LENGTHS["s-2"]
    assert verify(path, "s-1").seq == 3
    assert "no session s-9" in verify(path, "s-9").text


def test_checking_changes_nothing_on_disk(small: Path, tmp_path: Path) -> None:
    path = copy(small, tmp_path / "x.db")
    before = bytes_of(path)
    assert verify(path).ok
    assert bytes_of(path) == before


def test_checking_after_a_crash_changes_nothing_on_disk(
    path: Path, tmp_path: Path, clock: TestClock
) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        record.append_now("s-1", note())
        left = copy(path, tmp_path / "crash" / "x.db")
    left.with_name("x.db-shm").unlink()
    before = bytes_of(left)
    assert before["x.db-wal"]
    assert verify(left).entries == 1
    assert bytes_of(left) == before


def test_a_record_in_use_can_be_checked(path: Path, clock: TestClock) -> None:
    with Record.create_or_open(path, operator="op", clock=clock) as record:
        for number in range(1, 20):
            record.append_now("s-1", level_reached(number % 11))
            assert verify(path, "s-1").entries == number
            record.append_now(CLINIC, OperatorAdded(operator=str(number), name="Dr Example"))
            assert verify(path, CLINIC).entries == number
