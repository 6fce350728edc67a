"""`palier plans`: hierarchies listed and shown, a ready one taken over, all as JSON too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from store_samples import TestClock

from controller import language
from controller.cli import main
from controller.session.documents import CLINIC, OperatorAdded, PatientAdded, stream_of
from controller.session.keeping import Restriction
from controller.session.plans.entries import HierarchySet, PlanRow
from controller.store.reader import Reader
from controller.store.record import Record


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    before = language.language()
    monkeypatch.setenv("PALIER_LANG", "en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    yield
    language.use(before)


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = tmp_path / "r.db"
    with Record.create_or_open(path, operator="op-1", clock=TestClock()) as kept:
        kept.append_now(CLINIC, OperatorAdded(operator="op-1", name="Dr Example"))
        kept.append_now(stream_of("id"), PatientAdded(patient="id", pseudonym="Heron", ceiling=5))
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    assert main(["plans", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_ready_one_is_taken_as_a_whole_into_a_new_version(db, capsys) -> None:
    assert told(capsys, "--db", db) == []
    ready = told(capsys, "ready", "heights.bridge")
    cautious, direct = (next(r for r in ready if r["kind"] == k) for k in ("cautious", "direct"))
    plan = told(capsys, "take", "Heron", "heights.bridge", "cautious", "--db", db)
    assert plan["rows"] == cautious["rows"] and plan["versions"] == 1
    both = told(capsys, "take", "Heron", "heights.bridge", "direct", "--db", db)
    assert both["versions"] == 2 and both["rows"][: len(plan["rows"])] == plan["rows"]
    assert all(row in both["rows"] for row in direct["rows"])
    assert told(capsys, "show", "Heron", "--db", db) == both
    assert told(capsys, "--db", db) == [both]


def test_it_is_shown_in_words_with_what_lies_above_the_ceiling(db, capsys) -> None:
    assert main(["plans", "show", "Heron", "--db", db]) == 0
    assert "no hierarchy yet" in capsys.readouterr().out
    assert main(["plans", "take", "Heron", "heights.bridge", "cautious", "--db", db]) == 0
    assert "Above the ceiling (5)" in capsys.readouterr().out
    assert main(["plans", "show", "Heron", "--db", db]) == 0
    out = capsys.readouterr().out
    assert "1. I stand on the bank" in out and "What is feared: I will panic" in out
    assert "Above the ceiling (5)" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("take", "Heron", "heights.nowhere", "cautious"), "There is no scenario"),
        (("take", "Wren", "heights.bridge", "cautious"), "palier patients"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_written(db, capsys, words, said) -> None:
    assert main(["plans", *words, "--db", db]) == 2
    assert said in capsys.readouterr().err
    assert told(capsys, "--db", db) == []


def test_taking_the_same_one_twice_writes_nothing(db, capsys) -> None:
    take = ("plans", "take", "Heron", "heights.bridge", "cautious", "--db", db)
    assert main([*take]) == 0
    assert main([*take]) == 2
    assert "already" in capsys.readouterr().err
    assert told(capsys, "show", "Heron", "--db", db)["versions"] == 1


def test_who_looks_at_a_hierarchy_is_in_the_access_log_by_that_name(db, capsys) -> None:
    told(capsys, "take", "Heron", "heights.bridge", "cautious", "--db", db)
    told(capsys, "show", "Heron", "--db", db)
    assert looked_at(db) == [("hierarchy", "id")]
    told(capsys, "--db", db)
    assert looked_at(db) == [("hierarchy", "id"), ("patients", "")]


def looked_at(db: str) -> list[tuple[str, str]]:
    with Record.create_or_open(Path(db), operator="op-1", clock=TestClock()):
        pass  # What lay beside the record is in it by now.
    return [(e.data.what, e.data.patient) for e in Reader.open(Path(db)).clinic("accessed")]


def test_a_version_saved_while_a_ready_one_is_taken_is_added_to(db, capsys, monkeypatch) -> None:
    opened = Record.create_or_open.__func__
    late = PlanRow(item="late", distress=5, scenario="heights.bridge", level=1)

    def overtaken(cls, path, **how):
        with opened(cls, path, operator="op-1", clock=TestClock()) as kept:
            kept.append_now(stream_of("id"), HierarchySet(patient="id", rows=(late,)))
        return opened(cls, path, **how)

    monkeypatch.setattr(Record, "create_or_open", classmethod(overtaken))
    plan = told(capsys, "take", "Heron", "heights.bridge", "cautious", "--db", db)
    assert plan["versions"] == 2 and plan["rows"][0]["item"] == "late"


def test_restricted_data_are_neither_shown_nor_added_to(db, capsys) -> None:
    with Record.create_or_open(Path(db), operator="op-1", clock=TestClock()) as kept:
        kept.append_now(stream_of("id"), Restriction(patient="id", on=True, reason="contested"))
    for words in (("show", "Heron"), ("take", "Heron", "heights.bridge", "cautious")):
        assert main(["plans", *words, "--db", db]) != 0
        assert "restricted" in capsys.readouterr().err
