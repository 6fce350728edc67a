"""What is led outside the scene is offered where it is possible, and shown as it is applied."""

from __future__ import annotations

import pytest
from consoles import console
from staged import StagedLead, in_exposure

from vr_runtime.wire.acts import Phase
from vr_runtime.wire.state import GuideState

TENSION = GuideState(guide="tension", step="tense", part=0.2, left_s=12.0, round=2, rounds=5)


def ready(**more: object) -> StagedLead:
    return StagedLead(open=True, phase=Phase.READY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("Practice room", ("familiarise",)),
        ("Breathing guide: 6 a minute", ("guide_breathing", 6.0)),
        ("Applied tension: 15 s, 30 s, 5 times", ("guide_tension", 15.0, 30.0, 5)),
        ("Safe place: shore at dusk", ("choose_refuge", "shore")),
    ],
)
async def test_the_palette_leads_outside_the_scene(title: str, act: tuple[object, ...]) -> None:
    async with console(ready()) as hands:
        next(c for c in hands.live.choices() if c.title == title).run()
        await hands.settle()
        assert hands.lead.acts == [act]


async def test_nothing_is_offered_that_the_phase_refuses() -> None:
    async with console(in_exposure()) as hands:
        found = {choice.title for choice in hands.live.choices()}
        assert not {"Practice room", "Breathing guide: 6 a minute", "End the practice"} & found
        assert "Take the guide away" not in found
    async with console(in_exposure(phase=Phase.HOLD, guide=TENSION)) as hands:
        found = {choice.title for choice in hands.live.choices()}
        assert {"Take the guide away", "Applied tension: 15 s, 30 s, 5 times"} <= found
        assert "tension 2/5: tense 12 s" in hands.within("#facts")


async def test_the_safe_place_that_is_the_patients_already_is_not_offered_again() -> None:
    async with console(ready(refuge="shore")) as hands:
        found = {choice.title for choice in hands.live.choices()}
        assert "Safe place: shore at dusk" not in found
        assert {"Safe place: meadow", "Safe place: quiet room"} <= found


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_all_that_is_practised_stands_there_whole_in_french_too(
    size: tuple[int, int],
) -> None:
    lead = ready(practised=("look",))
    lead.phase = Phase.FAMILIARISATION
    async with console(lead, size, "fr") as hands:
        told = hands.within("#ladder")
        for words in ("✓ regarder", "· se tourner", "· noter", "· sortie"):
            assert words in told


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_what_was_practised_is_seen_at_every_size(size: tuple[int, int]) -> None:
    lead = ready(practised=("look", "leave"))
    lead.phase = Phase.FAMILIARISATION
    async with console(lead, size) as hands:
        told = hands.within("#ladder")
        assert "Practice room" in told and "▶" not in told
        assert "✓ look" in told and "✓ way out" in told and "· rate" in told
        found = {choice.title for choice in hands.live.choices()}
        assert "End the practice" in found and "Practice room" not in found
