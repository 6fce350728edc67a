"""A row of the hierarchy from the live scene: F9, words, F9; every way out acts all the while."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

import pytest
from consoles import Hands, console
from staged import StagedLead, in_exposure

from controller.language import Language
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan
from controller.ui.screens.live import LiveScreen
from controller.ui.screens.plan_live import LiveRowScreen
from vr_runtime.wire.acts import Phase

SIZES = [(80, 24), (120, 40), (200, 60)]


def calm(
    lead: StagedLead, size: tuple[int, int] = (120, 40), language: Language = "en"
) -> AbstractAsyncContextManager[Hands]:
    """A console whose clock stands: a busy machine makes no key too late."""
    return console(lead, size, language, clock=lambda: 1000.0)


def held(lead: StagedLead) -> tuple[PlanRow, ...]:
    saved = lead.plans.saved.get("p1", [])
    return saved[-1].rows if saved else ()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Row as it is now: P-0417", "applied level 5", "save the row", "safe place")),
        ("fr", ("Ligne telle qu'elle est", "niveau appliqué 5", "la ligne", "lieu sûr")),
    ],
)
async def test_the_applied_scene_and_the_patients_words_make_a_row(
    size, language: Language, words
) -> None:
    async with calm(in_exposure(), size, language) as hands:
        await hands.press("f9")
        assert isinstance(hands.app.screen, LiveRowScreen)
        told = hands.text()
        assert all(word in told for word in words), told
        await hands.press(*"Hands on the rail", "enter", *"55", "f9")
        assert isinstance(hands.app.screen, LiveScreen)
        (row,) = held(hands.lead)
        assert (row.item, row.distress) == ("Hands on the rail", 55)
        assert (row.scenario, row.level, row.values) == ("builtin.heights", 5, {"rail": 86.0})
        assert row.events == ("gust",), "what was played in this trial, and not before it"


async def test_it_is_the_applied_level_and_never_the_one_asked_for() -> None:
    async with calm(in_exposure(asked=6, level=5.4)) as hands:
        await hands.press("f9")
        assert hands.app.screen.query_one("#level").value == "5"


async def test_a_row_is_called_saved_only_once_it_is_durable_and_is_saved_once() -> None:
    async with calm(in_exposure()) as hands:
        await hands.press("f9", *"Here", "enter", *"40")
        hands.lead.plans.writing.clear()
        hands.send("f9", "f9")
        await hands.until(lambda: hands.lead.plans.saving("p1"))
        assert isinstance(hands.app.screen, LiveRowScreen) and "Saved, rows" not in hands.text()
        hands.lead.plans.writing.set()
        await hands.settle()
        assert isinstance(hands.app.screen, LiveScreen) and "Saved, rows: 1." in hands.text()
        assert len(hands.lead.plans.saved["p1"]) == 1


async def test_what_is_missing_or_refused_is_said_and_nothing_typed_is_lost() -> None:
    async with calm(in_exposure()) as hands:
        await hands.press("f9", *"Here", "f9")
        assert "from 0 to 100" in hands.text() and hands.app.screen.focused.id == "distress"
        hands.lead.plans.refuse = "Nobody sits here."
        await hands.press(*"40", "f9")
        assert isinstance(hands.app.screen, LiveRowScreen) and "Nobody sits here." in hands.text()
        await hands.press("escape", "f9")
        assert hands.app.screen.query_one("#item").value == "Here"
        assert hands.app.screen.query_one("#level").value == "5"


@pytest.mark.parametrize("keys", [("f12",), ("escape", "escape")])
async def test_stop_acts_while_the_form_is_open(keys) -> None:
    async with calm(in_exposure()) as hands:
        await hands.press("f9", *"Here")
        await hands.press(*keys)
        assert hands.lead.stops >= 1


async def test_the_safe_place_acts_while_the_form_is_open_and_what_was_typed_stays() -> None:
    async with calm(in_exposure()) as hands:
        await hands.press("f9", *"Here", "ctrl+s")
        assert hands.lead.phase is Phase.SAFE_PLACE
        assert isinstance(hands.app.screen, LiveRowScreen)
        assert hands.app.screen.query_one("#item").value == "Here"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"phase": Phase.READY, "level": 0.0, "asked": 0}, "while the patient is in the scene"),
        ({"age_s": 2.4}, "not heard"),
    ],
)
async def test_there_is_no_row_of_what_is_not_applied_or_not_known(told, words) -> None:
    async with calm(in_exposure(**told)) as hands:
        await hands.press("f9")
        assert isinstance(hands.app.screen, LiveScreen) and words in hands.text()


async def test_what_is_changed_and_not_saved_yet_gets_the_row_too() -> None:
    there = PlanRow(item="A", distress=10, scenario="builtin.heights", level=1)
    mine = there.model_copy(update={"item": "B", "distress": 90})
    lead = in_exposure()
    lead.plans.saved["p1"] = [Plan((there,))]
    async with calm(lead) as hands:
        assert (await lead.plans.read("p1")) is not None
        lead.plans.change("p1", Plan((there, mine)))
        await hands.press("f9", *"Here", "enter", *"40", "f9")
        assert [row.item for row in held(lead)] == ["A", "Here"]
        assert [row.item for row in lead.plans.changed("p1").rows] == ["A", "Here", "B"]
        assert lead.plans.since("p1") == 2


async def test_left_while_it_is_saved_the_form_keeps_no_word_of_it_as_unsaved() -> None:
    async with calm(in_exposure()) as hands:
        await hands.press("f9", *"Here", "enter", *"40")
        plans = hands.lead.plans
        plans.writing.clear()
        hands.send("f9")
        await hands.until(lambda: plans.saving("p1"))
        hands.send("escape")
        await hands.until(lambda: isinstance(hands.app.screen, LiveScreen))
        plans.writing.set()
        await hands.settle()
        assert held(hands.lead)[0].item == "Here"
        assert plans.unsaved() == frozenset(), "nothing is left to be warned of"
