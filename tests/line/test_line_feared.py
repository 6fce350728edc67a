"""What is feared and what became of it, line by line."""

from __future__ import annotations

import pytest
from lines import Typing
from staged import in_exposure

from controller.language import Language
from controller.session.clinical import Expectancy
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan
from controller.session.rectifying import Rectification


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "fear own 7 80 I fall", "came no 2 - I stood"),
        ("fr", "crainte réaction 7 80 je tombe", "venue non 2 - debout"),
    ],
)
async def test_two_lines_write_a_fear_down_and_tell_what_became_of_it(
    language: Language, before: str, after: str
) -> None:
    lead = in_exposure()
    typing = Typing(lead, language)
    await typing.begin()
    await typing.type(before)
    ((_stream, said),) = lead.record.kept()
    assert isinstance(said, Expectancy)
    assert (said.about, said.likelihood_before, said.severity_before) == ("own_reaction", 70, 80)
    await typing.type(after)
    later = lead.record.kept()[-1][1]
    assert isinstance(later, Rectification) and isinstance(later.stands, Expectancy)
    found = later.stands
    assert (found.occurred, found.likelihood_after, found.surprise) == (False, 20, None)
    assert found.learned in ("I stood", "debout") and not lead.ratings[8:]


async def test_a_line_that_says_no_fear_says_how_one_is_typed_and_saves_nothing() -> None:
    lead = in_exposure()
    typing = Typing(lead)
    await typing.begin()
    for line in ("fear fall", "fear own x 80 I fall", "fear own 70 800 fall", "fear own 70"):
        assert any("fear own 70 80 WORDS" in said for said in await typing.type(line)), line
    assert "1 to 400" in " ".join(await typing.type("fear own 70 80"))
    assert any("No fear waits" in said for said in await typing.type("came no 1 1"))
    assert not lead.record.kept()


async def test_alone_it_tells_what_waits_and_what_the_hierarchy_says() -> None:
    lead = in_exposure()
    row = PlanRow(
        item="Lean",
        distress=60,
        scenario="builtin.heights",
        level=5,
        feared="the rail gives way",
        likelihood=70,
    )
    lead.plans.saved["p1"] = [Plan((row,))]
    typing = Typing(lead)
    await typing.begin()
    await typing.type("fear event - 50 the rail breaks")
    said = " ".join(await typing.type("fear"))
    assert "Waits to be told: “the rail breaks”." in said
    assert "In the hierarchy: the rail gives way (70 %)" in said
    assert "came no 20 60 WORDS" in " ".join(await typing.type("came"))
