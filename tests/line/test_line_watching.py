"""A console in lines that only watches: it tells what happens, leads nothing, stops if it may."""

from __future__ import annotations

import pytest
from lines import Typing
from staged import StagedLead, in_exposure

from controller.language import Language
from vr_runtime.wire.acts import Phase

BOTH: tuple[Language, ...] = ("en", "fr")
LEADING = (
    *("begin 2", "raise", "lower", "hold", "pause", "safe place", "resume", "ceiling 3", "end"),
    *("40", "rate 40", "note x", "adverse panic mild", "event voices", "task 1", "set wind 3"),
    *("text x", "dial", "observers", "patient", "open 1 1", "sick 5", "form csq-vr", "after"),
    *("recovery", "release", "draft x", "validate", "consent 1 signed", "today", "control"),
    *("add P-9", "copy", "report", "wrong patient", "appointment 1 none"),
)


def watching(**more: object) -> StagedLead:
    return in_exposure(observing=True, in_control=False, **more)


@pytest.mark.parametrize("may_stop", [True, False])
async def test_no_line_leads_and_each_is_refused_with_its_reason(may_stop: bool) -> None:
    lead = watching(may_stop=may_stop)
    typing = Typing(lead)
    await typing.begin()
    reason = "may watch and stop" if may_stop else "may only watch"
    for line in LEADING:
        assert reason in " ".join(await typing.type(line)), line
    assert lead.acts == []


async def test_between_sessions_each_line_is_refused_and_no_list_is_said_to_be_empty() -> None:
    lead = StagedLead(observing=True, in_control=False)
    typing = Typing(lead)
    await typing.begin()
    for line in ("patients", "sessions", *LEADING):
        told = " ".join(await typing.type(line))
        assert "once the patient has consented" in told and "There is no" not in told, line
    assert lead.acts == []


async def test_a_stop_is_sent_at_once_and_the_core_says_whether_it_may() -> None:
    lead = watching()
    typing = Typing(lead)
    await typing.begin()
    await typing.type("!")
    assert lead.stops == 1


@pytest.mark.parametrize("language", BOTH)
async def test_before_consent_it_says_what_it_waits_for(language: Language) -> None:
    lead = StagedLead(observing=True, in_control=False)
    typing = Typing(lead, language)
    said = " ".join(await typing.begin())
    assert {"en": "once the patient has consented", "fr": "que le patient l'accepte"}[
        language
    ] in said


async def test_it_tells_phase_level_and_events_and_nothing_that_it_is_not_shown() -> None:
    lead = watching()
    typing = Typing(lead)
    said = " ".join(await typing.begin())
    assert "is applied, as of" in said and "This key may watch and stop." in said
    assert "distress" not in said.lower() and "saved" not in said and "left" not in said
    lead.fired = (*lead.fired, (lead.at_s, "voices"))
    lead._leave(Phase.PAUSE, "therapist")
    await typing.pass_s(2.0)
    told = " ".join(typing.said())
    assert "Event: " in told and "Pause: the patient is in the neutral room." in told


async def test_once_it_is_over_or_not_consented_to_that_is_said_and_nothing_stays() -> None:
    lead = watching()
    typing = Typing(lead)
    await typing.begin()
    lead.open = False
    await typing.pass_s(0.5)
    assert any("Nothing is shown any more" in line for line in typing.said())
    said = await typing.type("")
    assert "once the patient has consented" in said[0] and "P-0417" not in said[0]


async def test_help_tells_the_words_of_a_console_that_watches_alone() -> None:
    typing = Typing(watching())
    await typing.begin()
    said = " ".join(await typing.type("help"))
    assert "Levels: yes, no." in said and "Stop and ease: stop." in said
    assert "A number alone is a rating" not in said


async def test_leaving_says_that_the_session_goes_on_without_this_console() -> None:
    typing = Typing(watching())
    await typing.begin()
    said = await typing.type("quit")
    assert "goes on as it is led" in said[0] and "holds after" not in said[0]
