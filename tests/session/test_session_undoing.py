"""The wrong patient: undone while the session holds nothing of a patient, and never after that."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from loopback import KeptRecord, Pair, paired

from controller.language import use
from controller.session.documents import Entry, SessionClosed
from controller.simulation import before


@pytest.fixture(autouse=True)
def english() -> None:
    use("en")


class AsWritten:
    """The books of what was handed over; without a record they answer as a disk that is gone."""

    def __init__(self, record: KeptRecord | None) -> None:
        self._record = record

    def entries(self, session: str) -> list[Entry]:
        if self._record is None:
            raise OSError("the disk is gone")
        said = [data for name, data in self._record.entries if name == session]
        return [
            Entry(session=session, seq=n, kind=d.kind, operator="o", mono_ns=n, wall="", data=d)
            for n, d in enumerate(said, start=1)
        ]


def closed(pair: Pair, session: str) -> list[str]:
    """How the record says that this session ended, each time it says so."""
    said = [d for name, d in pair.record.entries if name == session]
    return [d.how for d in said if isinstance(d, SessionClosed)]


async def opened(pair: Pair, pseudonym: str, record: KeptRecord | None) -> str:
    """A session of a new patient, nothing asked yet; gives its id."""
    lead = pair.conductor
    lead._books = AsWritten(record)  # type: ignore[assignment]
    await pair.pass_s(1.4)
    assert (await lead.add_patient(pseudonym, 8, "0-100")).ok
    patient = next(one.id for one in lead.patients() if one.pseudonym == pseudonym)
    await before.prepare(lead.before, patient)
    assert (await lead.open_session(patient, "test.yard", seed=3)).ok
    await pair.pass_s(1.2)
    session = lead.now().session
    assert session is not None
    return session


async def test_a_session_for_the_wrong_patient_is_closed_as_opened_by_mistake() -> None:
    async with paired() as pair:
        lead = pair.conductor
        session = await opened(pair, "P-01", pair.record)
        told = await lead.undo_patient()
        assert told.ok and "by mistake" in told.text
        assert closed(pair, session) == ["mistaken"]
        assert lead.now().session is None and lead.now().undone == session
        assert await opened(pair, "P-02", pair.record) != session, "the right one follows at once"


async def test_practice_and_waiting_are_no_entry_and_a_word_a_rating_or_a_trial_is() -> None:
    async with paired() as pair:
        lead = pair.conductor
        await opened(pair, "P-01", pair.record)
        assert (await lead.familiarise()).ok and (await lead.end_familiarisation()).ok
        assert (await lead.undo_patient()).ok
    for entered in ("note", "rating", "trial"):
        async with paired() as pair:
            lead = pair.conductor
            session = await opened(pair, "P-01", pair.record)
            if entered == "note":
                assert (await lead.note("Came late.")).ok
            elif entered == "rating":
                assert (await lead.rate("20")).ok
            else:
                await before.preflight(lead.before)
                await pair.begin(1)
                await lead.safe_place()
            refused = await lead.undo_patient()
            assert not refused.ok and "nothing was undone" in refused.text, entered
            assert closed(pair, session) == [] and lead.now().session == session


async def test_a_rating_whose_time_went_by_is_no_entry_and_one_that_was_refused_is() -> None:
    async with paired() as pair:
        lead = pair.conductor
        session = await opened(pair, "P-01", pair.record)
        await pair.pass_s(lead._sitting.prompts.shown(0).window_s + 2)  # type: ignore[union-attr]
        assert [each.rating.suds for each in lead.now().ratings] == [None], "it went by"
        assert (await lead.undo_patient()).ok
        assert closed(pair, session) == ["mistaken"]
        await opened(pair, "P-02", pair.record)
        assert (await lead.skip_rating("declined")).ok
        assert not (await lead.undo_patient()).ok, "somebody was asked, and answered"


@pytest.mark.parametrize("meanwhile", ["reading", "closing"])
async def test_a_rating_on_its_way_while_it_is_undone_is_of_no_session_by_mistake(
    meanwhile: str,
) -> None:
    async with paired() as pair:
        lead = pair.conductor
        session = await opened(pair, "P-01", pair.record)
        if meanwhile == "reading":
            pair.record.blocked = True
            rating = asyncio.ensure_future(lead.rate("20"))
            await asyncio.sleep(0)
            told = await lead.undo_patient()
            pair.record.let_through()
            assert (await rating).ok
            assert not told.ok and lead.now().session == session
            assert closed(pair, session) == []
        else:
            ask = lead._link.ask

            async def ask_while_rated(act: Any, of: str | None) -> Any:
                assert (await lead.rate("20")).ok
                return await ask(act, of)

            lead._link.ask = ask_while_rated
            told = await lead.undo_patient()
            assert "not undone" in told.text, told.text
            assert closed(pair, session) == ["closed"], "a course counts it"
            assert lead.now().undone == ""


async def test_a_record_that_does_not_answer_undoes_nothing() -> None:
    async with paired() as pair:
        lead = pair.conductor
        session = await opened(pair, "P-01", None)
        refused = await lead.undo_patient()
        assert not refused.ok and "end the session instead" in refused.text
        assert closed(pair, session) == [] and lead.now().session == session


async def test_where_the_runtime_is_lost_nothing_is_undone() -> None:
    """What the patient answers there meanwhile would come into a session never meant."""
    async with paired() as pair:
        lead = pair.conductor
        session = await opened(pair, "P-01", pair.record)
        lead._presence.link_state = "lost"
        refused = await lead.undo_patient()
        assert not refused.ok and "end the session instead" in refused.text
        assert closed(pair, session) == []
