"""A patient's fear hierarchy by lines: its rows told, one taken, and nothing begun by it."""

from __future__ import annotations

import pytest
from lines import Typing
from staged import StagedLead, in_exposure
from staged_desk import ADA, StagedDesk
from staged_stopped import stopped

from controller.language import Language
from controller.line import plans
from controller.session.plans.entries import PlanRow
from controller.session.plans.leading import Plan
from vr_runtime.wire.acts import Phase

LOW = PlanRow(
    item="I look down.",
    distress=40,
    scenario="builtin.heights",
    level=4,
    feared="I will topple",
    likelihood=60,
)
HIGH = LOW.model_copy(update={"item": "I lean out.", "level": 9, "distress": 90})
LIFT = LOW.model_copy(update={"item": "I go up.", "scenario": "builtin.lift", "level": 2})


def with_rows(lead: StagedLead, *rows: PlanRow) -> StagedLead:
    lead.plans.saved["p1"] = [Plan(rows)]
    return lead


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_row_is_taken_by_its_number_and_its_level_is_offered_then(
    language: Language,
) -> None:
    w = {
        "en": ("hierarchy P-0417", "row 1", "open P-0417 1", "begin", "yes", "above the ceiling"),
        "fr": ("hiérarchie P-0417", "ligne 1", "ouvrir P-0417 1", "commencer", "oui",
               "au-dessus du plafond"),
    }[language]  # fmt: skip
    lead = with_rows(StagedLead(), LOW, HIGH)
    typing = Typing(lead, language)
    await typing.begin()
    said = await typing.type(w[0])
    assert said[1].startswith("1. I look down") and said[2].startswith("2. I lean out")
    assert w[5] in said[2] and w[5] not in said[1]
    said = await typing.type(w[1])
    assert said[0] == "I look down." and any("I will topple" in line for line in said)
    assert any("60" in line for line in said) and not lead.acts, "nothing is begun by it"
    said = await typing.type(w[2], w[3])
    assert ("arm_trial", 4) in lead.acts and ("begin_trial",) not in lead.acts
    assert any("I look down." in line for line in said)
    await typing.type(w[4])
    assert lead.acts[-1] == ("begin_trial",) and lead.level == 4.0


async def test_in_a_session_a_row_is_taken_for_the_next_trial() -> None:
    lead = with_rows(StagedLead(), LOW, HIGH, LIFT)
    typing = Typing(lead)
    await typing.begin()
    await typing.type("open P-0417 1", "begin 1", "yes")
    assert "under way" in (await typing.type("row 2"))[0], "only between trials"
    lead._leave(Phase.STOPPED, "stop")
    assert "another scenario" in " ".join(await typing.type("row 3"))
    said = await typing.type("row 2")
    assert "Its level is above the ceiling (7), which is offered in its place." in said
    await typing.type("begin")
    assert lead.acts[-1] == ("arm_trial", 7), "never above the ceiling"
    assert "worked on now" in (await typing.type("hierarchy"))[2]


async def test_without_a_row_a_level_has_to_be_named_as_ever() -> None:
    lead = with_rows(StagedLead(), LOW)
    typing = Typing(lead)
    await typing.begin()
    said = await typing.type("open P-0417 1", "begin")
    assert any("Name the level" in line for line in said)
    assert not [act for act in lead.acts if act[0] == "arm_trial"]


@pytest.mark.parametrize("typed", ["row", "row x", "row 9", "row 0", "row 111"])
async def test_a_row_that_is_none_takes_nothing_and_says_what_to_type(typed: str) -> None:
    lead = with_rows(StagedLead(), LOW)
    typing = Typing(lead)
    await typing.begin()
    await typing.type("hierarchy P-0417")
    assert "hierarchy" in (await typing.type(typed))[0]
    assert lead.plans.at_work.waiting("p1") is None


async def test_a_record_that_cannot_be_read_is_said() -> None:
    lead = with_rows(StagedLead(), LOW)
    lead.plans.unreadable = True
    typing = Typing(lead)
    await typing.begin()
    assert await typing.type("hierarchy P-0417") == [
        "The record cannot be read now: type it again later."
    ]


async def test_nobody_is_told_rows_who_may_not_see_them() -> None:
    for lead in (in_exposure(observing=True), StagedLead(observing=True)):
        typing = Typing(with_rows(lead, LOW))
        await typing.begin()
        for line in ("hierarchy P-0417", "row 1"):
            (told,) = await typing.type(line)
            assert told.startswith("This key may watch and stop"), told


async def test_who_looked_at_a_hierarchy_stands_in_the_access_log() -> None:
    desk = StagedDesk(present=ADA)
    typing = Typing(with_rows(StagedLead(), LOW), desk=desk)
    await typing.begin()
    await typing.type("hierarchy P-0417")
    assert ("looked_at_hierarchy", "p1") in desk.asked


async def test_a_row_that_is_read_late_is_not_taken_into_another_patients_session() -> None:
    lead = with_rows(stopped(), LOW)
    typing = Typing(lead)
    await typing.begin()
    other = next(one for one in lead.cards if one.pseudonym != lead.now().pseudonym)
    plans._take(typing.console._seat, other, 1, [LOW])
    assert typing.said() == ["This row is of another patient than the open session."]
    assert lead.now().row is None
