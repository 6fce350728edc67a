"""The clinic's protocol stands in its record word for word, and the last one holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from drafts import draft
from pydantic import ValidationError
from store_samples import TestClock, opened, opened_raw, protocol

from controller.language import use
from controller.protocol.reading import read, shipped
from controller.session.clinic import ProtocolUnusable, in_force
from controller.session.documents import CLINIC, PatientAdded, SessionOpened
from controller.session.keeping import ProtocolSet
from controller.store.reader import Reader
from controller.store.record import Record, rebuild_projections
from controller.store.verify import verify


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


def said(text: str, version: str = "1") -> ProtocolSet:
    return ProtocolSet(id="clinic", version=version, sha256=read(text).sha256, text=text)


def test_a_record_without_one_is_led_by_the_one_that_ships(tmp_path: Path):
    path = tmp_path / "record.db"
    with Record.create_or_open(path, operator="op", clock=TestClock()) as record:
        record.append_now(CLINIC, PatientAdded(patient="p-1", pseudonym="Heron", ceiling=7))
        assert record.reader.protocol() is None and record.reader.protocols() == []
        assert in_force(record.reader.protocol()) == shipped()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_last_one_holds_whole_also_after_the_tables_are_built_anew(tmp_path: Path, mark: str):
    path = tmp_path / "record.db"
    first = said(draft())
    second = said(mark + draft(("seconds = 5\n", "seconds = 9\n")).replace("\n", "\r\n"), "2")
    with Record.create_or_open(path, operator="op", clock=TestClock()) as record:
        record.append_now(CLINIC, first)
        record.append_now(CLINIC, second)
    assert verify(path).ok
    for _turn in range(2):
        reader = Reader.open(path)
        assert reader.protocol() == second and reader.protocols() == [first, second]
        assert in_force(reader.protocol()).protocol.grace.seconds == 9
        rebuild_projections(path)


def test_what_a_session_names_is_found_in_the_record_by_its_hash(tmp_path: Path):
    path = tmp_path / "record.db"
    with Record.create_or_open(path, operator="op", clock=TestClock()) as record:
        record.append_now(CLINIC, said(draft()))
        hashes = {one.sha256: one.text for one in record.reader.protocols()}
    assert hashes[read(draft()).sha256] == draft()


def test_a_hash_of_another_text_is_no_entry():
    good = said(draft())
    with pytest.raises(ValidationError):
        ProtocolSet(id="clinic", version="1", sha256=good.sha256, text=good.text + " ")


def test_one_that_this_version_cannot_use_is_said_to_be_so():
    with pytest.raises(ProtocolUnusable, match=r"clinic 1 .*palier protocol --use FILE"):
        in_force(protocol("nothing of the kind"))


def test_entries_from_before_there_were_protocols_are_read_as_they_were(tmp_path: Path):
    path = tmp_path / "record.db"
    with Record.create_or_open(path, operator="op", clock=TestClock()) as record:
        record.append_now("s-1", opened())
    with opened_raw(path) as raw:
        (body,) = raw.execute("SELECT body FROM entries").fetchone()
        told = json.loads(body)
        for key in ("prompt_mode", "clinic_protocol"):
            del told["data"][key]
        old = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        raw.execute("UPDATE entries SET body = ?", (old,))
    (entry,) = Reader.open(path).entries("s-1")
    assert isinstance(entry.data, SessionOpened) and entry.data.clinic_protocol is None
