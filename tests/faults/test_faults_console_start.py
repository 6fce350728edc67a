"""A console that was killed or frozen: another finds the session, and nothing changes unasked."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from child_console import console
from core import Core, core
from runtime_process import RuntimeProcess

from controller.language import use
from controller.session.documents import (
    ConsoleSlept,
    FromRuntime,
    Rating,
    SessionContinued,
    stream_of,
)
from controller.session.keeping import ConsentGiven, ConsentWithdrawn
from controller.session.retelling import retell
from controller.store.reader import Reader
from controller.store.record import Record
from controller.store.verify import verify
from vr_runtime.wire.acts import Phase, SetObservers
from vr_runtime.wire.happenings import Applied

Measured = Callable[[str, object], None]


def scene(lead: Core) -> tuple[object, ...]:
    state = lead.look()
    assert state is not None
    return state.phase, state.level, state.asked, state.ceiling, state.values, state.trial


@pytest.mark.fault("F3")
@pytest.mark.fault("F32")
async def test_a_killed_console_is_followed_by_one_that_continues_the_same_session_and_chain(
    by_clock: RuntimeProcess, tmp_path: Path, record_property: Measured
) -> None:
    use("en")
    path = tmp_path / "record.db"
    with console(by_clock, path) as child:
        assert child.ask("rate")["ok"]
        child.process.kill()
        session = child.session
    with Record.create_or_open(path, operator="op-2") as record:
        async with core(by_clock, stored=record) as lead:
            await lead.until(lambda: lead.phase is Phase.SAFE_PLACE, "the safe place by itself")
            left = lead.conductor.now().left
            assert left is not None and (left.session, left.pseudonym) == (session, "P-01")
            assert left.led_by is None and left.opened is not None
            assert not lead.conductor.now().link.in_control, "no control before the answer"
            before, began = scene(lead), time.monotonic()
            outcome = await lead.conductor.continue_left()
            taken_s = time.monotonic() - began
            assert outcome.ok, outcome.text
            await lead.for_s(0.5)
            assert scene(lead) == before, "nothing changes until it is told to"
            now = lead.conductor.now()
            assert now.session == session and now.left is None
            assert [r.rating.suds for r in now.ratings] == [40]
            assert [t.number for t in now.trials] == [1]
            assert (await lead.conductor.rate("30")).ok
            await lead.begin(1)
            assert (await lead.conductor.safe_place()).ok
            assert (await lead.conductor.close_session()).ok
        entries = record.reader.entries(session)
    news = [e.data.happened.number for e in entries if isinstance(e.data, FromRuntime)]
    assert news == list(range(news[0], news[-1] + 1)), "what it missed was fetched, once, in order"
    causes = [
        e.data.happened.what.act.kind
        for e in entries
        if isinstance(e.data, FromRuntime) and isinstance(e.data.happened.what, Applied)
    ]
    assert causes.index("grace_over") < causes.index("safe_place")
    assert sum(isinstance(e.data, SessionContinued) for e in entries) == 1
    assert [e.data.suds for e in entries if isinstance(e.data, Rating)] == [40, 30]
    assert [t.number for t in retell(entries).trials] == [1, 2]
    assert verify(path).ok
    record_property("measured", f"{taken_s:.2f} s")


async def test_watching_ends_where_that_consent_was_taken_back_while_no_console_led(
    by_clock: RuntimeProcess, tmp_path: Path
) -> None:
    use("en")
    path = tmp_path / "record.db"
    with console(by_clock, path) as child:
        assert child.ask("let watch")["ok"]
        child.process.kill()
        session = child.session
    with Record.create_or_open(path, operator="op-2") as record:
        (patient,) = (row.patient for row in record.reader.patients())
        for said in (
            ConsentGiven(patient=patient, to="observers", version="1", by="patient", how="signed"),
            ConsentWithdrawn(patient=patient, to="observers", by="patient"),
        ):
            record.append_now(stream_of(patient), said)
        async with core(by_clock, stored=record) as lead:
            await lead.until(lambda: lead.conductor.now().left is not None, "the session")
            await lead.until(lambda: lead.conductor.now().left.led_by is None, "its console silent")  # type: ignore[union-attr]
            assert lead.look().observers.allowed  # type: ignore[union-attr]
            assert (await lead.conductor.continue_left()).ok
            await lead.until(lambda: not lead.look().observers.allowed, "the end of watching")  # type: ignore[union-attr]
            assert not (await lead.conductor.set_observers(True)).ok
            assert (await lead.conductor.safe_place()).ok
            assert (await lead.conductor.close_session()).ok
        entries = record.reader.entries(session)
    acts = [
        e.data.happened.what.act
        for e in entries
        if isinstance(e.data, FromRuntime) and isinstance(e.data.happened.what, Applied)
    ]
    told = [one.allowed for one in acts if isinstance(one, SetObservers)]
    assert told == [True, False], "both are acts in the record"


@pytest.mark.fault("F32")
async def test_a_session_the_runtime_does_not_have_any_more_is_closed_as_interrupted_and_said(
    by_clock: RuntimeProcess, tmp_path: Path
) -> None:
    use("en")
    path = tmp_path / "record.db"
    with console(by_clock, path) as child:
        child.process.kill()
        session = child.session
    async with core(by_clock) as other:
        # Another console, on a record of its own, ends it at the patient's side.
        await other.until(lambda: other.conductor.now().left is not None, "the session")
        await other.until(lambda: other.conductor.now().left.led_by is None, "its console silent")  # type: ignore[union-attr]
        assert not (await other.conductor.continue_left()).ok, "its record does not hold it"
        assert (await other.conductor.close_left()).ok
        await other.until(lambda: other.phase is Phase.IDLE, "the end of the session")
    with Record.create_or_open(path, operator="op-2") as record:
        async with core(by_clock, stored=record) as lead:
            await lead.until(
                lambda: lead.conductor.now().broken_off != "", "the closing to be told"
            )
            assert "P-01 had broken off" in lead.conductor.now().broken_off
            assert record.reader.open_sessions() == []
            assert lead.conductor.now().left is None
    assert [row.how for row in Reader.open(path).sessions()] == ["interrupted"]
    assert [row.session for row in Reader.open(path).sessions()] == [session]


async def sleep_of(lead: Core, path: Path, session: str) -> ConsoleSlept:
    """What the console that woke recorded of its sleep, as soon as it is durable."""
    found: list[ConsoleSlept] = []

    def look() -> bool:
        entries = Reader.open(path).entries(session)
        found.extend(e.data for e in entries if isinstance(e.data, ConsoleSlept))
        return bool(found)

    await lead.until(look, "the entry of its sleep")
    return found[0]


@pytest.mark.fault("F2")
@pytest.mark.fault("F26")
async def test_a_console_that_wakes_leads_nothing_and_says_so_and_can_take_control_back(
    by_clock: RuntimeProcess, tmp_path: Path, record_property: Measured
) -> None:
    use("en")
    with console(by_clock, tmp_path / "record.db") as child:
        os.kill(child.process.pid, signal.SIGSTOP)
        async with core(by_clock) as other:
            await other.until(lambda: other.phase is Phase.SAFE_PLACE, "the safe place by itself")
            assert not other.conductor.now().link.in_control
            await other.for_s(1.0)
            # Asked of the frozen console: it waits until it wakes.
            assert child.process.stdin is not None
            child.process.stdin.write("raise\n")
            child.process.stdin.flush()
            assert (await other.conductor.take_control()).ok
            before, woken = scene(other), time.monotonic()
            os.kill(child.process.pid, signal.SIGCONT)
            refused = await asyncio.to_thread(child.line)
            await asyncio.to_thread(child.fenced)
            told_s = time.monotonic() - woken
            assert not refused["ok"], refused
            slept = await sleep_of(other, tmp_path / "record.db", child.session)
            assert slept.seconds > 2.0
            await other.for_s(0.3)
            assert scene(other) == before
            assert other.conductor.now().link.in_control
    record_property("measured", f"{told_s:.2f} s")


@pytest.mark.fault("F15")
async def test_a_second_console_of_the_same_key_takes_control_only_explicitly(
    by_clock: RuntimeProcess,
) -> None:
    use("en")
    async with core(by_clock) as first:
        await first.lead_into(1)
        async with core(by_clock) as second:
            await second.until(lambda: second.conductor.now().left is not None, "the session")
            left = second.conductor.now().left
            assert left is not None and left.led_by == "therapist"
            refused = await second.conductor.close_left()
            assert not refused.ok and refused.code == "held_by_other"
            assert first.conductor.now().link.in_control
            assert (await second.conductor.take_control()).ok
            await first.until(lambda: not first.conductor.now().link.in_control, "the loss")
            assert any("Control lost" in said for said in first.notices)
            taken = [h.what for h in first.news() if h.what.kind == "control_taken"]
            assert taken[-1].taken_from == "therapist"  # type: ignore[union-attr]
            assert (await first.conductor.take_control()).ok
            await second.until(lambda: not second.conductor.now().link.in_control, "its loss")
