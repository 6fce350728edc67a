"""A patient between sessions, line by line: the course at a glance, and the next day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lines import Typing, unreadable
from staged import StagedLead

from controller.language import Language

BOTH: tuple[Language, ...] = ("en", "fr")


@pytest.mark.parametrize("language", BOTH)
async def test_the_next_day_is_agreed_on_told_and_taken_back(language: Language) -> None:
    w = {"en": ("appointment P-0417 2026-12-24 14:30 lift", "appointment", "appointment 1 none"),
         "fr": ("rendez-vous P-0417 24/12/2026 14h30 lift", "rendez-vous", "rendez-vous 1 aucun"),
         }[language]  # fmt: skip
    lead = StagedLead()
    typing = Typing(lead, language)
    await typing.begin()
    await typing.type(w[0])
    (agreed,) = lead.courses.agreed
    assert (agreed.patient, str(agreed.on), agreed.about) == ("p1", "2026-12-24", "lift")
    said = await typing.type(w[1])
    assert "2026-12-24 14:30, lift" in said[0], "of the patient who was named last"
    await typing.type(w[2])
    assert lead.courses.agreed[-1].on is None


async def test_what_is_no_day_is_refused_in_one_sentence_and_nothing_is_agreed_on() -> None:
    lead = StagedLead()
    typing = Typing(lead)
    await typing.begin()
    assert "Write the day as" in (await typing.type("appointment P-0417 soon"))[-1]
    assert "Which patient?" in (await Typing(lead).type("appointment 2026-12-24"))[0]
    assert lead.courses.agreed == []


async def test_the_course_is_told_in_lines_that_can_be_read_aloud() -> None:
    typing = Typing(StagedLead())
    await typing.begin()
    said = await typing.type("course P-0417")
    assert said[0].startswith("P-0417, check digits")
    assert "Peaks: 80, 70, -, 45." in said and "Next appointment: none agreed on." in said
    assert unreadable("".join(said)) == []


async def test_of_a_restricted_patient_nothing_of_the_course_is_told() -> None:
    lead = StagedLead()
    lead.cards[0] = replace(lead.cards[0], restricted="asked for it")
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("course P-0417")
    assert "Restricted" in said[-1] and not any("Peaks" in line for line in said)


async def test_a_console_that_only_watches_is_told_nothing_between_sessions_either() -> None:
    lead = StagedLead(observing=True)
    typing = Typing(lead)
    await typing.begin()
    for line in ("course P-0417", "course 1", "appointment 1", "appointment 1 none"):
        (told,) = await typing.type(line)
        assert told.startswith("This key may watch and stop"), told
    assert lead.courses.agreed == []
