"""Questionnaires in the console: by keys alone, no answer lost, nothing told that is not there."""

from __future__ import annotations

import pytest
from consoles import Hands, console
from staged import in_exposure
from staged_stopped import stopped

from controller.language import LANGUAGES, Language, _
from controller.session.answering import QuestionnaireAnswered
from controller.ui.keys import row
from controller.ui.screens.faint import FaintScreen
from controller.ui.screens.form import FormScreen
from controller.ui.screens.forms import FormsScreen
from controller.ui.screens.help import HelpScreen
from controller.ui.widgets.phase_bar import WORDS
from vr_runtime.wire.acts import Phase


def answered(hands: Hands) -> list[QuestionnaireAnswered]:
    """The questionnaires that went to the record."""
    return [d for _s, d in hands.lead.record.kept() if isinstance(d, QuestionnaireAnswered)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_six_items_take_six_keys_and_one_saves_them(language: Language) -> None:
    async with console(stopped(), (80, 24), language) as hands:
        await hands.press("f4", "m", "enter", *"123456")
        assert answered(hands) == []
        assert "21" in hands.text()
        await hands.press("enter")
        (said,) = answered(hands)
        assert (said.questionnaire, said.when) == ("csq-vr", "baseline")
        assert [value for _item, value in said.answers] == [1, 2, 3, 4, 5, 6]
        assert isinstance(hands.app.screen, FormsScreen)


async def test_backspace_goes_back_o_leaves_out_and_a_missing_answer_has_no_score() -> None:
    async with console(stopped(), (120, 40)) as hands:
        await hands.press("f4", "enter")
        await hands.deliberately(*"11", "backspace", "5", *"1111", "backspace", "o")
        text = hands.text()
        assert "No score: oculomotor_a without an answer" in text or "No score" in text
        await hands.press("enter")
        (said,) = answered(hands)
        assert [value for _item, value in said.answers][:2] == [1, 5]
        assert None in dict(said.answers).values()


async def test_stop_takes_no_answer_away_and_it_goes_on_where_it_was() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await hands.press("f4", "enter", *"12", "f12")
        assert hands.lead.stops == 1 and not isinstance(hands.app.screen, FormScreen)
        await hands.press("f4", "enter")
        assert "item 3 of 6" in hands.text()
        await hands.press(*"3456", "enter")
        (said,) = answered(hands)
        assert [value for _item, value in said.answers] == [1, 2, 3, 4, 5, 6]


async def test_a_change_is_there_only_where_both_are() -> None:
    async with console(stopped(), (120, 40)) as hands:
        await hands.press("f4", "down", "enter", *"09")
        await hands.deliberately("enter", "enter")
        row = next(line for line in hands.lines() if "FMS" in line)
        assert row.split()[-3:] == ["–", "9", "–"], row
        await hands.deliberately("m", "enter", "4", "enter", "enter")
        row = next(line for line in hands.lines() if "(FMS)" in line)
        assert row.split()[-3:] == ["4", "9", "+5"], row


async def test_the_mouse_answers_too() -> None:
    async with console(stopped(), (120, 40)) as hands:
        await hands.press("f4", "enter")
        await hands.click_text("Moderate Feeling")
        assert "item 2 of 6" in hands.text()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_steps_for_a_faint_begin_with_stop_and_stop_nothing(language: Language) -> None:
    at_s = [50.0]
    lead = in_exposure()
    async with console(lead, (80, 24), language, clock=lambda: at_s[0]) as hands:
        await hands.press("f3")
        steps = lead.after.protocol.faint.steps
        text = " ".join(hands.text().split())
        assert text.index("F12") < text.index(steps[0].of(language)[:12])
        assert lead.stops == 0
        at_s[0] += 65
        await hands.settle()
        assert "1:05" in hands.text()
        await hands.press("f12")
        assert lead.stops == 1 and isinstance(hands.app.screen, FaintScreen)
        letter = FaintScreen._severities()
        await hands.press("d", next(iter(letter)))
        assert ("befell", "faint", "mild") in lead.acts
        await hands.press("escape")
        assert not isinstance(hands.app.screen, FaintScreen)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_over_the_steps_for_a_faint_what_eases_acts_and_what_is_applied_is_said(
    language: Language,
) -> None:
    lead = in_exposure()
    async with console(lead, (80, 24), language) as hands:
        await hands.press("f3")
        assert _(WORDS[Phase.EXPOSURE]) in hands.within("#top")
        level = str(lead.reached)
        assert f" {level}," in hands.within("#top"), hands.within("#top")
        await hands.press("down")
        assert hands.did() == ["lower_level"]
        await hands.press("space")
        assert lead.phase is Phase.HOLD and isinstance(hands.app.screen, FaintScreen)
        await hands.press("d", row("safe_place").letter())
        assert lead.phase is Phase.SAFE_PLACE, "its letter is never a severity"
        assert _(WORDS[Phase.SAFE_PLACE]) in hands.within("#top")


async def test_over_the_help_too_what_eases_acts_on_the_scene() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f1")
        assert isinstance(hands.app.screen, HelpScreen)
        assert "The exposure goes on" in hands.within("#top")
        await hands.press("p")
        assert lead.phase is Phase.PAUSE and isinstance(hands.app.screen, HelpScreen)


async def test_no_questionnaire_lies_over_a_scene() -> None:
    async with console(in_exposure(), (80, 24)) as hands:
        await hands.press("f4")
        assert not isinstance(hands.app.screen, FormsScreen)
        assert "leave the scene first" in hands.within("#message")


@pytest.mark.parametrize("part", [None, 2, 4, 5], ids=["after", "debrief", "release", "note"])
async def test_a_late_faint_finds_its_steps_on_every_page_after_the_exposure(
    part: int | None,
) -> None:
    async with console(stopped(), (80, 24)) as hands:
        await hands.press("f5")
        if part is not None:
            await hands.press(*("down",) * part, "enter")
        await hands.press(*("o",) * (part == 4), "f3")
        assert isinstance(hands.app.screen, FaintScreen)
        under = hands.app.screen_stack[-2]
        await hands.press("f3", "escape")
        assert hands.app.screen is under, "pressed once more it is not put over itself"


async def test_stop_is_shown_as_sent_on_every_page_until_it_is_confirmed() -> None:
    lead = in_exposure()
    async with console(lead, (80, 24)) as hands:
        await hands.press("f3")
        assert "STOP SENT" not in hands.within("#stop")
        lead.stop_asked = True
        await hands.settle()
        assert "STOP SENT" in hands.within("#stop")
        lead.stop_asked = False
        await hands.settle()
        assert "STOP SENT" not in hands.within("#stop")


async def test_a_key_that_is_held_answers_one_item_and_says_so() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await hands.press("f4")
        await hands.press("enter", "enter", "enter")
        assert "item 1 of 6" in hands.text(), "what opened the page answers nothing on it"
        await hands.deliberately("2")
        await hands.press("2", "2", "2")
        assert "item 2 of 6" in hands.text() and "Too soon" in hands.text()
        await hands.press("3")
        assert "item 3 of 6" in hands.text(), "another key is always meant"


async def test_a_held_enter_saves_once_and_opens_nothing_anew() -> None:
    async with console(stopped(), (80, 24)) as hands:
        await hands.press("f4", "enter", *"123456", "enter", "enter", "enter")
        assert len(answered(hands)) == 1 and isinstance(hands.app.screen, FormsScreen)
