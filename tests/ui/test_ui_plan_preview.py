"""A row of the hierarchy is looked at without the patient: picture, level, settings, warnings."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

import pytest
from consoles import Hands, console
from staged import StagedLead
from staged_packs import StagedPacks, lift_pack

from controller.language import Language
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan
from controller.ui.screens.plan import PlanScreen
from controller.ui.screens.plan_preview import PreviewScreen
from controller.ui.widgets.thumbnail import Thumbnail

SIZES = [(80, 24), (120, 40), (200, 60)]
ROW = PlanRow(
    item="I look down.",
    distress=70,
    scenario="builtin.heights",
    level=7,
    values={"wind": 3.0},
    events=("gust", "bird"),
)


def calm(
    lead: StagedLead, size: tuple[int, int] = (120, 40), language: Language = "en"
) -> AbstractAsyncContextManager[Hands]:
    """A console whose clock stands: a busy machine makes no key too late."""
    return console(lead, size, language, clock=lambda: 1000.0)


def with_row(row: PlanRow) -> StagedLead:
    lead = StagedLead()
    lead.plans.saved["p1"] = [Plan((row,))]
    return lead


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Roof, one metre of glass floor", "wind: 3 m/s, set apart", "gust",
                "Void under the feet", "place: at the edge")),
        ("fr", ("Toit, sol de verre sur un mètre", "vent\xa0: 3 m/s, à part", "bourrasque",
                "Vide sous les pieds", "place\xa0: au bord")),
    ],
)  # fmt: skip
async def test_a_row_is_read_as_it_will_be_and_nothing_goes_to_the_patient(
    size, language: Language, words
) -> None:
    async with calm(with_row(ROW), size, language) as hands:
        await hands.press("e", "p")
        screen = hands.app.screen
        assert isinstance(screen, PreviewScreen)
        told = str(screen.query_one("#preview").visual)
        seen = hands.text()
        for _turn in range(6):
            await hands.press("pagedown")
            seen += hands.text()
        assert all(word in seen for word in words), (told, seen)
        assert hands.lead.library.asked == ["builtin.heights"]
        assert not hands.lead.acts, "nothing was asked of the patient's side but the picture"
        await hands.press("escape")
        assert isinstance(hands.app.screen, PlanScreen)


async def test_the_picture_of_the_scenario_is_shown_and_called_no_picture_of_the_level() -> None:
    async with calm(with_row(ROW), (120, 40)) as hands:
        await hands.press("e", "p")
        assert not hands.app.screen.query_one(Thumbnail).has_class("-empty")
        assert "the scenario's, not of this level" in hands.text()


async def test_a_row_above_the_ceiling_is_said_to_be() -> None:
    async with calm(with_row(ROW.model_copy(update={"level": 9}))) as hands:
        await hands.press("e", "p", "pagedown")
        assert "Above the ceiling of 7" in hands.text()


async def test_a_pack_that_nobody_approved_shows_no_picture_and_none_is_asked_for() -> None:
    lead = with_row(PlanRow(item="Up", distress=10, scenario="builtin.lift", level=1))
    lead.packs = StagedPacks(installed=(lift_pack(),))
    async with calm(lead) as hands:
        await hands.press("e", "p")
        assert "once its pack is approved" in hands.text() and not lead.library.asked


async def test_a_scenario_that_is_not_known_now_is_said_to_be() -> None:
    async with calm(with_row(ROW.model_copy(update={"scenario": "builtin.gone"}))) as hands:
        await hands.press("e", "p")
        assert "builtin.gone is not known here now" in hands.text()


async def test_a_patients_side_that_does_not_answer_leaves_the_words() -> None:
    lead = with_row(ROW)
    lead.library.answers = False
    async with calm(lead, (120, 40)) as hands:
        await hands.press("e", "p")
        assert "The picture is not known." in hands.text() and "glass floor" in hands.text()
