"""From a row of the hierarchy to a trial: proposed on each screen, confirmed by the therapist."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import cast

import pytest
from consoles import Hands, console
from staged import StagedLead

from controller.language import Language
from controller.session.bat.run import BatNow
from controller.session.plans.at_work import why_not_take
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan
from controller.ui import possible
from controller.ui.asking_row import PickRow
from controller.ui.screens.live import LiveScreen
from controller.ui.screens.plan import PlanScreen
from controller.ui.screens.start import StartScreen

SIZES = [(80, 24), (120, 40), (200, 60)]
BRIDGE = PlanRow(
    item="I look down from the balcony.",
    distress=40,
    scenario="builtin.heights",
    level=4,
    feared="I will topple over",
    likelihood=60,
    drops="holding the rail",
)
HIGH = BRIDGE.model_copy(update={"item": "I lean out.", "level": 9, "distress": 90})
LOW = BRIDGE.model_copy(update={"item": "I stand back.", "level": 2, "distress": 20})
LIFT = BRIDGE.model_copy(update={"item": "I go up.", "scenario": "builtin.lift", "level": 2})


def calm(
    lead: StagedLead, size: tuple[int, int] = (120, 40), language: Language = "en"
) -> AbstractAsyncContextManager[Hands]:
    """A console whose clock stands: a busy machine makes no key too late."""
    return console(lead, size, language, clock=lambda: 1000.0)


def with_rows(*rows: PlanRow, **told: object) -> StagedLead:
    lead = StagedLead(**told)
    lead.plans.saved["p1"] = [Plan(rows)]
    return lead


async def to_session(hands: Hands) -> None:
    """From the chosen row through the start screen into the session."""
    await hands.press("b")
    assert isinstance(hands.app.screen, StartScreen)
    await hands.press("enter")
    assert isinstance(hands.app.screen, LiveScreen)


def armed(hands: Hands) -> list[object]:
    return [act[1] for act in hands.lead.acts if act[0] == "arm_trial"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "offer", "question"),
    [
        ("en", "level 4 is offered", "Begin at level 4?"),
        ("fr", "niveau 4 est proposé", "Commencer au niveau 4"),
    ],
)
async def test_a_session_begins_from_a_row_and_offers_its_level(
    size, language: Language, offer, question
) -> None:
    async with calm(with_rows(BRIDGE, LIFT), size, language) as hands:
        await hands.press("e", "b")
        assert isinstance(hands.app.screen, StartScreen)
        assert BRIDGE.item in hands.text() and offer in hands.text()
        await hands.press("enter")
        assert ("open_session", "p1", "builtin.heights") in hands.lead.acts
        assert not armed(hands), "nothing is begun by the choice of a row"
        await hands.press("c")
        assert question in hands.text() and BRIDGE.item in hands.text()
        assert armed(hands) == [4] and ("begin_trial",) not in hands.lead.acts
        await hands.press("enter")
        assert ("begin_trial",) in hands.lead.acts and hands.lead.level == 4.0


async def test_the_scenario_of_the_row_is_chosen_on_the_start_screen() -> None:
    async with calm(with_rows(BRIDGE, LIFT)) as hands:
        await hands.press("e", "down", "b")
        screen = hands.app.screen
        assert isinstance(screen, StartScreen) and screen.scenario().id == "builtin.lift"
        assert screen.patient().id == "p1" and screen.focused.id == "scenarios"
        await hands.press("up")
        assert LIFT.item not in hands.text(), "another scenario is not of this row"


async def test_a_row_above_the_ceiling_offers_the_ceiling_and_says_so() -> None:
    async with calm(with_rows(HIGH)) as hands:
        await hands.press("e", "b")
        assert "its level 9 is above the ceiling" in hands.text()
        await hands.press("enter", "c")
        assert armed(hands) == [7] and "its level 9 is above the ceiling" in hands.text()


async def test_coming_back_is_offered_one_below_the_last_and_not_at_the_row() -> None:
    async with calm(with_rows(BRIDGE)) as hands:
        await hands.press("e")
        await to_session(hands)
        await hands.press("c", "enter", "s", "r")
        assert armed(hands) == [4, 3], "the row was offered once"


async def test_another_level_is_named_by_the_arrows_as_always() -> None:
    async with calm(with_rows(BRIDGE)) as hands:
        await hands.press("e")
        await to_session(hands)
        await hands.deliberately("c", "down")
        assert armed(hands) == [4, 3] and "its level is 4" in hands.text()


async def test_a_session_of_another_scenario_or_patient_leaves_the_row_out() -> None:
    async with calm(with_rows(BRIDGE)) as hands:
        await hands.press("e", "b", "left", "down", "enter", "enter")
        assert ("open_session", "p2", "builtin.heights") in hands.lead.acts
        await hands.press("c")
        assert armed(hands) == [0] and BRIDGE.item not in hands.text()


async def test_a_row_that_is_not_saved_is_saved_first() -> None:
    async with calm(with_rows(BRIDGE, HIGH)) as hands:
        await hands.press("e", "j", "b")
        assert isinstance(hands.app.screen, PlanScreen) and "First F9" in hands.text()
        await hands.press("f9", "b")
        assert isinstance(hands.app.screen, StartScreen)


async def test_a_row_whose_scenario_is_not_known_begins_nothing() -> None:
    gone = BRIDGE.model_copy(update={"scenario": "builtin.gone"})
    async with calm(with_rows(gone)) as hands:
        await hands.press("e", "b")
        assert isinstance(hands.app.screen, PlanScreen) and "builtin.gone is not known" in (
            hands.text()
        )


@pytest.mark.parametrize(("size", "keys"), [((80, 24), "vvv"), ((120, 40), ""), ((200, 60), "")])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Row: I look down", "Feared: I will topple", "60\xa0%", "To drop: holding")),
        (
            "fr",
            ("Ligne : I look down", "Redouté : I will", "60\xa0%", "abandonner : holding"),
        ),
    ],
)
async def test_the_live_screen_shows_the_row_in_the_patients_words(
    size, keys, language: Language, words
) -> None:
    async with calm(with_rows(BRIDGE), size, language) as hands:
        await hands.press("e")
        await to_session(hands)
        await hands.press(*keys)
        told = hands.text()
        # On the small screen the last words go first where there is no room for all.
        assert all(word in told for word in (words[:3] if keys else words)), told


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
@pytest.mark.parametrize(
    ("language", "safe", "asked"),
    [("en", "s", "Which row is next?"), ("fr", "l", "Quelle ligne ensuite")],
)
async def test_the_next_row_is_chosen_within_a_session_and_offers_its_level(
    size, language: Language, safe, asked
) -> None:
    async with calm(with_rows(BRIDGE, LIFT, HIGH, LOW), size, language) as hands:
        await hands.press("e")
        await to_session(hands)
        await hands.press("c", "enter")
        await hands.settle()
        await hands.press("f10")
        assert asked not in hands.text(), "not while the patient is in the scene"
        await hands.press(safe)
        await hands.settle()
        await hands.press("f10")
        told = hands.within("#asking")
        assert asked in told and LIFT.item not in told, "of another scenario"
        assert all(f"{n}." in told for n in (1, 3, 4)) and "▲7" in told
        (chosen,) = (line for line in told.splitlines() if "▶" in line)
        assert HIGH.item in chosen, "the one after the row that was worked on"
        before = hands.lead.kinds().count("row_taken")
        await hands.deliberately("down", "enter")
        await hands.settle()
        assert hands.lead.kinds().count("row_taken") == before + 1
        assert LOW.item in hands.text() and asked not in hands.text()
        await hands.press("enter", "enter")
        assert armed(hands) == [4], "nothing is begun by the choice of a row"
        await hands.press("r")
        assert armed(hands) == [4, 2] and hands.lead.acts.count(("begin_trial",)) == 1
        await hands.press("enter")
        assert hands.lead.acts.count(("begin_trial",)) == 2


async def test_no_row_is_chosen_before_the_hierarchy_is_seen_or_within_a_test() -> None:
    lead = with_rows(BRIDGE, LOW)
    async with calm(lead) as hands:
        await hands.press("e")
        await to_session(hands)
        before = lead.kinds()
        lead.plans.reading.clear()
        await hands.press("f10", "down", "enter")
        assert "being read" in hands.text() and lead.kinds() == before
        lead.plans.reading.set()
        await hands.until(lambda: LOW.item in hands.within("#asking"))
        assert lead.kinds() == before, "no key pressed meanwhile chooses"
        await hands.press("escape")
        tested = replace(lead.now(), bat=cast(BatNow, object()))
        assert "BAT" in (possible.why_not("rows", tested) or "")
        assert not PickRow().stands(tested) and "BAT" in why_not_take(LOW, tested)
