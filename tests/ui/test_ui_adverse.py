"""What befell the patient: two letters and it is saved, wherever the session stands."""

from __future__ import annotations

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure, scenes

from controller.language import LANGUAGES, Language, _, use
from controller.session.clinical_words import TYPES
from controller.ui.asking_adverse import LAPSES_S, HowSevere, WhatBefell
from controller.ui.asking_reason import WhyStopped
from controller.ui.keys import act_for, row


def letter_of(what: str, hands: Hands) -> str:
    """The letter of a kind of adverse event."""
    return next(a.key for a in WhatBefell().answers(hands.lead.now()) if a.text == _(what))


def recorded(hands: Hands) -> list[tuple[object, ...]]:
    """What went to the record."""
    return [act for act in hands.lead.acts if act[0] in ("befell", "note")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_kind_has_a_letter_and_each_severity_one(language: Language) -> None:
    use(language)
    now = in_exposure().now()
    kinds = WhatBefell().answers(now)[:-1]
    assert [answer.text for answer in kinds] == [_(word) for word in TYPES.values()]
    letters = [answer.key for answer in kinds]
    assert all(letters) and len(set(letters)) == len(TYPES)
    for letter in letters:
        taken = WhatBefell().take(letter, now)
        assert taken is not None and isinstance(taken.then, HowSevere)
        severities = [answer.key for answer in taken.then.answers(now)[:-1]]
        assert all(severities) and len(set(severities)) == 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_three_keys_save_it_and_every_word_can_be_read(
    size: tuple[int, int], language: Language
) -> None:
    async with console(in_exposure(), size, language) as hands:
        await hands.press("d")
        asked = hands.within("#asking")
        use(language)
        assert not [word for word in TYPES.values() if _(word) not in asked], asked
        panic = next(a.key for a in WhatBefell().answers(hands.lead.now()) if a.text == _("panic"))
        await hands.press(panic)
        mild = HowSevere("panic").answers(hands.lead.now())[0]
        await hands.press(mild.key)
        assert hands.lead.acts[-1] == ("befell", "panic", "mild")


@pytest.mark.parametrize("name", [name for name, lead in scenes().items() if lead.now().session])
async def test_it_can_be_written_down_in_every_phase_of_a_session(name: str) -> None:
    async with console(scenes()[name], (80, 24)) as hands:
        await hands.press("d")
        assert "befell the patient" in hands.within("#asking"), name


async def test_it_may_be_left_and_stop_comes_before_it() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("d", "escape")
        assert not [act for act in hands.lead.acts if act[0] == "befell"]
        await hands.press("d", "f12")
        assert hands.lead.stops == 1


async def test_without_a_session_there_is_nobody_whom_it_befell() -> None:
    async with console(StagedLead(), (80, 24)) as hands:
        await hands.press("d")
        assert not hands.lead.acts


@pytest.mark.parametrize("language", LANGUAGES)
async def test_its_letters_are_none_of_the_acts_that_must_not_be_shadowed(
    language: Language,
) -> None:
    use(language)
    now = in_exposure().now()
    kinds = {answer.key for answer in WhatBefell().answers(now)[:-1]}
    severities = {answer.key for answer in HowSevere("panic").answers(now)[:-1]}
    kept = ("note", "text", "resume", "end", "control", "safe_place", "pause", "adverse")
    assert not (kinds | severities) & ({row(act).letter() for act in kept} | {"t"})
    at_once = {"task_done", "take_back", "dial", "observers"}
    assert not at_once & {act_for(letter, letter) for letter in kinds | severities}
    assert not kinds & severities


async def test_a_note_in_french_is_a_note_and_none_of_its_words_an_answer() -> None:
    async with console(in_exposure(), (80, 24), "fr") as hands:
        await hands.press("d", "n", *"malaise", "enter")
        assert recorded(hands) == [("note", "malaise")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_letter_that_is_held_or_doubled_saves_nothing(language: Language) -> None:
    async with console(in_exposure(), (80, 24), language) as hands:
        for answer in WhatBefell().answers(hands.lead.now())[:-1]:
            hands.send("d", "d", *answer.key * 4)
            await hands.settle()
            assert hands.lead.acts == [], answer
            assert HowSevere("fall").answers(hands.lead.now())[0].text in hands.within("#asking")
            await hands.press("backspace")


async def test_a_severity_that_is_held_is_saved_once_and_answers_nothing_else() -> None:
    async with console(in_exposure(), (80, 24), "fr") as hands:
        severe = HowSevere("fall").answers(hands.lead.now())[2].key
        await hands.press("d", letter_of("fall", hands), "f12")
        hands.send(*severe * 5)
        await hands.settle()
        assert recorded(hands) == [("befell", "fall", "severe")]


async def test_a_double_click_on_a_kind_saves_no_severity() -> None:
    async with console(in_exposure(), (120, 40)) as hands:
        await hands.press("d")
        hands.live.action_answer(letter_of("fall", hands))
        hands.live.action_answer(HowSevere("fall").answers(hands.lead.now())[0].key)
        await hands.settle()
        assert recorded(hands) == []


@pytest.mark.parametrize("left", [False, True])
async def test_why_it_was_stopped_is_asked_after_what_befell_and_takes_none_of_its_letters(
    left: bool,
) -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("d", "f12")
        assert hands.lead.stops == 1
        assert "befell the patient" in hands.within("#asking")
        fall, severe = letter_of("fall", hands), HowSevere("fall").answers(hands.lead.now())[2]
        await hands.press(fall)
        assert recorded(hands) == [] and "how severe" in hands.within("#asking")
        await hands.press("backspace" if left else severe.key)
        assert recorded(hands) == ([] if left else [("befell", "fall", "severe")])
        assert "It has stopped. Why?" in hands.within("#asking")
        why = WhyStopped().answers(hands.lead.now())[0]
        await hands.press(why.key)
        assert recorded(hands)[-1] == ("note", f"Reason for the stop: {why.text}.")
        assert "Why?" not in hands.within("#asking")


async def test_what_befell_may_be_asked_before_why_and_why_comes_back() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("f12", "d")
        assert "befell the patient" in hands.within("#asking")
        await hands.press("backspace")
        assert "It has stopped. Why?" in hands.within("#asking")
        await hands.press("backspace")
        assert "Why?" not in hands.within("#asking")


@pytest.mark.parametrize("kind_said", [False, True])
async def test_a_forgotten_question_goes_by_itself_and_says_so(kind_said: bool) -> None:
    at_s = [100.0]
    async with console(in_exposure(), (80, 24), clock=lambda: at_s[0]) as hands:
        await hands.press("d")
        if kind_said:
            at_s[0] += LAPSES_S - 0.5
            await hands.press(letter_of("fall", hands))
        at_s[0] += LAPSES_S - 0.1
        await hands.settle()
        assert "befell" in hands.within("#asking") or "how severe" in hands.within("#asking")
        at_s[0] += 0.1
        await hands.settle()
        told = "No answer for 20 s: nothing was written down; D asks again."
        assert told in hands.within("#message")
        await hands.press(letter_of("fall", hands))
        assert recorded(hands) == [] and "severe" not in hands.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_of_a_break_names_nothing_that_befell(language: Language) -> None:
    use(language)
    now = in_exposure().now()
    for asked in (WhatBefell(), HowSevere("fall")):
        found = [answer.key for answer in asked.answers(now)]
        assert all(found) and row("break").letter() not in found
