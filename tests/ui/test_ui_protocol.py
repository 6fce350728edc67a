"""The console says calmly that no clinician has reviewed the protocol, and goes by it."""

from __future__ import annotations

import pytest
from consoles import console
from staged import StagedLead, in_exposure

from controller.session.now import RatingDue

TOLD = {
    "en": "The protocol is not reviewed by a clinician.",
    "fr": "Protocole non relu par un clinicien.",
}


@pytest.mark.parametrize("spoken", ["en", "fr"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_start_screen_says_so_until_it_was_reviewed(spoken, size):
    async with console(StagedLead(unreviewed=True), size, spoken) as hands:
        assert TOLD[spoken] in hands.within("#where")
        await hands.press("a")
        await hands.press("escape")
        assert TOLD[spoken] in hands.within("#where")
    async with console(StagedLead(), size, spoken) as hands:
        assert TOLD[spoken] not in hands.text()


async def test_it_is_no_alarm_and_takes_no_sentence_away():
    async with console(StagedLead(unreviewed=True)) as hands:
        assert "The runtime is ready." in hands.within("#say")
        assert "▲" not in hands.within("#where")


async def test_a_new_patient_is_offered_the_scale_of_the_protocol():
    async with console(StagedLead(usual_scale="0-10")) as hands:
        await hands.press("a", "P", "9", "enter", "enter")
        assert ("add_patient", "P9", 5, "0-10") in hands.lead.acts


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_that_the_peak_is_asked_for_is_said_where_ratings_are_typed(size):
    lead = in_exposure(asked=3, level=3.0, at_s=300.0)
    lead.due = RatingDue(-5.0, 55.0, 60.0, peak=True)
    async with console(lead, size) as hands:
        assert "ask the peak" in hands.within("#suds")
        lead.due = RatingDue(20.0, 80.0, 60.0, peak=True)
        await hands.settle()
        assert "ask the peak in 0:20" in hands.within("#suds")


@pytest.mark.parametrize("spoken", ["en", "fr"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_how_long_the_peak_can_still_be_asked_for_is_seen_whole(spoken, size):
    lead = in_exposure(asked=3, level=3.0, at_s=300.0)
    lead.due = RatingDue(-5.0, 55.0, 60.0, peak=True)
    async with console(lead, size, spoken) as hands:
        assert "0:55" in hands.within("#suds")
