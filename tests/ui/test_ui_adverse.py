"""What befell the patient: two letters and it is saved, wherever the session stands."""

from __future__ import annotations

import pytest
from consoles import console
from staged import StagedLead, in_exposure, scenes

from controller.language import LANGUAGES, Language, _, use
from controller.session.clinical_words import TYPES
from controller.ui.asking_adverse import HowSevere, WhatBefell


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
