"""Who sits at the console, on a real record: coming, wrong tries, and whose name entries carry."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_samples import TestClock
from swift import swift

from controller.desk import Desk
from controller.language import use
from controller.session.documents import CLINIC, OperatorAdded, OperatorChanged, PatientAdded
from controller.session.operators import NOBODY
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify

SECRET = swift().kept("geheim 1")
ADA = OperatorAdded(operator="op-1", name="Ada", secret=SECRET)
BEA = OperatorAdded(operator="op-2", name="Bea", role="trainee", secret=swift().kept("geheim 2"))


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def path(tmp_path: Path, clock: TestClock) -> Path:
    path = tmp_path / "record.db"
    with Record.create_or_open(path, operator="op-1", clock=clock) as record:
        record.append_now(CLINIC, ADA)
        record.append_now(CLINIC, BEA)
    return path


def opened(path: Path, clock: TestClock) -> Record:
    return Record.create_or_open(path, operator=NOBODY, clock=clock)


def desk_on(record: Record, clock: TestClock) -> Desk:
    return Desk(record, passphrases=swift(), clock=clock)


async def test_the_first_operator_administers_and_the_passphrase_is_nowhere_in_the_clear(
    tmp_path: Path, clock: TestClock
) -> None:
    path = tmp_path / "record.db"
    with opened(path, clock) as record:
        desk = desk_on(record, clock)
        assert desk.people() == () and desk.present is None
        assert not (await desk.begin("Ada", "short")).ok
        assert not (await desk.begin("  ", None)).ok
        assert (await desk.begin(" Dr  Ada ", "geheim 1")).ok
        assert desk.present is not None and desk.present.asked
    (entry,) = Reader.open(path).clinic("operator_added")
    assert isinstance(entry.data, OperatorAdded)
    assert (entry.operator, entry.data.name, entry.data.administers) == ("op-1", "Dr Ada", True)
    assert entry.data.secret.startswith("$argon2id$") and "geheim" not in entry.body()
    for file in tmp_path.iterdir():
        assert b"geheim" not in file.read_bytes()


async def test_nobody_sits_here_before_the_right_passphrase(path: Path, clock: TestClock) -> None:
    with opened(path, clock) as record:
        desk = desk_on(record, clock)
        assert desk.present is None and record.operator == NOBODY
        assert not (await desk.enter("op-1", "geheim 2")).ok
        assert desk.present is None
        assert (await desk.enter("op-1", "geheim 1")).ok
        assert record.operator == "op-1"
    said = [(e.kind, e.operator) for e in Reader.open(path).clinic(*KINDS)]
    assert said == [("wrong_passphrase", NOBODY), ("operator_present", "op-1")]
    assert verify(path).ok


KINDS = ("wrong_passphrase", "operator_present", "accessed", "patient_added")


async def test_from_a_change_of_operator_on_entries_carry_the_new_name(
    path: Path, clock: TestClock
) -> None:
    with opened(path, clock) as record:
        desk = desk_on(record, clock)
        await desk.enter("op-1", "geheim 1")
        await record.append(CLINIC, PatientAdded(patient="p", pseudonym="P-1", ceiling=5))
        desk.lock()
        assert desk.present is None and record.operator == NOBODY
        await desk.enter("op-2", "geheim 2")
        await record.append(CLINIC, PatientAdded(patient="q", pseudonym="P-2", ceiling=5))
        desk.looked_at_sessions()
        desk.looked_at_sessions()
        desk.wrote_report("s-1")
    said = [(e.kind, e.operator) for e in Reader.open(path).clinic(*KINDS)]
    assert said == [
        ("operator_present", "op-1"),
        ("patient_added", "op-1"),
        ("operator_present", "op-2"),
        ("patient_added", "op-2"),
        ("accessed", "op-2"),
        ("accessed", "op-2"),
    ]


async def test_wrong_tries_are_followed_by_a_growing_pause_that_outlives_the_console(
    path: Path, clock: TestClock
) -> None:
    with opened(path, clock) as record:
        desk = desk_on(record, clock)
        for _n in range(2):
            assert "Wait" not in (await desk.enter("op-1", "falsch")).text
        assert "Wait 5 s" in (await desk.enter("op-1", "falsch")).text
        waits = await desk.enter("op-1", "geheim 1")
        assert not waits.ok and waits.code == "wait"
        assert (await desk.enter("op-2", "geheim 2")).ok, "others do not wait"
    with opened(path, clock) as record:
        desk = desk_on(record, clock)
        assert 0.0 < desk.rest_s("op-1") <= 5.0
        clock.pass_s(5.0)
        assert "Wait 10 s" in (await desk.enter("op-1", "falsch")).text
        clock.pass_s(10.0)
        assert (await desk.enter("op-1", "geheim 1")).ok
    with opened(path, clock) as record:
        assert desk_on(record, clock).rest_s("op-1") == 0.0


async def test_who_is_disabled_cannot_enter(path: Path, clock: TestClock) -> None:
    with opened(path, clock) as record:
        record.append_now(CLINIC, OperatorChanged(operator="op-1", disabled=True))
        desk = desk_on(record, clock)
        assert [one.name for one in desk.people()] == ["Bea"]
        assert not (await desk.enter("op-1", "geheim 1")).ok
        assert desk.present is None


async def test_a_trainee_is_told_what_they_may_lead(path: Path, clock: TestClock) -> None:
    with opened(path, clock) as record:
        desk = desk_on(record, clock)
        assert "simulated" in (await desk.enter("op-2", "geheim 2")).text
        assert desk.barred()
        desk.lock()
        await desk.enter("op-1", "geheim 1")
        assert desk.barred() == ""


async def test_an_old_record_with_one_operator_opens_without_a_question(
    tmp_path: Path, clock: TestClock
) -> None:
    path = tmp_path / "old.db"
    with Record.create_or_open(path, operator="op-1", clock=clock) as record:
        record.append_now(CLINIC, OperatorAdded(operator="op-1", name="Ada"))
    with opened(path, clock) as record:
        desk = desk_on(record, clock)
        assert desk.present is not None and desk.present.name == "Ada"
        assert record.operator == "op-1"
