"""The wrong patient, from the keyboard: X, W and Enter, while nothing is in the session yet."""

from __future__ import annotations

import pytest
from consoles import console
from staged import StagedLead

from controller.language import Language
from controller.ui.screens.finished import FinishedScreen
from controller.ui.screens.start import StartScreen


@pytest.mark.parametrize("spoken", ["en", "fr"])
async def test_x_then_w_undoes_and_leads_back_to_the_start(spoken: Language) -> None:
    async with console(StagedLead(), language=spoken) as hands:
        await hands.press("enter", "enter", "x")
        says = {"en": "wrong patient", "fr": "mauvais patient"}[spoken]
        assert says in hands.text()
        await hands.press("w", "enter")
        assert hands.did()[-1] == "undo_patient"
        assert isinstance(hands.app.screen, StartScreen), "no figures of a session never meant"


async def test_once_a_rating_is_there_x_offers_only_the_end() -> None:
    async with console(StagedLead()) as hands:
        await hands.press("enter", "enter", *"20", "enter", "x")
        assert "wrong patient" not in hands.text()
        await hands.press("w")
        assert "whose it was" in hands.text(), "said, and never the question of the usual W"
        assert "observers" not in hands.text()
        await hands.press("enter")
        assert hands.did()[-1] == "close_session"
        assert isinstance(hands.app.screen, FinishedScreen)


async def test_a_second_w_still_asks_about_the_wrong_patient() -> None:
    async with console(StagedLead()) as hands:
        await hands.press("enter", "enter", "x", "w", "left", "w", "enter")
        assert hands.did()[-1] == "undo_patient"
