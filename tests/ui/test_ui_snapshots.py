"""How the console looks: the live screen in the situations that matter, and each other room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from consoles import console
from staged import StagedLead, in_exposure, scenes
from staged_before import PreparingLead, in_session, patient_cards
from staged_desk import ADA, StagedDesk
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.image import SVGImageSnapshotExtension

from controller.language import Language
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan

LOOKS = (
    ("exposure", (80, 24), ()),
    ("exposure", (120, 40), ()),
    ("exposure", (200, 60), ()),
    ("stale", (80, 24), ()),
    ("safe_place", (80, 24), ("r",)),
    ("due", (120, 40), ("7",)),
    ("exposure", (60, 20), ()),
)


@pytest.mark.parametrize(("name", "size", "keys"), LOOKS)
async def test_the_live_screen_looks_as_agreed(
    name: str, size: tuple[int, int], keys: tuple[str, ...], snapshot: SnapshotAssertion
) -> None:
    async with console(scenes()[name], size) as hands:
        await hands.press(*keys)
        svg = hands.app.export_screenshot(title="Palier")
        assert svg == snapshot(extension_class=SVGImageSnapshotExtension)


def unprepared() -> StagedLead:
    return PreparingLead(cards=patient_cards(prepared=False))


def prepared() -> StagedLead:
    return PreparingLead(cards=patient_cards(prepared=True))


def planned() -> StagedLead:
    lead = StagedLead()
    rows = (("The first floor, at the window", 20, 1), ("The terrace, at the rail", 55, 5))
    lead.plans.saved["p1"] = [
        Plan(
            tuple(
                PlanRow(item=item, distress=distress, scenario="builtin.heights", level=level)
                for item, distress, level in rows
            )
        )
    ]
    return lead


ROOMS: dict[str, tuple[Callable[[], StagedLead], tuple[str, ...]]] = {
    "patients": (prepared, ("p",)),
    "before": (unprepared, ("b",)),
    "hierarchy": (planned, ("e",)),
    "screening": (unprepared, ("b", "enter", "y")),
    "consent": (prepared, ("b", "down", "enter")),
    "preflight": (in_session, ("c",)),
    "sickness": (in_exposure, ("f",)),
    "faint": (in_exposure, ("f3",)),
    "after": (lambda: scenes()["stopped"], ("f5",)),
    "forms": (lambda: scenes()["safe_place"], ("f4",)),
    "veil": (in_exposure, ("ctrl+l",)),
}
IN: tuple[tuple[tuple[int, int], Language, str], ...] = (
    ((80, 24), "fr", "palier-night"),
    ((120, 40), "en", "palier-day"),
    ((200, 60), "en", "palier-contrast-dark"),
)


@pytest.mark.parametrize(("size", "language", "theme"), IN, ids=["small", "usual", "wide"])
@pytest.mark.parametrize("room", ROOMS)
async def test_each_room_looks_as_agreed(
    room: str, size: tuple[int, int], language: Language, theme: str, snapshot: SnapshotAssertion
) -> None:
    stage, keys = ROOMS[room]
    desk = StagedDesk(present=ADA)
    # A clock that stands still: how long a page has been open is part of how it looks.
    async with console(stage(), size, language, desk=desk, clock=lambda: 0.0) as hands:
        hands.app.theme = theme
        await hands.press(*keys)
        svg = hands.app.export_screenshot(title="Palier")
        assert svg == snapshot(extension_class=SVGImageSnapshotExtension)


@pytest.mark.parametrize(
    ("size", "language", "keys"),
    [
        ((80, 24), "fr", ()),
        ((80, 24), "en", ("c",)),
        ((200, 60), "en", ()),
    ],
)
async def test_a_past_session_looks_as_agreed(
    size: tuple[int, int], language: Language, keys: tuple[str, ...], snapshot: SnapshotAssertion
) -> None:
    async with console(StagedLead(), size, language) as hands:
        await hands.press("h", "enter", *keys)
        svg = hands.app.export_screenshot(title="Palier")
        assert svg == snapshot(extension_class=SVGImageSnapshotExtension)
