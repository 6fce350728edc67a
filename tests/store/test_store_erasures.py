"""All about a patient leaves the record, the record stays whole, and a backup does not undo it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from store_samples import TestClock, closed, copy, note, opened, opened_raw, rating

from controller.session.documents import PatientAdded, stream_of
from controller.session.keeping import ConsentGiven, PatientErased
from controller.store import changeover, erasures, keys
from controller.store.chain import canonical
from controller.store.database import opens
from controller.store.errors import DiskTrouble, RecordInUse
from controller.store.keys import find
from controller.store.reader import Reader
from controller.store.record import Record, erase_patient, rebuild_projections
from controller.store.rekey import rekey
from controller.store.verify import verify

SECRET = "the heron on the bridge"


@pytest.fixture
def two(path: Path, clock: TestClock) -> Path:
    """Two patients with two sessions each."""
    with Record.create_or_open(path, operator="op-1", clock=clock) as record:
        for number in (1, 2):
            patient = f"p-{number}"
            added = PatientAdded(patient=patient, pseudonym=f"Heron {number}", ceiling=7)
            record.append_now(stream_of(patient), added)
            consent = ConsentGiven(
                patient=patient, to="session", version="1", by="patient", how="signed"
            )
            record.append_now(stream_of(patient), consent)
            for session in (f"s-{number}1", f"s-{number}2"):
                record.append_now(session, opened(patient))
                record.append_now(session, rating(40))
                record.append_now(session, note(SECRET))
                record.append_now(session, closed())
    return path


def erase(path: Path, clock: TestClock, patient: str = "p-1") -> erasures.Erasure:
    return erase_patient(path, patient, operator="op-1", reason="request", clock=clock)


def test_nothing_about_an_erased_patient_is_left_and_all_else_is(
    two: Path, clock: TestClock
) -> None:
    done = erase(two, clock)
    assert (done.sessions, done.entries) == (("s-11", "s-12"), 10)
    reader = Reader.open(two)
    assert [row.patient for row in reader.patients()] == ["p-2"]
    assert [row.session for row in reader.sessions()] == ["s-21", "s-22"]
    assert not reader.consents("p-1") and reader.consents("p-2")
    assert not reader.entries("s-11") and not reader.entries(stream_of("p-1"))
    with opened_raw(two) as raw:
        told = str(raw.execute("SELECT body FROM entries").fetchall())
        assert "Heron 1" not in told and "Heron 2" in told
    assert verify(two).ok


def test_what_remains_is_a_tombstone_that_says_who_erased_how_much_and_when(
    two: Path, clock: TestClock
) -> None:
    ends = Reader.open(two).heads()
    erase(two, clock)
    (entry,) = Reader.open(two).entries()
    tombstone = entry.data
    assert isinstance(tombstone, PatientErased)
    assert entry.operator == "op-1"
    assert {one.stream: (one.entries, one.head) for one in tombstone.streams} == {
        name: (ends[name].seq, ends[name].hash) for name in ("s-11", "s-12", stream_of("p-1"))
    }
    assert [row.patient for row in Reader.open(two).erased()] == ["p-1"]


def test_tables_rebuilt_after_an_erasure_say_the_same(two: Path, clock: TestClock) -> None:
    erase(two, clock)
    rebuild_projections(two)
    assert verify(two).ok


def test_a_record_goes_on_after_an_erasure_and_still_refuses_every_other_deletion(
    two: Path, clock: TestClock
) -> None:
    erase(two, clock)
    with Record.create_or_open(two, operator="op-1", clock=clock) as record:
        record.append_now("s-3", opened("p-2"))
        record.append_now("s-3", closed())
    assert verify(two).ok
    with opened_raw(two, triggers=True) as raw, pytest.raises(Exception, match="only added to"):
        raw.execute("DELETE FROM entries WHERE session = 's-21'")


def test_a_session_that_is_deleted_without_an_erasure_is_still_seen(
    two: Path, clock: TestClock
) -> None:
    erase(two, clock)
    with opened_raw(two) as raw:
        raw.execute("DELETE FROM entries WHERE session = 's-21'")
    verdict = verify(two)
    assert (verdict.ok, verdict.session, verdict.seq) == (False, "s-21", 1)


def test_an_erased_session_that_is_put_back_by_hand_is_seen(
    two: Path, clock: TestClock, tmp_path: Path
) -> None:
    with opened_raw(two, triggers=True) as raw:
        rows = raw.execute("SELECT * FROM entries WHERE session = 's-11'").fetchall()
    erase(two, clock)
    with opened_raw(two) as raw:
        raw.executemany(f"INSERT INTO entries VALUES ({','.join('?' * len(rows[0]))})", rows)
    verdict = verify(two)
    assert (verdict.ok, verdict.session, verdict.seq) == (False, "s-11", 1)


def test_a_copy_from_before_that_is_put_back_loses_the_patient_when_it_is_opened(
    two: Path, clock: TestClock, tmp_path: Path
) -> None:
    before = copy(two, tmp_path / "before" / "record.db")
    erase(two, clock)
    for ending in ("", ".head"):
        shutil.copy(before.with_name("record.db" + ending), two.with_name("record.db" + ending))
    assert len(Reader.open(two).sessions()) == 4
    Record.create_or_open(two, operator="op-1", clock=clock).close()
    assert [row.session for row in Reader.open(two).sessions()] == ["s-21", "s-22"]
    assert verify(two).ok


@pytest.mark.parametrize("first", ["erased", "opened"])
def test_a_copy_that_a_broken_off_change_had_made_goes_too(
    two: Path, clock: TestClock, first: str
) -> None:
    for ending in ("", ".head", ".kept.key", "-wal"):
        two.with_name(f"{two.name}.next{ending}").write_bytes(two.read_bytes())
    mine = two.with_name(f"{two.name}.nextcloud")
    mine.write_bytes(b"no file of Palier's")
    if first == "opened":
        Record.create_or_open(two, operator="op-1", clock=clock).close()
    else:
        erase(two, clock)
    assert list(two.parent.glob(two.name + ".next*")) == [mine]
    assert verify(two).ok


def test_a_change_that_was_decided_is_finished_before_anything_is_taken_away(
    two: Path, clock: TestClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = find(two)

    def breaks_off(database: Path, step: changeover.Step) -> None:
        raise OSError("the drive fails")

    with monkeypatch.context() as broken:
        broken.setattr(changeover, "_carry_out", breaks_off)
        with pytest.raises(DiskTrouble):
            rekey(two, ask=None, new_passphrase=str, keep_in=None, clock=clock, spool=None)
    assert two.with_name(two.name + ".next").exists()
    erase(two, clock)
    assert not opens(two, old)
    assert not list(two.parent.glob(two.name + ".next*"))
    assert verify(two).ok


@pytest.mark.parametrize("moment", ["listed", "committed"])
def test_an_erasure_that_breaks_off_is_finished_at_the_next_opening(
    two: Path, clock: TestClock, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(RuntimeError):
        pass

    def broken(*_args: object, **_more: object) -> None:
        raise Broken

    with monkeypatch.context() as patched:
        if moment == "listed":
            patched.setattr(erasures, "_Erasing", broken)
        else:
            patched.setattr(erasures, "_clear", broken)
        with pytest.raises(OSError):
            erase(two, clock)
    assert verify(two).ok
    assert len(Reader.open(two).sessions()) == 4
    Record.create_or_open(two, operator="op-1", clock=clock).close()
    assert len(Reader.open(two).sessions()) == 2
    assert verify(two).ok


def test_a_line_on_the_list_that_this_record_did_not_sign_erases_nobody(
    two: Path, clock: TestClock
) -> None:
    erase(two, clock)
    listed = two.with_name("record.db.erased")
    assert listed.stat().st_mode & 0o777 == 0o600
    listed.write_text(listed.read_text().replace("p-1", "p-2"))
    Record.create_or_open(two, operator="op-1", clock=clock).close()
    assert len(Reader.open(two).sessions()) == 2
    assert erasures.listed(two, keys.find(two)) == {}


def test_an_erasure_done_again_says_who_erased_and_despite_what(
    two: Path, clock: TestClock, tmp_path: Path
) -> None:
    before = copy(two, tmp_path / "before" / "record.db")
    erase_patient(
        two, "p-1", operator="op-7", reason="request", despite="a court\x85says so", clock=clock
    )
    for ending in ("", ".head"):
        shutil.copy(before.with_name("record.db" + ending), two.with_name("record.db" + ending))
    Record.create_or_open(two, operator="op-1", clock=clock).close()
    (entry,) = Reader.open(two).entries()
    assert isinstance(entry.data, PatientErased)
    assert (entry.operator, entry.data.despite) == ("op-7", "a court\x85says so")


def test_a_list_that_was_not_encrypted_is_read_and_one_from_before_a_new_key_too(
    two: Path, clock: TestClock
) -> None:
    plain = {"patient": "p-9", "reason": "request", "operator": "op-7", "despite": "a court"}
    said = canonical(plain)
    signature = keys.find(two).sign(b"palier erased 1\n" + said.encode())
    two.with_name("record.db.erased").write_text(f"{said} {signature}\n")
    erase_patient(two, "p-1", operator="op-8", reason="request", despite="a judge", clock=clock)
    before = keys.find(two)
    rekey(two, ask=None, new_passphrase=str, keep_in=None, clock=clock, spool=None)
    assert not keys.find(two).same_as(before)
    assert erasures.listed(two, keys.find(two)) == {
        "p-9": erasures.Listed("request", "op-7", "a court"),
        "p-1": erasures.Listed("request", "op-8", "a judge"),
    }


def test_a_list_that_was_not_encrypted_is_written_anew_when_the_record_opens(
    two: Path, clock: TestClock
) -> None:
    said = canonical({"patient": "p-9", "reason": "request", "despite": 'a "sealed": court'})
    signature = keys.find(two).sign(b"palier erased 1\n" + said.encode())
    list_of_erased, foreign = two.with_name("record.db.erased"), f"{said} {'0' * 128}"
    list_of_erased.write_text(f"{said} {signature}\n{foreign}\n")
    Record.create_or_open(two, operator="op-1", clock=clock).close()
    first, second = erasures.lines(two)
    assert "court" not in first and second == foreign
    written = list_of_erased.read_bytes()
    Record.create_or_open(two, operator="op-1", clock=clock).close()
    assert list_of_erased.read_bytes() == written
    assert erasures.listed(two, keys.find(two)) == {
        "p-9": erasures.Listed("request", "", 'a "sealed": court')
    }


def test_a_list_of_before_operators_were_noted_on_it_still_erases(
    two: Path, clock: TestClock
) -> None:
    said = canonical({"patient": "p-1", "reason": "request"})
    signature = keys.find(two).sign(b"palier erased 1\n" + said.encode())
    two.with_name("record.db.erased").write_text(f"{said} {signature}\n")
    Record.create_or_open(two, operator="op-1", clock=clock).close()
    assert [row.session for row in Reader.open(two).sessions()] == ["s-21", "s-22"]
    assert verify(two).ok


def test_a_reason_that_no_entry_can_hold_puts_nobody_on_the_list(
    two: Path, clock: TestClock
) -> None:
    with pytest.raises(ValueError):
        erase_patient(two, "p-1", operator="op-1", reason="request", despite="x" * 201, clock=clock)
    assert not two.with_name("record.db.erased").exists()
    Record.create_or_open(two, operator="op-1", clock=clock).close()
    assert len(Reader.open(two).sessions()) == 4


def test_nobody_is_erased_while_a_console_has_the_record(two: Path, clock: TestClock) -> None:
    with (
        Record.create_or_open(two, operator="op-1", clock=clock),
        pytest.raises(RecordInUse),
    ):
        erase(two, clock)
    assert len(Reader.open(two).sessions()) == 4
