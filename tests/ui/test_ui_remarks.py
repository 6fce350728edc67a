"""Ready remarks beside a note: arrows choose, Enter saves, and the first letter is free."""

from __future__ import annotations

import pytest
from consoles import console
from staged import in_exposure

from controller.language import LANGUAGES, Language, use
from controller.protocol.model import AtBedside
from controller.session.remarks import remarks
from controller.ui.asking_adverse import WhatBefell
from controller.ui.proposals import Proposals


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_three_keys_save_a_ready_remark_and_four_any_by_its_letter(
    size: tuple[int, int], language: Language
) -> None:
    lead = in_exposure()
    async with console(lead, size, language) as hands:
        use(language)
        first, *_more, last = remarks(lead.after.protocol)
        keys = ("n", "down", "enter")
        await hands.press("n")
        assert first in hands.within("#asking")
        await hands.press(*keys[1:])
        assert lead.acts[-1] == ("note", first) and len(keys) == 3
        assert first not in hands.within("#asking")
        by_letter = ("n", last[0], "down", "enter")
        await hands.press(*by_letter)
        assert lead.acts[-1][1].startswith(last[0]) and len(by_letter) == 4  # type: ignore[index,attr-defined]
        await hands.press("n", "up", "enter")
        assert lead.acts[-1] == ("note", last)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_free_text_loses_no_letter_and_arrows_neither_raise_nor_take_a_word_away(
    language: Language,
) -> None:
    lead = in_exposure()
    async with console(lead, (80, 24), language) as hands:
        await hands.press("n", *"zut", "down", "up", "enter")
        assert lead.acts == [("note", "zut")]


async def test_a_ready_remark_can_be_written_on_before_it_is_saved() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("n", "down", *", twice", "enter")
        assert lead.acts == [("note", f"{remarks(lead.after.protocol)[0]}, twice")]


async def test_the_clinics_own_remarks_take_the_place_of_the_usual_ones() -> None:
    lead = in_exposure()
    words = ["grips the chair", {"en": "hums", "fr": "fredonne"}]
    own = AtBedside.model_validate({"remarks": words})
    lead.after.protocol = lead.after.protocol.model_copy(update={"bedside": own})
    async with console(lead, (80, 24), "fr") as hands:
        await hands.press("n", "down")
        assert "grips the chair · fredonne" in hands.within("#asking")
        await hands.press("down", "enter")
        assert lead.acts == [("note", "fredonne")]


async def test_an_open_question_stays_and_the_arrows_choose_all_the_same() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("d", "n", "down")
        assert WhatBefell().sentence(lead.now()) in hands.within("#asking")
        await hands.press("enter")
        assert lead.acts == [("note", remarks(lead.after.protocol)[0])]


async def test_stop_acts_with_the_line_open_and_escape_gives_the_keys_back() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("n", "down", "f12")
        assert lead.stops == 1
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("n", "down", "escape", "s")
        assert hands.did() == ["safe_place"]
        assert "Ready" not in hands.text()


async def test_the_mouse_chooses_saves_and_leaves() -> None:
    lead = in_exposure()
    async with console(lead, (120, 40)) as hands:
        await hands.press("n")
        await hands.click_text("next, by your")
        await hands.click_text("⏎  save")
        assert lead.acts == [("note", remarks(lead.after.protocol)[0])]
        await hands.press("n")
        await hands.click_text("leave it")
        assert not hands.live.query_one("#writing").display


def test_what_was_typed_is_among_what_comes_round_and_accents_do_not_matter() -> None:
    ready = Proposals(["Épuisé", "essoufflé", "calme"])
    seen, line = [], "e"
    for _turn in range(3):
        line = ready.turn(line, 1) or ""
        seen.append(line)
    assert seen == ["Épuisé", "essoufflé", "e"]
    assert ready.turn("Épuisé, oui", 1) is None
    assert Proposals(()).turn("", 1) is None
