"""A patient's fear hierarchy: what a row has to fit, in which orders it lies, when it is saved."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Pair, paired
from pydantic import ValidationError
from staged_places import heights, lift

from controller.language import Language, use
from controller.session.documents import Entry, SessionOpened, stream_of
from controller.session.now import RowAtWork
from controller.session.plans.at_work import offered, why_not_take
from controller.session.plans.entries import MOST_ROWS, HierarchySet, PlanRow
from controller.session.plans.leading import Plan
from controller.session.plans.order import NothingToVary, rises, rising, varied
from controller.session.plans.rules import NotAPlan, above, by_id, require_fit
from controller.session.plans.written import row_of, settings_of
from controller.session.prompts import PromptRules
from controller.session.retelling import retell
from controller.session.sitting import Sitting
from controller.session.undoing import begun

KNOWN = by_id((heights(), lift()))


def row(item: str = "x", distress: int = 10, **more: object) -> PlanRow:
    said = {"scenario": "builtin.heights", "level": 2} | more
    return PlanRow.model_validate({"item": item, "distress": distress} | said)


SOME = tuple(row(f"row {n}", 10 * n) for n in range(1, 7))


@given(st.integers(min_value=0, max_value=2**31 - 1), st.permutations(SOME))
def test_a_drawn_order_holds_the_same_rows_and_never_rises_throughout(seed, lying) -> None:
    drawn = varied(SOME, seed)
    assert sorted(drawn, key=lambda r: r.distress) == list(SOME) and not rises(drawn)
    assert varied(lying, seed) == drawn, "it does not matter how they lay before"
    assert rising(drawn) == SOME


def test_of_two_rows_no_seed_ever_draws_the_rising_order() -> None:
    two = SOME[:2]
    assert all(varied(two, seed) == two[::-1] for seed in range(40))


def test_a_seed_gives_the_same_order_in_every_version() -> None:
    assert [one.distress for one in varied(SOME, 7)] == [10, 60, 30, 50, 40, 20]


def test_rows_of_one_distress_have_nothing_to_vary() -> None:
    for rows in ((), SOME[:1], (row("a"), row("b"))):
        with pytest.raises(NothingToVary):
            varied(rows, 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (row(scenario="builtin.gone"), "not known here"),
        (row(events=("thunder",)), "no event thunder"),
        (row(scenario="builtin.lift", events=("gust",)), "no event gust"),
        (row(tasks=("look",)), "no task look"),
        (row(values={"wings": 1.0}), "no value wings"),
        (row(values={"wind": 9.0}), "“x”: wind goes from 0 to 8"),
        (row(events=("bird",)), "bird close by comes from level 6 on"),
    ],
)
def test_a_row_names_what_its_scenario_has(wrong: PlanRow, told: str) -> None:
    with pytest.raises(NotAPlan, match=told):
        require_fit((SOME[0], wrong), KNOWN)
    # What was saved once stays, though its scenario may not be known now.
    require_fit((SOME[0], wrong), KNOWN, held=(wrong,))


def test_a_hierarchy_has_one_row_to_forty() -> None:
    many = tuple(row(f"row {n}") for n in range(MOST_ROWS))
    require_fit(many, KNOWN)
    for rows in ((), (*many, row("one more"))):
        with pytest.raises(NotAPlan):
            require_fit(rows, KNOWN)
        with pytest.raises(ValidationError):
            HierarchySet(patient="p", rows=rows)


def test_rows_above_the_ceiling_are_told_in_one_sentence() -> None:
    assert above((row(level=5), row(level=9)), 5).count(".") == 1
    assert "(5): 1," in above((row(level=5), row(level=9)), 5)
    assert above((row(level=5),), 5) == ""


@given(st.fixed_dictionaries({name: st.text(max_size=170) for name in (
    "item", "distress", "level", "values", "feared", "likelihood", "drops")}))  # fmt: skip
def test_whatever_is_typed_is_a_row_or_one_sentence(lines) -> None:
    try:
        made = row_of(lines, "builtin.heights", (), KNOWN)
    except NotAPlan as error:
        assert str(error) and error.field in lines
    else:
        require_fit((made,), KNOWN)


@pytest.mark.parametrize("typed", ["=1", "wind=" + "9" * 400, "wind=1.5e3", "wind=٣"])
def test_settings_that_cannot_be_are_one_sentence(typed: str) -> None:
    lines = {"item": "x", "distress": "40", "level": "3", "values": typed}
    with pytest.raises(NotAPlan, match="Write settings as"):
        row_of(lines, "builtin.heights", (), KNOWN)


@pytest.mark.parametrize("value", [3.0, 0.5, 123.4567, 1234567.0, 0.1 + 0.2, 1e-7, -2.0])
def test_a_row_that_is_opened_and_taken_again_keeps_its_figures(value: float) -> None:
    first = row(values={"wind": value})
    lines = {"item": "x", "distress": "10", "level": "2", "values": settings_of(first, KNOWN)}
    assert row_of(lines, "builtin.heights", (), KNOWN, before=first) == first
    assert "e" not in settings_of(first, KNOWN).removeprefix("wind=")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_setting_is_typed_by_its_label_in_either_language_and_shown_by_the_one_spoken(
    language: Language,
) -> None:
    use(language)
    lines = {"item": "x", "distress": "40", "level": "3"}
    for typed in ("wind=3, rail=90", "vent=3, Rambarde = 90"):
        made = row_of(lines | {"values": typed}, "builtin.heights", (), KNOWN)
        assert made.values == {"wind": 3.0, "rail": 90.0}
        shown = {"en": "wind=3, rail=90", "fr": "vent=3, rambarde=90"}[language]
        assert settings_of(made, KNOWN) == shown
    for wrong in ("Flügel=1", "a" * 41 + "=1"):
        with pytest.raises(NotAPlan, match={"en": "rail", "fr": "rambarde"}[language]):
            row_of(lines | {"values": wrong}, "builtin.heights", (), KNOWN)


def test_a_setting_whose_label_two_share_is_typed_by_its_name() -> None:
    heights = KNOWN["builtin.heights"]
    one, other, *rest = heights.graded
    twice = heights.model_copy(
        update={"graded": (one, other.model_copy(update={"label": one.label}), *rest)}
    )
    known = {"builtin.heights": twice}
    made = row(values={one.name: one.low, other.name: other.low})
    shown = settings_of(made, known)
    assert f"{one.name}=" in shown and f"{other.name}=" in shown
    lines = {"item": "x", "distress": "10", "level": "2", "values": shown}
    assert row_of(lines, "builtin.heights", (), known).values == made.values


@pytest.mark.parametrize("typed", ["wind=3, rail=90", "wind = 3,0 ; rail=90.0"])
def test_settings_are_typed_as_people_write_figures(typed: str) -> None:
    lines = {"item": "x", "distress": "40", "level": "3", "values": typed, "likelihood": "80 %"}
    made = row_of(lines, "builtin.heights", ("gust",), KNOWN)
    assert made.values == {"wind": 3.0, "rail": 90.0} and made.likelihood == 80


async def test_it_is_said_to_be_saved_only_once_the_record_holds_it() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        assert (await pair.conductor.add_patient("P-01", 5, "0-100")).ok
        patient, plans = pair.conductor.patients()[0].id, pair.conductor.plans
        plan = Plan((row(scenario="test.yard"), row("high", 90, scenario="test.yard", level=9)))
        plans.change(patient, plan)
        pair.record.blocked = True
        saving = asyncio.ensure_future(plans.save(patient, plan, 0))
        while not pair.record.waiting:
            await asyncio.sleep(0)
        assert not saving.done() and plans.changed(patient) == plan
        pair.record.let_through()
        outcome = await saving
        assert (
            outcome.ok and "rows: 2" in outcome.text and "Above the ceiling (5): 1" in outcome.text
        )
        assert plans.changed(patient) is None
        known = plans.held(patient)
        assert known is not None and known.plan == plan, "known by who leads in the same step"
        held = await plans.read(patient)
        assert held is not None and held.plan == plan and held.versions == 1


async def test_a_later_version_holds_and_the_earlier_one_stays() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        assert (await pair.conductor.add_patient("P-01", 5, "0-100")).ok
        patient, plans = pair.conductor.patients()[0].id, pair.conductor.plans
        for n, name in enumerate(("first", "second")):
            assert (await plans.save(patient, Plan((row(name, scenario="test.yard"),), 7), n)).ok
        held = await plans.read(patient)
        assert held is not None and held.versions == 2
        assert held.plan.rows[0].item == "second" and held.plan.seed == 7
        assert pair.record.kinds(stream_of(patient)).count("hierarchy_set") == 2


async def test_a_version_that_nobody_here_has_seen_is_not_replaced() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        assert (await pair.conductor.add_patient("P-01", 5, "0-100")).ok
        patient, plans = pair.conductor.patients()[0].id, pair.conductor.plans
        assert (await plans.read(patient)) is not None
        mine = Plan((row("mine", scenario="test.yard"),))
        plans.change(patient, mine)
        theirs = HierarchySet(patient=patient, rows=(row("theirs", scenario="test.yard"),))
        await pair.record.append(stream_of(patient), theirs)
        outcome = await plans.save(patient, mine, plans.since(patient))
        assert not outcome.ok and "Version 1 was saved elsewhere" in outcome.text
        assert plans.changed(patient) == mine, "what was changed is not lost"
        assert pair.record.kinds(stream_of(patient)).count("hierarchy_set") == 1
        known = plans.held(patient)
        assert known is not None and known.plan.rows[0].item == "theirs"
        plans.heed(patient)
        assert (await plans.save(patient, mine, plans.since(patient))).ok


async def test_what_was_changed_while_a_version_is_written_is_a_change_of_that_version() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        assert (await pair.conductor.add_patient("P-01", 5, "0-100")).ok
        patient, plans = pair.conductor.patients()[0].id, pair.conductor.plans
        first, later = (Plan((row(name, scenario="test.yard"),)) for name in ("first", "later"))
        plans.change(patient, first)
        pair.record.blocked = True
        saving = asyncio.ensure_future(plans.save(patient, first, plans.since(patient)))
        while not pair.record.waiting:
            await asyncio.sleep(0)
        assert plans.saving(patient)
        assert not (await plans.save(patient, first, 0)).ok, "one version at a time"
        plans.change(patient, later)
        pair.record.let_through()
        assert (await saving).ok and not plans.saving(patient)
        assert plans.changed(patient) == later and plans.since(patient) == 1
        assert (await plans.save(patient, later, plans.since(patient))).ok


async def test_what_cannot_be_kept_enters_nothing_and_is_said() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        assert (await pair.conductor.add_patient("P-01", 5, "0-100")).ok
        patient, plans = pair.conductor.patients()[0].id, pair.conductor.plans
        before = len(pair.record.entries)
        for who, plan, told in (
            (patient, Plan(), "at least one row"),
            (patient, Plan((row(),)), "not known here"),
            ("nobody", Plan((row(scenario="test.yard"),)), "not in the record"),
        ):
            plans.change(who, plan)
            outcome = await plans.save(who, plan, 0)
            assert not outcome.ok and told in outcome.text
            assert plans.changed(who) == plan, "what was changed is not lost"
        assert len(pair.record.entries) == before


async def test_a_row_that_was_taken_offers_its_level_until_a_trial_has_begun() -> None:
    async with paired() as pair:
        lead = pair.conductor
        await pair.pass_s(1.4)
        assert (await lead.add_patient("P-01", 5, "0-100")).ok
        patient, work = lead.patients()[0].id, lead.plans.at_work
        work.propose(patient, row("mine", 40, scenario="test.yard", level=3))
        assert offered(lead.now()) is None, "no session is open"
        assert (await lead.open_session(patient, "test.yard")).ok
        await pair.pass_s(1.4)
        now = lead.now()
        assert now.row is not None and now.row.fresh and offered(now) == 3
        assert work.waiting(patient) is None, "it went with this session"
        assert now.state is not None and now.state.armed is None, "nothing was asked of the runtime"
        assert (await lead.arm_trial(3)).ok and (await lead.begin_trial()).ok
        await pair.pass_s(1.0)
        now = lead.now()
        assert now.row is not None and not now.row.fresh
        assert "under way" in why_not_take(now.row.row, now)
        assert (await lead.safe_place()).ok
        await pair.pass_s(1.0)
        now = lead.now()
        assert now.state is not None and offered(now) == now.state.come_back
        high = row("high", 90, scenario="test.yard", level=9)
        assert why_not_take(high, now) == "" and "another scenario" in why_not_take(row(), now)
        assert (await work.take(high)).ok
        assert offered(lead.now()) == 5, "never above the ceiling"


async def test_a_row_of_another_patient_or_scenario_does_not_come_into_a_session() -> None:
    async with paired() as pair:
        lead = pair.conductor
        await pair.pass_s(1.4)
        for name in ("P-01", "P-02"):
            assert (await lead.add_patient(name, 5, "0-100")).ok
        one, other = (card.id for card in lead.patients())
        lead.plans.at_work.propose(other, row(scenario="test.yard"))
        assert (await lead.open_session(one, "test.yard")).ok
        assert lead.now().row is None and lead.plans.at_work.waiting(other) is None


async def test_a_row_of_the_live_scene_comes_where_it_belongs_and_loses_no_other_version() -> None:
    async with paired() as pair:
        await pair.pass_s(1.4)
        assert (await pair.conductor.add_patient("P-01", 5, "0-100")).ok
        patient, plans = pair.conductor.patients()[0].id, pair.conductor.plans
        low, high = (row(f"{n}", n, scenario="test.yard") for n in (10, 80))
        assert (await plans.save(patient, Plan((low, high)), 0)).ok
        plans.change(patient, Plan((low,)))
        theirs = HierarchySet(patient=patient, rows=(low, high))
        await pair.record.append(stream_of(patient), theirs)
        middle = row("here", 40, scenario="test.yard")
        assert (await plans.add(patient, middle)).ok
        held = await plans.read(patient)
        assert held is not None and held.plan.rows == (low, middle, high) and held.versions == 3
        assert plans.changed(patient) == Plan((low,)) and plans.since(patient) == 1, (
            "a change that was outrun stays outrun: N shows what was saved meanwhile"
        )
        again = await plans.add(patient, middle)
        assert not again.ok and "there already" in again.text


def _entries(pair: Pair) -> list[Entry]:
    session = next(s for s, d in pair.record.entries if isinstance(d, SessionOpened))
    own = [d for s, d in pair.record.entries if s == session]
    wall = "2026-03-02T10:00:00+00:00"
    return [
        Entry(session=session, seq=n, kind=d.kind, operator="o", mono_ns=n, wall=wall, data=d)
        for n, d in enumerate(own, start=1)
    ]


async def test_a_console_that_is_started_again_knows_which_row_is_worked_on() -> None:
    async with paired() as pair:
        lead = pair.conductor
        await pair.pass_s(1.4)
        assert (await lead.add_patient("P-01", 5, "0-100")).ok
        card = lead.patients()[0]
        first = row("mine", 40, scenario="test.yard", level=3)
        lead.plans.at_work.propose(card.id, first)
        assert (await lead.open_session(card.id, "test.yard")).ok
        await pair.pass_s(1.4)

        def later() -> RowAtWork | None:
            entries = _entries(pair)
            opened = entries[0].data
            assert isinstance(opened, SessionOpened)
            sitting = Sitting(
                entries[0].session,
                card,
                opened.scenario,
                opened.tick,
                boot=opened.boot,
                rules=PromptRules(),
                recorder=pair.record,
                notices=lead._notices,
            )
            sitting.take_up(entries)
            state = lead.now().state
            assert state is not None
            return sitting.seen(lead.now(), state).row

        assert later() == RowAtWork(first, fresh=True), "its level is still to be offered"
        assert (await lead.arm_trial(3)).ok and (await lead.begin_trial()).ok
        await pair.pass_s(1.0)
        assert later() == lead.now().row == RowAtWork(first, fresh=False)
        assert (await lead.safe_place()).ok
        await pair.pass_s(1.0)
        second = row("next", 60, scenario="test.yard", level=4)
        pair.record.blocked = True
        taking = asyncio.ensure_future(lead.plans.at_work.take(second))
        while not pair.record.waiting:
            await asyncio.sleep(0)
        assert not taking.done() and lead.now().row == RowAtWork(first, fresh=False)
        pair.record.let_through()
        assert (await taking).ok
        assert later() == lead.now().row == RowAtWork(second, fresh=True)
        assert [one.item for _at, one in retell(_entries(pair)).rows] == ["mine", "next"]


async def test_a_row_is_no_word_of_a_patient_so_that_a_wrong_patient_can_still_be_undone() -> None:
    async with paired() as pair:
        lead = pair.conductor
        await pair.pass_s(1.4)
        assert (await lead.add_patient("P-01", 5, "0-100")).ok
        lead.plans.at_work.propose(lead.patients()[0].id, row("mine", scenario="test.yard"))
        assert (await lead.open_session(lead.patients()[0].id, "test.yard")).ok
        await pair.pass_s(1.4)
        entries = _entries(pair)
        assert "row_taken" in [entry.kind for entry in entries]
        assert not begun([entry.data for entry in entries], PromptRules().window_s)
