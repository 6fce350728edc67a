"""Choosing a scenario from a pack that nobody approved asks first, and one key alone approves."""

from __future__ import annotations

import pytest
from staged import StagedLead
from staged_packs import StagedPacks, lift_pack
from textual.widgets import OptionList, Static

from controller import language
from controller.ui.app import PalierApp
from controller.ui.screens.approve import ApproveScreen
from controller.ui.screens.start import StartScreen

SIZE = (80, 24)


@pytest.fixture(params=["en", "fr"])
def spoken(request):
    before = language.language()
    language.use(request.param)
    yield request.param
    language.use(before)


def words(app: PalierApp) -> str:
    """All that stands on the screen."""
    return "\n".join(str(one.render()) for one in app.screen.query(Static))


async def at_the_question(pilot) -> None:
    pilot.app.screen.query_one("#scenarios", OptionList).focus()
    await pilot.press("down")
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


async def test_it_is_marked_asked_about_approved_and_then_opened(spoken):
    lead = StagedLead(packs=StagedPacks((lift_pack(),)))
    app = PalierApp(lead)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        box = app.screen.query_one("#scenarios", OptionList)
        assert "▲" in str(box.get_option("builtin.lift").prompt)
        assert "▲" not in str(box.get_option("builtin.heights").prompt)
        await at_the_question(pilot)
        assert isinstance(app.screen, ApproveScreen)
        told = words(app)
        title = {"en": "Lifts", "fr": "Ascenseurs"}[spoken]
        sandboxed = {"en": "not sandboxed", "fr": "pas isolé"}[spoken]
        shown = (title, "Studio Vertige", "CC-BY-4.0", "fedc ba98", "0123 4567", sandboxed)
        assert all(text in told for text in shown), told
        for key in ("enter", "space", "y", "o"):
            await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, ApproveScreen) and lead.packs.acts == []
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        assert lead.packs.acts == [lift_pack().sha256]
        app.look()
        await pilot.pause()
        assert "▲" not in str(
            app.screen.query_one("#scenarios", OptionList).get_option("builtin.lift").prompt
        )
        await pilot.press("enter")
        while not lead.acts:  # a busy machine takes its time; the test's own limit ends it
            await pilot.pause()
        assert lead.acts[-1] == ("open_session", "p1", "builtin.lift")


async def test_escape_leaves_it_unapproved_and_nothing_is_opened(spoken):
    lead = StagedLead(packs=StagedPacks((lift_pack(),)))
    app = PalierApp(lead)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await at_the_question(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen) and lead.packs.acts == [] == lead.acts


async def test_where_approving_is_refused_the_question_stays(spoken):
    lead = StagedLead(packs=StagedPacks((lift_pack(),), refuse="A trainee may not."))
    app = PalierApp(lead)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await at_the_question(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, ApproveScreen) and "A trainee may not." in words(app)
        assert lead.packs.held == set()


async def test_a_stop_goes_out_from_the_question_too(spoken):
    lead = StagedLead(packs=StagedPacks((lift_pack(),)))
    app = PalierApp(lead)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await at_the_question(pilot)
        await pilot.press("f12")
        await pilot.pause()
        assert ("stop",) in lead.acts
