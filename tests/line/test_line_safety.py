"""Safety behaviours, line by line."""

from __future__ import annotations

import pytest
from lines import Typing
from staged import in_exposure

from controller.language import Language
from controller.session.remarks import behaviours
from controller.session.safety.entries import SafetyBehaviour


@pytest.mark.parametrize(
    ("language", "used", "dropped", "told"),
    [
        ("en", "safety rail used", "safety RAIL dropped", "rail: dropped."),
        ("fr", "sécurité rampe utilisé", "sécurité rampe abandonné", "rampe : abandonné."),
    ],
)
async def test_a_line_notes_one_in_use_and_another_line_drops_it(
    language: Language, used: str, dropped: str, told: str
) -> None:
    lead = in_exposure()
    typing = Typing(lead, language)
    await typing.begin()
    await typing.type(used)
    await typing.type(dropped)
    said = [d for _s, d in lead.record.kept()]
    assert [(d.name, d.used) for d in said if isinstance(d, SafetyBehaviour)] == [
        (said[0].name, True),  # type: ignore[attr-defined]
        (said[0].name, False),  # type: ignore[attr-defined]
    ]
    assert told in (await typing.type(used.split(" ", 1)[0]))


async def test_the_beginning_of_one_that_is_listed_stands_for_it() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    name = behaviours(lead.after.protocol)[0]
    await typing.type(f"safety {name[:5]} in use")
    ((_s, said),) = lead.record.kept()
    assert isinstance(said, SafetyBehaviour) and (said.name, said.used) == (name, True)


async def test_a_line_that_does_not_say_which_way_says_how_and_saves_nothing() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    for line in ("safety rail", "safety used", "safety dropped"):
        assert any("safety NAME used" in said for said in await typing.type(line)), line
    assert "1 to 80" in " ".join(await typing.type("safety " + "x" * 81 + " used"))
    assert not lead.record.kept()
