"""What befell the patient: recorded at its moment, shown once durable, and told in reports."""

from __future__ import annotations

import pytest
from loopback import Pair, paired

from controller.report.sections import sections
from controller.session.clinical import AdverseEvent
from controller.session.documents import Entry, SessionOpened
from controller.session.prompts import PromptRules
from controller.session.retelling import retell
from controller.session.sitting import Sitting
from controller.session.summary import summarise


def recorded(pair: Pair) -> list[Entry]:
    """The entries of the last session, numbered as a record numbers them."""
    session = pair.record.entries[-1][0]
    return [
        Entry(session=s, seq=n, kind=d.kind, operator="o", mono_ns=n, wall="", data=d)
        for n, (s, d) in enumerate(pair.record.entries, start=1)
        if s == session
    ]


async def test_it_is_recorded_at_its_moment_and_shown_once_it_is_durable() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(2)
        await pair.pass_s(3)
        outcome = await pair.conductor.bedside.befell("panic", "moderate")
        assert outcome.ok and "panic, moderate" in outcome.text
        now = pair.conductor.now()
        (event,) = [e.data for e in recorded(pair) if isinstance(e.data, AdverseEvent)]
    assert (event.type, event.severity) == ("panic", "moderate")
    assert (event.serious, event.related, event.outcome) == (None, "unclear", "unknown")
    assert event.at_s == pytest.approx(now.at_s, abs=0.2)
    (shown,) = now.adverse
    assert shown.event == event and shown.saved_as is not None


async def test_without_a_session_nothing_is_recorded() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        before = len(pair.record.entries)
        assert not (await pair.conductor.bedside.befell("fall", "severe")).ok
        assert len(pair.record.entries) == before


async def test_a_console_that_takes_a_session_up_shows_what_befell_before() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(1)
        await pair.conductor.bedside.befell("fall", "mild")
        entries = recorded(pair)
        opened = entries[0].data
        assert isinstance(opened, SessionOpened)
        later = Sitting(
            entries[0].session,
            pair.conductor.patients()[0],
            opened.scenario,
            opened.tick,
            boot=opened.boot,
            rules=PromptRules(),
            recorder=pair.record,
            notices=pair.conductor._notices,
        )
        later.take_up(entries)
    assert [one.event.type for one in later.adverse] == ["fall"]
    assert later.adverse[0].saved_as is not None


async def test_the_report_tells_it_with_how_the_session_stood() -> None:
    async with paired() as pair:
        await pair.open()
        await pair.begin(2)
        await pair.pass_s(5)
        await pair.conductor.bedside.befell("faint", "severe")
        await pair.conductor.stop()
        await pair.pass_s(1)
        assert (await pair.conductor.close_session()).ok
        history = retell(recorded(pair))
    assert len(history.adverse) == 1
    told = str(sections(history, summarise(history)))
    assert "faint, severe, seriousness not asked" in told and "outcome unknown" in told


@pytest.mark.parametrize("serious", [False, True])
def test_an_entry_that_says_how_serious_it_was_reads_and_is_written_as_before(
    serious: bool,
) -> None:
    said = {
        "kind": "adverse_event",
        "type": "fall",
        "severity": "mild",
        "serious": serious,
        "related": "no",
        "description": "slipped",
        "action": "",
        "outcome": "unknown",
        "follow_up": "",
        "at_s": None,
    }
    assert AdverseEvent.model_validate(said).model_dump(mode="json") == said
    without = {name: value for name, value in said.items() if name != "serious"}
    with pytest.raises(ValueError, match="serious"):
        AdverseEvent.model_validate(without)
