"""Between sessions: the course at a glance, and the day on which the patient comes next."""

from __future__ import annotations

import asyncio
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import paired

from controller.session.appointments import (
    Appointment,
    NotADay,
    next_one,
    passed,
    spoken,
    written,
)
from controller.session.documents import stream_of


@pytest.mark.parametrize(
    ("said", "on", "at", "about"),
    [
        ("2026-12-24", date(2026, 12, 24), None, ""),
        ("2026-12-24 14:30", date(2026, 12, 24), time(14, 30), ""),
        ("24/12/2026 14h30 balcon, avec la sœur", date(2026, 12, 24), time(14, 30), "balcon, avec "
         "la sœur"),
        ("24.12.2026 9h", date(2026, 12, 24), time(9), ""),
        ("2026-12-24 the bridge", date(2026, 12, 24), None, "the bridge"),
    ],
)  # fmt: skip
def test_a_day_is_typed_as_people_write_it(
    said: str, on: date, at: time | None, about: str
) -> None:
    assert written(said, "p") == Appointment(patient="p", on=on, at=at, about=about)


@pytest.mark.parametrize("said", ["tomorrow", "2026-02-30", "31/02/2026", "2026-12-24 25:00"])
def test_what_is_no_day_is_said_with_how_to_write_one(said: str) -> None:
    with pytest.raises(NotADay, match="14:30"):
        written(said, "p")


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_day_or_one_sentence(said: str) -> None:
    try:
        agreed = written(said, "p")
    except NotADay as error:
        assert str(error)
    else:
        assert (agreed.on is None) == (not said.split())


def test_the_last_word_holds_and_an_empty_one_takes_it_back() -> None:
    first, second = written("2026-12-01", "p"), written("2026-12-08", "p")
    assert next_one([first, second]) == second
    assert next_one([first, second, written("", "p")]) is None
    assert next_one([]) is None


def test_a_day_has_passed_only_once_it_is_over() -> None:
    one = written("2026-12-08 09:00 bridge", "p")
    assert not passed(one, date(2026, 12, 8))
    assert passed(one, date(2026, 12, 9))
    assert spoken(one) == "2026-12-08 09:00 · bridge"


async def test_a_day_is_said_to_be_saved_only_once_the_record_holds_it() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        assert (await pair.conductor.add_patient("P-01", 8, "0-100")).ok
        patient = pair.conductor.patients()[0].id
        pair.record.blocked = True
        saying = asyncio.ensure_future(pair.conductor.courses.appoint(patient, "2026-12-08 9:00"))
        await asyncio.sleep(0)
        assert not saying.done()
        pair.record.let_through()
        outcome = await saying
        assert outcome.ok and "2026-12-08 09:00" in outcome.text
        assert pair.record.kinds(stream_of(patient))[-1] == "appointment"


async def test_what_is_no_day_enters_nothing() -> None:
    async with paired() as pair:
        before = len(pair.record.entries)
        outcome = await pair.conductor.courses.appoint("p", "soon")
        assert not outcome.ok and "Write the day" in outcome.text
        assert len(pair.record.entries) == before


async def test_a_locked_patient_has_no_session_until_use_is_allowed_again() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        lead = pair.conductor
        assert (await lead.add_patient("P-01", 8, "0-100")).ok
        patient = lead.patients()[0].id
        assert not (await lead.courses.unlock(patient)).ok
        assert not (await lead.courses.lock(patient, "  ")).ok
        assert not (await lead.courses.lock(patient, "x" * 201)).ok
        pair.record.blocked = True
        saying = asyncio.ensure_future(lead.courses.lock(patient, "asked for by the patient"))
        await asyncio.sleep(0)
        assert not saying.done(), "said once it is durable"
        pair.record.let_through()
        assert (await saying).ok
        assert pair.record.kinds(stream_of(patient))[-1] == "restriction"
        refused = await lead.open_session(patient, "test.yard")
        assert not refused.ok and "restricted" in refused.text
        assert not (await lead.courses.lock(patient, "twice")).ok
        refused = await lead.courses.appoint(patient, "2099-12-24")
        assert not refused.ok and "nothing is added" in refused.text
        assert pair.record.kinds(stream_of(patient))[-1] == "restriction"
        assert (await lead.courses.unlock(patient)).ok
        assert lead.patients()[0].restricted is None
