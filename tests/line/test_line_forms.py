"""Questionnaires and sickness line by line: asked, read back, gone back in, saved, none lost."""

from __future__ import annotations

import pytest
from lines import Typing
from staged import StagedLead, in_exposure
from staged_stopped import stopped

from controller.language import Language
from controller.session.after.entries import SicknessAdvised
from controller.session.answering import QuestionnaireAnswered

BOTH: tuple[Language, ...] = ("en", "fr")


def answered(lead: StagedLead) -> list[QuestionnaireAnswered]:
    """The questionnaires that went to the record."""
    return [d for _s, d in lead.record.kept() if isinstance(d, QuestionnaireAnswered)]


def advised(lead: StagedLead) -> list[str]:
    """What was done with each piece of advice that is in the record."""
    return [d.answer for _s, d in lead.record.kept() if isinstance(d, SicknessAdvised)]


async def typing_on(lead: StagedLead, language: Language = "en") -> Typing:
    typing = Typing(lead, language)
    await typing.begin()
    return typing


@pytest.mark.parametrize("language", BOTH)
async def test_it_is_asked_item_by_item_and_saved_by_a_yes_with_the_change(
    language: Language,
) -> None:
    w = {"en": ("form csq-vr before", "yes", "form csq-vr", "change: +6"),
         "fr": ("questionnaire csq-vr avant", "oui", "questionnaire csq-vr", "écart : +6"),
         }[language]  # fmt: skip
    lead = stopped()
    typing = await typing_on(lead, language)
    await typing.type(w[0], *"111111")
    assert answered(lead) == [], "nothing is saved before it is said to"
    await typing.type(w[1], w[2], *"222222")
    said = await typing.type(w[1])
    assert [(one.questionnaire, one.when) for one in answered(lead)] == [
        ("csq-vr", "baseline"),
        ("csq-vr", "after"),
    ]
    assert any(w[3] in line.replace("\u00a0", " ") for line in said), said
    assert "rate" not in [act[0] for act in lead.acts], "its numbers are no distress"


async def test_each_answer_is_read_back_in_words_and_back_goes_one_item_back() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    said = await typing.type("form csq-vr")
    assert any(line.startswith("item 1 of 6: ") for line in said)
    said = await typing.type("3")
    assert said[0].startswith("Answered: 3, ") and "item 2 of 6" in said[1]
    said = await typing.type("back")
    assert "item 1 of 6" in said[0] and said[-1].startswith("Answered before: 3, ")
    await typing.type("5", "leave out", *"1111", "yes")
    (one,) = answered(lead)
    assert [value for _item, value in one.answers] == [5, None, 1, 1, 1, 1]


async def test_a_number_out_of_range_is_refused_in_one_sentence_and_the_item_stays() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    await typing.type("form csq-vr")
    assert await typing.type("40") == ["Answer with a whole number from 1 to 7, or leave out."]
    assert (await typing.type("7"))[0].startswith("Answered: 7")
    assert lead.acts == []


async def test_a_stop_is_first_takes_no_answer_away_and_no_number_is_taken_for_a_rating() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    await typing.type("form csq-vr", "1", "2", "!")
    assert lead.stops == 1
    said = await typing.type("4")
    assert "type 4 again if it is a rating" in said[0] and lead.acts == [("stop",)]
    said = await typing.type("form csq-vr")
    assert any("item 3 of 6" in line for line in said)
    typing.send("5", "6", "!", "7")
    await typing.settled()
    assert "rate" not in [act[0] for act in lead.acts]
    assert len(lead.forms.draft(lead.forms.offered("after")[0], "after").answers) >= 2


async def test_what_a_stop_overtakes_in_a_pasted_questionnaire_is_named_and_rates_nothing() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    typing.send("wait 60", "form csq-vr", "4", "5", "!")
    said = await typing.settled()
    assert any(line.endswith("went first: 4, 5.") for line in said), said
    assert "rate" not in [act[0] for act in lead.acts]


async def test_other_lines_come_between_and_distress_is_rated_by_its_word() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    await typing.type("form csq-vr", "1", "rate 40", "note calm", "2")
    assert [act[0] for act in lead.acts] == ["rate", "note"]
    said = await typing.type("no")
    assert "form csq-vr goes on" in said[0]
    assert answered(lead) == []
    said = await typing.type("form csq-vr")
    assert any("item 3 of 6" in line for line in said)


async def test_it_is_not_asked_in_the_scene_and_a_trial_that_begins_ends_the_asking() -> None:
    typing = await typing_on(in_exposure())
    assert "leave the scene first" in (await typing.type("form csq-vr"))[0]
    lead = stopped()
    typing = await typing_on(lead)
    await typing.type("form csq-vr", "1", "begin 2", "yes", "40")
    assert lead.acts[-1][0] == "rate", "in the scene a number is distress again"


async def test_the_list_is_numbered_with_before_after_and_change() -> None:
    lead = stopped()
    typing = await typing_on(lead)
    said = await typing.type("forms")
    assert said[0].startswith("Questionnaires for P-0417, asked right after the exposure:")
    assert any("before: none yet; after: none yet; change: none yet" in line for line in said)
    await typing.type("form csq-vr", *"111111", "yes")
    assert any("after: 6; change: none yet" in line for line in await typing.type("forms"))
    assert (await typing.type("form nothing"))[0].startswith("Type: form")


@pytest.mark.parametrize("language", BOTH)
async def test_sickness_is_one_line_and_no_distress(language: Language) -> None:
    lead = in_exposure()
    typing = await typing_on(lead, language)
    w = {"en": "sick 5", "fr": "malaise ("}[language]
    await typing.type(w)
    (one,) = answered(lead)
    assert (one.questionnaire, one.when) == ("fms", "in_session")
    assert dict(one.answers) == {"sickness": 5}
    asked = (await typing.type("sick"))[0]
    assert {"en": "0 to 20", "fr": "0 à 20"}[language] in asked
    assert "rate" not in [act[0] for act in lead.acts]


@pytest.mark.parametrize(
    ("line", "answer", "act"),
    [("safe place", "heeded", "safe_place"), ("!", "heeded", "stop"), ("no", "left", "kept")],
)
async def test_advice_is_told_with_its_source_and_what_was_done_is_recorded(
    line: str, answer: str, act: str
) -> None:
    lead = in_exposure()
    typing = await typing_on(lead)
    said = await typing.type("sick 19")
    assert any("sickness 19" in told for told in said), said
    assert advised(lead) == [], "nothing is recorded before something was done with it"
    await typing.type(line)
    assert advised(lead) == [answer]
    assert act in [one[0] for one in lead.acts]


async def test_advice_that_another_question_takes_the_place_of_is_unanswered() -> None:
    lead = in_exposure()
    typing = await typing_on(lead)
    await typing.type("sick 19", "ceiling 3")
    assert advised(lead) == ["unanswered"]
